"""docs/protecting-sources.md and its Korean twin: the same rows, each shown by tests that are there."""

import re
from pathlib import Path

import pytest

from newsroom.settings.environment import PROJECT

PAGES = {
    language: PROJECT / "docs" / f"protecting-sources{ending}.md" for language, ending in (("en", ""), ("ko", ".ko"))
}
COLUMNS = 6
# Named, and not here yet. What has come is taken off this list.
COMING = {
    "test_a_keeper_on_her_own_machine",
    "test_a_protected_term_in_a_story",
    "test_an_unattended_screen",
    "test_attacks_on_the_doors",
    "test_attribution_attacks",
    "test_forgetting_a_source",
    "test_forgotten_bytes_are_gone",
    "test_getting_into_the_desk",
    "test_handing_over_a_source",
    "test_how_a_source_is_named",
    "test_keeping_the_keys",
    "test_looking_at_a_source_of_a_colleague",
    "test_naming_a_source_in_the_text",
    "test_noting_every_look",
    "test_proving_it_is_you",
    "test_scanning_for_protected_terms",
    "test_sealing_in_a_browser",
    "test_sealing_what_identifies_a_source",
    "test_second_factor",
    "test_seeing_what_is_printed_of_a_source",
    "test_sessions_of_the_desk",
    "test_spelling_out_what_is_hidden",
    "test_talks_age",
    "test_warning_before_signing",
    "test_what_a_colleague_can_see",
    "test_what_a_failure_tells",
    "test_what_forgetting_leaves",
    "test_what_the_scan_keeps",
    "test_who_could_know_it",
}


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
    assert missing == COMING
