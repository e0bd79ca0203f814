import uuid

import django.db.models.deletion
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_what_a_code_opens_is_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Death",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("died_on", models.DateField(null=True)),
                ("why_put_right", models.CharField(max_length=30, null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        AppendOnly("death"),
    ]
