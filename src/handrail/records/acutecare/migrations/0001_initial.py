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
            name="ExtractFile",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("covers_until", models.DateField()),
                ("row_count", models.PositiveIntegerField()),
                ("kept_count", models.PositiveIntegerField()),
                ("refused_count", models.PositiveIntegerField()),
                ("read_at", models.DateTimeField()),
                ("read_by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("status_before", models.CharField(max_length=30)),
                ("status", models.CharField(max_length=30)),
                ("day", models.PositiveSmallIntegerField(null=True)),
                ("first_service", models.CharField(default="", max_length=80)),
                ("grounds", handrail.records.encryption.EncryptedTextField(default="")),
                ("decided_by", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
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
            name="Episode",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("start_on", models.DateField()),
                ("end_on", models.DateField()),
                ("is_index", models.BooleanField()),
                ("first_services", models.CharField(max_length=80)),
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
            name="Match",
            fields=[
                ("person_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("matched_at", models.DateTimeField()),
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
            name="Outcome",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("status", models.CharField(max_length=30)),
                ("readmitted", models.BooleanField(null=True)),
                ("day", models.PositiveSmallIntegerField(null=True)),
                ("first_service", models.CharField(default="", max_length=80)),
                ("nights", models.PositiveSmallIntegerField(null=True)),
                ("calendar_days", models.PositiveSmallIntegerField(null=True)),
                ("followed_days", models.PositiveSmallIntegerField(null=True)),
                ("day_from_index_end", models.PositiveSmallIntegerField(null=True)),
                ("definition_hash", models.CharField(max_length=64)),
                ("linked_at", models.DateTimeField()),
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
            name="RecordsEnd",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("observed_until", models.DateField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
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
            name="RefusedRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.PositiveIntegerField()),
                ("person_key", models.CharField(default="", max_length=64)),
                ("rule", models.CharField(max_length=40)),
                ("column", models.CharField(default="", max_length=40)),
                ("problem", models.CharField(max_length=300)),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refused_rows",
                        to="acutecare.extractfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SpellRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("line", models.PositiveIntegerField()),
                ("person_key", models.CharField(db_index=True, max_length=64)),
                ("service", models.CharField(max_length=20)),
                ("provider", models.CharField(max_length=60)),
                ("start_on", models.DateField()),
                ("end_on", models.DateField(null=True)),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="acutecare.extractfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EpisodeRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("joined", models.CharField(max_length=20)),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="acutecare.episode",
                    ),
                ),
                (
                    "spell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="acutecare.spellrow"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.UniqueConstraint(
                fields=("registration", "start_on"), name="acutecare_one_episode_a_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="spellrow",
            constraint=models.UniqueConstraint(fields=("extract", "line"), name="acutecare_one_row_a_line"),
        ),
        migrations.AddConstraint(
            model_name="spellrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_on__isnull", True), ("end_on__gte", models.F("start_on")), _connector="OR"
                ),
                name="acutecare_ends_after_it_starts",
            ),
        ),
        AppendOnly("extractfile"),
        AppendOnly("spellrow"),
        AppendOnly("refusedrow"),
        AppendOnly("match"),
        AppendOnly("recordsend"),
        AppendOnly("adjudication"),
    ]
