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
            name="AdverseEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("onset_on", models.DateField()),
                ("aware_on", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("seriousness", models.JSONField(default=list)),
                ("is_expected", models.BooleanField()),
                ("how_found", models.CharField(max_length=30)),
                ("narrative", handrail.records.encryption.EncryptedTextField(default="")),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safety.adverseevent",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.registration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaskedReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("could_be_related", models.BooleanField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review",
                        to="safety.adverseevent",
                    ),
                ),
            ],
        ),
        AppendOnly("adverseevent"),
        AppendOnly("maskedreview"),
    ]
