"""A reason that stays with a source for ever never holds a protected term: it is refused, comes back, and is counted."""

from __future__ import annotations

import pytest

from sources.answering import MOST_ANSWERS
from sources.forgetting import ForgettingRefused, forget
from sources.handing_over import HandingOverRefused, hand_over, hand_over_all
from sources.models import Forgetting, Look, ProtectedPerson, ScanAnswer, Source
from sources.protecting import TypedTerm, fingerprints, protect
from tests.desks import at_the_desk
from tests.factories import Desk, StaffFactory

# Committed: an answer is counted also where the act is taken back.
NAME, SAID = "김철수", "A protected term stands in these words"
REASON = f"{NAME}가 부탁했습니다"


@pytest.fixture
def desk(committed_db) -> Desk:
    return Desk()


@pytest.fixture
def source(desk) -> Source:
    source = desk.source(alias="silver heron")
    protect(ProtectedPerson.objects.create(source=source), fingerprints([TypedTerm("name", NAME)]), by=desk.reporter)
    return source


@pytest.fixture
def taker(desk):
    return StaffFactory(username="taker", roles=["reporter"])


def counted(user) -> int:
    return ScanAnswer.objects.filter(by=user).count()


def unsaid() -> bool:
    return not any(NAME in why for why in Look.objects.values_list("why", flat=True))


def test_handing_her_over(desk, source, taker):
    with pytest.raises(HandingOverRefused, match=SAID):
        hand_over(source, taker, by=desk.chief, why=REASON)
    with pytest.raises(HandingOverRefused, match=SAID):
        hand_over_all(desk.reporter, taker, by=desk.chief, why=REASON)
    source.refresh_from_db()
    assert source.contact_reporter == desk.reporter and unsaid() and counted(desk.chief) == 2
    hand_over(source, taker, by=desk.chief, why="She asked for another")
    assert Source.objects.get(pk=source.pk).contact_reporter == taker


def test_on_the_pages_it_stands_at_its_field_as_it_was_typed(desk, source, taker):
    client = at_the_desk(desk.chief)
    one = f"/desk/sources/source/{source.pk}/handing-over/"
    for address in (one, f"/desk/staff/user/{desk.reporter.pk}/handing-over/"):
        page = client.post(address, {"to": taker.pk, "reason": REASON})
        assert page.status_code == 400 and f"{REASON}</textarea>" in page.text
        assert [SAID in str(error) for error in page.context["form"].errors["reason"]] == [True]
    assert unsaid() and counted(desk.chief) == 2


def test_looking_at_a_colleagues(desk, source):
    client = at_the_desk(desk.editor)
    page = client.post(f"/desk/sources/source/{source.pk}/more/", {"why": REASON, "asked_before": "GET"})
    assert page.status_code == 400 and SAID in page.text and REASON in page.text
    assert unsaid() and counted(desk.editor) == 1
    # And opens nothing.
    assert "Why do you look?" in client.get(f"/desk/sources/source/{source.pk}/more/").text


def test_forgetting_her(desk, source):
    with pytest.raises(ForgettingRefused, match=SAID) as refusal:
        forget(source, by=desk.reporter, reason=REASON, alias="silver heron")
    assert refusal.value.field == "reason" and counted(desk.reporter) == 1
    page = at_the_desk(desk.reporter).post(
        f"/desk/sources/source/{source.pk}/forgetting/", {"reason": REASON, "alias": "silver heron", "terms": "destroy"}
    )
    assert SAID in page.text and f"{REASON}</textarea>" in page.text and not Forgetting.objects.exists()
    assert not forget(source, by=desk.reporter, reason="She asks for it", alias="silver heron").reason.startswith("(")


def test_forgetting_does_not_wait_for_tomorrow(desk, source):
    """To whom the scan has fallen silent she forgets all the same, without words of her own."""
    colleagues = desk.source()
    Source.objects.filter(pk=colleagues.pk).update(contact_reporter=desk.editor)
    person = ProtectedPerson.objects.create(source=colleagues)
    ScanAnswer.objects.bulk_create(ScanAnswer(person=person, by=desk.reporter) for _ in range(MOST_ANSWERS))
    forgetting = forget(source, by=desk.reporter, reason=REASON, alias="silver heron")
    assert forgetting.reason == "(left out: it could not be scanned for protected terms)"
