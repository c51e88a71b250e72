"""Proving once more who is there, before something that can't be undone: a password or a passkey, good for ten minutes.

A view asks by ``@recently_proven``, or ``require_recent(request)`` before it does anything. Who proved it too long ago
gets a page that asks; it carries all that was typed (files can't be kept), and with the proof the act goes on by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_variables

from staff import tries
from staff.passkeys import PasskeyRefused, ask_to_sign, checked, new_challenge
from staff.sessions import LOCKED, PROVEN
from staff.tries import TooManyTries

View = Callable[..., HttpResponse]

# The fields of the page; no form of the desk's may name its own so.
PASSWORD, ANSWER, ONLY_LOOKING, BACK = "again-password", "again-answer", "again-looking", "again-back"
OURS = (PASSWORD, ANSWER, ONLY_LOOKING, BACK)
CHALLENGE = "again-challenge"
SAFE = ("GET", "HEAD")
# What the act is called that waits, by the name of its address.
ACTS = {
    "admin:sources_keeper_agreement": _lazy("Agree to this keeper"),
    "admin:sources_keeper_end": _lazy("End this keeper"),
    "admin:sources_keeper_export": _lazy("Take the file"),
    "admin:sources_keeper_resealed": _lazy("Bring back"),
    "admin:sources_source_forgetting": _lazy("Forget this source"),
    "admin:staff_guest_link": _lazy("Registration link"),
    "admin:staff_user_factor_reset": _lazy("Take away the second factor"),
    "admin:auth_user_password_change": _lazy("Give a new password"),
    "doors:app_ending": _lazy("End the authenticator app"),
    "doors:codes": _lazy("Make new codes"),
    "doors:new_factor": _lazy("Set up another"),
}


class ProveItIsYou(Exception):
    """It goes on once she has proved that it is she. ``AskWhoItIs`` makes the page of it."""


class NotProven(Exception):
    """The proof does not count; the message is for who gave it."""


def recently_proven(view: View) -> View:
    """For a view whose POST asks for a recent proof; looking at the page asks for none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in SAFE:
            require_recent(request)
        return view(request, *args, **kwargs)

    return guarded


def require_recent(request: HttpRequest) -> None:
    """Raises ProveItIsYou unless she proved within ten minutes that it is she. Logging in counts."""
    if not is_recent(request):
        raise ProveItIsYou


def is_recent(request: HttpRequest) -> bool:
    return timezone.now().timestamp() - request.session.get(PROVEN, 0) < settings.PROOF_COUNTS_S


class AskWhoItIs:
    """Middleware: takes the proof out of a form before its view sees it, and asks for one where a view does.

    Stands after the form's protection and after whatever takes sealed fields out of a form.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or not any(name in request.POST for name in OURS):
            return None
        sent = request.POST.copy()
        given = {name: str(sent.pop(name, [""])[-1]) for name in OURS}
        request.POST = sent
        # Under the cover the one place for a password is the cover, which counts the tries and ends the session.
        if not request.user.is_authenticated or LOCKED in request.session:
            return None
        try:
            prove(request, password=given[PASSWORD], answer=given[ANSWER])
        except (NotProven, TooManyTries) as refusal:
            return _ask(request, refusal, only_looking=bool(given[ONLY_LOOKING]), back=given[BACK])
        return HttpResponseRedirect(request.get_full_path()) if given[ONLY_LOOKING] else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, ProveItIsYou):
            return None
        return _ask(request, only_looking=request.method in SAFE)


@sensitive_variables()
def prove(request: HttpRequest, *, password: str = "", answer: str = "") -> None:
    """Notes that it is she, by her password or by what one of her passkeys signed. Raises NotProven, TooManyTries."""
    user = request.user
    challenge = bytes.fromhex(request.session.pop(CHALLENGE, "")) or new_challenge()
    if answer:
        try:
            with transaction.atomic():
                checked(challenge, answer, user)
        except PasskeyRefused as refusal:
            raise NotProven(str(refusal)) from None
    elif not password:
        raise NotProven(_("Type your password."))
    else:
        tried = tries.begin(tries.door("again", user.get_username()))
        if not user.check_password(password):
            raise NotProven(_("That is not your password. Look whether capitals are on."))
        tried.succeeded()
    request.session[PROVEN] = timezone.now().timestamp()


def _ask(request: HttpRequest, refusal: Exception | None = None, *, only_looking: bool, back: str = "") -> HttpResponse:
    asked = ""
    if request.user.passkeys.filter(ended_at=None).exists():
        challenge = new_challenge()
        request.session[CHALLENGE] = challenge.hex()
        asked = json.dumps(ask_to_sign(challenge, request.user))
    kept = [] if only_looking else _typed(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Is it you?"),
        "act": ACTS.get(request.resolver_match.view_name, "") if request.resolver_match else "",
        "address": request.get_full_path(),
        "back": back if _is_ours(back) else _came_from(request),
        "kept": kept,
        "files": bool(request.FILES),
        "refusal": refusal,
        "asked": asked,
        "only_looking": only_looking,
        "minutes": settings.PROOF_COUNTS_S // 60,
    }
    status = 429 if isinstance(refusal, TooManyTries) else 403
    return render(request, "staff/again.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """The page on which the act was begun; the desk's front where the browser does not say."""
    host = f"{request.scheme}://{request.get_host()}"
    came = request.headers.get("Referer", "").removeprefix(host)
    return came if _is_ours(came) and came != request.get_full_path() else reverse("admin:index")


def _is_ours(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of the form that waits, but what nobody may read back: passwords, and what is to be sealed."""
    hidden = ("password", "old_pass", "new_pass", "sealed-")
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith(hidden)
        for value in values
    ]
