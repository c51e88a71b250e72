"""Holds, originals that fell, emergencies, and what the desk shows of a story before its proof is made."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import confirming
from articles.models import Article, Context, Hold, Lifting, Override, Rendering
from articles.proofing import ask_for_review
from articles.publishing import publish, pull, release, withdraw
from articles.signing import sign_off
from photos.models import Photo
from tests.factories import Desk, StaffFactory
from tests.laws import answer, asked, codes, refused, undone
from tests.test_what_is_printed_and_when import print_raw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment")]
UNREAD = {"proof_missing", "signature_missing"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def hours(n: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=n)


def hold(desk: Desk, article: Article, n: float, kind: str = "embargo", by=None) -> Hold:
    return Hold.objects.create(article=article, kind=kind, until=hours(n), reason="Agreed", by=by or desk.reporter)


def test_a_hold_keeps_a_story_until_its_hour(desk):
    article = desk.signed()
    other = desk.signed(headline="Another")
    for kind in ("embargo", "safety"):
        with undone():
            held = hold(desk, article, 5, kind)
            assert (codes(article), codes(other)) == ({"hold_running"}, set())
            assert kept(lambda: publish(article, by=desk.editor)) == {"hold_running"}
            assert kept(lambda: publish(article, by=desk.editor, at=hours(4))) == {"hold_running"}
            assert kept(lambda: publish(article, by=desk.editor, at=hours(6))) == set()
            Lifting.objects.create(hold=held, by=desk.editor, reason="Over")
            assert codes(article) == set()
    hold(desk, article, -1)
    assert codes(article) == set()


def kept(act) -> set[str]:
    """Why the gate keeps what an act would print; what it did is taken back."""
    from articles.gate import Blocked

    try:
        with undone():
            act()
    except Blocked as blocked:
        return {b.code for b in blocked.blockers}
    return set()


def test_who_lifts_a_hold(desk):
    article = desk.article()
    hers, embargo = hold(desk, article, 5, "safety", desk.editor), hold(desk, article, 5, "embargo", desk.editor)

    def lifted(by, held: Hold) -> str:
        return refused(lambda: Lifting.objects.create(hold=held, by=by, reason="Over"))

    assert lifted(desk.reporter, hers) == lifted(desk.reporter, embargo) == "hold_lifted_by_another"
    assert lifted(desk.editor, hers) == "hold_lifted_by_another"
    assert lifted(desk.other_editor, hers) == lifted(desk.editor, embargo) == lifted(desk.chief, embargo) == ""


def test_a_hold_stops_what_waits_for_an_earlier_hour_and_nothing_in_print(desk):
    waits = publish(desk.signed(), by=desk.editor, at=hours(5))
    early = publish(desk.signed(headline="Early"), by=desk.editor, at=hours(5))
    printed = desk.published(headline="Printed")
    with undone():
        hold(desk, waits.printing.article, 3)
        hold(desk, printed.printing.article, 9)
        assert fallen(waits, early, printed) == []
        confirming.take_back(
            printed.printing.article.facts.get().wording.confirmations.first(), by=desk.editor, reason="x"
        )
        printed.refresh_from_db()
        assert {c["code"] for c in printed.pulls.get().causes} == {"fact_needs_sources"}
    held = hold(desk, waits.printing.article, 9)
    assert fallen(waits, early, printed) == [waits]
    assert waits.pulls.get().causes == [{"code": "hold_running", "fact": None, "object": held.pk}]


def fallen(*publications) -> list:
    answer()
    for publication in publications:
        publication.refresh_from_db()
    return [p for p in publications if p.pulled_at]


# ---------------------------------------------------------------------------------------------------------------------
# Translations
# ---------------------------------------------------------------------------------------------------------------------


def test_a_translation_falls_with_its_original_and_may_come_back_with_it(desk):
    original = desk.published()
    translation = translated(desk, original.printing.article)
    korean = publish(translation, by=desk.editor)
    with undone():
        asked(
            "UPDATE reader_publication SET leaves_at = now() - interval '1 minute' WHERE id = %s RETURNING 1",
            original.pk,
        )
        assert fallen(korean) == [korean]
    with undone():
        for publication, hour in ((korean, 5), (original, 9)):
            asked("UPDATE reader_publication SET leaves_at = %s WHERE id = %s RETURNING 1", hours(hour), publication.pk)
            assert fallen(korean) == [], "it leaves before its original"
        asked("UPDATE reader_publication SET leaves_at = %s WHERE id = %s RETURNING 1", hours(4), original.pk)
        assert fallen(korean) == [korean]
    with undone():
        withdraw(original, by=desk.chief, reason="Gone")
        assert fallen(korean) == [korean]
        assert korean.pulls.get().causes[0]["code"] == "original_fell"
        assert "object" in korean.pulls.get().causes[0]
    pull(original, by=desk.reporter, reason="A doubt")
    assert fallen(korean) == [korean]
    assert kept(lambda: release(korean, by=desk.editor, reason="All the same")) == {"original_fell"}
    release(original, by=desk.editor, reason="Right after all")
    release(korean, by=desk.editor, reason="So is this")
    assert fallen(korean) == []


def test_an_original_that_is_back_in_a_new_version_has_not_fallen(desk):
    original = desk.published()
    translation = translated(desk, original.printing.article)
    pull(original, by=desk.reporter, reason="A doubt")
    assert "original_fell" in codes(translation)
    Article.objects.filter(pk=original.printing.article_id).update(headline="In other words")
    desk.published(Article.objects.get(pk=original.printing.article_id))
    assert codes(translation) == set()


def test_what_is_kept_back_in_one_language_is_kept_back_in_every_one(desk):
    original = desk.signed()
    translation = translated(desk, original)
    assert codes(translation) == set()
    hold(desk, original, 5)
    assert codes(translation) == {"hold_running"}


def translated(desk: Desk, original: Article) -> Article:
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    proof = ask_for_review(translation, by=desk.reporter)
    sign_off(proof, by=desk.editor)
    for fact in original.facts.all():
        confirming.mark_rendered(translation, fact, by=desk.editor)
    return translation


def test_an_original_that_never_came_to_its_hour_has_not_fallen(desk):
    original = publish(desk.signed(), by=desk.editor, at=hours(5))
    translation = translated(desk, original.printing.article)
    pull(original, by=desk.reporter, reason="A doubt")
    assert "original_fell" not in codes(translation)


# ---------------------------------------------------------------------------------------------------------------------
# Emergencies
# ---------------------------------------------------------------------------------------------------------------------


def override(desk: Desk, article: Article, **columns) -> Override:
    return Override.objects.create(
        **{
            "article": article,
            "reason": "Tonight",
            "printed_reason": "The water comes.",
            "until": hours(24),
            "proposed_by": desk.other_editor,
            "agreed_by": desk.chief,
            "agreed_at": timezone.now(),
            **columns,
        }
    )


@pytest.fixture
def uncovered(desk) -> Article:
    """A story in print whose text nobody has settled; the policy asks for it from now on."""
    article = desk.article(body="<p>The dam is open.</p><p>7 towns.</p>")
    desk.fact(article, "The dam is open.")
    desk.policy = desk.agree(covers_text=True)
    return article


def sign(desk: Desk, article: Article):
    return sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor).proof


def test_an_emergency_lifts_what_is_asked_of_the_text(desk, uncovered):
    Context.objects.create(article=uncovered, text="7 towns.", by=desk.reporter)
    sign(desk, uncovered)
    assert codes(uncovered) == {"sentence_uncovered", "context_states_a_fact", "fact_without_passage"}
    override(desk, uncovered)
    sign(desk, uncovered)
    assert codes(uncovered) == set()
    assert kept(lambda: publish(uncovered, by=desk.editor)) == set()
    confirming.unconfirm(uncovered.facts.get(), by=desk.editor, reason="Not sure")
    assert codes(uncovered) == {"fact_unconfirmed"}


def test_an_emergency_lifts_a_rendering(desk):
    original = desk.published().printing.article
    translation = desk.article("쌀값 올라", language="ko", translation_of=original)
    sign(desk, translation)
    assert codes(translation) == {"fact_not_rendered"}
    override(desk, translation)
    sign(desk, translation)
    assert codes(translation) == set()
    assert not Rendering.objects.exists()


def test_an_emergency_is_of_the_proofs_that_tell_of_it(desk, uncovered):
    silent = sign(desk, uncovered)
    given = override(desk, uncovered)
    telling = sign(desk, uncovered)
    assert refused(lambda: print_raw(desk, telling, leaves_at=given.until)) == ""
    assert "sentence_uncovered" in refused(lambda: print_raw(desk, silent, leaves_at=given.until))


@pytest.mark.parametrize(
    "lack",
    ["nobody agreed", "is over", "not told", "of another story", "no chief", "its author agreed", "no editor proposed"],
)
def test_no_emergency(desk, uncovered, lack):
    columns = {}
    if lack == "nobody agreed":
        columns = {"agreed_by": None, "agreed_at": None}
    elif lack == "no chief":
        columns = {"agreed_by": desk.editor}
    elif lack == "no editor proposed":
        columns = {"proposed_by": StaffFactory()}
    elif lack == "of another story":
        columns = {"article": desk.article("Another")}
    elif lack == "is over":
        columns = {"until": hours(-1)}
    if lack == "not told":
        sign(desk, uncovered)
        override(desk, uncovered)
        Article.objects.filter(pk=uncovered.pk).update(revision=uncovered.revision)
        unsaid = uncovered.proofs.first()
        assert "emergency" not in unsaid.how_known
        blocked = asked("SELECT code FROM gate_blockers(%s)", uncovered.pk)
        assert ("sentence_uncovered",) in blocked
        return
    given = override(desk, columns.pop("article", uncovered), **columns)
    if lack == "its author agreed":
        uncovered.authors.add(desk.chief)
    proof = sign(desk, uncovered)
    if "emergency" not in proof.how_known:
        # Told all the same by somebody with a psql prompt.
        from tests.test_which_words_state_what import proof_with

        proof_with(desk, proof, how_known={**proof.how_known, "emergency": given.printed_reason})
    assert "sentence_uncovered" in codes(uncovered)


def test_what_an_emergency_lets_through_leaves_print_with_it(desk, uncovered):
    hold(desk, uncovered, 30)
    override(desk, uncovered)
    sign(desk, uncovered)
    assert codes(uncovered) == {"hold_running"}, "the desk shows it: an embargo is lifted at print alone"
    with undone():
        hold(desk, uncovered, 30, "safety")
        assert "hold_running" in kept(lambda: publish(uncovered, by=desk.editor))
    printed = publish(uncovered, by=desk.editor)
    for statement in ("leaves_at = NULL", "leaves_at = leaves_at + interval '2 days'"):
        assert refused(f"UPDATE reader_publication SET {statement} WHERE id = %s", printed.pk) == "override_over"
    assert (
        refused("UPDATE reader_publication SET leaves_at = leaves_at - interval '1 hour' WHERE id = %s", printed.pk)
        == ""
    )


def test_an_embargo_does_not_stop_what_an_emergency_lets_through(desk, uncovered):
    override(desk, uncovered)
    sign(desk, uncovered)
    waits = publish(uncovered, by=desk.editor, at=hours(2))
    hold(desk, uncovered, 9)
    assert fallen(waits) == []
    hold(desk, uncovered, 9, "safety")
    assert fallen(waits) == [waits]


# ---------------------------------------------------------------------------------------------------------------------
# The working copy
# ---------------------------------------------------------------------------------------------------------------------


def test_what_a_draft_lacks(desk):
    article = desk.article()
    desk.fact(article)
    for columns, lack in (
        ({"headline": ""}, "headline_missing"),
        ({"body": ""}, "body_missing"),
        ({"section": None}, "section_missing"),
    ):
        with undone():
            Article.objects.filter(pk=article.pk).update(**columns)
            assert codes(article) == UNREAD | {lack}
    with undone():
        article.bylines.clear()
        assert codes(article) == UNREAD | {"byline_missing"}
    with undone():
        desk.fact(article, "It snowed.", confirmed=False)
        assert codes(article) == UNREAD | {"fact_unconfirmed"}
    desk.signed(article)
    assert codes(article) == set()
    Article.objects.filter(pk=article.pk).update(headline="Other words")
    assert codes(article) == {"proof_outdated", "signature_missing"}


def photo(desk: Desk, key: str, **words: str) -> Photo:
    return Photo.objects.create(
        name="A", content_hash=key * 64, original=f"{key}.jpg", width=1, height=1, uploaded_by=desk.reporter, **words
    )


def test_what_the_photos_of_a_draft_lack(desk):
    english, korean = desk.article(), desk.article("쌀값", language="ko")
    for article in (english, korean):
        desk.fact(article)
    whole = photo(desk, "a", credit_en="A resident", credit_ko="주민")
    unnamed, only_korean = photo(desk, "b"), photo(desk, "c", credit_ko="주민")
    words = {"caption": "A market", "alt": "Stalls"}

    def with_figure(article: Article = english, **columns) -> set[str]:
        with undone():
            article.figures.create(**{"photo": whole, **words, **columns})
            return codes(article) - UNREAD

    assert with_figure() == with_figure(korean) == set()
    assert with_figure(caption="") == {"figure_needs_caption"}
    assert with_figure(alt="") == {"figure_needs_alt"}
    assert with_figure(photo=unnamed) == with_figure(photo=only_korean) == {"figure_needs_credit"}
    assert with_figure(korean, photo=only_korean) == set()
    assert with_figure(korean, photo=photo(desk, "d", credit_en="A resident")) == {"figure_needs_credit"}
    assert with_figure(photo_beside=only_korean, alt_beside="Sky") == {"figure_needs_credit"}
    assert with_figure(korean, photo_beside=only_korean, alt_beside="Sky") == set()
    assert with_figure(photo_beside=photo(desk, "f", credit_en="B")) == {"figure_needs_alt"}
    assert with_figure(photo_beside=photo(desk, "e", credit_en="B"), alt_beside="Sky") == set()
    with undone():
        english.figures.create(photo=whole)
        assert codes(korean) == UNREAD
