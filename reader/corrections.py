"""The corrections of an edition: the page where all of them stand, newest first, each under its story.

A correction belongs to the version that prints it and to every later one, so those of the versions in print are all
of them, each once.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, JSONField, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from reader.composing import CORRECTION_KINDS, address_of
from reader.models import Publication
from reader.paging import ON_A_PAGE, Turned, asked_number, neighbours, window


@dataclass(frozen=True)
class PrintedCorrection:
    """A correction with the story it belongs to. ``date`` as it is printed, "2026-05-05"."""

    kind: Promise
    text: str
    date: str
    headline: str
    address: str
    story: uuid.UUID

    @property
    def id(self) -> uuid.UUID:
        """The same in every version that repeats it: its words never change, an address may."""
        return uuid.uuid5(self.story, f"{self.date} {self.text}")

    @property
    def at(self) -> datetime.datetime:
        """The beginning of its day, for machines that ask for an hour."""
        return timezone.make_aware(datetime.datetime.fromisoformat(self.date))


@dataclass(frozen=True)
class CorrectionsPage(Turned):
    """One page of the list."""

    corrections: list[PrintedCorrection]


def corrections_page(request: HttpRequest, language: str) -> CorrectionsPage:
    """The page that was asked for; one that does not exist is a 404."""
    number = asked_number(request)
    found = [_printed(row) for row in _in_print(language)[window(number)]]
    return CorrectionsPage(*neighbours(number, found), found[:ON_A_PAGE])


def latest_corrections(language: str, most: int) -> list[PrintedCorrection]:
    """The newest, for a feed."""
    return [_printed(row) for row in _in_print(language)[:most]]


def _in_print(language: str) -> QuerySet[Any, dict[str, Any]]:
    """Each correction of what is in print as a row, newest first. Uses index: publication_corrected."""
    # The two are counted out side by side, a row for each correction.
    note = Func("corrections", function="jsonb_array_elements", output_field=JSONField(), set_returning=True)
    length = Func("corrections", function="jsonb_array_length", output_field=IntegerField())
    place = Func(Value(1), length, function="generate_series", output_field=IntegerField(), set_returning=True)
    return (
        Publication.objects.in_print()
        .edition(language)
        .filter(~Q(corrections=[]))
        .annotate(note=note, place=place)
        .order_by(KeyTextTransform("date", "note").desc(), "-first_printed_at", "-turn", F("place").desc())
        .values("note", "place", "story", "language", "slug", "headline")
    )


def _printed(row: dict[str, Any]) -> PrintedCorrection:
    note = row["note"]
    return PrintedCorrection(
        kind=CORRECTION_KINDS.get(note["kind"], CORRECTION_KINDS["correction"]),
        text=note["text"],
        date=note["date"],
        headline=row["headline"],
        address=address_of(Publication(language=row["language"], slug=row["slug"])),
        story=row["story"],
    )
