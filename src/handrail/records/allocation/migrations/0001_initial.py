import django.db.models.deletion
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
            name="ListMade",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField(null=True)),
                ("protocol_version", models.CharField(max_length=20)),
                ("protocol_hash", models.CharField(max_length=64)),
                ("is_seeded", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="list_is_made_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("stratum", models.CharField(max_length=60)),
                ("position", models.PositiveIntegerField()),
                ("sealed_arm", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("stratum", "position"), name="slot_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="slot_position_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("request_key", models.CharField(max_length=64, unique=True)),
                ("strata", models.JSONField()),
                ("drawn_at", models.DateTimeField()),
                ("drawn_by", models.UUIDField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trialentry",
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="allocation.slot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("request_key", ""), _negated=True),
                        name="draw_needs_a_request_key",
                    )
                ],
            },
        ),
        AppendOnly("listmade"),
        AppendOnly("slot"),
        AppendOnly("draw"),
    ]
