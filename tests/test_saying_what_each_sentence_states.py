"""Every sentence of a story states a fact that is confirmed, or is marked as context by somebody by name."""

import json

import pytest

from articles import confirming, coverage
from articles.covering import cover, earlier_like, sentences_in
from articles.gate import Blocked, GateError, blockers
from articles.models import Article, Context, Fact, Wording
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from tests.desks import at_the_desk, said
from tests.factories import Desk

BODY = "<p>The bridge was closed on 5 May. That is why it mattered.</p><ul><li>Carts went round.</li><li>Nobody paid.</li></ul>"


@pytest.fixture
def desk(committed_db) -> Desk:
    desk = Desk()
    desk.agree(min_sources=2, covers_text=True)
    return desk


def codes(article: Article) -> set[str]:
    return {b.code for b in blockers(Article.objects.get(pk=article.pk))}


def sentence(article: Article, beginning: str):
    article.refresh_from_db()
    return next(s for s in sentences_in(coverage.coverage_of(article)) if s.text.startswith(beginning))


def say(article: Article, beginning: str, what: str, *, by) -> None:
    cover(article, {sentence(article, beginning).key: what}, by=by)


@pytest.fixture
def article(desk) -> Article:
    return desk.article("A bridge is closed", body=BODY)


def covered(desk: Desk, article: Article) -> Fact:
    """The story with one fact, confirmed, and everything else marked as context."""
    say(article, "The bridge was closed", "event", by=desk.reporter)
    fact = article.facts.get()
    for source in (desk.source(), desk.source()):
        desk.says(fact, source)
    desk.cover(article)
    confirming.confirm(fact, by=desk.editor)
    return fact


def signed(desk: Desk, article: Article):
    return sign_off(ask_for_review(article, by=desk.reporter), by=desk.editor)


def test_a_story_goes_to_print_once_every_sentence_is_settled(desk, article):
    fact = covered(desk, article)
    assert fact.wording.passages == ["The bridge was closed on 5 May."]
    signed(desk, article)
    assert codes(article) == set()
    assert (
        publish(article, by=desk.editor).blocks[0] == "<p>The bridge was closed on 5 May. That is why it mattered.</p>"
    )


def test_a_sentence_that_nobody_settled_keeps_the_story(desk, article):
    covered(desk, article)
    Context.objects.filter(text="Nobody paid.").delete()
    signed(desk, article)
    assert codes(article) == {"sentence_uncovered"}
    with pytest.raises(Blocked) as refusal:
        publish(article, by=desk.editor)
    assert [b.code for b in refusal.value.blockers] == ["sentence_uncovered"]


def test_a_sentence_with_a_figure_cannot_be_context(desk, article):
    with pytest.raises(GateError):
        say(article, "The bridge was closed", "context", by=desk.reporter)
    Context.objects.create(article=article, text="The bridge was closed on 5 May.", by=desk.reporter)
    desk.fact(article)
    assert "context_states_a_fact" in codes(ask_for_review(article, by=desk.reporter).article)


def test_rewording_a_passage_voids_that_fact_and_no_other(desk, article):
    fact = covered(desk, article)
    say(article, "Carts went round", "none", by=desk.reporter)
    say(article, "Carts went round", "event", by=desk.reporter)
    other = Fact.objects.exclude(pk=fact.pk).get()
    for source in (desk.source(), desk.source()):
        desk.says(other, source)
    confirming.confirm(other, by=desk.editor)
    Article.objects.filter(pk=article.pk).update(
        body=Article.objects.get(pk=article.pk).body.replace("on 5 May", "on 6 May")
    )
    signed(desk, article)
    assert [(b.code, b.fact_id) for b in blockers(Article.objects.get(pk=article.pk)) if b.fact_id] == [
        ("fact_unconfirmed", fact.pk)
    ]
    assert other.status == "confirmed"


def test_an_editor_confirms_the_new_words_in_one_step(desk, article):
    fact = covered(desk, article)
    before = [c.pk for c in fact.wording.confirmations.all()]
    Article.objects.filter(pk=article.pk).update(
        body=Article.objects.get(pk=article.pk).body.replace("was closed", "closed")
    )
    ask_for_review(article, by=desk.reporter)
    assert codes(article) >= {"fact_unconfirmed"}
    assert "fact_needs_sources" not in codes(article), "what was recorded before may carry these words too"
    confirming.confirm(fact, by=desk.editor, carried=before)
    signed(desk, article)
    assert codes(article) == set()


def test_what_was_recorded_for_earlier_words_carries_nothing_unless_the_editor_says_so(desk, article):
    fact = covered(desk, article)
    confirming.reword(fact, "The bridge fell.", kind="event", by=desk.reporter)
    confirming.confirm(fact, by=desk.editor)
    assert "fact_needs_sources" in codes(article)


def test_what_is_taken_back_carries_no_later_words_either(desk, article):
    fact = covered(desk, article)
    said = list(fact.wording.confirmations.all())
    confirming.reword(fact, "The bridge was shut.", kind="event", by=desk.reporter)
    confirming.confirm(fact, by=desk.editor, carried=[c.pk for c in said])
    printed = publish(signed(desk, article).proof.article, by=desk.editor)
    confirming.take_back(said[0], by=desk.editor, reason="She was not there")
    printed.refresh_from_db()
    assert printed.pulled_at


def test_an_editor_cannot_carry_what_was_recorded_for_another_fact(desk, article):
    fact = covered(desk, article)
    other = desk.fact(desk.article("Another"), "It snowed.")
    foreign = [c.pk for c in other.wording.confirmations.all()]
    confirming.reword(fact, "The bridge was shut.", kind="event", by=desk.reporter)
    confirming.confirm(fact, by=desk.editor, carried=foreign)
    assert fact.wording.verdicts.get().seen == []


def test_moving_parting_and_joining_paragraphs_is_no_rewording(desk, article):
    fact = covered(desk, article)
    wording = fact.wording
    body = Article.objects.get(pk=article.pk).body
    parted = body.replace("</span> That", "</span></p><p>That")
    assert parted != body
    Article.objects.filter(pk=article.pk).update(
        body="<p>That is why it mattered.</p>" + parted.replace("<p>That is why it mattered.</p>", "")
    )
    signed(desk, article)
    assert codes(article) == set()
    assert fact.wording == wording


def test_bold_is_no_rewording(desk, article):
    fact = covered(desk, article)
    wording = fact.wording
    body = Article.objects.get(pk=article.pk).body.replace("bridge", "<strong>bridge</strong>")
    Article.objects.filter(pk=article.pk).update(body=body)
    ask_for_review(article, by=desk.reporter)
    assert fact.wording == wording


def test_a_fact_whose_passage_is_gone_keeps_the_story(desk, article):
    fact = covered(desk, article)
    Article.objects.filter(pk=article.pk).update(body="<p>That is why it mattered.</p>")
    desk.cover(article)
    signed(desk, article)
    assert {(b.code, b.fact_id) for b in blockers(Article.objects.get(pk=article.pk))} == {
        ("fact_without_passage", fact.pk)
    }


def test_a_passage_whose_fact_is_gone_keeps_the_story(desk, article):
    covered(desk, article)
    say(article, "Carts went round", "none", by=desk.reporter)
    say(article, "Carts went round", "event", by=desk.reporter)
    confirming.drop(article.facts.last(), by=desk.editor, reason="Not needed")
    assert "passage_without_fact" in codes(ask_for_review(article, by=desk.reporter).article)


def test_half_a_sentence_does_not_cover_the_whole(desk, article):
    fact = covered(desk, article)
    Article.objects.filter(pk=article.pk).update(
        body=f'<p><span data-fact="{fact.pk}">The bridge was closed</span> and twelve people were taken.</p>'
    )
    ask_for_review(article, by=desk.reporter)
    assert "sentence_uncovered" in codes(article)


def test_the_headline_states_a_fact_by_the_same_words(desk):
    article = desk.article("Rice costs 6,000 won", body="<p>Prices rose.</p>")
    say(article, "Rice costs", "event", by=desk.reporter)
    fact = article.facts.get()
    assert fact.wording.passages == ["Rice costs 6,000 won"]
    Article.objects.filter(pk=article.pk).update(headline="Rice costs 9,000 won")
    ask_for_review(article, by=desk.reporter)
    assert {"sentence_uncovered", "fact_without_passage"} <= codes(article)


def test_coverage_that_is_not_of_the_printed_words_is_refused(desk, article, desk_sql, owner_sql):
    covered(desk, article)
    proof = ask_for_review(article, by=desk.reporter)
    forged = [{"place": "headline", "n": 1, "text": "Nothing", "facts": [], "context": True, "claim": None}]
    columns = [
        c
        for (c,) in owner_sql.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'articles_proof' AND column_name NOT IN ('id', 'coverage')"
        )
    ]
    desk_sql.execute(
        f"INSERT INTO articles_proof ({', '.join(columns)}, coverage) SELECT {', '.join(columns)}, %s FROM articles_proof WHERE id = %s",
        [json.dumps(forged), proof.pk],
    )
    assert "text_not_read" in codes(article)


def test_words_changed_past_the_storys_page_are_not_covered(desk, article):
    covered(desk, article)
    Article.objects.filter(pk=article.pk).update(headline="A bridge is open")
    assert "text_not_read" in codes(article)


def test_background_comes_in_from_an_earlier_fact_in_one_step(desk, article):
    covered(desk, article)
    signed(desk, article)
    publish(article, by=desk.editor)
    later = desk.article("The bridge again", body="<p>The bridge was closed on 5 May, as we reported.</p>")
    words = "The bridge was closed on 5 May, as we reported."
    [earlier] = earlier_like([words], language="en", but=later)[words]
    say(later, "The bridge was closed", f"earlier {earlier.wording}", by=desk.reporter)
    fact = later.facts.get()
    assert fact.wording.confirmations.get().earlier == Wording.objects.get(pk=earlier.wording)
    desk.cover(later)
    confirming.confirm(fact, by=desk.editor)
    signed(desk, later)
    assert codes(later) == set()


def test_a_translation_covers_its_own_words_with_the_facts_of_the_original(desk, article):
    fact = covered(desk, article)
    korean = desk.article(
        "다리가 막혔다", language="ko", slug="dari", translation_of=article, body="<p>다리는 5월 5일에 막혔다.</p>"
    )
    assert "fact_without_passage" in codes(ask_for_review(korean, by=desk.reporter).article)
    say(korean, "다리는", f"fact {fact.pk}", by=desk.reporter)
    desk.cover(korean)
    korean.refresh_from_db()
    confirming.mark_rendered(korean, fact, by=desk.editor)
    signed(desk, korean)
    assert codes(korean) == set()
    Article.objects.filter(pk=korean.pk).update(body=Article.objects.get(pk=korean.pk).body.replace("5일", "6일"))
    signed(desk, korean)
    assert codes(korean) == {"fact_not_rendered"}


def test_settling_with_nothing_chosen_says_so(desk, article):
    page = at_the_desk(desk.reporter).post(f"/desk/stories/{article.pk}/coverage/", {}, follow=True)
    assert said(page) == "Nothing was chosen, so nothing has changed. Say of a sentence what it states."
