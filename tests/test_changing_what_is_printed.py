"""An editor changes a story that is in print: the reader sees the old one until the new one is signed and published."""

import datetime as dt
import re

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from articles import confirming, publishing
from articles.acts import act
from articles.gate import GateError
from articles.models import Correction, Fact, RelatedLink
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from staff.models import User
from tests.desks import at_the_desk, fields_of, page_of
from tests.factories import Desk, SectionFactory, StaffFactory

SITE = ["reader.languages.speak_the_language_of_the_address"]


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


@pytest.fixture
def reads(settings):
    """What a reader's browser gets of an address of the paper."""

    def get(address: str):
        desk_urls, desk_middleware = settings.ROOT_URLCONF, settings.MIDDLEWARE
        settings.ROOT_URLCONF, settings.MIDDLEWARE = "newsroom.site_urls", SITE
        try:
            return Client().get(address)
        finally:
            settings.ROOT_URLCONF, settings.MIDDLEWARE = desk_urls, desk_middleware

    return get


@pytest.fixture
def printed(desk, a_photo):
    """A story in print that has everything."""
    article = desk.article()
    article.tags.add("rice")
    article.figures.create(photo=a_photo, caption="A market", alt="Stalls")
    RelatedLink.objects.create(article=article, kind="related", url="https://one.example/", title="Read on")
    desk.published(article)
    article.refresh_from_db()
    return article


def correct(article, by, text="It was wrong; it is right now.", **kwargs) -> Correction:
    return Correction.objects.create(
        **{"article": article, "text": text, "dated": dt.date(2026, 5, 7), "by": by, **kwargs}
    )


def headline(article, words):
    article.refresh_from_db()
    article.headline = words
    article.save()


CHANGES = {
    "words": lambda desk, a: type(a).objects.filter(pk=a.pk).update(headline="Other words", body="<p>Other.</p>"),
    "address": lambda desk, a: type(a).objects.filter(pk=a.pk).update(slug="another-address"),
    "section": lambda desk, a: (
        type(a).objects.filter(pk=a.pk).update(section=SectionFactory(slug="money", name_en="Money", name_ko="경제"))
    ),
    "a fact's wording": lambda desk, a: confirming.reword(
        Fact.objects.get(article=a), "The price of rice fell.", kind="event", by=desk.reporter
    ),
    "a new fact": lambda desk, a: desk.fact(a, "Corn is dearer too.", confirmed=False),
    "a caption": lambda desk, a: a.figures.update(caption="Another caption"),
    "an alternative text": lambda desk, a: a.figures.update(alt="Other words"),
    "no figure": lambda desk, a: a.figures.all().delete(),
    "a photo's credit": lambda desk, a: type(a.figures.get().photo).objects.update(credit_en="Somebody else"),
    "tags": lambda desk, a: a.tags.set(["corn"]),
    "bylines": lambda desk, a: a.bylines.clear(),
    "a pen name": lambda desk, a: a.bylines.update(name_en="Another Name"),
    "links": lambda desk, a: a.related_links.update(title="Read something else"),
    "a correction": lambda desk, a: correct(a, desk.reporter),
    "a new proof, signed": lambda desk, a: (headline(a, "Signed, not published"), desk.signed(a)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_for_the_reader(desk, printed, reads, change):
    addresses = [
        "/en/story/story-0/",
        "/en/",
        "/en/section/society/",
        "/en/tag/rice/",
        "/en/feed.atom",
        "/en/corrections/",
    ]
    before = {address: reads(address).content for address in addresses}
    assert b"Rice is dearer" in before["/en/story/story-0/"]
    CHANGES[change](desk, printed)
    for address in addresses:
        now = reads(address)
        # A new section is in the frame of every page at once; the story is where it was.
        told = re.sub(rb'<li><a href="/en/section/money/">Money</a></li>\n', b"", now.content)
        assert (now.status_code, told) == (200, before[address]), address
    assert reads("/en/story/another-address/").status_code == 404


def test_the_new_version_is_what_was_signed_with_its_correction_and_date(desk, printed, reads):
    headline(printed, "Rice is much dearer")
    correct(printed, desk.reporter)
    desk.published(printed)
    page = reads("/en/story/story-0/").content.decode()
    assert "<h1>Rice is much dearer</h1>" in page
    box = page.split('<section class="corrections"')[1].split("</section>")[0]
    assert "<strong>Correction</strong>" in box and "7 May 2026" in box and "It was wrong; it is right now." in box
    assert "It was wrong; it is right now." in reads("/en/corrections/").content.decode()


def test_a_version_at_an_hour_shows_the_old_one_until_then(desk, printed, reads, database_server, committed_db):
    headline(printed, "Rice is much dearer")
    correct(printed, desk.reporter)
    desk.signed(printed)
    publishing.publish(printed, by=desk.editor, at=timezone.now() + dt.timedelta(hours=3))
    page = reads("/en/story/story-0/").content.decode()
    assert "<h1>Rice is dearer</h1>" in page and "It was wrong" not in page
    assert "It was wrong" not in reads("/en/corrections/").content.decode()
    # The hour comes: the hours of the rows move, for no clock can be set.
    with psycopg.connect(database_server.administrator.in_database(committed_db).url, autocommit=True) as clock:
        clock.execute("SET session_replication_role = replica")
        clock.execute(
            "UPDATE reader_publication SET go_live_at = go_live_at - interval '4 hours',"
            " first_printed_at = first_printed_at - interval '4 hours', superseded_at = superseded_at - interval '4 hours'"
        )
    page = reads("/en/story/story-0/").content.decode()
    assert "<h1>Rice is much dearer</h1>" in page and "It was wrong" in page
    assert "It was wrong" in reads("/en/corrections/").content.decode()


def test_withdrawn_pages_are_alike_to_the_letter_whatever_the_reason(desk, reads):
    reasons = ["The court asked.", "It was made up.", "A source is in danger."]
    pages = []
    for number, reason in enumerate(reasons):
        publication = desk.published(headline=f"Story of {number}", label="Exclusive")
        if number == 1:
            publishing.pull(publication, by=desk.reporter, reason="First pulled.")
        publishing.withdraw(publication, by=desk.chief, reason=reason)
        pages.append(reads(publication.get_absolute_url()))
    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1
    said = pages[0].content.decode()
    assert not any(words in said for words in (*reasons, "Story of", "Exclusive", "First pulled"))


# ---------------------------------------------------------------------------------------------------------------------
# A correction is kept for ever
# ---------------------------------------------------------------------------------------------------------------------


def with_a_correction(desk) -> tuple[Correction, Publication]:
    article = desk.published().printing.article
    note = correct(article, desk.reporter)
    return note, desk.published(article)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.delete(),
        lambda note: Correction.objects.filter(pk=note.pk).delete(),
        lambda note: Correction.objects.filter(pk=note.pk).update(text="It was always right."),
        lambda note: Correction.objects.filter(pk=note.pk).update(dated=dt.date(2020, 1, 1)),
        lambda note: Correction.objects.filter(pk=note.pk).update(kind="update"),
    ],
    ids=["delete", "delete many", "words", "date", "kind"],
)
def test_one_that_is_printed_is_neither_removed_nor_changed(desk, change):
    note, _ = with_a_correction(desk)
    with pytest.raises(GateError, match="kept for ever") as refusal, act():
        change(note)
    assert refusal.value.code == "correction_is_printed"
    assert Correction.objects.get().text == note.text


def test_also_after_the_story_was_pulled_or_withdrawn(desk, desk_sql):
    _, publication = with_a_correction(desk)
    publishing.pull(publication, by=desk.reporter, reason="A doubt.")
    publishing.withdraw(publication, by=desk.chief, reason="Gone.")
    with pytest.raises(psycopg.DatabaseError, match="correction_is_printed"):
        desk_sql.execute("DELETE FROM articles_correction")


def test_one_that_no_reader_saw_may_still_be_mended(desk):
    article = desk.published().printing.article
    note = correct(article, desk.reporter, "Not yet printed.")
    Correction.objects.filter(pk=note.pk).update(text="Mended before print.")
    # Scheduled it counts as printed; stopped before its hour it is free again.
    desk.signed(article)
    second = publishing.publish(article, by=desk.editor, at=timezone.now() + dt.timedelta(hours=2))
    with pytest.raises(Exception, match="correction_is_printed"):
        note.delete()
    publishing.pull(second, by=desk.reporter, reason="The note is wrong.")
    Correction.objects.filter(pk=note.pk).update(text="Mended again.")
    assert desk.published(article).corrections[0]["text"] == "Mended again."


def test_it_stands_in_every_later_version(desk):
    _, second = with_a_correction(desk)
    article = second.printing.article
    headline(article, "Third")
    correct(article, desk.reporter, "Another note.", dated=dt.date(2026, 5, 1))
    third = desk.published(article)
    assert [note["text"] for note in third.corrections] == ["Another note.", "It was wrong; it is right now."]


def test_a_version_that_left_it_out_is_refused_however_it_was_made(desk, owner_sql):
    _, second = with_a_correction(desk)
    article = second.printing.article
    headline(article, "Third")
    # With the owner's hands: the row is gone, so that the proof does not have it.
    owner_sql.execute("ALTER TABLE articles_correction DISABLE TRIGGER correction_before")
    owner_sql.execute("DELETE FROM articles_correction")
    sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)
    with pytest.raises(GateError, match="every later version") as refusal:
        publishing.publish(article, by=desk.editor)
    assert refusal.value.code == "correction_left_out"
    assert Publication.objects.in_print().get() == second


@pytest.mark.parametrize(("role", "adds"), [("reporter", True), ("editor", True), ("photo editor", False)])
def test_it_is_added_by_who_may_write_and_by_nobody_else(desk, role, adds):
    article = desk.published().printing.article
    browser = at_the_desk(StaffFactory(roles=[role]))
    sent = fields_of(browser.get(page_of(article)))
    rows = "corrections"
    sent |= {f"{rows}-TOTAL_FORMS": "1", f"{rows}-INITIAL_FORMS": "0"}
    today = timezone.localdate()
    sent |= {f"{rows}-0-kind": "correction", f"{rows}-0-dated": today.isoformat(), f"{rows}-0-text": "Put right."}
    sent[f"{rows}-0-article"] = str(article.pk)
    browser.post(page_of(article), sent)
    assert Correction.objects.filter(text="Put right.").exists() is adds


@pytest.mark.parametrize(("days", "words"), [(1, "has not come yet"), (-1, "was first printed on")])
def test_its_day_is_between_the_first_print_and_today(desk, days, words):
    article = desk.published().printing.article
    browser = at_the_desk(desk.reporter)
    page, rows = browser.get(page_of(article)), "corrections"
    today = timezone.localdate()
    assert f'max="{today.isoformat()}"' in page.text
    day = (today + dt.timedelta(days=days)).isoformat()
    sent = fields_of(page) | {f"{rows}-TOTAL_FORMS": "1", f"{rows}-INITIAL_FORMS": "0"}
    sent |= {f"{rows}-0-kind": "correction", f"{rows}-0-dated": day, f"{rows}-0-text": "Put right."}
    answer = browser.post(page_of(article), sent | {f"{rows}-0-article": str(article.pk)})
    assert words in answer.text and "Put right." in answer.text
    assert not Correction.objects.exists()


def test_at_the_desk_nobody_is_offered_to_remove_it_and_who_tries_is_told_why(desk):
    note, publication = with_a_correction(desk)
    article = publication.printing.article
    page = at_the_desk(desk.editor).get(page_of(article)).content.decode()
    assert note.text in page and "corrections-0-DELETE" not in page
    User.objects.filter(pk=desk.chief.pk).update(is_superuser=True)
    browser = at_the_desk(User.objects.get(pk=desk.chief.pk))
    sent = fields_of(browser.get(page_of(article)))
    assert "corrections-0-text" in sent
    answer = browser.post(page_of(article), {**sent, "corrections-0-DELETE": "on"})
    assert "This correction has been printed" in answer.content.decode()
    answer = browser.post(page_of(article), {**sent, "corrections-0-text": "It was always right."})
    assert "This correction has been printed" in answer.content.decode()
    assert Correction.objects.get().text == note.text
