"""A reporter records what a fact rests on."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.confirming import take_back
from articles.models import Document
from sources.models import Source, Talk
from tests.desks import at_the_desk
from tests.factories import Desk, DocumentFactory, SourceFactory, StaffFactory

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


@pytest.mark.parametrize("talk", [{}, {"talk_date": "2026-05-03", "talk_medium": "call"}])
def test_the_same_word_twice_is_recorded_once(desk, fact, talk):
    source = desk.source()
    for _ in range(2):
        response = recorded(desk.reporter, fact, source=source.pk, how="saw", **talk)
    assert "recorded for this fact already" in response.text
    assert fact.wording.confirmations.count() == 1 and Talk.objects.count() == len(talk) // 2
    # Another day, another source and one that was taken back are others.
    recorded(desk.reporter, fact, source=source.pk, how="saw", talk_date="2026-05-04", talk_medium="call")
    recorded(desk.reporter, fact, source=desk.source().pk, how="saw", **talk)
    assert fact.wording.confirmations.count() == 3
    take_back(fact.wording.confirmations.first(), by=desk.reporter, reason="A slip.")
    assert "Recorded." in recorded(desk.reporter, fact, source=source.pk, how="saw", **talk).text


def test_the_same_document_twice_is_recorded_once(desk, fact, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    paper = DocumentFactory(archived_by=desk.reporter)
    for _ in range(2):
        response = recorded(desk.reporter, fact, basis="document", document=paper.pk)
    assert "This is recorded for this fact already." in response.text
    assert fact.wording.confirmations.count() == 1


def test_it_is_taken_back_with_a_reason_and_stays_on_record(desk, fact):
    recorded(desk.reporter, fact, source=desk.source().pk, how="saw")
    said = fact.wording.confirmations.get()
    client = at_the_desk(desk.reporter)
    address = f"/desk/stories/confirmations/{said.pk}/taking-back/"
    assert "Give a reason" in client.post(address, {"reason": " "}, follow=True).text
    assert "Taken back." in client.post(address, {"reason": "She was not there."}, follow=True).text
    assert "taken back already" in client.post(address, {"reason": "Again."}, follow=True).text


def form_on(who, fact, query=""):
    return at_the_desk(who).get(f"/desk/stories/facts/{fact.pk}/recording/{query}").context["recording"]


def offered(field):
    return [str(label) for _value, label in field.field.widget.choices]


def of_kind(desk, kind):
    return desk.fact(desk.article(), kind=kind, sources=[], confirmed=False)


def test_a_record_begins_with_a_document(desk):
    assert form_on(desk.reporter, of_kind(desk, "record"))["basis"].value() == "document"


def test_a_statement_rests_on_the_word_of_who_made_it(desk):
    fact = of_kind(desk, "statement")
    assert offered(form_on(desk.reporter, fact)["how"]) == ["said it herself"]
    response = recorded(desk.reporter, fact, source=desk.source().pk, how="saw")
    assert "“said it herself”" in str(response.context["recording"].errors["how"])
    recorded(desk.reporter, fact, source=desk.source().pk, how="said", talk_date="2026-05-03", talk_medium="call")
    assert fact.wording.confirmations.get().how == "said"


def test_talks_are_told_by_the_alias_of_their_source(desk, fact):
    one, two = sorted((desk.source(), desk.source()), key=lambda s: s.alias)
    for source, day in ((two, 1), (one, 2), (two, 3)):
        Talk.objects.create(source=source, held_on=dt.date(2026, 5, day), medium="call", recorded_by=desk.reporter)
    assert [str(label) for _key, label in form_on(desk.reporter, fact)["talk"].field.choices][1:] == [
        f"{one.alias} · 2 May 2026 · by phone",
        f"{two.alias} · 3 May 2026 · by phone",
        f"{two.alias} · 1 May 2026 · by phone",
    ]
    hers = Talk.objects.create(
        source=SourceFactory(contact_reporter=desk.other_editor),
        held_on=dt.date(2026, 5, 4),
        medium="call",
        recorded_by=desk.other_editor,
    )
    assert not [label for label in offered(form_on(desk.reporter, fact)["talk"]) if hers.source.alias in label]


def test_a_new_source_comes_back_chosen(desk, fact):
    client = at_the_desk(desk.reporter)
    page = client.get(f"/desk/articles/fact/{fact.pk}/change/")
    here = f"/desk/stories/facts/{fact.pk}/recording/"
    address = f"/desk/sources/source/add/?next={here}%23recording"
    assert f'href="{address}"' in page.text
    wrong = client.post(address, {"alias": "quiet heron"})
    assert wrong.status_code == 200 and "quiet heron" in wrong.text
    data = {"alias": "quiet heron", "safety": "safe", "part": "resident", "contact_reporter": desk.reporter.pk}
    response = client.post(address, data | {"place": desk.source().place_id})
    source = Source.objects.get(alias="quiet heron")
    assert response["Location"] == f"{here}?source={source.pk}#recording"
    begun = client.get(response["Location"]).context["recording"]
    assert (begun["basis"].value(), begun["source"].value()) == ("source", source.pk)


def test_a_new_document_comes_back_chosen(desk, fact, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    here = f"/desk/stories/facts/{fact.pk}/recording/"
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    response = at_the_desk(desk.reporter).post(
        f"/desk/articles/document/add/?next={here}", {"title": "Gazette", "archived_on": "2026-05-04", "copy": file}
    )
    paper = Document.objects.get()
    assert response["Location"] == f"{here}?document={paper.pk}"
    begun = form_on(desk.reporter, fact, f"?document={paper.pk}")
    assert (begun["basis"].value(), begun["document"].value()) == ("document", paper.pk)


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/desk/", "//example.org/desk/", "/desk//../../x\\", "/else/"]
)
def test_a_new_thing_leads_nowhere_but_to_the_desk(desk, elsewhere):
    response = at_the_desk(desk.chief).post(
        "/desk/sources/circle/add/", {"name": "heather"}, query_params={"next": elsewhere}
    )
    assert response["Location"].startswith("/desk/")


@pytest.mark.parametrize("query", ["?source=0", "?source=x", "?document=99999999999999999999", "?photo=x"])
def test_what_is_not_there_is_not_chosen(desk, fact, query):
    assert form_on(desk.reporter, fact, query)["basis"].value() == "source"


def test_who_opens_the_form(desk, fact):
    moderator = StaffFactory(username="moderator", roles=["moderator"])
    assert at_the_desk(moderator).get(f"/desk/stories/facts/{fact.pk}/recording/").status_code == 403


def test_a_fact_in_print_is_called_by_its_story(desk, fact):
    wording = desk.fact(desk.article(headline="Market closed"), sources=[], confirmed=False).wording
    label = form_on(desk.reporter, fact)["earlier"].field.label_from_instance(wording)
    assert label == f"Market closed: {wording.text}"
