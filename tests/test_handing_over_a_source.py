"""A source is given to another reporter; a reporter who leaves gives away all of hers before her account is closed."""

import pytest

from sources.handing_over import HandingOverRefused, hand_over, hand_over_all, name_deputy
from sources.models import Confidant, ProtectedPerson, Source
from tests.desks import at_the_desk, fields_of, said
from tests.factories import Desk, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def source(desk):
    return desk.source(alias="silver heron", safety="in_danger", confirmed=False)


@pytest.fixture
def next_one():
    return StaffFactory(username="next", roles=["reporter"])


def page_of(source):
    return f"/desk/sources/source/{source.pk}/change/"


def handing_over(source):
    return f"/desk/sources/source/{source.pk}/handing-over/"


def test_her_reporter_hands_her_over(desk, source, next_one):
    client = at_the_desk(desk.reporter)
    assert "Hand over…" in client.get(page_of(source)).text
    assert "silver heron" in client.get(handing_over(source)).text
    answer = client.post(handing_over(source), {"to": next_one.pk}, follow=True)
    assert "The source was handed over." in said(answer)
    # She sees at once what a colleague sees.
    assert "silver heron" in answer.text and "in danger" not in answer.text
    assert "in danger" in at_the_desk(next_one).get(page_of(source)).text
    look = source.looks.get(what="handover")
    assert look.by == desk.reporter
    assert set(Confidant.objects.filter(source=source).values_list("user__username", flat=True)) == {"reporter", "next"}


def test_the_chief_editor_hands_over_with_a_reason(desk, source, next_one):
    client = at_the_desk(desk.chief)
    refused = client.post(handing_over(source), {"to": next_one.pk})
    assert refused.status_code == 400 and f'value="{next_one.pk}" selected' in refused.text
    client.post(handing_over(source), {"to": next_one.pk, "reason": "She is ill"})
    source.refresh_from_db()
    assert source.contact_reporter == next_one and source.looks.get(what="handover").why == "She is ill"


def test_nobody_else_hands_her_over(desk, source, next_one):
    deputy = StaffFactory(roles=["reporter"])
    name_deputy(source, deputy, by=desk.reporter)
    superuser = StaffFactory(is_superuser=True, roles=["moderator"])
    for who in (desk.editor, next_one, deputy, superuser):
        assert at_the_desk(who).post(handing_over(source), {"to": next_one.pk, "reason": "So"}).status_code == 403
        with pytest.raises(HandingOverRefused, match="Only who speaks"):
            hand_over(source, next_one, by=who, why="So")


def test_whoever_takes_her_works_with_sources_and_has_an_open_account(desk, source):
    closed = StaffFactory(roles=["reporter"], is_active=False)
    for wrong in (closed, StaffFactory(roles=["photo editor"]), StaffFactory(roles=["moderator"])):
        with pytest.raises(HandingOverRefused, match="open account"):
            hand_over(source, wrong, by=desk.reporter)
        answer = at_the_desk(desk.reporter).post(handing_over(source), {"to": wrong.pk})
        assert answer.status_code == 400 and wrong.username not in answer.text
    with pytest.raises(HandingOverRefused, match="already"):
        hand_over(source, desk.reporter, by=desk.reporter)
    for forged in ("", "0", "x", "99999999999999999999"):
        assert at_the_desk(desk.reporter).post(handing_over(source), {"to": forged}).status_code == 400
    source.refresh_from_db()
    assert source.contact_reporter == desk.reporter


def test_a_deputy_who_takes_her_is_no_deputy_any_more(desk, source, next_one):
    name_deputy(source, next_one, by=desk.reporter)
    hand_over(source, next_one, by=desk.reporter)
    source.refresh_from_db()
    assert (source.contact_reporter, source.deputy) == (next_one, None)


def test_a_deputy_sees_all_and_is_named_on_record(desk, source, next_one):
    client = at_the_desk(desk.reporter)
    client.post(page_of(source), fields_of(client.get(page_of(source))) | {"deputy": next_one.pk})
    source.refresh_from_db()
    assert source.deputy == next_one and source.looks.get(what="deputy").by == desk.reporter
    told = at_the_desk(next_one).get(page_of(source)).text
    assert "in danger" in told and 'name="deputy"' not in told and "Hand over…" not in told


def test_an_account_that_answers_for_sources_is_not_closed(desk, source, next_one):
    person = ProtectedPerson.objects.create(alias="green lantern", contact_reporter=desk.reporter)
    second = desk.source()
    deputy = StaffFactory(username="deputy", roles=["reporter"])
    name_deputy(second, deputy, by=desk.reporter)
    third = Source.objects.create(
        alias="red kettle", place=source.place, contact_reporter=next_one, deputy=desk.reporter
    )
    client, page = at_the_desk(desk.chief), f"/desk/staff/user/{desk.reporter.pk}/change/"
    told = client.get(page).text
    assert "Speaks with 2 sources. Deputy for 1 source. Answers for 1 person of a story." in told
    assert "heron" not in told and "lantern" not in told
    form = {k: v for k, v in fields_of(client.get(page)).items() if k != "is_active"}
    answer = client.post(page, form)
    assert "Hand them over first" in answer.text
    desk.reporter.refresh_from_db()
    assert desk.reporter.is_active
    away = f"/desk/staff/user/{desk.reporter.pk}/handing-over/"
    assert "Give a reason" in client.post(away, {"to": next_one.pk, "deputies_first": "on"}).text
    answer = client.post(
        away, {"to": next_one.pk, "deputies_first": "on", "reason": "She leaves the paper"}, follow=True
    )
    assert "2 sources were handed over." in said(answer) and "None." in answer.text
    for each in (source, second, third, person):
        each.refresh_from_db()
    assert (source.contact_reporter, second.contact_reporter) == (next_one, deputy)
    assert second.deputy is None and third.deputy is None and person.contact_reporter == next_one
    assert source.looks.get(what="handover").why == "She leaves the paper"
    look = person.looks.get(what="handover")
    assert (look.by, look.why) == (desk.chief, "She leaves the paper")
    assert "Saved." in said(client.post(page, form, follow=True))
    desk.reporter.refresh_from_db()
    assert not desk.reporter.is_active


def test_all_or_nothing_is_handed_over(desk, source, next_one):
    second = desk.source()
    name_deputy(second, next_one, by=desk.reporter)
    with pytest.raises(HandingOverRefused, match="choose who takes them"):
        hand_over_all(desk.reporter, None, by=desk.chief, why="She leaves")
    second.refresh_from_db()
    assert second.contact_reporter == desk.reporter
    name_deputy(source, next_one, by=desk.reporter)
    assert hand_over_all(desk.reporter, None, by=desk.chief, why="She leaves") == 2


def test_only_the_chief_editor_gives_away_all(desk, source, next_one):
    away = f"/desk/staff/user/{desk.reporter.pk}/handing-over/"
    superuser = StaffFactory(is_superuser=True, roles=["moderator"])
    for who in (desk.reporter, desk.editor, superuser):
        assert at_the_desk(who).get(away).status_code == 403
        with pytest.raises(HandingOverRefused):
            hand_over_all(desk.reporter, next_one, by=who, why="So")
    # How many somebody speaks with is the chief editor's to know as well.
    page = f"/desk/staff/user/{desk.reporter.pk}/change/"
    assert "Speaks with" not in at_the_desk(superuser).get(page).text
