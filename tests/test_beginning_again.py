"""An act that the database gives up to end a deadlock is done again: no doubt is lost to who holds a row."""

import ast
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.urls import reverse

from articles import confirming
from articles.gate import GateError
from articles.models import Verdict
from newsroom.deadlocks import TIMES, begins_again
from newsroom.settings.environment import PROJECT
from reader.models import Publication
from sources.vetting import vet
from tests.desks import at_the_desk
from tests.factories import Desk

DEADLOCK = "40P01"


@pytest.fixture
def desk(committed_db):
    return Desk()


@pytest.fixture
def holding(database_server, committed_db):
    """Does something while the desk's role holds the rows in print, who then waits for the gate. Answers what she heard."""

    def while_held(deed: Callable[[], Any]) -> str:
        with psycopg.connect(**database_server.address("desk", committed_db).psycopg) as holder:
            holder.execute("SELECT FROM reader_publication FOR UPDATE")
            heard = []

            def wait_for_the_gate() -> None:
                # The other holds the gate and waits for the row: she waits longer, so she finds the deadlock first.
                with psycopg.connect(**database_server.administrator.in_database(committed_db).psycopg) as watcher:
                    watcher.autocommit = True
                    while not watcher.execute(
                        "SELECT FROM pg_locks l JOIN pg_database d ON d.datname = current_database()"
                        " JOIN pg_stat_activity a ON a.pid = l.pid AND a.datname = d.datname WHERE NOT l.granted"
                    ).fetchall():
                        pass
                try:
                    holder.execute("UPDATE articles_fact SET position = position")
                    heard.append("done")
                except psycopg.Error as error:
                    heard.append(error.sqlstate)
                holder.rollback()

            waiting = threading.Thread(target=wait_for_the_gate)
            waiting.start()
            try:
                deed()
            finally:
                waiting.join()
            return heard[0]

    return while_held


def test_a_doubt_is_not_lost(desk, holding):
    fact = desk.fact(desk.article())
    desk.published(fact.article)
    assert holding(partial(confirming.dispute, fact, by=desk.editor, reason="No")) == "done", (
        "the editor was the victim"
    )
    assert not Publication.objects.in_print().exists()
    assert Verdict.objects.filter(ruling="disputed").count() == 1


def test_a_source_falls(desk, holding):
    source = desk.source()
    fact = desk.fact(desk.article(), sources=[source, desk.source()])
    desk.published(fact.article)
    assert holding(partial(vet, source, "discredited", by=desk.editor, reason="Invented it")) == "done"
    assert not Publication.objects.in_print().exists()


def test_a_button_at_the_desk(desk, holding):
    fact = desk.fact(desk.article())
    printed = desk.published(fact.article)
    client = at_the_desk(desk.editor)
    sent = {"ruling": "disputed", "reason": "No", "falls_shown": str(printed.pk)}
    pages = []
    assert holding(lambda: pages.append(client.post(reverse("articles:verdict", args=[fact.pk]), sent))) == "done"
    assert pages[0].status_code == 302
    assert not Publication.objects.in_print().exists()


def test_within_somebodys_transaction_the_error_passes(desk, holding):
    fact = desk.fact(desk.article())
    desk.published(fact.article)

    def within() -> None:
        with transaction.atomic():
            confirming.dispute(fact, by=desk.editor, reason="No")

    with pytest.raises(OperationalError) as error:
        holding(within)
    assert error.value.__cause__.sqlstate == DEADLOCK
    assert not connection.in_atomic_block
    assert Publication.objects.in_print().exists()


def refusing(state: str, times: int) -> tuple[list[int], Callable[[], str]]:
    """A deed that the database refuses so many times, and what counts how often it was tried."""
    tried: list[int] = []

    @begins_again
    def deed() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            tried.append(1)
            if len(tried) <= times:
                cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")
        return "done"

    return tried, deed


def test_a_few_times_and_no_more(committed_db):
    tried, deed = refusing(DEADLOCK, TIMES - 1)
    assert deed() == "done"
    assert len(tried) == TIMES
    tried, deed = refusing(DEADLOCK, TIMES)
    with pytest.raises(OperationalError):
        deed()
    assert len(tried) == TIMES


@pytest.mark.parametrize("state", ["57014", "23505", "NR001"])
def test_another_refusal_is_heard_at_once(committed_db, state):
    tried, deed = refusing(state, 1)
    with pytest.raises(DatabaseError):
        deed()
    assert len(tried) == 1


def test_what_the_desk_itself_refuses_is_heard_at_once(desk):
    fact = desk.fact(desk.article())
    with pytest.raises(GateError, match="Give a reason"):
        confirming.dispute(fact, by=desk.editor, reason=" ")


def acts() -> list[tuple[str, ast.FunctionDef]]:
    """The functions that begin an act."""
    return [
        (file.name, node)
        for file in sorted((PROJECT / "articles").glob("*.py"))
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.With) and ast.unparse(inner.items[0].context_expr).startswith("act(")
    ]


@pytest.mark.parametrize(("file", "act"), [pytest.param(f, a, id=f"{f} {a.name}") for f, a in acts()])
def test_each_act_begins_again(file, act):
    assert "begins_again" in map(ast.unparse, act.decorator_list)
    # An iterator would be empty the second time.
    assert not {"Iterable", "Iterator"} & set(ast.unparse(act.args).replace("[", " ").split())
