"""What the machine types at the prompt must be refused by the law, not by the parser."""

from __future__ import annotations

import re

import psycopg
import pytest

from articles.models import Stagger
from tests.factories import Desk, StaffFactory
from tests.machine.prompt import STATEMENTS

# Syntax, names, types (all of class 42), an empty column that the table asks for, a value that is none of its type.
ILL_FORMED = re.compile(r"42|23502|22P02")


@pytest.fixture
def prompt(committed_db, database_server):
    """Nobody's law: a superuser's line, on which no trigger and no foreign key is asked."""
    from django.db import connection

    desk = Desk()
    desk.published()
    Stagger.objects.create(
        source=desk.source(), standing="discredited", reason="-", last_day="2030-01-01", proposed_by=desk.chief
    )
    guest = StaffFactory(roles=["guest signatory"])
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**database_server.administrator.in_database(name).psycopg, autocommit=True) as line:
        row = line.execute(
            "SELECT p.id, pr.proof_id, pr.article_id FROM reader_publication p JOIN articles_printing pr"
            " ON pr.publication_id = p.id"
        ).fetchone()
        keys = dict(zip(("publication", "proof", "article"), row, strict=True))
        for table in ("fact", "wording", "confirmation"):
            keys[table] = line.execute(f"SELECT max(id) FROM articles_{table}").fetchone()[0]
        sources = line.execute("SELECT min(id), max(id) FROM sources_source").fetchone()
        keys |= {"source": sources[0], "other_source": sources[1], "other_wording": keys["wording"]}
        keys |= {"person": desk.chief.pk, "second": desk.editor.pk, "guest": guest.pk}
        yield line, keys


def test_the_hostile_statements_are_well_formed(prompt):
    line, keys = prompt
    wrong = {}
    for name, text in STATEMENTS.items():
        try:
            with line.transaction(force_rollback=True):
                line.execute("SET LOCAL session_replication_role = replica")
                line.execute(re.sub(r"^BEGIN[^;]*; |; COMMIT$", "", text.format(**keys)))
        except psycopg.Error as error:
            if ILL_FORMED.match(error.sqlstate or "42"):
                wrong[name] = str(error)
    assert not wrong
