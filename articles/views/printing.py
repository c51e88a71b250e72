"""Printing a story, and what is done to it after print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import asking, publishing
from articles.acts import authors, may
from articles.confirming import require_second
from articles.foresight import WouldFall, knowingly
from articles.forms.exceptions import HourField
from articles.gate import GateError
from articles.models import Article
from articles.overriding import let_through_by_override
from articles.panel import panel_for
from articles.stages import Stage
from articles.views.desk import cautions_for, desk_page, say_why, story_page, zone_words
from articles.views.facts import Typed
from reader.models import Publication
from staff.again import recently_proven

# Refusals that stand beside the hour.
ABOUT_THE_HOUR = {"hour_past", "hour_too_far"}


class HourForm(forms.Form):
    """The hour at which a story becomes visible, in the newsroom's own zone."""

    at = HourField(label=gettext_lazy("Hour"), asked=gettext_lazy("Choose the hour of publication."))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
@recently_proven
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that reads as a sentence: who signed, what is confirmed, what blocks. POST prints, now or at an hour."""
    article = get_object_or_404(Article, pk=pk)
    form = HourForm()
    at: dt.datetime | None = None
    if request.method == "POST" and request.POST.get("when") == "look":
        # What could point at a source is judged by this hour, before anything is printed.
        form = HourForm(request.POST)
        at = form.cleaned_data["at"] if form.is_valid() else None
    elif request.method == "POST":
        later = request.POST.get("when") == "at"
        if later:
            form = HourForm(request.POST)
            at = form.cleaned_data["at"] if form.is_valid() else None
        if not later or at is not None:
            try:
                printed = knowingly(asking.shown(request), partial(publishing.publish, article, by=request.user, at=at))
            except WouldFall as would:
                return asking.ask(request, would, act=_("Publish it"), back=request.path)
            except GateError as refusal:
                if refusal.code not in ABOUT_THE_HOUR:
                    say_why(request, refusal, article)
                    return redirect(story_page(article))
                form.add_error("at", str(refusal))
            else:
                messages.success(request, _printed_words(printed))
                return redirect(story_page(article))
    panel = panel_for(request.user, article)
    now = timezone.localtime()
    let_through, unsettled = let_through_by_override(panel.standing)
    context = {
        **admin.site.each_context(request),
        "title": _("Publish"),
        "article": article,
        "panel": panel,
        "in_print": Publication.objects.filter(story=article.story).in_print().first(),
        # What would be printed is what readers read already.
        "is_printed": panel.standing.stage == Stage.PUBLISHED
        and panel.standing.is_current
        and not panel.standing.changed_since_print,
        "form": form,
        **cautions_for(request, article, panel.standing.proof if panel.standing.is_current else None, at=at),
        "let_through": let_through,
        "unsettled": unsettled,
        "section": article.section.name(get_language() or "en") if article.section else "",
        "zone": zone_words(now),
        "now": now,
        "overrides": [
            (override, may(require_second, override.proposed_by, by=request.user, wrote=authors(article)))
            for override in article.overrides.filter(until__gt=now).select_related("proposed_by", "agreed_by")
        ],
    }
    return render(request, "articles/publication.html", context)


def _printed_words(printed: Publication) -> str:
    if printed.go_live_at > timezone.now():
        hour = timezone.localtime(printed.go_live_at)
        return _("Scheduled. Readers see it from %(hour)s (%(zone)s).") % {
            "hour": date_format(hour, "DATETIME_FORMAT"),
            "zone": zone_words(hour),
        }
    return _("Published. Readers see it now.")


@require_POST
@desk_page
def pull(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """Take a version off the site at once."""
    unseen = Publication.objects.filter(pk=version, go_live_at__gt=timezone.now()).exists()
    done = _("Stopped. No reader has seen it.") if unseen else _("Pulled. Readers no longer see it.")
    return _after_print(request, pk, version, publishing.pull, done, _("Pull this story"))


@require_POST
@desk_page
@recently_proven
def release(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """Put a pulled version back in print, through the whole gate."""
    done = _("Released. It is in print again.")
    return _after_print(request, pk, version, publishing.release, done, _("Release this story"))


@require_POST
@desk_page
def withdrawal(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """Take a version off for good."""
    done = _("Withdrawn. Its address goes on saying so.")
    return _after_print(request, pk, version, publishing.withdraw, done, _("Withdraw for good"))


def _after_print(
    request: HttpRequest, pk: int, version: str, act: Callable[..., Any], done: str, name: str
) -> HttpResponse:
    """``name``: the words of the button, for the page that asks where other stories go with this one."""
    article = get_object_or_404(Article, pk=pk)
    printed = get_object_or_404(Publication, pk=version, story=article.story)
    try:
        reason = request.POST.get("reason", "")
        knowingly(asking.shown(request), partial(act, printed, by=request.user, reason=reason))
    except WouldFall as would:
        return asking.ask(request, would, act=name, back=story_page(article), itself=printed)
    except GateError as refusal:
        say_why(request, refusal, article)
        if page := _with_the_reason(request, article, refusal):
            return page
    else:
        messages.success(request, asking.gone_with(request, done, printed))
    return redirect(story_page(article))


def _with_the_reason(request: HttpRequest, article: Article, refusal: GateError) -> HttpResponse | None:
    """The story's page with the reason in its form. None where there is none, or where she has no such page."""
    typed = Typed(request.path, "", request.POST.get("reason", "").strip(), "", str(refusal))
    screen = admin.site.get_model_admin(Article)
    if not typed.reason or not screen.has_view_permission(request, article):
        return None
    # The page as it is read, with the form as it was typed. What it is rendered with tells that it answers a form.
    request.method = "GET"
    page = screen.change_view(request, str(article.pk), form_url=story_page(article), extra_context={"typed": typed})
    request.method = "POST"
    return page
