import django.db.models.deletion
import handrail.records.encryption
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("given_name", handrail.records.encryption.EncryptedTextField(default="")),
                ("surname", handrail.records.encryption.EncryptedTextField(default="")),
                ("born_on", handrail.records.encryption.EncryptedTextField(default="")),
                ("nhs_number", handrail.records.encryption.EncryptedTextField(default="")),
                ("nhs_number_index", models.CharField(max_length=64, null=True, unique=True)),
                ("surname_index", models.CharField(default="", max_length=64)),
                ("email", handrail.records.encryption.EncryptedTextField(default="")),
                ("email_index", models.CharField(db_index=True, default="", max_length=64)),
                ("telephone", handrail.records.encryption.EncryptedTextField(default="")),
                ("telephone_index", models.CharField(db_index=True, default="", max_length=64)),
                ("address", handrail.records.encryption.EncryptedTextField(default="")),
                ("postcode", handrail.records.encryption.EncryptedTextField(default="")),
                ("is_synthetic", models.BooleanField(default=False)),
                ("died_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SignInRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=10)),
                ("contact", handrail.records.encryption.EncryptedTextField(default="")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code_hash", models.CharField(max_length=200)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("wrong_count", models.PositiveSmallIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
    ]
