"""Coming in by trying: the tries at each door are counted for an hour, made to wait, and then refused.

Counted is by the name that was typed, whether or not there is such an account; names are kept as keyed hashes, addresses
of machines not at all. A try is written down before it is judged, so a hundred at once are a hundred. Nobody sleeps: who
comes too early is told how long to wait.

Strangers must not be able to shut an editor out. So a browser in which she came in before is counted by itself, and a
passkey, which nobody finds by trying, opens the door while the password's is shut.
"""

from __future__ import annotations

import datetime as dt
import math
import secrets
import unicodedata

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staff.models import FailedEntry, User

KEPT = dt.timedelta(hours=1)
# So many tries are free; then each next one waits twice as long; after so many within the hour no more are judged.
FREE, FIRST_WAIT_S, MOST = 4, 5, 10
KNOWN_FOR_S = 90 * 24 * 60 * 60
KNOWN = "__Host-desk-known" if settings.SESSION_COOKIE_SECURE else "desk-known"


class TooManyTries(Exception):
    """It is not judged now; ``seconds``: when it will be. The message is for who tried."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        if seconds > 120:
            minutes = math.ceil(seconds / 60)
            wait = ngettext("Try again in %(number)d minute.", "Try again in %(number)d minutes.", minutes)
            wait %= {"number": minutes}
        else:
            wait = ngettext("Try again in %(number)d second.", "Try again in %(number)d seconds.", seconds)
            wait %= {"number": seconds}
        super().__init__(_("Too many tries did not succeed.") + " " + wait)


class Try:
    """One try that may be judged now. It counts as failed until it is said to have succeeded."""

    def __init__(self, row: FailedEntry) -> None:
        self.row = row

    def succeeded(self) -> None:
        self.row.delete()


def door(way: str, name: str, device: str = "") -> str:
    """What tries are counted by: the way that is tried, the account's name as typed, and a browser that is known."""
    name = unicodedata.normalize("NFKC", name).strip().casefold()
    return salted_hmac(f"newsroom tries {way}", f"{device} {name}", algorithm="sha256").hexdigest()


def begin(at_door: str) -> Try:
    """A try that is to be judged now, counted from this moment on. Raises TooManyTries."""
    now = timezone.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [at_door])
        FailedEntry.objects.filter(at__lte=now - KEPT).delete()
        # Uses index: failed_entry_door
        before = list(FailedEntry.objects.filter(door=at_door).order_by("-at").values_list("at", flat=True)[:MOST])
        seconds = _wait(before, now)
        if seconds > 0:
            raise TooManyTries(math.ceil(seconds))
        return Try(FailedEntry.objects.create(door=at_door, at=now))


def failed_of_late(at_door: str) -> int:
    """How many tries at a door did not succeed within the hour."""
    return FailedEntry.objects.filter(door=at_door, at__gt=timezone.now() - KEPT).count()


def _wait(before: list[dt.datetime], now: dt.datetime) -> float:
    """Seconds until another try is judged; ``before``: the last ones, the newest first."""
    if len(before) < FREE:
        return 0
    since_last = (now - before[0]).total_seconds()
    wait = FIRST_WAIT_S * 2 ** (len(before) - FREE) - since_last
    if len(before) >= MOST:
        wait = max(wait, (before[MOST - 1] + KEPT - now).total_seconds())
    return wait


def known_device(request: HttpRequest, name: str) -> str:
    """The mark of a browser in which this account came in before, or nothing."""
    mark, _dot, sign = request.COOKIES.get(KNOWN, "").partition(".")
    return mark if mark and constant_time_compare(sign, _sign(mark, name)) else ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Leaves the mark in a browser in which somebody came in. It opens nothing, and names nobody."""
    mark = known_device(request, user.get_username()) or secrets.token_urlsafe(18)
    response.set_cookie(
        KNOWN,
        f"{mark}.{_sign(mark, user.get_username())}",
        max_age=KNOWN_FOR_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _sign(mark: str, name: str) -> str:
    return door("known device", name, mark)
