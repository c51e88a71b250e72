"""Stories of one minute stand in the order in which they were released, not in that of their random keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reader", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE reader_turn", "DROP SEQUENCE reader_turn"),
        migrations.RemoveIndex(model_name="publication", name="publication_latest"),
        migrations.RemoveIndex(model_name="publication", name="publication_in_section"),
        # What is printed already is numbered as it lies in the table: in the order of print.
        migrations.AddField(
            model_name="publication",
            name="turn",
            field=models.BigIntegerField(
                db_default=models.Func(
                    models.Value("reader_turn"), function="nextval", output_field=models.BigIntegerField()
                ),
                editable=False,
                verbose_name="turn within the minute",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["language", "-first_printed_at", "-turn"], name="publication_latest"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["language", "section_slug", "-first_printed_at", "-turn"], name="publication_in_section"
            ),
        ),
    ]
