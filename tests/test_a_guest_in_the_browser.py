"""A guest with a real browser and its own (virtual) authenticator: registers, signs in, reads, signs; the story prints.

Nothing here touches the ORM in this process; the story is made by the desk's acts in a process of the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import LiveHouses

PASS_PHRASE = "a long pass phrase"
# An editor wrote it; another confirmed its facts; both may not sign.
NEWSROOM = """
from articles import confirming
from articles.proofing import ask_for_review
from tests.factories import Desk

desk = Desk()
desk.agree(min_sources=2, guests_sign=True)
story = desk.article("Rice is dearer in the north", created_by=desk.editor, standfirst="Two markets raised the price.")
fact = desk.fact(story, "The price of rice rose in two markets in May.", confirmed=False,
                 sources=[desk.source(alias="amber anvil"), desk.source(alias="copper heron")])
confirming.confirm(fact, by=desk.chief)
print("proof", ask_for_review(story, by=desk.editor).pk, "story", story.pk)
"""


class Guest:
    """Her browser. It remembers what went wrong in it and which hosts it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))

    def has_a_device(self, **options: Any) -> Any:
        """Plugs in an authenticator that knows its owner; answers with the session that speaks to it."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        made = session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                    **options,
                }
            },
        )
        return session, made["authenticatorId"]

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).first.click()

    def says(self) -> str:
        return " ".join(self.page.locator("body").inner_text().split())


@pytest.fixture(scope="module")
def story(live_houses: LiveHouses) -> dict[str, str]:
    """The numbers of a story that lacks a signature alone, and of its proof."""
    said = live_houses.manage("shell", "-c", NEWSROOM)
    found = re.search(r"proof (\d+) story (\d+)", said)
    assert found, said
    return {"proof": found[1], "story": found[2]}


@pytest.fixture(scope="module")
def by_name(live_houses: LiveHouses) -> str:
    """The desk's address by name: a browser keeps no passkey for a number."""
    return live_houses.desk.replace("127.0.0.1", "localhost")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    contexts = []

    def open_one(width: int = 1280, **options: Any) -> Guest:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Guest(context.new_page())

    yield open_one
    for context in contexts:
        context.close()


def at_the_desk(opened: Any, address: str, user: str, **options: Any) -> Guest:
    visit = opened(**options)
    visit.page.goto(f"{address}/desk/")
    visit.page.fill("#id_username", user)
    visit.page.fill("#id_password", PASS_PHRASE)
    visit.press("Log in")
    return visit


def reads_well(page: Page) -> None:
    """Nothing sticks out of a phone, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(page)
    assert not found.violations_count, found.generate_report()


def link_for_a_guest(opened: Any, address: str, first: str, last: str) -> str:
    chief = at_the_desk(opened, address, "chief")
    chief.page.goto(f"{address}/desk/staff/guest/add/")
    chief.page.fill("#id_first_name", first)
    chief.page.fill("#id_last_name", last)
    with chief.page.expect_navigation():
        chief.page.locator(".save-row .main-act").click()
    chief.press("Give a registration link")
    assert not chief.wrong
    return chief.page.locator("#link").input_value()


def test_from_the_link_to_print(opened, live_houses, by_name, story):
    link = link_for_a_guest(opened, by_name, "Ruth", "Adler")
    # The editor invites without scripts, as everything on the desk can be done.
    editor = at_the_desk(opened, by_name, "editor", java_script_enabled=False)
    page_of = f"{by_name}/desk/articles/article/{story['story']}/change/"
    editor.page.goto(page_of)
    editor.page.locator("#guests summary").click()
    editor.page.select_option("#guests select", label="Ruth Adler")
    editor.press("Invite this guest")
    assert "Ruth Adler may read the proof and sign it until" in editor.says()

    guest = opened(width=360)
    guest.has_a_device()
    guest.page.goto(link)
    assert "A passkey for Ruth Adler" in guest.says()
    reads_well(guest.page)
    guest.page.fill("#key-name", "Telephone")
    guest.press("Register a passkey")
    assert "Your passkey is registered" in guest.says()
    reads_well(guest.page)
    guest.press("Sign in with your passkey")
    assert "Rice is dearer in the north" in guest.says()
    reads_well(guest.page)
    guest.page.click("text=Rice is dearer in the north")
    says = guest.says()
    assert "Two markets raised the price." in says and "confirmed by chief" in says
    assert "Nothing is missing but a signature" in says
    assert "amber anvil" not in guest.page.content() and "copper heron" not in guest.page.content()
    reads_well(guest.page)
    guest.press("Sign with your passkey")
    assert "Your name stands under exactly these words." in guest.says() and "You signed this proof" in guest.says()
    assert not guest.wrong and guest.hosts == {urlsplit(by_name).netloc}

    editor.page.goto(page_of)
    assert "Signed by Ruth Adler, guest," in editor.says() and "Nothing blocks this story" in editor.says()
    editor.page.goto(f"{by_name}/desk/stories/{story['story']}/publication/")
    editor.press("Publish now in the English edition")
    assert "Readers see it now." in editor.says()

    # A reader is told no more of it than of others.
    reader = opened(java_script_enabled=False)
    reader.page.goto(f"{live_houses.site}/en/story/story-0/")
    content = reader.page.content()
    assert "Two markets raised the price." in content
    assert "Adler" not in content and "guest" not in content.lower()

    # The link is over; the desk's other pages are closed to her; her cookie ends with the browser.
    for closed in ("/desk/", f"/desk/stories/{story['story']}/proof/{story['proof']}/", "/desk/sources/source/"):
        assert guest.page.request.get(by_name + closed).status == 403
    assert guest.page.request.get(link).status == 410
    (cookie,) = [cookie for cookie in guest.page.context.cookies() if cookie["name"] == "desk"]
    assert cookie["expires"] == -1 and cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    guest.page.goto(f"{by_name}/desk/guest/")
    guest.press("Sign out")
    assert "Sign in with your passkey" in guest.says()


def test_a_device_that_does_not_know_its_owner_gives_no_passkey(opened, by_name, story):
    link = link_for_a_guest(opened, by_name, "Noa", "Levi")
    guest = opened()
    session, device = guest.has_a_device()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    guest.page.goto(link)
    guest.page.get_by_role("button", name="Register a passkey").click()
    guest.page.get_by_text("Your device gave no passkey. Try again.").wait_for()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    guest.press("Register a passkey")
    assert "Your passkey is registered" in guest.says()
    # A copy of the device that counts from the beginning.
    guest.press("Sign in with your passkey")
    assert "Nothing waits for you" in guest.says()
    (credential,) = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    guest.press("Sign out")
    session.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": credential["credentialId"]})
    session.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": {**credential, "signCount": 0}})
    guest.press("Sign in with your passkey")
    assert "counts backwards" in guest.says()


def test_without_scripts_she_is_told_why(opened, by_name, story):
    guest = opened(java_script_enabled=False)
    guest.page.goto(f"{by_name}/desk/guest/sign-in/")
    assert "A passkey needs JavaScript" in guest.says()
