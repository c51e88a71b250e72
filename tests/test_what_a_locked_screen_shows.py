"""A screen that covered itself shows the cover and nothing else, whichever page is asked for, and counts each guess."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from staff.models import AuthenticatorApp, FailedEntry, Passkey, RecoveryCode
from staff.sessions import LOCKED, PROVEN
from tests.desks import at_the_desk
from tests.factories import Desk

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
# What answers under the cover: its own buttons, and that the desk stands.
ANSWERS = {"admin:locked", "admin:logout", "admin:language", "healthz"}
GIVEN = {"token": "none"}


def pages_without_log_in() -> dict[str, str]:
    """Every page that the desk opens to whoever is not logged in, from its addresses: name and address."""
    found: dict[str, str] = {}

    def walk(patterns: list[Any], space: str) -> None:
        for each in patterns:
            if not isinstance(each, URLPattern):
                walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
            elif not getattr(each.callback, "login_required", True):
                if not each.name:
                    found[str(each.pattern)] = f"/{each.pattern}"
                    continue
                name = f"{space}{each.name}"
                found[name] = reverse(name, kwargs={key: GIVEN.get(key, 1) for key in each.pattern.converters})

    walk(get_resolver().url_patterns, "")
    return found


@pytest.fixture
def locked() -> Client:
    client = at_the_desk(Desk().editor)
    assert client.post("/desk/locked/", headers={"accept": "application/json"}).json() == {}
    return client


def test_the_pages_open_before_log_in_are_found():
    assert {"doors:codes", "doors:new_factor", "admin:login", "guest_door:sign_in", "guests:home"} <= set(
        pages_without_log_in()
    )


@pytest.mark.parametrize("how", ["get", "post"])
@pytest.mark.parametrize("page", sorted(set(pages_without_log_in()) - ANSWERS))
def test_no_page_of_the_door_opens_under_the_cover(locked, page, how):
    answer = getattr(locked, how)(
        pages_without_log_in()[page], {"code": "000000", "answer": "{}"} if how == "post" else {}
    )
    assert answer.status_code == 403 and "Locked" in answer.text
    assert LOCKED in locked.session and not {"door-secret", "door-codes", "door-challenge"} & set(locked.session.keys())
    assert not Passkey.objects.exists() and not AuthenticatorApp.objects.exists() and not RecoveryCode.objects.exists()


def test_the_same_pages_answer_once_the_password_was_given(locked):
    locked.post("/desk/locked/", {"password": PASSWORD})
    assert locked.get("/desk/door/codes/").status_code == 200


def test_locking_forgets_that_she_proved_who_she_is(locked):
    assert PROVEN not in locked.session
    locked.post("/desk/locked/", {"password": PASSWORD})
    assert PROVEN in locked.session


def test_a_password_typed_at_the_door_is_not_kept_on_the_cover(locked):
    answer = locked.post("/desk/login/", {"username": "editor", "password": "a guess at it"})
    assert answer.status_code == 403 and "a guess at it" not in answer.text


@pytest.mark.parametrize("address", ["/desk/locked/", "/desk/", "/desk/door/codes/", "/desk/language/"])
def test_the_pages_own_question_who_it_is_judges_no_password_under_the_cover(locked, address):
    """Else guesses are made there that the cover does not count."""
    for guess in ("not it", PASSWORD):
        locked.post(address, {"again-password": guess})
        assert LOCKED in locked.session and PROVEN not in locked.session
    assert not FailedEntry.objects.exists()


def test_five_guesses_end_the_session_wherever_they_are_made(locked):
    for n in range(5):
        assert "_auth_user_id" in locked.session, n
        locked.post("/desk/locked/", {"again-password": "not it"})
        locked.post("/desk/door/codes/", {"again-password": "not it", "password": "not it"})
        answer = locked.post("/desk/locked/", {"password": "not it", "again-password": "not it"})
    assert answer["Location"] == "/desk/login/" and "_auth_user_id" not in locked.session


def test_logging_out_and_the_health_page_answer_under_the_cover(locked):
    assert "Locked" not in locked.get("/healthz").text
    assert locked.post("/desk/logout/").status_code == 200
    assert "_auth_user_id" not in locked.session
