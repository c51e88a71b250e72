"""What a story's history tells of the cautions that an editor had read before she signed."""

from __future__ import annotations

from django.utils.translation import ngettext

from articles.history.entries import Line, Teller
from articles.models import Entry


def cautioned(teller: Teller, entry: Entry) -> Line:
    """How many there were. What they said of a source is not everybody's."""
    number = len(entry.fields["codes"])
    sentence = ngettext(
        "Who signed was shown %(number)d thing that could point at a source.",
        "Who signed was shown %(number)d things that could point at a source.",
        number,
    )
    return teller.line(entry, sentence % {"number": number})
