"""A notice of an address is worked out when it is asked for (articles/sql/notices.sql): no rows to keep in step."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0006_hours_are_hours"),
    ]

    operations = [
        migrations.DeleteModel(name="Notice"),
    ]
