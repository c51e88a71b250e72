"""The desk and the site are two: neither opens with more power than it needs, and the site knows nothing of the desk."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from newsroom.databases import VARIABLE, House
from newsroom.settings import environment
from tests import clones
from tests.presses import figure, minutes, open_press

SIDES: tuple[House, ...] = ("desk", "site")
Environment = Callable[..., dict[str, str]]


def open_house(side: House, given: dict[str, str], code: str = "") -> "subprocess.CompletedProcess[str]":
    """Does what a WSGI server does first."""
    return subprocess.run(
        [sys.executable, "-c", f"import newsroom.{side}_wsgi\n{code}"],
        cwd=environment.PROJECT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence of a house that does not open."""
    assert done.returncode == 1
    assert done.stderr.startswith("newsroom: "), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize("side", SIDES)
def test_it_opens_as_its_own_role(side: House, committed_db: str, houses_environment: Environment) -> None:
    done = open_house(side, houses_environment(side, committed_db))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("side", SIDES)
def test_it_does_not_open_as_the_owner(
    side: House, committed_db: str, database_server: clones.Server, houses_environment: Environment
) -> None:
    given = houses_environment(side, committed_db)
    given[VARIABLE[side]] = database_server.address("owner", committed_db).url
    assert "may do too much" in refused(open_house(side, given))


@pytest.mark.parametrize("side", SIDES)
def test_it_does_not_open_as_an_administrator(
    side: House, committed_db: str, database_server: clones.Server, houses_environment: Environment
) -> None:
    given = houses_environment(side, committed_db)
    given[VARIABLE[side]] = database_server.administrator.in_database(committed_db).url
    assert "may do too much" in refused(open_house(side, given))


@pytest.mark.parametrize("side", SIDES)
def test_it_does_not_open_with_a_trigger_missing(
    side: House, committed_db: str, owner_sql: psycopg.Connection, houses_environment: Environment
) -> None:
    owner_sql.execute("ALTER TABLE reader_publication DISABLE TRIGGER USER")
    assert "law in the database" in refused(open_house(side, houses_environment(side, committed_db)))


@pytest.mark.parametrize("side", SIDES)
def test_it_does_not_open_without_its_migrations(
    side: House, committed_db: str, owner_sql: psycopg.Connection, houses_environment: Environment
) -> None:
    owner_sql.execute("DELETE FROM django_migrations WHERE app = 'reader'")
    assert "Migrations are missing" in refused(open_house(side, houses_environment(side, committed_db)))


@pytest.mark.parametrize(
    ("side", "variable"),
    [
        ("site", "DATABASE_URL"),
        ("site", "OWNER_DATABASE_URL"),
        ("site", "DESK_SECRET_KEY"),
        ("site", "FINGERPRINT_KEY"),
        ("desk", "OWNER_DATABASE_URL"),
    ],
)
def test_it_does_not_open_with_what_is_not_its_own(
    side: House, variable: str, committed_db: str, database_server: clones.Server, houses_environment: Environment
) -> None:
    foreign = database_server.address("owner", committed_db).url
    given = {**houses_environment(side, committed_db), variable: foreign}
    sentence = refused(open_house(side, given))
    assert variable in sentence
    assert "postgresql://" not in sentence


def test_the_sites_process_has_nothing_of_the_desk(
    committed_db: str, database_server: clones.Server, houses_environment: Environment, gathered_static: Path
) -> None:
    given = {**houses_environment("site", committed_db), "STATIC_ROOT": str(gathered_static / "site")}
    administrator = database_server.administrator.in_database(committed_db)
    with open_press(administrator.url, Path(given["PUBLIC_MEDIA_ROOT"])) as press:
        for language in ("en", "ko"):
            press.edition(language)
        told = press.story("Told", tags=[{"slug": "rice", "name": "rice"}], figures=[figure()])
        press.story("Gone", withdrawn_at=minutes(-5))
        picture = press.names(told)[0]
    pages = {
        "/": 200,
        "/en/": 200,
        "/ko/": 200,
        "/en/story/told/": 200,
        "/en/story/gone/": 410,
        "/en/section/life/": 200,
        "/en/section/life/feed.atom": 200,
        "/en/tag/rice/": 200,
        "/en/corrections/": 200,
        "/en/corrections/feed.atom": 200,
        "/en/feed.atom": 200,
        f"/media/{picture}": 200,
        "/sitemap.xml": 200,
        "/robots.txt": 200,
        "/healthz": 200,
        "/en/nothing-here/": 404,
    }
    code = f"""
import re, sys
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve
settings.ALLOWED_HOSTS.append("testserver")
pages, seen = {pages!r}, set()
pages[re.search('href="(/paper-[^"]+)"', Client().get("/en/").text)[1]] = 200
for address, status in pages.items():
    answer = Client().get(address)
    answer.close()
    assert answer.status_code == status, (address, answer.status_code)
    if status != 404:
        seen.add(resolve(address).func)
every = {{p.callback for r in get_resolver().url_patterns for p in getattr(r, "url_patterns", [r])}}
assert seen == every, every - seen
print(*sorted(sys.modules))
"""
    done = open_house("site", given, code)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "reader.models" in loaded
    rooms = {"sources", "articles", "photos", "staff", "taggit", "django_prose_editor", "PIL"}
    assert not {name for name in loaded if name.split(".")[0] in rooms}
    parts = ("admin", "auth.models", "contenttypes.models", "sessions.models", "messages")
    assert not {name for name in loaded if name.startswith(tuple(f"django.contrib.{part}" for part in parts))}


def test_the_sites_environment_holds_nothing_of_the_desk(
    committed_db: str, database_server: clones.Server, houses_environment: Environment
) -> None:
    given = " ".join(houses_environment("site", committed_db).values())
    for house in ("owner", "desk"):
        assert database_server.houses[house].password not in given
    assert "private" not in given


def test_no_role_may_do_more_than_log_in(database_server: clones.Server) -> None:
    rows = database_server.line.execute(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication FROM pg_roles"
        " WHERE rolname LIKE 'newsroom%' ORDER BY 1"
    ).fetchall()
    assert rows == [(role, *[False] * 5) for role in ("newsroom_desk", "newsroom_owner", "newsroom_site")]


def test_no_role_is_a_member_of_another(database_server: clones.Server) -> None:
    rows = database_server.line.execute(
        "SELECT 1 FROM pg_auth_members WHERE member IN (SELECT oid FROM pg_roles WHERE rolname LIKE 'newsroom%')"
    ).fetchall()
    assert rows == []


@pytest.mark.parametrize("side", SIDES)
def test_it_makes_no_table_lasting_or_temporary(side: House, database_server: clones.Server, committed_db: str) -> None:
    with psycopg.connect(**database_server.address(side, committed_db).psycopg, autocommit=True) as connection:
        for statement in ("CREATE TABLE mine (a int)", "CREATE TEMPORARY TABLE mine (a int)", "CREATE SCHEMA mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.parametrize("side", SIDES)
def test_it_owns_nothing_and_can_switch_nothing_off(
    side: House, database_server: clones.Server, committed_db: str
) -> None:
    with psycopg.connect(**database_server.address(side, committed_db).psycopg, autocommit=True) as connection:
        for statement in (
            "TRUNCATE reader_publication CASCADE",
            "ALTER TABLE reader_publication DISABLE TRIGGER ALL",
            "ALTER TABLE reader_publication DISABLE ROW LEVEL SECURITY",
            "DROP TABLE reader_publication",
            "SET session_replication_role = replica",
            "UPDATE newsroom_installed_sql SET sha256 = ''",
            "DELETE FROM django_migrations",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_public_may_do_nothing(owner_sql: psycopg.Connection) -> None:
    functions = owner_sql.execute(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        " AND pg_get_userbyid(p.proowner) = 'newsroom_owner'"
        " AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)"
    ).fetchall()
    assert functions == []
    for privilege in ("CONNECT", "TEMP", "CREATE"):
        row = owner_sql.execute(
            "SELECT EXISTS (SELECT FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = current_database()"
            " AND a.grantee = 0 AND a.privilege_type = %s)",
            [privilege.replace("TEMP", "TEMPORARY")],
        ).fetchone()
        assert row == (False,)
