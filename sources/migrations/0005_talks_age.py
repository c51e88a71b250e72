"""A talk's day fades to its month, and the month to a count; when it was recorded is not kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ageing",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("on", models.DateField()),
            ],
            options={
                "verbose_name": "ageing of talks",
                "verbose_name_plural": "ageing of talks",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="EarlierTalks",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="earlier_talks",
                        serialize=False,
                        to="sources.source",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "earlier talks",
                "verbose_name_plural": "earlier talks",
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="talk",
            options={
                "ordering": [models.OrderBy(models.F("held_on"), descending=True, nulls_last=True), "-pk"],
                "verbose_name": "talk",
                "verbose_name_plural": "talks",
            },
        ),
        migrations.RemoveField(
            model_name="talk",
            name="recorded_at",
        ),
        migrations.AddField(
            model_name="talk",
            name="date_kept",
            field=models.CharField(
                choices=[("day", "day"), ("month", "month"), ("nothing", "nothing")],
                db_default="day",
                default="day",
                editable=False,
                max_length=7,
            ),
        ),
        migrations.AlterField(
            model_name="talk",
            name="held_on",
            field=models.DateField(null=True, verbose_name="date"),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["held_on"], name="talk_that_fades"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date_kept", "day"), ("held_on__isnull", False), models.Q(("medium", ""), _negated=True)),
                    models.Q(
                        ("date_kept", "month"),
                        ("held_on__day", 1),
                        ("held_on__isnull", False),
                        models.Q(("medium", ""), _negated=True),
                        models.Q(("printed_precision", "day"), _negated=True),
                    ),
                    models.Q(
                        ("date_kept", "nothing"),
                        ("held_on__isnull", True),
                        ("medium", ""),
                        ("printed_precision", "withheld"),
                    ),
                    _connector="OR",
                ),
                name="talk_keeps_no_more_than_it_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="ageing",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="ageing_once"),
        ),
    ]
