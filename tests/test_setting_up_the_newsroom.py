"""Policies, sections, accounts: what the chief editor sets up."""

import pytest

from articles.models import Policy, Section
from reader.models import Edition
from staff.models import User
from tests.desks import at_the_desk, fields_of, said
from tests.factories import Desk, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def proposed(desk, **rules):
    client = at_the_desk(desk.chief)
    client.post("/desk/articles/policy/add/", fields_of(client.get("/desk/articles/policy/add/")) | rules)
    return Policy.objects.latest("pk")


def test_a_policy_is_proposed_by_one_and_agreed_to_by_another(desk):
    policy = proposed(desk, promise_en="We print what two people saw.", min_sources="3")
    assert Policy.objects.in_force() != policy
    address = f"/desk/stories/policies/{policy.pk}/agreement/"
    assert "another editor" in said(at_the_desk(desk.chief).post(address, follow=True))
    assert "in force" in said(at_the_desk(desk.editor).post(address, follow=True))
    assert Policy.objects.in_force() == policy
    assert Edition.objects.get(language="en").promise == "We print what two people saw."
    assert "later policy" in said(at_the_desk(desk.editor).post(address, follow=True))


def test_a_saved_policy_is_read_only(desk):
    page = at_the_desk(desk.chief).get(f"/desk/articles/policy/{desk.policy.pk}/change/")
    assert 'name="min_sources"' not in page.text


def test_an_editor_proposes_none(desk):
    assert at_the_desk(desk.editor).get("/desk/articles/policy/add/").status_code == 403


def test_a_section_is_printed_in_the_frame(desk):
    client = at_the_desk(desk.chief)
    address = "/desk/articles/section/add/"
    client.post(
        address,
        fields_of(client.get(address)) | {"name_en": "Border", "name_ko": "국경", "slug": "border", "position": "9"},
    )
    assert Section.objects.filter(slug="border").exists()
    assert {"slug": "border", "name": "국경"} in Edition.objects.get(language="ko").sections


def test_the_chief_editor_makes_an_account_and_gives_it_a_role(desk):
    client = at_the_desk(desk.chief)
    data = {
        "username": "new",
        "usable_password": "true",
        "password1": "a long pass phrase",
        "password2": "a long pass phrase",
    }
    client.post("/desk/staff/user/add/", data)
    new = User.objects.get(username="new")
    page = client.get(f"/desk/staff/user/{new.pk}/change/")
    assert "user_permissions" not in page.text and "is_superuser" not in page.text
    role = new.groups.model.objects.get(name="editor")
    client.post(
        f"/desk/staff/user/{new.pk}/change/",
        fields_of(page) | {"groups": [role.pk], "is_superuser": "on", "interface_language": "ko"},
    )
    new.refresh_from_db()
    assert new.is_editor and new.is_staff and not new.is_superuser


def test_nobody_takes_over_a_superusers_account(desk):
    owner = StaffFactory(username="owner", is_superuser=True)
    client = at_the_desk(desk.chief)
    assert client.get(f"/desk/staff/user/{owner.pk}/password/").status_code == 403
    assert client.post(f"/desk/staff/user/{owner.pk}/change/", {"username": "mine"}).status_code == 403


def test_groups_are_not_edited_by_hand(desk):
    assert at_the_desk(StaffFactory(username="owner", is_superuser=True)).get("/desk/auth/group/").status_code == 404


def test_the_desk_speaks_the_language_of_the_account(desk):
    User.objects.filter(pk=desk.reporter.pk).update(interface_language="ko")
    desk.reporter.refresh_from_db()
    assert '<html lang="ko"' in at_the_desk(desk.reporter).get("/desk/").text
    assert '<html lang="en"' in at_the_desk(desk.editor).get("/desk/").text
