import django.db.models.deletion
import handrail.records.encryption
import uuid
from django.conf import settings
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enrolment", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("place", models.CharField(max_length=20)),
                ("telephone", handrail.records.encryption.EncryptedTextField(default="")),
                ("started_at", models.DateTimeField()),
                ("said_at", models.DateTimeField(null=True)),
                ("until_at", models.DateTimeField()),
                (
                    "buddy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trialentry",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
                ("said_at", models.DateTimeField(null=True)),
                ("until_at", models.DateTimeField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="visit.visit"
                    ),
                ),
            ],
        ),
        AppendOnly("visit"),
        AppendOnly("checkin"),
    ]
