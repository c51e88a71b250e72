"""Aliases and standings for everyone at the desk; more for who speaks with the source, and for editors."""

import datetime as dt

import pytest
from django.utils import timezone

from sources.models import Place, Source, Talk
from tests.desks import at_the_desk, fields_of, page_of, said
from tests.factories import Desk, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def place(desk):
    country = Place.objects.create(name_en="A country", name_ko="나라", kind="country")
    return Place.objects.create(name_en="Nowhereville", name_ko="무명시", kind="city", parent=country)


@pytest.fixture
def source(desk, place):
    return desk.source(alias="silver heron", place=place, safety="in_danger", confirmed=False)


@pytest.fixture
def colleague():
    return StaffFactory(username="colleague", roles=["reporter"])


def source_page(source):
    return f"/desk/sources/source/{source.pk}/change/"


def test_her_reporter_sees_and_changes_her(desk, source):
    client = at_the_desk(desk.reporter)
    page = client.get(source_page(source))
    assert "a resident of Nowhereville" in page.text and "무명시 주민" in page.text
    client.post(source_page(source), fields_of(page) | {"safety": "safe"})
    assert Source.objects.get(pk=source.pk).safety == "safe"


def test_a_colleague_sees_alias_and_standing(source, colleague):
    page = at_the_desk(colleague).get(source_page(source)).text
    assert "silver heron" in page and "unconfirmed" in page
    assert "Nowhereville" not in page and "in danger" not in page


def test_a_colleague_changes_nothing(source, colleague):
    response = at_the_desk(colleague).post(source_page(source), {"alias": "x", "safety": "safe"})
    assert response.status_code == 403
    assert Source.objects.get(pk=source.pk).safety == "in_danger"


@pytest.mark.parametrize(
    "query",
    [
        "alias__startswith=s",
        "place__name_en=Nowhereville",
        "safety=in_danger",
        "contact_reporter__username=reporter",
        "place=1",
    ],
)
def test_no_list_spells_out_what_is_hidden(source, colleague, query):
    assert at_the_desk(colleague).get(f"/desk/sources/source/?{query}").status_code == 400


def test_the_list_shows_a_colleague_aliases_alone(source, colleague):
    page = at_the_desk(colleague).get("/desk/sources/source/").text
    assert "silver heron" in page and "Nowhereville" not in page and "in danger" not in page


def test_a_search_finds_aliases_alone(source, colleague):
    assert "silver heron" not in at_the_desk(colleague).get("/desk/sources/source/?q=Nowhereville").text


def test_a_talk_is_dated_only_for_who_may_know(desk, source, colleague):
    story = desk.article()
    fact = desk.fact(story, sources=[], confirmed=False)
    talk = Talk.objects.create(
        source=source, held_on=dt.date(2021, 2, 3), medium="go_between", recorded_by=desk.reporter
    )
    desk.says(fact, source, talk=False)
    from articles.models import Confirmation

    Confirmation.objects.create(
        wording=fact.wording, basis="source", source=source, talk=talk, how="saw", recorded_by=desk.reporter
    )
    assert "3 Feb 2021, through a go-between" in at_the_desk(desk.reporter).get(page_of(story)).text
    for address in (page_of(story), f"/desk/articles/fact/{fact.pk}/change/"):
        page = at_the_desk(desk.editor).get(address).text
        assert "talk in February 2021" in page and "3 Feb" not in page
    theirs = at_the_desk(colleague)
    for address in (page_of(story), f"/desk/articles/fact/{fact.pk}/change/"):
        page = theirs.get(address).text
        assert "silver heron" in page and "talk on record" in page
        assert "2021" not in page and "go-between" not in page.replace(
            '<option value="go_between">through a go-between', ""
        )


def test_an_editor_confirms_and_her_reporter_does_not(desk, source):
    address = f"/desk/sources/source/{source.pk}/vetting/"
    assert "Confirm source" not in at_the_desk(desk.reporter).get(source_page(source)).text
    response = at_the_desk(desk.reporter).post(address, {"standing": "confirmed"}, follow=True)
    assert "who does not speak with her" in said(response)
    assert "The source is confirmed" in said(
        at_the_desk(desk.editor).post(address, {"standing": "confirmed"}, follow=True)
    )
    assert Source.objects.get(pk=source.pk).standing == "confirmed"


def test_discrediting_asks_for_a_reason(desk, source):
    address = f"/desk/sources/source/{source.pk}/vetting/"
    client = at_the_desk(desk.editor)
    assert "Give a reason" in said(client.post(address, {"standing": "discredited"}, follow=True))
    assert "discredited" in said(
        client.post(address, {"standing": "discredited", "reason": "Invented it."}, follow=True)
    )


def test_a_superuser_is_no_editor(desk, source):
    owner = StaffFactory(username="owner", is_superuser=True, roles=["moderator"])
    response = at_the_desk(owner).post(
        f"/desk/sources/source/{source.pk}/vetting/", {"standing": "confirmed"}, follow=True
    )
    assert "Only an editor" in said(response)


def test_no_form_takes_a_standing(desk, source):
    client = at_the_desk(desk.reporter)
    client.post(source_page(source), fields_of(client.get(source_page(source))) | {"standing": "confirmed"})
    assert Source.objects.get(pk=source.pk).standing == "unconfirmed"


def test_the_admins_history_keeps_no_alias(desk, source):
    from django.contrib.admin.models import LogEntry

    client = at_the_desk(desk.reporter)
    client.post(source_page(source), fields_of(client.get(source_page(source))) | {"safety": "safe"})
    entry = LogEntry.objects.latest("pk")
    assert "heron" not in entry.object_repr and "safety" not in entry.change_message


def test_no_shortcut_leads_to_a_draft(desk):
    assert at_the_desk(desk.editor).get("/desk/r/1/1/").status_code == 404


def test_a_talk_of_a_day_to_come_is_refused_and_kept(desk, source):
    client, page = at_the_desk(desk.reporter), source_page(source)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    before = source.talks.count()
    talk = {
        "talks-TOTAL_FORMS": str(before + 1),
        f"talks-{before}-medium": "call",
        f"talks-{before}-printed_precision": "withheld",
    }
    answer = client.post(page, fields_of(client.get(page)) | talk | {f"talks-{before}-held_on": f"{tomorrow:%Y-%m-%d}"})
    assert "This day is still to come." in answer.text and f"{tomorrow:%Y-%m-%d}" in answer.text
    assert source.talks.count() == before
    client.post(
        page, fields_of(client.get(page)) | talk | {f"talks-{before}-held_on": f"{timezone.localdate():%Y-%m-%d}"}
    )
    assert source.talks.count() == before + 1
