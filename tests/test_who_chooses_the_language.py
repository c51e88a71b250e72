"""Everyone reads the desk in her own language, and keeps it."""

import pytest
from django.test import Client

from tests.desks import at_the_desk
from tests.factories import Desk, StaffFactory

pytestmark = pytest.mark.django_db


def choose(client: Client, language: str):
    return client.post("/desk/language/", {"language": language, "next": "/desk/"}, follow=True)


def test_one_click_changes_the_desk_and_the_account():
    desk = Desk()
    assert 'lang="ko"' in choose(at_the_desk(desk.reporter), "ko").text.split("<head>")[0]
    desk.reporter.refresh_from_db()
    assert desk.reporter.interface_language == "ko"
    # On another machine as well.
    assert "로그아웃" in at_the_desk(desk.reporter).get("/desk/").text


def test_before_log_in_the_page_can_be_read_in_either_language(client):
    assert "로그인" in choose(client, "ko").text
    assert "Log in" in choose(client, "en").text


@pytest.mark.parametrize("language", ["", "xx", "ko'; --", "ko-KR" * 90])
def test_a_language_that_the_desk_does_not_speak_changes_nothing(language):
    desk = Desk()
    before = desk.reporter.interface_language
    assert choose(at_the_desk(desk.reporter), language).status_code == 200
    desk.reporter.refresh_from_db()
    assert desk.reporter.interface_language == before


def test_it_leads_back_to_the_desk_alone():
    response = at_the_desk(Desk().reporter).post(
        "/desk/language/", {"language": "ko", "next": "https://elsewhere.example/"}
    )
    assert response.url == "/"


def test_a_moderator_finds_what_is_in_print():
    desk = Desk()
    publication = desk.published()
    moderator = at_the_desk(StaffFactory(roles=["moderator"]))
    page = moderator.get("/desk/").text
    assert publication.headline in page and publication.get_absolute_url() in page
    address = "/desk/stories/in-print/"
    assert f'href="{address}">In print now</a>' in page and "Pull this story" in moderator.get(address).text


def test_a_page_that_answers_a_form_offers_no_other_language():
    """The way there is a GET: what was typed, or a link that is shown once, would be gone."""
    desk, wrong = Desk(), {"until": "2020-01-01T10:00", "reason": "Agreed with them."}
    browser, story = at_the_desk(desk.editor), desk.article()
    assert "/desk/language/" in browser.get(story.get_absolute_url()).text
    page = browser.post(f"/desk/stories/{story.pk}/holds/", wrong)
    assert "Agreed with them." in page.text and "/desk/language/" not in page.text
