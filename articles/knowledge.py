"""Who could know a fact, and what is done about one that few could: the knowledge floor.

A city has 50,000 people, a meeting has twelve. The law asks (``gate_knowledge_blockers``); here people answer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, accounts_of, act, authors, fresh, require, require_reason
from articles.confirming import present_wording, require_second
from articles.gate import SENTENCES, GateError
from articles.models import Discretion, Fact, Wording
from articles.shown import Shown, require_known_to, require_wording
from articles.telltales import Telltale, telltales_in
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def say_who_could_know(fact: Fact, known_to: str, *, by: User) -> Fact:
    """Says who could know a fact. Of more people than an editor saw when she confirmed it: she is asked again."""
    require(by, "articles.change_fact", _("You may not change the facts of a story."))
    if known_to not in Fact.KnownTo.values:
        raise GateError(_("Choose who could know it."), "known_to_missing")
    with act(fact.article):
        fresh(fact)
        present_wording(fact)
        if fact.known_to != known_to:
            fact.known_to = known_to
            fact.save(update_fields=["known_to"])
    return fact


@begins_again
def decide(fact: Fact, remedy: str, *, by: User, reason: str, shown: Shown | None = None) -> Discretion:
    """An editor's decision on a fact that few could know, in its present words. Printing it all the same takes a second."""
    with act(fact.article):
        require_decider(by=by, wrote=authors(fact.article))
        if remedy not in Discretion.Remedy.values:
            raise GateError(_("Choose what is done about it."), "remedy_missing")
        fresh(fact)
        wording = present_wording(fact)
        require_wording(shown, wording)
        require_known_to(shown, fact)
        queried = telltales_in(wording)
        if lack := _changes_nothing(wording, remedy, queried):
            raise GateError(str(SENTENCES[lack]), lack)
        words = {"remedy": remedy, "reason": require_reason(reason, by=by)}
        if wording.discretions.filter(known_to=fact.known_to, proposed_by=by, **words).exists():
            raise GateError(_("You decided this already."), "decided_already")
        return Discretion.objects.create(
            wording=wording, known_to=fact.known_to, queried=queried, proposed_by=by, **words
        )


def _changes_nothing(wording: Wording, remedy: str, queried: list[Telltale]) -> str:
    """Why a remedy has not been carried out, in the law's code, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gate_remedy_lack(%s, %s, %s::jsonb, %s)",
            [wording.pk, remedy, json.dumps(queried), wording.fact.article_id],
        )
        return cursor.fetchone()[0] or ""


def require_decider(*, by: User, wrote: set[int]) -> None:
    """Raises NotAllowed unless this is an editor who did not write the story."""
    require(by, "articles.confirm_fact", _("Only an editor decides on a fact that few could know."))
    if accounts_of(by) & wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so another editor has to decide."))


@begins_again
def agree(discretion: Discretion, *, by: User, shown: Shown | None = None) -> Discretion:
    """The second person's word: it is printed all the same."""
    fact = discretion.wording.fact
    with act(fact.article):
        fresh(discretion)
        require_second(discretion.proposed_by, by=by, wrote=authors(fact.article))
        if not discretion.waits:
            raise GateError(_("This is agreed to already."), "agreed_already")
        require_wording(shown, present_wording(fact))
        discretion.agreed_by, discretion.agreed_at = by, timezone.now()
        discretion.save(update_fields=["agreed_by", "agreed_at"])
    return discretion
