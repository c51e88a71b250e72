"""What a scan tells to whom: each answer is kept, and after so many of them in a day there is none.

A scan is a way to ask. Who types names into a draft or a form learns which of them are protected; with a list and enough
saves she would have them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.leaks import Piece, address, scan
from sources.models import ProtectedPerson, ScanAnswer
from staff.naming import who_acts

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


def answered(people: Iterable[int | None], user: int | None) -> None:
    """Keeps that this account was told of terms of these people."""
    if user is not None:
        ScanAnswer.objects.bulk_create(ScanAnswer(person_id=person, by_id=user) for person in set(people) - {None})


def refusal_of(*pieces: Piece) -> str:
    """Why these words may not be kept, in a sentence; "" where they may. Who is told of a term has it counted."""
    user = who_acts()
    if is_silent_to(user):
        return _(
            "Too many protected terms came from your account today, so nothing that stays on record is taken from it "
            "before tomorrow. Ask the desk’s keeper."
        )
    found = scan(pieces)
    answered((finding.person for finding in found), user)
    if any(finding.person for finding in found):
        return _("A protected term stands in these words, and they would stay on record. Say it without, or ask the desk’s keeper.")
    if found:
        return _("These words hold more long numbers than can be scanned for protected terms. Leave some out.")
    return ""


class WithoutProtectedTerms:
    """A form whose words are kept or printed, and the names of whose files were typed by somebody: none holds a term."""

    cleaned_data: Mapping[str, Any]

    def clean(self) -> Any:
        """Refuses beside the field, and keeps what was typed."""
        data = super().clean()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, UploadedFile):
                value, is_file = value.name or "", True
            elif isinstance(value, str):
                is_file = False
            else:
                continue
            if value and (why := refusal_of(address(name, value) if is_file else Piece(name, value))):
                self.add_error(name, ValidationError(why, "protected_term"))  # type: ignore[attr-defined]
        return data
