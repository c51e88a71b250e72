"""What keeps a story back, and what lets one through: holds, overrides, guests, the archive's door."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from articles.models.policy import AGREED_BY_ANOTHER
from articles.models.story import Article
from reader.models import Publication
from sources.models import Source


def _is_an_hour(name: str) -> models.CheckConstraint:
    """PostgreSQL knows an hour that never comes; no page could tell it."""
    return models.CheckConstraint(
        condition=Func(F("until"), function="isfinite", output_field=models.BooleanField()), name=name
    )


class Hold(models.Model):
    """A story kept back until an hour: by agreement (embargo), or because printing sooner would point at somebody."""

    class Kind(models.TextChoices):
        EMBARGO = "embargo", _("embargo")
        SAFETY = "safety", _("safety hold")

    article = models.ForeignKey(Article, models.PROTECT, related_name="holds", verbose_name=_("story"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.EMBARGO)
    until = models.DateTimeField(_("until"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            _is_an_hour("hold_ends_at_an_hour"),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_lifted(self) -> bool:
        return hasattr(self, "lifting")


class Lifting(models.Model):
    """A hold that ended before its hour. A safety hold is lifted by an editor other than who placed it."""

    hold = models.OneToOneField(Hold, models.PROTECT, related_name="lifting")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("lifting of a hold")
        verbose_name_plural = _("liftings of holds")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="lifting_has_a_reason")]

    def __str__(self) -> str:
        return self.reason


class Override(models.Model):
    """An emergency: two people print a story whose text is not covered yet, for a while, and the reader is told.

    It lifts what the gate asks of the text (coverage, faithful rendering, an embargo), never what it asks of facts,
    sources, pictures or signatures. What is printed under it leaves print at ``until``.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="overrides", verbose_name=_("story"))
    reason = models.TextField(_("reason"), help_text=_("For the desk."))
    printed_reason = models.TextField(_("reason in print"), help_text=_("In the language of the edition."))
    until = models.DateTimeField(_("until"), help_text=_("At this hour the story leaves print by itself."))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("emergency override")
        verbose_name_plural = _("emergency overrides")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(printed_reason=""), name="override_has_reasons"),
            models.CheckConstraint(condition=AGREED_BY_ANOTHER, name="override_agreed_by_another"),
            _is_an_hour("override_ends_at_an_hour"),
        ]

    def __str__(self) -> str:
        return self.reason


class Invitation(models.Model):
    """A colleague from outside who may read a story's proof with its facts and sign it. She never sees a source."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="invitations", verbose_name=_("story"))
    guest = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name=_("guest")
    )
    until = models.DateTimeField(_("until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints = [_is_an_hour("invitation_ends_at_an_hour")]

    def __str__(self) -> str:
        return f"{self.guest}"


class Stagger(models.Model):
    """Stories that one source carries leave print one by one, so that they don't show which were hers.

    Two people, a reason and a last day. Agreeing gives the source her new standing; each story goes at its own hour.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="staggers", verbose_name=_("source"))
    standing = models.CharField(_("new standing"), max_length=12, choices=Source.Standing)
    reason = models.TextField(_("reason"))
    last_day = models.DateField(_("last day"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("staggered pull")
        verbose_name_plural = _("staggered pulls")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stagger_has_a_reason"),
            models.CheckConstraint(condition=~Q(standing="confirmed"), name="stagger_takes_a_standing_away"),
            models.CheckConstraint(condition=AGREED_BY_ANOTHER, name="stagger_agreed_by_another"),
        ]

    def __str__(self) -> str:
        return self.reason


class StaggerHour(models.Model):
    """The hour at which one publication of a stagger leaves print."""

    stagger = models.ForeignKey(Stagger, models.PROTECT, related_name="hours")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="stagger_hours")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("hour of a staggered pull")
        verbose_name_plural = _("hours of staggered pulls")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["stagger", "publication"], name="stagger_hour_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Intake(models.Model):
    """A story of the archive brought in from before the gate: who brought it."""

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="intake")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("story of the archive")
        verbose_name_plural = _("stories of the archive")

    def __str__(self) -> str:
        return f"{self.publication_id}"
