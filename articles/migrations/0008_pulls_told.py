"""Which pulls by the gate the editors were told of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_guest_signatures")]

    operations = [
        migrations.CreateModel(
            name="PullTold",
            fields=[
                (
                    "pull",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="told",
                        serialize=False,
                        to="articles.pull",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"verbose_name": "telling of a pull", "verbose_name_plural": "tellings of pulls"},
        ),
    ]
