"""An editor's word is for what her page showed: other words, or another footing, are refused until she has seen them."""

import re
from functools import partial
from html import unescape

import pytest

from articles import confirming, coverage
from articles.acts import act
from articles.gate import GateError
from articles.models import Article, Verdict, Wording
from articles.proofing import ask_for_review
from articles.shown import Shown, digest_of
from tests.desks import as_shown, at_the_desk, page_of, said
from tests.factories import Desk

pytestmark = pytest.mark.django_db

CHANGED = "changed while you read"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def fact(desk):
    return desk.fact(desk.article(), confirmed=False)


def sent_by(page, address: str, ruling: str = "") -> dict[str, str]:
    """The hidden fields of the form on a page that leads to an address, without what every form has."""
    for form in re.findall(rf'<form[^>]*action="{re.escape(address)}">(.*?)</form>', page.text, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
        if fields.get("ruling", "") == ruling:
            return {name: unescape(value) for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    raise AssertionError(f"No form leads to {address}.")


def opened(who, fact, act: str, ruling: str = ""):
    """Her browser, the form's address and what it would send, as her page of the story stands now."""
    client = at_the_desk(who)
    address = f"/desk/stories/facts/{fact.pk}/{act}/"
    return client, address, sent_by(client.get(page_of(fact.article)), address, ruling)


def test_she_confirms_what_she_saw(desk, fact):
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    assert {name: form[name] for name in ("wording", "rests_on")} == as_shown(fact)
    assert "Confirmed." in said(client.post(address, form, follow=True))


def test_words_that_came_after_are_not_hers(desk, fact):
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    confirming.reword(fact, "The price of rice fell in May.", kind="event", by=desk.reporter)
    page = client.post(address, form, follow=True)
    assert CHANGED in said(page)
    assert "The price of rice fell in May." in page.text
    assert not Verdict.objects.exists()


def test_she_comes_back_to_what_changed_since_they_were_confirmed(desk, fact):
    confirming.confirm(fact, by=desk.other_editor)
    confirming.reword(fact, "The price of rice rose in June.", kind="event", by=desk.reporter)
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    confirming.reword(fact, "The price of rice rose in July.", kind="event", by=desk.reporter)
    page = client.post(
        address, form | {"carried": [c.pk for c in fact.wordings.first().confirmations.all()]}, follow=True
    )
    assert CHANGED in said(page) and "<del>May</del><ins>July</ins>" in page.text


@pytest.mark.parametrize("change", ["recorded", "taken back"])
def test_another_footing_is_not_hers(desk, fact, change):
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    if change == "recorded":
        desk.says(fact, desk.source())
    else:
        confirming.take_back(fact.wording.confirmations.first(), by=desk.reporter, reason="She was not there.")
    assert CHANGED in said(client.post(address, form, follow=True))
    assert not Verdict.objects.exists()


def test_a_ticked_confirmation_that_was_taken_back_is_told(desk, fact):
    confirming.reword(fact, "Rice cost more in May.", kind="event", by=desk.reporter)
    kept = fact.wordings.get(number=1).confirmations.all()
    client, address = at_the_desk(desk.editor), f"/desk/stories/facts/{fact.pk}/verdict/"
    form = {"ruling": "confirmed", **as_shown(fact)}
    form["carried"] = [c.pk for c in kept]
    confirming.take_back(kept[0], by=desk.reporter, reason="She was not there.")
    assert CHANGED in said(client.post(address, form, follow=True))
    form["carried"] = [kept[1].pk]
    client.post(address, form)
    assert Verdict.objects.get().seen == [kept[1].pk]


@pytest.mark.parametrize("missing", ["wording", "rests_on"])
def test_a_field_that_is_missing_is_no_free_pass(desk, fact, missing):
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    del form[missing]
    assert CHANGED in said(client.post(address, form, follow=True))


@pytest.mark.parametrize("key", ["²", "9" * 40, "-1", "x", "", "1 2"])
@pytest.mark.parametrize("field", ["carried", "wording", "rests_on"])
def test_no_key_that_a_browser_sends_is_an_error(desk, fact, field, key):
    client, address, form = opened(desk.editor, fact, "verdict", "confirmed")
    assert client.post(address, form | {field: key}, follow=True).status_code == 200


def test_a_doubt_is_heard_whatever_changed(desk, fact):
    confirming.confirm(fact, by=desk.editor)
    client, address, _form = opened(desk.other_editor, fact, "verdict", "disputed")
    confirming.reword(fact, "The price of rice fell in May.", kind="event", by=desk.reporter)
    client.post(address, {"ruling": "disputed", "reason": "The shop was closed."})
    assert fact.status == "disputed"


def test_what_code_calls_needs_no_page(desk, fact):
    assert confirming.confirm(fact, by=desk.editor).ruling == "confirmed"


@pytest.mark.parametrize(("act", "who"), [("dropping", "editor"), ("waiver", "chief")])
def test_dropping_and_waiving_are_for_the_words_that_were_shown(desk, act, who):
    fact = desk.fact(desk.article(), sources=[desk.source()], confirmed=False)
    client, address, form = opened(getattr(desk, who), fact, act)
    form |= {"reason": "Not the point.", "printed_reason": "One saw it."}
    confirming.reword(fact, "The price of rice fell in May.", kind="event", by=desk.reporter)
    assert CHANGED in client.post(address, form, follow=True).text
    assert not hasattr(fact, "dropping") and fact.wording.waived is None
    client, address, form = opened(getattr(desk, who), fact, act)
    client.post(address, form | {"reason": "Not the point.", "printed_reason": "One saw it."})
    assert bool(fact.wording.waived) == (act == "waiver")


def test_agreeing_to_a_waiver_is_for_the_words_that_were_shown(desk):
    fact = desk.fact(desk.article(), sources=[desk.source()], confirmed=False)
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="One saw it.")
    client = at_the_desk(desk.editor)
    address = f"/desk/stories/waivers/{waiver.pk}/agreement/"
    form = sent_by(client.get(page_of(fact.article)), address)
    assert CHANGED in said(client.post(address, follow=True))
    confirming.reword(fact, "The price of rice fell in May.", kind="event", by=desk.reporter)
    assert CHANGED in said(client.post(address, form, follow=True))
    waiver.refresh_from_db()
    assert waiver.agreed_by is None


@pytest.fixture
def translation(desk, fact):
    """A translation whose first sentence states the fact."""
    korean = desk.article(
        "쌀값이 올랐다", language="ko", slug="ssal", translation_of=fact.article, body="<p>쌀값이 올랐다.</p>"
    )
    return desk.cover(korean, fact)


def marking(desk, translation, fact):
    client = at_the_desk(desk.editor)
    address = f"/desk/stories/{translation.pk}/facts/{fact.pk}/rendering/"
    return client, address, sent_by(client.get(page_of(translation)), address)


def test_a_translation_is_judged_by_the_words_that_were_shown(desk, translation, fact):
    client, address, form = marking(desk, translation, fact)
    assert CHANGED in said(client.post(address, form | {"rendered": digest_of(["다른 말."])}, follow=True))
    assert CHANGED in said(client.post(address, {n: v for n, v in form.items() if n != "rendered"}, follow=True))
    assert not translation.renderings.exists()
    client.post(address, form)
    assert translation.renderings.get().by == desk.editor


def test_a_mark_is_refused_once_the_original_reads_otherwise(desk, translation, fact):
    client, address, form = marking(desk, translation, fact)
    confirming.reword(fact, "The price of rice fell in May.", kind="event", by=desk.reporter)
    assert CHANGED in said(client.post(address, form, follow=True))
    assert not translation.renderings.exists()


def test_a_translation_that_changed_is_marked_anew(desk, translation, fact):
    client, address, form = marking(desk, translation, fact)
    client.post(address, form)
    assert "Mark as faithfully translated" not in client.get(page_of(translation)).text
    body = Article.objects.get(pk=translation.pk).body
    Article.objects.filter(pk=translation.pk).update(body=body.replace("올랐다", "내렸다"))
    with act(translation):
        coverage.read(Article.objects.get(pk=translation.pk), by=desk.reporter)
    assert "Mark as faithfully translated" in client.get(page_of(translation)).text


def test_both_texts_stand_on_the_card_of_a_translation(desk, translation, fact):
    original = fact.article
    desk.cover(original, fact)
    page = at_the_desk(desk.editor).get(page_of(translation)).text
    card = page[page.index(f'id="fact-{fact.pk}"') :]
    card = card[: card.index("</article>")]
    [passage, *_] = fact.wording.passages
    assert f'<p lang="en">{passage}</p>' in card and '<p lang="ko">쌀값이 올랐다.</p>' in card
    assert '<details class="stated-in"' not in card


def test_what_no_sentence_states_is_not_marked(desk, fact):
    korean = desk.article("쌀값이 올랐다", language="ko", slug="ssal", translation_of=fact.article)
    page = at_the_desk(desk.editor).get(page_of(korean)).text
    assert "No sentence of this translation states it yet." in page
    assert "Mark as faithfully translated" not in page


def test_a_translation_drops_no_fact_of_its_original(desk, translation, fact):
    assert "Drop this fact" in at_the_desk(desk.editor).get(page_of(fact.article)).text
    assert "Drop this fact" not in at_the_desk(desk.editor).get(page_of(translation)).text


def test_a_translation_is_told_to_tie_the_fact_and_not_to_drop_it(desk, fact):
    desk.agree(min_sources=2, covers_text=True)
    korean = desk.article("쌀값이 올랐다", language="ko", slug="ssal", translation_of=fact.article)
    ask_for_review(korean, by=desk.reporter)
    page = at_the_desk(desk.editor).get(page_of(korean)).text
    assert "No sentence of this translation states it. Tie it to the one that does." in page
    assert "or drop it" not in page


def test_said_twice_is_said_once(desk, fact):
    """What a double click finds at its second press."""
    shown = Shown(fact.wording.pk, frozenset(fact.wording.confirmations.values_list("pk", flat=True)))
    disputes = partial(confirming.dispute, fact, by=desk.editor, reason="No.")
    for said_so in (partial(confirming.confirm, fact, by=desk.editor, shown=shown), disputes):
        said_so()
        with pytest.raises(GateError) as refusal:
            said_so()
        assert refusal.value.code == "said_already"
    assert Verdict.objects.count() == 2
    confirming.dispute(fact, by=desk.other_editor, reason="No.")


def test_what_was_done_behind_her_back_is_asked_under_the_lock(desk, fact):
    """Rows that were read before the lock say nothing of what stands now."""
    assert not hasattr(fact, "dropping")
    held = type(fact).objects.get(pk=fact.pk)
    confirming.drop(held, by=desk.editor, reason="Not needed")
    for late in (confirming.dispute, confirming.drop):
        with pytest.raises(GateError) as refusal:
            late(fact, by=desk.editor, reason="No.")
        assert refusal.value.code == "fact_dropped"


def test_a_waiver_read_before_the_lock(desk):
    fact = desk.fact(desk.article(), sources=[desk.source()], confirmed=False)
    waiver = confirming.waive(fact, by=desk.chief, reason="One witness", printed_reason="One saw it.")
    other = type(waiver).objects.get(pk=waiver.pk)
    confirming.agree_to_waiver(waiver, by=desk.editor)
    with pytest.raises(GateError) as refusal:
        confirming.agree_to_waiver(other, by=desk.other_editor)
    assert refusal.value.code == "agreed_already"


def test_only_what_changed_is_shown_and_called_by_its_name(desk, fact):
    confirming.confirm(fact, by=desk.editor)
    story = fact.article
    desk.cover(story, fact)
    confirming.confirm(
        fact, by=desk.editor, carried=fact.wordings.get(number=1).confirmations.values_list("pk", flat=True)
    )
    Article.objects.filter(pk=story.pk).update(body=Article.objects.get(pk=story.pk).body.replace("First", "Opening"))
    with act(story):
        coverage.read(Article.objects.get(pk=story.pk), by=desk.reporter)
    page = at_the_desk(desk.editor).get(page_of(story)).text
    box = page[page.index('class="reworded"') :]
    box = box[: box.index("</div>")]
    assert "Words of the story" in box and "<del>First</del><ins>Opening</ins>" in box
    assert "Statement" not in box and fact.statement not in box
    assert "Confirm again" in page and "carries the new words too" in page
    assert "Its words changed since it was confirmed. An editor confirms it again." in page
    confirming.reword(fact, "Rice costs more.", kind="record", by=desk.reporter)
    page = at_the_desk(desk.editor).get(page_of(story)).text
    assert "Statement" in page and "<del>event</del> <ins>record</ins>" in page


def test_words_that_begin_anew_are_compared_with_what_they_were(desk, fact):
    """Passages stand in the order of their letters: these two change places by it."""
    story = fact.article
    words = ["In May rice was dearer in Hyesan.", "Rice is dear."]
    for number, passages in enumerate((words, ["Rice is dear.", f"Since spring, {words[0]}"]), start=2):
        wording = Wording.objects.create(
            fact=fact, number=number, kind="event", text=fact.statement, passages=passages, by=desk.reporter
        )
        if number == 2:
            Verdict.objects.create(wording=wording, ruling="confirmed", by=desk.editor, seen=[])
    page = at_the_desk(desk.editor).get(page_of(story)).text
    box = page[page.index('class="reworded"') :]
    box = box[: box.index("</div>")]
    assert "<ins>Since spring, </ins>" in box and "<del>" not in box
    history = at_the_desk(desk.editor).get(f"/desk/stories/{story.pk}/history/").text
    assert f"“Rice is dear.” “{words[0]}”" in history and f"“Rice is dear.” “Since spring, {words[0]}”" in history


def test_a_confirmation_that_was_taken_back_by_her_is_not_called_reworded(desk, fact):
    confirming.confirm(fact, by=desk.editor)
    confirming.unconfirm(fact, by=desk.editor, reason="I am not sure.")
    assert "Not confirmed. An editor confirms it" in at_the_desk(desk.editor).get(page_of(fact.article)).text


def test_a_word_that_no_longer_counts_is_given_anew_by_another(desk, fact):
    confirming.confirm(fact, by=desk.editor)
    desk.editor.groups.clear()
    client, address, form = opened(desk.other_editor, fact, "verdict", "confirmed")
    assert "Confirmed." in said(client.post(address, form, follow=True))
    assert "who is no editor now" not in client.get(page_of(fact.article)).text
