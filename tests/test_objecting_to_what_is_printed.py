"""An editor doubts a fact: whatever prints it goes, also where its words on the desk have moved on since."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import confirming
from articles.gate import GateError
from articles.models import Fact
from articles.publishing import publish
from tests.desks import at_the_desk, page_of
from tests.factories import Desk


@pytest.fixture
def desk(committed_db):
    return Desk()


@pytest.fixture
def printed(desk, site_sql):
    """A fact in print whose words got a full stop on the desk, and whether a reader sees it."""
    fact = desk.fact(desk.article(), "The mayor fled")
    publication = desk.published(fact.article)
    confirming.reword(fact, "The mayor fled.", kind="event", by=desk.reporter)

    def is_seen() -> bool:
        return bool(site_sql.execute("SELECT 1 FROM reader_publication WHERE id = %s", [publication.pk]).fetchall())

    assert is_seen()
    return Fact.objects.get(pk=fact.pk), is_seen


AGAINST = pytest.mark.parametrize("against", [confirming.dispute, confirming.unconfirm])


@AGAINST
def test_a_doubt_reaches_the_words_that_are_printed(desk, printed, against):
    fact, is_seen = printed
    against(fact, by=desk.editor, reason="He is in his office")
    assert not is_seen()


@AGAINST
def test_a_doubt_stops_what_waits_in_other_words(desk, against):
    fact = desk.fact(desk.article(), "The mayor fled")
    desk.signed(fact.article)
    waiting = publish(fact.article, by=desk.editor, at=timezone.now() + dt.timedelta(days=1))
    confirming.reword(fact, "The mayor fled.", kind="event", by=desk.reporter)
    against(Fact.objects.get(pk=fact.pk), by=desk.editor, reason="He is in his office")
    waiting.refresh_from_db()
    assert waiting.pulled_at


@AGAINST
def test_a_dropped_fact_can_be_doubted_while_it_is_printed(desk, printed, against):
    fact, is_seen = printed
    confirming.drop(fact, by=desk.other_editor, reason="Not in the next version")
    fact = Fact.objects.get(pk=fact.pk)
    against(fact, by=desk.editor, reason="He is in his office")
    assert not is_seen()
    with pytest.raises(GateError) as refused:
        against(fact, by=desk.editor, reason="And he was seen there")
    assert refused.value.code == "fact_dropped"


@AGAINST
def test_a_doubt_of_the_new_words_alone_spares_what_is_printed(desk, printed, against):
    fact, is_seen = printed
    against(fact, by=desk.editor, reason="No full stop", printed=False)
    assert is_seen()
    against(fact, by=desk.editor, reason="No full stop")
    assert not is_seen()


@pytest.mark.parametrize(("ruling", "said"), [("disputed", "Disputed."), ("unconfirmed", "No longer confirmed.")])
def test_the_desk_asks_which_words_are_meant(desk, printed, ruling, said):
    fact, is_seen = printed
    editor, address = at_the_desk(desk.editor), reverse("articles:verdict", args=[fact.pk])
    assert "Printed or scheduled in other words:" in editor.get(page_of(fact.article)).content.decode()

    form = {"ruling": ruling, "reason": "He is in his office"}
    asked = editor.post(address, form)
    assert is_seen() and "what is printed stays" in asked.content.decode()

    answer = editor.post(address, form | {"printed": "no"}, follow=True).content.decode()
    assert is_seen() and said in answer and "off the site." not in answer

    shown = asked.context["shown"]
    answer = editor.post(address, form | {"falls_shown": shown}, follow=True).content.decode()
    assert not is_seen() and f"{said} 1 story is off the site." in answer


def test_a_dropped_fact_that_is_printed_can_be_doubted_at_the_desk(desk, printed):
    fact, is_seen = printed
    confirming.drop(fact, by=desk.other_editor, reason="Not in the next version")
    editor = at_the_desk(desk.editor)
    page = editor.get(page_of(fact.article)).content.decode()
    assert "It is dropped, and still printed or scheduled:" in page and "Dispute this fact" in page
    asked = editor.post(
        reverse("articles:verdict", args=[fact.pk]), {"ruling": "disputed", "reason": "He is in his office"}
    )
    assert "what is printed stays" not in asked.content.decode()
    form = {"ruling": "disputed", "reason": "He is in his office", "falls_shown": asked.context["shown"]}
    editor.post(reverse("articles:verdict", args=[fact.pk]), form)
    assert not is_seen()


def test_what_stays_in_print_is_not_said_to_be_off(desk):
    """A doubt of a fact that nothing prints."""
    fact = desk.fact(desk.article(), "The mayor fled")
    form = {"ruling": "disputed", "reason": "He is in his office"}
    page = at_the_desk(desk.editor).post(reverse("articles:verdict", args=[fact.pk]), form, follow=True)
    assert "Disputed." in page.content.decode() and "off the site" not in page.content.decode()
