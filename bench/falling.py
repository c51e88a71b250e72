"""What the fall of one fact costs, when stories rest on it in layers; and what the law costs a story of thirty facts.

On a scratch database, through the desk's own acts and role. Each fall is rolled back, so that it can be timed again.
"""
# ruff: noqa: E402 - models are imported once Django stands.

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"

import django

django.setup()

from django.db import connection, transaction

from articles import confirming
from articles.models import Article, Fact
from articles.publishing import publish
from bench.apparatus.clock import always, medians, tell
from bench.apparatus.scratch import Lines
from reader.models import Publication
from tests import clones
from tests.factories import Desk

LAYERS = 5
FEW, MANY = 10, 100
FACTS = 30
ROUNDS = 5


def main() -> None:
    """Print the medians of both."""
    with (
        clones.open_server() as server,
        server.clone("falling") as name,
        Lines(desk=server.address("desk", name)) as lines,
    ):
        lines.use("desk")
        desk = Desk()
        tell_falls(desk)
        tell_prints(desk)


def tell_falls(desk: Desk) -> None:
    """Un-confirming a fact on which stories rest, layer upon layer."""
    first = {each: base(desk, f"Base of {each}", each) for each in (FEW, MANY)}
    sides = {f"{LAYERS * each} stories": always(fall(desk, fact, LAYERS * each)) for each, fact in first.items()}
    took = medians(sides, rounds=ROUNDS, warm=1)
    tell(f"a fact falls under {LAYERS} layers", took, f"{LAYERS * MANY} stories", f"{LAYERS * FEW} stories")


def base(desk: Desk, headline: str, each: int) -> Fact:
    """A printed fact, and layers of stories, so many in each, that rest on it."""
    below = [desk.published(desk.article(headline)).printing.article.facts.get()]
    first = below[0]
    for layer in range(LAYERS):
        below = [rests_on(desk, below[n % len(below)], f"Layer {layer}, {n}, of {headline}") for n in range(each)]
    return first


def rests_on(desk: Desk, earlier: Fact, headline: str) -> Fact:
    """A printed story whose one fact rests on an earlier one."""
    article = desk.article(headline)
    fact = desk.fact(article, f"{headline}.", sources=[], confirmed=False)
    fact.wording.confirmations.create(basis="earlier", earlier=earlier.wording, recorded_by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    desk.published(article)
    return fact


def fall(desk: Desk, fact: Fact, stories: int) -> Callable[[], object]:
    """Un-confirms a fact and counts what left print by it; then nothing happened."""

    def act() -> None:
        with transaction.atomic():
            before = Publication.objects.in_print().count()
            confirming.unconfirm(fact, by=desk.editor, reason="A doubt")
            fallen = before - Publication.objects.in_print().count()
            assert fallen == stories + 1, f"{fallen} stories left print, not {stories + 1}"
            transaction.set_rollback(True)

    return act


def tell_prints(desk: Desk) -> None:
    """Publishing a story of thirty facts and of three, and how often it asks the database for the law."""
    stories = {count: iter([ready(desk, count, number) for number in range(ROUNDS + 1)]) for count in (3, FACTS)}

    def printing(count: int) -> Callable[[], Callable[[], object]]:
        def prepare() -> Callable[[], object]:
            article = next(stories[count])
            return lambda: publish(article, by=desk.editor)

        return prepare

    took = medians({f"{count} facts": printing(count) for count in stories}, rounds=ROUNDS, warm=1)
    tell("publishing", took, f"{FACTS} facts", "3 facts")
    article = ready(desk, FACTS, ROUNDS + 1)
    asked = []

    def listen(execute: Callable, sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        publish(article, by=desk.editor)
    law = [sql for sql in asked if "gate_" in sql or "SET CONSTRAINTS ALL IMMEDIATE" in sql]
    print(f"publishing {FACTS} facts: {len(asked)} statements, {len(law)} of them the law: {'; '.join(law)}")


def ready(desk: Desk, facts: int, number: int) -> Article:
    """A signed story of so many facts."""
    article = desk.article(f"Story {number} of {facts} facts")
    sources = [desk.source(), desk.source()]
    for n in range(facts):
        desk.fact(article, f"It happened, {n}.", sources=sources)
    return desk.signed(article)


if __name__ == "__main__":
    main()
