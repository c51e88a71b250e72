"""A hold, an override and an invitation end at an hour that comes: PostgreSQL also knows ``infinity``."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_pulls_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Func(models.F("until"), function="isfinite", output_field=models.BooleanField()),
                name="hold_ends_at_an_hour",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Func(models.F("until"), function="isfinite", output_field=models.BooleanField()),
                name="invitation_ends_at_an_hour",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Func(models.F("until"), function="isfinite", output_field=models.BooleanField()),
                name="override_ends_at_an_hour",
            ),
        ),
    ]
