"""That somebody was forgotten: by whom and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0005_talks_age"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("reason", models.TextField(verbose_name="reason")),
                ("terms_kept", models.BooleanField(default=False)),
                ("destroyed", models.JSONField(default=dict, editable=False)),
            ],
            options={
                "verbose_name": "forgetting",
                "verbose_name_plural": "forgettings",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="forgetting",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="forgetting",
            name="person",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forgetting",
                to="sources.protectedperson",
            ),
        ),
        migrations.AddField(
            model_name="forgetting",
            name="source",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="forgetting",
                to="sources.source",
                verbose_name="source",
            ),
        ),
        migrations.AddConstraint(
            model_name="forgetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person__isnull", True), ("source__isnull", False)),
                    models.Q(("person__isnull", False), ("source__isnull", True)),
                    _connector="OR",
                ),
                name="forgetting_of_a_source_or_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="forgetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="forgetting_has_a_reason"
            ),
        ),
    ]
