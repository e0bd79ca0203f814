import django.db.models.deletion
import handrail.records.encryption
import uuid
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enrolment", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deviation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("team_code", models.CharField(max_length=30)),
                ("found_on", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("note", handrail.records.encryption.EncryptedTextField(default="")),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.registration",
                    ),
                ),
            ],
        ),
        AppendOnly("deviation"),
    ]
