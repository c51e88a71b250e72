"""Exceptions are decided by two editors; a guest signatory comes from outside and holds no right of the desk."""

from django.db import migrations


def change_roles(apps, schema_editor):
    db = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    waive = Permission.objects.using(db).get(codename="waive_fact")
    Group.objects.using(db).get(name="editor").permissions.add(waive)
    Group.objects.using(db).get_or_create(name="guest signatory")


def change_back(apps, schema_editor):
    db = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    waive = Permission.objects.using(db).get(codename="waive_fact")
    Group.objects.using(db).get(name="editor").permissions.remove(waive)
    Group.objects.using(db).filter(name="guest signatory").delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_roles")]

    operations = [migrations.RunPython(change_roles, change_back)]
