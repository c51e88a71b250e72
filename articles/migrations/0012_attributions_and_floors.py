"""How a story names its sources; the floors under which it may not."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_pen_names_keep_their_accounts"),
        ("sources", "0003_sealed_and_protected"),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="known_to",
            field=models.CharField(
                blank=True,
                choices=[
                    ("anyone", "anyone there"),
                    ("workplace", "a workplace"),
                    ("meeting", "those at a meeting"),
                    ("handful", "a handful of people"),
                ],
                db_default="",
                default="",
                max_length=9,
                verbose_name="who could know it",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="anonymity_floor",
            field=models.PositiveIntegerField(
                db_default=50000,
                default=50000,
                help_text="The least number of people that what is printed of a source must fit. 0: not asked.",
                verbose_name="anonymity floor",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="knowledge_floor",
            field=models.CharField(
                blank=True,
                choices=[
                    ("workplace", "a workplace"),
                    ("meeting", "those at a meeting"),
                    ("handful", "a handful of people"),
                ],
                db_default="workplace",
                default="workplace",
                help_text="What fewer people than these could know is not printed without a second thought. Empty: not asked.",
                max_length=9,
                verbose_name="knowledge floor",
            ),
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("source", "source"),
                            ("resident", "resident"),
                            ("trader", "trader"),
                            ("worker", "worker"),
                            ("farmer", "farmer"),
                            ("official", "official"),
                        ],
                        default="source",
                        max_length=10,
                        verbose_name="role in print",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributions",
                        to="articles.article",
                        verbose_name="story",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.place",
                        verbose_name="place in print",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributions",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribution",
                "verbose_name_plural": "attributions",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("article", "source"), name="attribution_once_a_story")],
            },
        ),
        migrations.CreateModel(
            name="ProofAttribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("source", "source"),
                            ("resident", "resident"),
                            ("trader", "trader"),
                            ("worker", "worker"),
                            ("farmer", "farmer"),
                            ("official", "official"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sources.place"
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attributions", to="articles.proof"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printed_attributions",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribution in a proof",
                "verbose_name_plural": "attributions in proofs",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("proof", "source"), name="proof_attribution_once")],
            },
        ),
    ]
