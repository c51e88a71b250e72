"""What identifies a person, sealed; by what her name is known again; who looked."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_confidants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("alias", models.CharField(blank=True, max_length=60, verbose_name="alias")),
                (
                    "contact_reporter",
                    models.ForeignKey(
                        help_text="The reporter who answers for a person in a story; for a source it is the source's own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="contact reporter",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protected",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "protected person",
                "verbose_name_plural": "protected people",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ProtectedTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("name", "name"), ("number", "number"), ("handle", "handle"), ("place", "place")],
                        max_length=6,
                    ),
                ),
                ("fingerprint", models.BinaryField()),
                ("needs_company", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="sources.protectedperson"
                    ),
                ),
            ],
            options={
                "verbose_name": "protected term",
                "verbose_name_plural": "protected terms",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SealedRecord",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ciphertext", models.BinaryField()),
                ("sealed_to", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=62))),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_records",
                        to="sources.protectedperson",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed record",
                "verbose_name_plural": "sealed records",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Keeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "public_key",
                    models.CharField(
                        help_text="Begins with age1.", max_length=62, unique=True, verbose_name="public key"
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed")),
                ("agreed_at", models.DateTimeField(editable=False, null=True, verbose_name="agreed")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="ended")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="agreed by",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "keeper",
                "verbose_name_plural": "keepers",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("public_key__startswith", "age1")), name="keeper_key_is_an_age_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="keeper_agreed_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("page", "opened the page"),
                            ("sealing", "sealed what identifies the source"),
                            ("exposure", "opened the exposure report"),
                            ("export", "took sealed records out"),
                            ("handover", "handed the source over"),
                            ("forgetting", "forgot the source"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("why_salt", models.CharField(blank=True, max_length=32)),
                ("why_hash", models.CharField(blank=True, max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="looks",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "look at a source",
                "verbose_name_plural": "looks at sources",
                "ordering": ["-number"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["source", "-number"], name="look_at_source")],
            },
        ),
        migrations.AddConstraint(
            model_name="protectedperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alias", ""), ("contact_reporter__isnull", True), ("source__isnull", False)),
                    models.Q(
                        ("contact_reporter__isnull", False),
                        ("source__isnull", True),
                        models.Q(("alias", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="protected_person_is_a_source_or_has_an_alias",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedperson",
            constraint=models.UniqueConstraint(
                condition=models.Q(("alias", ""), _negated=True), fields=("alias",), name="protected_person_alias_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedterm",
            constraint=models.UniqueConstraint(fields=("person", "kind", "fingerprint"), name="protected_term_once"),
        ),
    ]
