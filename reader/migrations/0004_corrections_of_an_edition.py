"""The corrections page finds the few versions that carry a correction without reading all the others."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("reader", "0003_words_of_an_address")]

    operations = [
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["language"], condition=~Q(corrections=[]), name="publication_corrected"),
        ),
    ]
