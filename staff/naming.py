"""Who acts, told to the database: for rows that do not say themselves who changed them (``record_actor`` in the record)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from staff.models import User


def name_actor(by: User | AnonymousUser) -> None:
    """Names who acts until the present transaction ends; outside one it is forgotten at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('newsroom.by', %s, true)", [str(by.pk or "")])
