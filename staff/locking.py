"""An unattended screen: after some minutes without a key or a pointer the page covers itself and asks for the password.

The page does the covering (static/js/lock.js). The desk is told, and answers nothing else in this session until the
password was given: another tab, or the address typed anew, shows no more than the cover.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staff.again import NotProven, prove
from staff.refusals import LONG, typed_in
from staff.sessions import LOCKED, PROVEN
from staff.tries import TooManyTries

FAILED = "lock-failed"
# Then the session ends, and the door with all its bolts asks.
TRIES = 5
# The cover's own buttons, and what tells a stranger no more than that the desk stands. A page being open to whoever has
# not logged in is no reason: the door's pages show and set up what is hers, once her session is known.
OPEN = {"admin:locked", "admin:logout", "admin:language", "healthz"}


class StayLocked:
    """Middleware: a session whose screen covered itself gets nothing but the cover. After authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Asked after the form's protection, so what is kept is a form of ours."""
        match = request.resolver_match
        if not request.user.is_authenticated or LOCKED not in request.session:
            return None
        if match and match.view_name in OPEN:
            return None
        kept = typed_in(request)["fields"] if request.method == "POST" else []
        return _cover(request, address=request.get_full_path(), kept=json.dumps(kept) if kept else "")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """POST without a password: the screen has covered itself. With it: the screen is opened again."""
    by_script = "application/json" in request.headers.get("Accept", "")
    if not request.user.is_authenticated:
        # The session ended under the cover.
        log_in = reverse("admin:login")
        return JsonResponse({"gone": log_in}, status=401) if by_script else HttpResponseRedirect(log_in)
    address = _own(request.POST.get("next", ""))
    if request.method != "POST":
        return _cover(request, address) if LOCKED in request.session else HttpResponseRedirect(address)
    if "password" not in request.POST:
        request.session[LOCKED] = True
        # Whoever sits there now has proved nothing.
        request.session.pop(PROVEN, None)
        return JsonResponse({}) if by_script else _cover(request, address)
    try:
        # By the door's own way, so that its limits count here as well.
        prove(request, password=request.POST["password"])
    except (NotProven, TooManyTries) as refusal:
        request.session[FAILED] = request.session.get(FAILED, 0) + 1
        if request.session[FAILED] >= TRIES:
            logout(request)
            log_in = reverse("admin:login")
            return JsonResponse({"gone": log_in}, status=401) if by_script else HttpResponseRedirect(log_in)
        sentence = _("%(refusal)s The screen stays locked.") % {"refusal": refusal}
        if by_script:
            return JsonResponse({"error": sentence}, status=403)
        return _cover(request, address, request.POST.get("kept", ""), sentence)
    for word in (LOCKED, FAILED):
        request.session.pop(word, None)
    if by_script:
        return JsonResponse({})
    fields = _fields(request.POST.get("kept", ""))
    return _send_again(request, address, fields) if fields else HttpResponseRedirect(address)


def lock_for(request: HttpRequest) -> dict[str, Any] | None:
    """What the page's script needs; nothing where nobody is logged in."""
    if not request.user.is_authenticated or not settings.SCREEN_LOCKS_AFTER_S:
        return None
    return {
        "after": settings.SCREEN_LOCKS_AFTER_S,
        "address": reverse("admin:locked"),
        "guest": not request.user.is_staff,
    }


def _own(address: str) -> str:
    front = reverse("admin:index")
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if inside else front


def _fields(kept: str) -> list[tuple[str, str]]:
    try:
        fields = json.loads(kept or "[]")
        return [(str(name), str(value)) for name, value in fields]
    except (ValueError, TypeError):
        return []


def _cover(request: HttpRequest, address: str, kept: str = "", error: str = "") -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "has_permission": False,
        "screen_lock": None,
        "title": _("Locked"),
        "address": address,
        "kept": kept,
        "error": error,
    }
    return render(request, "staff/locked.html", context, status=403)


def _send_again(request: HttpRequest, address: str, fields: list[tuple[str, str]]) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("Send it once more"),
        "words": _("Nothing is saved yet, and nothing you typed is lost."),
        "fields": fields,
        "long": [value for name, value in fields if len(value) > LONG and not name.startswith("initial-")],
        "address": address,
    }
    return render(request, "staff/refusal.html", context)
