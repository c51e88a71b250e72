"""The working copy of a story."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from taggit.managers import TaggableManager

from articles.bodies import EXTENSIONS, clean_body
from reader.models import Kind, Language


class Section(models.Model):
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_ko = models.CharField(_("name in Korean"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return f"{self.name_en} · {self.name_ko}"

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en


class Byline(models.Model):
    """A pen name as it is printed. The account behind it never leaves the desk."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_en = models.CharField(_("pen name in English"), max_length=60)
    name_ko = models.CharField(_("pen name in Korean"), max_length=60)
    accounts = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="bylines",
        verbose_name=_("accounts"),
        help_text=_(
            "Every account of whoever writes under this name: none of them can sign or confirm what any of them wrote. "
            "Never printed."
        ),
    )
    # Whether it ever stood over a story; written by the database, and never taken back.
    was_used = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return f"{self.name_en} · {self.name_ko}"

    def name(self, language: str) -> str:
        return self.name_ko if language == "ko" else self.name_en


class Article(models.Model):
    """The working copy of a story in one language. What a reader sees is a Publication."""

    story = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("edition"), max_length=2, choices=Language, default=Language.KOREAN)
    translation_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"translation_of__isnull": True},
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("A translation shares the facts of its original."),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.NEWS)
    label = models.CharField(_("label"), max_length=40, blank=True, help_text=_('For example "Exclusive", "단독".'))
    headline = models.CharField(_("headline"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        allow_unicode=True,
        help_text=_("The last part of the story's address: a few words parted by hyphens. Readers keep it for ever."),
    )
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("One or two sentences under the headline."))
    dateline = models.CharField(_("dateline"), max_length=80, blank=True)
    body = ProseEditorField(_("body"), blank=True, extensions=EXTENSIONS, sanitize=clean_body)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, verbose_name=_("section"))
    bylines = models.ManyToManyField(
        Byline, blank=True, related_name="articles", verbose_name=_("bylines"), help_text=_("The names in print.")
    )
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="articles",
        verbose_name=_("authors"),
        help_text=_("Whoever wrote it. An author can't confirm its facts or sign it."),
    )
    tags = TaggableManager(blank=True, verbose_name=_("tags"), help_text=_("Words parted by commas."))
    # Counts every change that a reader would see; the database moves it (gate.sql). A Proof notes the revision it
    # shows, and a form the one it was opened with.
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    # Which of its words state which fact, as last read (articles.coverage); null once the words moved on unread.
    coverage = models.JSONField(_("coverage"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at", "-pk"]
        permissions = [("sign_article", "Can sign off a story")]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="article_latest_change")]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="article_address_once",
                violation_error_message=_(
                    "Another story of this edition has this address already. Choose another one."
                ),
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="article_one_translation_a_language",
                violation_error_message=_("That story has a translation in this language already."),
            ),
            models.CheckConstraint(condition=~Q(translation_of=models.F("pk")), name="article_not_its_own_translation"),
            models.CheckConstraint(condition=Q(language__in=["en", "ko"]), name="article_language"),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("(no headline yet)"))

    def get_absolute_url(self) -> str:
        """Where the story is worked on."""
        return reverse("admin:articles_article_change", args=[self.pk])

    @property
    def original(self) -> Article:
        """The story whose facts this one states: itself, or what it translates."""
        return self.translation_of or self


class Writer(models.Model):
    """Who has ever changed the words of a story. Kept for ever: she neither confirms its facts nor signs it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="writers", verbose_name=_("story"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("writer")
        verbose_name_plural = _("writers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="writer_once_a_story")]

    def __str__(self) -> str:
        return str(self.user)
