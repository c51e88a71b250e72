"""A fact falls with all that rests on it, however many layers high, however it is asked."""

import psycopg
import pytest
from django.db import connection

from articles import confirming
from articles.models import Article, Pull
from reader.models import Publication
from tests.factories import Desk

# So little stack that few layers tell what many would.
SHALLOW, FLOORS = "100kB", 20
DISPUTE = "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason) VALUES (%s, 'disputed', '{}', %s, now(), 'No')"


@pytest.fixture
def desk(committed_db):
    return Desk()


def resting_on(desk, earlier, headline):
    """A printed story whose one fact rests on an earlier one."""
    article = desk.article(headline)
    fact = desk.fact(article, f"{headline}.", sources=[], confirmed=False)
    fact.wording.confirmations.create(basis="earlier", earlier=earlier.wording, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    desk.published(article)
    return fact


def tower(desk, floors):
    """Its ground: one story on the other, and two beside one another at the top."""
    ground = top = desk.fact(desk.article("Ground"), "The ground is dry.")
    desk.published(ground.article)
    for floor in range(floors):
        top = resting_on(desk, top, f"Floor {floor}")
    for side in ("left", "right"):
        resting_on(desk, top, f"Roof, {side}")
    return ground


def in_print():
    return Publication.objects.in_print().count()


@pytest.fixture
def ground(desk):
    return tower(desk, FLOORS)


@pytest.fixture
def shallow(database_server, committed_db, ground):
    """Connections to this test's database have little stack from now on."""
    with psycopg.connect(
        **database_server.administrator.in_database(committed_db).psycopg, autocommit=True
    ) as superuser:
        superuser.execute(f"ALTER DATABASE \"{committed_db}\" SET max_stack_depth = '{SHALLOW}'")
    connection.close()


@pytest.fixture
def line(shallow, database_server, committed_db):
    """A line of the desk's role with little stack, each statement committed."""
    with psycopg.connect(**database_server.address("desk", committed_db).psycopg, autocommit=True) as connection:
        yield connection


@pytest.fixture
def nothing_is_left(owner_sql):
    """Whatever was asked is answered: the next one begins anew."""
    yield
    assert not owner_sql.execute("TABLE gate_pending").fetchall()
    assert not owner_sql.execute("TABLE gate_asking").fetchall()


def test_by_an_act_with_little_stack(shallow, desk, ground, nothing_is_left):
    confirming.dispute(ground, by=desk.editor, reason="No")
    assert in_print() == 0
    fallen = list(Pull.objects.order_by("pk").values_list("publication__headline", flat=True))
    assert fallen[:-2] == ["Ground", *(f"Floor {n}" for n in range(FLOORS))]
    assert set(fallen[-2:]) == {"Roof, left", "Roof, right"}


@pytest.mark.parametrize("first", ["", "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS gate_ask IMMEDIATE"])
def test_by_hand_with_little_stack(desk, ground, line, nothing_is_left, first):
    with line.transaction():
        if first:
            line.execute(first)
        line.execute(DISPUTE, [ground.wording.pk, desk.editor.pk])
        seen = line.execute("SELECT count(*) FROM reader_publication WHERE pulled_at IS NULL").fetchone()[0]
        assert seen == (0 if first else FLOORS + 3)
    assert in_print() == 0


def test_by_hand_in_one_statement(desk, ground, line, nothing_is_left):
    line.execute(DISPUTE, [ground.wording.pk, desk.editor.pk])
    assert in_print() == 0


def test_what_is_asked_again_in_one_transaction_is_answered_again(desk, desk_sql, nothing_is_left):
    grounds = [tower(desk, 1) for _ in range(3)]
    left = []
    with desk_sql.transaction():
        for ground in grounds[:2]:
            desk_sql.execute(DISPUTE, [ground.wording.pk, desk.editor.pk])
            desk_sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
            desk_sql.execute("SET CONSTRAINTS ALL DEFERRED")
            left.append(
                desk_sql.execute("SELECT count(*) FROM reader_publication WHERE pulled_at IS NULL").fetchone()[0]
            )
        desk_sql.execute(DISPUTE, [grounds[2].wording.pk, desk.editor.pk])
    assert left == [8, 4]
    assert in_print() == 0


def test_what_a_savepoint_takes_back_leaves_nothing_stuck(desk, desk_sql, nothing_is_left):
    ground, other = tower(desk, 1), tower(desk, 1)
    pulled = Publication.objects.get(headline="Ground", printing__article=other.article)
    confirming.dispute(other, by=desk.editor, reason="No")
    with desk_sql.transaction():
        # Answered, and taken back.
        with desk_sql.transaction(force_rollback=True):
            desk_sql.execute(DISPUTE, [ground.wording.pk, desk.editor.pk])
            desk_sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Refused in the middle of the answers.
        desk_sql.execute(DISPUTE, [ground.wording.pk, desk.editor.pk])
        with pytest.raises(psycopg.Error, match="fact_disputed"), desk_sql.transaction():
            desk_sql.execute("UPDATE reader_publication SET pulled_at = NULL WHERE id = %s", [pulled.pk])
            desk_sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert desk_sql.execute("SELECT count(*) FROM reader_publication WHERE pulled_at IS NULL").fetchone()[0] == 4
    assert in_print() == 0


def test_many_stories_on_one_fall_with_it(desk, nothing_is_left):
    ground = desk.fact(desk.article("Ground"), "The ground is dry.")
    desk.published(ground.article)
    for number in range(5):
        resting_on(desk, resting_on(desk, ground, f"Lower {number}"), f"Upper {number}")
    assert in_print() == 11
    confirming.dispute(ground, by=desk.editor, reason="No")
    assert in_print() == 0
    assert Article.objects.count() == Pull.objects.count() == 11
