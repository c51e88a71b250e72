"""In a browser: two editors agree to a keeper, a reporter seals, the keeper opens on her own machine, and another joins her."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from newsroom.settings.environment import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import LiveHouses

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# Where pictures of the pages are put, for who wants to look at them.
PICTURES = os.environ.get("PICTURES_OF_SEALING", "")
NAME, NUMBER, MET = "김봉구", "010-7741-2093", "through her cousin Zelda"


def found() -> None:
    """A newsroom with a source. Runs in a process of the desk's own."""
    from tests.factories import Desk

    desk = Desk()
    desk.source(alias="copper heron")
    desk.chief.interface_language = "ko"
    desk.chief.save()


@pytest.fixture(scope="module", autouse=True)
def newsroom(live_houses: LiveHouses) -> None:
    live_houses.manage("shell", "-v0", "-c", f"from {__name__} import found; found()")


@pytest.fixture(scope="module")
def machine(tmp_path_factory) -> Path:
    """The keepers' own folder, far from the desk."""
    return tmp_path_factory.mktemp("keepers")


def keeper(machine: Path, *arguments: object) -> str:
    """What a keeper types on her machine."""
    done = subprocess.run(
        [sys.executable, PROJECT / "manage.py", "keeper", *map(str, arguments)],
        cwd=machine,
        env={},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout


def public_key(machine: Path, name: str) -> str:
    if not (machine / f"{name}.key").exists():
        keeper(machine, "make", name, "--no-passphrase")
    return keeper(machine, "public", f"{name}.key").strip()


@pytest.fixture
def at_the_desk(browser: Browser, live_houses: LiveHouses):
    @contextmanager
    def opened(
        user: str, size: dict[str, int] = WIDE, scheme: str = "light", *, scripts: bool = True
    ) -> Iterator[Page]:
        context = browser.new_context(viewport=size, locale="en-GB", color_scheme=scheme, java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type == "error" and "403" not in said.text else None
        )
        try:
            page.goto(f"{live_houses.desk}/desk/")
            log_in(page, user)
            yield page
        finally:
            context.close()
        assert not wrong

    return opened


def log_in(page: Page, user: str) -> None:
    page.fill("#id_username", user)
    page.fill("#id_password", "a long pass phrase")
    with page.expect_navigation():
        page.click("button.main-act")


def look(page: Page, name: str) -> None:
    """Fits its window, and axe finds nothing; and a picture of it, if somebody wants to look."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than its window"
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def press(page: Page, words: str | re.Pattern[str], within: str = "main") -> None:
    with page.expect_navigation():
        page.locator(within).get_by_role("button", name=words).first.click()


def told(page: Page) -> str:
    return page.locator(".messages").inner_text()


def propose(at_the_desk, live_houses, name: str, key: str) -> None:
    """The chief editor reads Korean here, the editor English."""
    with at_the_desk("chief") as page:
        page.goto(f"{live_houses.desk}/desk/sources/keeper/add/")
        look(page, f"propose-{name}")
        page.fill("#id_name", name)
        page.fill("#id_public_key", key)
        press(page, "이 열쇠지기 제안")
        assert name in page.locator("h1").inner_text()
    with at_the_desk("editor") as page:
        page.get_by_role("link", name=f"A keeper of what is sealed: {name}").click()
        look(page, f"agree-{name}")
        assert key[-8:] in page.locator(".agreeing").inner_text()
        press(page, "Agree to this keeper")
        assert "What arrives from now on is sealed to her as well" in told(page)


def with_amy(at_the_desk, live_houses, machine: Path) -> None:
    """She stands, whichever test of these comes first."""
    with at_the_desk("reporter") as page:
        to_the_sealing_page(page, live_houses)
        stands = page.get_by_role("button", name="Seal").count()
    if not stands:
        propose(at_the_desk, live_houses, "Amy", public_key(machine, "Amy"))


def type_in(page: Page) -> None:
    page.fill("#id_sealed-name", NAME)
    page.fill("#id_sealed-numbers", NUMBER)
    page.fill("#id_sealed-how_met", MET)


def nothing_is_left(page: Page) -> None:
    """What was typed is nowhere in the page, its storage, or the address."""
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, document.cookie])")
    for content in (page.content(), stored, page.url):
        assert not any(word in content for word in (NAME, NUMBER, MET))


def to_the_sealing_page(page: Page, live_houses: LiveHouses) -> None:
    page.goto(f"{live_houses.desk}/desk/sources/source/")
    page.get_by_role("link", name="copper heron").click()
    page.get_by_role("link", name=re.compile("^Sealed")).click()


def taken_out(page: Page, machine: Path, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).first.click()
    file = machine / "sealed.json"
    file.unlink(missing_ok=True)
    download.value.save_as(file)
    assert download.value.suggested_filename == "sealed.json"
    return file


def test_a_reporter_seals_and_a_keeper_opens(at_the_desk, live_houses, machine):
    with at_the_desk("reporter") as page:
        to_the_sealing_page(page, live_houses)
        look(page, "before")
    with_amy(at_the_desk, live_houses, machine)
    with at_the_desk("reporter") as page:
        to_the_sealing_page(page, live_houses)
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            look(page, "form")
        type_in(page)
        press(page, "Seal")
        assert told(page).startswith("Sealed to Amy")
        look(page, "sealed")
        nothing_is_left(page)
        page.go_back()
        page.wait_for_load_state()
        assert page.locator("#id_sealed-name").input_value() == ""
        nothing_is_left(page)
        to_the_sealing_page(page, live_houses)
        page.locator("summary").click()
        file = taken_out(page, machine, "Take the file")
    assert NAME not in file.read_text()
    said = keeper(machine, "open", file, "--key", "Amy.key")
    assert NAME in said and NUMBER in said and MET in said


def test_who_was_logged_out_meanwhile_seals_all_the_same(at_the_desk, live_houses, machine):
    with_amy(at_the_desk, live_houses, machine)
    with at_the_desk("reporter", PHONE, "dark") as page:
        to_the_sealing_page(page, live_houses)
        type_in(page)
        page.context.clear_cookies(name="desk")
        press(page, "Seal")
        assert "sealed already and not shown again" in page.locator("main").inner_text()
        look(page, "logged-out")
        nothing_is_left(page)
        with page.expect_popup() as door:
            page.get_by_role("link", name="Log in in a new tab").click()
        log_in(door.value, "reporter")
        press(page, "Send again")
        # Its form was given out before she logged in.
        press(page, "Send again")
        assert told(page).startswith("Sealed to Amy")
        look(page, "sealed-dark")


def test_without_scripts(at_the_desk, live_houses, machine):
    with_amy(at_the_desk, live_houses, machine)
    with at_the_desk("reporter", scripts=False) as page:
        to_the_sealing_page(page, live_houses)
        type_in(page)
        press(page, "Seal")
        assert told(page).startswith("Sealed to Amy")


def test_a_second_keeper_joins(at_the_desk, live_houses, machine):
    with_amy(at_the_desk, live_houses, machine)
    with at_the_desk("reporter") as page:
        to_the_sealing_page(page, live_houses)
        type_in(page)
        press(page, "Seal")
    keys = [public_key(machine, name) for name in ("Amy", "Ben")]
    propose(at_the_desk, live_houses, "Ben", keys[1])
    with at_the_desk("chief") as page:
        page.goto(f"{live_houses.desk}/desk/sources/keeper/")
        order = page.locator("pre.order").inner_text()
        assert all(key in order for key in keys)
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            look(page, "keepers")
        file = taken_out(page, machine, "파일 받기")
        keeper(machine, "reseal", file, "--key", "Amy.key", "-o", "resealed.json", "--to", *keys)
        page.set_input_files("#resealed", machine / "resealed.json")
        press(page, "되돌려 넣기")
        look(page, "brought-back")
        assert page.locator("main p.amiss").count() == 0
        file = taken_out_again(page, machine)
    assert MET in keeper(machine, "open", file, "--key", "Ben.key")
    with at_the_desk("reporter", PHONE) as page:
        to_the_sealing_page(page, live_houses)
        assert "Opened by Amy, Ben." in page.locator(".record").inner_text()
        look(page, "two-keepers")


def taken_out_again(page: Page, machine: Path) -> Path:
    page.locator("#sealed-records summary").click()
    return taken_out(page, machine, "파일 받기")
