"""An emergency lets a text through before every sentence is settled: by two people, for a while, and told to the reader."""

import datetime as dt

import psycopg
import pytest
from django.utils import timezone

from articles import overriding
from articles.acts import NotAllowed
from articles.gate import Blocked, GateError, blockers
from articles.models import Article, Hold
from articles.proofing import ask_for_review
from articles.publishing import publish
from articles.signing import sign_off
from reader.knowing import knowledge, what_it_is
from reader.models import Publication
from tests.desks import at_the_desk
from tests.factories import Desk


@pytest.fixture
def desk(committed_db) -> Desk:
    desk = Desk()
    desk.agree(min_sources=2, covers_text=True)
    return desk


@pytest.fixture
def story(desk) -> Article:
    """One confirmed fact in the text; the other sentences are not settled."""
    article = desk.article(body="<p>The dam is open.</p><p>Go to high ground.</p>")
    fact = desk.fact(article, "The dam is open.", confirmed=False)
    article.body = f'<p><span data-fact="{fact.pk}">The dam is open.</span></p><p>Go to high ground.</p>'
    article.save()
    ask_for_review(article, by=desk.reporter)
    from articles import confirming

    confirming.confirm(fact, by=desk.editor)
    return article


def proposed(desk, story, **terms):
    hours = terms.pop("hours", 24)
    return overriding.propose(
        story,
        by=terms.pop("by", desk.editor),
        reason="The water comes tonight",
        printed_reason="The water comes tonight.",
        until=timezone.now() + dt.timedelta(hours=hours),
    )


def printed(desk, story) -> Publication:
    sign_off(ask_for_review(story, by=desk.reporter), by=desk.editor)
    return publish(story, by=desk.editor)


def codes(story) -> set[str]:
    return {b.code for b in blockers(Article.objects.get(pk=story.pk))}


def test_two_people_print_it_for_a_while_and_the_reader_is_told(desk, story):
    override = proposed(desk, story)
    with pytest.raises(Blocked):
        printed(desk, story)
    overriding.agree(override, by=desk.chief)
    publication = printed(desk, story)
    assert publication.leaves_at <= override.until
    assert "The water comes tonight." in what_it_is(publication)
    told = " ".join([knowledge(publication).unsettled, *knowledge(publication).sentences])
    assert "has not been settled yet" in told and "as far as it is settled" in told and "Every event" not in told


def test_the_publish_page_says_what_the_override_lets_through(desk, story):
    override = overriding.agree(proposed(desk, story), by=desk.chief)
    address = f"/desk/stories/{story.pk}/publication/"
    assert "let through" not in at_the_desk(desk.editor).get(address).text  # the proof does not tell the reader yet
    sign_off(ask_for_review(story, by=desk.reporter), by=desk.editor)
    page = at_the_desk(desk.editor).get(address)
    assert page.context["let_through"] == override and page.context["unsettled"] == 2
    assert "2 sentences are not settled, let through" in page.text and "Nothing blocks it." not in page.text


def test_it_takes_two_and_one_of_them_is_the_chief_editor(desk, story):
    override = proposed(desk, story)
    with pytest.raises(NotAllowed):
        overriding.agree(override, by=desk.editor)
    with pytest.raises(NotAllowed):
        overriding.agree(override, by=desk.other_editor)
    with pytest.raises(NotAllowed):
        overriding.agree(override, by=desk.reporter)
    with pytest.raises(NotAllowed):
        proposed(desk, story, by=desk.reporter)


def test_who_wrote_the_story_does_not_agree(desk, story):
    override = proposed(desk, story)
    story.authors.add(desk.chief)
    with pytest.raises(NotAllowed):
        overriding.agree(override, by=desk.chief)


def test_it_lasts_three_days_at_most(desk, story):
    for hours in (-1, 24 * 3 + 1):
        with pytest.raises(GateError):
            proposed(desk, story, hours=hours)


def test_it_never_lifts_what_is_asked_of_facts(desk, story):
    desk.fact(story, "Nobody is hurt.", sources=[], confirmed=False)
    overriding.agree(proposed(desk, story), by=desk.chief)
    with pytest.raises(Blocked) as refusal:
        printed(desk, story)
    assert {b.code for b in refusal.value.blockers} == {"fact_unconfirmed", "fact_needs_sources"}


def test_it_lifts_an_embargo_and_no_hold_for_somebodys_safety(desk, story):
    overriding.agree(proposed(desk, story), by=desk.chief)
    later = timezone.now() + dt.timedelta(days=1)
    Hold.objects.create(article=story, kind="embargo", until=later, reason="Agreed", by=desk.reporter)
    printed(desk, story)
    Hold.objects.create(article=story, kind="safety", until=later, reason="He has to leave first", by=desk.reporter)
    with pytest.raises(Blocked) as refusal:
        printed(desk, story)
    assert {b.code for b in refusal.value.blockers} == {"hold_running"}


def test_it_leaves_print_at_its_hour_whoever_would_keep_it(desk, story, desk_sql):
    overriding.agree(proposed(desk, story), by=desk.chief)
    publication = printed(desk, story)
    for hour in ("NULL", "now() + interval '9 days'"):
        with pytest.raises(psycopg.Error) as refusal:
            desk_sql.execute(f"UPDATE reader_publication SET leaves_at = {hour} WHERE id = %s", [publication.pk])
        assert refusal.value.sqlstate == "NR001"


def test_a_word_agreed_to_never_changes(desk, story, desk_sql):
    overriding.agree(proposed(desk, story), by=desk.chief)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        desk_sql.execute("UPDATE articles_override SET until = 'infinity'")
    with pytest.raises(psycopg.Error) as refusal:
        desk_sql.execute("UPDATE articles_override SET agreed_by_id = %s", [desk.other_editor.pk])
    assert refusal.value.sqlstate == "NR003"


def test_what_does_not_fit_comes_back_as_it_was_typed_with_every_error_at_once(desk, story):
    typed = {"until": "2020-01-01T10:00", "reason": "", "printed_reason": "The water comes tonight."}
    page = at_the_desk(desk.editor).post(f"/desk/stories/{story.pk}/overrides/", typed)
    assert {*page.context["form"].errors} == {"until", "reason"}
    assert "The water comes tonight." in page.text and 'value="2020-01-01T10:00"' in page.text
