"""Who takes a second factor away says why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0006_doors"),
    ]

    operations = [
        migrations.AddField(
            model_name="factorreset",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
    ]
