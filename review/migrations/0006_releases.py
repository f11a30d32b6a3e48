"""What the check of a release looked at and found in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("review", "0005_outward_publications")]

    operations = [
        migrations.AddField(model_name="release", name="fine", field=models.JSONField(default=list)),
    ]
