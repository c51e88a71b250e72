"""A story may leave print by itself at an hour: a staggered pull, the end of an emergency."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0004_corrections_of_an_edition"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="leaves_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="leaves print"),
        ),
    ]
