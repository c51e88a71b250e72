"""What the record costs: the same acts with its triggers and with all but these; and how long verifying takes.

On scratch databases, committed, through the desk's own acts and role. Both sides have the whole gate.
"""
# ruff: noqa: E402 - models are imported once Django stands.

import io
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.test"

import django

django.setup()

import psycopg
from django.conf import settings
from django.core.management import call_command

from articles import confirming
from articles.models import Article, Entry
from articles.publishing import publish
from bench.apparatus.clock import medians, tell
from bench.apparatus.scratch import Lines, past_the_law, twin
from bench.gate import FACTS, FIGURES, ROUNDS, WARM, Newsroom, on, save_draft, tell_us
from tests import clones
from tests.clones import PREFIX, Server

OF_THE_RECORD = ("entry_of_insert", "record_update", "record_delete")
MANY = 100_000

# Entries of one table, chained like any other: what a paper's years amount to.
YEARS = """
DO $$ BEGIN
    FOR n IN 1..{count} LOOP
        PERFORM record_add('bench', n::text, 'insert', 1, 1, '{{"id": 1, "at": "2026-05-04T03:00:00+00:00"}}', '{{}}',
                           '{{"reason": "Somebody rang and said that it was so."}}', '{{}}');
    END LOOP;
END $$
"""


def main() -> None:
    """Print what each act costs with the record and without it, and the pace of verify_record."""
    with tempfile.TemporaryDirectory() as media, clones.open_server() as server, server.clone("record") as with_record:
        settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = Path(media, "private"), Path(media, "public")
        with Lines(making=server.address("desk", with_record)) as lines:
            lines.use("making")
            newsroom = Newsroom()
            facts = newsroom.printed_facts()
        with twin(server, with_record) as without:
            switch_record_off(server, without)
            addresses = {"with": server.address("desk", with_record), "without": server.address("desk", without)}
            with Lines(**addresses) as lines:
                tell_acts(lines, newsroom, facts)
                lines.use("with")
                tell_verifying(server, with_record)


def switch_record_off(server: Server, database: str) -> None:
    """The record's triggers in a scratch database, as its owner; the gate's stay."""
    assert database.startswith(PREFIX)
    with psycopg.connect(**server.address("owner", database).psycopg) as owner:
        found = owner.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname = ANY (%s)", [list(OF_THE_RECORD)]
        ).fetchall()
        for name, table in found:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def tell_acts(lines: Lines, newsroom: Newsroom, facts: list[Any]) -> None:
    """The acts of bench/gate.py, with the record and without."""
    desk = newsroom.desk
    number = itertools.count(1)
    acts: dict[str, tuple[Callable[[Any], object], Iterable[Any]]] = {
        f"saving a draft of {FACTS} facts": (lambda _: save_draft(newsroom, next(number)), itertools.repeat(None)),
        "saving another word of a story": (lambda _: save_words(newsroom, next(number)), itertools.repeat(None)),
        "recording a source's word for a fact in print": (lambda fact: tell_us(desk, newsroom.sources[0], fact), facts),
        "an editor's confirmation of a fact in print": (lambda fact: confirming.confirm(fact, by=desk.editor), facts),
        f"publishing {FACTS} facts, {FIGURES} figures": (
            lambda story: publish(story, by=desk.editor),
            newsroom.ready,
        ),
    }
    for what, (act, stock) in acts.items():
        sides = {name: on(lines, name, act, iter(stock)) for name in ("with", "without")}
        took = medians(sides, rounds=ROUNDS, warm=WARM)
        tell(what, {"with the record": took["with"], "without": took["without"]}, "with the record", "without")


def save_words(newsroom: Newsroom, number: int) -> None:
    """A reporter's save of a story that is there: what happens a hundred times a day, and leaves no entry."""
    story = Article.objects.filter(created_by=newsroom.desk.reporter).latest("pk")
    story.standfirst = f"Word {number}."
    story.save()


def tell_verifying(server: Server, database: str) -> None:
    """verify_record in a long record."""
    with past_the_law(server, database) as connection:
        connection.execute(YEARS.format(count=MANY))
    entries = Entry.objects.count()
    began = time.perf_counter()
    call_command("verify_record", stdout=io.StringIO())
    took = time.perf_counter() - began
    print(f"verify_record of {entries} entries: {took:.2f} s, {took / entries * 1e6:.0f} µs an entry")


if __name__ == "__main__":
    main()
