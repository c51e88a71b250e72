"""Policies, sections, accounts: what the chief editor sets up."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from articles.models import Policy, Section
from reader.models import Edition
from staff.models import User
from tests.desks import at_the_desk, fields_of, said
from tests.factories import Desk, SectionFactory, StaffFactory

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
    assert "agreed to already" in said(at_the_desk(desk.editor).post(address, follow=True))
    earlier, later = proposed(desk, min_sources="2"), proposed(desk, min_sources="1")
    for policy, words in ((later, "in force"), (earlier, "later policy")):
        address = f"/desk/stories/policies/{policy.pk}/agreement/"
        assert words in said(at_the_desk(desk.editor).post(address, follow=True))


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


NEW_ACCOUNT = {
    "username": "new",
    "first_name": "Mi-rae",
    "last_name": "Han",
    "interface_language": "ko",
    "reads": ["ko"],
    "password1": "a long pass phrase",
    "password2": "a long pass phrase",
}


def test_the_chief_editor_makes_an_account_with_its_roles_on_one_page(desk):
    client = at_the_desk(desk.chief)
    page = client.get("/desk/staff/user/add/")
    assert "Four words" in page.text and "Single Sign-On" not in page.text and "After you" not in page.text
    role = Group.objects.get(name="editor")
    client.post("/desk/staff/user/add/", NEW_ACCOUNT | {"groups": [role.pk], "is_superuser": "on"})
    new = User.objects.get(username="new")
    assert new.is_editor and new.is_staff and not new.is_superuser
    assert (new.get_full_name(), new.interface_language, new.reads) == ("Mi-rae Han", "ko", ["ko"])
    assert new.check_password("a long pass phrase")
    page = client.get(f"/desk/staff/user/{new.pk}/change/")
    assert "user_permissions" not in page.text and "is_superuser" not in page.text
    client.post(f"/desk/staff/user/{new.pk}/change/", fields_of(page) | {"groups": [], "is_superuser": "on"})
    new.refresh_from_db()
    assert not new.is_editor and not new.is_superuser


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": "Chief"}, "username"),
        ({"username": ""}, "username"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "another pass phrase"}, "password2"),
        ({"interface_language": "de"}, "interface_language"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_told_beside_its_field(desk, wrong, field):
    response = at_the_desk(desk.chief).post("/desk/staff/user/add/", NEW_ACCOUNT | wrong)
    assert list(response.context["adminform"].form.errors) == [field]
    assert not User.objects.filter(username="new").exists()


def test_a_wrong_password_says_what_to_do_next(desk):
    for name in ("chief", "nobody"):
        page = Client().post("/desk/login/", {"username": name, "password": "not hers at all"})
        assert "do not go together" in page.text and "ask the chief editor for a new one" in page.text


def test_a_wrong_address_says_so(desk):
    for address in ("/desk/articles/article/999999/change/", "/desk/sources/place/999999/change/"):
        assert "There is nothing here" in said(at_the_desk(desk.chief).get(address, follow=True))


def test_names_to_choose_from_begin_in_the_language_of_the_desk(desk):
    for name_en, name_ko in (("Aardvark", "히읗"), ("Zebra", "가나다")):
        SectionFactory(slug=name_en.lower(), name_en=name_en, name_ko=name_ko)
    for language, first in (("en", "Aardvark · 히읗"), ("ko", "가나다 · Zebra")):
        User.objects.filter(pk=desk.editor.pk).update(interface_language=language)
        page = at_the_desk(User.objects.get(pk=desk.editor.pk)).get("/desk/articles/article/add/")
        field = page.context["adminform"].form.fields["section"]
        offered = [label for key, label in field.choices if key]
        assert first in offered
        assert offered.index(first) < offered.index("Zebra · 가나다" if language == "en" else "히읗 · Aardvark")


def test_an_empty_choice_has_a_word_of_ours(desk):
    page = at_the_desk(desk.chief).get("/desk/sources/place/add/")
    assert "Select an option" not in page.text
    form = page.context["adminform"].form
    assert [str(next(iter(form.fields[name].choices))[1]) for name in ("kind", "parent")] == ["Choose", "None"]


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


@pytest.mark.parametrize(
    ("first", "last", "full"),
    [("Amy", "Park", "Amy Park"), ("도현", "박", "박도현"), ("박도현", "", "박도현"), ("", "남궁", "남궁")],
)
def test_a_name_stands_in_the_order_of_its_own_language(first, last, full):
    assert str(User(username="who", first_name=first, last_name=last)) == full
