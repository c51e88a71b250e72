"""When we spoke with a source, and how: for a while. Then the day fades to its month, and the month to a count."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class Talk(models.Model):
    """One conversation with a source. Its date is withheld from print unless a reporter decides otherwise.

    When it was recorded is not kept: that hour would tell the day. What is left of one that has faded altogether is an
    empty row, on which facts rest; the law lets a date fade, and never come back (``gate_talk_before``).
    """

    class Medium(models.TextChoices):
        CALL = "call", _("by phone")
        MESSAGE = "message", _("by message")
        IN_PERSON = "in_person", _("in person")
        GO_BETWEEN = "go_between", _("through a go-between")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")
        WITHHELD = "withheld", _("withheld")

    class Kept(models.TextChoices):
        """How much of its date is still kept here."""

        DAY = "day", _("day")
        MONTH = "month", _("month")
        NOTHING = "nothing", _("nothing")

    source = models.ForeignKey(Source, models.PROTECT, related_name="talks", verbose_name=_("source"))
    # Of one that faded to its month, the first of that month.
    held_on = models.DateField(_("date"), null=True)
    date_kept = models.CharField(max_length=7, choices=Kept, default=Kept.DAY, db_default=Kept.DAY, editable=False)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium, default=Medium.CALL)
    printed_precision = models.CharField(
        _("date in print"),
        max_length=8,
        choices=Precision,
        default=Precision.WITHHELD,
        help_text=_("How much of the date a reader may be told."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = [F("held_on").desc(nulls_last=True), "-pk"]
        constraints = [
            # Read by Confirmation: its talk must be one with its source.
            models.UniqueConstraint(fields=["id", "source"], name="talk_with_its_source"),
            models.CheckConstraint(
                name="talk_keeps_no_more_than_it_says",
                condition=Q(date_kept="day", held_on__isnull=False) & ~Q(medium="")
                | Q(date_kept="month", held_on__isnull=False, held_on__day=1)
                & ~Q(medium="")
                & ~Q(printed_precision="day")
                | Q(date_kept="nothing", held_on__isnull=True, medium="", printed_precision="withheld"),
            ),
        ]
        indexes = [
            # Which talks are due to fade: every night (sources/ageing.py).
            models.Index(fields=["held_on"], name="talk_that_fades"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.told}"

    @property
    def told(self) -> str:
        """What is still known of it: "2 May 2026, by phone", "May 2026, by phone", "an earlier talk"."""
        if self.held_on is None:
            return str(_("an earlier talk"))
        return f"{self.when}, {self.get_medium_display()}"

    @property
    def when(self) -> str:
        """As much of its date as is still kept: "2 May 2026", "May 2026", "earlier"."""
        if self.held_on is None:
            return str(_("earlier"))
        kept = "YEAR_MONTH_FORMAT" if self.date_kept == self.Kept.MONTH else "DATE_FORMAT"
        return capfirst(date_format(self.held_on, kept))

    @property
    def month(self) -> str:
        """The month it was held in, in words: "May 2026"; "earlier" where none is kept any more."""
        return str(capfirst(date_format(self.held_on, "YEAR_MONTH_FORMAT")) if self.held_on else _("earlier"))

    def clean(self) -> None:
        if self.held_on and self.held_on > timezone.localdate():
            raise ValidationError({"held_on": _("This day is still to come.")})
