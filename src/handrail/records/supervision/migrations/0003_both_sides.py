import django.db.models.deletion
import uuid
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0002_the_worker_s_own_side"),
        ("support", "0003_meetings_are_moved_and_talked_about"),
    ]

    operations = [
        migrations.CreateModel(
            name="FidelityAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("side", models.CharField(max_length=20)),
                ("answers", models.JSONField()),
                ("answered_by", models.UUIDField()),
                ("answered_at", models.DateTimeField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="support.session"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "side"), name="supervision_each_side_once")
                ],
            },
        ),
        AppendOnly("fidelityanswer"),
    ]
