"""Sequences in which a reader once saw what she must not: each step of the machine with what it was given."""

from __future__ import annotations

from typing import Any

Steps = list[tuple[str, dict[str, Any]]]

DAY = {"covers": True, "guests": True}


def typed(what: str, n: int = 0, m: int = 0) -> tuple[str, dict[str, Any]]:
    return "types_sql", {"what": what, "n": n, "m": m}


# Stories, proofs and publications by number: 0 First, 1 Signed (not printed), 2 Mixed, 3 Later, 4 the translation of First.
FOUND: dict[str, Steps] = {
    "a translation stays when its original leaves at the end of an emergency": [
        ("declares_an_emergency", {"n": 0, "e": 0, "second": 2, "hours": 20, "prints": True}),
    ],
    "a translation stays when its original leaves at the end of an emergency, and took no other version's place": [
        ("types_two_statements_as_one", {"what": "supersedes one", "more": "un-pulls one", "n": 0, "m": 0}),
        ("declares_an_emergency", {"n": 0, "e": 0, "second": 2, "hours": 20, "prints": True}),
    ],
    "a translation is untied from its original, which is then pulled": [
        typed("no translation of anything"),
        ("pulls", {"n": 0}),
    ],
    "an earlier fact is out of print between two versions": [
        ("goes_through_the_whole_gate", {"n": 0, "later": 1, "e": 0}),
        typed("goes live later", n=1),
    ],
    "an earlier fact falls under a story that rests on it in other words": [
        ("rewords_and_confirms_on_what_carried_it", {"n": 4, "e": 0}),
        ("goes_through_the_whole_gate", {"n": 3, "later": 0, "e": 0}),
        ("pulls", {"n": 0}),
    ],
    "a source can't fall while two versions of a story wait for their hours": [
        ("goes_through_the_whole_gate", {"n": 0, "later": 1, "e": 0}),
        ("goes_through_the_whole_gate", {"n": 0, "later": 2, "e": 0}),
        ("vets", {"s": 0, "standing": "discredited"}),
    ],
    "an earlier fact is tied to a story of the archive alone": [
        typed("brings in a story", n=1, m=2),
        typed("a record of the door for old stories", n=1, m=2),
    ],
    "a story that leaves by itself is not held back": [
        ("goes_through_the_whole_gate", {"n": 1, "later": 1, "e": 0}),
        typed("leaves, and is held", n=4),
        typed("an embargo", n=1),
    ],
    "a stagger without end": [typed("staggers for ever, and discredits", n=1, m=2)],
    "a stagger of a source that was never confirmed": [
        ("records_a_sources_word", {"n": 0, "s": 4, "told": None}),
        ("confirms", {"n": 0, "e": 0, "carried": False, "more": 0}),
        typed("staggers", n=4, m=2),
        typed("discredits", n=0, m=1),
    ],
    "a coverage that does not say what it states": [
        ("the_policy_of_the_day", DAY),
        typed("takes every context away"),
        typed("prints a proof of which the rest does not say what it states", n=1, m=0),
    ],
    "a coverage that states nothing by a fact without key": [
        ("the_policy_of_the_day", DAY),
        typed("takes every context away"),
        typed("prints a proof of which the rest states something", n=1, m=0),
    ],
    "a third account of a pen name": [
        ("changes_the_byline", {"n": 1, "b": 2}),
        ("changes_who_stands_behind_a_byline", {"b": 0, "e": 1, "leaves": False}),
        ("changes_who_stands_behind_a_byline", {"b": 1, "e": 0, "leaves": False}),
        ("goes_through_the_whole_gate", {"n": 1, "later": 0, "e": 0}),
    ],
    "a pull of a version whose successor comes out at that instant": [
        ("two_at_once", {"first": "publish", "second": "pull", "n": 0, "m": 0, "commits": True}),
    ],
    "a withdrawal of a version whose successor comes out at that instant": [
        ("two_at_once", {"first": "publish", "second": "withdraw", "n": 0, "m": 0, "commits": True}),
    ],
}
