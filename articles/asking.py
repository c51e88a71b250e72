"""Before a step that takes stories off the site: a page that lists them, keeps what was typed, and asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from articles.foresight import WouldFall

# The field in which the page sends back what it showed.
SHOWN = "falls_shown"


def shown(request: HttpRequest) -> frozenset[UUID]:
    """The publications that the asking page listed; none at the first press of a button."""
    found = set()
    for part in request.POST.get(SHOWN, "").split():
        try:
            found.add(UUID(part))
        except ValueError:
            continue
    return frozenset(found)


def ask(request: HttpRequest, would: WouldFall, *, act: str, back: str, **more: Any) -> HttpResponse:
    """The page that says what falls. ``act``: the words of the button that was pressed, ``back``: the way back."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", SHOWN)
        for value in values
    ]
    context = {
        **admin.site.each_context(request),
        "title": _heading(would),
        "would": would,
        "asked_before": SHOWN in request.POST,
        "address": request.get_full_path(),
        "kept": kept,
        "reason": request.POST.get("reason", ""),
        "shown_field": SHOWN,
        "shown": " ".join(str(fall.publication.pk) for fall in would.falls),
        "button": _button(would, act),
        "back": back,
        **more,
    }
    return render(request, "articles/asking.html", context)


def _heading(would: WouldFall) -> str:
    if not would.in_print:
        return ngettext(
            "This stops %(number)d scheduled story", "This stops %(number)d scheduled stories", would.stories
        ) % {"number": would.stories}
    return ngettext(
        "This takes %(number)d story off the site", "This takes %(number)d stories off the site", would.stories
    ) % {"number": would.stories}


def _button(would: WouldFall, act: str) -> str:
    """The act by its own name, with what comes of it."""
    if not would.in_print:
        return ngettext(
            "%(act)s, and stop %(number)d scheduled story",
            "%(act)s, and stop %(number)d scheduled stories",
            would.stories,
        ) % {"act": act, "number": would.stories}
    return ngettext(
        "%(act)s, and take %(number)d story off the site",
        "%(act)s, and take %(number)d stories off the site",
        would.stories,
    ) % {"act": act, "number": would.stories}
