"""In a browser: a screen that nobody sits at covers itself; nothing of the desk is printed, and nothing comes back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.conftest import LiveHouses

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PICTURES = os.environ.get("PICTURES_OF_SOURCES", "")
PASSWORD = "a long pass phrase"
HERS, MARK = "/desk/sources/source/1/change/", "silver heron"


def found() -> None:
    """A source, and a story in review that rests on her. Runs in a process of the desk's own."""
    from articles.proofing import ask_for_review
    from tests.factories import Desk

    desk = Desk()
    source = desk.source(alias=MARK, safety="in_danger")
    story = desk.article(headline="The ferry is late")
    desk.fact(story, "The ferry is late.", sources=[source], confirmed=False)
    ask_for_review(story, by=desk.reporter)


@pytest.fixture(scope="module", autouse=True)
def newsroom(live_houses: LiveHouses) -> None:
    live_houses.manage("shell", "-v0", "-c", f"from {__name__} import found; found()")


@pytest.fixture
def at_the_desk(browser: Browser, live_houses: LiveHouses):
    @contextmanager
    def opened(user: str, size: dict[str, int] = WIDE, locale: str = "en-GB") -> Iterator[tuple[BrowserContext, Page]]:
        context = browser.new_context(viewport=size, locale=locale)
        context.set_default_timeout(20_000)
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        try:
            page.goto(f"{live_houses.desk}/desk/")
            page.fill("#id_username", user)
            page.fill("#id_password", PASSWORD)
            with page.expect_navigation():
                page.click("button.main-act")
            yield context, page
        finally:
            context.close()
        assert not wrong

    return opened


def look(page: Page, name: str) -> None:
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than its window"
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def leave_alone(page: Page, minutes: str) -> None:
    page.clock.fast_forward(minutes)
    page.wait_for_timeout(50)


def open_source(page: Page, live_houses: LiveHouses) -> None:
    page.clock.install()
    page.goto(f"{live_houses.desk}{HERS}")


def test_it_covers_itself_and_gives_back_what_was_typed(at_the_desk, live_houses):
    with at_the_desk("reporter") as (context, page):
        open_source(page, live_houses)
        page.fill("#id_alias", "typed and not saved")
        leave_alone(page, "09:00")
        assert page.locator("#id_alias").count() == 1
        page.keyboard.press("Shift")
        leave_alone(page, "09:00")
        assert page.locator("#id_alias").count() == 1
        with page.expect_response("**/desk/locked/"):
            leave_alone(page, "02:00")
        page.get_by_role("heading", name="Locked").wait_for()
        # Taken out, and not merely hidden.
        assert MARK not in page.content() and "typed and not saved" not in page.content()
        look(page, "locked")
        # Another tab, and the address typed anew, show no more.
        second = context.new_page()
        second.goto(f"{live_houses.desk}{HERS}")
        assert second.locator("h1").inner_text() == "Locked" and MARK not in second.content()
        second.close()
        page.fill("#lock-password", "not it")
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("That is not your password.").wait_for()
        page.fill("#lock-password", PASSWORD)
        page.keyboard.press("Enter")
        page.locator("#id_alias").wait_for()
        assert page.input_value("#id_alias") == "typed and not saved"
        page.fill("#id_alias", MARK)
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
        assert "Saved." in page.locator(".messages").inner_text()


def test_an_address_typed_anew_asks_for_the_password_and_goes_on(at_the_desk, live_houses):
    with at_the_desk("reporter", PHONE) as (_context, page):
        open_source(page, live_houses)
        with page.expect_response("**/desk/locked/"):
            leave_alone(page, "11:00")
        page.goto(f"{live_houses.desk}{HERS}")
        look(page, "locked")
        page.fill("#lock-password", PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Go on").click()
        assert page.url.endswith(HERS) and page.input_value("#id_alias") == MARK


def test_after_five_wrong_passwords_she_is_logged_out(at_the_desk, live_houses):
    with at_the_desk("reporter") as (_context, page):
        open_source(page, live_houses)
        with page.expect_response("**/desk/locked/"):
            leave_alone(page, "11:00")
        for _time in range(5):
            page.fill("#lock-password", "not it")
            with page.expect_response("**/desk/locked/"):
                page.get_by_role("button", name="Go on").click()
        page.locator("#id_username").wait_for()
        page.goto(f"{live_houses.desk}{HERS}")
        assert page.locator("#id_username").count() == 1


def test_nothing_of_the_desk_is_printed_but_a_proof_for_who_may(at_the_desk, live_houses):
    with at_the_desk("reporter") as (_context, page):
        for address in (HERS, "/desk/sources/source/", "/desk/articles/article/1/change/"):
            page.goto(f"{live_houses.desk}{address}")
            page.emulate_media(media="print")
            printed = page.locator("body").inner_text()
            assert "not printed" in printed and "인쇄하지 않습니다" in printed and MARK not in printed
            assert "ferry" not in printed
            page.emulate_media(media="screen")
            assert "not printed" not in page.locator("body").inner_text()
        page.goto(f"{live_houses.desk}/desk/stories/1/proof/1/")
        page.emulate_media(media="print")
        printed = page.locator("body").inner_text()
        assert "The ferry is late" in printed and MARK not in printed and "not printed" not in printed


def test_nothing_comes_back_after_log_out(at_the_desk, live_houses):
    with at_the_desk("reporter") as (_context, page):
        page.goto(f"{live_houses.desk}{HERS}")
        assert page.input_value("#id_alias") == MARK
        with page.expect_navigation():
            page.get_by_role("button", name="Log out").click()
        page.go_back()
        page.wait_for_load_state()
        assert MARK not in page.content()


def test_an_editor_says_why_and_her_reporter_reads_it(at_the_desk, live_houses):
    why = "To judge how near she was"

    def seen(page: Page, name: str) -> None:
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            look(page, name)
        page.set_viewport_size(WIDE)

    with at_the_desk("editor") as (_context, page):
        page.goto(f"{live_houses.desk}{HERS}")
        assert "in_danger" not in page.content()
        seen(page, "editor")
        page.get_by_role("link", name="See more of this source").click()
        page.locator("#why").wait_for()
        seen(page, "why")
        page.fill("#why", why)
        with page.expect_navigation():
            page.get_by_role("button", name="Look").click()
        # She reads it, and changes nothing of it.
        assert "in danger" in page.locator("main").inner_text() and not page.locator("#id_safety").count()
        seen(page, "more")
    with at_the_desk("reporter") as (_context, page):
        page.goto(f"{live_houses.desk}{HERS}")
        assert why in page.locator("main").inner_text()
    with at_the_desk("chief") as (_context, page):
        with page.expect_navigation():
            page.get_by_role("button", name="한국어").click()
        for address, name in (
            ("/desk/sources/look/", "looks"),
            ("/desk/staff/user/1/handing-over/", "leaving"),
            ("/desk/sources/source/1/handing-over/", "handing-over"),
            ("/desk/sources/source/1/more/", "why-in-korean"),
        ):
            page.goto(f"{live_houses.desk}{address}")
            seen(page, name)
