"""For whoever is on duty, with a phone in her hand: what is in print now, and the way to take it off the site."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import asking, publishing
from articles.foresight import WouldFall, knowingly
from articles.gate import GateError
from reader.models import Publication, PublicationQuerySet
from staff.again import recently_proven

# So many fit a thumb's patience; the search finds the rest.
A_PAGE = 25


def _reads_print(request: HttpRequest) -> None:
    """Raises PermissionDenied: open to staff who may see what is printed, drafts or not."""
    if not admin.site.has_permission(request) or not request.user.has_perm("reader.view_publication"):
        raise PermissionDenied


@require_safe
def in_print(request: HttpRequest) -> HttpResponse:
    """What readers see now, newest first, by words of the headline; each can be pulled in two taps and a reason."""
    _reads_print(request)
    words = request.GET.get("q", "").strip()
    printed = Publication.objects.in_print().latest()
    for word in words.split():
        printed = printed.filter(headline__icontains=word)
    page = Paginator(printed, A_PAGE).get_page(request.GET.get("page"))
    for publication in page:
        publication.on_site = settings.SITE_ADDRESS + publication.get_absolute_url()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("In print now"),
        "page": page,
        "words": words,
        "may_pull": request.user.has_perm("reader.pull_publication"),
        "pulled_archive": Publication.objects.pulled_archive().latest(),
        "may_release": request.user.has_perm("reader.publish_publication"),
        "may_withdraw": request.user.has_perm("reader.withdraw_publication"),
    }
    return render(request, "articles/in_print.html", context)


@require_POST
def pull(request: HttpRequest, version: str) -> HttpResponse:
    """Take a version off the site at once, and come back to the list."""
    done = _("Pulled. Readers no longer see it.")
    return _act(request, Publication.objects.all(), version, publishing.pull, done, _("Pull this story"))


@require_POST
@recently_proven
def release(request: HttpRequest, version: str) -> HttpResponse:
    """Put a story of the archive back in print: it has no page of its own on the desk."""
    pulled, done = Publication.objects.pulled_archive(), _("Released. It is in print again.")
    return _act(request, pulled, version, publishing.release, done, _("Release this story"))


@require_POST
def withdrawal(request: HttpRequest, version: str) -> HttpResponse:
    """Take a story of the archive off for good."""
    pulled, done = Publication.objects.pulled_archive(), _("Withdrawn. Its address goes on saying so.")
    return _act(request, pulled, version, publishing.withdraw, done, _("Withdraw for good"))


def _act(
    request: HttpRequest, among: PublicationQuerySet, version: str, act: Callable[..., Any], done: str, name: str
) -> HttpResponse:
    """``name``: the words of the button, for the page that asks where other stories go with this one."""
    _reads_print(request)
    printed = get_object_or_404(among, pk=version)
    try:
        reason = request.POST.get("reason", "")
        knowingly(asking.shown(request), partial(act, printed, by=request.user, reason=reason))
    except WouldFall as would:
        return asking.ask(request, would, act=name, back=reverse("articles:in_print"), itself=printed)
    except GateError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, asking.gone_with(request, done, printed))
    return redirect("articles:in_print")
