"""In how many stories print followed soon after a talk: a count that outlives the days of the talks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0009_protected_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="SoonInPrint",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="soon_in_print",
                        serialize=False,
                        to="sources.source",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "stories soon after a talk",
                "verbose_name_plural": "stories soon after a talk",
                "default_permissions": (),
            },
        ),
    ]
