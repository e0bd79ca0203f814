import django.db.models.deletion
import handrail.records.encryption
import uuid
from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("form_version", models.CharField(max_length=20)),
                ("statements", models.JSONField()),
                ("scopes", models.JSONField()),
                ("capacity_confirmed", models.BooleanField()),
                ("how", models.CharField(max_length=30)),
                ("given_on", models.DateField()),
                ("given_at", models.DateTimeField()),
                ("taken_by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "number"), name="consent_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("capacity_confirmed", True)),
                        name="consent_needs_capacity_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["on_screen", "on_paper", "by_telephone", "by_video"])
                        ),
                        name="consent_how_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScopeChange",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("scope", models.CharField(max_length=20)),
                ("is_open", models.BooleanField()),
                ("from_on", models.DateField()),
                ("words", handrail.records.encryption.EncryptedTextField(default="")),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.UUIDField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scope_changes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "number"), name="scope_change_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["interviews", "records", "recontact"])),
                        name="scope_change_never_of_the_programme",
                    ),
                ],
            },
        ),
        AppendOnly("consent"),
        AppendOnly("scopechange"),
    ]
