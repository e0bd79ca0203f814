import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enrolment", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("state", models.CharField(max_length=20)),
                ("ordered_on", models.DateField()),
                ("due_on", models.DateField()),
                ("posted_on", models.DateField(null=True)),
                ("returned_on", models.DateField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trialentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("posted_on__isnull", True),
                                ("returned_on__isnull", True),
                                ("state", "ordered"),
                            ),
                            models.Q(
                                ("posted_on__isnull", False),
                                ("returned_on__isnull", True),
                                ("state", "posted"),
                            ),
                            models.Q(
                                ("posted_on__isnull", False),
                                ("returned_on__isnull", False),
                                ("state", "returned"),
                            ),
                            _connector="OR",
                        ),
                        name="post_state_has_its_days",
                    )
                ],
            },
        ),
    ]
