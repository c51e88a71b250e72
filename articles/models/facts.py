"""Facts: what can be true or false in a story, what each rests on, and what an editor said of it.

Rows that say what somebody did (Wording, Confirmation, TakenBack, Verdict, Dropping, Waiver, Rendering) are only ever
added: the desk's role may not change or delete them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.policy import AGREED_BY_ANOTHER
from articles.storage import private_store, random_name
from sources.models import Source, Talk


class FactQuerySet(models.QuerySet):
    def with_status(self) -> FactQuerySet:
        """Adds ``wording_id`` (the present one) and ``ruling`` (the last verdict on it, or None)."""
        wording = Wording.objects.filter(fact=OuterRef("pk")).order_by("-number")
        ruling = Verdict.objects.filter(wording=OuterRef("wording_id")).order_by("-pk")
        return self.annotate(wording_id=Subquery(wording.values("pk")[:1])).annotate(
            ruling=Subquery(ruling.values("ruling")[:1])
        )

    def standing(self) -> FactQuerySet:
        """Facts that the story still states."""
        return self.filter(dropping__isnull=True)

    def unconfirmed(self) -> FactQuerySet:
        return self.standing().with_status().exclude(ruling=Verdict.Ruling.CONFIRMED)


class Fact(models.Model):
    """One thing in a story that can be true or false."""

    class Kind(models.TextChoices):
        EVENT = "event", _("event")
        STATEMENT = "statement", _("statement")
        RECORD = "record", pgettext_lazy("fact", "record")

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("fact", "unconfirmed")
        CONFIRMED = "confirmed", pgettext_lazy("fact", "confirmed")
        DISPUTED = "disputed", pgettext_lazy("fact", "disputed")
        DROPPED = "dropped", pgettext_lazy("fact", "dropped")

    class KnownTo(models.TextChoices):
        """Who could know it, from many to few: what few know points at those who told (DESIGN.md, knowledge floor)."""

        ANYONE = "anyone", _("anyone there")
        WORKPLACE = "workplace", _("a workplace")
        MEETING = "meeting", _("those at a meeting")
        HANDFUL = "handful", _("a handful of people")

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="facts", verbose_name=_("story"))
    # Empty: nobody has said so yet.
    known_to = models.CharField(
        _("who could know it"), max_length=9, choices=KnownTo, blank=True, default="", db_default=""
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        permissions = [
            ("confirm_fact", "Can confirm or dispute a fact"),
            ("waive_fact", "Can waive the number of sources"),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def wording(self) -> Wording | None:
        """The present wording."""
        return self.wordings.order_by("-number").first()

    @property
    def statement(self) -> str:
        wording = self.wording
        return wording.text if wording else ""

    @property
    def kind(self) -> str:
        wording = self.wording
        return wording.kind if wording else self.Kind.EVENT

    @property
    def status(self) -> str:
        """One of Status, of the present wording."""
        if hasattr(self, "dropping"):
            return self.Status.DROPPED
        wording = self.wording
        verdict = wording.verdicts.order_by("-pk").first() if wording else None
        return verdict.ruling if verdict else self.Status.UNCONFIRMED


class Wording(models.Model):
    """One numbered wording of a fact. Confirmations and verdicts belong to a wording, never to the next one."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="wordings", verbose_name=_("fact"))
    number = models.PositiveSmallIntegerField(_("number"))
    # Of the wording, not of the fact: a printed version goes on being judged by the kind that it printed.
    kind = models.CharField(
        _("kind"),
        max_length=9,
        choices=Fact.Kind,
        default=Fact.Kind.EVENT,
        help_text=_(
            "Event: it happened. Statement: somebody said it, and it is printed as hers. "
            "Record: it stands in a public record."
        ),
    )
    text = models.TextField(_("statement"))
    # The words of the story that state it, each piece within one sentence, in the order of the alphabet: what an editor
    # confirms beside the statement. Null until the fact is tied to the text for the first time.
    passages = ArrayField(models.TextField(), verbose_name=_("passages"), null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["fact", "number"]
        # Which earlier fact says nearly the same as a sentence (articles.covering).
        indexes = [GinIndex(OpClass("text", name="gin_trgm_ops"), name="wording_likeness")]
        constraints = [
            models.UniqueConstraint(fields=["fact", "number"], name="wording_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="wording_number_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="wording_says_something"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def waived(self) -> Waiver | None:
        """The exception to the number of sources that was made for this statement, in these words of the text or others."""
        waivers = Waiver.objects.filter(
            wording__fact=self.fact_id,
            wording__number__lte=self.number,
            wording__kind=self.kind,
            wording__text=self.text,
        )
        return waivers.select_related("proposed_by", "agreed_by").order_by("-wording__number").first()


class Document(models.Model):
    """A public record or paper, with the copy that the desk keeps: what a record fact rests on."""

    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    copy = models.FileField(
        _("archived copy"), storage=private_store, upload_to=random_name, help_text=_("PDF, picture or saved page.")
    )
    sha256 = models.CharField(_("hash of the copy"), max_length=64, editable=False)
    archived_on = models.DateField(_("archived on"))
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("archived by")
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-archived_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(copy="") & ~Q(sha256=""), name="document_has_its_copy")]

    def __str__(self) -> str:
        return self.title


class Confirmation(models.Model):
    """What a wording rests on: a source's word, a document, a photo, or an earlier fact of ours."""

    class Basis(models.TextChoices):
        SOURCE = "source", _("a source's word")
        DOCUMENT = "document", _("a document")
        PHOTO = "photo", _("a photo")
        EARLIER_FACT = "earlier", _("an earlier fact of ours")

    class How(models.TextChoices):
        SAW = "saw", _("saw it")
        TOOK_PART = "took_part", _("took part")
        WAS_TOLD = "was_told", _("was told")
        READ = "read", _("read it")
        SAID = "said", _("said it herself")

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="confirmations", verbose_name=_("wording"))
    basis = models.CharField(_("rests on"), max_length=8, choices=Basis, default=Basis.SOURCE)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="confirmations", verbose_name=_("source")
    )
    talk = models.ForeignKey(
        Talk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("talk"),
        help_text=_("The conversation in which she said it."),
    )
    how = models.CharField(_("how she knows"), max_length=9, choices=How, blank=True)
    told_by = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
        help_text=_("If another of our sources told her: the two count once for this fact."),
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="confirmations", verbose_name=_("document")
    )
    photo = models.ForeignKey(
        "photos.Photo", models.PROTECT, null=True, blank=True, related_name="confirmations", verbose_name=_("photo")
    )
    earlier = models.ForeignKey(
        Wording, models.PROTECT, null=True, blank=True, related_name="rests_on_it", verbose_name=_("earlier fact")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["pk"]
        constraints = [
            # Exactly what the basis names, and nothing beside it.
            models.CheckConstraint(
                name="confirmation_rests_on_one_thing",
                condition=(
                    Q(
                        basis="source",
                        source__isnull=False,
                        document__isnull=True,
                        photo__isnull=True,
                        earlier__isnull=True,
                    )
                    | Q(
                        basis="document",
                        source__isnull=True,
                        document__isnull=False,
                        photo__isnull=True,
                        earlier__isnull=True,
                    )
                    | Q(
                        basis="photo",
                        source__isnull=True,
                        document__isnull=True,
                        photo__isnull=False,
                        earlier__isnull=True,
                    )
                    | Q(
                        basis="earlier",
                        source__isnull=True,
                        document__isnull=True,
                        photo__isnull=True,
                        earlier__isnull=False,
                    )
                ),
                violation_error_message=_("Choose one thing that this rests on, and leave the others empty."),
            ),
            models.CheckConstraint(
                name="confirmation_details_are_a_sources",
                condition=Q(basis="source") & ~Q(how="") | Q(talk__isnull=True, told_by__isnull=True, how=""),
                violation_error_message=_(
                    "For a source's word, say how she knows it; for anything else leave talk, how and told by empty."
                ),
            ),
            models.CheckConstraint(
                name="confirmation_told_by_another",
                condition=Q(told_by__isnull=True) | ~Q(told_by=F("source")) & Q(how="was_told"),
                violation_error_message=_("“Told by” names another source, and goes with “was told”."),
            ),
            models.CheckConstraint(
                name="confirmation_not_on_itself", condition=Q(earlier__isnull=True) | ~Q(earlier=F("wording"))
            ),
            models.UniqueConstraint(
                fields=["wording", "source", "talk"],
                name="confirmation_once_a_talk",
                violation_error_message=_("This talk with this source is recorded for this fact already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()} · {self.source or self.document or self.photo or self.earlier}"

    @property
    def is_standing(self) -> bool:
        return not hasattr(self, "taken_back")


class TakenBack(models.Model):
    """A confirmation that no longer stands: the source changed her word, the record was a mistake."""

    confirmation = models.OneToOneField(Confirmation, models.PROTECT, related_name="taken_back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("confirmation taken back")
        verbose_name_plural = _("confirmations taken back")

    def __str__(self) -> str:
        return self.reason


class Verdict(models.Model):
    """What an editor says of a wording: confirmed, disputed, or no longer confirmed. The last one counts."""

    class Ruling(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("fact", "confirmed")
        DISPUTED = "disputed", pgettext_lazy("fact", "disputed")
        UNCONFIRMED = "unconfirmed", pgettext_lazy("fact", "unconfirmed")

    wording = models.ForeignKey(Wording, models.PROTECT, related_name="verdicts")
    ruling = models.CharField(_("ruling"), max_length=11, choices=Ruling)
    # The standing confirmations that the editor had before her, those of earlier wordings among them where she says that
    # they carry this one too; kept to what there is by the database. What is recorded later is not hers, and carries
    # nothing until an editor confirms again.
    seen = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # How many independent voices spoke through them, by what was known of their ties; counted by the database. Whoever
    # parts two sources later has to ask an editor again.
    voices = models.PositiveIntegerField(null=True, editable=False)
    # Who could know it, as was said then; kept by the database. Said of more people later, she is asked again.
    known_to = models.CharField(
        max_length=9, choices=Fact.KnownTo, blank=True, default="", db_default="", editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["pk"]
        indexes = [
            # The last verdict on a wording: asked by the gate for each fact.
            models.Index(fields=["wording", "-id"], name="verdict_last"),
            # Which wordings a confirmation carries: asked when it is taken back or its source falls.
            GinIndex(fields=["seen"], name="verdict_seen"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ruling__in=["confirmed", "disputed", "unconfirmed"]), name="verdict_ruling"
            ),
            models.CheckConstraint(
                condition=Q(ruling="confirmed") | ~Q(reason=""), name="verdict_against_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_ruling_display())


class Dropping(models.Model):
    """A fact that the story no longer states. It stays in the record, with the reason."""

    fact = models.OneToOneField(Fact, models.PROTECT, related_name="dropping")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("dropped fact")
        verbose_name_plural = _("dropped facts")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="dropping_has_a_reason")]

    def __str__(self) -> str:
        return self.reason


class Waiver(models.Model):
    """An exception to the number of sources, by two people. Its printed reason is told to the reader."""

    wording = models.OneToOneField(Wording, models.PROTECT, related_name="waiver")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), help_text=_("For the desk."))
    printed_reason = models.TextField(
        _("reason in print"), help_text=_("In the language of the edition. Must not help to find the source.")
    )

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(printed_reason=""), name="waiver_has_reasons"),
            models.CheckConstraint(condition=AGREED_BY_ANOTHER, name="waiver_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return self.reason


class Rendering(models.Model):
    """An editor's word that a translation states this wording of a fact faithfully."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="renderings")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="renderings")
    # The translation's words that state it, as the editor read them: other words ask for her eyes again.
    passages = ArrayField(models.TextField(), null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("faithful rendering")
        verbose_name_plural = _("faithful renderings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.wording)
