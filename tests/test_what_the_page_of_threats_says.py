"""docs/protecting-sources.md and its Korean twin: the same rows, each shown by tests that are there."""

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
