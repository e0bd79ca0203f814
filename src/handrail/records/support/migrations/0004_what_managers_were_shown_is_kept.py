import uuid

from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("support", "0003_meetings_are_moved_and_talked_about")]

    operations = [
        migrations.CreateModel(
            name="MeasuresRelease",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("as_of", models.DateField(unique=True)),
                ("shown", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        AppendOnly("measuresrelease"),
    ]
