"""Who looked at a source, when and why. One chain of rows that can't be changed without showing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class Look(models.Model):
    """One look at what is not everybody's: a source's page, a sealing, an exposure report. Append-only and chained.

    Kept when the source is forgotten: who looked stays to be asked.
    """

    class What(models.TextChoices):
        PAGE = "page", _("opened the page")
        SEALING = "sealing", _("sealed what identifies the source")
        EXPOSURE = "exposure", _("opened the exposure report")
        EXPORT = "export", _("took sealed records out")
        HANDOVER = "handover", _("handed the source over")
        FORGETTING = "forgetting", _("forgot the source")

    number = models.BigIntegerField(unique=True)
    source = models.ForeignKey(Source, models.DO_NOTHING, db_constraint=False, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    what = models.CharField(_("what"), max_length=10, choices=What)
    # Asked for where the source is not one's own.
    why = models.TextField(_("reason"), blank=True)
    # The salted hash of the reason stands in the chain, so that the words can be destroyed.
    why_salt = models.CharField(max_length=32, blank=True)
    why_hash = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("look at a source")
        verbose_name_plural = _("looks at sources")
        ordering = ["-number"]
        default_permissions = ()
        indexes = [
            # Who looked at this source: its own page.
            models.Index(fields=["source", "-number"], name="look_at_source"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"
