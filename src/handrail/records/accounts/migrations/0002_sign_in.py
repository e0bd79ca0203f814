import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("account", "sessions_from", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reviewed_at", models.DateTimeField()),
                ("reviewed_by", models.UUIDField()),
                ("account_count", models.PositiveIntegerField()),
            ],
        ),
    ]
