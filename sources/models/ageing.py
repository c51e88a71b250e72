"""What stands in the place of talks that have faded altogether."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class EarlierTalks(models.Model):
    """How many talks with a source there were of which no row is left. Written by the database (``talks_fade``)."""

    source = models.OneToOneField(Source, models.PROTECT, primary_key=True, related_name="earlier_talks")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("earlier talks")
        verbose_name_plural = _("earlier talks")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)


class SoonInPrint(models.Model):
    """In how many stories print followed within days of a talk with a source.

    Counted when a story is printed, since the days of talks fade and a habit that somebody could notice goes on. A number
    without a date and without a story: which one it was would tell the days of the talk for ever.
    """

    source = models.OneToOneField(Source, models.PROTECT, primary_key=True, related_name="soon_in_print")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("stories soon after a talk")
        verbose_name_plural = _("stories soon after a talk")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)


class Ageing(models.Model):
    """The last day on which talks were let fade: one row. How many faded then would tell of the days before."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    on = models.DateField()

    class Meta:
        verbose_name = _("ageing of talks")
        verbose_name_plural = _("ageing of talks")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ageing_once")]

    def __str__(self) -> str:
        return str(self.on)
