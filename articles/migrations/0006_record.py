"""The record: one chain of entries of who did what, when, and what stood before (articles/sql/record.sql)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.CharField(max_length=40)),
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("begun", "the record of this table begins"),
                            ("found", "there before the record"),
                            ("insert", "added"),
                            ("update", "changed"),
                            ("delete", "removed"),
                            ("destroyed", "a text destroyed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("by", models.BigIntegerField(db_column="by_id", null=True, verbose_name="by")),
                ("article", models.BigIntegerField(db_column="article_id", null=True, verbose_name="story")),
                ("fields", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("texts", models.JSONField(default=dict)),
                ("salts", models.JSONField(default=dict)),
                ("kept", models.JSONField(default=dict)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "entry in the record",
                "verbose_name_plural": "record",
                "ordering": ["number"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["table_name", "row_id", "-number"], name="entry_of_a_row"),
                    models.Index(fields=["article", "number"], name="entry_of_a_story"),
                ],
            },
        ),
    ]
