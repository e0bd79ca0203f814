from django.db import migrations, models

from handrail.records.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0001_initial"),
        ("allocation", "0001_initial"),
    ]

    operations = [
        # A draw made before this has an empty seal, which `handrail verify` tells: nobody vouches for it.
        migrations.AddField(
            model_name="draw",
            name="seal",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        AppendOnly("draw"),
    ]
