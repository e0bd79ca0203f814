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
            name="Attempt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("point", models.CharField(max_length=30)),
                ("how", models.CharField(max_length=20)),
                ("result", models.CharField(max_length=30)),
                ("tried_at", models.DateTimeField()),
                ("tried_by", models.UUIDField()),
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
            name="Characteristics",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("gender", models.CharField(max_length=40)),
                ("ethnic_group", models.CharField(max_length=40)),
                ("housing", models.CharField(max_length=40)),
                ("is_first_crisis", models.BooleanField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.registration",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("point", models.CharField(max_length=30)),
                ("state", models.CharField(max_length=20)),
                ("planned_on", models.DateField(null=True)),
                ("held_on", models.DateField(null=True)),
                ("is_in_window", models.BooleanField(null=True)),
                ("mode", models.CharField(default="", max_length=20)),
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
            name="Response",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("instrument", models.CharField(max_length=30)),
                ("answers", models.JSONField()),
                ("answered_count", models.PositiveSmallIntegerField()),
                ("total", models.FloatField(null=True)),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="followup.interview",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                fields=("registration", "point"), name="followup_one_interview_a_point"
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_on__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("held_on__isnull", True)),
                    _connector="OR",
                ),
                name="followup_done_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(
                fields=("interview", "instrument"), name="followup_one_response_each"
            ),
        ),
        AppendOnly("characteristics"),
        AppendOnly("response"),
        AppendOnly("attempt"),
    ]
