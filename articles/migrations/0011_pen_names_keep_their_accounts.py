"""A pen name that ever stood over a story says so: it keeps the accounts behind it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_verdicts_count_voices"),
    ]

    operations = [
        migrations.AddField(
            model_name="byline",
            name="was_used",
            field=models.BooleanField(default=False, editable=False),
        ),
        # Over a story now, in print, or by the record.
        migrations.RunSQL(
            """
            UPDATE articles_byline b SET was_used = true
             WHERE EXISTS (SELECT FROM articles_article_bylines a WHERE a.byline_id = b.id)
                OR EXISTS (SELECT FROM reader_publication p
                            WHERE p.bylines @> jsonb_build_array(jsonb_build_object('slug', b.slug)))
                OR EXISTS (SELECT FROM articles_entry e
                            WHERE e.table_name = 'articles_article_bylines' AND e.fields ->> 'byline_id' = b.id::text)
            """,
            migrations.RunSQL.noop,
        ),
    ]
