import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LoggedTalk",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                ("held_on", models.DateField()),
                ("themes", models.JSONField(default=list)),
                ("agreed", models.JSONField(default=list)),
                ("next_on", models.DateField(null=True)),
                ("logged_by", models.UUIDField()),
                ("logged_at", models.DateTimeField()),
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
            name="SoftCap",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("cap", models.PositiveSmallIntegerField()),
                ("set_by", models.UUIDField()),
                ("set_at", models.DateTimeField()),
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
            name="TrainingDay",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("what", models.CharField(max_length=20)),
                ("held_on", models.DateField()),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
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
                    models.UniqueConstraint(fields=("worker", "what"), name="supervision_trained_once")
                ],
            },
        ),
        AppendOnly("loggedtalk"),
        AppendOnly("trainingday"),
        AppendOnly("softcap"),
    ]
