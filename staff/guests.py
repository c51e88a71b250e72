"""Guests of the desk: the one room that is open to them, and how long they may sit in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from staff.models import Passkey
from staff.sessions import IDLE

View = Callable[..., HttpResponse]

# The guests' room and its door; besides, choosing a language.
OPEN_APPS = {"guests", "guest_door"}
OPEN_NAMES = {"admin:language"}
IDLE_S = 60 * 60
PASSKEY, SEEN = "guest-passkey", "guest-seen"


class KeepGuestsInTheirRoom:
    """Middleware: an account that is no staff gets nothing of the desk but the guests' room. After authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or request.user.is_staff:
            return None
        match = request.resolver_match
        if match and (match.app_name in OPEN_APPS or match.view_name in OPEN_NAMES):
            return None
        raise PermissionDenied


def let_in(request: HttpRequest, passkey: Passkey) -> None:
    """Signs a guest in, until she closes her browser or has done nothing for an hour."""
    login(request, passkey.user, backend="django.contrib.auth.backends.ModelBackend")
    request.session[PASSKEY], request.session[SEEN] = passkey.pk, int(time.time())
    request.session[IDLE] = IDLE_S
    request.session.set_expiry(0)


def guest_page(view: View) -> View:
    """Open to a guest who signed in with a passkey that is good now, and was here within the hour."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("guest_door:sign_in")
        if request.user.is_staff:
            raise PermissionDenied
        now = int(time.time())
        passkeys = Passkey.objects.filter(pk=request.session.get(PASSKEY, 0), user=request.user, ended_at=None)
        if now - request.session.get(SEEN, 0) > IDLE_S or not request.user.is_guest or not passkeys.exists():
            logout(request)
            return redirect("guest_door:sign_in")
        request.session[SEEN] = now
        return view(request, *args, **kwargs)

    return guarded
