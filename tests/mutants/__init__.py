"""Broken laws: the SQL of the gate with one rule broken at a time. For each a test must fail.

    make mutants                      all of them
    make mutants RULES="hold agreed"  those whose name holds one of these words

Written by hand: `facts`, `words`, `stories`, `printing`, `deeds`, `naming`, `forgetting`. Made from the SQL itself, so that no rule added later goes
without: `made` (each refusal, each trigger, each table in a list). `killed_by.json` says which test failed for which mutant
when they were last tried; tests/test_every_rule_has_its_mutant.py holds it complete.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from newsroom import standing

HERE = Path(__file__).parent
KILLED_BY = HERE / "killed_by.json"
# The rights are asked for by tests of their own, and so are the record, the doors and the looks.
ELSEWHERE = ("grants.sql", "record.sql", "doors.sql", "looks.sql")
LAW = {name: file.read_text() for name, file in standing.SQL_FILES.items() if name not in ELSEWHERE}


class Stale(Exception):
    """The words that a mutant changes are not in the law any more, or stand there more than once."""


@dataclass(frozen=True)
class Mutant:
    """One rule broken: in a function of a file, `old` becomes `new`."""

    name: str
    function: str
    old: str
    new: str
    file: str = "gate.sql"
    # The code or the trigger that is said no more, where it is one.
    breaks: str = ""
    # The file of tests that is asked first.
    ask: str = ""

    def law(self) -> str:
        """The text of the file with this rule broken."""
        text = LAW[self.file]
        start, end = part(text, self.function) if self.function else (0, len(text))
        if text.count(self.old, start, end) != 1:
            raise Stale(f"{self.name}: its words stand {text.count(self.old, start, end)} times in {self.function}.")
        return text[:start] + text[start:end].replace(self.old, self.new) + text[end:]


def part(text: str, function: str) -> tuple[int, int]:
    """Where a function stands in a file."""
    found = re.search(rf"^CREATE OR REPLACE FUNCTION {function}\(.*?(\$\$;$|withdrawn_at IS NULL;$)", text, re.M | re.S)
    if found is None:
        raise Stale(f"There is no function {function}.")
    return found.span()


def broken(function: str, *rows: tuple[str, ...], file: str = "gate.sql") -> list[Mutant]:
    """Mutants of one function: its name in plain words, old text, new text, and the code that it silences, if any."""
    return [Mutant(row[0], function, row[1], row[2], file, row[3] if len(row) > 3 else "") for row in rows]


def all_mutants() -> list[Mutant]:
    """Every mutant, each name once."""
    from tests.mutants import deeds, facts, forgetting, made, naming, printing, stories, words

    rooms = {
        "what_a_fact_rests_on": facts.MUTANTS,
        "which_words_state_what": words.MUTANTS,
        "what_keeps_a_story": stories.MUTANTS,
        "what_is_printed_and_when": printing.MUTANTS,
        "what_is_done_stays_done": deeds.MUTANTS,
        "talks_age": forgetting.TALKS,
        "forgetting_a_source": forgetting.MUTANTS,
        "how_a_source_is_named": naming.NAMING,
        "who_could_know_it": naming.KNOWING,
        "every_table_of_the_law": made.mutants(),
    }
    return [replace(m, ask=f"tests/test_{name}.py") for name, found in rooms.items() for m in found]


def killed_by() -> dict[str, str]:
    """By a mutant's name the test that failed for it."""
    return json.loads(KILLED_BY.read_text()) if KILLED_BY.exists() else {}


__all__ = ["LAW", "Mutant", "Stale", "all_mutants", "broken", "killed_by", "part"]
