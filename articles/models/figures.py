"""What stands beside the words: photos, links to other stories, corrections."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.story import Article
from photos.models import Photo


class Figure(models.Model):
    """A photo in a story, or two side by side under one caption."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="figures")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="figures", verbose_name=_("photo"))
    alt = models.CharField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What the picture shows, for who can't see it.")
    )
    photo_beside = models.ForeignKey(
        Photo,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("second photo"),
        help_text=_("Stands beside the first, under the same caption: before and after, for example."),
    )
    alt_beside = models.CharField(_("alternative text of the second"), max_length=300, blank=True)
    caption = models.TextField(_("caption"), blank=True)
    after_paragraph = models.PositiveSmallIntegerField(
        _("after paragraph"), default=0, help_text=_("0 puts it above the text.")
    )

    class Meta:
        verbose_name = _("photo in the story")
        verbose_name_plural = _("photos in the story")
        ordering = ["after_paragraph", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(photo_beside__isnull=True) | ~Q(photo_beside=F("photo")),
                name="figure_of_two_photos",
                violation_error_message=_("Choose two different photos."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption[:60]


class RelatedLink(models.Model):
    """A link to a story of ours or to the web, at the foot of the story or inside its text."""

    class Kind(models.TextChoices):
        PREVIOUSLY = "previously", _("previously reported")
        RELATED = "related", _("related")
        FOLLOW_UP = "followup", _("follow-up")

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RELATED)
    to = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("our story"),
        help_text=_("Shown to readers only while that story is in print."),
    )
    url = models.URLField(_("address on the web"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("For a link to the web."))
    after_paragraph = models.PositiveSmallIntegerField(
        _("after paragraph"), null=True, blank=True, help_text=_("Leave empty to put it at the foot of the story.")
    )

    class Meta:
        verbose_name = _("related link")
        verbose_name_plural = _("related links")
        ordering = [F("after_paragraph").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to__isnull=False, url="", title="") | Q(to__isnull=True) & ~Q(url="") & ~Q(title=""),
                name="related_link_to_one_place",
                violation_error_message=_("Choose a story of ours, or give an address on the web with a title."),
            ),
            models.CheckConstraint(
                condition=~Q(to=F("article")),
                name="related_link_to_another_story",
                violation_error_message=_("A story can't be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.to)


class Correction(models.Model):
    """A public, dated note on what was changed after print. Kept for ever."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        CLARIFICATION = "clarification", _("clarification")
        UPDATE = "update", _("update")
        REPLY = "reply", _("reply")

    article = models.ForeignKey(Article, models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.CORRECTION)
    text = models.TextField(_("text"), help_text=_("What was wrong and what is right, for the reader."))
    dated = models.DateField(_("date"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["dated", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
