"""Mutants made from the SQL itself: every refusal unsaid, every trigger unmade, every table out of its list."""

from __future__ import annotations

import re

from tests.mutants import LAW, Mutant

FUNCTION = re.compile(r"^CREATE OR REPLACE FUNCTION (\w+)\(", re.M)
REFUSAL = re.compile(r"PERFORM gate_refuse\('(\w+)'\);|RAISE EXCEPTION[^;]*?MESSAGE = '([^']*)'[^;]*;", re.S)
TRIGGER = re.compile(r"^CREATE (?:OR REPLACE|CONSTRAINT) TRIGGER (\w+) .*? ON (\w+)[^;]*;", re.M | re.S)
LIST = re.compile(r"FOREACH t IN ARRAY ARRAY\[(.*?)\]\s*LOOP\s*EXECUTE format\('CREATE OR REPLACE TRIGGER (\w+)", re.S)
NOTED = re.compile(r"\('(\w+)', '(INSERT|UPDATE|DELETE)',")
REVISED = re.compile(r"\('(\w+)',\s*'SELECT")


def mutants() -> list[Mutant]:
    """All of them, in the order of the files."""
    return [m for file in LAW for m in [*_refusals(file), *_triggers(file), *_lists(file)]]


def _refusals(file: str) -> list[Mutant]:
    text, found = LAW[file], []
    for match in REFUSAL.finditer(text):
        function = FUNCTION.findall(text, 0, match.start())[-1]
        name = f"{function} does not refuse: {match[1] or match[2]}"
        before = sum(m.name.startswith(name) for m in found)
        # The words stand more than once in one function where a rule has two conditions: they are told by what is before.
        lead = text[max(0, match.start() - 120) : match.start()]
        found.append(
            Mutant(
                name + (f" ({before + 1})" if before else ""), "", lead + match[0], f"{lead}NULL;", file, match[1] or ""
            )
        )
    return found


def _triggers(file: str) -> list[Mutant]:
    return [
        Mutant(f"no {match[1]} on {match[2]}", "", match[0], "", file, f"{match[1]} on {match[2]}")
        for match in TRIGGER.finditer(LAW[file])
    ]


def _lists(file: str) -> list[Mutant]:
    text, found = LAW[file], []
    for match in LIST.finditer(text):
        for table in re.findall(r"'(\w+)'", match[1]):
            what = f"{match[2]} on {table}"
            without = re.sub(rf"'{table}',\s*|,\s*'{table}'(?=\s*$)", "", match[1], count=1)
            found.append(Mutant(f"no {what}", "", match[0], match[0].replace(match[1], without), file, what))
    for begins, trigger, tables in (
        ("What a publication in print rests on", "gate_note", NOTED),
        ("What a reader would see of a story", "gate_revise", REVISED),
    ):
        start = text.find(f"-- {begins}")
        if start < 0:
            continue
        for row in tables.finditer(text, start, text.index("END LOOP", start)):
            what = f"{trigger} on {row[1]}"
            found.append(_without_row(file, text, row, what))
    return found


def _without_row(file: str, text: str, row: re.Match[str], what: str) -> Mutant:
    """The rule's query finds nothing."""
    begins = text.index("'", row.start() + len(f"('{row[1]}'"))
    if row.re is NOTED:
        begins = text.index("'", row.end())
    ends = re.compile(r"'\)").search(text, begins)
    assert ends is not None
    query = text[begins : ends.start()]
    old = text[row.start() : ends.start()]
    return Mutant(
        f"no {what}", "", old, old.replace(query, f"'SELECT x FROM ({query[1:]}) AS y (x) WHERE false"), file, what
    )
