"""Before a story is printed the desk asks who is there, unless she proved it within ten minutes; nothing typed is lost."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from reader.models import Publication
from staff.models import FailedEntry, Session, User
from staff.sessions import PROVEN
from tests.desks import at_the_desk
from tests.devices import holds_a_passkey
from tests.factories import Desk

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def signed(desk):
    return desk.signed()


def left_alone(client: Client, minutes: float = 11) -> Client:
    """Her session, as it is so many minutes after she proved who she is."""
    session = client.session
    session[PROVEN] = timezone.now().timestamp() - 60 * minutes
    session.save()
    return client


def carried(page) -> dict[str, list[str]]:
    """The fields that the page would send again."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def printing(story) -> str:
    return f"/desk/stories/{story.pk}/publication/"


def test_a_fresh_log_in_is_proof(desk, signed):
    at_the_desk(desk.editor).post(printing(signed))
    assert Publication.objects.count() == 1


def test_the_page_names_the_act_and_leads_back(desk):
    client = left_alone(at_the_desk(desk.chief))
    address = f"/desk/staff/user/{desk.editor.pk}/second-factor/reset/"
    came = f"http://testserver/desk/staff/user/{desk.editor.pk}/change/"
    User.objects.filter(pk=desk.editor.pk).update(is_staff=True)
    page = client.post(address, {"reason": "lost"}, headers={"referer": came})
    assert "Take away the second factor" in page.text
    assert f'href="/desk/staff/user/{desk.editor.pk}/change/"' in page.text
    # A wrong password does not lose the way.
    again = client.post(address, {**carried(page), "again-password": "wrong"}, headers={"referer": address})
    assert f'href="/desk/staff/user/{desk.editor.pk}/change/"' in again.text
    for foreign in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        sent = {**carried(page), "again-password": "wrong", "again-back": foreign}
        assert foreign not in client.post(address, sent, headers={"referer": foreign}).text


def test_later_she_is_asked_and_the_act_goes_on_with_what_she_typed(desk, signed):
    client = left_alone(at_the_desk(desk.editor))
    page = client.post(printing(signed), {"when": "at", "at": "2031-05-04T09:00", "twice": ["one", "two"]})
    assert page.status_code == 403 and "nothing you typed is lost" in page.text
    assert not Publication.objects.exists()
    sent = carried(page)
    assert (sent["at"], sent["twice"]) == (["2031-05-04T09:00"], ["one", "two"])
    client.post(printing(signed), sent | {"again-password": PASSWORD})
    assert Publication.objects.count() == 1
    # And is not asked again for ten minutes.
    assert client.post(printing(signed)).status_code != 403


def test_looking_asks_for_no_proof(desk, signed):
    assert left_alone(at_the_desk(desk.editor)).get(printing(signed)).status_code == 200


def test_a_proof_counts_for_ten_minutes(desk, signed):
    client = at_the_desk(desk.editor)
    assert left_alone(client, 9.9).post(printing(signed)).status_code != 403
    assert left_alone(client, 10.1).post(printing(signed)).status_code == 403


@pytest.mark.parametrize("proof", [{"again-password": "not it"}, {"again-password": ""}, {"again-answer": "{}"}])
def test_what_proves_nothing_does_nothing_and_loses_nothing(desk, signed, proof):
    client = left_alone(at_the_desk(desk.editor))
    page = client.post(printing(signed), {"when": "now", "note": "typed"} | proof)
    assert page.status_code == 403 and 'role="alert"' in page.text
    assert carried(page)["note"] == ["typed"]
    assert not Publication.objects.exists()


def test_another_ones_password_proves_nothing(desk, signed):
    desk.chief.set_password("quartz heron ladle ochre")
    desk.chief.save()
    client = left_alone(at_the_desk(desk.editor))
    assert client.post(printing(signed), {"again-password": "quartz heron ladle ochre"}).status_code == 403


def test_a_passkey_proves_it_too(desk, signed):
    device = holds_a_passkey(desk.editor)
    client = left_alone(at_the_desk(desk.editor))
    page = client.post(printing(signed))
    client.post(printing(signed), {"again-answer": device.sign(page.context["asked"])})
    assert Publication.objects.count() == 1


def test_a_signature_counts_once(desk, signed):
    device = holds_a_passkey(desk.editor)
    client = left_alone(at_the_desk(desk.editor))
    answer = device.sign(client.post(printing(signed)).context["asked"])
    client.post("/desk/stories/0/publication/", {"again-answer": answer})
    left_alone(client)
    assert client.post(printing(signed), {"again-answer": answer}).status_code == 403
    assert not Publication.objects.exists()


def test_the_passkey_of_another_proves_nothing(desk, signed):
    holds_a_passkey(desk.editor)
    another = holds_a_passkey(desk.chief)
    client = left_alone(at_the_desk(desk.editor))
    page = client.post(printing(signed))
    assert client.post(printing(signed), {"again-answer": another.sign(page.context["asked"])}).status_code == 403
    assert not Publication.objects.exists()


def test_who_guesses_at_an_unwatched_screen_is_made_to_wait_and_the_passkey_still_opens(desk, signed):
    device = holds_a_passkey(desk.editor)
    client = left_alone(at_the_desk(desk.editor))
    answers = [client.post(printing(signed), {"again-password": f"guess {n}"}) for n in range(6)]
    assert [page.status_code for page in answers] == [403, 403, 403, 403, 429, 429]
    assert "Try again in 5 seconds." in answers[4].text
    page = client.post(printing(signed), {"again-password": PASSWORD, "note": "typed"})
    assert page.status_code == 429 and carried(page)["note"] == ["typed"]
    assert FailedEntry.objects.count() == 4
    client.post(printing(signed), {"again-answer": device.sign(page.context["asked"])})
    assert Publication.objects.count() == 1


def test_passwords_and_what_is_to_be_sealed_never_come_back(desk, signed):
    client = left_alone(at_the_desk(desk.editor))
    typed = {"sealed-name": "Kim Chol-su", "password1": "quartz", "again-password": "wrong one", "note": "typed"}
    for sent in (typed, {name: said for name, said in typed.items() if name != "again-password"}):
        page = client.post(printing(signed), sent)
        assert page.status_code == 403 and carried(page)["note"] == ["typed"]
        assert "Chol-su" not in page.text and "quartz" not in page.text and "wrong one" not in page.text


def test_the_view_behind_never_sees_the_proof(desk, signed, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "articles.views.printing.asking.shown", lambda request: seen.append(request.POST) or frozenset()
    )
    left_alone(client := at_the_desk(desk.editor))
    client.post(printing(signed), {"again-password": PASSWORD, "again-answer": "", "note": "typed"})
    assert [list(post) for post in seen] == [["note"]]


def test_putting_back_in_print_asks_and_pulling_does_not(desk):
    printed = desk.published(desk.article())
    client = left_alone(at_the_desk(desk.editor))
    address = f"/desk/stories/{printed.printing.article_id}/publication/{printed.pk}"
    assert client.post(f"{address}/pull/", {"reason": "Somebody rang"}).status_code == 302
    assert client.post(f"{address}/release/", {"reason": "It stands"}).status_code == 403
    printed.refresh_from_db()
    assert printed.pulled_at
    page = client.post(f"{address}/release/", {"reason": "It stands", "again-password": PASSWORD})
    assert page.status_code == 302
    printed.refresh_from_db()
    assert not printed.pulled_at


def test_who_is_logged_out_proves_nothing(desk, signed):
    page = Client().post(printing(signed), {"again-password": PASSWORD, "note": "typed"})
    assert page.status_code == 403 and "Log in in a new tab" in page.text and PASSWORD not in page.text


def test_from_elsewhere_no_proof_is_taken(desk, signed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.editor)
    left_alone(client)
    page = client.post(printing(signed), {"again-password": PASSWORD})
    assert page.status_code == 403 and PASSWORD not in page.text
    assert timezone.now().timestamp() - client.session[PROVEN] > 600


def test_the_proof_is_kept_with_the_session_alone(desk):
    """Where the row is read, nothing tells when she proved what."""
    at_the_desk(desk.editor)
    row = Session.objects.get(user=desk.editor)
    assert PROVEN not in json.dumps(row.session_data)
    assert User.objects.filter(pk=desk.editor.pk).exists()
