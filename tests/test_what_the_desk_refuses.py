"""A page that is not to be had says so in the desk's own frame and language, and leads on."""

import re
from html import unescape

import pytest
from django.test import Client

from staff.models import User
from tests.desks import at_the_desk
from tests.factories import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def test_a_page_of_another_role(desk):
    response = at_the_desk(desk.reporter).get("/desk/staff/user/")
    assert response.status_code == 403
    assert "not open to you" in response.text and 'class="desk-head"' in response.text


def test_an_address_where_nothing_is(desk):
    desk.reporter.interface_language = "ko"
    desk.reporter.save()
    response = at_the_desk(desk.reporter).get("/desk/stories/999999/publication/")
    assert response.status_code == 404
    assert 'lang="ko"' in response.text and 'class="desk-head"' in response.text


TYPED = {"headline": "A headline typed for an hour", "body": "<p>" + "Words. " * 40 + "</p>", "bylines": ["1", "2"]}


def sent_again(page) -> dict[str, list[str]]:
    """What the button of the page would send."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def test_a_form_from_before_the_last_log_in_is_sent_again_whole(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    page = client.post("/desk/articles/article/add/", TYPED)
    assert page.status_code == 403
    assert "Nothing you typed is lost" in page.text
    again = sent_again(page)
    assert {name: again[name] for name in TYPED} == {
        name: value if isinstance(value, list) else [value] for name, value in TYPED.items()
    }
    assert client.post("/desk/articles/article/add/", again).status_code == 200  # the form, no longer refused


def test_a_form_that_another_website_sends_is_not_offered_again(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    page = client.post("/desk/articles/article/add/", TYPED, headers={"origin": "https://elsewhere.example"})
    assert page.status_code == 403
    assert "headline" not in sent_again(page)


def test_who_was_logged_out_meanwhile_loses_nothing(desk):
    client = Client()
    page = client.post("/desk/articles/article/add/", TYPED)
    assert page.status_code == 403
    assert "Log in in a new tab" in page.text and TYPED["headline"] in page.text
    assert sent_again(page)["bylines"] == ["1", "2"]


def test_our_own_mistake_gives_back_what_was_typed(desk, monkeypatch):
    client = at_the_desk(desk.reporter)
    client.raise_request_exception = False
    monkeypatch.setattr("articles.admin.story.StoryAdmin.get_form", lambda *args, **kwargs: 1 / 0)
    page = client.post("/desk/articles/article/add/", TYPED)
    assert page.status_code == 500
    assert sent_again(page)["headline"] == [TYPED["headline"]]


def test_a_password_is_never_offered_again():
    page = Client().post("/desk/password_change/", {"old_password": "secret one", "new_password1": "secret two"})
    assert "secret" not in page.text


def test_one_changes_ones_own_password(desk):
    client = at_the_desk(desk.reporter)
    desk.reporter.set_password("the first long one")
    desk.reporter.save()
    client.force_login(desk.reporter)
    new = "heron ladle quartz Tuesday"
    wrong = client.post(
        "/desk/password_change/", {"old_password": "not it", "new_password1": new, "new_password2": new}
    )
    assert wrong.context["form"].errors["old_password"]
    done = client.post(
        "/desk/password_change/",
        {"old_password": "the first long one", "new_password1": new, "new_password2": new},
        follow=True,
    )
    assert "also on your other machines" in done.text
    assert User.objects.get(pk=desk.reporter.pk).check_password(new)


def test_the_chief_editor_gives_a_new_password_and_sees_nothing_of_the_old(desk):
    client = at_the_desk(desk.chief)
    page = client.get(f"/desk/staff/user/{desk.reporter.pk}/change/").text
    assert desk.reporter.password not in page and "argon2" not in page
    address = f"/desk/staff/user/{desk.reporter.pk}/password/"
    assert address in page
    new = "heron ladle quartz Tuesday"
    client.post(address, {"password1": new, "password2": new})
    assert User.objects.get(pk=desk.reporter.pk).check_password(new)
