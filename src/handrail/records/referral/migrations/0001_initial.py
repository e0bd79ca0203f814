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
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("referral_number", models.CharField(max_length=12, unique=True)),
                ("team_code", models.CharField(max_length=30)),
                ("received_on", models.DateField()),
                ("caseload_from", models.DateField()),
                ("discharged_on", models.DateField(blank=True, null=True)),
                ("agreed_to_contact", models.BooleanField()),
                ("referred_by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("exit", models.CharField(max_length=30)),
                ("left_on", models.DateField()),
                ("noted_by", models.UUIDField()),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departure",
                        to="referral.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("answers", models.JSONField()),
                ("answered_on", models.DateField()),
                ("is_eligible", models.BooleanField()),
                ("reasons", models.JSONField(default=list)),
                ("warnings", models.JSONField(default=list)),
                ("protocol_version", models.CharField(max_length=20)),
                ("assessed_by", models.UUIDField()),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="referral.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("person", "received_on"), name="referral_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("caseload_from__lte", models.F("received_on"))),
                name="referral_caseload_before_referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discharged_on", None),
                    ("discharged_on__gte", models.F("caseload_from")),
                    _connector="OR",
                ),
                name="referral_discharge_after_caseload",
            ),
        ),
        migrations.AddConstraint(
            model_name="departure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "exit__in",
                        [
                            "ineligible",
                            "declined",
                            "not_reached",
                            "lost_capacity",
                            "withdrew_before_entry",
                            "window_passed",
                            "other",
                        ],
                    )
                ),
                name="departure_exit_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("referral", "number"), name="assessment_number_once"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="assessment_number_from_one"
            ),
        ),
        AppendOnly("assessment"),
        AppendOnly("departure"),
    ]
