"""A reporter records what a fact rests on."""

import datetime as dt

import pytest

from sources.models import Talk
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def fact(desk):
    return desk.fact(desk.article(), sources=[], confirmed=False)


def recorded(who, fact, **data):
    return at_the_desk(who).post(
        f"/desk/articles/fact/{fact.pk}/confirmations/", {"basis": "source", **data}, follow=True
    )


def test_a_resident_reached_by_phone_on_a_day(desk, fact):
    source = desk.source()
    response = recorded(desk.reporter, fact, source=source.pk, how="saw", talk_date="2026-05-03", talk_medium="call")
    assert "Recorded." in response.text
    said = fact.wording.confirmations.get()
    assert (said.talk.held_on, said.talk.medium, said.talk.recorded_by) == (dt.date(2026, 5, 3), "call", desk.reporter)
    assert said.talk.printed_precision == "withheld"


def test_a_document(desk, fact, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    paper = DocumentFactory(archived_by=desk.reporter)
    recorded(desk.reporter, fact, basis="document", document=paper.pk, how="saw", source=desk.source().pk)
    said = fact.wording.confirmations.get()
    assert (said.document, said.source, said.how) == (paper, None, "")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"how": "saw"}, "source"),
        ({"source": "mine"}, "how"),
        ({"source": "mine", "how": "said", "talk_date": "2999-01-01", "talk_medium": "call"}, "talk_date"),
        ({"source": "mine", "how": "said", "talk": "theirs"}, "talk"),
        ({"basis": "document"}, "document"),
        ({"basis": "earlier"}, "earlier"),
        ({"basis": "nothing"}, "basis"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(desk, fact, data, field):
    other = Talk.objects.create(
        source=desk.source(), held_on=dt.date(2026, 5, 1), medium="call", recorded_by=desk.reporter
    )
    keys = {"mine": desk.source().pk, "theirs": other.pk}
    response = recorded(desk.reporter, fact, **{name: keys.get(value, value) for name, value in data.items()})
    assert field in response.context["recording"].errors
    assert not fact.wording.confirmations.exists()


def test_no_talk_with_a_colleagues_source(desk, fact):
    hers = SourceFactory(contact_reporter=desk.other_editor)
    response = recorded(desk.reporter, fact, source=hers.pk, how="saw", talk_date="2026-05-03", talk_medium="call")
    assert "Only who speaks with a source" in response.text
    assert not Talk.objects.exists()


def test_the_same_talk_twice_is_refused_in_words(desk, fact):
    source = desk.source()
    talk = Talk.objects.create(source=source, held_on=dt.date(2026, 5, 1), medium="call", recorded_by=desk.reporter)
    for _ in range(2):
        response = recorded(desk.reporter, fact, source=source.pk, how="saw", talk=talk.pk)
    assert "recorded for this fact already" in response.text
    assert fact.wording.confirmations.count() == 1


def test_it_is_taken_back_with_a_reason_and_stays_on_record(desk, fact):
    recorded(desk.reporter, fact, source=desk.source().pk, how="saw")
    said = fact.wording.confirmations.get()
    client = at_the_desk(desk.reporter)
    address = f"/desk/stories/confirmations/{said.pk}/taking-back/"
    assert "Give a reason" in client.post(address, {"reason": " "}, follow=True).text
    assert "Taken back." in client.post(address, {"reason": "She was not there."}, follow=True).text
    assert "taken back already" in client.post(address, {"reason": "Again."}, follow=True).text
