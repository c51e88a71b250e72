"""Looks are numbered and chained by the database, and may be at a person of a story as well."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_sealed_and_protected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="look",
            name="id",
        ),
        migrations.AddField(
            model_name="look",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="looks",
                to="sources.protectedperson",
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="number",
            field=models.BigIntegerField(editable=False, primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name="look",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="looks",
                to="sources.source",
            ),
        ),
        migrations.AlterField(
            model_name="look",
            name="what",
            field=models.CharField(
                choices=[
                    ("page", "opened the page"),
                    ("more", "opened more than a confirmation needs"),
                    ("sealing", "sealed what identifies the source"),
                    ("exposure", "opened the exposure report"),
                    ("export", "took sealed records out"),
                    ("handover", "handed the source over"),
                    ("deputy", "named or removed the deputy"),
                    ("forgetting", "forgot the source"),
                ],
                max_length=10,
                verbose_name="what",
            ),
        ),
        migrations.AddConstraint(
            model_name="look",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", True), ("source__isnull", False)),
                    models.Q(("person__isnull", False), ("source__isnull", True)),
                    _connector="OR",
                ),
                name="look_at_a_source_or_a_person",
            ),
        ),
    ]
