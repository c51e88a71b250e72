"""Every look at what is not everybody's is noted: who, at whom, what, and why where the source is not one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from sources.models import Look, ProtectedPerson, Source

if TYPE_CHECKING:
    from staff.models import User

# Whoever opens the same page again within this time is still looking.
ONE_LOOK = dt.timedelta(minutes=10)
# What is opened, and not done: noted once while one looks.
OPENED = {Look.What.PAGE, Look.What.MORE, Look.What.EXPOSURE}

SENTENCES = {
    "look_missing": "Missing before look {number}: {detail}.",
    "look_changed": "Look {number} was changed after it was written.",
    "look_unchained": "Look {number} does not follow from the look before it.",
    "look_reason_changed": "The reason of look {number} is not the one that was given.",
    "head_missing": "Look {number} was the head and is gone: the end of the looks was cut off.",
    "head_other": "Look {number} is another than the head that was kept: the looks were written anew.",
}


def note_look(whom: Source | ProtectedPerson, what: Look.What, *, by: User, why: str = "") -> Look:
    """Notes one look, for ever. Numbered, timed and chained by the database.

    Inside an act it is noted after the act's first write, or outside any transaction; it takes the gate's lock.
    A person who is a source is noted as the source.
    """
    source, person = _who(whom)
    if what in OPENED:
        present = _still_looking(source, person, what, by=by, why=why.strip())
        if present is not None:
            return present
    with connection.cursor() as cursor:
        # The desk may not name the other columns, so it is no `save()`.
        cursor.execute(
            "INSERT INTO sources_look (source_id, person_id, by_id, what, why) VALUES (%s, %s, %s, %s, %s)"
            " RETURNING number",
            [source, person, by.pk, what, why.strip()],
        )
        [number] = cursor.fetchone()
    return Look.objects.get(pk=number)


def destroy_reasons(whom: Source | ProtectedPerson) -> int:
    """Destroys why anybody looked at her, once a look says that she was forgotten. Says how many reasons went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT looks_destroy_reasons(%s, %s)", _who(whom))
        return cursor.fetchone()[0]


def _who(whom: Source | ProtectedPerson) -> tuple[int | None, int | None]:
    if isinstance(whom, Source):
        return whom.pk, None
    return (whom.source_id, None) if whom.source_id else (None, whom.pk)


def _still_looking(source: int | None, person: int | None, what: Look.What, *, by: User, why: str) -> Look | None:
    """The look that this one goes on, if there is one with the same reason."""
    since = timezone.now() - ONE_LOOK
    # Uses index: look_at_source.
    whom = {"source": source} if source else {"person": person}
    last = Look.objects.filter(**whom, by=by, what=what, at__gte=since).first()
    return last if last and (not why or last.why == why) else None


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was noted."""

    fault: str
    number: int
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in plain words."""
        return SENTENCES[self.fault].format(number=self.number, detail=self.detail)


def faults(head: tuple[int, str] | None = None) -> Iterator[Fault]:
    """What is wrong with the chain of looks; nothing where it is whole. ``head``: number and hash, kept elsewhere."""
    if head is not None:
        number, digest = head
        look = Look.objects.filter(pk=number).first()
        if look is None:
            yield Fault("head_missing", number)
        elif look.hash != digest:
            yield Fault("head_other", number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fault, number, detail FROM look_faults()")
        for fault, number, detail in cursor.fetchall():
            yield Fault(fault, number, detail)
