"""Facts hold on to their words; what keeps a story back or lets one through is decided by two people."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_accounts(apps, schema_editor):
    Byline = apps.get_model("articles", "Byline")
    for byline in Byline.objects.using(schema_editor.connection.alias).exclude(user=None):
        byline.accounts.add(byline.user_id)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_writers"),
        ("reader", "0003_words_of_an_address"),
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("waiver", "by", "proposed_by"),
        migrations.RenameField("waiver", "at", "proposed_at"),
        migrations.CreateModel(
            name="Context",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="sentence")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "context",
                "verbose_name_plural": "contexts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("embargo", "embargo"), ("safety", "safety hold")],
                        default="embargo",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "hold",
                "verbose_name_plural": "holds",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "publication",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="intake",
                        serialize=False,
                        to="reader.publication",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "story of the archive",
                "verbose_name_plural": "stories of the archive",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Lifting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.TextField(verbose_name="reason")),
            ],
            options={
                "verbose_name": "lifting of a hold",
                "verbose_name_plural": "liftings of holds",
            },
        ),
        migrations.CreateModel(
            name="Override",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(help_text="For the desk.", verbose_name="reason")),
                (
                    "printed_reason",
                    models.TextField(help_text="In the language of the edition.", verbose_name="reason in print"),
                ),
                (
                    "until",
                    models.DateTimeField(
                        help_text="At this hour the story leaves print by itself.", verbose_name="until"
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("agreed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "emergency override",
                "verbose_name_plural": "emergency overrides",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="sentence")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Stagger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "unconfirmed"),
                            ("confirmed", "confirmed"),
                            ("discredited", "discredited"),
                        ],
                        max_length=12,
                        verbose_name="new standing",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("agreed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "staggered pull",
                "verbose_name_plural": "staggered pulls",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="StaggerHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "hour of a staggered pull",
                "verbose_name_plural": "hours of staggered pulls",
                "ordering": ["at"],
            },
        ),
        migrations.AlterModelOptions(
            name="rendering",
            options={
                "ordering": ["pk"],
                "verbose_name": "faithful rendering",
                "verbose_name_plural": "faithful renderings",
            },
        ),
        migrations.RemoveConstraint(
            model_name="rendering",
            name="rendering_once",
        ),
        migrations.AddField(
            model_name="article",
            name="coverage",
            field=models.JSONField(editable=False, null=True, verbose_name="coverage"),
        ),
        migrations.AddField(
            model_name="byline",
            name="accounts",
            field=models.ManyToManyField(
                blank=True,
                help_text="Every account of whoever writes under this name: none of them can sign or confirm what any of them wrote. Never printed.",
                related_name="bylines",
                to=settings.AUTH_USER_MODEL,
                verbose_name="accounts",
            ),
        ),
        migrations.RunPython(keep_accounts, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name="byline",
            name="user",
        ),
        migrations.AddField(
            model_name="policy",
            name="began_on",
            field=models.DateField(
                blank=True,
                help_text="Only stories from before this day come in as an archive, and only until it has come. Set once, kept for ever.",
                null=True,
                verbose_name="first day of the gate",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="covers_text",
            field=models.BooleanField(
                default=True,
                help_text="Each sentence of a story states a confirmed fact, or is marked as context by somebody by name.",
                verbose_name="every sentence is covered",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="earlier_suffices",
            field=models.BooleanField(
                default=True,
                help_text="In place of the number of sources, while that fact is confirmed and in print.",
                verbose_name="an earlier fact of ours may carry a fact",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="guests_sign",
            field=models.BooleanField(
                default=False,
                help_text="A colleague from outside whom an editor invites, where no second editor is at hand.",
                verbose_name="a guest may sign",
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="coverage",
            field=models.JSONField(default=list, verbose_name="coverage"),
        ),
        migrations.AddField(
            model_name="rendering",
            name="passages",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), editable=False, null=True),
        ),
        migrations.AddField(
            model_name="waiver",
            name="agreed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="waiver",
            name="agreed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="wording",
            name="passages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), editable=False, null=True, verbose_name="passages"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=django.contrib.postgres.indexes.GinIndex(fields=["seen"], name="verdict_seen"),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="waiver_agreed_by_another",
            ),
        ),
        migrations.AddField(
            model_name="context",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contexts",
                to="articles.article",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="context",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="articles.article",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="articles.article",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="invited by",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="guest",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="guest",
            ),
        ),
        migrations.AddField(
            model_name="lifting",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="lifting",
            name="hold",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="lifting", to="articles.hold"
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="agreed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overrides",
                to="articles.article",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="override",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passages",
                to="articles.article",
                verbose_name="story",
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="passage",
            name="fact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passages_outside",
                to="articles.fact",
                verbose_name="fact",
            ),
        ),
        migrations.AddField(
            model_name="stagger",
            name="agreed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stagger",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stagger",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="staggers",
                to="sources.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="staggerhour",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stagger_hours", to="reader.publication"
            ),
        ),
        migrations.AddField(
            model_name="staggerhour",
            name="stagger",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="articles.stagger"
            ),
        ),
        migrations.AddConstraint(
            model_name="context",
            constraint=models.UniqueConstraint(fields=("article", "text"), name="context_once"),
        ),
        migrations.AddConstraint(
            model_name="context",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="context_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="hold_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="lifting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="lifting_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), models.Q(("printed_reason", ""), _negated=True)
                ),
                name="override_has_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="override",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="override_agreed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("article", "fact", "text"), name="passage_once"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="passage_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagger",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="stagger_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagger",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing", "confirmed"), _negated=True), name="stagger_takes_a_standing_away"
            ),
        ),
        migrations.AddConstraint(
            model_name="stagger",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stagger_agreed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="staggerhour",
            constraint=models.UniqueConstraint(fields=("stagger", "publication"), name="stagger_hour_once"),
        ),
    ]
