"""In a browser: an editor takes a story with blockers of many kinds to print by following the links of its list alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import LiveHouses

PASSWORD = "a long pass phrase"
# A story whose reporter did his part and left: what is open is the editor's to mend.
SET_UP = """
import datetime as dt
import io
from PIL import Image
from django.utils import timezone
from articles import confirming
from articles.models import Article, Figure, Hold
from photos.uploading import upload_photo
from tests.factories import Desk

desk = Desk()
desk.agree(min_sources=2, covers_text=True)
for user in (desk.editor, desk.reporter):
    user.set_password("a long pass phrase")
    user.save()
article = Article.objects.create(
    headline="A bridge is closed", slug="a-bridge", language="en", created_by=desk.reporter,
    body="<p>The bridge was closed on 5 May.</p><p>That is why it mattered.</p>",
)
fact = desk.fact(article, "The bridge was closed on 5 May.", sources=[desk.source()], confirmed=False)
desk.says(fact, desk.source(confirmed=False))
article.body = article.body.replace("The bridge was closed on 5 May.",
                                    f'<span data-fact="{fact.pk}">The bridge was closed on 5 May.</span>')
article.save()
file = io.BytesIO()
Image.new("RGB", (640, 480), (90, 120, 60)).save(file, "JPEG")
file.seek(0)
photo = upload_photo(file, by=desk.reporter, name="Bridge", credit_en="", credit_ko="")
Figure.objects.create(article=article, photo=photo, alt="Seen from the bank.", caption="An old bridge.", after_paragraph=0)
Hold.objects.create(article=article, kind="embargo", until=timezone.now() + dt.timedelta(days=1), reason="Agreed", by=desk.reporter)
from articles import coverage
from articles.acts import act
with act(article):
    coverage.read(Article.objects.get(pk=article.pk), by=desk.reporter)
print("story", article.pk)
"""
KINDS = {
    "section_missing", "byline_missing", "hold_running", "fact_unconfirmed", "fact_needs_sources", "source_unconfirmed",
    "sentence_uncovered", "figure_needs_credit", "proof_missing", "signature_missing",
}  # fmt: skip


@pytest.fixture
def page(browser: Browser, live_houses: LiveHouses, story: int) -> Iterator[Page]:
    """The editor of that story's newsroom, logged in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(f"{live_houses.desk}/desk/login/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Log in", exact=True).click()
    yield page
    context.close()


@pytest.fixture
def story(live_houses: LiveHouses) -> int:
    said = live_houses.manage("shell", "-v0", "-c", SET_UP)
    return int(re.search(r"story (\d+)", said)[1])


def press(page: Page, words: str, within: str = "body") -> None:
    with page.expect_navigation():
        page.locator(within).get_by_role("button", name=words, exact=True).first.click()


def follow(page: Page, sentence: str) -> None:
    """Click what the list says, and nothing else."""
    link = page.locator("#blockers a", has_text=sentence).first
    address = link.get_attribute("href")
    link.click()
    page.wait_for_load_state()
    anchor = address.partition("#")[2]
    if anchor:
        assert page.locator(f"[id='{anchor}']").count(), f"“{sentence}” leads to #{anchor}, which is not on the page"


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".save-row .main-act").click()


def listed(page: Page) -> list[str]:
    return page.locator("#blockers .reasons a").all_inner_texts()


def test_an_editor_brings_a_story_to_print_by_the_links_of_its_list(page: Page, live_houses: LiveHouses, story: int):
    desk = f"{live_houses.desk}/desk/articles/article/{story}/change/"
    codes = live_houses.sql("desk").execute("SELECT DISTINCT code FROM gate_blockers(%s)", [story]).fetchall()
    assert {code for (code,) in codes} == KINDS
    page.goto(desk)
    before = len(listed(page))
    assert before == len(KINDS)

    follow(page, "in no section")
    page.select_option("#id_section", label="Society · 사회")
    save(page)
    follow(page, "no byline")
    page.locator("#id_bylines input").first.check()
    save(page)
    follow(page, "no credit")
    page.fill("#id_credit_en", "Photo: a resident")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").first.click()
    page.goto(desk)
    follow(page, "who is not confirmed")
    press(page, "Confirm source")
    page.goto(desk)
    follow(page, "not marked as context")
    for choice in page.locator("li.uncovered select").all():
        choice.select_option("context")
    press(page, "Settle these sentences")
    page.goto(desk)
    follow(page, "Not confirmed")
    press(page, "Confirm fact", within="#panel")
    follow(page, "Under embargo")
    page.locator("#holds summary", has_text="Lift…").first.click()
    page.locator("#holds textarea[name=reason]").first.fill("The other paper agreed")
    press(page, "Lift this hold", within="#holds")
    follow(page, "Nobody has asked for review")
    press(page, "Ask for review", within="#acts")
    page.goto(desk)
    follow(page, "No editor has signed")
    with page.expect_navigation():
        page.locator("#acts").get_by_role("link", name="Read the proof and sign").click()
    press(page, "Sign off")
    page.goto(desk)
    assert listed(page) == []
    with page.expect_navigation():
        page.locator("#acts").get_by_role("link", name="Publish…").click()
    press(page, "Publish now in the English edition")
    page.goto(f"{live_houses.site}/en/story/a-bridge/")
    assert "The bridge was closed on 5 May." in page.locator("article").inner_text()
