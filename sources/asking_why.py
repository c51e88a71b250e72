"""Before an editor sees more of a source that is not hers, she says why: one field, once an hour, kept with the look."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from sources.answering import refusal_of
from sources.leaks import Piece
from sources.looking import note_look
from sources.models import Look
from sources.seeing import reason_said

if TYPE_CHECKING:
    from sources.models import Source
    from staff.models import User

WHY = "why"
# What the page stood before: what is sent with the reason goes on from there.
ASKED_BEFORE = "asked_before"
# A full stop is no reason. A syllable of Hangul says as much as two letters.
SHORTEST = 8
HANGUL = re.compile("[가-힣]")
LONGEST = 500


def ask_why(request: HttpRequest, source: Source, what: Look.What = Look.What.MORE) -> HttpResponse | None:
    """Nothing where this person may see now, and the look is noted; otherwise the answer to give instead of the page.

    For the first line of a view that shows more of a source than a confirmation needs::

        if (asked := ask_why(request, source, Look.What.EXPOSURE)) is not None:
            return asked

    Who speaks with the source is not asked. An editor is, once an hour for each source; what she was about to send is
    kept. Raises PermissionDenied for everybody else.
    """
    user = cast("User", request.user)
    if source.is_known_to(user):
        note_look(source, what, by=user)
        return None
    if not user.is_editor:
        raise PermissionDenied
    if request.method == "POST" and ASKED_BEFORE in request.POST:
        why = request.POST.get(WHY, "").strip()
        if _length(why) >= SHORTEST and len(why) <= LONGEST:
            if refusal := refusal_of(Piece("reason", why), by=user.pk):
                return _ask(request, source, typed=why, error=refusal.sentence)
            note_look(source, what, by=user, why=why)
            return HttpResponseRedirect(request.get_full_path()) if request.POST[ASKED_BEFORE] == "GET" else None
        return _ask(request, source, typed=why)
    if said := reason_said(source, user):
        note_look(source, what, by=user, why=said)
        return None
    return _ask(request, source)


def _length(why: str) -> int:
    return len(why) + len(HANGUL.findall(why))


def _ask(request: HttpRequest, source: Source, typed: str | None = None, error: str = "") -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", WHY, ASKED_BEFORE)
        for value in values
    ]
    if typed is not None and not error:
        error = (
            _("Say it in %(most)d characters at most: it has %(number)d.") % {"most": LONGEST, "number": len(typed)}
            if len(typed) > LONGEST
            else _("Say in a few words why you need it: %(least)d letters at least, or %(syllables)d of Hangul.")
            % {"least": SHORTEST, "syllables": SHORTEST // 2}
        )
    context = {
        **admin.site.each_context(request),
        "title": _("Why do you look?"),
        "source": source,
        "address": request.get_full_path(),
        "before": request.POST.get(ASKED_BEFORE, request.method),
        "kept": kept,
        "typed": typed or "",
        "error": error,
        "most": LONGEST,
    }
    return render(request, "sources/asking_why.html", context, status=200 if not error else 400)
