"""What every page of an act shares: who may open it, the way back, and a refusal in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext

from articles.cautions import cautions_of, shown_to
from articles.gate import GateError, blockers
from articles.models import Article, Proof

View = Callable[..., HttpResponse]


def desk_page(view: View) -> View:
    """Open to staff who may see stories at all; everyone else is asked to log in or refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.has_permission(request) or not request.user.has_perm("articles.view_article"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def back(request: HttpRequest, address: str) -> HttpResponse:
    """To the page that the act was done from, if it is one of the desk's."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        address = asked
    return HttpResponseRedirect(address)


def story_page(article: Article, anchor: str = "") -> str:
    return article.get_absolute_url() + anchor


def say_why(request: HttpRequest, refusal: GateError, article: Article | None = None) -> None:
    """The refusal as a sentence, how much the story's panel lists, and what the law named that is not there."""
    present = blockers(article) if article else []
    shown = {blocker.code for blocker in present}
    rows = [(b.link, b.sentence) for b in refusal.blockers if b.code not in shown]
    if present:
        count = ngettext("One thing blocks this story.", "%(number)d things block this story.", len(present))
        rows.insert(0, ("#blockers", count % {"number": len(present)}))
    listed = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
    messages.error(request, format_html("{}<ul>{}</ul>", str(refusal), listed) if rows else str(refusal))


def cautions_for(
    request: HttpRequest, article: Article, proof: Proof | None = None, *, at: dt.datetime | None = None
) -> dict[str, Any]:
    """What could point at a source, as whoever looks may read it: for ``articles/parts/cautions.html``.

    ``at``: the hour for which print is planned.
    """
    shown, kept_back = shown_to(request.user, cautions_of(article, proof, at=at))
    return {"cautions": shown, "cautions_kept_back": kept_back}


def zone_words(now: dt.datetime) -> str:
    """The newsroom's zone as a person reads it: "Asia/Seoul, UTC+09:00"."""
    offset = now.strftime("%z")
    return f"{timezone.get_current_timezone_name()}, UTC{offset[:3]}:{offset[3:]}"
