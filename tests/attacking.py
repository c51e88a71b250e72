"""What the tests of attacks share: each attack has a name and an answer, and docs/gate.md lists them all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError

from articles.gate import BLOCKED, DOES_NOT_FIT, GateError

# Name -> the test that tries it, and what the attacker hears: an SQLSTATE with the gate's codes, a status of HTTP, the name
# of an act's refusal, or what becomes of the story.
ATTACKS: dict[str, tuple[str, str]] = {}


def attack[T: Callable[..., Any]](name: str, answer: str) -> Callable[[T], T]:
    """Enlists one test; the fixture ``answer`` hands it what the attacker must hear."""

    def enlist(test: T) -> T:
        _enlist(name, answer, test)
        test.answer = answer  # type: ignore[attr-defined]
        return test

    return enlist


def attacks[T: Callable[..., Any]](*cases: tuple[str, str, Any]) -> Callable[[T], T]:
    """Enlists one test with several ways: (name, answer, ``way``)."""

    def enlist(test: T) -> T:
        for name, answer, _way in cases:
            _enlist(name, answer, test)
        rows = [pytest.param(answer, way, id=name) for name, answer, way in cases]
        return pytest.mark.parametrize(("answer", "way"), rows)(test)

    return enlist


def _enlist(name: str, answer: str, test: Callable[..., Any]) -> None:
    assert name not in ATTACKS, name
    ATTACKS[name] = (test.__name__, answer)


def answer_of(deed: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """What somebody hears who does this: ``done``, or SQLSTATE and codes of the refusal in the order of the alphabet."""
    try:
        deed(*args, **kwargs)
    except GateError as refusal:
        return _said(refusal.code, {blocker.code for blocker in refusal.blockers})
    except (DatabaseError, psycopg.Error) as error:
        diagnosis = (error if isinstance(error, psycopg.Error) else error.__cause__).diag  # type: ignore[union-attr]
        state, detail = diagnosis.sqlstate, diagnosis.message_detail
        return _said(state, {row["code"] for row in json.loads(detail)} if state in (BLOCKED, DOES_NOT_FIT) else set())
    return "done"


def _said(state: str, codes: set[str]) -> str:
    return " ".join([state, *sorted(codes)])
