"""What a reporter types of a person. A form that never shows anything back: what was typed is sealed before it comes here."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sources.envelopes import LABELS, LONGEST

# The browser's own tools send, keep and guess what is typed; these fields tell them nothing.
SILENT = {
    "spellcheck": "false",
    "autocomplete": "off",
    "autocapitalize": "off",
    "autocorrect": "off",
    "translate": "no",
    "maxlength": LONGEST // 4,
}
HELP = {
    "name": _("Each name on a line of its own, nicknames too. In Hangul as it is written in full: 김철수."),
    "romanised": _("Every spelling in Latin letters that somebody could use, one a line: Kim Chol Su, Kim Cheolsu."),
    "numbers": _("Telephone, passport, account, licence plate: one a line, with the country’s prefix or without."),
    "handles": _("Names on messengers and networks, e-mail addresses: one a line."),
    "places": _("Her street, workplace, school, unit, village: one a line. The place in print is none of them."),
    "contact": _("By which number, at what hour, with which word. What never may be read stands above as well."),
}
SEARCHED = ("name", "romanised", "numbers", "handles", "places")


def _field(name: str) -> forms.CharField:
    rows = 5 if name == "notes" else 2
    return forms.CharField(
        label=LABELS[name],
        help_text=HELP.get(name, ""),
        required=False,
        widget=forms.Textarea({**SILENT, "rows": rows}),
    )


class SealingForm(forms.Form):
    """Always empty. Its fields begin with ``sealed-``: by that they are known as they arrive (``sources.arriving``)."""

    name = _field("name")
    romanised = _field("romanised")
    numbers = _field("numbers")
    handles = _field("handles")
    places = _field("places")
    contact = _field("contact")
    how_met = _field("how_met")
    notes = _field("notes")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(prefix="sealed", **kwargs)
        # By it a second click is known.
        self.own_id = uuid.uuid4()

    def searched(self) -> list[forms.BoundField]:
        """What becomes a protected term, line by line."""
        return [self[name] for name in SEARCHED]

    def kept(self) -> list[forms.BoundField]:
        """What only the keepers ever read."""
        return [self[name] for name in self.fields if name not in SEARCHED]
