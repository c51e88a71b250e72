"""Acts on a fact, each a resource: an editor's word, a waiver, what no longer stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import asking, confirming, knowledge
from articles.figures_in_words import differing
from articles.foresight import WouldFall, knowingly
from articles.gate import GateError
from articles.models import Article, Confirmation, Discretion, Fact, Verdict, Waiver
from articles.shown import Shown, keys_in
from articles.views.desk import back, desk_page, say_why, story_page

# Refusals that stand in the form itself. Any other may leave no form to stand in.
ABOUT_A_REASON = {"reason_missing", "printed_reason_missing", "printed_reason_too_long", "remedy_missing"}


@require_POST
@desk_page
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """An editor confirms a fact, disputes it, or takes her confirmation back."""
    # The act, what is said of it afterwards, and its button where it takes stories off the site.
    acts: dict[str, tuple[Callable[..., Any], str, str]] = {
        Verdict.Ruling.CONFIRMED: (confirming.confirm, _("Confirmed."), _("Confirm fact")),
        Verdict.Ruling.DISPUTED: (confirming.dispute, _("Disputed."), _("Dispute this fact")),
        Verdict.Ruling.UNCONFIRMED: (confirming.unconfirm, _("No longer confirmed."), _("Take my word back")),
    }
    if request.POST.get("ruling") not in acts:
        raise PermissionDenied
    act, done, name = acts[request.POST["ruling"]]
    words: dict[str, Any] = {"by": request.user, "reason": request.POST.get("reason", "")}
    if act is confirming.confirm:
        words |= {"carried": keys_in(request.POST.getlist("carried")), "shown": Shown.in_form(request.POST)}
    else:
        words["printed"] = request.POST.get(asking.PRINTED) != "no"
    return _on_fact(request, pk, done, lambda fact: act(fact, **words), name)


@require_POST
@desk_page
def dropping(request: HttpRequest, pk: int) -> HttpResponse:
    """The story no longer states a fact."""
    return _on_fact(
        request,
        pk,
        _("Dropped. It stays on record."),
        lambda fact: confirming.drop(
            fact, by=request.user, reason=request.POST.get("reason", ""), shown=Shown.in_form(request.POST)
        ),
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
            shown=Shown.in_form(request.POST),
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
        lambda fact: confirming.agree_to_waiver(proposed, by=request.user, shown=Shown.in_form(request.POST)),
    )


@require_POST
@desk_page
def known_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Who could know a fact."""
    chosen = request.POST.get("who", "")
    return _on_fact(request, pk, _("Noted."), lambda fact: knowledge.say_who_could_know(fact, chosen, by=request.user))


@require_POST
@desk_page
def discretions(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done about a fact that few could know."""
    remedy = request.POST.get("remedy", "")
    done = (
        _("Proposed. It counts once a second person agrees.")
        if remedy == Discretion.Remedy.PRINTED
        else _("Decided. It stays on record.")
    )
    return _on_fact(
        request,
        pk,
        done,
        lambda fact: knowledge.decide(
            fact,
            remedy,
            by=request.user,
            reason=request.POST.get("reason", ""),
            shown=Shown.in_form(request.POST),
        ),
    )


@require_POST
@desk_page
def discretion_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person agrees that a fact that few could know is printed all the same."""
    proposed = get_object_or_404(Discretion.objects.select_related("wording__fact__article"), pk=pk)
    return _on_fact(
        request,
        proposed.wording.fact_id,
        _("Agreed. It is printed all the same."),
        lambda fact: knowledge.agree(proposed, by=request.user, shown=Shown.in_form(request.POST)),
    )


@require_POST
@desk_page
def renderings(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """A fact is marked as faithfully translated."""
    article = get_object_or_404(Article, pk=pk)
    stated = get_object_or_404(Fact, pk=fact, article=article.original)
    try:
        confirming.mark_rendered(article, stated, by=request.user, shown=Shown.in_form(request.POST))
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
        knowingly(asking.shown(request), partial(act, fact))
    except WouldFall as would:
        return asking.ask(
            request,
            would,
            act=name,
            back=back(request, story_page(fact.article, f"#fact-{pk}"))["Location"],
            spares=_spares(request, fact),
        )
    except GateError as refusal:
        if page := _with_what_was_typed(request, fact, refusal):
            return page
        say_why(request, refusal)
    else:
        messages.success(request, f"{done} {asking.gone(request)}".strip())
        if request.POST.get("ruling") == Verdict.Ruling.CONFIRMED:
            warn_of_figures(request, fact)
    return back(request, story_page(fact.article, f"#fact-{pk}"))


def _spares(request: HttpRequest, fact: Fact) -> bool:
    """Whether an objection may be meant for the words on the desk alone, and spare other ones in print."""
    against = request.POST.get("ruling") in (Verdict.Ruling.DISPUTED, Verdict.Ruling.UNCONFIRMED)
    return against and not hasattr(fact, "dropping") and bool(confirming.other_words_in_print(fact))


@dataclass(frozen=True)
class Typed:
    """What somebody wrote into a card's form that was refused, and why: it stands there again, open."""

    address: str
    # Or what she chose to do about a fact that few could know.
    ruling: str
    reason: str
    printed_reason: str
    error: str


def _with_what_was_typed(request: HttpRequest, fact: Fact, refusal: GateError) -> HttpResponse | None:
    """The fact's page with the words in their form. None where there are none, or where she has no such page."""
    typed = Typed(
        request.path,
        request.POST.get("ruling") or request.POST.get("remedy", ""),
        request.POST.get("reason", "").strip(),
        request.POST.get("printed_reason", "").strip(),
        str(refusal),
    )
    screen = admin.site.get_model_admin(Fact)
    if not (typed.reason or typed.printed_reason) or not screen.has_view_permission(request, fact):
        return None
    if refusal.code not in ABOUT_A_REASON:
        say_why(request, refusal)
    # The page as it is read, with the form as it was typed.
    request.method = "GET"
    return screen.change_view(request, str(fact.pk), extra_context={"typed": typed})


def warn_of_figures(request: HttpRequest, fact: Fact) -> None:
    """Says where the story names another figure than its fact. It forbids nothing: who judges looks again."""
    wording = fact.wording
    if wording and (found := differing(wording.passages or (), wording.text)):
        messages.warning(request, found.sentence)
