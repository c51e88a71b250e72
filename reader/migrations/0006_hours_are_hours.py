"""Every hour of a publication is an hour: PostgreSQL also knows ``infinity``, which no page could tell."""

from django.db import migrations, models
from django.db.models import F, Func

HOURS = ("first_printed_at", "go_live_at", "superseded_at", "leaves_at", "pulled_at", "withdrawn_at")


class Migration(migrations.Migration):
    dependencies = [
        ("reader", "0005_leaving_print_at_an_hour"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    *(Func(F(hour), function="isfinite", output_field=models.BooleanField()) for hour in HOURS)
                ),
                name="publication_hours_are_hours",
            ),
        ),
    ]
