"""Ways round the doors of the desk, each tried: the thief ends up outside, every time.

One line for each way; the tests beside (getting in, second factor, sessions, proving) say what the rightful owner sees.
What the thief has is said by the way: nothing, her password, her database, her cookie, a passkey of another.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from staff import factors
from staff.factors import keep_codes, made_codes
from staff.models import AuthenticatorApp, FailedEntry, Passkey, RecoveryCode, Session, User
from staff.sessions import PROVEN
from tests.desks import at_the_desk
from tests.devices import Device, holds_a_passkey, registers, signed_in
from tests.factories import Desk, StaffFactory
from tests.test_second_factor import CODES, LOG_IN, NEW, PASSWORD, SECOND, digits, has_an_app, with_password

COOKIE = django_settings.SESSION_COOKIE_NAME
pytestmark = pytest.mark.django_db


class Scene:
    """A newsroom with the second factor on; the editor has an app, a passkey and recovery codes."""

    def __init__(self, settings: Any) -> None:
        settings.SECOND_FACTOR = True
        self.settings = settings
        self.desk = Desk()
        self.editor = self.desk.editor
        self.device = holds_a_passkey(self.editor)
        self.secret = has_an_app(self.editor)
        self.codes = made_codes()
        keep_codes(self.editor, self.codes)
        self.thief = Client()


def password_alone(s: Scene) -> None:
    s.thief = with_password()
    for page in ("/desk/", NEW, CODES, "/desk/door/", "/desk/sources/source/"):
        s.thief.get(page)


def password_and_the_admins_own_page(s: Scene) -> None:
    s.thief.post(
        "/desk/login/?next=/desk/", {"username": "editor", "password": PASSWORD, "this_is_the_login_form": "1"}
    )


def password_and_a_factor_of_his_own(s: Scene) -> None:
    s.thief = with_password()
    device = Device()
    asked = json.dumps({"rp": {"id": "localhost"}, "challenge": "AAAA"})
    s.thief.post(NEW, {"answer": device.create(asked), "name": "Mine"})
    s.thief.post(SECOND, {"answer": device.create(asked)})
    s.thief.post(NEW, {"code": digits(factors.new_secret())})


def password_and_an_app_that_he_set_up_for_himself(s: Scene) -> None:
    own = has_an_app(s.desk.chief)
    s.thief = with_password()
    s.thief.post(SECOND, {"code": digits(own)})


def digits_seen_over_her_shoulder(s: Scene) -> None:
    seen = digits(s.secret)
    with_password().post(SECOND, {"code": seen})
    s.thief = with_password()
    s.thief.post(SECOND, {"code": seen})


def digits_of_yesterday(s: Scene) -> None:
    s.thief = with_password()
    s.thief.post(SECOND, {"code": digits(s.secret, half_minutes=-2880)})


def guessing_digits(s: Scene) -> None:
    s.thief = with_password()
    right = digits(s.secret)
    for n in range(40):
        guess = f"{n:06}"
        s.thief.post(SECOND, {"code": guess if guess != right else "999999"})
    # Even the right ones are not judged any more.
    s.thief.post(SECOND, {"code": right})


def a_new_half_way_for_each_guess(s: Scene) -> None:
    for n in range(6):
        with_password().post(SECOND, {"code": f"{n:06}"})
    s.thief = with_password()
    s.thief.post(SECOND, {"code": digits(s.secret)})


def guessing_the_password(s: Scene) -> None:
    for n in range(12):
        s.thief.post(LOG_IN, {"username": "editor", "password": f"guess {n}"})
    s.thief.post(LOG_IN, {"username": "editor", "password": PASSWORD})
    s.thief.post(SECOND, {"code": digits(s.secret)})


def a_recovery_code_that_was_used(s: Scene) -> None:
    with_password().post(SECOND, {"code": s.codes[0]})
    s.thief = with_password()
    s.thief.post(SECOND, {"code": s.codes[0]})


def a_recovery_code_of_the_paper_before(s: Scene) -> None:
    keep_codes(s.editor, made_codes())
    s.thief = with_password()
    s.thief.post(SECOND, {"code": s.codes[0]})


def everything_in_the_database(s: Scene) -> None:
    at_the_desk(s.editor)
    s.thief = with_password()
    stolen = [str(v) for row in RecoveryCode.objects.values_list() for v in row]
    stolen += [bytes(AuthenticatorApp.objects.get().secret).hex(), User.objects.get(pk=s.editor.pk).password]
    FailedEntry.objects.all().delete()
    for typed in stolen[:4] + stolen[-2:]:
        s.thief.post(SECOND, {"code": typed})
        FailedEntry.objects.all().delete()
    for row in Session.objects.filter(user=s.editor):
        for value in (row.session_key, row.session_data, str(row.handle)):
            s.thief.cookies[COOKIE] = value
            s.thief.get("/desk/")


def the_desks_password_hash_as_password(s: Scene) -> None:
    s.thief.post(LOG_IN, {"username": "editor", "password": s.editor.password})


def a_cookie_brought_to_her_before(s: Scene) -> None:
    s.thief.get("/desk/guest/sign-in/")
    planted = s.thief.cookies[COOKIE].value
    hers = Client()
    hers.cookies[COOKIE] = planted
    hers.post(LOG_IN, {"username": "editor", "password": PASSWORD})
    hers.post(SECOND, {"code": digits(s.secret)})
    assert hers.get("/desk/").status_code == 200
    s.thief.cookies[COOKIE] = planted


def her_half_way_cookie(s: Scene) -> None:
    hers = with_password()
    half = hers.cookies[COOKIE].value
    hers.post(SECOND, {"code": digits(s.secret)})
    assert hers.get("/desk/").status_code == 200
    s.thief.cookies[COOKIE] = half


def her_cookie_after_she_logged_out(s: Scene) -> None:
    hers = at_the_desk(s.editor)
    s.thief.cookies[COOKIE] = hers.cookies[COOKIE].value
    hers.post("/desk/logout/")


def her_cookie_after_another_password(s: Scene) -> None:
    hers = at_the_desk(s.editor)
    s.thief.cookies[COOKIE] = hers.cookies[COOKIE].value
    new = "heron ladle quartz Tuesday"
    hers.post("/desk/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert hers.get("/desk/").status_code == 200


def her_cookie_after_the_chief_ended_it(s: Scene) -> None:
    hers = at_the_desk(s.editor)
    s.thief.cookies[COOKIE] = hers.cookies[COOKIE].value
    at_the_desk(s.desk.chief).post(f"/desk/staff/user/{s.editor.pk}/sessions/ending/")


def a_guests_passkey(s: Scene) -> None:
    guest = StaffFactory(username="guest-1", is_staff=False, roles=["guest signatory"])
    device = Device()
    registers(guest, device, by=s.desk.chief)
    s.thief = signed_in(device)
    asked = Client().get(LOG_IN).context["asked"]
    s.thief.post(LOG_IN, {"answer": device.sign(asked)})
    with_hers = with_password()
    with_hers.post(SECOND, {"answer": device.sign(with_hers.get(SECOND).context["asked"])})
    assert with_hers.get("/desk/").status_code == 302


def an_answer_to_another_page(s: Scene) -> None:
    asked = Client().get(LOG_IN).context["asked"]
    s.thief.get(LOG_IN)
    s.thief.post(LOG_IN, {"answer": s.device.sign(asked)})


def an_answer_given_before(s: Scene) -> None:
    hers = Client()
    answer = s.device.sign(hers.get(LOG_IN).context["asked"])
    hers.post(LOG_IN, {"answer": answer})
    assert hers.get("/desk/").status_code == 200
    s.thief.get(LOG_IN)
    s.thief.post(LOG_IN, {"answer": answer})


def an_answer_that_a_false_page_asked_for(s: Scene) -> None:
    asked = s.thief.get(LOG_IN).context["asked"]
    s.thief.post(LOG_IN, {"answer": s.device.sign(asked, origin="https://desk.elsewhere.example")})


def a_copy_of_her_passkey(s: Scene) -> None:
    hers = Client()
    before = s.device.count
    hers.post(LOG_IN, {"answer": s.device.sign(hers.get(LOG_IN).context["asked"])})
    s.device.count = before
    s.thief.post(LOG_IN, {"answer": s.device.sign(s.thief.get(LOG_IN).context["asked"])})


def a_passkey_that_she_ended(s: Scene) -> None:
    Passkey.objects.filter(user=s.editor).update(ended_at=timezone.now())
    s.thief.post(LOG_IN, {"answer": s.device.sign(s.thief.get(LOG_IN).context["asked"])})


def a_closed_account(s: Scene) -> None:
    User.objects.filter(pk=s.editor.pk).update(is_active=False)
    s.thief.post(LOG_IN, {"username": "editor", "password": PASSWORD})
    s.thief.post(SECOND, {"code": digits(s.secret)})
    s.thief.post(LOG_IN, {"answer": s.device.sign(s.thief.get(LOG_IN).context["asked"])})


def an_account_closed_half_way(s: Scene) -> None:
    s.thief = with_password()
    User.objects.filter(pk=s.editor.pk).update(is_active=False)
    s.thief.post(SECOND, {"code": digits(s.secret)})
    User.objects.filter(pk=s.editor.pk).update(is_active=True)


def the_fields_of_a_proof_as_a_log_in(s: Scene) -> None:
    s.thief.post("/desk/door/", {"again-password": PASSWORD})
    s.thief.post("/desk/", {"again-password": PASSWORD, "again-looking": "yes"})


ATTACKS: list[Callable[[Scene], None]] = [
    password_alone,
    password_and_the_admins_own_page,
    password_and_a_factor_of_his_own,
    password_and_an_app_that_he_set_up_for_himself,
    digits_seen_over_her_shoulder,
    digits_of_yesterday,
    guessing_digits,
    a_new_half_way_for_each_guess,
    guessing_the_password,
    a_recovery_code_that_was_used,
    a_recovery_code_of_the_paper_before,
    everything_in_the_database,
    the_desks_password_hash_as_password,
    a_cookie_brought_to_her_before,
    her_half_way_cookie,
    her_cookie_after_she_logged_out,
    her_cookie_after_another_password,
    her_cookie_after_the_chief_ended_it,
    a_guests_passkey,
    an_answer_to_another_page,
    an_answer_given_before,
    an_answer_that_a_false_page_asked_for,
    a_copy_of_her_passkey,
    a_passkey_that_she_ended,
    a_closed_account,
    an_account_closed_half_way,
    the_fields_of_a_proof_as_a_log_in,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_thief_stays_outside(settings, attack):
    scene = Scene(settings)
    attack(scene)
    assert scene.thief.get("/desk/").status_code != 200
    assert scene.thief.get("/desk/sources/source/").status_code != 200


def test_the_owner_comes_in(settings):
    """Else every attack would fail for another reason."""
    scene = Scene(settings)
    for sent in ({"code": digits(scene.secret)}, {"code": scene.codes[0]}):
        hers = with_password()
        hers.post(SECOND, sent)
        assert hers.get("/desk/sources/source/").status_code == 200
    hers = Client()
    hers.post(LOG_IN, {"answer": scene.device.sign(hers.get(LOG_IN).context["asked"])})
    assert hers.get("/desk/sources/source/").status_code == 200


def test_at_an_unwatched_screen_a_passer_by_prints_nothing_and_opens_no_door_for_himself(settings):
    scene = Scene(settings)
    story, client = scene.desk.signed(), at_the_desk(scene.desk.chief)
    session = client.session
    session[PROVEN] = 0
    session.save()
    reporter = scene.desk.reporter
    for page in (
        f"/desk/stories/{story.pk}/publication/",
        NEW,
        CODES,
        "/desk/staff/user/add/",
        f"/desk/staff/user/{reporter.pk}/change/",
        f"/desk/staff/user/{reporter.pk}/password/",
        f"/desk/staff/user/{scene.editor.pk}/second-factor/reset/",
    ):
        assert "Is it you?" in client.post(page, {"username": "mine"}).text, page
    assert factors.factors_of(scene.editor).any and not User.objects.filter(username="mine").exists()
