"""The roles of the desk, each with the least rights that its work needs."""

from django.db import migrations

READ_FRAME = ["articles.view_section", "articles.view_byline", "sources.view_place", "articles.view_policy"]
WRITE_STORIES = [
    "articles.view_article",
    "articles.add_article",
    "articles.change_article",
    *(f"articles.{verb}_figure" for verb in ("view", "add", "change", "delete")),
    *(f"articles.{verb}_relatedlink" for verb in ("view", "add", "change", "delete")),
    *(f"articles.{verb}_correction" for verb in ("view", "add")),
    *(f"articles.{verb}_fact" for verb in ("view", "add", "change", "delete")),
    "articles.view_wording",
    "articles.view_confirmation",
    "articles.add_confirmation",
    "articles.view_document",
    "articles.add_document",
    "articles.view_proof",
    "articles.add_proof",
    "photos.view_photo",
    "photos.add_photo",
    "photos.change_photo",
    "reader.view_publication",
    "reader.pull_publication",
]
SPEAK_WITH_SOURCES = [
    *(f"sources.{verb}_source" for verb in ("view", "add", "change")),
    *(f"sources.{verb}_talk" for verb in ("view", "add", "change", "delete")),
    "sources.view_circle",
]
EDIT = [
    *READ_FRAME,
    *WRITE_STORIES,
    *SPEAK_WITH_SOURCES,
    *(f"sources.{verb}_circle" for verb in ("add", "change")),
    *(f"sources.{verb}_place" for verb in ("add", "change")),
    "sources.view_vetting",
    "sources.vet_source",
    "articles.confirm_fact",
    "articles.sign_article",
    "articles.agree_policy",
    "reader.publish_publication",
]
ROLES = {
    "reporter": [*READ_FRAME, *WRITE_STORIES, *SPEAK_WITH_SOURCES],
    "editor": EDIT,
    "chief editor": [
        *EDIT,
        *(f"articles.{verb}_{thing}" for thing in ("section", "byline") for verb in ("add", "change")),
        "articles.add_policy",
        "articles.waive_fact",
        "reader.withdraw_publication",
        *(f"staff.{verb}_user" for verb in ("view", "add", "change")),
    ],
    "photo editor": [
        *READ_FRAME,
        "articles.view_article",
        *(f"articles.{verb}_figure" for verb in ("view", "add", "change", "delete")),
        *(f"photos.{verb}_photo" for verb in ("view", "add", "change", "delete")),
        "reader.view_publication",
    ],
    # Comments come with their own room; until then a moderator reads what is printed.
    "moderator": ["reader.view_publication"],
}


def make_roles(apps, schema_editor):
    db = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    names = {
        f"{model._meta.app_label}.{codename}": (model, codename, name)
        for model in apps.get_models()
        for codename, name in [
            *(
                (f"{verb}_{model._meta.model_name}", f"Can {verb} {model._meta.verbose_name_raw}")
                for verb in model._meta.default_permissions
            ),
            *model._meta.permissions,
        ]
    }
    for role, rights in ROLES.items():
        group, _ = Group.objects.using(db).get_or_create(name=role)
        for right in rights:
            model, codename, name = names[right]  # a right that no model has stops the migration
            kind, _ = ContentType.objects.using(db).get_or_create(
                app_label=model._meta.app_label, model=model._meta.model_name
            )
            permission, _ = Permission.objects.using(db).get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)


def drop_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_initial"),
        ("sources", "0001_initial"),
        ("photos", "0001_initial"),
        ("reader", "0001_initial"),
        ("articles", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, drop_roles)]
