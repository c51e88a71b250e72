"""The law asked by itself, for tests that take back what they did: nothing is committed, so many cases fit into one test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from articles.models import Article, Fact


def asked(query: str, *values: Any) -> list[tuple]:
    """The rows of a query by the desk's role."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def told(query: str, *values: Any) -> Any:
    """The one value of a query."""
    return asked(query, *values)[0][0]


def codes(article: Article) -> set[str]:
    """What blocks a story."""
    return {code for (code,) in asked("SELECT code FROM gate_blockers(%s)", article.pk)}


def lacks(fact: Fact, *, whole: bool = False, article: Article | None = None, policy: int | None = None) -> set[str]:
    """What the present wording of a fact lacks: its footing, or all that is asked of it at print."""
    found = asked(
        "SELECT code FROM gate_fact_blockers(%s, coalesce(%s, gate_policy()), %s, %s)",
        fact.wording.pk,
        policy,
        (article or fact.article).pk,
        whole,
    )
    return {code for (code,) in found}


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answer() -> None:
    """Lets the law answer what it would be asked at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(statement: str, *values: Any) -> None:
    """A statement by the desk's role, answered by the law."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer()


def refused(deed: Any, *values: Any) -> str:
    """The law's refusal of a statement or an act: its codes in order, or its SQLSTATE; empty where it is done.

    What was done is taken back.
    """
    try:
        with transaction.atomic():
            run(deed, *values) if isinstance(deed, str) else deed()
            answer()
            transaction.set_rollback(True)
    except DatabaseError as error:
        cause = error.__cause__
        if cause.sqlstate not in ("NR001", "NR004"):
            return cause.sqlstate
        return " ".join(sorted({row["code"] for row in json.loads(cause.diag.message_detail)}))
    return ""
