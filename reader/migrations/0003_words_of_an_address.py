"""An address belongs to one story: asked of the story as text, so that looking a story up never takes this index."""

import django.contrib.postgres.constraints
from django.db import migrations, models
from django.db.models.functions import Cast


class Migration(migrations.Migration):
    dependencies = [("reader", "0002_order_of_print")]

    operations = [
        migrations.RemoveConstraint(model_name="publication", name="publication_address_is_one_storys"),
        migrations.AddConstraint(
            model_name="publication",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("language", "="), ("slug", "="), (Cast("story", models.TextField()), "<>")],
                name="publication_address_is_one_storys",
            ),
        ),
    ]
