"""What a guest is told of a proof besides its words: its facts, who confirmed them and what the rule asks.

Never what they rest on. Whatever could point at a source (a number of sources, a talk, a document, a reason, who recorded
what, a hold for somebody's safety) stays on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.gate import blockers
from articles.models import Fact, Policy, Proof, Rendering, Verdict, Waiver, Wording

if TYPE_CHECKING:
    from articles.models import Article

# Of the text, the pictures and the signatures; nothing of the leak scan. A code that is not here is told to nobody outside.
TOLD = {
    "headline_missing",
    "body_missing",
    "section_missing",
    "byline_missing",
    "no_facts",
    "figure_needs_caption",
    "figure_needs_credit",
    "figure_needs_alt",
    "proof_missing",
    "proof_outdated",
    "pulled_since",
    "withdrawn_since",
    "check_missing",
    "check_failed",
    "text_not_read",
    "passage_without_fact",
    "fact_without_passage",
    "passage_changed",
    "sentence_uncovered",
    "context_states_a_fact",
    "fact_unconfirmed",
    "fact_disputed",
    "fact_not_rendered",
    "original_fell",
    "override_over",
}


@dataclass(frozen=True)
class ToldFact:
    """A fact as a guest reads it."""

    statement: str
    language: str
    kind: str
    passages: list[str]
    status: str
    state: str
    rule: str


@dataclass(frozen=True)
class ToldBlockers:
    """What still blocks a story, in words; ``more``: whether the desk sees to something that is not hers to know.

    ``unsigned``: whether a signature is missing, which may be hers.
    """

    sentences: list[str]
    more: bool
    unsigned: bool


def facts_of(proof: Proof) -> list[ToldFact]:
    """The facts that a proof states, in their order."""
    policy = Policy.objects.in_force()
    wordings = proof.wordings.select_related("fact__article").order_by("fact__position", "fact_id")
    rendered = {r.wording_id: r for r in Rendering.objects.filter(article=proof.article).select_related("by")}
    return [_told(wording, policy, proof.article, rendered.get(wording.pk)) for wording in wordings]


def blockers_of(article: Article) -> ToldBlockers:
    """What the law names, as far as it is hers to know."""
    found = blockers(article)
    others = [blocker for blocker in found if blocker.code != "signature_missing"]
    told = [blocker.sentence for blocker in others if blocker.code in TOLD]
    return ToldBlockers(list(dict.fromkeys(told)), more=len(told) < len(others), unsigned=len(others) < len(found))


def _told(wording: Wording, policy: Policy | None, article: Article, rendering: Rendering | None) -> ToldFact:
    verdict = wording.verdicts.select_related("by").order_by("-pk").first()
    state = _state(verdict)
    if rendering:
        state += " · " + _("faithfully translated, says %(name)s") % {"name": rendering.by}
    return ToldFact(
        statement=wording.text,
        language=wording.fact.article.language,
        kind=str(wording.get_kind_display()),
        # Those of a translation's facts are words of its original.
        passages=list(wording.passages or []) if wording.fact.article_id == article.pk else [],
        status=str(verdict.ruling if verdict else Fact.Status.UNCONFIRMED),
        state=state,
        rule=_rule(wording, policy),
    )


def _state(verdict: Verdict | None) -> str:
    """Who judged it. Her reason stays on the desk."""
    if verdict is None:
        return _("not confirmed yet")
    words = {
        Verdict.Ruling.CONFIRMED: _("confirmed by %(name)s"),
        Verdict.Ruling.DISPUTED: _("disputed by %(name)s"),
    }
    return words.get(Verdict.Ruling(verdict.ruling), _("no longer confirmed")) % {"name": verdict.by}


def _rule(wording: Wording, policy: Policy | None) -> str:
    if wording.kind == Fact.Kind.STATEMENT:
        return _("The rule asks for the talk in which a confirmed source said it.")
    if wording.kind == Fact.Kind.RECORD:
        return _("The rule asks for a copy of the public record, kept by the desk.")
    waiver = Waiver.objects.filter(wording=wording, agreed_by__isnull=False).first()
    if waiver:
        return _("Two editors waived the number of sources. Readers are told: %(reason)s") % {
            "reason": waiver.printed_reason
        }
    number = policy.min_sources if policy else 2
    return ngettext(
        "The rule asks for at least %(number)s confirmed source, or for what the policy takes in its place.",
        "The rule asks for at least %(number)s independent confirmed sources, or for what the policy takes in their place.",
        number,
    ) % {"number": number}
