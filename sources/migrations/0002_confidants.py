"""Who ever spoke with a source; begun with who speaks with her now, and whoever recorded a talk."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Confidant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "confidant",
                "verbose_name_plural": "confidants",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "user"), name="confidant_once_a_source"),
                ],
            },
        ),
        migrations.RunSQL(
            """
            INSERT INTO sources_confidant (source_id, user_id)
            SELECT id, contact_reporter_id FROM sources_source
            UNION SELECT id, deputy_id FROM sources_source WHERE deputy_id IS NOT NULL
            UNION SELECT source_id, recorded_by_id FROM sources_talk
            """,
            migrations.RunSQL.noop,
        ),
    ]
