"""A story on its way to a signature: its proof, what each sentence states, its history."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.covering import cover
from articles.gate import GateError
from articles.history import history_of
from articles.models import Article, Proof
from articles.naming import choose
from articles.panel import panel_for
from articles.preview import preview
from articles.proofing import ask_for_review
from articles.sheets import sheet_of
from articles.shown import keys_in
from articles.signing import sign_off
from articles.views.desk import back, desk_page, say_why, story_page, zone_words
from sources.models import Place, Source


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
            if not settled and not gone:
                messages.warning(
                    request, _("Nothing was chosen, so nothing has changed. Say of a sentence what it states.")
                )
                return redirect("articles:coverage", pk)
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


@require_POST
@desk_page
def attribution(request: HttpRequest, pk: int, source: int) -> HttpResponse:
    """The place and role by which a story names a source."""
    article = get_object_or_404(Article, pk=pk)
    place, _space, part = request.POST.get("rung", "").partition(" ")
    here = Place.objects.filter(pk__in=keys_in([place])).first()
    try:
        named = get_object_or_404(Source, pk=source)
        if here is None or part not in Source.Part.values:
            raise GateError(_("Choose the words first."), "rung_missing")
        choose(article, named, here, part, by=request.user)
    except GateError as refusal:
        say_why(request, refusal, article)
    else:
        messages.success(request, _("Chosen. The next proof is made with it; the text is yours to change."))
    return back(request, story_page(article, "#naming"))
