"""Who has ever changed a story's words; and a confirmation's talk is one with its source, also afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_translations_are_of_originals"),
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Writer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="writers",
                        to="articles.article",
                        verbose_name="story",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "writer",
                "verbose_name_plural": "writers",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("article", "user"), name="writer_once_a_story")],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE articles_confirmation ADD CONSTRAINT confirmation_talk_is_with_its_source"
            " FOREIGN KEY (talk_id, source_id) REFERENCES sources_talk (id, source_id)",
            "ALTER TABLE articles_confirmation DROP CONSTRAINT confirmation_talk_is_with_its_source",
        ),
    ]
