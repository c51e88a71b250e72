"""Before an editor sees more of a source that is not hers, she says why. Kept with the look."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.looking import note_look
from sources.models import Look

if TYPE_CHECKING:
    from sources.models import Source

WHY, ASKED_BEFORE, SHORTEST = "why", "asked_before", 8


def ask_why(request: HttpRequest, source: Source, what: Look.What) -> HttpResponse | None:
    """Nothing where this person may see now, and the look is noted; otherwise the answer to give instead of the page."""
    user: Any = request.user
    if source.is_known_to(user):
        note_look(source, what, by=user)
        return None
    if not user.is_editor:
        raise PermissionDenied
    why = request.POST.get(WHY, "").strip()
    if request.method == "POST" and len(why) >= SHORTEST:
        note_look(source, what, by=user, why=why)
        return HttpResponseRedirect(request.get_full_path())
    since = timezone.now() - dt.timedelta(hours=1)
    said = Look.objects.filter(source=source, by=user, what=what, at__gte=since).exclude(why="").first()
    if said is not None:
        note_look(source, what, by=user, why=said.why)
        return None
    context = {**admin.site.each_context(request), "title": _("Why do you look?"), "source": source, "typed": why}
    return render(request, "sources/asking_why.html", context, status=400 if request.method == "POST" else 200)
