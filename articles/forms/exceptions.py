"""What is asked before a story is kept back, let through or shown to a guest. All that does not fit is said at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import holding, inviting, overriding
from articles.acts import require_printed_reason
from articles.gate import GateError
from articles.models import Hold
from staff.models import Guest
from staff.screens import HOUR, HourInput

REASON = _("Give a reason. It stays on record.")


@contextmanager
def beside_its_field() -> Iterator[None]:
    """An act's own answer to one thing that was typed stands beside that field."""
    try:
        yield
    except GateError as refusal:
        raise ValidationError(str(refusal), refusal.code) from None


class HourField(forms.DateTimeField):
    """An hour of the newsroom's own zone."""

    def __init__(self, *, asked: Any, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[HOUR, "%Y-%m-%d %H:%M"],
            widget=HourInput(attrs={"autocomplete": "off"}),
            error_messages={"required": asked, "invalid": asked},
            **kwargs,
        )


class ReasonField(forms.CharField):
    """Why: a line or two that stay on record."""

    def __init__(self, *, asked: Any = REASON, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
        super().__init__(widget=widget, error_messages={"required": asked}, **kwargs)


class _InAZone(forms.Form):
    """A form with an hour: it says of which zone."""

    until: forms.Field

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hour = self.fields["until"]
        hour.help_text = " ".join(str(words) for words in (hour.help_text, zone) if words)


class OverrideForm(_InAZone):
    """An emergency: until when, and why, for the desk and for the reader."""

    until = HourField(
        label=_("Until"),
        asked=_("Choose the hour at which the story leaves print."),
        help_text=_("At this hour the story leaves print by itself, three days from now at the latest."),
    )
    reason = ReasonField(label=_("Reason, for the desk"))
    printed_reason = ReasonField(label=_("Reason in print, for the reader"), asked=_("Give the reason for the reader."))

    def clean_until(self) -> dt.datetime:
        with beside_its_field():
            overriding.require_hour(self.cleaned_data["until"])
        return self.cleaned_data["until"]

    def clean_printed_reason(self) -> str:
        with beside_its_field():
            return require_printed_reason(self.cleaned_data["printed_reason"])


class HoldForm(_InAZone):
    """A hold as it is placed: what kind, and until which hour."""

    kind = forms.ChoiceField(
        label=_("Why"),
        choices=[
            (Hold.Kind.EMBARGO.value, _("Embargo: agreed with somebody")),
            (Hold.Kind.SAFETY.value, _("Safety: printing sooner would point at somebody")),
        ],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an embargo or a safety hold.")),
    )
    until = HourField(label=_("Until"), asked=_("Give the hour until which the story is held back."))
    reason = ReasonField(label=_("Reason"))

    def clean_until(self) -> dt.datetime:
        with beside_its_field():
            holding.require_hour(self.cleaned_data["until"])
        return self.cleaned_data["until"]


class InvitationForm(_InAZone):
    """Which guest, and until when."""

    guest = forms.ModelChoiceField(
        Guest.objects.all(),
        label=_("Guest"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a guest.")),
    )
    until = HourField(label=_("Until"), asked=_("Choose an hour to come, within two weeks."))

    def __init__(self, *args: Any, guests: list[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest"].queryset = Guest.objects.filter(pk__in=[guest.pk for guest in guests])

    def clean_until(self) -> dt.datetime:
        with beside_its_field():
            inviting.require_hour(self.cleaned_data["until"])
        return self.cleaned_data["until"]
