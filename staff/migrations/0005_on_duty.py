"""Whoever is on duty takes a story off the site alone: photo editors and moderators too. A guest signatory never does."""

from django.db import migrations

ROLES = ["photo editor", "moderator"]


def change_roles(apps, schema_editor):
    for group, pull in _rights(apps, schema_editor):
        group.permissions.add(pull)


def change_back(apps, schema_editor):
    for group, pull in _rights(apps, schema_editor):
        group.permissions.remove(pull)


def _rights(apps, schema_editor):
    db = schema_editor.connection.alias
    # Made with the roles (0002_roles).
    pull = apps.get_model("auth", "Permission").objects.using(db).get(codename="pull_publication")
    return [(group, pull) for group in apps.get_model("auth", "Group").objects.using(db).filter(name__in=ROLES)]


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_passkeys")]

    operations = [migrations.RunPython(change_roles, change_back)]
