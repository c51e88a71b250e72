"""The second factor with a real browser, a real desk and a (virtual) authenticator: from the first password to the desk.

Nothing here touches the ORM in this process; accounts are made in a process of the desk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyotp
import pytest

from tests.test_a_guest_in_the_browser import PASS_PHRASE, Guest, reads_well

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import LiveHouses

FACTOR = "NEWSROOM_SECOND_FACTOR"
STAFF = """
from tests.factories import Desk, StaffFactory
desk = Desk()
desk.agree(min_sources=2)
for name in ("first", "second", "third", "fourth"):
    StaffFactory(username=name, roles=["editor"])
story = desk.signed()
print("story", story.pk)
"""


@pytest.fixture(scope="module")
def with_the_factor() -> Iterator[None]:
    """The houses of this module open as a newsroom's do."""
    before = os.environ.get(FACTOR)
    os.environ[FACTOR] = "yes"
    yield
    if before is None:
        del os.environ[FACTOR]
    else:
        os.environ[FACTOR] = before


@pytest.fixture(scope="module")
def live_houses(with_the_factor: None, live_houses: LiveHouses) -> LiveHouses:
    return live_houses


@pytest.fixture(scope="module")
def desk(live_houses: LiveHouses) -> str:
    """The desk's address by name: a browser keeps no passkey for a number."""
    return live_houses.desk.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def story(live_houses: LiveHouses) -> str:
    said = live_houses.manage("shell", "-c", STAFF)
    found = re.search(r"story (\d+)", said)
    assert found, said
    return found[1]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    contexts = []

    def open_one(width: int = 1280, **options: Any) -> Guest:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Guest(context.new_page())

    yield open_one
    for context in contexts:
        context.close()


def types_the_password(visit: Guest, desk: str, name: str, page: str = "/desk/") -> None:
    visit.page.goto(desk + page)
    visit.page.fill("#id_username", name)
    visit.page.fill("#id_password", PASS_PHRASE)
    visit.press("Log in")


def where(visit: Guest) -> str:
    return "/" + visit.page.url.split("/", 3)[3]


def test_a_passkey_from_the_first_log_in_to_the_next(opened, desk, story):
    hers = opened(width=360)
    hers.has_a_device()
    types_the_password(hers, desk, "first", page="/desk/photos/photo/")
    assert where(hers) == "/desk/door/new/" and "One more key to the desk" in hers.says()
    reads_well(hers.page)
    # Nothing else is open yet.
    for page in ("/desk/", "/desk/sources/source/", f"/desk/articles/article/{story}/change/"):
        assert "/desk/login/" in hers.page.request.get(desk + page).url
    hers.page.goto(desk + "/desk/door/new/")
    hers.page.fill("#key-name", "Telephone")
    hers.press("Register a passkey")
    assert where(hers) == "/desk/door/codes/"
    assert len(re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", hers.says())) == 10
    reads_well(hers.page)
    hers.press("I have written them down")
    assert where(hers) == "/desk/photos/photo/"
    hers.page.goto(desk + "/desk/door/")
    says = hers.says()
    assert "Telephone" in says and "10 codes are left" in says and "Chrome on Linux" in says
    reads_well(hers.page)

    hers.press("Log out")
    types_the_password(hers, desk, "first")
    assert where(hers) == "/desk/door/second-step/"
    reads_well(hers.page)
    hers.press("Use my passkey")
    assert where(hers) == "/desk/"
    # Or the passkey alone, which is both: something she has, and her finger.
    hers.press("Log out")
    hers.page.goto(desk + "/desk/login/")
    reads_well(hers.page)
    hers.press("Log in with a passkey")
    assert where(hers) == "/desk/"
    assert not hers.wrong and len(hers.hosts) == 1


def test_an_app_without_scripts_and_a_recovery_code(opened, desk, story):
    hers = opened(java_script_enabled=False)
    types_the_password(hers, desk, "second")
    assert "A passkey needs JavaScript" in hers.says()
    secret = hers.page.locator(".secret").inner_text().replace(" ", "")
    box = hers.page.locator(".code-picture svg").bounding_box()
    assert box and box["width"] > 150 and abs(box["width"] - box["height"]) < 2
    app = pyotp.TOTP(secret)
    hers.page.fill("#code", app.now())
    hers.press("Set up the app")
    codes = [code.inner_text() for code in hers.page.locator(".codes code").all()]
    hers.press("I have written them down")
    assert where(hers) == "/desk/"

    elsewhere = opened(java_script_enabled=False)
    types_the_password(elsewhere, desk, "second")
    elsewhere.page.fill("#code", app.now())
    elsewhere.press("Log in")
    if "have been used" in elsewhere.says():  # the same half-minute still
        elsewhere.page.fill("#code", codes[0].lower())
        elsewhere.press("Log in")
        assert "9 recovery codes left" in elsewhere.says()
    assert where(elsewhere) == "/desk/"
    # Seen and ended from the other machine.
    hers.page.goto(desk + "/desk/door/")
    assert hers.page.locator("#places + ul li").count() == 2
    hers.press("Log out everywhere else")
    elsewhere.page.goto(desk + "/desk/")
    assert where(elsewhere).startswith("/desk/login/")


def test_somebody_who_guesses_is_told_when_to_try_again(opened, desk, story):
    guessing = opened(width=360)
    for _n in range(5):
        guessing.page.goto(desk + "/desk/login/")
        guessing.page.fill("#id_username", "third")
        guessing.page.fill("#id_password", "not hers")
        guessing.press("Log in")
    assert "Too many tries did not succeed. Try again in" in guessing.says()
    assert guessing.page.input_value("#id_username") == "third"
    reads_well(guessing.page)


def test_publishing_asks_who_is_there_and_goes_on(opened, desk, story, live_houses):
    hers = opened(width=360)
    hers.has_a_device()
    types_the_password(hers, desk, "fourth")
    hers.page.fill("#key-name", "Key")
    hers.press("Register a passkey")
    hers.press("I have written them down")
    live_houses.manage("shell", "-c", LEFT_ALONE.format(cookie=cookie_of(hers)))
    hers.page.goto(f"{desk}/desk/stories/{story}/publication/")
    hers.press("Publish now in the English edition")
    assert "Is it you?" in hers.says() and "nothing you typed is lost" in hers.says()
    reads_well(hers.page)
    hers.press("With my passkey")
    assert "Readers see it now." in hers.says()
    assert not [said for said in hers.wrong if "403" not in said]


LEFT_ALONE = """
from staff.sessions import PROVEN, SessionStore
session = SessionStore("{cookie}")
session[PROVEN] = 0
session.save()
"""


def cookie_of(visit: Guest) -> str:
    return next(cookie["value"] for cookie in visit.page.context.cookies() if cookie["name"] == "desk")
