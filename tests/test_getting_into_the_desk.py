"""Coming in: name and password, slowly after failures, by one door; half-way in opens nothing; strangers shut nobody out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from newsroom.settings import desk as the_desks_settings
from staff import tries
from staff.models import FailedEntry, Session, User
from tests.devices import holds_a_passkey
from tests.factories import Desk, StaffFactory

PASSWORD = "a long pass phrase"
WRONG = "not hers at all"
LOG_IN = "/desk/login/"


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture
def factor(settings):
    """As in a newsroom: whoever comes in has a second factor."""
    settings.SECOND_FACTOR = True


def tries_to_log_in(client: Client, name: str, password: str = WRONG, **more: str) -> Any:
    return client.post(LOG_IN, {"username": name, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_after_a_wrong_password_she_types_the_password_again_in_her_language(desk):
    client = Client(headers={"accept-language": "en"})
    page = tries_to_log_in(client, "editor").text
    [focused] = re.findall(r"<input[^>]* autofocus[^>]*>", page)
    assert 'name="password"' in focused
    assert 'value="ko"' in page and 'value="editor"' in page
    [focused] = re.findall(r"<input[^>]* autofocus[^>]*>", client.get(LOG_IN).text)
    assert 'name="username"' in focused


def test_logged_out_the_door_speaks_the_language_of_who_was_in(desk):
    desk.editor.interface_language = "ko"
    desk.editor.save()
    client = Client(headers={"accept-language": "en"})
    tries_to_log_in(client, "editor", PASSWORD)
    assert is_in(client)
    Session.objects.all().delete()
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    strict.cookies = client.cookies
    page = strict.post("/desk/stories/1/publication/", {"why": "what she typed"}).text
    assert '<html lang="ko"' in page and "what she typed" in page
    # First to the door, then the form.
    first, second = re.findall(r'class="(?:button-link )?(main-act|second-act)"', page)
    assert (first, second) == ("main-act", "second-act") and page.index('target="_blank"') < page.index(
        "what she typed"
    )


def let_time_pass(**by: float) -> None:
    """Moves the tries back, as if they had been made earlier."""
    made = [FailedEntry(door=entry.door, at=entry.at - dt.timedelta(**by)) for entry in FailedEntry.objects.all()]
    FailedEntry.objects.all().delete()
    FailedEntry.objects.bulk_create(made)


def test_name_and_password_open_the_desk_where_no_factor_is_asked_for(desk):
    client = Client()
    response = tries_to_log_in(client, "editor", PASSWORD)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_in(client)
    assert not FailedEntry.objects.exists()


def test_passwords_are_kept_as_argon2id_as_strong_as_is_advised():
    """RFC 9106 (second recommended: 64 MiB, 3 passes) and OWASP (at least 19 MiB, 2 passes)."""
    assert the_desks_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    kind, version, costs = make_password("x", hasher=Argon2PasswordHasher()).split("$")[1:4]
    assert (kind, version) == ("argon2id", "v=19")
    memory, passes, lanes = (int(cost) for cost in re.findall(r"\d+", costs))
    assert memory >= 64 * 1024 and passes >= 2 and lanes >= 4
    assert memory * passes >= 64 * 1024 * 3


@pytest.mark.parametrize(
    "who",
    ["nobody", "guest-1", "gone", "editor"],
)
def test_the_same_is_said_and_done_whoever_it_is(desk, who, monkeypatch):
    guest = StaffFactory(username="guest-1", is_staff=False, roles=["guest signatory"])
    guest.set_unusable_password()
    guest.save()
    StaffFactory(username="gone", is_active=False)
    hashed = []
    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or plain(*given))
    response = tries_to_log_in(Client(), who)
    assert response.status_code == 200 and "do not go together" in response.text
    assert len(hashed) == 1
    assert FailedEntry.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "nobody"])
def test_after_four_tries_each_next_waits_twice_as_long_and_after_ten_none_is_judged(desk, who):
    client = Client()
    assert [tries_to_log_in(client, who).status_code for _n in range(4)] == [200] * 4
    for wait in ("5 seconds", "10 seconds", "20 seconds", "40 seconds", "80 seconds", "3 minutes"):
        refused = tries_to_log_in(client, who)
        assert refused.status_code == 429 and f"Try again in {wait}." in refused.text
        let_time_pass(seconds=161)
        assert tries_to_log_in(client, who).status_code == 200
    assert FailedEntry.objects.count() == 10
    let_time_pass(seconds=600)
    refused = tries_to_log_in(client, who)
    assert refused.status_code == 429 and "minutes." in refused.text


def test_the_right_password_is_not_judged_either_while_it_is_shut(desk):
    client = Client()
    for _n in range(4):
        tries_to_log_in(client, "editor")
    assert tries_to_log_in(client, "editor", PASSWORD).status_code == 429
    assert not is_in(client)
    let_time_pass(seconds=6)
    assert tries_to_log_in(client, "editor", PASSWORD).status_code == 302


def test_after_an_hour_all_is_forgotten(desk):
    for _n in range(4):
        tries_to_log_in(Client(), "editor")
    let_time_pass(hours=1)
    assert tries_to_log_in(Client(), "editor", PASSWORD).status_code == 302
    assert not FailedEntry.objects.exists()


def test_another_name_is_another_door_and_spelling_is_not(desk):
    for name in ("editor", "Editor", " EDITOR", "ｅｄｉｔｏｒ"):
        tries_to_log_in(Client(), name)
    assert tries_to_log_in(Client(), "editor").status_code == 429
    assert tries_to_log_in(Client(), "chief", PASSWORD).status_code == 302


def test_nothing_kept_of_a_try_tells_who_tried_or_from_where(desk):
    Client(REMOTE_ADDR="203.0.113.9").post(LOG_IN, {"username": "editor", "password": "wrong"})
    [(door,)] = FailedEntry.objects.values_list("door")
    assert {field.name for field in FailedEntry._meta.fields} == {"id", "door", "at"}
    assert "editor" not in door and re.fullmatch("[0-9a-f]{64}", door)
    # Not even by trying all names, without the desk's secret.
    assert door not in {hashlib.sha256(name.encode()).hexdigest() for name in ("editor", " editor", "password editor")}


def test_strangers_do_not_shut_an_editor_out_of_a_browser_that_she_used_before(desk):
    hers = Client()
    tries_to_log_in(hers, "editor", PASSWORD)
    hers.post("/desk/logout/")
    for _n in range(4):
        tries_to_log_in(Client(), "editor")
    assert tries_to_log_in(Client(), "editor", PASSWORD).status_code == 429
    assert tries_to_log_in(hers, "editor", PASSWORD).status_code == 302


def test_a_browser_is_known_for_one_account_and_its_mark_can_not_be_made(desk):
    hers = Client()
    tries_to_log_in(hers, "editor", PASSWORD)
    mark = hers.cookies[tries.KNOWN]
    assert mark["httponly"] and mark["samesite"] == "Strict"
    for name, cookie in (("chief", mark.value), ("editor", "x.y"), ("editor", mark.value[:-1] + "0"), ("editor", "")):
        for _n in range(4):
            tries_to_log_in(Client(), name)
        other = Client()
        other.cookies[tries.KNOWN] = cookie
        assert tries_to_log_in(other, name, PASSWORD).status_code == 429
        FailedEntry.objects.all().delete()


def test_in_a_known_browser_guessing_is_counted_as_well(desk):
    hers = Client()
    tries_to_log_in(hers, "editor", PASSWORD)
    hers.post("/desk/logout/")
    assert [tries_to_log_in(hers, "editor").status_code for _n in range(5)] == [200] * 4 + [429]


def test_a_passkey_opens_while_the_password_is_shut(desk):
    device = holds_a_passkey(desk.editor)
    for _n in range(4):
        tries_to_log_in(Client(), "editor")
    client = Client()
    asked = client.get(LOG_IN).context["asked"]
    response = client.post(LOG_IN, {"answer": device.sign(asked), "next": "/desk/sources/source/"}, follow=True)
    # She has no recovery codes yet: those first.
    assert response.redirect_chain[0][0] == "/desk/door/codes/"
    response = client.post("/desk/door/codes/")
    assert response["Location"] == "/desk/sources/source/"
    assert is_in(client)


def test_she_is_told_of_tries_under_her_name(desk):
    for _n in range(3):
        tries_to_log_in(Client(), "editor")
    client = Client()
    assert (
        "3 tries to come in under your name"
        in client.post(LOG_IN, {"username": "editor", "password": PASSWORD}, follow=True).text
    )


@pytest.mark.parametrize(
    "next_page",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "http:///elsewhere.example",
        "/%0d%0aLocation:https://elsewhere.example".replace("%0d%0a", "\r\n"),
    ],
)
def test_the_page_after_log_in_is_one_of_ours(desk, next_page):
    for post in ({"next": next_page}, {}):
        client = Client()
        address = LOG_IN if post else f"{LOG_IN}?next={next_page}".replace("\r\n", "%0d%0a")
        response = client.post(address, {"username": "editor", "password": PASSWORD, **post})
        if response.status_code == 302:
            assert response["Location"].startswith("/") and "\n" not in response["Location"]
            assert re.match(r"/[^/\\]", response["Location"])


def test_a_session_that_a_stranger_prepared_is_left_behind(desk):
    """Fixation: whatever cookie is brought to the door, another one comes out of it, at each step."""
    client = Client()
    client.get("/desk/guest/sign-in/")
    before = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    held = dict(client.session.items())
    assert held
    tries_to_log_in(client, "editor", PASSWORD)
    after = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert after != before and not set(held) & set(client.session.keys())
    stranger = Client()
    stranger.cookies[django_settings.SESSION_COOKIE_NAME] = before
    assert not is_in(stranger)


def test_from_another_website_nobody_is_logged_in(desk):
    client = Client(enforce_csrf_checks=True)
    client.get(LOG_IN)
    for sent in ({"username": "editor", "password": PASSWORD}, {"answer": "{}"}):
        page = client.post(LOG_IN, sent, headers={"origin": "https://elsewhere.example"})
        assert page.status_code == 403 and PASSWORD not in page.text
    assert client.post(LOG_IN, {"username": "editor", "password": PASSWORD}).status_code == 403
    assert not is_in(client)


# ---------------------------------------------------------------------------------------------------------------------
# Half-way in
# ---------------------------------------------------------------------------------------------------------------------


def every_address(resolver: URLResolver | None = None, prefix: str = "/") -> list[str]:
    """Every address of the desk, with something of the right shape in each place."""
    shapes = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000001", "str": "1", "path": "1", "slug": "a"}
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = str(each.pattern)
        filled = re.sub(r"<(?:(\w+):)?\w+>", lambda part: shapes[part[1] or "str"], route)
        filled = re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]|\\Z", lambda part: "1" if "(" in part[0] else "", filled)
        if isinstance(each, URLResolver):
            found += every_address(each, prefix + filled)
        elif isinstance(each, URLPattern):
            found.append(prefix + filled)
    return found


# What is open to whoever is not logged in at all.
OPEN = {"/", "/healthz", LOG_IN, "/desk/language/", "/desk/door/second-step/", "/desk/door/new/", "/desk/door/codes/"}


def test_half_way_in_opens_nothing_that_is_shut_to_a_stranger(desk, factor):
    half_way, stranger = Client(raise_request_exception=True), Client()
    response = tries_to_log_in(half_way, "chief", PASSWORD)
    assert response["Location"] == "/desk/door/new/"
    addresses = sorted(set(every_address()) - {"/desk/guest/sign-out/"})
    assert len(addresses) > 100
    for address in addresses:
        for ask in ("get", "post"):
            if address in OPEN:
                continue
            answer, to_a_stranger = (getattr(client, ask)(address) for client in (half_way, stranger))
            assert answer.status_code == to_a_stranger.status_code, address
            assert answer.headers.get("Location") == to_a_stranger.headers.get("Location"), address
            assert answer.status_code in (302, 403, 404, 405, 410) or address.startswith("/desk/guest/"), address
    assert not Session.objects.filter(user__isnull=False).exists()
    assert User.objects.get(username="chief").last_login is None


def test_half_way_in_she_does_not_stay_for_ever(desk, factor):
    client = Client()
    tries_to_log_in(client, "editor", PASSWORD)
    assert client.get("/desk/door/new/").status_code == 200
    session = client.session
    session["half-way"] = {**session["half-way"], "at": timezone.now().timestamp() - 901}
    session.save()
    assert client.get("/desk/door/new/")["Location"] == LOG_IN


@pytest.mark.parametrize("change", ["password", "closed", "no staff"])
def test_half_way_in_she_is_out_when_her_account_changes(desk, factor, change):
    client = Client()
    tries_to_log_in(client, "editor", PASSWORD)
    if change == "password":
        desk.editor.set_password("quartz heron ladle ochre")
    elif change == "closed":
        desk.editor.is_active = False
    else:
        desk.editor.is_staff = False
    desk.editor.save()
    for page in ("new", "codes", "second-step"):
        assert client.get(f"/desk/door/{page}/")["Location"] == LOG_IN


def test_no_step_can_be_left_out(desk, factor):
    client = Client()
    for page in ("new", "codes", "second-step"):
        assert client.get(f"/desk/door/{page}/")["Location"] == LOG_IN
        assert client.post(f"/desk/door/{page}/", {"code": "123456"})["Location"] == LOG_IN
    tries_to_log_in(client, "editor", PASSWORD)
    # Nothing set up: neither the codes nor the second step lead in.
    for method in (client.get, client.post):
        assert method("/desk/door/codes/")["Location"] == "/desk/door/second-step/"
        assert method("/desk/door/second-step/")["Location"] == "/desk/door/new/"
    assert not is_in(client)


# ---------------------------------------------------------------------------------------------------------------------
# Many at once
# ---------------------------------------------------------------------------------------------------------------------


def test_a_crowd_of_tries_at_the_same_moment_is_counted_whole(committed_db):
    StaffFactory(username="editor")

    def one(number: int) -> int:
        try:
            return tries_to_log_in(Client(), "editor", f"guess {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(18)))
    assert (answers.count(200), answers.count(429)) == (4, 14)
    assert FailedEntry.objects.count() == 4
