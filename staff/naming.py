"""Who acts, told to the database: for rows that do not say themselves who changed them (``record_actor`` in the record)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from staff.models import User


def who_acts() -> int | None:
    """The key of whom the present transaction names; None outside of the desk's pages."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT substring(current_setting('newsroom.by', true) FROM '^[0-9]{1,18}$')::bigint")
        return cursor.fetchone()[0]


def name_actor(by: User | AnonymousUser) -> None:
    """Names who acts until the present transaction ends; outside one it is forgotten at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('newsroom.by', %s, true)", [str(by.pk or "")])
