from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("line_count", models.BigIntegerField()),
                ("head_hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event", models.CharField(max_length=60)),
                ("wing", models.CharField(max_length=10)),
                ("about", models.UUIDField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("agent", models.CharField(default="", max_length=60)),
                ("role", models.CharField(default="", max_length=30)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(default="", max_length=200)),
                ("detail", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(max_length=64)),
                ("line_hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "indexes": [models.Index(fields=["about", "at"], name="audit_line_about")],
            },
        ),
        AppendOnly("line"),
    ]
