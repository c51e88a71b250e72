"""Every rule of the law is broken by a mutant (tests/mutants), so that none stands there which no test would miss."""

import re
from pathlib import Path

import pytest

from tests.mutants import LAW, all_mutants, killed_by, made, part

MUTANTS = all_mutants()
BROKEN = {m.breaks for m in MUTANTS}


def functions() -> set[tuple[str, str]]:
    return {(file, name) for file, text in LAW.items() for name in made.FUNCTION.findall(text)}


def codes() -> set[str]:
    """Every code that the law says: in a list of blockers, or in a refusal."""
    said = set()
    for file, name in functions():
        start, end = part(LAW[file], name)
        text = LAW[file][start:end]
        said |= set(re.findall(r"gate_refuse\('(\w+)'\)", text))
        if name.endswith("_blockers"):
            said |= set(re.findall(r"'([a-z]+(?:_[a-z]+)+)'", text))
    return said


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda m: m.name)
def test_a_mutant_changes_the_law_in_one_place(mutant):
    """Stale words raise."""
    assert mutant.law() != LAW[mutant.file]


def test_each_has_a_name_of_its_own():
    names = [m.name for m in MUTANTS]
    assert len(names) == len(set(names))


def test_each_function_is_broken():
    missed = []
    for file, name in functions():
        start, end = part(LAW[file], name)
        text = LAW[file][start:end]
        if not any(m.file == file and (m.function == name or (not m.function and m.old in text)) for m in MUTANTS):
            missed.append(name)
    assert missed == []


def test_each_code_is_broken():
    assert codes() >= {"fact_unconfirmed", "hold_running", "archive_closed", "fact_is_on_record"}
    assert codes() - BROKEN == set()


def test_each_trigger_is_broken():
    for file, text in LAW.items():
        for match in made.TRIGGER.finditer(text):
            assert f"{match[1]} on {match[2]}" in BROKEN, file
    for trigger, least in (
        ("gate_lock", 40),
        ("gate_append_only", 20),
        ("gate_agreed_once", 4),
        ("gate_no_truncate", 20),
    ):
        assert len([what for what in BROKEN if what.startswith(f"{trigger} on ")]) >= least, trigger
    assert {"gate_note on articles_verdict", "gate_revise on articles_figure"} <= BROKEN


def test_each_mutant_was_killed():
    """A rule that no test misses is no rule."""
    assert sorted({m.name for m in MUTANTS} - killed_by().keys()) == [], (
        "Run make mutants RULES=--missing, and write tests for what lives."
    )


def test_who_killed_a_mutant_is_still_there():
    """`make mutants` writes down which test failed for which mutant."""
    names = {m.name for m in MUTANTS}
    for name, killer in killed_by().items():
        assert name in names, f"There is no mutant “{name}” any more: run make mutants."
        file, test = killer.split("::", 1)
        assert f"def {test.split('[')[0]}(" in Path(file).read_text(), killer
