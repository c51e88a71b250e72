"""Printing looks the photo of a signed picture up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("photos", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="photo", index=models.Index(fields=["content_hash"], name="photo_by_its_picture")
        ),
    ]
