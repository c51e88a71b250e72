"""The little that the site may say of an address whose story is not there any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection


class Kind(StrEnum):
    """Why the story is not found at this address."""

    UNDER_REVIEW = "under_review"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


@dataclass(frozen=True)
class Notice:
    """What is said of an address.

    ``since``: to the hour. ``moved_to``: the slug at which the story is in print now; empty unless it moved.
    """

    kind: Kind
    since: datetime
    moved_to: str


def notice_of(language: str, slug: str) -> Notice | None:
    """What is said of an address that is not in print; None where no reader ever found anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, since, moved_to FROM reader_notice(%s, %s)", [language, slug])
        row = cursor.fetchone()
    return Notice(Kind(row[0]), *row[1:]) if row else None
