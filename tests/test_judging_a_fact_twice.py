"""Two presses of one button at the same moment: one is done, the other hears a plain sentence, and nobody sees a 500."""

import pytest

from articles import confirming
from articles.models import Dropping, TakenBack, Verdict, Waiver
from tests.desks import as_shown, at_once, at_the_desk
from tests.factories import Desk

WHY = {"reason": "There is one.", "printed_reason": "There is one."}


@pytest.fixture
def desk(committed_db):
    return Desk()


@pytest.fixture
def fact(desk):
    return desk.fact(desk.article(), sources=[desk.source()], confirmed=False)


def pressed_twice(who, address, data) -> list[str]:
    """What each of two browsers is told, in the order of the alphabet."""
    clients = [at_the_desk(who), at_the_desk(who)]
    told = []
    for client, answer in zip(
        clients, at_once(*((client, f"/desk/stories/{address}", data) for client in clients)), strict=True
    ):
        page = client.get(answer["Location"]) if answer.status_code == 302 else answer
        assert page.status_code == 200
        told += [str(message) for message in page.context["messages"]]
    return sorted(told)


@pytest.mark.parametrize("ruling", ["confirmed", "disputed"])
def test_an_editors_word(desk, fact, ruling):
    told = pressed_twice(
        desk.editor, f"facts/{fact.pk}/verdict/", {"ruling": ruling, "reason": "I looked.", **as_shown(fact)}
    )
    assert "You said this already. Once is enough." in told
    assert Verdict.objects.count() == 1


def test_taking_back(desk, fact):
    said = fact.wording.confirmations.get()
    told = pressed_twice(desk.reporter, f"confirmations/{said.pk}/taking-back/", WHY)
    assert told == ["Taken back. It stays on record, struck through.", "This is taken back already."]
    assert TakenBack.objects.count() == 1


def test_dropping(desk, fact):
    told = pressed_twice(desk.editor, f"facts/{fact.pk}/dropping/", WHY | as_shown(fact))
    assert told == ["Dropped. It stays on record.", "This fact was dropped."]
    assert Dropping.objects.count() == 1


def test_a_waiver_and_the_agreement(desk, fact):
    told = pressed_twice(desk.chief, f"facts/{fact.pk}/waiver/", WHY | as_shown(fact))
    assert told == [
        "A waiver is proposed for this wording already.",
        "Proposed. It counts once a second person agrees.",
    ]
    told = pressed_twice(desk.editor, f"waivers/{Waiver.objects.get().pk}/agreement/", as_shown(fact))
    assert told[1] == "This waiver is agreed to already."


def test_a_mark_of_a_translation(desk, fact):
    korean = desk.article("쌀값", language="ko", slug="ssal", translation_of=fact.article, body="<p>쌀값이 올랐다.</p>")
    desk.cover(korean, fact)
    pressed_twice(desk.editor, f"{korean.pk}/facts/{fact.pk}/rendering/", as_shown(fact, korean))
    assert korean.renderings.count() == 1


def test_a_word_and_another_wording(desk, fact):
    """Who confirms while the words are changed confirms these or those, and never the ones that she did not see."""
    wording = fact.wording
    answers = at_once(
        (
            at_the_desk(desk.editor),
            f"/desk/stories/facts/{fact.pk}/verdict/",
            {"ruling": "confirmed", **as_shown(fact)},
        ),
        (
            at_the_desk(desk.reporter),
            f"/desk/articles/fact/{fact.pk}/change/",
            {"kind": "event", "statement": "Rice is much dearer.", "_continue": "1"},
        ),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert fact.wording.text == "Rice is much dearer."
    assert {verdict.wording for verdict in Verdict.objects.all()} <= {wording}
    confirming.confirm(fact, by=desk.editor)
