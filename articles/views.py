"""The desk's acts as resources: each view gets, acts, says what came of it, and goes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import asking, confirming, holding, overriding, publishing, staggering
from articles.acts import authors, may
from articles.agreeing import agree
from articles.confirming import require_second
from articles.covering import cover
from articles.foresight import WouldFall, knowing
from articles.gate import GateError, blockers
from articles.history import history_of
from articles.inviting import invite
from articles.models import Article, Confirmation, Fact, Hold, Override, Policy, Proof, Stagger, Verdict, Waiver
from articles.panel import panel_for
from articles.preview import preview
from articles.proofing import ask_for_review
from articles.sheets import sheet_of
from articles.signing import sign_off
from reader.models import Publication
from staff.models import Guest
from staff.screens import HOUR, HourInput

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


@require_POST
@desk_page
def proofs(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for review: freezes the working copy into a proof."""
    article = get_object_or_404(Article, pk=pk)
    try:
        proof = ask_for_review(article, by=request.user)
    except GateError as refusal:
        say_why(request, refusal, article)
        return redirect(story_page(article))
    messages.success(request, _("The proof is made: this is what will be signed and printed."))
    return redirect("articles:proof", pk, proof.pk)


@require_safe
@desk_page
def proof(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The proof as it will be printed, with its facts and signatures beside it."""
    article = get_object_or_404(Article, pk=pk)
    shown = get_object_or_404(Proof.objects.select_related("made_by"), pk=number, article=article)
    panel = panel_for(request.user, article)
    context = {
        **admin.site.each_context(request),
        "article": article,
        "story": shown,
        "proof": shown,
        "is_last": panel.standing.proof == shown,
        "panel": panel,
        "page": preview(shown, covered="coverage" in request.GET),
        "covered": "coverage" in request.GET,
        "signatures": shown.sign_offs.select_related("by", "guest_signature"),
        "frame": {"language": shown.language},
        "here": request.path,
    }
    return render(request, "articles/proof.html", context)


@require_POST
@desk_page
def signature(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Sign off exactly this proof."""
    shown = get_object_or_404(Proof, pk=number, article_id=pk)
    try:
        sign_off(shown, by=request.user)
    except GateError as refusal:
        say_why(request, refusal, shown.article)
        return redirect("articles:proof", pk, number)
    messages.success(request, _("Signed. Your name stands under exactly these words."))
    return redirect(story_page(shown.article))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """The story sentence by sentence: what each states. POST says it of as many as one likes."""
    article = get_object_or_404(Article, pk=pk)
    if request.method == "POST":
        chosen = {key.removeprefix("s-"): value for key, value in request.POST.items() if key.startswith("s-")}
        try:
            settled, gone = cover(article, chosen, by=request.user)
        except GateError as refusal:
            say_why(request, refusal)
        else:
            messages.success(
                request,
                ngettext("%(number)d sentence settled.", "%(number)d sentences settled.", settled)
                % {"number": settled},
            )
            if gone:
                messages.warning(
                    request, _("Some sentences were changed by somebody else meanwhile. Look at them again.")
                )
        return redirect("articles:coverage", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("What each sentence states"),
        "article": article,
        "sheet": sheet_of(article),
        "may_change": request.user.has_perm("articles.change_article"),
    }
    return render(request, "articles/coverage.html", context)


@require_safe
@desk_page
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on record of a story, in plain sentences, by day."""
    article = get_object_or_404(Article.objects.select_related("translation_of"), pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": _("History"),
        "article": article,
        "days": history_of(article),
        "zone": zone_words(timezone.localtime()),
    }
    return render(request, "articles/history.html", context)


class HourForm(forms.Form):
    """The hour at which a story becomes visible, in the newsroom's own zone."""

    at = forms.DateTimeField(label=gettext_lazy("Hour"), input_formats=[HOUR, "%Y-%m-%d %H:%M"], widget=HourInput)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that reads as a sentence: who signed, what is confirmed, what blocks. POST prints, now or at an hour."""
    article = get_object_or_404(Article, pk=pk)
    form = HourForm()
    if request.method == "POST":
        at: dt.datetime | None = None
        later = request.POST.get("when") == "at"
        if later:
            form = HourForm(request.POST)
            at = form.cleaned_data["at"] if form.is_valid() else None
        if not later or at is not None:
            try:
                with knowing(asking.shown(request)):
                    printed = publishing.publish(article, by=request.user, at=at)
            except WouldFall as would:
                return asking.ask(request, would, act=_("Publish it"), back=request.path)
            except GateError as refusal:
                if refusal.code != "hour_past":
                    say_why(request, refusal, article)
                    return redirect(story_page(article))
                form.add_error("at", str(refusal))
            else:
                messages.success(request, _printed_words(printed))
                return redirect(story_page(article))
    panel = panel_for(request.user, article)
    now = timezone.localtime()
    context = {
        **admin.site.each_context(request),
        "title": _("Publish"),
        "article": article,
        "panel": panel,
        "in_print": Publication.objects.filter(story=article.story).in_print().first(),
        "form": form,
        "section": article.section.name(get_language() or "en") if article.section else "",
        "zone": zone_words(now),
        "now": now,
        "overrides": [
            (override, may(require_second, override.proposed_by, by=request.user, wrote=authors(article)))
            for override in article.overrides.filter(until__gt=now).select_related("proposed_by", "agreed_by")
        ],
    }
    return render(request, "articles/publication.html", context)


class OverrideForm(forms.Form):
    """An emergency: until when, and why, for the desk and for the reader."""

    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        input_formats=[HOUR, "%Y-%m-%d %H:%M"],
        widget=HourInput,
        help_text=gettext_lazy("At this hour the story leaves print by itself, three days from now at the latest."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason, for the desk"), widget=forms.Textarea(attrs={"rows": 2}))
    printed_reason = forms.CharField(
        label=gettext_lazy("Reason in print, for the reader"), widget=forms.Textarea(attrs={"rows": 2})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def overrides(request: HttpRequest, pk: int) -> HttpResponse:
    """An emergency override, proposed: what it lifts and what it never lifts stands beside the form."""
    article = get_object_or_404(Article, pk=pk)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            overriding.propose(article, by=request.user, **form.cleaned_data)
        except GateError as refusal:
            form.add_error("until" if refusal.code == "override_too_long" else None, str(refusal))
        else:
            messages.success(request, _("Proposed. It counts once a second person agrees."))
            return redirect("articles:publication", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Emergency override"),
        "article": article,
        "form": form,
        "zone": zone_words(timezone.localtime()),
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


def zone_words(now: dt.datetime) -> str:
    """The newsroom's zone as a person reads it: "Asia/Seoul, UTC+09:00"."""
    offset = now.strftime("%z")
    return f"{timezone.get_current_timezone_name()}, UTC{offset[:3]}:{offset[3:]}"


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
        with knowing(asking.shown(request)):
            act(printed, by=request.user, reason=request.POST.get("reason", ""))
    except WouldFall as would:
        return asking.ask(request, would, act=name, back=story_page(article))
    except GateError as refusal:
        say_why(request, refusal, article)
    else:
        messages.success(request, done)
    return redirect(story_page(article))


class HoldForm(forms.Form):
    """A hold as it is placed: what kind, and until which hour of the newsroom's own zone."""

    kind = forms.ChoiceField(choices=Hold.Kind)
    until = forms.DateTimeField(input_formats=[HOUR, "%Y-%m-%d %H:%M"], widget=HourInput)


@require_POST
@desk_page
def holds(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a story back until an hour. What is scheduled for an earlier one is stopped."""
    article = get_object_or_404(Article, pk=pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the hour until which the story is held back."))
        return redirect(story_page(article, "#holds"))
    try:
        with knowing(asking.shown(request)):
            holding.hold(article, **form.cleaned_data, by=request.user, reason=request.POST.get("reason", ""))
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
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor confirms a fact, disputes it, or takes her confirmation back."""
    # The act, what is said of it afterwards, and its button where it takes stories off the site.
    acts: dict[str, tuple[Callable[..., Any], str, str]] = {
        Verdict.Ruling.CONFIRMED: (confirming.confirm, _("Confirmed."), _("Confirm fact")),
        Verdict.Ruling.DISPUTED: (
            confirming.dispute,
            _("Disputed. What printed it is off the site."),
            _("Dispute this fact"),
        ),
        Verdict.Ruling.UNCONFIRMED: (
            confirming.unconfirm,
            _("No longer confirmed. What printed it is off the site."),
            _("Take my word back"),
        ),
    }
    if request.POST.get("ruling") not in acts:
        raise PermissionDenied
    act, done, name = acts[request.POST["ruling"]]
    words: dict[str, Any] = {"by": request.user, "reason": request.POST.get("reason", "")}
    if act is confirming.confirm:
        words["carried"] = [int(key) for key in request.POST.getlist("carried") if key.isdigit()]
    return _on_fact(request, pk, done, lambda fact: act(fact, **words), name)


@require_POST
@desk_page
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    """The story no longer states a fact."""
    return _on_fact(
        request,
        pk,
        _("Dropped. It stays on record."),
        lambda fact: confirming.drop(fact, by=request.user, reason=request.POST.get("reason", "")),
        _("Drop this fact"),
    )


@require_POST
@desk_page
def waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """An exception to the number of sources, proposed."""
    return _on_fact(
        request,
        pk,
        _("Proposed. It counts once a second person agrees."),
        lambda fact: confirming.waive(
            fact,
            by=request.user,
            reason=request.POST.get("reason", ""),
            printed_reason=request.POST.get("printed_reason", ""),
        ),
    )


@require_POST
@desk_page
def waiver_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees to a waiver."""
    proposed = get_object_or_404(Waiver.objects.select_related("wording__fact__article"), pk=pk)
    return _on_fact(
        request,
        proposed.wording.fact_id,
        _("The number of sources is waived. Readers are told why."),
        lambda fact: confirming.agree_to_waiver(proposed, by=request.user),
    )


@require_POST
@desk_page
def renderings(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """A fact is marked as faithfully translated."""
    article = get_object_or_404(Article, pk=pk)
    stated = get_object_or_404(Fact, pk=fact, article=article.original)
    try:
        confirming.mark_rendered(article, stated, by=request.user)
    except GateError as refusal:
        say_why(request, refusal, article)
    else:
        messages.success(request, _("Marked as faithfully translated."))
    return back(request, story_page(article, f"#fact-{fact}"))


@require_POST
@desk_page
def taking_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A confirmation no longer stands."""
    said = get_object_or_404(Confirmation.objects.select_related("wording__fact__article"), pk=pk)
    return _on_fact(
        request,
        said.wording.fact_id,
        _("Taken back. It stays on record, struck through."),
        lambda fact: confirming.take_back(said, by=request.user, reason=request.POST.get("reason", "")),
        _("Take this confirmation back"),
    )


def _on_fact(request: HttpRequest, pk: int, done: str, act: Callable[[Fact], Any], name: str = "") -> HttpResponse:
    """``name``: the words of the button, for the page that asks where stories fall with this fact."""
    fact = get_object_or_404(Fact.objects.select_related("article"), pk=pk)
    try:
        with knowing(asking.shown(request)):
            act(fact)
    except WouldFall as would:
        return asking.ask(
            request, would, act=name, back=back(request, story_page(fact.article, f"#fact-{pk}"))["Location"]
        )
    except GateError as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, done)
    return back(request, story_page(fact.article, f"#fact-{pk}"))


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


class InvitationForm(forms.Form):
    """Which guest, and until when."""

    guest = forms.ModelChoiceField(Guest.objects.all())
    until = forms.DateTimeField(input_formats=[HOUR, "%Y-%m-%d %H:%M"])


@require_POST
@desk_page
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """A guest is invited to read the story's proof and sign it."""
    article = get_object_or_404(Article, pk=pk)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a guest and an hour."))
        return redirect(story_page(article, "#guests"))
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
        with knowing(asking.shown(request)):
            staggering.agree(stagger, by=request.user)
    except WouldFall as would:
        return asking.ask(request, would, act=_("Agree to stagger them"), back=source)
    except GateError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Agreed. Each story leaves print at its own hour."))
    return redirect(source)
