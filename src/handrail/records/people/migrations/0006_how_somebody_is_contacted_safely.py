import django.db.models.deletion
from django.db import migrations, models

import handrail.records.encryption
from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_deaths_told_before_are_kept_too"),
    ]

    operations = [
        migrations.CreateModel(
            name="SafeContactCard",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("ways", handrail.records.encryption.EncryptedTextField(default="")),
                ("may_leave_voicemail", models.BooleanField()),
                ("safe_times", handrail.records.encryption.EncryptedTextField(default="")),
                ("language", handrail.records.encryption.EncryptedTextField(default="")),
                ("needs", handrail.records.encryption.EncryptedTextField(default="")),
                ("not_to", handrail.records.encryption.EncryptedTextField(default="")),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.UUIDField()),
                ("kept_as", models.CharField(default="", max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        AppendOnly("safecontactcard"),
    ]
