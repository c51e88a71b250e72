"""What is printed: frozen versions of stories, and the little that may be said of what is no longer in print.

This is all that the public site can read. Nothing here points at a draft, a source or a member of staff.
Row-level policies (``reader/sql/in_print.sql``) show the site's role only what is in print.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Now
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The editions of the paper."""

    ENGLISH = "en", _("English")
    KOREAN = "ko", _("Korean")


class Kind(models.TextChoices):
    """What a story is; the reader is told."""

    NEWS = "news", _("news")
    FLASH = "flash", _("flash")
    ANALYSIS = "analysis", _("analysis")
    OPINION = "opinion", _("opinion")
    NOTICE = "notice", _("notice")
    PRICES = "prices", _("price report")


class PrintedText(models.Model):
    """Every word and picture of a story as a reader sees it: what a Proof shows and a Publication repeats.

    The digest that an editor signs covers each of these columns (``printed_digest`` in ``gate.sql``); a test
    holds the two lists equal. Shapes of the JSON columns:

    - bylines: ``[{"name", "slug"}]``
    - tags: ``[{"slug", "name"}]``
    - figures: ``[{"after", "caption", "credit", "pictures": [{"hash", "alt", "dates", "place", "width", "height",
      "renditions": [{"format", "width", "height", "sha256"}]}]}]``; ``after`` is the number of paragraphs before it,
      0 for the figure that leads the story; two pictures stand side by side
    - links: ``[{"kind": "previously"|"related"|"followup", "after": number|null, "story": uuid|null, "url",
      "title"}]``; without ``after`` at the foot. Address and headline of a story of ours are filled in when the page
      is built.
    - corrections: ``[{"kind", "text", "date": "YYYY-MM-DD"}]``
    - how_known: ``{"min_sources", "events", "statements", "records", "documents", "single_source": [reason],
      "confirmed": "YYYY-MM"}`` (events, statements, records and documents say whether there are any, never how many;
      documents: an event rests on a document, a photo or an earlier story in place of sources); ``"emergency":
      reason`` where two people let it through unfinished
    """

    story = models.UUIDField(_("story"), default=uuid.uuid4, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.NEWS)
    slug = models.SlugField(_("address"), max_length=120, allow_unicode=True)
    label = models.CharField(_("label"), max_length=40, blank=True)
    headline = models.CharField(_("headline"), max_length=200)
    standfirst = models.TextField(_("standfirst"), blank=True)
    blocks = ArrayField(models.TextField(), verbose_name=_("body"))
    bylines = models.JSONField(_("bylines"), default=list)
    dateline = models.CharField(_("dateline"), max_length=80, blank=True)
    section_slug = models.SlugField(_("section's address"), max_length=60)
    section_name = models.CharField(_("section"), max_length=60)
    tags = models.JSONField(_("tags"), default=list)
    figures = models.JSONField(_("figures"), default=list)
    links = models.JSONField(_("related links"), default=list)
    corrections = models.JSONField(_("corrections"), default=list)
    how_known = models.JSONField(_("how it is known"), default=dict)
    translation_of = models.UUIDField(_("translation of"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.headline

    @classmethod
    def printed_columns(cls) -> list[str]:
        """Names of the columns that the digest covers, in the order of the digest."""
        return [field.name for field in PrintedText._meta.local_fields]


class PublicationQuerySet(models.QuerySet):
    def in_print(self) -> "PublicationQuerySet":
        """What a reader can see at this moment, by the database's own clock."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=Now()),
            Q(leaves_at__isnull=True) | Q(leaves_at__gt=Now()),
            go_live_at__lte=Now(),
            pulled_at__isnull=True,
            withdrawn_at__isnull=True,
        )

    def scheduled(self) -> "PublicationQuerySet":
        """Passed the gate, waiting for its hour."""
        return self.filter(go_live_at__gt=Now(), pulled_at__isnull=True, withdrawn_at__isnull=True)

    def pulled_archive(self) -> "PublicationQuerySet":
        """Stories of the archive that were taken off the site and may come back."""
        return self.filter(origin=Publication.Origin.ARCHIVE, pulled_at__isnull=False, withdrawn_at__isnull=True)

    def edition(self, language: str) -> "PublicationQuerySet":
        return self.filter(language=language)

    def latest(self) -> "PublicationQuerySet":  # type: ignore[override]
        """Newest story first; of one minute's, the one released last. Uses index: publication_latest."""
        return self.order_by("-first_printed_at", "-turn")


class Publication(PrintedText):
    """One printed version of a story, frozen. In print when live, not superseded, not pulled, not withdrawn."""

    class Origin(models.TextChoices):
        DESK = "desk", _("our desk")
        ARCHIVE = "archive", _("archive")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    digest = models.CharField(_("digest"), max_length=64)
    origin = models.CharField(_("origin"), max_length=7, choices=Origin, default=Origin.DESK)
    first_printed_at = models.DateTimeField(_("first printed"))
    # A story keeps its turn from version to version. It counts; a clock would tell when the desk works.
    turn = models.BigIntegerField(
        _("turn within the minute"),
        editable=False,
        db_default=Func(models.Value("reader_turn"), function="nextval", output_field=models.BigIntegerField()),
    )
    go_live_at = models.DateTimeField(_("goes live"))
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    # One that leaves print by itself at an hour: a staggered pull, the end of an emergency.
    leaves_at = models.DateTimeField(_("leaves print"), null=True, blank=True)
    pulled_at = models.DateTimeField(_("pulled"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-go_live_at"]
        permissions = [
            ("publish_publication", "Can publish and release"),
            ("pull_publication", "Can pull a story"),
            ("withdraw_publication", "Can withdraw a story"),
        ]
        indexes = [
            # The home page and feeds.
            models.Index(fields=["language", "-first_printed_at", "-turn"], name="publication_latest"),
            # Section pages.
            models.Index(
                fields=["language", "section_slug", "-first_printed_at", "-turn"], name="publication_in_section"
            ),
            # The article page.
            models.Index(fields=["language", "slug"], name="publication_at_address"),
            # The corrections page and its feed: the few versions that carry any.
            models.Index(fields=["language"], condition=~Q(corrections=[]), name="publication_corrected"),
            # Links between stories, translations.
            models.Index(fields=["translation_of"], name="publication_translations"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["story", "version"], name="publication_version_once"),
            # One version of a story at a time.
            ExclusionConstraint(
                name="publication_one_at_a_time",
                expressions=[
                    ("story", RangeOperators.EQUAL),
                    (
                        Func(
                            F("go_live_at"), F("superseded_at"), function="tstzrange", output_field=DateTimeRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            # An address belongs to one story for ever: readers keep links.
            ExclusionConstraint(
                name="publication_address_is_one_storys",
                expressions=[
                    ("language", RangeOperators.EQUAL),
                    ("slug", RangeOperators.EQUAL),
                    # As text, so that nobody's look-up of a story takes this index: it would read all of the language.
                    (Cast("story", models.TextField()), RangeOperators.NOT_EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("go_live_at")),
                name="publication_superseded_after_it_went_live",
            ),
            # Visible by the minute: caches turn with the clock.
            models.CheckConstraint(
                condition=Q(
                    go_live_at=Func(
                        models.Value("minute"),
                        F("go_live_at"),
                        models.Value("UTC"),
                        function="date_trunc",
                        output_field=models.DateTimeField(),
                    )
                ),
                name="publication_goes_live_on_a_whole_minute",
            ),
            # An hour that never comes is none: PostgreSQL knows `infinity`, Python does not.
            models.CheckConstraint(
                condition=Q(
                    *(
                        Func(F(hour), function="isfinite", output_field=models.BooleanField())
                        for hour in (
                            "first_printed_at",
                            "go_live_at",
                            "superseded_at",
                            "leaves_at",
                            "pulled_at",
                            "withdrawn_at",
                        )
                    )
                ),
                name="publication_hours_are_hours",
            ),
            models.CheckConstraint(condition=Q(language__in=["en", "ko"]), name="publication_language"),
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(slug=""), name="publication_has_headline_and_address"
            ),
            models.CheckConstraint(
                condition=Q(first_printed_at__lte=F("go_live_at")), name="publication_first_printed"
            ),
        ]

    def get_absolute_url(self) -> str:
        return iri_to_uri(f"/{self.language}/story/{self.slug}/")


class PrintedTag(models.Model):
    """A tag of a printed version, for the tag's page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="printed_tags")
    slug = models.SlugField(max_length=100, allow_unicode=True)
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "slug"], name="printed_tag_once")]
        # Tag pages.
        indexes = [models.Index(fields=["slug", "publication"], name="printed_tag_page")]

    def __str__(self) -> str:
        return self.name


class PrintedPicture(models.Model):
    """One file of a picture, under a random name made for this printing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="pictures")
    picture = models.CharField(_("hash of the picture"), max_length=64)
    format = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # The view that serves files looks names up here.
    name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["width"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "picture", "format", "width"], name="printed_picture_once")
        ]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """The frame of every page in one language: the paper's name, its promise, its sections in order.

    ``sections``: ``[{"slug", "name"}]``. Written by the desk from its policy.
    """

    language = models.CharField(primary_key=True, max_length=2, choices=Language)
    name = models.CharField(_("name of the paper"), max_length=60)
    promise = models.CharField(_("promise"), max_length=200)
    sections = models.JSONField(_("sections"), default=list)
    is_default = models.BooleanField(_("shown at /"), default=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-is_default", "language"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="edition_one_default")
        ]

    def __str__(self) -> str:
        return self.name
