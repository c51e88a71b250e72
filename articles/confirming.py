"""Stating facts, recording what they rest on, and an editor's word on them.

What an act asks of the rows it finds, it asks under the gate's lock: of two clicks at once the second hears a sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import (
    NotAllowed,
    accounts_of,
    act,
    authors,
    fresh,
    require,
    require_clean,
    require_printed_reason,
    require_reason,
)
from articles.coverage import passages_in
from articles.gate import GateError
from articles.models import Article, Confirmation, Dropping, Fact, Rendering, TakenBack, Verdict, Waiver, Wording
from articles.shown import Shown, require_footing, require_known_to, require_rendered, require_wording
from newsroom.deadlocks import begins_again
from reader.models import Publication

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def state(article: Article, text: str, *, kind: str, by: User, position: int = 0, known_to: str = "") -> Fact:
    """A new fact of a story, in its first wording. A translation states the facts of its original alone.

    ``known_to``: who could know it, where the reporter says so at once.
    """
    if article.translation_of_id:
        raise GateError(_("A translation shares the facts of its original. Add the fact there."), "fact_of_translation")
    with act(article, by=by):
        require_clean(text, by=by)
        fact = Fact.objects.create(article=article, created_by=by, position=position, known_to=known_to)
        Wording.objects.create(fact=fact, number=1, kind=kind, text=_composed(text), by=by)
    return fact


@begins_again
def reword(fact: Fact, text: str, *, kind: str, by: User) -> Wording:
    """The next wording of a fact. It starts unconfirmed; what is in print rests on the wording that it printed.

    The same words in the same kind are no new wording.
    """
    with act(fact.article, by=by):
        present = fact.wording
        if present and (present.text, present.kind) == (_composed(text), kind):
            return present
        # A wording is kept for ever, beside the alias of who told it.
        require_clean(text, by=by)
        number = present.number + 1 if present else 1
        passages = present.passages if present else None
        return Wording.objects.create(
            fact=fact, number=number, kind=kind, text=_composed(text), passages=passages, by=by
        )


@begins_again
def confirm(
    fact: Fact, *, by: User, reason: str = "", carried: Collection[int] = (), shown: Shown | None = None
) -> Verdict:
    """An editor's word that the present wording is true, on what was recorded for it.

    ``carried``: keys of confirmations of earlier wordings that, she says, carry this one too.
    ``shown``: what her page showed. Her word is for that alone.
    """
    kept = list(carried)
    with act(fact.article):
        wording = present_wording(fact)
        rests_on = Confirmation.objects.filter(Q(wording=wording) | Q(pk__in=kept)).select_related("talk")
        require_confirmer(
            by=by,
            wrote=authors(fact.article),
            stated={fact.created_by_id, wording.by_id},
            recorders=recorders_of(rests_on),
        )
        require_wording(shown, wording)
        require_footing(shown, wording, kept)
        fresh(fact)
        require_known_to(shown, fact)
        if (
            shown is not None
            and shown.rests_on is not None
            and not _is_news(
                wording, Verdict.Ruling.CONFIRMED, by, reason.strip(), shown.rests_on | set(kept), fact.known_to
            )
        ):
            raise GateError(_("You said this already. Once is enough."), "said_already")
        require_clean(reason, by=by)
        return Verdict.objects.create(
            wording=wording, ruling=Verdict.Ruling.CONFIRMED, seen=kept, by=by, reason=reason.strip()
        )


def require_confirmer(*, by: User, wrote: set[int], stated: set[int], recorders: set[int]) -> None:
    """Raises NotAllowed unless this editor neither wrote the story, nor stated the fact, nor recorded what it rests on.

    The database holds the same rule (``gate_verdict_blockers``).
    """
    require(by, "articles.confirm_fact", _("Only an editor confirms a fact."))
    hers = accounts_of(by)
    if hers & wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so another editor has to confirm its facts."))
    if hers & stated:
        raise NotAllowed(_("You stated or reworded this fact, so another editor has to confirm it."))
    if hers & recorders:
        raise NotAllowed(_("You recorded what this fact rests on, so another editor has to confirm it."))


def recorders_of(confirmations: Iterable[Confirmation]) -> set[int]:
    """Keys of who recorded these, and of who recorded the talks in which they were said: she heard it."""
    return {key for c in confirmations for key in (c.recorded_by_id, c.talk and c.talk.recorded_by_id) if key}


def dispute(fact: Fact, *, by: User, reason: str, printed: bool = True) -> Verdict:
    """An objection to a fact, in its present words and in those that are printed or wait for their hour.

    Whatever prints it is pulled in the same commit. ``printed``: false where only the words on the desk are meant.
    """
    return _against(fact, Verdict.Ruling.DISPUTED, by, reason, printed)


def unconfirm(fact: Fact, *, by: User, reason: str, printed: bool = True) -> Verdict:
    """Takes a confirmation by an editor back, of the same words as an objection."""
    return _against(fact, Verdict.Ruling.UNCONFIRMED, by, reason, printed)


def other_words_in_print(fact: Fact) -> list[Wording]:
    """The wordings of a fact that readers see, or will at an hour to come, and that are not its present one."""
    return other_words_of([fact]).get(fact.pk, [])


def other_words_of(facts: Iterable[Fact]) -> dict[int, list[Wording]]:
    """The same of several facts, by their keys. A dropped fact has no present words."""
    read = Publication.objects.in_print() | Publication.objects.scheduled()
    present = Wording.objects.filter(fact=OuterRef("fact")).order_by("-number").values("pk")[:1]
    found: dict[int, list[Wording]] = {}
    for wording in (
        Wording.objects.filter(fact__in=facts, proofs__printings__publication__in=read)
        .annotate(present=Subquery(present), dropped=Exists(Dropping.objects.filter(fact=OuterRef("fact"))))
        .distinct()
        .order_by("-number")
    ):
        if wording.dropped or wording.pk != wording.present:
            found.setdefault(wording.fact_id, []).append(wording)
    return found


@begins_again
def take_back(confirmation: Confirmation, *, by: User, reason: str) -> TakenBack:
    """A confirmation no longer stands. By an editor, or by who recorded it."""
    require_taker_back(confirmation, by=by)
    with act(confirmation.wording.fact.article):
        if TakenBack.objects.filter(confirmation=confirmation).exists():
            raise GateError(_("This is taken back already."), "taken_back_already")
        return TakenBack.objects.create(confirmation=confirmation, by=by, reason=require_reason(reason, by=by))


def require_taker_back(confirmation: Confirmation, *, by: User) -> None:
    """Raises NotAllowed unless this person recorded the confirmation or is an editor."""
    if by.pk != confirmation.recorded_by_id:
        require(by, "articles.confirm_fact", _("A confirmation is taken back by who recorded it, or by an editor."))


@begins_again
def remove(fact: Fact, *, by: User) -> None:
    """A fact that nobody has said anything of goes without trace. One on record is dropped instead."""
    require(by, "articles.delete_fact", _("You may not change the facts of a story."))
    with act(fact.article):
        for wording in fact.wordings.order_by("-number"):
            wording.delete()
        Fact.objects.filter(pk=fact.pk).delete()


@begins_again
def drop(fact: Fact, *, by: User, reason: str, shown: Shown | None = None) -> Dropping:
    """The story no longer states this fact. Once an editor has judged it, its author can't drop it."""
    require(by, "articles.change_fact", _("You may not change the facts of a story."))
    with act(fact.article):
        _require_standing(fact)
        if shown is not None:
            require_wording(shown, present_wording(fact))
        return Dropping.objects.create(fact=fact, by=by, reason=require_reason(reason, by=by))


@begins_again
def waive(fact: Fact, *, by: User, reason: str, printed_reason: str, shown: Shown | None = None) -> Waiver:
    """Proposes an exception to the number of sources for the present wording. It counts once a second person agrees."""
    require(by, "articles.waive_fact", _("Only an editor proposes to waive the number of sources."))
    with act(fact.article):
        wording = present_wording(fact)
        if wording.waived:
            raise GateError(_("A waiver is proposed for this wording already."), "waived_already")
        require_wording(shown, wording)
        return Waiver.objects.create(
            wording=wording,
            proposed_by=by,
            reason=require_reason(reason, by=by),
            printed_reason=require_printed_reason(printed_reason, by=by),
        )


@begins_again
def agree_to_waiver(waiver: Waiver, *, by: User, shown: Shown | None = None) -> Waiver:
    """The second person's word: the reader is told that the number of sources was waived, and why."""
    fact = waiver.wording.fact
    with act(fact.article):
        require_second(waiver.proposed_by, by=by, wrote=authors(fact.article))
        waiver.refresh_from_db(fields=["agreed_by", "agreed_at"])
        if waiver.agreed_by_id:
            raise GateError(_("This waiver is agreed to already."), "agreed_already")
        if shown is not None:
            require_wording(shown, present_wording(fact))
        waiver.agreed_by, waiver.agreed_at = by, timezone.now()
        waiver.save(update_fields=["agreed_by", "agreed_at"])
    return waiver


def require_second(proposed_by: User, *, by: User, wrote: set[int]) -> None:
    """Raises NotAllowed unless this editor did not propose it or write the story, and one of the two is chief editor."""
    require(by, "articles.waive_fact", _("Only an editor agrees to an exception."))
    if proposed_by.pk in accounts_of(by):
        raise NotAllowed(_("You proposed this, so a second person has to agree to it."))
    if by.pk in wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so you can’t agree to an exception for it."))
    if not (by.is_chief_editor or proposed_by.is_chief_editor):
        raise NotAllowed(_("One of the two has to be the chief editor."))


@begins_again
def mark_rendered(article: Article, fact: Fact, *, by: User, shown: Shown | None = None) -> Rendering:
    """An editor's word that a translation states the present wording of a fact faithfully.

    From a page (``shown``) it is for the two texts that she had before her, so there has to be one of the translation.
    """
    with act(article):
        require_reader_of(article, by=by, wrote=authors(article))
        wording = present_wording(fact)
        passages = passages_in(Article.objects.values_list("coverage", flat=True).get(pk=article.pk) or []).get(fact.pk)
        require_wording(shown, wording)
        require_rendered(shown, passages)
        return Rendering.objects.get_or_create(article=article, wording=wording, passages=passages, by=by)[0]


def require_reader_of(article: Article, *, by: User, wrote: set[int]) -> None:
    """Raises NotAllowed unless this editor reads both languages and did not write the translation."""
    require(by, "articles.confirm_fact", _("Only an editor marks a translation as faithful."))
    if not {article.language, article.original.language} <= set(by.reads):
        raise NotAllowed(_("Your account does not say that you read both languages. Ask an editor who does."))
    if by.pk in wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so another editor has to judge its translation."))


@begins_again
def _against(fact: Fact, ruling: str, by: User, reason: str, printed: bool) -> Verdict:
    """Never refused because the words changed meanwhile: a doubt of earlier words is one of these too.

    Nor because the fact was dropped, while somebody can read it.
    """
    require(by, "articles.confirm_fact", _("Only an editor judges a fact."))
    with act(fact.article):
        reason = require_reason(reason, by=by)
        seen = other_words_in_print(fact) if printed else []
        dropped = Dropping.objects.filter(fact=fact).exists()
        wordings = seen if seen and dropped else [present_wording(fact), *seen]
        news = [wording for wording in wordings if _is_news(wording, ruling, by, reason)]
        if not news:
            raise GateError(_("You said this already. Once is enough."), "said_already")
        said = [Verdict.objects.create(wording=wording, ruling=ruling, by=by, reason=reason) for wording in news]
        return said[0]


def _is_news(
    wording: Wording,
    ruling: str,
    by: User,
    reason: str,
    seen: frozenset[int] | set[int] | None = None,
    known_to: str | None = None,
) -> bool:
    """Whether her own last word on the wording was another than this one: she may have pressed twice."""
    last = wording.verdicts.order_by("-pk").first()
    return (
        last is None
        or (last.ruling, last.by_id, last.reason) != (ruling, by.pk, reason)
        or (seen is not None and set(last.seen) != seen)
        or (known_to is not None and last.known_to != known_to)
    )


def _require_standing(fact: Fact) -> None:
    # Asked of the database: what the caller holds was read before the lock.
    if Dropping.objects.filter(fact=fact).exists():
        raise GateError(_("This fact was dropped."), "fact_dropped")


def present_wording(fact: Fact) -> Wording:
    """The words that stand now. Raises GateError where the fact was dropped or has none. To be asked inside an act."""
    _require_standing(fact)
    wording = fact.wording
    if wording is None:
        raise GateError(_("This fact has no words yet."), "fact_without_words")
    return wording


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())
