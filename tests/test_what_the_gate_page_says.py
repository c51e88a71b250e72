"""docs/gate.md says what the gate can say and what was tried against it: neither less nor more."""

import inspect
import re

import pytest

import tests.test_attribution_attacks
import tests.test_gate_attacks  # noqa: F401
from articles import gate
from newsroom.settings.environment import PROJECT
from tests.attacking import ATTACKS

PAGE = (PROJECT / "docs" / "gate.md").read_text()
# Everything between quotes that looks like a code, in the places where the law names one.
NAMES_A_CODE = (
    r"gate_refuse\('(\w+)'\)",
    r"SELECT (?:DISTINCT )?'(\w+_\w+)'",
    r"THEN '(\w+_\w+)'",
    r"ELSE '(\w+_\w+)'",
    r":= '(\w+_\w+)'",
    r"\('(\w+_\w+)', [a-zA-Z]",
)
NO_CODES = {"under_review"}


def law() -> str:
    # What record.sql names are faults that `manage.py verify_record` tells, not refusals.
    return "".join((PROJECT / "articles" / "sql" / name).read_text() for name in ("gate.sql", "corrections.sql"))


def codes_of_the_law() -> set[str]:
    return {code for pattern in NAMES_A_CODE for code in re.findall(pattern, law())} - NO_CODES


def rows(title: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    part = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("\\|", "|") for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_each_code_has_one_row_and_no_row_is_stale():
    listed = [code.strip("`") for code, _asks, _mended in rows("The codes")]
    assert len(listed) == len(set(listed))
    assert set(listed) == codes_of_the_law()


@pytest.mark.parametrize("code", sorted(codes_of_the_law()))
def test_each_code_has_a_sentence(code):
    said = {**gate.SENTENCES, **gate.LACKS}
    assert code in said or f'code == "{code}"' in inspect.getsource(gate._sentence)


def test_no_sentence_is_for_a_code_that_nobody_gives():
    assert {*gate.SENTENCES, *gate.LACKS} - {"fact_lost_sources"} <= codes_of_the_law()


def test_the_list_of_attacks_is_that_of_the_tests():
    listed = {name: (test.strip("`"), answer.replace("`", "")) for name, test, answer in rows("What was tried")}
    assert listed == ATTACKS
    assert len(ATTACKS) >= 40
