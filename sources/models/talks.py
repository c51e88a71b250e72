"""When we spoke with a source, and how."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.models.source import Source


class Talk(models.Model):
    """One conversation with a source. Its date is withheld from print unless a reporter decides otherwise."""

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

    source = models.ForeignKey(Source, models.PROTECT, related_name="talks", verbose_name=_("source"))
    held_on = models.DateField(_("date"))
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
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["-held_on", "-pk"]
        constraints = [
            # Read by Confirmation: its talk must be one with its source.
            models.UniqueConstraint(fields=["id", "source"], name="talk_with_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.held_on:%Y-%m-%d} · {self.get_medium_display()}"

    def clean(self) -> None:
        if self.held_on and self.held_on > timezone.localdate():
            raise ValidationError({"held_on": _("This day is still to come.")})
