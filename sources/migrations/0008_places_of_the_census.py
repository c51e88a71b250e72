"""The country, its provinces and large cities, with how many people lived there in 2008."""

from typing import Any

from django.db import migrations

from sources import census


def enter(apps: Any, schema_editor: Any) -> None:
    census.enter(apps.get_model("sources", "Place").objects.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [("sources", "0007_sealing")]

    # What the newsroom has made of them since stays.
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
