"""How one comes in oneself: passkeys, app, recovery codes, password; and where one is logged in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from staff.again import recently_proven
from staff.devices import in_words
from staff.factors import factors_of
from staff.models import AuthenticatorApp, Session, User
from staff.sessions import HANDLE, stay_in

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class LoggedIn:
    """A place where one is logged in, in words. The hour, not the minute, and no address."""

    handle: uuid.UUID
    device: str
    since: dt.datetime
    seen: dt.datetime
    is_this: bool


def for_staff(view: View) -> View:
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.has_permission(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def logged_in(user: User, this: str = "") -> list[LoggedIn]:
    """Where an account is logged in now; ``this``: the handle of the session that asks, which stands first."""
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    places = [
        LoggedIn(row.handle, in_words(row.device), row.begun_at, _hour(row.seen_at), str(row.handle) == this)
        for row in rows
    ]
    return sorted(places, key=lambda place: not place.is_this)


def _hour(at: dt.datetime) -> dt.datetime:
    return timezone.localtime(at).replace(minute=0, second=0, microsecond=0)


@require_safe
@for_staff
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    factors = factors_of(user)
    context = {
        **admin.site.each_context(request),
        "title": _("How you log in"),
        "factors": factors,
        "passkeys": user.passkeys.filter(ended_at=None),
        "app": AuthenticatorApp.objects.filter(user=user).first(),
        "may_end_one": not _is_last(user),
        "places": logged_in(user, request.session.get(HANDLE, "")),
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "minutes": settings.SESSION_IDLE_S // 60,
    }
    return render(request, "staff/door/home.html", context)


@require_POST
@for_staff
@recently_proven
def passkey_ending(request: HttpRequest, pk: int) -> HttpResponse:
    """A passkey opens nothing any more, and she is logged out everywhere but here."""
    passkey = get_object_or_404(request.user.passkeys.filter(ended_at=None), pk=pk)
    if _kept_as_last(request):
        return redirect("doors:home")
    passkey.ended_at = timezone.now()
    passkey.save(update_fields=["ended_at"])
    stay_in(request)
    messages.success(request, _("Ended. This passkey opens nothing any more, and you are logged out everywhere else."))
    return redirect("doors:home")


@require_POST
@for_staff
@recently_proven
def app_ending(request: HttpRequest) -> HttpResponse:
    """The app's digits open nothing any more, and she is logged out everywhere but here."""
    app = get_object_or_404(AuthenticatorApp, user=request.user)
    if _kept_as_last(request):
        return redirect("doors:home")
    app.delete()
    stay_in(request)
    messages.success(request, _("Ended. Its digits open nothing any more, and you are logged out everywhere else."))
    return redirect("doors:home")


def _is_last(user: User) -> bool:
    factors = factors_of(user)
    return settings.SECOND_FACTOR and factors.passkeys + factors.app < 2


def _kept_as_last(request: HttpRequest) -> bool:
    if not _is_last(request.user):
        return False
    messages.error(request, _("It is your only second factor. Set up another first."))
    return True


@require_POST
@for_staff
def session_ending(request: HttpRequest, handle: uuid.UUID) -> HttpResponse:
    """Logged out there; here, where it is this one."""
    if str(handle) == request.session.get(HANDLE):
        logout(request)
        return redirect("admin:login")
    # Gone already is as good.
    Session.objects.filter(user=request.user, handle=handle).delete()
    messages.success(request, _("Logged out there."))
    return redirect("doors:home")


@require_POST
@for_staff
def other_sessions_ending(request: HttpRequest) -> HttpResponse:
    """Logged out everywhere but here."""
    Session.objects.filter(user=request.user).exclude(handle=request.session[HANDLE]).delete()
    messages.success(request, _("Logged out everywhere else."))
    return redirect("doors:home")
