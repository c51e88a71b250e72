"""In a browser: how few people fit what was printed of a source; an editor signs, knowing what could point at her."""

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
PICTURES = os.environ.get("PICTURES_OF_EXPOSURE", "")


def found() -> None:
    """A source of whom more was printed each time, and a story that could point at her. In a process of the desk's own."""
    from sources.models import Source
    from tests.factories import Desk, StaffFactory
    from tests.printings import Country, named, prints, proof_of, told

    desk = Desk()
    desk.agree(anonymity_floor=50_000)
    country = Country()
    StaffFactory(username="colleague", roles=["reporter"])
    source = desk.source(alias="silver heron", place=country.hyesan, part="trader")

    def printed(headline: str, place: object, part: str, days: int, body: str = "", **kwargs: object) -> None:
        words = body or "<p>[“The stalls are half empty,” a source said.] Nobody expects more.</p>"
        prints(desk, source, place, part, headline=headline, days=days, body=words, **kwargs)

    printed("Rice is dearer before the holidays", country.whole, "source", 40)
    printed("Lorries wait at the bridge", country.ryanggang, "trader", 2)
    printed("The market shuts an hour earlier", country.ryanggang, "trader", 2)
    in_town = "<p>[In Hyesan “we close when the lamps go out,” a source told us by phone.] It is dark by five.</p>"
    printed("Lamps go out in the stalls", country.ryanggang, "source", 3, in_town)
    printed("What a stall costs", country.hyesan, "source", 30)
    fact = told(
        desk,
        source,
        "The stalls were counted on the order of the market office.",
        headline="The stalls are counted",
        days=1,
        body="<p>[“They came with a list in the morning and wrote down every stall and whose name is on it and what she sells,” "
        "a source said.] The list is said to be long.</p>",
    )
    Source.objects.filter(pk=source.pk).update(safety="at_risk")
    proof_of(desk, named(fact, source, country.hyesan, "source"))


@pytest.fixture(scope="module", autouse=True)
def newsroom(live_houses: LiveHouses) -> None:
    live_houses.manage("shell", "-v0", "-c", f"from {__name__} import found; found()")


@pytest.fixture
def at_the_desk(browser: Browser, live_houses: LiveHouses):
    @contextmanager
    def opened(user: str, size: dict[str, int] = WIDE, *, dark: bool = False) -> Iterator[Page]:
        context = browser.new_context(viewport=size, locale="en-GB", color_scheme="dark" if dark else "light")
        context.set_default_timeout(30_000)
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


def from_every_side(page: Page, name: str) -> None:
    """Wide and narrow, light and dark, in both languages."""
    for language in ("en", "ko"):
        if page.evaluate("document.documentElement.lang") != language:
            with page.expect_navigation():
                page.locator(f".desk-me button[name=language][value={language}]").click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for size in (WIDE, PHONE):
                page.set_viewport_size(size)
                look(page, f"{name}-{language}-{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    with page.expect_navigation():
        page.locator(".desk-me button[name=language][value=en]").click()


def axe(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{found['id']}: {found['nodes'][0]['html'][:120]}" for found in Axe().run(page).response["violations"]]


def sources_page(page: Page, live_houses: LiveHouses) -> None:
    page.goto(f"{live_houses.desk}/desk/sources/source/")
    page.get_by_role("link", name="silver heron").click()


def test_her_reporter_sees_how_it_shrank(at_the_desk, live_houses: LiveHouses) -> None:
    with at_the_desk("reporter") as page:
        sources_page(page, live_houses)
        page.get_by_role("link", name="What was printed of her").click()
        assert page.title() == "Desk" or "heron" not in page.title()
        words = page.locator("main").inner_text()
        assert "fewer than the 500,000 that the paper asks for" in words
        # Any talk with her counts, and the last was a day before they all were printed.
        assert re.search(r"Print followed the talk by (?:1, )+1 days", words)
        assert page.locator(".printed-of-her > li").count() == 5
        # The bars are drawn, and each is shorter than the one before.
        widths = page.evaluate(
            "[...document.querySelectorAll('ol.ladder > li > .people:first-of-type .fit')]"
            ".map(bar => bar.getBoundingClientRect().width)"
        )
        assert widths == sorted(widths, reverse=True) and widths[0] > widths[-1] > 5
        assert axe(page) == []
        from_every_side(page, "exposure")
        # Whoever presses Back after logging out finds nothing.
        address = page.url
        page.get_by_role("button", name="Log out").click()
        page.wait_for_load_state()
        page.goto(address)
        assert "silver heron" not in page.content()


def test_an_editor_says_why_and_then_sees_it(at_the_desk, live_houses: LiveHouses) -> None:
    with at_the_desk("editor") as page:
        sources_page(page, live_houses)
        page.get_by_role("link", name="What was printed of her").click()
        assert "192,680" not in page.content()
        page.fill("[name=why]", "She was named on the radio")
        page.locator("main form button[type=submit]").click()
        page.wait_for_selector(".exposure")
        assert "192,680" in page.content()


def test_an_editor_signs_knowing_what_could_point_at_her(at_the_desk, live_houses: LiveHouses) -> None:
    with at_the_desk("editor") as page:
        page.goto(f"{live_houses.desk}/desk/")
        page.get_by_role("link", name="The stalls are counted").first.click()
        assert page.locator("#cautions li").count() == 5
        with page.expect_navigation():
            page.get_by_role("link", name="Read the proof and sign").first.click()
        codes = page.locator("#cautions li").evaluate_all("found => found.map(each => each.dataset.code)")
        assert codes == [
            "source_unsafe",
            "exposure_under_floor",
            "print_near_talk",
            "print_follows_talks",
            "long_quotation",
        ]
        assert page.get_by_role("button", name="Sign, knowing these 5").is_visible()
        above = page.locator("#cautions").bounding_box()["y"]
        assert above < page.get_by_role("button", name="Sign, knowing").bounding_box()["y"]
        assert axe(page) == []
        from_every_side(page, "signing")
        with page.expect_navigation():
            page.get_by_role("button", name="Sign, knowing these 5").click()
        assert "Signed. Your name stands" in page.locator(".messages").inner_text()
        page.get_by_role("link", name="History").click()
        history = page.locator(".history").inner_text()
        assert "Who signed was shown 5 things that could point at a source." in history


def test_a_colleague_gets_no_further(at_the_desk, live_houses: LiveHouses) -> None:
    with at_the_desk("colleague", PHONE) as page:
        page.goto(f"{live_houses.desk}/desk/articles/article/?q=counted")
        page.get_by_role("link", name="The stalls are counted").click()
        words = page.locator("#cautions").inner_text()
        assert "One of the sources" in words and "Something else could point" in words
        assert "heron" not in words and "risk" not in words
        look(page, "story-of-a-colleague")
