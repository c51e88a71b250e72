"""The door of the desk: the log-in page, the second step, setting up a second factor, the recovery codes."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from staff import tries
from staff.again import require_recent
from staff.entering import asks_for_a_factor, go_half_way, half_way, let_in, note_half_way, passed, where_to
from staff.factors import (
    FactorRefused,
    factors_of,
    keep_codes,
    made_codes,
    new_secret,
    picture_of,
    register_app,
    spaced,
    take_code,
)
from staff.models import User
from staff.passkeys import PasskeyRefused, ask_to_register, ask_to_sign, checked, new_challenge, registered
from staff.passwords import LogInForm
from staff.sessions import stay_in
from staff.tries import TooManyTries

CHALLENGE = "door-challenge"
# While somebody who is in sets up another factor or makes new codes.
SECRET, CODES = "door-secret", "door-codes"


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """The only door for staff: name and password, or a passkey, which is both steps in one."""
    to = where_to(request)
    refusal: str | None = None
    form = LogInForm(request)
    status = 200
    if request.method == "POST" and "answer" in request.POST:
        try:
            return passed(request, _by_passkey(request), to=to)
        except PasskeyRefused as refused:
            refusal = str(refused)
    elif request.method == "POST":
        form = LogInForm(request, data=request.POST)
        if form.is_valid():
            user = form.get_user()
            if not asks_for_a_factor(user):
                return let_in(request, user, to=to)
            go_half_way(request, user, to=to)
            return redirect("doors:second_step" if factors_of(user).any else "doors:new_factor")
        status = 429 if form.has_error("__all__", "too_many") else 200
    elif admin.site.has_permission(request):
        return HttpResponseRedirect(to)
    context = {"form": form, "next": to, "refusal": refusal, "app_path": request.get_full_path()}
    return _page(request, "admin/login.html", status, asked=json.dumps(ask_to_sign(_new(request))), **context)


def _by_passkey(request: HttpRequest) -> User:
    """The member of staff whose passkey signed. A guest has a door of her own."""
    with transaction.atomic():
        user = checked(_challenge_given(request), request.POST["answer"]).passkey.user
        if not user.is_staff:
            raise PasskeyRefused(_("This was not signed with a passkey that is good here."))
    return user


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a passkey, the digits of the app, or a recovery code."""
    found = half_way(request)
    if found is None:
        return _begin_again(request)
    user, state = found
    factors = factors_of(user)
    if not factors.any:
        return redirect("doors:new_factor")
    refusal, status = "", 200
    if request.method == "POST":
        try:
            used_a_code = _check_factor(request, user)
        except (FactorRefused, PasskeyRefused) as refused:
            refusal = str(refused)
        except TooManyTries as refused:
            refusal, status = str(refused), 429
        else:
            return passed(request, user, to=state["to"], used_a_code=used_a_code)
    asked = json.dumps(ask_to_sign(_new(request), user)) if factors.passkeys else ""
    return _page(request, "staff/door/second_step.html", status, factors=factors, asked=asked, refusal=refusal)


def _check_factor(request: HttpRequest, user: User) -> bool:
    """Answers whether it was a recovery code. Raises FactorRefused, PasskeyRefused, TooManyTries."""
    if request.POST.get("answer"):
        with transaction.atomic():
            checked(_challenge_given(request), request.POST["answer"], user)
        return False
    name = user.get_username()
    tried = tries.begin(tries.door("code", name, tries.known_device(request, name)))
    used_a_code = take_code(user, request.POST.get("code", ""))
    tried.succeeded()
    return used_a_code


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_factor(request: HttpRequest) -> HttpResponse:
    """Setting up a passkey or an app: the first before anything else opens, further ones by who is in."""
    found = half_way(request)
    inside = found is None and admin.site.has_permission(request)
    if inside:
        require_recent(request)
        user = request.user
        secret = request.session.setdefault(SECRET, new_secret())
    elif found is None:
        return _begin_again(request)
    else:
        user, state = found
        if factors_of(user).any:
            # Else a password alone would add a factor to those that guard it.
            return redirect("doors:codes" if state["proved"] else "doors:second_step")
        if "secret" not in state:
            note_half_way(request, secret=new_secret())
        secret = request.session["half-way"]["secret"]
    refusal = ""
    if request.method == "POST":
        try:
            if "answer" in request.POST:
                registered(user, _challenge_given(request), request.POST["answer"], request.POST.get("name", ""))
            else:
                register_app(user, secret, request.POST.get("code", ""))
        except (PasskeyRefused, FactorRefused) as refused:
            refusal = str(refused)
        else:
            if not inside:
                note_half_way(request, proved=True)
                return redirect("doors:codes")
            request.session.pop(SECRET)
            # The app before this one is gone.
            stay_in(request)
            messages.success(request, _("It is set up: from now on it opens the desk too."))
            return redirect("doors:home" if factors_of(user).codes_left else "doors:codes")
    return _page(
        request,
        "staff/door/new_factor.html",
        inside=inside,
        required=settings.SECOND_FACTOR,
        refusal=refusal,
        picture=mark_safe(picture_of(user, secret)),  # noqa: S308 - drawn here, of our own words
        secret=spaced(secret),
        asked=json.dumps(ask_to_register(user, _new(request))),
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponse:
    """Ten recovery codes, to be written down. They count, and those before are void, once she says that she has them."""
    found = half_way(request)
    inside = found is None and admin.site.has_permission(request)
    if inside:
        require_recent(request)
        user = request.user
        shown = request.session.setdefault(CODES, made_codes())
    elif found is None:
        return _begin_again(request)
    else:
        user, state = found
        if not state["proved"]:
            return redirect("doors:second_step")
        if "codes" not in state:
            note_half_way(request, codes=made_codes())
        shown = request.session["half-way"]["codes"]
    if request.method == "POST":
        keep_codes(user, shown)
        if not inside:
            return let_in(request, user, to=state["to"])
        request.session.pop(CODES)
        messages.success(request, _("These codes count from now on; those before are void."))
        return redirect("doors:home")
    return _page(request, "staff/door/codes.html", codes=shown, inside=inside)


def _begin_again(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, _("That took too long, or your account was changed meanwhile. Log in again."))
    return redirect("admin:login")


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
