"""What the desk says when a page is not to be had: in its own frame, in the reader's language, with the way on."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


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


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before the last log-in, or a browser that keeps no cookies."""
    return _say(
        request,
        403,
        _("This form is too old"),
        _(
            "It was opened before you last logged in. Go back in your browser: what you typed is still there. Copy it, "
            "load the page anew and send it again. If that does not help, allow this page its cookies."
        ),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500: our own mistake. Asks the database nothing."""
    return HttpResponseServerError(render_to_string("staff/failed.html", request=None))


def _say(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    context: dict[str, Any] = {**admin.site.each_context(request), "title": title, "words": words}
    return render(request, "staff/refusal.html", context, status=status)
