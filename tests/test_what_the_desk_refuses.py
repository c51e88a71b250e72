"""A page that is not to be had says so in the desk's own frame and language, and leads on."""

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


def test_a_form_from_before_the_last_log_in(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.reporter)
    response = client.post("/desk/articles/article/add/", {"headline": "A headline typed for an hour"})
    assert response.status_code == 403
    assert "what you typed is still there" in response.text


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
