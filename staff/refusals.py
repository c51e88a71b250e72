"""What the desk says when a page is not to be had: in its own frame, in the reader's language, with the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

# Fields that never come back: passwords, and the proof of who is there (staff/again.py).
SECRETS = ("password", "old_pass", "new_pass", "again-")
# From so many letters on, what was typed is shown to be copied.
LONG = 60
# What identifies a person is sealed as it arrives (sources.arriving): a form carries it under this name, and under the other
# the word for why it was not kept.
SEALED, NOT_SEALED = "sealed", "not-sealed"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: she is known, and this is not hers."""
    return _say(
        request,
        403,
        _("This is not open to you"),
        _("Your role does not include this page. If you need it for your work, ask the chief editor."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that may be told."""
    return _say(
        request,
        404,
        _("There is nothing here"),
        _("The address is wrong, or what stood here has been deleted."),
    )


def malformed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: no browser sends this of itself. What was typed comes back without the sign that stops it."""
    typed = typed_in(request)
    typed["fields"] = [(name.replace("\0", ""), value.replace("\0", "")) for name, value in typed["fields"]]
    typed["long"] = [value.replace("\0", "") for value in typed["long"]]
    return _say(
        request,
        400,
        _("This can’t be read"),
        _(
            "It holds a sign that no text has (a zero byte), so nothing was done. Look at it, and send it again without."
        ),
        **typed,
    )


class RefuseZeroBytes:
    """Middleware: the database keeps no text with a zero byte in it, so no page is asked with one.

    Django's own forms say so beside the field; reasons, searches and addresses come without a form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Asked after the form's protection: what comes from elsewhere is refused as such."""
        sent = (word for form in (request.GET, request.POST) for name, said in form.lists() for word in (name, *said))
        return malformed(request) if "\0" in request.path or any("\0" in word for word in sent) else None


class KeepWhatWasTyped:
    """Middleware: a form sent after its session ended comes back with all that was typed, instead of a log-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Asked after the form's protection, so the form is one of ours."""
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return _offer_again(request)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before the last log-in, or a browser that keeps no cookies."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.method == "POST" and request.headers.get("Origin", own) == own:
        return _offer_again(request)
    return _say(
        request,
        403,
        _("This form is not one of ours"),
        _("It was sent from another website, and nothing was done. Open the page here and try again."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: our own mistake. Asks the database nothing; gives back what was typed."""
    try:
        context = {**typed_in(request), "csrf_token": get_token(request)}
    except (OSError, ValueError, SuspiciousOperation):  # what broke is the request itself
        context = {}
    return HttpResponseServerError(render_to_string("staff/failed.html", context))


def _offer_again(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        title = _("Send it once more")
        words = _("This form was open since before you logged in. Nothing you typed is lost: send it again.")
    else:
        title = _("You are logged out")
        words = _(
            "Nothing is saved yet, and nothing you typed is lost. Log in in a new tab, come back to this one and send "
            "it again."
        )
    return _say(request, 403, title, words, **typed_in(request), log_in=not request.user.is_authenticated)


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """Every field of the form; the long ones also to be read and copied. Files are not among them."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "password", "code", NOT_SEALED) and not name.startswith(SECRETS)
        for value in values
    ]
    long = [value for name, value in fields if len(value) > LONG and name != SEALED and not name.startswith("initial-")]
    return {
        "fields": fields,
        "long": long,
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "sealed": SEALED in request.POST,
        "not_sealed": NOT_SEALED in request.POST,
    }


def _say(request: HttpRequest, status: int, title: str, words: str, **more: Any) -> HttpResponse:
    home = reverse("admin:index" if request.user.is_staff or request.user.is_anonymous else "guests:home")
    context: dict[str, Any] = {**admin.site.each_context(request), "title": title, "words": words, "home": home, **more}
    return render(request, "staff/refusal.html", context, status=status)
