"""An editor sees what a confirmation needs; for more she says why, which the contact reporter and the chief editor read."""

import datetime as dt

import pytest

from sources import seeing
from sources.models import Circle, Look, Place, Talk
from tests.desks import at_the_desk, fields_of, said
from tests.factories import Desk, StaffFactory

pytestmark = pytest.mark.django_db
WHY = "To judge whether she could see the market"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def source(desk):
    country = Place.objects.create(name_en="A country", name_ko="나라", kind="country")
    place = Place.objects.create(name_en="Nowhereville", name_ko="무명시", kind="city", parent=country)
    source = desk.source(alias="silver heron", place=place, safety="in_danger")
    Talk.objects.create(source=source, held_on=dt.date(2021, 2, 3), medium="go_between", recorded_by=desk.reporter)
    return source


@pytest.fixture
def page(source):
    return f"/desk/sources/source/{source.pk}/change/"


def more(client, source, why=WHY):
    address = f"/desk/sources/source/{source.pk}/more/"
    asked = client.get(address)
    assert "Why do you look?" in asked.text
    return client.post(address, {"why": why, "asked_before": "GET"}, follow=True)


def looks(source):
    return list(source.looks.order_by("number").values_list("by__username", "what", "why"))


def test_an_editor_sees_what_a_confirmation_needs(desk, source, page):
    told = at_the_desk(desk.editor).get(page).text
    assert "silver heron" in told and "a resident of Nowhereville" in told
    assert "February 2021 (1)" in told and "editor: confirmed" in told
    assert 'name="circle"' in told
    for hidden in (
        "in danger",
        "in_danger",
        "3 Feb",
        "go_between",
        "go-between",
        "2021-02-03",
        "reporter</",
        'name="place"',
    ):
        assert hidden not in told
    assert "See more of this source" in told


def test_who_said_why_sees_more_for_an_hour(desk, source, page):
    client = at_the_desk(desk.editor)
    told = more(client, source).text
    assert "in danger" in told and "3 Feb" in told and "go-between" in told and WHY in told
    assert "in danger" in client.get(page).text
    assert looks(source) == [("editor", "more", WHY), ("editor", "page", "")]


def test_another_source_is_asked_for_anew(desk, source, page):
    client = at_the_desk(desk.editor)
    other = desk.source(safety="at_risk")
    more(client, source)
    assert "at_risk" not in client.get(f"/desk/sources/source/{other.pk}/change/").text
    assert "Why do you look?" in client.get(f"/desk/sources/source/{other.pk}/more/").text
    assert "in_danger" not in at_the_desk(desk.other_editor).get(page).text


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("", "8 letters at least, or 4 of Hangul"),
        (" . ", "in a few words"),
        ("seven l", "in a few words"),
        ("시장을", "in a few words"),
        ("x" * 501, "it has 501"),
    ],
)
def test_no_reason_opens_nothing(desk, source, why, sentence):
    answer = more(at_the_desk(desk.editor), source, why)
    assert sentence in answer.text and "in danger" not in answer.text
    assert not source.looks.exclude(what="page").exists()
    # What was typed stands there still.
    assert why.strip() in answer.text


def test_four_syllables_are_a_reason(desk, source):
    assert "in danger" in more(at_the_desk(desk.editor), source, "시장 확인").text


def test_a_reporter_says_no_reason_that_opens_a_colleagues(desk, source):
    client = at_the_desk(StaffFactory(roles=["reporter"]))
    address = f"/desk/sources/source/{source.pk}/more/"
    assert client.get(address).status_code == 403
    assert client.post(address, {"why": WHY, "asked_before": "GET"}).status_code == 403
    assert not source.looks.exists()


def test_what_was_typed_in_the_hour_is_kept_when_it_is_over(desk, source, page, monkeypatch):
    client, deputy = at_the_desk(desk.chief), StaffFactory(username="deputy", roles=["reporter"])
    more(client, source)
    form = fields_of(client.get(page)) | {"deputy": str(deputy.pk)}
    with monkeypatch.context() as an_hour_later:
        an_hour_later.setattr(seeing, "ONE_REASON", dt.timedelta(hours=-1))
        asked = client.post(page, form)
    assert "Why do you look?" in asked.text
    source.refresh_from_db()
    assert source.deputy is None
    again = dict(asked.context["kept"]) | {"why": WHY, "asked_before": asked.context["before"]}
    assert "Saved." in said(client.post(page, again, follow=True))
    source.refresh_from_db()
    assert source.deputy == deputy


def test_who_said_why_reads_all_and_changes_the_circle_alone(desk, source, page):
    client = at_the_desk(desk.editor)
    more(client, source)
    shown = client.get(page)
    assert set(shown.context["adminform"].form.fields) == {"circle"}
    assert shown.context["inline_admin_formsets"] == [] and "Delete" not in shown.text
    talk, circle = source.talks.get(), Circle.objects.create(name="lantern")
    sent = {
        "circle": circle.pk,
        "alias": "amber acorn",
        "safety": "safe",
        "place": Place.objects.get(name_en="A country").pk,
        "part": "official",
        "contact_reporter": desk.editor.pk,
        "deputy": desk.editor.pk,
        "talks-TOTAL_FORMS": "1",
        "talks-INITIAL_FORMS": "1",
        "talks-0-id": talk.pk,
        "talks-0-source": source.pk,
        "talks-0-held_on": "2020-01-01",
        "talks-0-medium": "other",
        "talks-0-printed_precision": talk.printed_precision,
        "talks-0-DELETE": "on",
    }
    before = {
        name: getattr(source, name) for name in ("alias", "safety", "place", "part", "contact_reporter", "deputy")
    }
    client.post(page, sent)
    source.refresh_from_db()
    assert source.circle == circle
    assert {name: getattr(source, name) for name in before} == before
    assert (source.talks.get().held_on, source.talks.get().medium) == (dt.date(2021, 2, 3), "go_between")


def test_her_contact_reporter_and_the_deputy_read_who_looked(desk, source, page):
    more(at_the_desk(desk.editor), source)
    source.deputy = deputy = StaffFactory(username="deputy", roles=["reporter"])
    source.save(update_fields=["deputy"])
    for who in (desk.reporter, deputy):
        told = at_the_desk(who).get(page).text
        assert "Who looked" in told and WHY in told and "editor" in told
    assert WHY not in at_the_desk(desk.other_editor).get(page).text
    assert WHY not in at_the_desk(StaffFactory(roles=["reporter"])).get(page).text


def test_each_view_of_the_page_is_noted_whoever_looks(desk, source, page):
    colleague = StaffFactory(username="curious", roles=["reporter"])
    for who in (desk.reporter, colleague, desk.editor, desk.reporter):
        at_the_desk(who).get(page)
    assert looks(source) == [(name, "page", "") for name in ("reporter", "curious", "editor")]


def test_the_chief_editor_reads_all_looks_and_nobody_else_does(desk, source, page):
    more(at_the_desk(desk.editor), source)
    told = at_the_desk(desk.chief).get("/desk/sources/look/")
    assert "silver heron" in told.text and WHY in told.text and "in danger" not in told.text
    owner = StaffFactory(is_superuser=True, roles=["moderator"])
    for who in (desk.editor, desk.reporter, owner):
        assert at_the_desk(who).get("/desk/sources/look/").status_code == 403
    number = Look.objects.first().pk
    for address in (
        f"/desk/sources/look/{number}/change/",
        f"/desk/sources/look/{number}/delete/",
        "/desk/sources/look/add/",
    ):
        assert at_the_desk(desk.chief).get(address).status_code in (302, 403)


def test_an_editor_changes_nothing_but_the_circle_before_she_says_why(desk, source, page):
    client = at_the_desk(desk.editor)
    client.post(
        page, {"circle": "", "alias": "other bird", "contact_reporter": desk.editor.pk, "deputy": desk.editor.pk}
    )
    source.refresh_from_db()
    assert (source.alias, source.contact_reporter, source.deputy) == ("silver heron", desk.reporter, None)
