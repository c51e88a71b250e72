"""Whatever watches over a house is told in a word whether it is fit to serve."""

import json
import urllib.request

import psycopg
import pytest
from django.db import connections
from django.test import Client
from psycopg import sql

from tests import clones
from tests.conftest import LiveHouses


@pytest.fixture
def asked(committed_db: str) -> Client:
    """Somebody who asks without being logged in."""
    return Client()


def word(client: Client) -> tuple[int, dict[str, str]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json()


def test_it_works(asked: Client) -> None:
    assert word(asked) == (200, {"status": "ok"})


def test_a_missing_migration_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    owner_sql.execute("DELETE FROM django_migrations WHERE app = 'reader'")
    assert word(asked) == (503, {"status": "migrations"})


def test_no_migration_at_all_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    owner_sql.execute("DROP TABLE django_migrations")
    assert word(asked) == (503, {"status": "migrations"})


def test_a_gate_that_is_not_the_codes_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    owner_sql.execute("UPDATE newsroom_installed_sql SET sha256 = 'other' WHERE name = 'gate.sql'")
    assert word(asked) == (503, {"status": "law"})


@pytest.mark.parametrize("weakening", ["DISABLE TRIGGER {}", "ENABLE REPLICA TRIGGER {}"])
def test_a_trigger_that_is_switched_off_is_told(asked: Client, owner_sql: psycopg.Connection, weakening: str) -> None:
    row = owner_sql.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2, 1 LIMIT 1"
    ).fetchone()
    assert row is not None
    table, trigger = row
    owner_sql.execute(sql.SQL("ALTER TABLE {} " + weakening).format(sql.Identifier(table), sql.Identifier(trigger)))
    assert word(asked) == (503, {"status": "law"})
    owner_sql.execute(
        sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(sql.Identifier(table), sql.Identifier(trigger))
    )
    assert word(asked) == (200, {"status": "ok"})


def test_a_missing_trigger_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    row = owner_sql.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2, 1 LIMIT 1"
    ).fetchone()
    assert row is not None
    owner_sql.execute(sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(row[1]), sql.Identifier(row[0])))
    assert word(asked) == (503, {"status": "law"})


def test_an_opened_table_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    owner_sql.execute("ALTER TABLE reader_publication DISABLE ROW LEVEL SECURITY")
    assert word(asked) == (503, {"status": "law"})


def test_a_grant_given_by_hand_is_told(asked: Client, owner_sql: psycopg.Connection) -> None:
    owner_sql.execute("GRANT SELECT ON sources_source TO newsroom_site")
    assert word(asked) == (503, {"status": "law"})


def test_serving_as_the_owner_is_told(asked: Client, committed_db: str, database_server: clones.Server) -> None:
    owner = database_server.address("owner", committed_db)
    connections["default"].close()
    connections.settings["default"].update(USER=owner.user, PASSWORD=owner.password)
    assert word(asked) == (503, {"status": "role"})


def test_a_database_that_does_not_answer_is_told(asked: Client, committed_db: str) -> None:
    connections["default"].close()
    connections.settings["default"].update(NAME="not_there")
    assert word(asked) == (503, {"status": "database"})


def test_both_houses_tell_it_over_the_wire(live_houses: LiveHouses) -> None:
    for base in (live_houses.desk, live_houses.site):
        with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:  # noqa: S310 - our own address
            assert json.load(answer) == {"status": "ok"}
            assert "no-store" in answer.headers["Cache-Control"]
            assert answer.headers["Set-Cookie"] is None
