import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("enrolment", "0001_initial"),
        ("safety", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceGap",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trialentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgrammeStop",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("stopped_on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.trialentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relatedness",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("relatedness", models.CharField(max_length=20)),
                ("was_found_by_worker", models.BooleanField()),
                ("signed_by", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safety.adverseevent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("paired_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("paired_by", models.UUIDField()),
                (
                    "entry",
                    models.ForeignKey(
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("entry",),
                        name="support_one_worker_at_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("planned_at", models.DateTimeField()),
                ("attendance", models.CharField(max_length=20)),
                ("held_on", models.DateField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("place", models.CharField(default="", max_length=20)),
                (
                    "entry",
                    models.ForeignKey(
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "planned_at"), name="support_one_session_at_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("attendance", "held"), ("held_on__isnull", False), ("minutes__isnull", False)
                            ),
                            models.Q(
                                models.Q(("attendance", "held"), _negated=True),
                                ("held_on__isnull", True),
                                ("minutes__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="support_held_has_a_day",
                    ),
                ],
            },
        ),
        AppendOnly("programmestop"),
        AppendOnly("attendancegap"),
        AppendOnly("relatedness"),
    ]
