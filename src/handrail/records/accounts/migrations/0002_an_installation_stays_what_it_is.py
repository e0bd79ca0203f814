from django.db import migrations

from handrail.records.append_only import Fixed


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [Fixed("installation", ("id", "is_synthetic", "made_at", "protocol_hash"))]
