"""Before a step that takes stories off the site: a page that lists them, keeps what was typed, and asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from articles.foresight import WouldFall
from articles.quoting import inner
from reader.models import Publication, PublicationQuerySet

# The field in which the page sends back what it showed.
SHOWN = "falls_shown"
# And the one in which it says that an objection spares what is printed in other words.
PRINTED = "printed"


def shown(request: HttpRequest) -> frozenset[UUID]:
    """The publications that the asking page listed; none at the first press of a button."""
    found = set()
    for part in request.POST.get(SHOWN, "").split():
        try:
            found.add(UUID(part))
        except ValueError:
            continue
    return frozenset(found)


def ask(
    request: HttpRequest,
    would: WouldFall,
    *,
    act: str,
    back: str,
    itself: Publication | None = None,
    **more: Any,
) -> HttpResponse:
    """The page that says what falls. ``act``: the words of the button that was pressed, ``back``: the way back.

    ``itself``: the publication that a person takes off by this act; it is counted with those that go with it.
    """
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", SHOWN, PRINTED)
        for value in values
    ]
    context = {
        **admin.site.each_context(request),
        "title": _heading(would, itself),
        "would": would,
        "itself": itself,
        "asked_before": SHOWN in request.POST,
        "address": request.get_full_path(),
        "kept": kept,
        "reason": request.POST.get("reason", ""),
        "shown_field": SHOWN,
        "shown": " ".join(str(fall.publication.pk) for fall in would.falls),
        "button": _button(would, act, itself),
        "back": back,
        **more,
    }
    return render(request, "articles/asking.html", context)


def gone(request: HttpRequest) -> str:
    """What is said of the stories that she was shown, once they are off the site; nothing where none is."""
    number = _stories_gone(Publication.objects.filter(pk__in=shown(request)))
    return (
        ngettext("%(number)d story is off the site.", "%(number)d stories are off the site.", number)
        % {"number": number}
        if number
        else ""
    )


def gone_with(request: HttpRequest, done: str, printed: Publication) -> str:
    """What is said once ``printed`` is off the site: its headline, that it is done, and how many went with it."""
    number = _stories_gone(Publication.objects.filter(pk__in=shown(request)).exclude(story=printed.story))
    said = f"“{inner(printed.headline)}” — {done}"
    if not number:
        return said
    more = ngettext("%(number)d other story went with it.", "%(number)d other stories went with it.", number)
    return f"{said} {more % {'number': number}}"


def _stories_gone(among: PublicationQuerySet) -> int:
    return among.exclude(pulled_at=None).values("story").distinct().count()


def _heading(would: WouldFall, itself: Publication | None) -> str:
    number = _others(would, itself) + 1 if itself else would.stories
    if not would.in_print and not (itself and itself.go_live_at <= timezone.now()):
        return ngettext("This stops %(number)d scheduled story", "This stops %(number)d scheduled stories", number) % {
            "number": number
        }
    return ngettext(
        "This takes %(number)d story off the site", "This takes %(number)d stories off the site", number
    ) % {"number": number}


def _others(would: WouldFall, itself: Publication) -> int:
    """How many stories go with this one."""
    return len({fall.publication.story for fall in would.falls} - {itself.story})


def _button(would: WouldFall, act: str, itself: Publication | None) -> str:
    """The act by its own name, with what comes of it."""
    if itself:
        number = _others(would, itself)
        return ngettext("%(act)s, and %(number)d other with it", "%(act)s, and %(number)d others with it", number) % {
            "act": act,
            "number": number,
        }
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
