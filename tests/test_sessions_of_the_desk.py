"""Sessions: short, listed and endable; ended when an account changes; of no use to whoever holds the database."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
import zlib

import pyotp
import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from staff.devices import device_of, in_words
from staff.models import AuthenticatorApp, Passkey, Session, User
from staff.own_door import logged_in
from staff.sessions import BEGUN, HANDLE, SessionStore
from tests.desks import at_the_desk, fields_of
from tests.factories import Desk

PASSWORD = "a long pass phrase"
COOKIE = django_settings.SESSION_COOKIE_NAME
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def logs_in(name: str, agent: str = "") -> Client:
    client = Client(headers={"user-agent": agent} if agent else {})
    assert client.post("/desk/login/", {"username": name, "password": PASSWORD}).status_code == 302
    return client


def rests(minutes: float) -> None:
    """As if nobody had asked anything for so long."""
    for row in Session.objects.all():
        by = dt.timedelta(minutes=minutes)
        Session.objects.filter(pk=row.pk).update(seen_at=row.seen_at - by, expire_date=row.expire_date - by)


def test_nobody_was_last_seen_before_she_came(desk):
    """The hour alone is told of when she was seen."""
    client = at_the_desk(desk.editor)
    begun = timezone.localtime().replace(minute=40)
    Session.objects.update(begun_at=begun, seen_at=begun)
    assert "last seen" not in client.get("/desk/door/").text
    Session.objects.update(begun_at=begun - dt.timedelta(hours=2))
    assert "last seen" in client.get("/desk/door/").text


# ---------------------------------------------------------------------------------------------------------------------
# What the database holds
# ---------------------------------------------------------------------------------------------------------------------


def test_no_row_opens_the_desk(desk):
    client = at_the_desk(desk.editor)
    row = Session.objects.get(user=desk.editor)
    cookie = client.cookies[COOKIE].value
    assert cookie not in {row.pk, row.session_data, str(row.handle)}
    for stolen in (row.pk, row.session_data, str(row.handle), row.pk[:32]):
        thief = Client()
        thief.cookies[COOKIE] = stolen
        assert not is_in(thief)


def test_what_a_session_holds_can_not_be_read_from_its_row(desk):
    client = at_the_desk(desk.editor)
    session = client.session
    session["words"] = "a headline that nobody else may read"
    session.save()
    kept = Session.objects.get(user=desk.editor).session_data
    raw = base64.b64decode(kept)
    for form in (kept.encode(), raw):
        assert b"headline" not in form and b"_auth_user" not in form
    with pytest.raises(zlib.error):
        zlib.decompress(raw)
    assert client.session["words"] == "a headline that nobody else may read"


def test_who_may_write_rows_makes_no_session_of_them(desk, settings):
    """A row under a cookie of one's own: without the desk's secret nothing can be put into it."""
    client = at_the_desk(desk.reporter)
    chief = at_the_desk(desk.chief)
    theirs = Session.objects.get(user=desk.chief)
    mine = Session.objects.get(user=desk.reporter)
    cookie = client.cookies[COOKIE].value

    def opens(data: str) -> bool:
        Session.objects.filter(pk=mine.pk).update(session_data=data, user=desk.chief)
        client.cookies[COOKIE] = cookie
        return is_in(client)

    assert not opens(theirs.session_data)
    held, secret = dict(chief.session.items()), settings.SECRET_KEY
    settings.SECRET_KEY = "what a thief guesses the desk's secret to be, in vain"
    forged = SessionStore(cookie).encode(held)
    settings.SECRET_KEY = secret
    assert not opens(forged)
    # With the secret it would have been one: the test can fail.
    assert opens(SessionStore(cookie).encode(held))


def test_it_keeps_no_address_and_no_version(desk):
    logs_in("editor", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0")
    row = Session.objects.get(user=desk.editor)
    assert row.device == "Firefox/Linux"
    columns = {"session_key", "session_data", "expire_date", "handle", "user", "begun_at", "seen_at", "device"}
    assert {field.name for field in Session._meta.fields} == columns


# ---------------------------------------------------------------------------------------------------------------------
# The clock
# ---------------------------------------------------------------------------------------------------------------------


def test_it_ends_after_half_an_hour_in_which_nothing_was_asked(desk):
    client = at_the_desk(desk.editor)
    rests(29)
    assert is_in(client)
    rests(29)
    assert is_in(client)  # the click before counted
    rests(31)
    assert not is_in(client)


def test_it_ends_after_twelve_hours_however_busy_she_is(desk):
    client = at_the_desk(desk.editor)
    session = client.session
    session[BEGUN] = timezone.now().timestamp() - 12 * 3600 + 600
    session.save()
    ends = Session.objects.get(user=desk.editor).expire_date
    assert dt.timedelta(minutes=9) < ends - timezone.now() <= dt.timedelta(minutes=10)
    rests(5)
    assert is_in(client)
    assert Session.objects.get(user=desk.editor).expire_date - timezone.now() <= dt.timedelta(minutes=10)
    rests(11)
    assert not is_in(client)


def test_what_was_typed_meanwhile_is_not_lost(desk):
    client = at_the_desk(desk.reporter)
    rests(31)
    page = client.post("/desk/articles/article/add/", {"headline": "Typed for an hour"})
    assert page.status_code == 403 and "Typed for an hour" in page.text and "Log in in a new tab" in page.text


def test_the_cookie_ends_with_the_browser_and_is_for_nobody_elses_eyes(desk):
    cookie = logs_in("editor").cookies[COOKIE]
    assert not cookie["max-age"] and not cookie["expires"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict"


def test_sessions_that_are_over_are_swept_out_at_the_next_log_in(desk):
    at_the_desk(desk.editor)
    Client().get("/desk/guest/sign-in/")
    rests(13 * 60)
    logs_in("chief")
    assert [row.user for row in Session.objects.all()] == [desk.chief]


# ---------------------------------------------------------------------------------------------------------------------
# When the account changes
# ---------------------------------------------------------------------------------------------------------------------


def _new_password(user: User) -> None:
    user.set_password("quartz heron ladle ochre")
    user.save()


CHANGES = {
    "another password": _new_password,
    "a role more": lambda user: user.groups.add(Group.objects.get(name="chief editor")),
    "a role less": lambda user: user.groups.clear(),
    "a right of her own": lambda user: user.user_permissions.add(Group.objects.get(name="editor").permissions.first()),
    "closed": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "no staff any more": lambda user: User.objects.filter(pk=user.pk).update(is_staff=False),
    "a superuser": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
    "her factor taken away": lambda user: user.factor_resets.create(),
    "a passkey ended": lambda user: user.passkeys.update(ended_at=timezone.now()),
    "her app taken away": lambda user: AuthenticatorApp.objects.filter(user=user).delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_ends_when_the_account_changes_whatever_the_way(desk, change):
    AuthenticatorApp.objects.create(user=desk.editor, secret=b"kept encrypted")
    a_passkey(desk.editor)
    hers, others = at_the_desk(desk.editor), at_the_desk(desk.chief)
    CHANGES[change](desk.editor)
    assert not is_in(hers) and is_in(others)
    assert not Session.objects.filter(user=desk.editor).exists()
    # And does not come back with what was changed back.
    User.objects.filter(pk=desk.editor.pk).update(is_active=True, is_staff=True, is_superuser=False)
    assert not is_in(hers)


def test_it_does_not_end_when_only_her_name_or_her_language_changes(desk):
    client = at_the_desk(desk.editor)
    User.objects.filter(pk=desk.editor.pk).update(first_name="Mina", interface_language="ko", reads=["ko"])
    assert is_in(client)


def test_changing_ones_own_password_ends_the_others_and_keeps_this_one(desk):
    here, elsewhere = at_the_desk(desk.reporter), at_the_desk(desk.reporter)
    before = here.cookies[COOKIE].value
    new = "heron ladle quartz Tuesday"
    here.post("/desk/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert is_in(here) and not is_in(elsewhere)
    assert here.cookies[COOKIE].value != before
    assert Session.objects.filter(user=desk.reporter).count() == 1


def a_passkey(user: User) -> Passkey:
    return Passkey.objects.create(
        user=user, credential_id=f"{user.pk} {uuid.uuid4()}".encode(), public_key=b"k", name="K"
    )


@pytest.mark.parametrize("ended", ["a passkey", "the app"])
def test_ending_ones_own_factor_ends_the_others_and_keeps_this_one(desk, ended):
    AuthenticatorApp.objects.create(user=desk.reporter, secret=b"kept encrypted")
    passkey = a_passkey(desk.reporter)
    here, elsewhere, colleague = (at_the_desk(user) for user in (desk.reporter, desk.reporter, desk.editor))
    address = f"passkeys/{passkey.pk}/ending/" if ended == "a passkey" else "app/ending/"
    said = here.post(f"/desk/door/{address}", follow=True)
    assert "logged out everywhere else" in said.text
    assert is_in(here) and is_in(colleague) and not is_in(elsewhere)
    assert Session.objects.filter(user=desk.reporter).count() == 1
    # It is the same in the list, and still hers to end.
    assert [place.is_this for place in logged_in(desk.reporter, here.session[HANDLE])] == [True]


def test_signing_with_a_passkey_ends_no_session(desk):
    passkey = a_passkey(desk.reporter)
    client = at_the_desk(desk.reporter)
    passkey.sign_count = 7
    passkey.save(update_fields=["sign_count"])
    assert is_in(client)


def test_another_app_in_the_place_of_hers_ends_the_others_and_keeps_this_one(desk):
    AuthenticatorApp.objects.create(user=desk.reporter, secret=b"kept encrypted")
    here, elsewhere = at_the_desk(desk.reporter), at_the_desk(desk.reporter)
    here.get("/desk/door/new/")
    digits = pyotp.TOTP(here.session["door-secret"]).now()
    assert here.post("/desk/door/new/", {"code": digits}).status_code == 302
    assert is_in(here) and not is_in(elsewhere)


def test_guessing_the_present_password_at_an_open_screen_is_made_to_wait(desk):
    client = at_the_desk(desk.reporter)
    new = "heron ladle quartz Tuesday"
    for guess in range(4):
        client.post("/desk/password_change/", {"old_password": str(guess), "new_password1": new, "new_password2": new})
    page = client.post("/desk/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert "Try again in 5 seconds." in page.text
    assert User.objects.get(pk=desk.reporter.pk).check_password(PASSWORD)


def test_a_chief_editor_who_changes_her_own_roles_logs_in_again(desk):
    client = at_the_desk(desk.chief)
    address = f"/desk/staff/user/{desk.chief.pk}/change/"
    roles = [Group.objects.get(name=name).pk for name in ("chief editor", "editor")]
    response = client.post(address, fields_of(client.get(address)) | {"groups": roles}, follow=True)
    assert response.status_code == 200 and "login-form" in response.text
    assert desk.chief.groups.count() == 2


# ---------------------------------------------------------------------------------------------------------------------
# Listed, and ended by hand
# ---------------------------------------------------------------------------------------------------------------------


PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E Safari/604.1"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (LAPTOP, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Whale/4.30 Safari/537.36", "Whale on Windows"),
        ("Mozilla/5.0 (Linux; Android 16; SM-S931) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Linux; Android 16) SamsungBrowser/29.0 Chrome/136.0 Safari/537", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/19.0 Safari/605.1", "Safari on Mac"),
        ("curl/8.0", "A browser that does not say what it is"),
        ("", "A browser that does not say what it is"),
        ("<script>Firefox" + "x" * 9999, "Firefox"),
    ],
)
def test_a_device_is_told_by_its_family(agent, words):
    kept = device_of(agent)
    assert in_words(kept) == words and len(kept) <= 30


def test_she_sees_where_she_is_logged_in_to_the_hour(desk):
    logs_in("editor", PHONE)
    here = logs_in("editor", LAPTOP)
    logs_in("chief", LAPTOP)
    page = here.get("/desk/door/")
    places = page.context["places"]
    assert [(place.device, place.is_this) for place in places] == [
        ("Firefox on Linux", True),
        ("Safari on iPhone", False),
    ]
    assert {place.seen.minute for place in places} == {0}
    assert "Safari on iPhone" in page.text and page.text.count("Firefox on Linux") == 1


def test_she_ends_one_and_all_others(desk):
    phone, here, third = logs_in("editor", PHONE), logs_in("editor", LAPTOP), logs_in("editor")
    places = {place.device: place for place in here.get("/desk/door/").context["places"]}
    address = f"/desk/door/sessions/{places['Safari on iPhone'].handle}/ending/"
    assert here.post(address).status_code == 302 and not is_in(phone) and is_in(third)
    assert here.post(address).status_code == 302  # twice is as good
    here.post("/desk/door/sessions/ending/")
    assert is_in(here) and not is_in(third)
    [this] = here.get("/desk/door/").context["places"]
    assert here.post(f"/desk/door/sessions/{this.handle}/ending/")["Location"] == "/desk/login/"
    assert not is_in(here)


def test_nobody_ends_anothers_but_the_chief_editor(desk):
    hers = at_the_desk(desk.editor)
    handle = Session.objects.get(user=desk.editor).handle
    for by in (desk.reporter, desk.other_editor, desk.chief):
        at_the_desk(by).post(f"/desk/door/sessions/{handle}/ending/")
        at_the_desk(by).post(f"/desk/door/sessions/{uuid.uuid4()}/ending/")
    assert is_in(hers)
    address = f"/desk/staff/user/{desk.editor.pk}/sessions/ending/"
    for by in (desk.reporter, desk.other_editor):
        assert at_the_desk(by).post(address).status_code == 403
    assert is_in(hers)
    chief = at_the_desk(desk.chief)
    assert chief.get(address).status_code == 404
    assert "Logged out everywhere." in chief.post(address, follow=True).text
    assert not is_in(hers)


def test_logging_out_ends_it_in_the_database(desk):
    client = at_the_desk(desk.editor)
    cookie = client.cookies[COOKIE].value
    client.post("/desk/logout/")
    assert not Session.objects.filter(user=desk.editor).exists()
    thief = Client()
    thief.cookies[COOKIE] = cookie
    assert not is_in(thief)


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "'; DROP TABLE staff_session; --", "\x7f" * 32])
def test_a_cookie_that_is_none_is_nobody(desk, cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get("/desk/").status_code == 302
