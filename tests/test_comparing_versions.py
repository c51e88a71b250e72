"""An editor reads every version of a story that was printed, and any two of them side by side, word by word."""

import datetime as dt
import random
import time
import uuid

import pytest
from django.utils import timezone

from articles import confirming
from articles.comparing import compare
from articles.differences import Piece, matched, paired, word_by_word
from articles.models import Correction, RelatedLink
from articles.proofing import ask_for_review
from articles.publishing import publish, pull, release, withdraw
from articles.signing import sign_off
from articles.versions import versions_of
from reader.models import Publication
from tests.desks import at_the_desk, page_of
from tests.factories import Desk, StaffFactory
from tests.presses import figure, picture

ORDINARY = [
    ("The price rose to 4,500 won in May.", "The price fell to 4,300 won in May."),
    ("", "All of it is new."),
    ("All of it is gone.", ""),
    ("The same.", "The same."),
    ("쌀값이 5월에 올랐다, 고 한다.", "쌀값은 5월에 크게 올랐다고 한다."),
    ("“Rice,” she said—“is dear.”", "“Rice”, she said… “is dear!”"),
    ("one  two\nthree", "one two three"),
]


@pytest.mark.parametrize(("old", "new"), ORDINARY)
def test_the_pieces_are_both_texts_to_the_letter(old, new):
    pieces = word_by_word(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new


def test_a_changed_word_is_told_and_no_other():
    assert word_by_word("It cost 4,500 won.", "It cost 4,300 won.") == [
        Piece("same", "It cost "),
        Piece("out", "4,500"),
        Piece("in", "4,300"),
        Piece("same", " won."),
    ]


def test_korean_is_compared_by_what_stands_between_spaces():
    assert word_by_word("쌀값이 5월에 올랐다.", "쌀값은 5월에 올랐다.") == [
        Piece("out", "쌀값이"),
        Piece("in", "쌀값은"),
        Piece("same", " 5월에 올랐다."),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the old grey mill stands", "the new white mill stands"),
        # A rewritten sentence is no patchwork of the small words that both happen to have.
        ("the houses came down in spring, stands", "the residents of it came and in autumn, stands"),
    ],
)
def test_changes_that_little_parts_are_read_as_one(old, new):
    assert [piece.kind for piece in word_by_word(old, new)] == ["same", "out", "in", "same"]


def test_random_texts_come_out_to_the_letter_however_they_are_cut(monkeypatch):
    chance = random.Random(9)
    for number in range(600):
        monkeypatch.setattr("articles.differences.MOST_PAIRS", chance.choice([0, 5, 60_000]))
        old = "".join(
            chance.choice(["a", "b", "쌀", "c3", " ", ", ", "\n", " ("]) for _ in range(chance.randint(0, 60))
        )
        new = "".join(letter for letter in old if chance.random() > 0.15) if number % 2 else old[::-1]
        pieces = word_by_word(old, new)
        assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
        assert "".join(piece.text for piece in pieces if piece.kind != "out") == new


def test_a_rewritten_paragraph_stands_beside_what_it_was():
    old = ["First.", "The price of rice rose in May.", "Last."]
    new = ["First.", "Wholly new words here.", "The price of rice rose again in June.", "Last."]
    assert paired(old, new) == [
        ("First.", "First."),
        (None, "Wholly new words here."),
        ("The price of rice rose in May.", "The price of rice rose again in June."),
        ("Last.", "Last."),
    ]


def test_texts_in_no_order_stand_beside_what_they_were():
    old = ["In May rice was dearer.", "It rose.", "Rice is dear."]
    new = ["It rose.", "Other words.", "Since spring, in May rice was dearer."]
    assert matched(old, new) == [
        ("It rose.", "It rose."),
        (None, "Other words."),
        ("In May rice was dearer.", "Since spring, in May rice was dearer."),
        ("Rice is dear.", None),
    ]


@pytest.mark.parametrize("changed", [0.02, 0.3, 1.0])
@pytest.mark.parametrize("in_paragraphs_of", [10, 50, 5000])
def test_five_thousand_words_compare_in_well_under_a_second(changed, in_paragraphs_of):
    chance = random.Random(5)
    words = [f"w{int(chance.paretovariate(0.7))}" for _ in range(5000)]
    old = [" ".join(words[n : n + in_paragraphs_of]) for n in range(0, 5000, in_paragraphs_of)]
    new = [" ".join(w + "x" if chance.random() < changed else w for w in text.split()) for text in old]
    began = time.perf_counter()
    for was, now in paired(old, new):
        word_by_word(was or "", now or "")
    assert time.perf_counter() - began < 1


# ---------------------------------------------------------------------------------------------------------------------
# Everything that a reader would see is compared
# ---------------------------------------------------------------------------------------------------------------------

TEXT = {
    "story": uuid.uuid4(),
    "language": "en",
    "kind": "news",
    "slug": "rice",
    "label": "",
    "headline": "Rice is dearer",
    "standfirst": "At the market.",
    "blocks": ["<p>First paragraph of it.</p>", '<p>See <a href="https://one.example/">the report</a>.</p>'],
    "bylines": [{"name": "Ahn Sora", "slug": "ahn-sora"}],
    "dateline": "Hyesan",
    "section_slug": "life",
    "section_name": "Life",
    "tags": [{"slug": "rice", "name": "rice"}],
    "figures": [figure(picture("A street.", hash="a" * 64), caption="A street in spring.", credit="The Ledger")],
    "links": [{"kind": "related", "after": None, "story": None, "url": "https://two.example/", "title": "Read on"}],
    "corrections": [{"kind": "correction", "text": "It was wrong.", "date": "2026-05-07"}],
    "how_known": {"min_sources": 2, "events": True, "documents": False, "confirmed": "2026-05"},
    "translation_of": None,
}
FIGURE = TEXT["figures"][0]
CHANGES = {
    "headline": "Rice is cheaper",
    "standfirst": "",
    "label": "Exclusive",
    "kind": "analysis",
    "slug": "rice-again",
    "dateline": "Musan",
    "section_slug": "money",
    "section_name": "Money",
    "bylines": [{"name": "Kim Nari", "slug": "kim-nari"}],
    "tags": [],
    "blocks": ["<p>First paragraph.</p>", TEXT["blocks"][1]],
    "blocks: a heading": ["<h2>First paragraph of it.</h2>", TEXT["blocks"][1]],
    "blocks: emphasis": ["<p>First <em>paragraph</em> of it.</p>", TEXT["blocks"][1]],
    "blocks: where a link leads": [TEXT["blocks"][0], TEXT["blocks"][1].replace("one.", "three.")],
    "figures: caption": [{**FIGURE, "caption": "A street in May."}],
    "figures: credit": [{**FIGURE, "credit": "A reader"}],
    "figures: place": [{**FIGURE, "after": 2}],
    "figures: alternative text": [{**FIGURE, "pictures": [{**FIGURE["pictures"][0], "alt": "A road."}]}],
    "figures: picture": [{**FIGURE, "pictures": [{**FIGURE["pictures"][0], "hash": "b" * 64}]}],
    "figures: day": [{**FIGURE, "pictures": [{**FIGURE["pictures"][0], "dates": "May 2026"}]}],
    "figures": [],
    "links": [{**TEXT["links"][0], "url": "https://four.example/"}],
    "links: kind": [{**TEXT["links"][0], "kind": "followup"}],
    "links: place": [{**TEXT["links"][0], "after": 1}],
    "corrections": [],
    "how_known": {**TEXT["how_known"], "documents": True},
    "how_known: month": {**TEXT["how_known"], "confirmed": "2026-06"},
    "how_known: a waiver": {**TEXT["how_known"], "single_source": ["Nobody else was there."]},
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_reader_would_see_changed_is_shown(change):
    assert not any(part.changed for part in compare(TEXT, TEXT))
    column = change.partition(":")[0]
    changed = {**TEXT, column: CHANGES[change]}
    assert any(part.changed for part in compare(TEXT, changed))
    assert any(part.changed for part in compare(changed, TEXT))


def test_no_printed_column_is_left_out():
    # What a story keeps for ever can't change from one version to the next.
    kept = {"story", "language", "translation_of"}
    assert set(Publication.printed_columns()) == {change.partition(":")[0] for change in CHANGES} | kept == set(TEXT)


# ---------------------------------------------------------------------------------------------------------------------
# At the desk
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def twice(desk):
    """A story in print in its second version, with a correction."""
    article = desk.published(headline="Rice is dearer").printing.article
    article.headline = "Rice is much dearer"
    article.save()
    Correction.objects.create(article=article, text="It was wrong before.", dated=dt.date(2026, 5, 7), by=desk.reporter)
    desk.published(article)
    return article


def see(user, article, address):
    return at_the_desk(user).get(f"/desk/stories/{article.pk}/{address}")


def test_every_version_stands_there_with_its_hours(desk, twice):
    page = see(desk.reporter, twice, "versions/").content.decode()
    assert page.index("Version 2") < page.index("Version 1")
    assert "Superseded" in page and "In print" in page
    assert "Signed by editor." in page and "Published by editor, at once." in page
    assert "Version 2 took its place." in page


def test_each_is_read_in_full_as_it_was_printed(desk, twice):
    first, second = (see(desk.reporter, twice, f"versions/{number}/").content.decode() for number in (1, 2))
    assert "<h1>Rice is dearer</h1>" in first and "It was wrong before." not in first
    assert "<h1>Rice is much dearer</h1>" in second and "It was wrong before." in second
    assert all("<p>First paragraph.</p>" in page for page in (first, second))
    assert see(desk.reporter, twice, "versions/3/").status_code == 404


def test_two_stand_side_by_side_word_by_word(desk, twice):
    page = see(desk.reporter, twice, "versions/comparison/?before=1&after=2").content.decode()
    assert "Rice is <ins>much </ins>dearer" in page
    assert "2 unchanged paragraphs" in page
    assert "<ins>Correction · 7 May 2026 · It was wrong before.</ins>" in page
    assert (
        "Rice is <del>much </del>dearer"
        in see(desk.reporter, twice, "versions/comparison/?before=2&after=1").content.decode()
    )
    for wrong in ("", "?before=1", "?before=1&after=9", "?before=x&after=copy"):
        assert see(desk.reporter, twice, f"versions/comparison/{wrong}").status_code == 404


def test_the_working_copy_stands_beside_what_is_in_print(desk, twice):
    twice.body = "<p>First paragraph.</p><p>Second paragraph, mended.</p>"
    twice.save()
    page = see(desk.editor, twice, "versions/comparison/?before=2&after=copy").content.decode()
    assert "Second paragraph<ins>, mended</ins>." in page
    assert "no difference" in see(desk.editor, twice, "versions/comparison/?before=2&after=proof").content.decode()


def test_a_link_to_a_story_of_ours_is_told_by_its_headline(desk, twice):
    other = desk.article("The other story")
    twice.body = f'<p>First paragraph, as <a href="/en/story/{other.slug}/">we wrote</a>.</p><p>Second paragraph.</p>'
    twice.save()
    RelatedLink.objects.create(article=twice, kind="related", to=other)
    page = see(desk.editor, twice, "versions/comparison/?before=2&after=copy").content.decode()
    assert "⟨The other story⟩" in page and "Related: ⟨The other story⟩" in page
    assert str(other.story) not in page


def test_the_publish_page_leads_to_what_changes_for_the_reader(desk, twice):
    twice.standfirst = "New words."
    twice.save()
    assert (
        f"{twice.pk}/versions/comparison/?before=2&amp;after=copy"
        in see(desk.editor, twice, "publication/").content.decode()
    )
    ask_for_review(twice, by=desk.reporter)
    assert "?before=2&amp;after=proof" in see(desk.editor, twice, "publication/").content.decode()
    new = desk.signed(headline="Never printed")
    assert "comparison" not in see(desk.editor, new, "publication/").content.decode()


def test_the_storys_page_leads_to_its_versions(desk, twice):
    assert f"/desk/stories/{twice.pk}/versions/" in at_the_desk(desk.reporter).get(page_of(twice)).content.decode()
    assert "/versions/" not in at_the_desk(desk.reporter).get(page_of(desk.article())).content.decode()


def test_what_was_pulled_and_withdrawn_is_still_read_with_who_and_why(desk, twice):
    publication = Publication.objects.get(story=twice.story, version=2)
    pull(publication, by=desk.reporter, reason="A doubt.")
    release(publication, by=desk.editor, reason="The doubt is gone.")
    withdraw(publication, by=desk.chief, reason="A grave error.")
    page = see(desk.reporter, twice, "versions/").content.decode()
    for words in (
        "Pulled by reporter: A doubt.",
        "Released by editor: The doubt is gone.",
        "Withdrawn by chief: A grave error.",
    ):
        assert words in page
    assert "<h1>Rice is much dearer</h1>" in see(desk.reporter, twice, "versions/2/").content.decode()


def test_one_that_the_gate_pulled_says_so(desk):
    article = desk.published().printing.article
    confirming.dispute(article.facts.get(), by=desk.other_editor, reason="A doubt.")
    (version,) = versions_of(article)
    assert version.state == "Pulled"
    assert "Pulled by the gate: what it rests on fell." in [hour.sentence for hour in version.hours]


def test_one_that_no_reader_saw_says_so(desk, twice):
    soon = timezone.now() + dt.timedelta(hours=2)
    twice.headline = "Rice is dearest"
    twice.save()
    sign_off(ask_for_review(twice, by=desk.reporter), by=desk.editor)
    third = publish(twice, by=desk.editor, at=soon)
    assert [version.state for version in versions_of(twice)] == ["Scheduled", "In print", "Superseded"]
    assert versions_of(twice)[1].hours[-1].sentence == "Version 3 takes its place."
    pull(third, by=desk.reporter, reason="Not yet.")
    versions = versions_of(twice)
    assert [version.seen for version in versions] == [False, True, True]
    assert versions[0].state == "Stopped before its hour; no reader saw it"
    assert [hour.sentence for hour in versions[0].hours][-1] == ("Its hour. It is stopped: no reader will see it.")


def test_one_that_something_urgent_passed_before_its_hour_says_so(desk, twice):
    desk.signed(twice)
    publish(twice, by=desk.editor, at=timezone.now() + dt.timedelta(hours=2))
    twice.headline = "Urgent"
    twice.save()
    desk.published(twice)
    versions = versions_of(twice)
    assert [version.seen for version in versions] == [True, False, True, True]
    assert "Stopped: version 4 was printed before its hour." in [hour.sentence for hour in versions[1].hours]


def test_only_who_sees_stories_sees_their_versions(desk, twice):
    moderator = StaffFactory(roles=["moderator"])
    for address in ("versions/", "versions/1/", "versions/comparison/?before=1&after=2"):
        assert see(moderator, twice, address).status_code == 403
        assert at_the_desk(desk.editor).post(f"/desk/stories/{twice.pk}/{address}").status_code == 405
