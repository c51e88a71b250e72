"""What keeps a story back or lets one through, most of it decided by two: holds, overrides, guests, staggers, policies."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import asking, holding, overriding, staggering
from articles.agreeing import agree
from articles.foresight import WouldFall, knowingly
from articles.forms.exceptions import HoldForm, InvitationForm, OverrideForm
from articles.gate import GateError
from articles.inviting import invite, whom_to_invite
from articles.models import Article, Hold, Override, Policy, Stagger
from articles.views.desk import desk_page, say_why, story_page, zone_words


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def overrides(request: HttpRequest, pk: int) -> HttpResponse:
    """An emergency override, proposed: what it lifts and what it never lifts stands beside the form."""
    article = get_object_or_404(Article, pk=pk)
    form = OverrideForm(request.POST or None, zone=zone_words(timezone.localtime()))
    if request.method == "POST" and form.is_valid():
        try:
            overriding.propose(article, by=request.user, **form.cleaned_data)
        except GateError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. It counts once a second person agrees."))
            return redirect("articles:publication", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Emergency override"),
        "article": article,
        "form": form,
    }
    return render(request, "articles/override.html", context)


@require_POST
@desk_page
def override_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees to an emergency override."""
    proposed = get_object_or_404(Override.objects.select_related("article"), pk=pk)
    try:
        overriding.agree(proposed, by=request.user)
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("Agreed. Ask for review again: the proof tells the reader."))
    return redirect("articles:publication", proposed.article_id)


@require_POST
@desk_page
def holds(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a story back until an hour. What is scheduled for an earlier one is stopped."""
    article = get_object_or_404(Article, pk=pk)
    form = HoldForm(request.POST, zone=zone_words(timezone.localtime()))
    if not form.is_valid():
        return _again(request, article, form, act=_("Hold this story back"), back=story_page(article, "#holds"))
    try:
        knowingly(asking.shown(request), partial(holding.hold, article, **form.cleaned_data, by=request.user))
    except WouldFall as would:
        return asking.ask(request, would, act=_("Hold this story back"), back=story_page(article, "#holds"))
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("Held back. Nothing of it is printed before that hour."))
    return redirect(story_page(article, "#holds"))


@require_POST
@desk_page
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold before its hour."""
    held = get_object_or_404(Hold.objects.select_related("article"), pk=pk)
    try:
        holding.lift(held, by=request.user, reason=request.POST.get("reason", ""))
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("Lifted."))
    return redirect(story_page(held.article, "#holds"))


@require_POST
@desk_page
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A second editor agrees to a policy."""
    policy = get_object_or_404(Policy, pk=pk)
    try:
        agree(policy, by=request.user)
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The policy is in force."))
    return redirect(reverse("admin:articles_policy_change", args=[pk]))


@require_POST
@desk_page
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest is invited to read the story's proof and sign it."""
    article = get_object_or_404(Article, pk=pk)
    form = InvitationForm(request.POST, guests=whom_to_invite(article), zone=zone_words(timezone.localtime()))
    if not form.is_valid():
        return _again(request, article, form, act=_("Invite this guest"), back=story_page(article, "#guests"))
    try:
        invite(article, form.cleaned_data["guest"], by=request.user, until=form.cleaned_data["until"])
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("Invited. She finds the proof when she signs in."))
    return redirect(story_page(article, "#guests"))


@require_POST
@desk_page
def stagger_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A second editor agrees to a stagger, and the source gets her new standing."""
    stagger = get_object_or_404(Stagger, pk=pk)
    source = reverse("admin:sources_source_change", args=[stagger.source_id])
    try:
        knowingly(asking.shown(request), partial(staggering.agree, stagger, by=request.user))
    except WouldFall as would:
        return asking.ask(request, would, act=_("Agree to stagger them"), back=source)
    except GateError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed. Each story leaves print at its own hour."))
    return redirect(source)


def _again(request: HttpRequest, article: Article, form: forms.Form, *, act: str, back: str) -> HttpResponse:
    """The form by itself, open, with all that was typed and each error at its field. ``act``: its button."""
    context = {**admin.site.each_context(request), "title": act, "article": article, "form": form, "back": back}
    return render(request, "articles/again.html", context)
