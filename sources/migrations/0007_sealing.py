"""Editors see the keepers and the chief editor proposes one; who ended a keeper is known; nothing is sealed to nobody."""

from django.conf import settings
from django.db import migrations, models

RIGHTS = {"editor": ["view_keeper"], "chief editor": ["view_keeper", "add_keeper"]}


def give_rights(apps, schema_editor):
    for group, right in _rights(apps, schema_editor):
        group.permissions.add(right)


def take_rights(apps, schema_editor):
    for group, right in _rights(apps, schema_editor):
        group.permissions.remove(right)


def _rights(apps, schema_editor):
    db = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(db)
        .get_or_create(app_label="sources", model="keeper")
    )
    for role, codenames in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.using(db).get(name=role)
        for codename in codenames:
            right, _ = (
                apps.get_model("auth", "Permission")
                .objects.using(db)
                .get_or_create(
                    content_type=kind, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
                )
            )
            yield group, right


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("sources", "0006_forgetting"),
        ("staff", "0005_on_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="keeper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="keeper_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed_to__len__gte", 1)), name="sealed_record_is_sealed_to_somebody"
            ),
        ),
        migrations.RunPython(give_rights, take_rights),
    ]
