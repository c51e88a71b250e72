"""docs/protecting-sources.md and its Korean twin: the same rows, each shown by tests that are there."""

import ast
import re
from pathlib import Path

import pytest

from newsroom.settings.environment import PROJECT

PAGES = {
    language: PROJECT / "docs" / f"protecting-sources{ending}.md" for language, ending in (("en", ""), ("ko", ".ko"))
}
COLUMNS = 6


def rows(page: Path) -> list[list[str]]:
    """The cells of each threat."""
    lines = [line for line in page.read_text().splitlines() if re.match(r"\| \d+\. ", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named(row: list[str]) -> list[str]:
    return re.findall(r"`(test_\w+)`", row[4])


@pytest.mark.parametrize("language", PAGES)
def test_each_threat_says_everything(language: str) -> None:
    threats = rows(PAGES[language])
    assert len(threats) > 20
    assert [int(row[0].partition(".")[0]) for row in threats] == list(range(1, len(threats) + 1))
    for row in threats:
        assert len(row) == COLUMNS
        assert all(row), row
        assert named(row), row


def test_the_twins_name_the_same_tests_row_by_row() -> None:
    english, korean = rows(PAGES["en"]), rows(PAGES["ko"])
    assert [named(row) for row in english] == [named(row) for row in korean]
    # What stands out in one stands out in the other.
    assert [[cell.count("**") for cell in row] for row in english] == [
        [cell.count("**") for cell in row] for row in korean
    ]


def test_each_test_that_is_named_is_there() -> None:
    every = {name for page in PAGES.values() for row in rows(page) for name in named(row)}
    missing = {name for name in every if not (PROJECT / "tests" / f"{name}.py").exists()}
    assert not missing
    assert not {name for name in every if not found_in((PROJECT / "tests" / f"{name}.py").read_text())}


def found_in(text: str) -> list[str]:
    """The tests that pytest would find in a file: functions, also within a class of tests."""
    found = []
    for node in ast.parse(text).body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        found += [
            each.name
            for each in inside
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name.startswith("test_")
        ]
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("# def test_nothing(): pass", 0),
        ("def helper():\n    def test_inside(): pass", 0),
        ("def test_it(): pass", 1),
        ("class TestIt:\n    def test_it(self): pass\n    def look(self): pass", 1),
    ],
)
def test_a_file_without_a_test_shows_nothing(text: str, number: int) -> None:
    assert len(found_in(text)) == number
