"""The second factor: a passkey or an app's digits, set up before anything opens; codes on paper; losing it all."""

from __future__ import annotations

import datetime as dt
import html
import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Entry
from staff import factors
from staff.factors import FactorRefused, factors_of, keep_codes, made_codes, register_app, reset_factors, take_code
from staff.models import AuthenticatorApp, FactorReset, Passkey, RecoveryCode, Session
from tests.desks import at_the_desk
from tests.devices import Device, Flag, holds_a_passkey, signed_in
from tests.factories import Desk, StaffFactory

PASSWORD = "a long pass phrase"
LOG_IN, SECOND, NEW, CODES = "/desk/login/", "/desk/door/second-step/", "/desk/door/new/", "/desk/door/codes/"


@pytest.fixture
def desk(db):
    return Desk()


@pytest.fixture(autouse=True)
def factor(settings):
    """As in a newsroom: whoever comes in has one."""
    settings.SECOND_FACTOR = True


def with_password(name: str = "editor", **more: str) -> Client:
    """A browser in which the password was right."""
    client = Client()
    assert client.post(LOG_IN, {"username": name, "password": PASSWORD, **more}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def digits(secret: str, *, half_minutes: int = 0) -> str:
    return pyotp.TOTP(secret).at(timezone.now() + dt.timedelta(seconds=30 * half_minutes))


def secret_on(page: Any) -> str:
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)[1].replace(" ", "")


def codes_on(page: Any) -> list[str]:
    return re.findall(r"<code>([0-9A-Z-]{19})</code>", page.text)


def has_an_app(user: Any) -> str:
    """An app that was set up some minutes ago, and recovery codes; answers with the secret."""
    secret = factors.new_secret()
    register_app(user, secret, digits(secret, half_minutes=-1))
    keep_codes(user, made_codes())
    return secret


# ---------------------------------------------------------------------------------------------------------------------
# Setting it up
# ---------------------------------------------------------------------------------------------------------------------


def test_an_app_is_set_up_before_anything_opens(desk):
    client = with_password(next="/desk/sources/source/")
    page = client.get(NEW)
    secret = secret_on(page)
    assert "<svg" in page.text and len(secret) == 32
    assert client.post(NEW, {"code": "000000"}).status_code == 200 and not is_in(client)
    assert secret_on(client.get(NEW)) == secret  # nothing to be set up anew
    assert client.post(NEW, {"code": digits(secret)})["Location"] == CODES
    assert not is_in(client)
    codes = codes_on(client.get(CODES))
    assert len(set(codes)) == 10 and codes == codes_on(client.get(CODES))
    assert not RecoveryCode.objects.exists()
    assert client.post(CODES)["Location"] == "/desk/sources/source/"
    assert is_in(client)
    assert factors_of(desk.editor) == factors.Factors(passkeys=0, app=True, codes_left=10)


def test_a_passkey_is_set_up_before_anything_opens(desk):
    device, client = Device(), with_password()
    page = client.get(NEW)
    assert client.post(NEW, {"answer": device.create(page.context["asked"]), "name": "Telephone"})["Location"] == CODES
    assert not is_in(client)
    client.post(CODES)
    assert is_in(client)
    assert [p.name for p in desk.editor.passkeys.all()] == ["Telephone"]
    # And from then on it is asked for.
    client = with_password()
    page = client.get(SECOND)
    assert not is_in(client)
    client.post(SECOND, {"answer": device.sign(page.context["asked"])})
    assert is_in(client)


def test_who_did_not_write_the_codes_down_is_shown_others_the_next_time(desk):
    client = with_password()
    client.post(NEW, {"code": digits(secret_on(client.get(NEW)), half_minutes=-1)})
    seen = codes_on(client.get(CODES))
    secret = factors._decrypted(desk.editor, bytes(AuthenticatorApp.objects.get().secret))
    later = with_password()
    assert later.post(SECOND, {"code": digits(secret)})["Location"] == CODES
    shown = codes_on(later.get(CODES))
    assert len(shown) == 10 and not set(shown) & set(seen)
    later.post(CODES)
    assert is_in(later)


def test_a_password_alone_adds_no_factor_to_those_that_guard_it(desk):
    has_an_app(desk.editor)
    client, device = with_password(), Device()
    assert client.get(NEW)["Location"] == SECOND
    asked = client.get(SECOND).context["asked"] or '{"rp": {"id": "localhost"}, "challenge": "AAAA"}'
    assert client.post(NEW, {"answer": device.create(asked)})["Location"] == SECOND
    assert client.post(NEW, {"code": "123456"})["Location"] == SECOND
    assert client.get(CODES)["Location"] == SECOND and client.post(CODES)["Location"] == SECOND
    assert not Passkey.objects.exists() and not is_in(client)


def test_the_picture_says_what_the_letters_say_and_nothing_is_asked_elsewhere(desk):
    page = with_password().get(NEW)
    svg = re.search(r"<svg.*?</svg>", page.text, re.S)[0]
    assert "http" not in svg and "style=" not in svg and "<script" not in svg
    import segno

    address = pyotp.TOTP(secret_on(page)).provisioning_uri(name="editor", issuer_name="Newsroom")
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    assert html.unescape(svg) == html.unescape(drawn)


# ---------------------------------------------------------------------------------------------------------------------
# The second step
# ---------------------------------------------------------------------------------------------------------------------


def test_the_digits_of_the_app_open_the_desk(desk):
    secret = has_an_app(desk.editor)
    client = with_password(next="/desk/sources/source/")
    assert client.post(SECOND, {"code": digits(secret)})["Location"] == "/desk/sources/source/"
    assert is_in(client)


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}{1} ", "{0}\u3000{1}", "wide"])
def test_digits_are_taken_however_they_are_typed(desk, typed):
    secret = has_an_app(desk.editor)
    now = digits(secret)
    wide = now.translate({ord(d): ord("０") + int(d) for d in "0123456789"})
    client = with_password()
    client.post(SECOND, {"code": wide if typed == "wide" else typed.format(now[:3], now[3:])})
    assert is_in(client)


@pytest.mark.parametrize("off", [-3, -2, 2, 3, 100])
def test_digits_of_another_time_do_not_count(desk, off):
    secret = has_an_app(desk.editor)
    client = with_password()
    page = client.post(SECOND, {"code": digits(secret, half_minutes=off)})
    assert page.status_code == 200 and "clock" in page.text and not is_in(client)


def test_a_clock_that_is_half_a_minute_fast_is_forgiven(desk):
    secret = has_an_app(desk.editor)
    client = with_password()
    client.post(SECOND, {"code": digits(secret, half_minutes=1)})
    assert is_in(client)


def test_digits_count_once(desk):
    secret = has_an_app(desk.editor)
    seen = digits(secret)
    with_password().post(SECOND, {"code": seen})
    over_her_shoulder = with_password()
    page = over_her_shoulder.post(SECOND, {"code": seen})
    assert "have been used" in page.text and not is_in(over_her_shoulder)
    # Nor do those before them; the next ones do.
    assert not is_in(over_her_shoulder)
    over_her_shoulder.post(SECOND, {"code": digits(secret, half_minutes=1)})
    assert is_in(over_her_shoulder)


def test_the_digits_with_which_it_was_set_up_are_used(desk):
    client = with_password()
    secret = secret_on(client.get(NEW))
    client.post(NEW, {"code": digits(secret)})
    client.post(CODES)
    assert "have been used" in with_password().post(SECOND, {"code": digits(secret)}).text


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "000000", "'; --", "９９９９９", "0" * 60, "\u0661" * 6]
)
def test_what_is_no_code_is_refused_in_words(desk, typed):
    has_an_app(desk.editor)
    client = with_password()
    page = client.post(SECOND, {"code": typed})
    assert page.status_code == 200 and 'role="alert"' in page.text and not is_in(client)


def test_codes_and_digits_of_another_account_do_not_count(desk):
    has_an_app(desk.editor)
    other = has_an_app(desk.chief)
    codes = made_codes()
    keep_codes(desk.chief, codes)
    client = with_password("editor")
    for typed in (digits(other), codes[0]):
        client.post(SECOND, {"code": typed})
        assert not is_in(client)
    assert factors_of(desk.chief).codes_left == 10


def test_the_passkey_of_another_account_does_not_count(desk):
    holds_a_passkey(desk.editor)
    other = holds_a_passkey(desk.chief)
    client = with_password("editor")
    asked = client.get(SECOND).context["asked"]
    page = client.post(SECOND, {"answer": other.sign(asked)})
    assert "not signed with a passkey that is good here" in page.text and not is_in(client)


def test_a_passkeys_answer_counts_once_and_for_this_page(desk):
    device = holds_a_passkey(desk.editor)
    keep_codes(desk.editor, made_codes())
    client = with_password()
    answer = device.sign(client.get(SECOND).context["asked"])
    client.post(SECOND, {"answer": answer})
    assert is_in(client)
    again = with_password()
    again.get(SECOND)
    again.post(SECOND, {"answer": answer})
    assert not is_in(again)


@pytest.mark.parametrize(
    "wrong", [{"flags": Flag.UP}, {"origin": "https://desk.elsewhere.example"}, {"kind": "webauthn.create"}]
)
def test_a_signature_for_elsewhere_or_by_nobody_does_not_count(desk, wrong):
    device = holds_a_passkey(desk.editor)
    client = with_password()
    client.post(SECOND, {"answer": device.sign(client.get(SECOND).context["asked"], **wrong)})
    assert not is_in(client)
    client.post(LOG_IN, {"answer": device.sign(client.get(LOG_IN).context["asked"], **wrong)})
    assert not is_in(client)


def test_guessing_digits_is_made_to_wait_and_does_not_shut_the_password(desk):
    secret = has_an_app(desk.editor)
    client = with_password()
    answers = [client.post(SECOND, {"code": f"{n:06}"}).status_code for n in range(5)]
    assert answers == [200] * 4 + [429]
    assert client.post(SECOND, {"code": digits(secret)}).status_code == 429 and not is_in(client)
    assert not is_in(client)
    with_password()


def test_a_guests_passkey_is_none_of_the_staffs_and_the_other_way_round(desk):
    guest = StaffFactory(username="guest-1", is_staff=False, roles=["guest signatory"])
    device = holds_a_passkey(guest)
    client = Client()
    page = client.post(LOG_IN, {"answer": device.sign(client.get(LOG_IN).context["asked"])})
    assert page.status_code == 200 and not is_in(client) and not is_in(signed_in(device))
    hers = holds_a_passkey(desk.editor)
    page = client.get("/desk/guest/sign-in/")
    response = client.post("/desk/guest/sign-in/", {"answer": hers.sign(page.context["asked"])}, follow=True)
    assert "no guest" in response.text and not is_in(client)


def test_an_ended_passkey_or_a_closed_account_opens_nothing(desk):
    device = holds_a_passkey(desk.editor)
    client = Client()
    desk.editor.is_active = False
    desk.editor.save()
    client.post(LOG_IN, {"answer": device.sign(client.get(LOG_IN).context["asked"])})
    desk.editor.is_active = True
    desk.editor.save()
    desk.editor.passkeys.update(ended_at=timezone.now())
    client.post(LOG_IN, {"answer": device.sign(client.get(LOG_IN).context["asked"])})
    assert not is_in(client) and not Session.objects.filter(user=desk.editor).exists()


# ---------------------------------------------------------------------------------------------------------------------
# Recovery codes
# ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelt", [str, str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("0", "o").replace("1", "l")]
)
def test_a_recovery_code_opens_once_and_is_counted_down(desk, spelt):
    has_an_app(desk.editor)
    codes = made_codes()
    keep_codes(desk.editor, codes)
    client = with_password()
    page = client.post(SECOND, {"code": spelt(codes[3])}, follow=True)
    assert "9 recovery codes left" in page.text and is_in(client)
    # To another device, and to ending the one that is lost.
    assert '<a href="/desk/door/new/">' in page.text and '<a href="/desk/door/#factors">' in page.text
    assert "counts once" in with_password().post(SECOND, {"code": codes[3]}).text


def test_after_the_last_one_come_new_ones(desk):
    has_an_app(desk.editor)
    codes = made_codes()
    keep_codes(desk.editor, codes)
    RecoveryCode.objects.exclude(code_sha256=factors._hash(desk.editor, factors._plain(codes[0]))).delete()
    client = with_password()
    assert client.post(SECOND, {"code": codes[0]})["Location"] == CODES
    client.post(CODES)
    assert is_in(client) and factors_of(desk.editor).codes_left == 10


def test_new_codes_make_the_old_ones_void_once_they_are_written_down(desk):
    has_an_app(desk.editor)
    old = made_codes()
    keep_codes(desk.editor, old)
    client = at_the_desk(desk.editor)
    shown = codes_on(client.get(CODES))
    assert take_code(desk.editor, old[0])
    client.post(CODES)
    assert factors_of(desk.editor).codes_left == 10
    with pytest.raises(FactorRefused):
        take_code(desk.editor, old[1])
    assert take_code(desk.editor, shown[0])


def test_a_stolen_database_gives_neither_digits_nor_codes(desk, settings):
    secret = has_an_app(desk.editor)
    codes = made_codes()
    keep_codes(desk.editor, codes)
    row = AuthenticatorApp.objects.get()
    assert secret.encode() not in bytes(row.secret)
    assert not set(codes) & set(RecoveryCode.objects.values_list("code_sha256", flat=True))
    # Moved to another account by who can write there, it is of no use; nor under another secret of the desk.
    AuthenticatorApp.objects.filter(user=desk.editor).delete()
    AuthenticatorApp.objects.create(user=desk.chief, secret=row.secret)
    with pytest.raises(FactorRefused):
        take_code(desk.chief, digits(secret))
    AuthenticatorApp.objects.all().delete()
    AuthenticatorApp.objects.create(user=desk.editor, secret=row.secret)
    settings.SECRET_KEY = "another secret of the desk, as long as it must be"
    with pytest.raises(FactorRefused):
        take_code(desk.editor, digits(secret))
    assert take_code(desk.editor, codes[0])


def test_the_same_code_from_many_at_once_opens_once(committed_db):
    user = StaffFactory()
    secret = has_an_app(user)
    codes = made_codes()
    keep_codes(user, codes)
    start = Barrier(6)

    def one(typed: str) -> bool:
        try:
            start.wait()
            take_code(user, typed)
        except FactorRefused:
            return False
        finally:
            connection.close()
        return True

    for typed in (codes[0], digits(secret, half_minutes=1)):
        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(one, [typed] * 6)) == 1


# ---------------------------------------------------------------------------------------------------------------------
# One's own, and losing it
# ---------------------------------------------------------------------------------------------------------------------


def test_who_is_in_adds_another_and_ends_one(desk):
    secret = has_an_app(desk.editor)
    client, device = at_the_desk(desk.editor), Device()
    page = client.get(NEW)
    client.post(NEW, {"answer": device.create(page.context["asked"]), "name": "Key"})
    page = client.get("/desk/door/")
    assert "Key" in page.text and "10 codes are left" in page.text
    client.post("/desk/door/app/ending/")
    with pytest.raises(FactorRefused):
        take_code(desk.editor, digits(secret))
    passkey = desk.editor.passkeys.get()
    refused = client.post(f"/desk/door/passkeys/{passkey.pk}/ending/", follow=True)
    assert "only second factor" in refused.text and factors_of(desk.editor).passkeys == 1
    assert client.post("/desk/door/app/ending/").status_code == 404


def test_nobody_ends_anothers(desk):
    holds_a_passkey(desk.chief)
    holds_a_passkey(desk.chief)
    passkey = desk.chief.passkeys.first()
    assert at_the_desk(desk.editor).post(f"/desk/door/passkeys/{passkey.pk}/ending/").status_code == 404


def test_a_new_factor_and_new_codes_ask_who_is_there(desk):
    from staff.sessions import PROVEN

    client = at_the_desk(desk.editor)
    session = client.session
    session[PROVEN] = 0
    session.save()
    for page in (NEW, CODES):
        for method in (client.get, client.post):
            assert method(page).status_code == 403
    assert client.get("/desk/door/").status_code == 200
    shown = client.post(NEW, {"again-looking": "yes", "again-password": PASSWORD})
    assert shown["Location"] == NEW and client.get(NEW).status_code == 200


def test_the_chief_editor_takes_a_lost_factor_away_and_she_is_told(desk, settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    secret = has_an_app(desk.editor)
    device = holds_a_passkey(desk.editor)
    desk.editor.email = "editor@paper.example"
    desk.editor.save()
    hers = at_the_desk(desk.editor)
    chief = at_the_desk(desk.chief)
    page = chief.get(f"/desk/staff/user/{desk.editor.pk}/change/")
    address = f"/desk/staff/user/{desk.editor.pk}/second-factor/reset/"
    assert address in page.text
    # Once more, and with a reason.
    assert "say why" in chief.post(address, {"reason": "  "}, follow=True).text
    assert factors_of(desk.editor).any
    assert "Reset." in chief.post(address, {"reason": "Her bag was stolen; I rang her."}, follow=True).text
    assert FactorReset.objects.get().reason == "Her bag was stolen; I rang her."
    assert not factors_of(desk.editor).any and not factors_of(desk.editor).codes_left
    assert not is_in(hers)
    [sent] = mail.outbox
    assert sent.to == ["editor@paper.example"] and "chief" not in sent.subject
    entry = Entry.objects.get(table_name="staff_factorreset", op="insert")
    assert (entry.by, entry.fields["user_id"]) == (desk.chief.pk, desk.editor.pk)
    # Neither opens anything any more; her password leads to setting up another, and she is told who did it.
    client = Client()
    client.post(LOG_IN, {"answer": device.sign(client.get(LOG_IN).context["asked"])})
    assert not is_in(client)
    client = with_password()
    assert client.post(SECOND, {"code": digits(secret)})["Location"] == NEW
    client.post(NEW, {"code": digits(secret_on(client.get(NEW)))})
    page = client.post(CODES, follow=True)
    assert "chief reset your second factor" in page.text
    assert "reset your second factor" not in client.get("/desk/").text
    assert FactorReset.objects.get().told_at


@pytest.mark.parametrize("who", ["reporter", "editor", "chief"])
def test_who_may_not_take_it_away(desk, who):
    """A reporter, an editor; a chief editor her own, or a superuser's."""
    root = StaffFactory(username="root", is_superuser=True)
    by = getattr(desk, who)
    for user in (desk.chief, root) if who == "chief" else (desk.other_editor, desk.chief, root):
        has_an_app(user)
        with pytest.raises(PermissionDenied):
            reset_factors(user, by=by)
        assert at_the_desk(by).post(f"/desk/staff/user/{user.pk}/second-factor/reset/").status_code == 403
        assert factors_of(user).any
    assert not FactorReset.objects.exists()


def test_who_runs_the_server_takes_it_away_for_the_last_chief_editor(desk):
    has_an_app(desk.chief)
    said = StringIO()
    call_command("reset_second_factor", "chief", stdout=said)
    assert "next log-in" in said.getvalue() and not factors_of(desk.chief).any
    assert Entry.objects.get(table_name="staff_factorreset", op="insert").by is None
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody")


def test_where_none_is_asked_for_it_is_asked_of_whoever_has_one(desk, settings):
    settings.SECOND_FACTOR = False
    has_an_app(desk.editor)
    assert not is_in(with_password("editor"))
    assert is_in(with_password("chief"))


def test_everything_of_it_is_there_in_korean(desk):
    has_an_app(desk.editor)
    client = with_password()
    client.post("/desk/language/", {"language": "ko", "next": SECOND})
    page = client.get(SECOND)
    assert 'lang="ko"' in page.text and "복구 코드" in page.text
