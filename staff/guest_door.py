"""The guests' door: registering a passkey under a link, signing in with it, signing out."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from staff.guests import let_in
from staff.passkeys import PasskeyRefused, ask_to_register, ask_to_sign, checked, new_challenge
from staff.registering import open_link, register

CHALLENGE = "passkey-challenge"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """A guest registers her passkey. What is left of a link that is over is one sentence, whatever became of it."""
    link = open_link(token)
    if link is None:
        return _page(request, "guests/link_over.html", status=410)
    if request.method == "POST":
        try:
            register(link, _challenge_given(request), request.POST.get("answer", ""), request.POST.get("name", ""))
        except PasskeyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        logout(request)
        messages.success(request, _("Your passkey is registered. Sign in with it."))
        return redirect("guest_door:sign_in")
    return _page(
        request,
        "guests/registration.html",
        guest=link.user,
        asked=json.dumps(ask_to_register(link.user, _new(request))),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A guest signs in with her passkey alone."""
    if request.method == "POST":
        try:
            with transaction.atomic():
                passkey = checked(_challenge_given(request), request.POST.get("answer", "")).passkey
                if not passkey.user.is_guest:
                    raise PasskeyRefused(_("This passkey is no guest’s."))
        except PasskeyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("guest_door:sign_in")
        let_in(request, passkey)
        return redirect("guests:home")
    if request.user.is_authenticated:
        return redirect("admin:index" if request.user.is_staff else "guests:home")
    return _page(request, "guests/sign_in.html", asked=json.dumps(ask_to_sign(_new(request))))


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """A guest leaves."""
    logout(request)
    return redirect("guest_door:sign_in")


def _new(request: HttpRequest) -> bytes:
    """A challenge for the page that is shown now; the one before it is void."""
    challenge = new_challenge()
    request.session[CHALLENGE] = challenge.hex()
    return challenge


def _challenge_given(request: HttpRequest) -> bytes:
    """The challenge of the page that was shown last: good for one answer."""
    return bytes.fromhex(request.session.pop(CHALLENGE, "")) or new_challenge()


def _page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)
