"""Scratch databases: clones of the migrated template that the tests use, dropped at the end. Nothing else is touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from typing import cast

import psycopg
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from newsroom.databases import Address
from tests.clones import PREFIX, Server


@contextmanager
def past_the_law(server: Server, database: str) -> Iterator[psycopg.Connection]:
    """An administrator's session in a scratch database, with its triggers off: for pouring in a paper's years.

    Analysed at the end, as the server would have done by itself in time.
    """
    assert database.startswith(PREFIX)
    with psycopg.connect(**server.administrator.in_database(database).psycopg, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        yield connection
        connection.execute("VACUUM ANALYZE")


@contextmanager
def twin(server: Server, database: str) -> Iterator[str]:
    """A second copy of a scratch database, to which nobody is connected."""
    with replace(server, template=database).clone("twin") as name:
        yield name


def switch_triggers_off(server: Server, database: str) -> None:
    """Every trigger of ours in a scratch database, as its owner; foreign keys stay."""
    assert database.startswith(PREFIX)
    with psycopg.connect(**server.address("owner", database).psycopg) as owner:
        tables = owner.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        for (table,) in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


class Lines:
    """Open lines to several databases or as several roles; one of them at a time is Django's default.

    Each stays open, so that none pays for connecting or for a cold cache. Those of a pool have a pool each.
    """

    def __init__(self, **addresses: Address) -> None:
        like = connections.settings["default"]
        self._lines: dict[str, DatabaseWrapper] = {}
        for name, address in addresses.items():
            connections.settings[name] = {
                **deepcopy(like),
                "NAME": address.name,
                "USER": address.user,
                "PASSWORD": address.password,
                "HOST": address.host,
                "PORT": address.port,
            }
            self._lines[name] = cast("DatabaseWrapper", connections[name])

    def use(self, name: str) -> DatabaseWrapper:
        """Takes up a line."""
        connections["default"] = self._lines[name]
        return self._lines[name]

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines.values():
            line.close()
            if line.pool:
                line.close_pool()
