"""The main job, in a browser and nowhere else: from a reporter's first word to a reader's page, the gate between.

A reporter drafts and says what each sentence states, an editor confirms, signs and publishes, a reader reads; then one changed word blocks again. Nothing
here touches the database: what is typed and clicked is all there is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import LiveHouses

HEADLINE = "Wonsan’s bakeries sell bread by weight again"
STANDFIRST = "Loaves are put on the scale since the spring. The bakery beside the station has shut."
CAPTION = "The bakery beside Wonsan station with its shutters up, and the same door with its shutters down."
ALT = "Left, a low shop with open shutters and a queue; right, the same shop closed, nobody before it."
CREDIT = "A resident of Wonsan"
TWO_DATES = "taken on 5 May and in June 2023"
EARLIER = "sinuiju-freight-wagons"
PARAGRAPHS = (
    "Three state bakeries in Wonsan have gone back to selling bread by weight. The counters had sold it by the loaf.",
    "“They cut off a corner if the loaf is too heavy,” said a source in Kangwon Province. "
    "“Nobody argues with a scale.”",
    "The change came without a notice on the doors. Customers heard of it in the queue.",
    "“My children eat the corners on the way home,” said a resident of Wonsan. “I buy what is cut off, it costs less.”",
    "Another resident of Wonsan, who carries flour to two of the counters, said that she was paid by the sack as before. “For me "
    "nothing has changed but the noise of the scales,” she said.",
    "The bakery beside the station is not among the three. It has been shut since June.",
    "Its oven went to the counter near the harbour, where the queue is now the longest of the town.",
    "Whether the scales stay is an open question.",
    "What becomes of the empty shop is not known.",
)
# Kind, statement, and what it rests on: (source, how she knows it, the day of the talk if it is given).
FACTS = (
    (
        "event",
        "Three bakeries in Wonsan have sold bread by weight since the spring, without a notice.",
        (("province", "saw", ""), ("resident", "saw", "")),
    ),
    (
        "event",
        "The bakery beside Wonsan station is shut since June; its oven went to the harbour.",
        (("province", "was_told", ""), ("resident", "saw", "2023-07-02")),
    ),
    (
        "statement",
        "A resident of Wonsan said that she buys the corners because they cost less.",
        (("resident", "said", "2023-07-02"),),
    ),
    (
        "statement",
        "Another resident of Wonsan said that she is paid by the sack as before.",
        (("trader", "said", "2023-07-04"),),
    ),
)
# What each sentence states, by a few words of it: one of these facts by its number, or nothing (context).
STATED = {
    "sell bread by weight again": 1,
    "Loaves are put on the scale": 1,
    "Three state bakeries": 1,
    "sold it by the loaf": 1,
    "came without a notice": 1,
    "heard of it in the queue": 1,
    "beside the station has shut": 2,
    "with its shutters up": 2,
    "not among the three": 2,
    "shut since June": 2,
    "Its oven went": 2,
    "My children eat": 3,
    "I buy what is cut off": 3,
    "paid by the sack": 4,
    "noise of the scales": 4,
    "Whether the scales stay": None,
    "What becomes of": None,
    "Left, a low shop": None,
}
# Somebody's words of which the reporter had made no fact: she states it in these words, and ties the next to it.
OVERLOOKED, GOES_WITH_IT = "They cut off a corner", "Nobody argues with a scale"
ALL_FACTS = (
    *FACTS,
    (
        "statement",
        "“They cut off a corner if the loaf is too heavy,” said a source in Kangwon Province.",
        (("province", "said", "2023-07-03"),),
    ),
)
# Who: alias, place, part, how the reader meets her.
SOURCES = {
    "province": ("amber anvil", "Kangwon Province", "source", "a source in Kangwon Province"),
    "resident": ("copper heron", "Wonsan", "resident", "a resident of Wonsan"),
    "trader": ("quiet lantern", "Wonsan", "resident", "a resident of Wonsan"),
}


@pytest.fixture(scope="module")
def passwords(live_houses: LiveHouses) -> dict[str, str]:
    """The demo's accounts, as a newcomer reads them off her terminal: password by user name."""
    said = live_houses.manage("demo")
    return dict(re.findall(r"^\S.*?  +(\w+) +((?:\w{4}-){3}\w{4})  ", said, re.MULTILINE))


class Visit:
    """One person's browser. It remembers what went wrong in it and which hosts it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))

    def says(self) -> str:
        """All that can be read on the page, in one line."""
        return " ".join(self.page.locator("body").inner_text().split())

    def press(self, words: str, within: str = "body") -> None:
        """Click a button and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=words, exact=True).first.click()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.locator(".save-row .main-act").click()


@pytest.fixture
def visit(browser: Browser, live_houses: LiveHouses, passwords: dict[str, str]) -> Iterator:
    """Opens a browser for a person: `with visit("editor2") as editor`, or `visit()` for a reader on a phone."""

    @contextmanager
    def opened(user: str = "") -> Iterator[Visit]:
        size = {"width": 1280, "height": 900} if user else {"width": 360, "height": 740}
        context = browser.new_context(viewport=size, locale="en-GB", java_script_enabled=bool(user))
        context.set_default_timeout(10_000)
        visit = Visit(context.new_page())
        try:
            if user:
                visit.page.goto(f"{live_houses.desk}/desk/")
                visit.page.fill("#id_username", user)
                visit.page.fill("#id_password", passwords[user])
                with visit.page.expect_navigation():
                    visit.page.click("button.main-act")
            yield visit
        finally:
            context.close()
        assert not visit.wrong
        assert visit.hosts <= {urlsplit(live_houses.desk).netloc, urlsplit(live_houses.site).netloc}

    return opened


def two_pictures_in_one(folder: Path) -> Path:
    """One photo made of two: the shop open, and the shop shut."""
    picture = Image.new("RGB", (1600, 600), (196, 188, 170))
    pen = ImageDraw.Draw(picture)
    for left, door in ((100, (70, 52, 40)), (900, (150, 150, 148))):
        pen.rectangle((left, 180, left + 600, 520), fill=(150, 132, 110))
        pen.rectangle((left + 180, 280, left + 420, 520), fill=door)
    for person in range(5):
        pen.ellipse((140 + 45 * person, 430, 170 + 45 * person, 520), fill=(40, 44, 52))
    exif = Image.Exif()
    exif[0x010E] = "copper heron, her own telephone"
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=90, exif=exif)
    file = folder / "copper-heron-station.jpg"
    file.write_bytes(body.getvalue())
    return file


def choose(page: Page, selector: str, words: str) -> None:
    """Choose the entry that begins with these words."""
    entries = page.locator(f"{selector} option").all_inner_texts()
    [label] = [entry for entry in entries if entry.startswith(words)]
    page.select_option(selector, label=label)


def upload(reporter: Visit, desk: str, file: Path) -> None:
    page = reporter.page
    page.goto(f"{desk}/desk/photos/photo/add/")
    page.set_input_files("#id_picture", file)
    page.fill("#id_name", "Bakery, open and shut")
    page.fill("#id_credit_en", CREDIT)
    choose(page, "#id_place", "Wonsan")
    page.fill("#id_taken_on", "2023-05-05")
    page.select_option("#id_taken_precision", "day")
    page.fill("#id_also_taken_on", "2023-06-14")
    page.select_option("#id_also_taken_precision", "month")
    reporter.save()
    assert TWO_DATES in reporter.says()


def register(reporter: Visit, desk: str, alias: str, place: str, part: str, attribution: str) -> None:
    page = reporter.page
    page.goto(f"{desk}/desk/sources/source/add/")
    page.fill("#id_alias", alias)
    choose(page, "#id_place", place)
    page.select_option("#id_part", part)
    reporter.save()
    assert attribution.lower() in reporter.says().lower()


def draft(reporter: Visit, desk: str) -> str:
    """The whole story on one form. Returns its address on the desk."""
    page = reporter.page
    page.goto(f"{desk}/desk/articles/article/add/")
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_standfirst", STANDFIRST)
    page.locator(".prose-text").click()
    for number, paragraph in enumerate(PARAGRAPHS):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(paragraph)
    choose(page, "#id_section", "Economy")
    page.fill("#id_label", "Bread")
    assert page.input_value("#id_slug") == "wonsans-bakeries-sell-bread-by-weight-again"
    page.get_by_label("Nora Vale").check()
    for number, (kind, statement, _) in enumerate(FACTS):
        if number:
            page.locator("#facts-group [data-add-row]").click()
        page.select_option(f"#id_facts-{number}-kind", kind)
        page.fill(f"#id_facts-{number}-statement", statement)
    page.locator("#figures-group summary").click()
    page.locator("#figures-group [data-add-row]").click()
    choose(page, "#id_figures-0-photo", "Bakery, open and shut")
    page.fill("#id_figures-0-caption", CAPTION)
    page.locator("#related_links-group summary").click()
    page.locator("#related_links-group [data-add-row]").click()
    page.select_option("#id_related_links-0-kind", "previously")
    choose(page, "#id_related_links-0-to", "More freight crosses")
    page.fill("#id_related_links-0-after_paragraph", "3")
    reporter.save()
    assert not page.locator(".errorlist").count(), reporter.says()
    return page.url.split("#")[0]


def settle(reporter: Visit, story: str) -> None:
    """Says of every sentence what it states, on the page to which the list of reasons leads."""
    page = reporter.page

    def states(words: str, what: str) -> None:
        choice = page.locator(".covered > li").filter(has=page.locator(".sentence", has_text=words)).locator("select")
        [label] = [entry for entry in choice.locator("option").all_inner_texts() if entry.startswith(what)]
        choice.select_option(label=label)

    open_reason(reporter, story, "Say what they state")
    assert "20 sentences uncovered" in reporter.says()
    for words, number in STATED.items():
        states(words, f"{number}. " if number else "Nothing: it is context")
    states(OVERLOOKED, "Statement: somebody said it (proposed)")
    reporter.press("Settle these sentences")
    assert "19 sentences settled." in page.locator(".messages").inner_text()
    assert GOES_WITH_IT in page.locator(".covered > .uncovered").inner_text()
    states(GOES_WITH_IT, f"{len(ALL_FACTS)}. ")
    reporter.press("Settle these sentences")
    assert "0 sentences uncovered · 17 unconfirmed · 3 context" in reporter.says()


def record_all(reporter: Visit, story: str) -> None:
    """Each fact's confirmations, on the fact's own page."""
    page = reporter.page
    for _, statement, confirmations in ALL_FACTS:
        page.goto(story)
        card = page.locator(".card").filter(has_text=statement)
        card.get_by_label("Who could know it").select_option("anyone")
        with page.expect_navigation():
            card.get_by_role("button", name="Save who could know it").click()
        for who, how, day in confirmations:
            page.goto(story)
            with page.expect_navigation():
                page.locator(".card").filter(has_text=statement).get_by_role(
                    "link", name="Record a confirmation"
                ).click()
            page.select_option("#id_basis", "source")
            choose(page, "#id_source", SOURCES[who][0])
            page.select_option("#id_how", how)
            if day:
                page.fill("#id_talk_date", day)
                page.select_option("#id_talk_medium", "call")
            reporter.press("Record confirmation")
            assert SOURCES[who][0] in page.locator(".supports").first.inner_text()


def try_to_publish(someone: Visit, story: str) -> list[str]:
    """Goes to publish: an editor presses the button, a reporter finds none. Returns the reasons on the page."""
    page = someone.page
    page.goto(story)
    with page.expect_navigation():
        page.get_by_role("link", name="Publish…").click()
    button = page.locator("button[name=when][value=now]")
    if button.count():
        with page.expect_navigation():
            button.click()
    about, told = "", []
    for line in page.locator("#blockers :is(.about, .reasons > li)").all():
        words = line.inner_text()
        alike = line.locator(".alike > li")
        if alike.count():
            # What several facts lack alike is said once, with the facts under it.
            lack = words.split(" facts: ", 1)[1].split("\n", 1)[0]
            told += [f"“{fact.strip()}” — {lack}" for fact in alike.all_inner_texts()]
            continue
        if line.evaluate("line => line.matches('.about')"):
            about = f"“{words}” — "
        else:
            told.append(about + words)
        if line.evaluate("line => !line.nextElementSibling && line.matches('li')"):
            about = ""
    return sorted(told)


def reasons(done: bool) -> list[str]:
    """Every reason that must be told before an editor has done anything: of a bare draft, and once its reporter is done."""
    told = []
    for kind, statement, confirmations in ALL_FACTS if done else FACTS:
        told.append(f"“{statement}” — Not confirmed. An editor confirms it once its sources carry it.")
        if kind == "event":
            told.append(
                f"“{statement}” — Rests on 0 of at least 2 independent confirmed sources. "
                "Record another, or ask the chief editor for a waiver."
            )
        else:
            told.append(f"“{statement}” — A statement: record the talk in which a confirmed source said it.")
        told.extend(
            f"“{statement}” — Rests on {SOURCES[who][0]}, who is not confirmed. An editor vets her."
            for who, _, _ in confirmations
            if done
        )
        if not done:
            told.append(f"“{statement}” — Nobody has said who could know it. Choose it here.")
            told.append(f"“{statement}” — No words of the story state it. Tie it to the words that do, or drop it.")
    bare = [
        "19 sentences have words that no fact states, and are not marked as context. Say what they state.",
        "A photo has no alternative text. Say what it shows, for who can’t see it.",
    ]
    return [
        *told,
        *([] if done else bare),
        "Nobody has asked for review yet: there is no proof to read and sign.",
        "No editor has signed this text. An editor who didn’t write it signs the proof.",
    ]


def open_reason(someone: Visit, story: str, words: str, about: str = "") -> None:
    """Follow the first reason with these words, of the fact it is about, to where it is mended."""
    someone.page.goto(story)
    group = someone.page.locator("#blockers")
    alike = group.locator(".reasons > li").filter(has_text=words).locator(".alike a").filter(has_text=about)
    if alike.count():
        alike.first.click()
        someone.page.wait_for_load_state()
        return
    if about:
        group = group.locator(".about").filter(has_text=about).locator("xpath=following-sibling::ul[1]")
    group.locator("a").filter(has_text=words).first.click()
    someone.page.wait_for_load_state()


def sign(editor: Visit, story: str) -> None:
    editor.page.goto(story)
    with editor.page.expect_navigation():
        editor.page.get_by_role("link", name="Read the proof and sign").click()
    sheet = " ".join(editor.page.locator(".sheet").inner_text().split())
    assert all(paragraph in sheet for paragraph in PARAGRAPHS)
    # "Sign off", or "Sign, knowing these" where something could point at a source.
    with editor.page.expect_navigation():
        editor.page.get_by_role("button", name=re.compile("^Sign")).first.click()
    assert "Signed." in editor.page.locator(".messages").inner_text()


def read(reader: Visit, address: str) -> None:
    """The reader's page holds all of it, and nobody's alias."""
    answer = reader.page.goto(address)
    assert answer and answer.status == 200
    said = reader.says()
    for words in (*PARAGRAPHS, HEADLINE, STANDFIRST, CAPTION, CREDIT, "Wonsan", "Nora Vale", "How we know this"):
        assert words in said, words
    assert "bread" in said.lower()  # the label, in capitals by the style sheet
    assert TWO_DATES in reader.page.locator("figcaption").inner_text()
    picture = reader.page.locator("article.story figure img")
    assert picture.get_attribute("alt") == ALT
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    link = reader.page.locator("article.story p.previously a")
    assert link.get_attribute("href") == f"/en/story/{EARLIER}/"
    before, after = PARAGRAPHS[2][:40], PARAGRAPHS[3][:40]
    assert said.index(before) < said.index(link.inner_text()) < said.index(after)
    page = reader.page.content()
    for alias, *_ in SOURCES.values():
        assert not any(part in page.lower() for part in (alias, alias.replace(" ", "-")))
    for name in ("reporter2", "editor2", "Ines Calloway", "Petra Hollin", "station.jpg", "2023-05-05", "2023-07-02"):
        assert name not in page, name


def test_from_a_draft_to_a_readers_page(live_houses: LiveHouses, visit, tmp_path: Path) -> None:
    desk, site = live_houses.desk, live_houses.site
    address = f"{site}/en/story/wonsans-bakeries-sell-bread-by-weight-again/"

    with visit("reporter2") as reporter:
        for source in SOURCES.values():
            register(reporter, desk, *source)
        upload(reporter, desk, two_pictures_in_one(tmp_path))
        story = draft(reporter, desk)
        written = reporter.page.locator(".prose-text").inner_text()
        assert all(paragraph in written for paragraph in PARAGRAPHS)
        assert try_to_publish(reporter, story) == sorted(reasons(done=False))
        assert "You can’t publish: an editor does." in reporter.says()
        open_reason(reporter, story, "alternative text")
        reporter.page.fill("#id_figures-0-alt", ALT)
        reporter.save()
        settle(reporter, story)
        record_all(reporter, story)
        assert try_to_publish(reporter, story) == sorted(reasons(done=True))

    with visit() as reader:
        answer = reader.page.goto(address)
        assert answer and answer.status == 404
        reader.wrong.clear()  # the browser calls any 404 an error

    with visit("editor2") as editor:
        assert try_to_publish(editor, story) == sorted(reasons(done=True))
        assert "things block this story" in editor.page.locator(".messages").inner_text()
        for alias, *_ in SOURCES.values():
            open_reason(editor, story, f"Rests on {alias}, who is not confirmed")
            editor.press("Confirm source")
        assert not [reason for reason in try_to_publish(editor, story) if "who is not confirmed" in reason]
        for _, statement, _ in ALL_FACTS:
            open_reason(editor, story, "Not confirmed.", about=statement)
            card = editor.page.locator(".card").filter(has_text=statement)
            with editor.page.expect_navigation():
                card.get_by_role("button", name="Confirm fact").click()
            assert "confirmed by Petra Hollin" in card.inner_text()
        assert try_to_publish(editor, story) == sorted(reasons(done=True)[-2:])

    with visit("reporter2") as reporter:
        reporter.page.goto(story)
        reporter.press("Ask for review")
        assert "this is what will be signed" in reporter.says().lower()

    with visit("editor2") as editor:
        sign(editor, story)
        assert try_to_publish(editor, story) == []
        assert "Readers see it now" in editor.page.locator(".messages").inner_text()

    with visit() as reader:
        read(reader, address)
        reader.page.goto(f"{site}/en/")
        assert HEADLINE in reader.says()

    with visit("reporter2") as reporter:
        reporter.page.goto(story)
        reporter.page.fill("#id_standfirst", STANDFIRST.replace("spring", "winter"))
        reporter.save()

    with visit("editor2") as editor:
        assert [reason for reason in try_to_publish(editor, story) if "changed since" in reason]

    with visit() as reader:
        read(reader, address)  # what was signed stays in print, word for word
