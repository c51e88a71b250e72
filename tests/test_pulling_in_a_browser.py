"""In a browser: an editor is shown what she is about to take off the site; on duty one pulls a story from a phone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import LiveHouses

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# Where pictures of the pages are put, for who wants to look at them.
PICTURES = os.environ.get("PICTURES_OF_PULLING", "")


def found() -> None:
    """A newsroom with stories in print that rest on one another. Runs in a process of the desk's own."""
    from articles import confirming
    from articles.models import Confirmation
    from tests.factories import Desk

    desk = Desk()
    hers, other = desk.source(alias="copper heron"), desk.source(alias="quiet lantern")

    def story(headline: str, statement: str, *sources: object, earlier: object = None) -> object:
        article = desk.article(headline=headline)
        fact = desk.fact(article, statement, sources=list(sources), confirmed=False)
        if earlier:
            Confirmation.objects.create(
                wording=fact.wording, basis="earlier", earlier=earlier.wording, recorded_by=desk.reporter
            )
        confirming.confirm(fact, by=desk.editor)
        desk.published(article)
        return fact

    mill = story("The mill at Hamhung has stopped", "The mill at Hamhung stopped in May.", hers, other)
    flour = story("Flour is scarce on the east coast", "Flour has been scarce since May.", earlier=mill)
    story("Noodles cost a third more", "Noodles cost a third more than in April.", earlier=flour)
    story("Coal is sold by the bucket", "Coal is sold by the bucket in Hamhung.", hers, other)
    story("Trams run every second day", "Trams in Pyongyang run every second day.", desk.source(), desk.source())
    draft = desk.article(headline="What the ferry carries")
    desk.fact(draft, "The ferry carries coal.")


@pytest.fixture(scope="module", autouse=True)
def newsroom(live_houses: LiveHouses) -> None:
    live_houses.manage("shell", "-v0", "-c", f"from {__name__} import found; found()")


@pytest.fixture
def at_the_desk(browser: Browser, live_houses: LiveHouses):
    @contextmanager
    def opened(user: str, size: dict[str, int] = WIDE, *, scripts: bool = True) -> Iterator[Page]:
        context = browser.new_context(viewport=size, locale="en-GB", java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        try:
            page.goto(f"{live_houses.desk}/desk/")
            page.fill("#id_username", user)
            page.fill("#id_password", "a long pass phrase")
            with page.expect_navigation():
                page.click("button.main-act")
            yield page
        finally:
            context.close()
        assert not wrong

    return opened


def look(page: Page, name: str) -> None:
    """Fits its window; and a picture of it, if somebody wants to look."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than its window"
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def press(page: Page, words: str | re.Pattern[str], within: str = "main") -> None:
    with page.expect_navigation():
        page.locator(within).get_by_role("button", name=words).first.click()


def test_a_source_that_carries_several_is_staggered_by_two(at_the_desk, live_houses):
    with at_the_desk("editor") as page:
        page.goto(f"{live_houses.desk}/desk/sources/source/")
        page.get_by_role("link", name="copper heron").click()
        page.locator("summary", has_text="Discredit…").click()
        page.locator("details[open] textarea").fill("She was seen elsewhere.")
        press(page, "Discredit source")
        assert "This takes 4 stories off the site" in page.locator("h1").inner_text()
        assert page.locator("#stagger textarea").input_value() == "She was seen elsewhere."
        look(page, "stagger")
        page.set_viewport_size(PHONE)
        look(page, "stagger")
        page.set_viewport_size(WIDE)
        press(page, "Propose to stagger them")
        assert "Nothing changes until a second editor agrees" in page.locator(".messages").inner_text()
        look(page, "proposed")
    with at_the_desk("other-editor", PHONE) as page:
        look(page, "waiting")
        page.get_by_role("link", name=re.compile("Stagger what the fall of")).click()
        press(page, "Agree to stagger them")
        assert "Each story leaves print at its own hour" in page.locator(".messages").inner_text()
        look(page, "agreed")
        page.goto(f"{live_houses.desk}/desk/stories/in-print/")
        assert page.locator(".on-duty > li").count() == 5


def test_an_editor_is_shown_what_falls_and_may_go_back(at_the_desk, live_houses):
    def dispute(page: Page) -> None:
        page.goto(f"{live_houses.desk}/desk/articles/article/")
        page.get_by_role("link", name="The mill at Hamhung").click()
        page.locator(".card summary", has_text="Dispute…").click()
        page.locator("details[open] textarea[name=reason]").fill("A second witness says otherwise.")
        press(page, "Dispute this fact", ".panel")

    with at_the_desk("editor") as page:
        dispute(page)
        assert page.locator("h1").inner_text() == "This takes 3 stories off the site"
        assert "A second witness says otherwise." in page.locator("main").inner_text()
        assert page.locator(".falling > li").count() == 3
        look(page, "asking")
        page.set_viewport_size(PHONE)
        look(page, "asking")
        page.set_viewport_size(WIDE)
        with page.expect_navigation():
            page.get_by_role("link", name="Back, and leave it as it is").click()
        assert "In print" in page.locator(".stage h2").first.inner_text()
        look(page, "story")
        dispute(page)
        press(page, "Dispute this fact, and take 3 stories off the site")
        assert "Disputed." in page.locator(".messages").inner_text()
        page.goto(f"{live_houses.desk}/desk/")
        assert "Noodles cost a third more" in page.locator("section", has=page.locator("#stage-pulled")).inner_text()
        look(page, "front")
        page.set_viewport_size(PHONE)
        look(page, "front")


def test_anyone_on_duty_pulls_from_a_phone_without_scripts(at_the_desk, live_houses):
    with at_the_desk("reporter", PHONE, scripts=False) as page:
        with page.expect_navigation():
            page.get_by_role("link", name="In print now").click()
        page.fill("#id_q", "trams second")
        press(page, "Find")
        assert page.locator(".on-duty > li").count() == 1
        address = page.locator(".on-duty > li > a").get_attribute("href")
        page.locator("summary", has_text="Pull…").click()
        page.fill("textarea[name=reason]", "The picture shows a face.")
        look(page, "on-duty")
        box = page.get_by_role("button", name="Pull this story").bounding_box()
        assert box and box["height"] >= 40 and box["x"] >= 0 and box["x"] + box["width"] <= 360
        press(page, "Pull this story")
        assert "Pulled." in page.locator(".messages").inner_text()
        answer = page.request.get(address)
        assert "under review" in answer.text().lower() and "Trams" not in answer.text()


def test_a_story_is_held_back_on_its_page(at_the_desk, live_houses):
    with at_the_desk("reporter") as page:
        page.goto(f"{live_houses.desk}/desk/articles/article/")
        page.get_by_role("link", name="What the ferry carries").click()
        page.locator("#holds summary").click()
        page.locator("#holds select").select_option("safety")
        page.locator("#holds input[name=until]").fill("2099-05-04T10:00")
        page.locator("#holds textarea").fill("She travels until then.")
        look(page, "holding")
        press(page, "Hold this story back", "#holds")
        assert "Safety hold until" in page.locator("#holds").inner_text()
        assert "for somebody’s safety" in page.locator("#blockers").inner_text()
        page.set_viewport_size(PHONE)
        look(page, "held")
