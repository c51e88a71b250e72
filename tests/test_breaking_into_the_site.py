"""Somebody has broken into the site: what its database role and its settings can reach is what is in print, and no more.

What is tried is read from the catalog: a table, a view, a sequence, a function or a file that is added later is tried
by itself. What the site may read stands in `MAY_READ` and `MAY_ASK`; all the rest must be refused or say nothing.
"""

import datetime as dt
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from psycopg import sql

from articles import publishing
from articles.models import Document
from newsroom import data_folder
from newsroom.databases import ROLE
from newsroom.settings import environment
from sources.models import Keeper, ProtectedPerson, ProtectedTerm, SealedRecord
from sources.vetting import vet
from tests import clones
from tests.breaking_in import FUNCTIONS, LEFT, RELATIONS, calls, columns_of, said_to
from tests.factories import Desk, StaffFactory
from tests.seizure import tool

# What the site may read of our tables: under row-level policies what is in print, and what its own health asks.
MAY_READ = {
    "reader_publication": "what is in print now",
    "reader_printedtag": "its tags",
    "reader_printedpicture": "its pictures",
    "reader_edition": "the paper's name in each language",
    "django_migrations": "which migrations are applied",
    "newsroom_installed_sql": "that the law is the code's",
}
# Our functions that it may call.
MAY_ASK = {"reader_notice": "what may be said of an address", "reader_is_in_print": "whether a row is in print"}

ALIAS, CIRCLE, DRAFT, EMBARGOED, PULLED = (
    "zinnia-quartz",
    "tumbler-kelp",
    "Draftmark Haesan",
    "Embargomark Musan",
    "Pulledmark Onsong",
)
FACT, REASON, USER, TITLE, OBJECT = (
    "Factmark forty-one soldiers",
    "Reasonmark heard her twice",
    "usermark-kim",
    "Gazettemark 17",
    "largeobjectmark",
)
STATEMENT, PAYLOAD, FILE = "statementmark haesun", "payloadmark-haesun", "filemark of the desk"
MARKS = (ALIAS, CIRCLE, DRAFT, EMBARGOED, PULLED, FACT, REASON, USER, TITLE, OBJECT, STATEMENT, FILE)
CIPHERTEXT, FINGERPRINT = "ciphertextmark-417", "fingerprintmark-417"
PUBLIC_KEY = "age1" + "q" * 58


@dataclass
class House:
    """A newsroom at work, and who broke into its site."""

    desk: Desk
    printed: Any
    thief: psycopg.Connection
    administrator: psycopg.Connection
    name: str
    large_object: int
    private: Path


@pytest.fixture
def house(
    committed_db: str,
    database_server: clones.Server,
    owner_sql: psycopg.Connection,
    desk_sql: psycopg.Connection,
    settings: Any,
    tmp_path: Path,
) -> Iterator[House]:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    desk = Desk()
    printed = desk.published(desk.article("Rice is dearer"))
    source = desk.source(alias=ALIAS, circle=None)
    vet(source, "unconfirmed", by=desk.editor, reason=REASON)
    draft = desk.article(DRAFT)
    desk.fact(draft, FACT, confirmed=False)
    publishing.publish(desk.signed(headline=EMBARGOED), by=desk.editor, at=timezone.now() + dt.timedelta(days=2))
    publishing.pull(desk.published(headline=PULLED), by=desk.reporter, reason=REASON)
    StaffFactory(username=USER)
    type(source).circle.field.related_model.objects.create(name=CIRCLE)
    Document.objects.create(
        title=TITLE,
        copy=ContentFile(FILE.encode(), name="copy.txt"),
        sha256="1" * 64,
        archived_on=dt.date(2026, 5, 4),
        archived_by=desk.reporter,
    )
    keeper = Keeper.objects.create(name="Keeper", public_key=PUBLIC_KEY, proposed_by=desk.chief)
    person = ProtectedPerson.objects.create(source=source)
    SealedRecord.objects.create(person=person, ciphertext=CIPHERTEXT.encode(), sealed_to=[keeper.public_key])
    ProtectedTerm.objects.create(person=person, kind="name", fingerprint=FINGERPRINT.encode())
    with psycopg.connect(
        **database_server.administrator.in_database(committed_db).psycopg, autocommit=True
    ) as administrator:
        row = administrator.execute("SELECT lo_from_bytea(0, %s)", [OBJECT.encode()]).fetchone()
        assert row
        # What the planner remembers of columns, together too.
        administrator.execute("CREATE STATISTICS remembered (mcv) ON alias, standing FROM sources_source")
        administrator.execute("ANALYZE")
        # The desk is at work: a statement is running, a word is waiting to be sent, a lock is held.
        desk_sql.autocommit = False
        desk_sql.execute(f"SELECT pg_advisory_xact_lock(417), '{STATEMENT}', count(*) FROM sources_source")
        with psycopg.connect(**database_server.address("site", committed_db).psycopg, autocommit=True) as thief:
            # The behaviour of a role is a default: who holds it sets it as she likes.
            thief.execute("SET statement_timeout = '500ms'")
            yield House(desk, printed, thief, administrator, committed_db, row[0], tmp_path / "private")
        desk_sql.rollback()


def marks_in(told: str) -> set[str]:
    """As they stand, or as the bytes of a column are written."""
    return {mark for mark in (*MARKS, CIPHERTEXT, FINGERPRINT) if mark in told or mark.encode().hex() in told}


def test_every_mark_is_there_for_who_may_see_it(house: House) -> None:
    """Or what follows would prove nothing: the administrator's eyes find each by the same way."""
    seen = ""
    for schema, name, kind in house.administrator.execute(RELATIONS).fetchall():
        if kind in "rv" and schema in ("public", "pg_catalog"):
            seen += said_to(house.administrator, sql.SQL("TABLE {}").format(sql.Identifier(schema, name)))[1]
    assert {*MARKS, CIPHERTEXT, FINGERPRINT} - marks_in(seen) == {FILE}
    for view in ("pg_stats", "pg_statistic", "pg_stat_activity"):
        _, told = said_to(house.administrator, f"TABLE {view}")
        assert STATEMENT in told or "zinnia" in told or "\\x7a696e6e6961" in told or ALIAS in told, view
    assert FILE in next(path for path in house.private.rglob("*") if path.is_file()).read_text()


def test_every_table_view_and_sequence_is_refused_or_printed(house: House) -> None:
    """Whole and column by column: a grant of one column opens that column alone."""
    tried, answered = 0, set()
    for schema, name, _kind in house.administrator.execute(RELATIONS).fetchall():
        relation = sql.Identifier(schema, name)
        statements = [
            sql.SQL("SELECT * FROM {}").format(relation),
            sql.SQL("SELECT count(*) FROM {}").format(relation),
            sql.SQL("COPY {} TO STDOUT").format(relation),
        ]
        # Where the whole is refused, one column may yet be open.
        if not said_to(house.thief, statements[0])[0]:
            statements += [
                sql.SQL("SELECT {} FROM {}").format(sql.Identifier(column), relation)
                for column in columns_of(house.administrator, relation.as_string(house.administrator))
            ]
        for statement in statements:
            done, told = said_to(house.thief, statement)
            tried += 1
            assert marks_in(told) == set(), statement.as_string()
            if done and schema not in ("pg_catalog", "information_schema"):
                answered.add(name)
    assert tried > 1500
    assert answered == set(MAY_READ)


def test_every_function_that_it_may_call_tells_nothing(house: House) -> None:
    """Each with keys to the desk in each place: names of tables, questions, numbers of rows and of objects, files."""
    secrets = data_folder.path() / data_folder.SECRETS
    kept = next(path for path in house.private.rglob("*") if path.is_file())
    numbers = [f"'{name}'::regclass::oid" for name in ("sources_source", "articles_article", "reader_publication")]
    words = [
        "'sources_source'",
        "'SELECT * FROM sources_source'",
        "'public'",
        f"'{secrets}'",
        f"'{kept}'",
        "'PG_VERSION'",
    ]
    keys = {
        **dict.fromkeys(("text", '"any"', "anyelement", "anycompatible", "name", "character varying"), words),
        **{kind: [*numbers, str(house.large_object)] for kind in ("oid", "xid", "cid")},
        **{kind: ["1", str(house.large_object), "20"] for kind in ("integer", "bigint", "smallint", "numeric")},
        "regclass": ["'sources_source'", "'articles_article'", "'sources_source_id_seq'"],
        "boolean": ["true", "false"],
        "refcursor": ["'c'"],
        "regconfig": ["'simple'"],
        "tid": ["'(0,1)'"],
        "name[]": ["'alias'"],
    }
    tried = 0
    for _signature, schema, name, takes, _set, _kind in house.thief.execute(FUNCTIONS).fetchall():
        if name in LEFT:
            continue
        for call in calls(name, schema, takes, keys):
            _, told = said_to(house.thief, call)
            tried += 1
            # What was asked may come back: the names of tables are no secret.
            assert marks_in(told) == set(), call.as_string()
            assert str(data_folder.secret("DESK_SECRET_KEY")) not in told
    assert tried > 3000


def test_it_may_call_no_other_function_of_ours(house: House) -> None:
    ours = house.administrator.execute(
        "SELECT DISTINCT p.proname FROM pg_proc p WHERE pg_get_userbyid(p.proowner) = 'newsroom_owner'"
        " AND has_function_privilege('newsroom_site', p.oid, 'EXECUTE')"
    ).fetchall()
    assert {name for (name,) in ours} == set(MAY_ASK)


def test_what_the_owner_makes_later_is_closed_too(house: House, owner_sql: psycopg.Connection) -> None:
    """A table that somebody adds without a thought for grants."""
    for made in (
        "CREATE TABLE later AS SELECT alias FROM sources_source",
        "CREATE VIEW later_view AS SELECT alias FROM sources_source",
        "CREATE MATERIALIZED VIEW later_kept AS SELECT alias FROM sources_source",
        "CREATE SEQUENCE later_number START 417",
        "CREATE FUNCTION later_asked() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT alias FROM sources_source'",
    ):
        owner_sql.execute(made)
    for asked in ("later", "later_view", "later_kept", "later_number", "later_asked()"):
        done, told = said_to(house.thief, f"SELECT * FROM {asked}")
        assert not done and "permission denied" in told, asked


BECOMING = [
    f"SET {word}{role}"
    for role in (*ROLE.values(), "postgres", "pg_read_all_data", "pg_read_server_files", "pg_monitor")
    if role != ROLE["site"]
    for word in ("ROLE ", "SESSION AUTHORIZATION ", "LOCAL ROLE ")
]
REACHING = [
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT pg_read_binary_file('pg_hba.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_ls_logdir()",
    "SELECT pg_ls_waldir()",
    "SELECT pg_ls_tmpdir()",
    "SELECT pg_stat_file('PG_VERSION')",
    "SELECT pg_current_logfile()",
    "SELECT pg_hba_file_rules()",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export({large_object}, '/tmp/kept')",
    "SELECT lo_get({large_object})",
    "SELECT lo_open({large_object}, 262144)",
    "SELECT lo_unlink({large_object})",
    "SELECT lo_creat(-1)",
    "SELECT data FROM pg_largeobject",
    "SELECT rolpassword FROM pg_authid",
    "SELECT passwd FROM pg_shadow",
    "SELECT umoptions FROM pg_user_mapping",
    "SELECT subconninfo FROM pg_subscription",
    "SELECT stavalues1::text FROM pg_statistic",
    "SELECT stxdmcv FROM pg_statistic_ext_data",
    "COPY (SELECT 1) TO '/tmp/kept'",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY reader_edition FROM '/etc/passwd'",
    "COPY reader_edition FROM PROGRAM 'cat /etc/passwd'",
    "CREATE TEMPORARY TABLE reader_publication (id int)",
    "CREATE FUNCTION pg_temp.leak(text) RETURNS bool LANGUAGE sql AS 'SELECT true'",
    "CREATE FUNCTION leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0001 AS 'BEGIN RETURN true; END'",
    "CREATE OPERATOR <<< (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)",
    "CREATE VIEW mine AS SELECT * FROM reader_publication",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION file_fdw",
    "CREATE EXTENSION pg_stat_statements",
    "CREATE EXTENSION pg_trgm SCHEMA public",
    "CREATE SERVER other FOREIGN DATA WRAPPER postgresql_fdw",
    "CREATE PUBLICATION everything FOR ALL TABLES",
    "CREATE SUBSCRIPTION other CONNECTION 'dbname=x' PUBLICATION p",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE ROLE mine",
    "CREATE POLICY mine ON reader_publication USING (true)",
    "ALTER ROLE newsroom_site SUPERUSER",
    "ALTER ROLE newsroom_desk PASSWORD 'x'",
    "ALTER TABLE reader_publication NO FORCE ROW LEVEL SECURITY",
    "ALTER SYSTEM SET log_statement = 'all'",
    "SET log_statement = 'all'",
    "SET session_replication_role = replica",
    "SET session_preload_libraries = 'x'",
    "LOAD '/tmp/x.so'",
    "GRANT newsroom_desk TO newsroom_site",
    "GRANT pg_read_all_data TO newsroom_site",
    "LOCK TABLE sources_source IN ACCESS SHARE MODE",
    "LOCK TABLE reader_publication IN ROW EXCLUSIVE MODE",
    "SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
    "SELECT pg_create_physical_replication_slot('mine')",
    "SELECT pg_logical_slot_peek_changes('mine', NULL, NULL)",
    "SELECT pg_export_snapshot(), alias FROM sources_source",
    "SELECT nextval('reader_turn')",
    "SELECT last_value FROM reader_turn",
    "SELECT pg_sequence_last_value('sources_source_id_seq')",
    "SELECT currval('sources_source_id_seq')",
    "SELECT pg_advisory_lock(417)",
    "SELECT pg_stat_get_live_tuples('sources_source'::regclass)",
    "SELECT pg_stat_get_lastscan('sources_source'::regclass)",
    "SELECT n_tup_ins, last_seq_scan FROM pg_stat_user_tables",
    "SELECT relation::regclass, mode FROM pg_locks",
    "SELECT query, state_change FROM pg_stat_activity",
    "SELECT pg_relation_size('sources_source')",
    "SELECT pg_current_wal_lsn()",
    "SELECT pg_relation_filepath('sources_source')",
    "SELECT pg_xact_commit_timestamp(xmin) FROM reader_publication",
    "TABLE pg_stat_statements",
    "VACUUM sources_source",
    "ANALYZE sources_source",
    "REINDEX TABLE sources_source",
    "CLUSTER sources_source",
    "EXPLAIN ANALYZE SELECT * FROM sources_source",
    "EXPLAIN SELECT * FROM articles_article",
    "PREPARE TRANSACTION 'mine'",
    "SECURITY LABEL ON TABLE reader_publication IS 'x'",
    "COMMENT ON TABLE sources_source IS 'x'",
    "CHECKPOINT",
]


def refuses(line: psycopg.Connection, statement: str) -> str | None:
    """What was answered, where something was (a sequence that is not one's own answers with nothing)."""
    try:
        with line.transaction(force_rollback=True):
            cursor = line.execute(statement)  # type: ignore[call-overload]
            rows = cursor.fetchmany(5) if cursor.description else "done"
            return None if rows == [(None,)] else str(rows)
    except psycopg.Error:
        return None


@pytest.mark.parametrize("statement", [*BECOMING, *REACHING])
def test_it_is_refused(statement: str, shared_thief: tuple[psycopg.Connection, int]) -> None:
    line, large_object = shared_thief
    if statement.startswith(("VACUUM", "ANALYZE", "REINDEX", "CLUSTER", "CHECKPOINT")):
        # Some of these only warn and pass over what is not theirs.
        heard: list[str] = []
        line.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
        try:
            line.execute(statement)  # type: ignore[call-overload]
        except psycopg.Error as error:
            heard.append(str(error))
        assert "permission denied" in " ".join(heard)
        return
    answered = refuses(line, statement.format(large_object=large_object))
    assert answered is None, answered


@pytest.fixture(scope="module")
def shared_thief(database_server: clones.Server) -> Iterator[tuple[psycopg.Connection, int]]:
    """A line of the site's to a database where there is something to take."""
    with database_server.clone("thief") as name:
        administrator = database_server.administrator.in_database(name)
        with psycopg.connect(**administrator.psycopg, autocommit=True) as line:
            row = line.execute("SELECT lo_from_bytea(0, 'kept')").fetchone()
            line.execute("SELECT nextval('sources_source_id_seq')")
            assert row
            for role in ("postgres", ROLE["owner"], ROLE["desk"]):
                assert refuses(line, f"SET ROLE {role}") == "done"
        with psycopg.connect(**database_server.address("site", name).psycopg, autocommit=True) as thief:
            yield thief, row[0]


def test_no_error_quotes_a_row_that_is_not_in_print(house: House) -> None:
    """The policy is asked before what the thief asks: a cast that fails speaks of rows in print alone."""
    for table in MAY_READ:
        for column in columns_of(house.thief, table):
            for cast in ("int", "date", "inet", "xml", "json", "uuid", "numeric", "regclass"):
                for statement in (
                    f'SELECT 1 FROM {table} WHERE ("{column}"::text::{cast}) IS NULL',
                    f'SELECT 1 FROM {table} ORDER BY "{column}"::text::{cast}',
                    f'SELECT sum(1 / (CASE WHEN "{column}"::text::{cast} IS NULL THEN 0 ELSE 0 END)) FROM {table}',
                ):
                    _, told = said_to(house.thief, statement)
                    assert marks_in(told) == set(), statement


def test_nothing_is_written_so_no_constraint_quotes_a_row(house: House) -> None:
    row = house.administrator.execute("SELECT id FROM reader_publication WHERE headline = %s", [EMBARGOED]).fetchone()
    assert row
    for statement in (
        f"INSERT INTO reader_publication SELECT * FROM reader_publication WHERE id = '{row[0]}'",
        f"INSERT INTO reader_publication (id) VALUES ('{row[0]}') ON CONFLICT DO NOTHING",
        f"INSERT INTO reader_publication (id) VALUES ('{row[0]}') RETURNING headline",
        "UPDATE reader_publication SET slug = 'rice-is-dearer' RETURNING *",
        "DELETE FROM reader_publication RETURNING *",
    ):
        done, told = said_to(house.thief, statement)
        assert not done and "permission denied" in told
        assert marks_in(told) == set()


def test_a_plan_tells_no_word_of_what_it_passed_over(house: House) -> None:
    """It does tell how many rows it passed over: that is a known limit (docs/protecting-sources.md)."""
    for option in ("ANALYZE, VERBOSE, BUFFERS", "ANALYZE, FORMAT JSON, SETTINGS, WAL", "GENERIC_PLAN"):
        for table in MAY_READ:
            _, told = said_to(house.thief, f"EXPLAIN ({option}) SELECT * FROM {table} WHERE {table}::text ~ 'mark'")
            assert marks_in(told) == set()


def test_what_is_called_out_names_no_story_and_no_source(house: House, database_server: clones.Server) -> None:
    """Any role may listen: on every channel that is named anywhere in the database, nothing but opaque keys."""
    named = house.administrator.execute(
        r"SELECT DISTINCT m[1] FROM pg_proc p, regexp_matches(p.prosrc, 'pg_notify\(\s*''([^'']+)''', 'gi') m"
    ).fetchall()
    for (channel,) in named:
        house.thief.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
    house.desk.published(house.desk.article("Called out " + DRAFT))
    time.sleep(0.2)
    for heard in house.thief.notifies(timeout=0.5):
        assert marks_in(heard.payload) == set()
        assert "called-out" not in heard.payload


def test_a_dump_as_the_site_is_refused(house: House, database_server: clones.Server) -> None:
    address = database_server.address("site", house.name)
    done = subprocess.run(
        [tool("pg_dump"), "--no-password", address.in_database(house.name).url],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "permission denied" in done.stderr
    assert not any(mark in done.stdout for mark in MARKS)


def test_no_copy_of_the_server_is_sent(database_server: clones.Server, committed_db: str) -> None:
    for how in ("database", "true"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**database_server.address("site", committed_db).psycopg, replication=how)


# In the site's own process -----------------------------------------------------------------------------------------

ASKING = """
import json, os, sys
import newsroom.site_wsgi
from django.conf import settings
import django.conf.global_settings
held = {name: str(getattr(settings, name)) for name in dir(settings) if name.isupper()}
print(json.dumps({"environment": dict(os.environ), "settings": held, "modules": sorted(sys.modules), "path": sys.argv}))
"""
IMPORTING = """
import newsroom.site_wsgi
try:
    import sources.models
except Exception as error:
    print(type(error).__name__)
else:
    try:
        print(list(sources.models.Source.objects.values()))
    except Exception as error:
        print(type(error).__name__)
"""


def in_the_site(given: dict[str, str], code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=environment.PROJECT, env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_its_process_holds_no_secret_and_no_folder_of_the_desks(
    house: House, database_server: clones.Server, houses_environment: Callable[..., dict[str, str]]
) -> None:
    held = in_the_site(houses_environment("site", house.name), ASKING)
    desks = houses_environment("desk", house.name)
    for secret in (
        data_folder.secret("DESK_SECRET_KEY"),
        *(database_server.houses[side].password for side in ("owner", "desk")),
        database_server.administrator.password,
        desks["PRIVATE_MEDIA_ROOT"],
        desks["DATABASE_URL"],
        "FINGERPRINT",
        "PRIVATE_MEDIA",
    ):
        assert secret not in held, secret
    loaded = set(held.partition('"modules": [')[2].partition("]")[0].replace('"', "").split(", "))
    assert "reader.models" in loaded
    assert not {
        name for name in loaded if name.split(".")[0] in {"sources", "articles", "photos", "staff", "PIL", "pyrage"}
    }


def test_what_it_could_import_reads_nothing(house: House, houses_environment: Callable[..., dict[str, str]]) -> None:
    """The code lies on the same disk: without the app and the grant it is a book about the desk, not a key."""
    assert in_the_site(houses_environment("site", house.name), IMPORTING).strip() in {
        "RuntimeError",
        "ProgrammingError",
    }


# Through its addresses ---------------------------------------------------------------------------------------------


def asked_raw(address: str, path: bytes) -> bytes:
    """Asks as no browser would: the path as it is."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


UP = ("..", "%2e%2e", "%2E.", "..%00", "%c0%ae%c0%ae", "%252e%252e", "．．", "....")
SLASHES = ("/", "%2f", "%5c", "\\", "//", "%252f", "%c0%af")


def test_no_address_leads_to_a_private_file(live_houses: Any) -> None:
    """Originals, archived documents, renditions that were never printed, the secrets: by climbing, by the whole path."""
    media = live_houses.grounds.media
    secret = {
        "private/originals/0123456789abcdef": b"originalmark 417",
        "private/documents/0123456789abcdef": b"documentmark 417",
        "public/renditions/0123456789abcdef0123456789abcdef.jpeg": b"renditionmark 417",
        "public/printed/0123456789abcdef0123456789abcdef.jpeg": b"not in print 417",
    }
    for name, body in secret.items():
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(body)
    own = str(media / "private/originals/0123456789abcdef")
    wanted = [*secret, *(name.partition("/")[2] for name in secret), *(Path(name).name for name in secret)]
    paths = {
        own,
        f"//{own}",
        f"/media/{own}",
        f"/media//{own}",
        f"/static/{own}",
        f"/static//{own}",
        "/media/",
        "/static/",
    }
    for base in ("/media/", "/static/", "/en/", "/"):
        for name in wanted:
            paths.add(base + name)
            for up in UP:
                for slash in SLASHES:
                    for depth in (1, 2, 4):
                        paths.add(base + (up + slash) * depth + name.replace("/", slash))
    bodies = [*secret.values(), data_folder.secret("DESK_SECRET_KEY").encode()]
    refused = 0
    for path in sorted(paths):
        answer = asked_raw(live_houses.site, path.encode())
        assert not [body for body in bodies if body in answer], path
        status = answer.split(b" ", 2)[1:2]
        assert status and status[0] != b"500", path
        refused += status[0] in (b"404", b"400", b"301", b"302", b"308")
    assert refused == len(paths) > 1500
