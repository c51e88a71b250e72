"""Clones of the migrated database: each test process has one, each test that commits has one of its own.

The template is built once for a state of the code and used again while nothing changes; whatever a killed run left
behind is dropped by the next one.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

import psycopg
from psycopg import sql

from newsroom import data_folder, databases, embedded, roles
from newsroom.databases import ROLE, VARIABLE, Address, House
from newsroom.settings import environment

PREFIX = "newsroom_test_"
# Set by tests/mutants: a template with a broken law in place of that of the code, or a database that is used as it is.
TEMPLATE, DATABASE = "NEWSROOM_TEST_TEMPLATE", "NEWSROOM_TEST_DATABASE"
# What decides about the tables and the rows of a migrated database.
SHAPING = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/apps.py",
    "*/sql/*.sql",
    "newsroom/roles.py",
    "newsroom/standing.py",
    "newsroom/management/commands/migrate.py",
    "newsroom/settings/*.py",
    "requirements/*.txt",
)
_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """The server that the tests use, with a line to it that stays open and marks what is ours."""

    administrator: Address
    houses: dict[House, Address]
    line: psycopg.Connection
    template: str

    def address(self, house: House, name: str) -> Address:
        """A role's way to a database."""
        return self.houses[house].in_database(name)

    @contextmanager
    def clone(self, label: str) -> Iterator[str]:
        """A fresh copy of the migrated database; gone afterwards, whoever is still connected."""
        name = f"{self.template}_{label}_{self.line.info.backend_pid}_{next(_numbers)}"
        _mark(self.line, name)
        self.line.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY wal_log").format(
                sql.Identifier(name), sql.Identifier(ROLE["owner"]), sql.Identifier(self.template)
            )
        )
        try:
            roles.grant_database(self.line, name)
            yield name
        finally:
            self.line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            _unmark(self.line, name)


@contextmanager
def open_server() -> Iterator[Server]:
    """The embedded server, or an administrator's in DATABASE_URL, with a template of the code as it is now."""
    given = databases.administrator()
    if given is None and not databases.embedded():
        raise RuntimeError(
            "The tests make databases of their own: give DATABASE_URL alone, as an administrator's, or none at all."
        )
    administrator = given or embedded.start().administrator
    template = os.environ.get(TEMPLATE) or PREFIX + _state_of_code()
    with data_folder.locked("test-template"):
        houses = roles.ensure(administrator, ours=given is None, database="postgres", furnish=False)
        # Advisory locks hold in one database only, so every run marks what it uses in this one.
        line = psycopg.connect(**administrator.in_database("postgres").psycopg, autocommit=True)
        _mark(line, template)
        _sweep(line, template)
        if not _exists(line, template):
            _build(line, administrator, template, ours=given is None)
    with line:
        yield Server(administrator, houses, line, template)


def _state_of_code() -> str:
    digest = hashlib.sha256()
    for pattern in SHAPING:
        for file in sorted(environment.PROJECT.glob(pattern)):
            digest.update(f"{file.relative_to(environment.PROJECT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _build(line: psycopg.Connection, administrator: Address, template: str, *, ours: bool) -> None:
    draft = f"{template}_new"
    line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
    houses = roles.ensure(administrator, ours=ours, database=draft)
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--skip-checks", "-v0"],
        cwd=environment.PROJECT,
        env={**clean_environment(), **{VARIABLE[house]: found.url for house, found in houses.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The migrations failed:\n{done.stdout}{done.stderr}")
    # Nobody may be connected to a template while it is copied.
    line.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(draft)))
    line.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(template)))


def clean_environment() -> dict[str, str]:
    """The environment for a child of a test: no address and no secret of whoever runs the tests."""
    ours = {*environment.BY_NAME, "DJANGO_SETTINGS_MODULE"} - {"NEWSROOM_DATA"}
    return {name: value for name, value in os.environ.items() if name not in ours} | {"NEWSROOM_PRODUCTION": "no"}


def _exists(line: psycopg.Connection, name: str) -> bool:
    return line.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _mark(line: psycopg.Connection, name: str) -> None:
    line.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", [name])


def _unmark(line: psycopg.Connection, name: str) -> None:
    line.execute("SELECT pg_advisory_unlock_shared(hashtextextended(%s, 0))", [name])


def _sweep(line: psycopg.Connection, ours: str) -> None:
    """Drops templates of older code and clones of killed runs: those that no run has marked."""
    found = line.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]).fetchall()
    for (name,) in found:
        if name == ours:
            continue
        row = line.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name]).fetchone()
        if row is None or not row[0]:
            continue
        line.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        line.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
