"""Every look at a source stays, in one chain that shows whatever was changed or removed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sources import looking
from sources.forgetting import forget
from sources.looking import note_look
from sources.models import Look, ProtectedPerson
from tests import clones
from tests.factories import Desk, StaffFactory

What = Look.What


@pytest.fixture
def desk(committed_db: str) -> Desk:
    return Desk()


@pytest.fixture
def source(desk):
    return desk.source(alias="silver heron")


@pytest.fixture
def past_the_triggers(database_server: clones.Server, committed_db: str) -> Iterator[psycopg.Connection]:
    """Somebody with all the rights of the server, and every trigger off."""
    address = database_server.administrator.in_database(committed_db)
    with psycopg.connect(**address.psycopg, autocommit=True) as line:
        line.execute("SET session_replication_role = replica")
        yield line


def verify(*options: str) -> str:
    said = StringIO()
    call_command("verify_looks", *options, stdout=said)
    return said.getvalue()


def wrong(*options: str) -> str:
    said = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("verify_looks", *options, stdout=said)
    assert error.value.returncode == 1
    return said.getvalue()


def three(desk, source) -> None:
    note_look(source, What.PAGE, by=desk.reporter)
    note_look(source, What.EXPOSURE, by=desk.editor, why="To confirm the story on rice")
    note_look(source, What.SEALING, by=desk.reporter)


def test_a_look_is_numbered_and_chained_by_the_database(desk, source):
    three(desk, source)
    one, two, last = Look.objects.order_by("number")
    assert [one.number, two.number, last.number] == [1, 2, 3]
    assert (one.previous, two.previous, last.previous) == ("", one.hash, two.hash)
    assert two.why == "To confirm the story on rice" and two.why_hash and one.why_hash == ""
    assert re.search(r"The looks are whole: 3\.\nHead of the looks: 3:[0-9a-f]{64}", verify())


def test_opening_again_within_ten_minutes_is_one_look(desk, source, owner_sql):
    one = note_look(source, What.PAGE, by=desk.reporter)
    assert note_look(source, What.PAGE, by=desk.reporter) == one
    assert note_look(source, What.PAGE, by=desk.editor) != one
    assert note_look(desk.source(), What.PAGE, by=desk.reporter) != one
    assert Look.objects.count() == 3
    owner_sql.execute("ALTER TABLE sources_look DISABLE TRIGGER look_append_only")
    owner_sql.execute("UPDATE sources_look SET at = at - interval '11 minutes'")
    assert note_look(source, What.PAGE, by=desk.reporter) != one


def test_another_reason_is_another_look(desk, source):
    for why in ("For the rice story", "For the rice story", "For the price report"):
        note_look(source, What.MORE, by=desk.editor, why=why)
    assert [look.why for look in Look.objects.order_by("number")] == ["For the rice story", "For the price report"]


def test_what_is_done_is_noted_each_time(desk, source):
    note_look(source, What.SEALING, by=desk.reporter)
    note_look(source, What.SEALING, by=desk.reporter)
    assert Look.objects.count() == 2


def test_a_person_of_a_story_is_looked_at_as_well(desk, source):
    person = ProtectedPerson.objects.create(alias="green lantern", contact_reporter=desk.reporter)
    look = note_look(person, What.SEALING, by=desk.reporter)
    assert (look.person, look.source) == (person, None)
    look = note_look(ProtectedPerson.objects.create(source=source), What.SEALING, by=desk.reporter)
    assert (look.person, look.source) == (None, source)


@pytest.mark.parametrize("column", ["number", "at", "why_salt", "why_hash", "previous", "hash"])
def test_the_desk_gives_no_number_hour_or_hash(desk, source, column):
    value = {"number": "7", "at": "now()"}.get(column, "'0'")
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO sources_look (source_id, by_id, what, why, {column}) VALUES (%s, %s, 'page', '', {value})",
            [source.pk, desk.reporter.pk],
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sources_look SET why = ''",
        "UPDATE sources_look SET by_id = by_id",
        "DELETE FROM sources_look",
        "TRUNCATE sources_look",
    ],
)
def test_nobody_changes_a_look(desk, source, owner_sql, statement):
    three(desk, source)
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(psycopg.Error) as refusal:
        owner_sql.execute(statement)
    assert refusal.value.sqlstate == "NR003"
    assert Look.objects.count() == 3


def test_whatever_the_owner_gives_is_the_databases(desk, source, owner_sql):
    three(desk, source)
    owner_sql.execute(
        "INSERT INTO sources_look (number, at, source_id, by_id, what, why, why_salt, why_hash, previous, hash)"
        " VALUES (99, '2020-01-01', %s, %s, 'page', 'because', 'salt', 'hash', 'before', 'this')",
        [source.pk, desk.editor.pk],
    )
    look = Look.objects.get(number=4)
    assert look.at.year > 2020 and look.why_salt != "salt" and look.hash != "this"
    verify()


def test_several_at_once_are_chained_one_after_the_other(desk, source, owner_sql):
    owner_sql.execute(
        "INSERT INTO sources_look (source_id, by_id, what, why) SELECT %s, %s, 'page', n::text FROM generate_series(1, 20) n",
        [source.pk, desk.editor.pk],
    )
    people = [StaffFactory() for _ in range(4)]

    def look(person):
        try:
            for _ in range(5):
                note_look(source, What.SEALING, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, people))
    assert list(Look.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 41))
    verify()


def test_a_transaction_that_is_rolled_back_leaves_no_gap(desk, source):
    with pytest.raises(IntegrityError), transaction.atomic():
        note_look(source, What.SEALING, by=desk.reporter)
        raise IntegrityError
    assert note_look(source, What.SEALING, by=desk.reporter).number == 1


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE sources_look SET by_id = (SELECT max(id) FROM staff_user) WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET source_id = source_id + 1 WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET person_id = 7, source_id = NULL WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET what = 'page' WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET at = at - interval '1 microsecond' WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET why_hash = 'x' WHERE number = 2", "Look 2 was changed"),
        ("UPDATE sources_look SET hash = previous WHERE number = 2", "Look 3 does not follow"),
        ("UPDATE sources_look SET why = 'Just so' WHERE number = 2", "The reason of look 2 is not"),
        ("UPDATE sources_look SET why = 'Just so' WHERE number = 1", "The reason of look 1 is not"),
        ("UPDATE sources_look SET why = '', why_salt = '' WHERE number = 2", "The reason of look 2 is not"),
        ("DELETE FROM sources_look WHERE number = 2", "Missing before look 3: 2."),
        ("DELETE FROM sources_look WHERE number < 3", "Missing before look 3: 1–2."),
    ],
)
def test_what_was_changed_shows(desk, source, past_the_triggers, statement, sentence):
    three(desk, source)
    past_the_triggers.execute(statement)
    assert sentence in wrong()


def test_an_end_that_was_cut_off_shows_by_the_head_that_was_kept(desk, source, past_the_triggers):
    three(desk, source)
    head = verify().split("Head of the looks: ")[1].strip()
    note_look(source, What.SEALING, by=desk.reporter)
    verify("--head", head)
    past_the_triggers.execute("DELETE FROM sources_look WHERE number >= 3")
    verify()
    assert "Look 3 was the head and is gone" in wrong("--head", head)
    note_look(source, What.SEALING, by=desk.editor)
    assert "Look 3 is another than the head" in wrong("--head", head)
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        verify("--head", "3")


def test_reasons_go_when_the_source_is_forgotten_and_not_before(desk, source):
    three(desk, source)
    other = desk.source()
    note_look(other, What.MORE, by=desk.editor, why="Another one")
    assert looking.destroy_reasons(source) == 0
    forget(source, by=desk.chief, alias="silver heron", reason="She asked for it")
    assert Look.objects.latest("number").what == What.FORGETTING
    assert set(Look.objects.filter(source=source).values_list("why", "why_salt")) == {("", "")}
    assert Look.objects.get(source=other).why == "Another one"
    assert "Reasons destroyed with the sources that were forgotten: 1." in verify()
    # What is noted after she was forgotten keeps its reason.
    note_look(source, What.MORE, by=desk.editor, why="Who was that?")
    assert looking.destroy_reasons(source) == 0


def test_nobody_is_noted_as_forgotten_who_is_not(desk, source, desk_sql):
    three(desk, source)
    person = ProtectedPerson.objects.create(alias="green lantern", contact_reporter=desk.reporter)
    note = "INSERT INTO sources_look (source_id, person_id, by_id, what, why) VALUES (%s, %s, %s, 'forgetting', '')"
    for whom in ((source.pk, None), (None, person.pk)):
        with pytest.raises(psycopg.Error) as refusal:
            desk_sql.execute(note, [*whom, desk.reporter.pk])
        assert refusal.value.sqlstate == "NR003"
    assert looking.destroy_reasons(source) == 0
    assert Look.objects.get(number=2).why == "To confirm the story on rice"
    # Nor a second time: what is noted afterwards would lose its reason.
    forget(source, by=desk.chief, alias="silver heron", reason="She asked for it")
    note_look(source, What.MORE, by=desk.editor, why="Who was that?")
    with pytest.raises(psycopg.Error) as refusal:
        desk_sql.execute(note, [source.pk, None, desk.reporter.pk])
    assert refusal.value.sqlstate == "NR003"


def test_a_reason_without_its_salt_shows_where_nobody_was_forgotten(desk, source, past_the_triggers):
    """Whatever look says so."""
    three(desk, source)
    past_the_triggers.execute("UPDATE sources_look SET what = 'forgetting' WHERE number = 3")
    past_the_triggers.execute("UPDATE sources_look l SET hash = look_hash(l) WHERE number = 3")
    past_the_triggers.execute("UPDATE sources_look SET why = '', why_salt = '' WHERE number = 2")
    assert "The reason of look 2 is not" in wrong()


def test_the_whole_record_asks_for_looks_as_well(desk, source, past_the_triggers):
    three(desk, source)
    past_the_triggers.execute("DELETE FROM sources_look WHERE number = 2")
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_record", stdout=said)
    assert "Missing before look 3: 2." in said.getvalue()


def test_one_more_look_reads_no_more_than_its_source(desk, source, owner_sql):
    owner_sql.execute(
        "INSERT INTO sources_look (source_id, by_id, what, why)"
        " SELECT %s, %s, 'page', '' FROM generate_series(1, 5000) n",
        [source.pk, desk.editor.pk],
    )
    owner_sql.execute("ANALYZE sources_look")
    for asked in (
        f"source_id = {source.pk} AND by_id = 1 AND what = 'page' AND at >= now() - interval '10 minutes'",
        "true",
    ):
        plan = owner_sql.execute(f"EXPLAIN SELECT number FROM sources_look WHERE {asked} ORDER BY number DESC LIMIT 1")
        assert "Seq Scan" not in "\n".join(line for (line,) in plan)


def test_the_hash_is_over_all_that_a_look_says(desk, source):
    """Each column but the reason, its length in bytes before it, as looks.sql says."""
    three(desk, source)
    for look in Look.objects.all():
        hour = str(round(look.at.timestamp() * 1_000_000))
        said = [look.number, hour, look.source_id, look.person_id, look.by_id, look.what, look.why_hash, look.previous]
        parts = ["-" if each is None else f"{len(str(each).encode())}:{each}" for each in said]
        assert look.hash == hashlib.sha256("".join(parts).encode()).hexdigest()
