"""Who looked at a source, when and why. One chain of rows that can't be changed without showing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.protecting import ProtectedPerson
from sources.models.source import Source


class Look(models.Model):
    """One look at what is not everybody's: a source's page, a sealing, an exposure report. Append-only and chained.

    Added by ``sources.looking.note_look`` alone: the number, the hour and the hashes are the database's
    (``sources/sql/looks.sql``). Kept when the source is forgotten: who looked stays to be asked.
    """

    class What(models.TextChoices):
        PAGE = "page", _("opened the page")
        MORE = "more", _("opened more than a confirmation needs")
        SEALING = "sealing", _("sealed what identifies the source")
        EXPOSURE = "exposure", _("opened the exposure report")
        EXPORT = "export", _("took sealed records out")
        HANDOVER = "handover", _("handed the source over")
        DEPUTY = "deputy", _("named or removed the deputy")
        FORGETTING = "forgetting", _("forgot the source")

    number = models.BigIntegerField(primary_key=True, editable=False)
    # Either: a source, or a person of a story who is none.
    source = models.ForeignKey(Source, models.DO_NOTHING, null=True, db_constraint=False, related_name="looks")
    person = models.ForeignKey(ProtectedPerson, models.DO_NOTHING, null=True, db_constraint=False, related_name="looks")
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
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=False, person__isnull=True) | Q(source__isnull=True, person__isnull=False),
                name="look_at_a_source_or_a_person",
            ),
        ]
        indexes = [
            # Who looked at this source: its own page, and whether this look is one with the last.
            models.Index(fields=["source", "-number"], name="look_at_source"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"
