"""What a scan tells to whom: each answer is kept, and after so many of them in a day there is none.

A scan is a way to ask. Who types names into a draft or a form learns which of them are protected; with a list and enough
saves she would have them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.leaks import Piece, address, scan
from sources.models import ProtectedPerson, ScanAnswer

# Terms of other reporters' people that somebody may bring in within a day before the scan falls silent to her.
MOST_ANSWERS = 12
DAY = dt.timedelta(days=1)


def people_of(user: int | None) -> Q:
    """The protected people of whom this account may hear that they are hers, as a condition on ProtectedPerson."""
    return Q(source__contact_reporter=user) | Q(source__deputy=user) | Q(contact_reporter=user)


def is_silent_to(user: int | None) -> bool:
    """Whether a scan tells this account nothing more today, whatever stands in the text."""
    if user is None:
        return False
    lately = ScanAnswer.objects.filter(by=user, at__gt=timezone.now() - DAY)
    return lately.exclude(person__in=ProtectedPerson.objects.filter(people_of(user))).count() >= MOST_ANSWERS


def answered(people: Iterable[int], user: int) -> None:
    """Keeps that this account was told of terms of these people."""
    ScanAnswer.objects.bulk_create(ScanAnswer(person_id=person, by_id=user) for person in set(people))


@dataclass(frozen=True)
class Refusal:
    """Why words may not be kept, in a sentence, and whose terms stand in them."""

    sentence: str
    people: frozenset[int]


def refusal_of(*pieces: Piece, by: int) -> Refusal | None:
    """Why these words of hers may not be kept; None where they may. What she is told is counted (``answered``)."""
    if is_silent_to(by):
        return Refusal(
            _(
                "Too many protected terms came from your account today, so nothing that stays on record is taken from it "
                "before tomorrow. Ask the desk’s keeper."
            ),
            frozenset(),
        )
    found = scan(pieces)
    people = frozenset(finding.person for finding in found if finding.person is not None)
    answered(people, by)
    if people:
        sentence = _(
            "A protected term stands in these words, and they would stay on record. Say it without, or ask the desk’s keeper."
        )
        return Refusal(sentence, people)
    if found:
        sentence = _("These words hold more long numbers than can be scanned for protected terms. Leave some out.")
        return Refusal(sentence, people)
    return None


class WithoutProtectedTerms:
    """A form whose words are kept or printed, and the names of whose files were typed by somebody: none holds a term."""

    # Who types; set by its screen (``ScreenWithoutProtectedTerms``).
    by: int
    cleaned_data: Mapping[str, Any]

    def clean(self) -> Any:
        """Refuses beside the field, and keeps what was typed."""
        data = super().clean()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, UploadedFile):
                piece = address(name, value.name or "")
            elif isinstance(value, str):
                piece = Piece(name, value)
            else:
                continue
            if refusal := refusal_of(piece, by=self.by):
                self.add_error(name, ValidationError(refusal.sentence, "protected_term"))  # type: ignore[attr-defined]
        return data


class ScreenWithoutProtectedTerms:
    """A screen of such a form: tells it who types."""

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form's class is made for this request."""
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        form.by = request.user.pk
        return form
