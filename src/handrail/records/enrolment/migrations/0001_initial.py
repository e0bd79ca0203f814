import django.db.models.deletion
import uuid
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("study_number", models.CharField(max_length=12, unique=True)),
                ("team_code", models.CharField(max_length=30)),
                ("registered_on", models.DateField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registration",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrialEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("stratum", models.CharField(max_length=60)),
                ("protocol_version", models.CharField(max_length=20)),
                ("protocol_hash", models.CharField(max_length=64)),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="enrolment.registration",
                    ),
                ),
            ],
        ),
        AppendOnly("trialentry"),
    ]
