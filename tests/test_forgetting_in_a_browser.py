"""In a browser: the contact reporter forgets a source, and is told before it what goes, after it what is left."""

from __future__ import annotations

import os
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
PICTURES = os.environ.get("PICTURES_OF_FORGETTING", "")


def found() -> None:
    """Two sources of whom there is one of everything, under a story in print. Runs in a process of the desk's own."""
    import datetime as dt

    from django.utils import timezone

    from sources.ageing import age_talks
    from sources.looking import note_look
    from sources.models import Look, Place, ProtectedPerson, ProtectedTerm, SealedRecord, Talk
    from sources.vetting import vet
    from tests.factories import Desk

    desk = Desk()
    desk.reporter.interface_language = "en"
    town = Place.objects.get(name_en="Hoeryong")
    for alias in ("silver heron", "quiet lantern"):
        source = desk.source(alias=alias, place=town, safety="in_danger")
        vet(source, "confirmed", by=desk.other_editor, reason="Her account of the market holds")
        person = ProtectedPerson.objects.create(source=source)
        for number in range(2):
            SealedRecord.objects.create(person=person, ciphertext=b"age" + bytes([number]), sealed_to=["age1keeper"])
        for word in ("name", "number", "place"):
            ProtectedTerm.objects.create(person=person, kind=word, fingerprint=word.encode())
        for days in (3, 70, 100, 500, 800):
            day = timezone.localdate() - dt.timedelta(days=days)
            Talk.objects.create(source=source, held_on=day, medium="go_between", recorded_by=desk.reporter)
        note_look(source, Look.What.PAGE, by=desk.editor, why="To confirm the story on rice")
        article = desk.article(headline=f"Rice is dearer, says the {alias.split()[1]}")
        desk.fact(article, sources=[source, desk.source()])
        desk.published(article)
    age_talks()


@pytest.fixture(scope="module", autouse=True)
def newsroom(live_houses: LiveHouses) -> None:
    live_houses.manage("shell", "-v0", "-c", f"from {__name__} import found; found()")


@pytest.fixture
def at_the_desk(browser: Browser, live_houses: LiveHouses):
    @contextmanager
    def opened(user: str, size: dict[str, int] = WIDE, *, dark: bool = False, scripts: bool = True) -> Iterator[Page]:
        context = browser.new_context(
            viewport=size, locale="en-GB", color_scheme="dark" if dark else "light", java_script_enabled=scripts
        )
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
    """Fits its window, wide and narrow; and a picture of it, if somebody wants to look."""
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        width = size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(WIDE)


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).click()


def her_page(page: Page, desk: str, alias: str) -> None:
    page.goto(f"{desk}/desk/sources/source/")
    with page.expect_navigation():
        page.get_by_role("link", name=alias).click()


def in_print(site: str) -> str:
    import urllib.request

    with urllib.request.urlopen(f"{site}/en/") as answer:  # noqa: S310 - our own site
        return answer.read().decode()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_her_contact_reporter_forgets_her(at_the_desk, live_houses, scripts):
    alias = "silver heron" if scripts else "quiet lantern"
    with at_the_desk("reporter", scripts=scripts) as page:
        her_page(page, live_houses.desk, alias)
        assert "Talks whose day has faded" in page.locator(".faded").inner_text()
        assert "2 earlier talks, of which no date is kept" in page.locator(".faded").inner_text()
        if scripts:
            look(page, "source")
        with page.expect_navigation():
            page.get_by_role("link", name="Forget this source…").click()
        main = page.locator("main")
        said = main.inner_text()
        for words in ("stays in print", "2 sealed records", "The dates and the media of 4 talks", "3 protected terms"):
            assert words in said
        assert "backups from before today" in said.lower()
        assert page.locator("#id_terms_0").is_checked()
        if scripts:
            look(page, "asking")
        # What does not fit comes back with all that was typed.
        page.fill("#id_reason", "She asked for it")
        page.fill("#id_alias", "golden heron")
        page.check("#id_terms_1")
        press(page, "Forget this source")
        assert "That is not the alias" in page.locator(".field-alias").inner_text()
        assert page.input_value("#id_reason") == "She asked for it" and page.locator("#id_terms_1").is_checked()
        if scripts:
            look(page, "refused")
        page.fill("#id_alias", alias)
        page.check("#id_terms_0")
        press(page, "Forget this source")
        said = page.locator("main").inner_text()
        assert f"{alias} was forgotten on" in said and "What is left to do" in said
        assert page.locator("ol.steps li").count() == 5
        if scripts:
            look(page, "forgotten")
        her_page(page, live_houses.desk, alias)
        said = page.locator("main").inner_text()
        assert "This source was forgotten" in said and "Hoeryong" not in said and "in danger" not in said
        if scripts:
            look(page, "after")
    with live_houses.sql("desk") as line:
        left = line.execute(
            "SELECT (SELECT count(*) FROM sources_sealedrecord r JOIN sources_protectedperson p ON p.id = r.person_id"
            "         WHERE p.source_id = s.id), s.standing FROM sources_source s WHERE s.alias = %s",
            [alias],
        ).fetchone()
    assert left == (0, "confirmed")
    assert f"says the {alias.split()[1]}" in in_print(live_houses.site)


def test_a_colleague_finds_no_way_there(at_the_desk, live_houses):
    with live_houses.sql("desk") as line:
        (key,) = line.execute("SELECT id FROM sources_source WHERE alias = 'quiet lantern'").fetchone()
    with at_the_desk("editor") as page:
        page.goto(f"{live_houses.desk}/desk/sources/source/{key}/change/")
        assert page.get_by_role("link", name="Forget this source…").count() == 0
        answer = page.request.get(f"{live_houses.desk}/desk/sources/source/{key}/forgetting/")
        assert answer.status == 403


def test_in_korean_and_in_the_dark(at_the_desk, live_houses):
    with live_houses.sql("desk") as line:
        keys = [key for (key,) in line.execute("SELECT id FROM sources_source ORDER BY id").fetchall()]
    with at_the_desk("chief", dark=True) as page:
        with page.expect_navigation():
            page.get_by_role("button", name="한국어").click()
        for key, name in ((keys[-1], "asking"), (keys[0], "forgotten")):
            page.goto(f"{live_houses.desk}/desk/sources/source/{key}/forgetting/")
            look(page, f"korean-{name}")
            assert "잊" in page.locator("main").inner_text()
