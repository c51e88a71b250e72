"""Takes the pictures of the guides and the README anew: `python -m docs.pictures`, from the project's folder.

It opens a demo of its own with fresh data, so that nothing of a running newsroom is in a picture, and removes it
afterwards. Dates, aliases and digests differ from run to run. Needs Chromium, as the browser tests do.
"""

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from newsroom.settings import environment

FOLDER = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
PATIENCE_S = 180
LARGEST = 120_000
MARGIN, PAPER = 24, "#fcfaf6"


@dataclass(frozen=True)
class Demo:
    """A demo that is open: where its houses are, and the password of each account."""

    site: str
    desk: str
    passwords: dict[str, str]


def main() -> None:
    """Opens the demo, takes every picture, closes the demo."""
    FOLDER.mkdir(exist_ok=True)
    with open_demo() as demo, open_browser() as browser, ExitStack() as pages:

        def person(username: str) -> Page:
            return pages.enter_context(at_the_desk(browser, demo, username))

        reporter = person("reporter2")
        open_story(reporter, demo, "Solar panels")
        take("desk-story", reporter)
        reporter.get_by_role("link", name="What each sentence states").first.click()
        take("desk-coverage", reporter)
        reporter.go_back()
        reporter.locator(".card .statement a").first.click()
        take("desk-fact", reporter, reporter.locator("#content"), until=reporter.locator("#wording-heading"))

        editor = person("editor2")
        take("desk-home", editor)
        open_story(editor, demo, "potato cellars")
        editor.get_by_role("link", name="Publish…").click()
        take("desk-publish", editor, editor.locator(".publish-page"))
        # The one story of the demo that waits for a signature is Korean.
        open_story(editor, demo, "평성 시장에")
        editor.get_by_role("link", name="Read the proof").click()
        take("desk-proof", editor)

        reader = pages.enter_context(page(browser, WIDE))
        reader.goto(f"{demo.site}/en/")
        take("site-front", reader)
        reader.get_by_role("link", name="Flats stand where").first.click()
        take("site-known", reader, reader.locator(".known"))

        phone = pages.enter_context(page(browser, PHONE))
        phone.goto(reader.url)
        take("site-phone", phone)
        phone.goto(f"{demo.site}/ko/")
        take("site-phone-korean", phone)


@contextmanager
def open_demo() -> Iterator[Demo]:
    """`make demo` with fresh data on free ports; gone afterwards, its database too."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-pictures-"))
    # As root the database runs as another user, who must be able to pass through.
    folder.chmod(0o711)
    port = free_port()
    ours = {*environment.BY_NAME, "DJANGO_SETTINGS_MODULE"}
    given = {name: value for name, value in os.environ.items() if name not in ours}
    given |= {"NEWSROOM_DATA": str(folder), "NEWSROOM_PRODUCTION": "no", "PORT": str(port)}
    log = folder / "houses.log"
    with log.open("wb") as said:
        houses = subprocess.Popen(
            [sys.executable, "manage.py", "houses"],
            cwd=environment.PROJECT,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        patience = time.monotonic() + PATIENCE_S
        while "Ready after" not in log.read_text():
            if houses.poll() is not None or time.monotonic() > patience:
                raise SystemExit(f"The demo did not open. It said:\n{log.read_text()}")
            time.sleep(0.2)
        lines = (folder / "demo-accounts.txt").read_text().splitlines()
        passwords = dict(line.split(maxsplit=1) for line in lines)
        yield Demo(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}", passwords)
    finally:
        houses.send_signal(signal.SIGINT)
        houses.wait(30)
        shutil.rmtree(folder)


def free_port() -> int:
    """A port that is free together with the next one."""
    while True:
        with socket.socket() as one, socket.socket() as next_one:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                next_one.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        raise SystemExit("No browser: install Chromium (Debian: apt-get install chromium) or name it in CHROMIUM.")
    arguments = ["--disable-gpu", "--font-render-hinting=none", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@contextmanager
def page(browser: Browser, size: dict[str, int]) -> Iterator[Page]:
    """A window of its own, by day."""
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale="en-GB",
        timezone_id="Asia/Seoul",
        color_scheme="light",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@contextmanager
def at_the_desk(browser: Browser, demo: Demo, username: str) -> Iterator[Page]:
    """Somebody of the staff, logged in."""
    with page(browser, WIDE) as opened:
        opened.goto(f"{demo.desk}/desk/")
        opened.fill("#id_username", username)
        opened.fill("#id_password", demo.passwords[username])
        opened.click("#login-form button")
        opened.wait_for_selector(".desk-me")
        yield opened


def open_story(page: Page, demo: Demo, words: str) -> None:
    """A story's page at the desk, by words of its headline."""
    page.goto(f"{demo.desk}/desk/articles/article/")
    page.get_by_role("link", name=words).first.click()


def take(name: str, page: Page, what: Locator | None = None, *, until: Locator | None = None) -> None:
    """One picture: the window from its top, or an element, or an element down to where another begins."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    if what is None:
        shot = page.screenshot()
    else:
        shot = what.screenshot(style="header.desk-head, .save-row { position: static !important }")
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    if what is not None and until is not None:
        top, end = what.bounding_box(), until.bounding_box()
        if top and end:
            image = image.crop((0, 0, image.width, min(image.height, round(end["y"] - top["y"]) - MARGIN)))
    if what is not None:
        image = ImageOps.expand(image, MARGIN, PAPER)
    file = FOLDER / f"{name}.webp"
    image.save(file, "WEBP", quality=85, method=6)
    size = file.stat().st_size
    print(f"{name:<18} {image.width} × {image.height}  {size / 1000:.0f} KB{'  too large' if size > LARGEST else ''}")


if __name__ == "__main__":
    main()
