"""Coming in: the password first, then the second factor, and only then a session. Half-way in, nothing is open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staff import tries
from staff.devices import device_of
from staff.factors import factors_of
from staff.models import FactorReset, Session, User
from staff.sessions import DEVICE

BACKEND = "django.contrib.auth.backends.ModelBackend"
# What a session holds of somebody on her way; it names nobody for Django, so no page takes her for logged in.
HALF_WAY = "half-way"
GOOD_FOR_S = 15 * 60
# From so many tries within the hour on, she is told of them.
WORTH_TELLING = 3
# So few recovery codes are told of at each log-in.
FEW_CODES = 3


def where_to(request: HttpRequest) -> str:
    """The page that she wanted, if it is one of the desk's."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("admin:index")


def go_half_way(request: HttpRequest, user: User, *, to: str, proved: bool = False) -> None:
    """Her password is right (``proved``: so is her second factor). In a session of its own, under a new cookie."""
    request.session.flush()
    request.session[HALF_WAY] = {
        "user": user.pk,
        "as": user.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "to": to,
        "proved": proved,
    }


def half_way(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who is half-way in, and what is noted of her. Nobody after a quarter of an hour, or once her account changed."""
    state = request.session.get(HALF_WAY)
    if not state or timezone.now().timestamp() - state["at"] > GOOD_FOR_S:
        return None
    user = User.objects.filter(pk=state["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(state["as"], user.get_session_auth_hash()):
        return None
    return user, state


def note_half_way(request: HttpRequest, **more: Any) -> None:
    request.session[HALF_WAY] = {**request.session[HALF_WAY], **more}


def asks_for_a_factor(user: User) -> bool:
    """Where the newsroom asks for none, it is still asked of whoever has one."""
    return settings.SECOND_FACTOR or factors_of(user).any


def passed(request: HttpRequest, user: User, *, to: str, used_a_code: bool = False) -> HttpResponse:
    """The factor was right. In, unless she has no recovery code left: then new ones first."""
    left = factors_of(user).codes_left
    if left:
        response = let_in(request, user, to=to)
        if used_a_code or left <= FEW_CODES:
            words = ngettext(
                "You have %(number)d recovery code left.", "You have %(number)d recovery codes left.", left
            )
            said: str = words % {"number": left}
            if used_a_code:
                said = format_html(
                    '{} {} <a href="{}">{}</a> · <a href="{}#factors">{}</a>',
                    said,
                    _("Is the device lost?"),
                    reverse("doors:new_factor"),
                    _("Set up another"),
                    reverse("doors:home"),
                    _("End the lost one"),
                )
            messages.warning(request, said)
        return response
    go_half_way(request, user, to=to, proved=True)
    return HttpResponseRedirect(reverse("doors:codes"))


def let_in(request: HttpRequest, user: User, *, to: str) -> HttpResponse:
    """Logs her in, in a new session, and goes to the page that she wanted."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    # What is said from here on is said in her language (staff/language.py).
    translation.activate(user.interface_language)
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    _tell_of_resets(request, user)
    _tell_of_tries(request, user)
    response = HttpResponseRedirect(to)
    # Once she is logged out, the door goes on speaking it.
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.interface_language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Strict",
    )
    tries.remember_device(request, response, user)
    return response


def _tell_of_resets(request: HttpRequest, user: User) -> None:
    resets = FactorReset.objects.filter(user=user, told_at=None).select_related("by")
    for reset in resets:
        words = {"name": reset.by, "hour": date_format(timezone.localtime(reset.at), "DATETIME_FORMAT")}
        said = (
            _("%(name)s reset your second factor, %(hour)s.")
            if reset.by
            else _("Your second factor was reset on the server, %(hour)s.")
        )
        messages.warning(request, f"{said % words} {_('If you did not ask for it, ring the chief editor now.')}")
    resets.update(told_at=timezone.now())


def _tell_of_tries(request: HttpRequest, user: User) -> None:
    name = user.get_username()
    number = sum(tries.failed_of_late(tries.door(way, name)) for way in ("password", "code"))
    if number >= WORTH_TELLING:
        words = ngettext(
            "Within the last hour %(number)d try to come in under your name did not succeed. If it was not yours, tell "
            "the chief editor.",
            "Within the last hour %(number)d tries to come in under your name did not succeed. If they were not yours, "
            "tell the chief editor.",
            number,
        )
        messages.warning(request, words % {"number": number})
