"""Reasons that are refused come back as they were typed; those for the reader are short."""

import pytest

from articles import confirming
from articles.acts import LONGEST_PRINTED_REASON
from articles.gate import GateError
from articles.models import Fact, Override, Verdict, Waiver
from reader.models import Publication
from tests.desks import as_shown, at_the_desk, said
from tests.factories import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def fact(desk):
    return desk.fact(desk.article(), sources=[desk.source()], confirmed=False)


def proposed(desk, fact, **words):
    return at_the_desk(desk.chief).post(
        f"/desk/stories/facts/{fact.pk}/waiver/", {**as_shown(fact), **words}, follow=True
    )


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        (" ", "Give the reason for the reader."),
        ("x" * 301, "The reason for the reader has 301 characters. Say it in 300 at most."),
    ],
)
def test_a_waiver_that_is_refused_stands_there_as_it_was_typed(desk, fact, printed, sentence):
    page = proposed(desk, fact, reason="Only she <saw> it", printed_reason=printed)
    assert sentence in page.text and said(page) == ""
    form = page.text[page.text.index('<details class="reasoned" open>') :]
    form = form[: form.index("</details>")]
    assert "Waive…" in form and "Only she &lt;saw&gt; it</textarea>" in form
    assert (printed.strip() + "</textarea>") in form
    assert page.text.count('<details class="reasoned" open>') == 1
    assert f'name="next" value="/desk/articles/fact/{fact.pk}/change/' in form
    assert not Waiver.objects.exists()


def test_three_hundred_characters_are_not_too_many(desk, fact):
    proposed(desk, fact, reason="Only she saw it", printed_reason="가" * LONGEST_PRINTED_REASON)
    assert len(Waiver.objects.get().printed_reason) == LONGEST_PRINTED_REASON
    with pytest.raises(GateError):
        confirming.waive(fact, by=desk.chief, reason="x", printed_reason="가" * (LONGEST_PRINTED_REASON + 1))


def test_without_the_desks_reason_the_readers_is_kept(desk, fact):
    page = proposed(desk, fact, printed_reason="One person was there.")
    assert "Give a reason. It stays on record." in page.text and "One person was there.</textarea>" in page.text


def test_words_that_changed_meanwhile_cost_nobody_her_reason(desk, fact):
    shown = as_shown(fact)
    confirming.reword(fact, "Rice is much dearer.", kind="event", by=desk.reporter)
    page = at_the_desk(desk.chief).post(
        f"/desk/stories/facts/{fact.pk}/dropping/", {**shown, "reason": "We have no second source."}
    )
    assert "changed while you read" in said(page) and "We have no second source.</textarea>" in page.text


def test_what_is_refused_to_who_may_not_is_said_and_nothing_opens(desk, fact):
    page = at_the_desk(desk.reporter).post(
        f"/desk/stories/facts/{fact.pk}/verdict/", {"ruling": "disputed", "reason": "I doubt it."}, follow=True
    )
    assert "Only an editor judges a fact." in said(page) and "open>" not in page.text
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("printed", ["", "x" * 301])
def test_an_emergency_too_is_told_in_short(desk, printed):
    story = desk.article()
    page = at_the_desk(desk.chief).post(
        f"/desk/stories/{story.pk}/overrides/",
        {"until": "2999-01-01T10:00", "reason": "The water comes.", "printed_reason": printed},
    )
    [error] = page.context["form"].errors["printed_reason"]
    assert "reason for the reader" in error and "The water comes.</textarea>" in page.text
    assert not Override.objects.exists()


def test_a_release_that_is_refused_keeps_its_reason(desk):
    printed = desk.published()
    fact = Fact.objects.get()
    story = fact.article
    confirming.unconfirm(fact, by=desk.editor, reason="A doubt")
    address = f"/desk/stories/{story.pk}/publication/{printed.pk}/release/"
    page = at_the_desk(desk.editor).post(address, {"reason": "The doubt is <gone>."}, follow=True)
    form = page.text[page.text.index('<details class="reasoned" open>') :]
    form = form[: form.index("</details>")]
    assert "Release…" in form and "The doubt is &lt;gone&gt;.</textarea>" in form
    assert "things block this story" in said(page)
    # The page has another address than the one it answers: the story's own form goes to the story's.
    assert f'action="{story.get_absolute_url()}"' in page.text and "/desk/language/" not in page.text
    assert page.text.count('<details class="reasoned" open>') == 1
    assert not Publication.objects.in_print().exists()
    # Without a reason there is nothing to keep.
    assert 'reasoned" open>' not in at_the_desk(desk.editor).post(address, {"reason": " "}, follow=True).text
