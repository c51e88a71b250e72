"""Every look at what is not everybody's is noted: who, at whom, what, and why where the source is not one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from sources.models import Look, ProtectedPerson, Source

if TYPE_CHECKING:
    from staff.models import User


def note_look(whom: Source | ProtectedPerson, what: Look.What, *, by: User, why: str = "") -> Look | None:
    """Notes one look, for ever. A person who is a source is noted as the source."""
    source = whom if isinstance(whom, Source) else whom.source
    if source is None:
        return None
    number = (Look.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    return Look.objects.create(number=number, source=source, what=what, by=by, why=why, at=timezone.now(), hash="-")
