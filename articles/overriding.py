"""An emergency: two people print a story before every sentence of it is covered, for a while, and the reader is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import act, authors, fresh, require, require_printed_reason, require_reason
from articles.confirming import require_second
from articles.covering import sentences_in
from articles.gate import GateError
from articles.models import Article, Override
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from articles.stages import Standing
    from staff.models import User

# An emergency is over soon, or it is none.
LONGEST = timedelta(days=3)


@begins_again
def propose(article: Article, *, by: User, reason: str, printed_reason: str, until: datetime) -> Override:
    """Proposes that a story be printed uncovered until an hour. It counts once a second person agrees.

    It lifts what the gate asks of the text and an embargo; never what it asks of facts, sources, pictures, signatures
    or for somebody's safety.
    """
    require(by, "articles.waive_fact", _("Only an editor proposes an emergency override."))
    until = until.replace(second=0, microsecond=0)
    words = {
        "until": until,
        "reason": require_reason(reason, by=by),
        "printed_reason": require_printed_reason(printed_reason, by=by),
    }
    with act(article):
        require_hour(until)
        if article.overrides.filter(proposed_by=by, **words).exists():
            raise GateError(_("You proposed this override already."), "proposed_already")
        return Override.objects.create(article=article, proposed_by=by, **words)


def require_hour(until: datetime) -> None:
    """Raises GateError for an hour that is past, or further off than an emergency lasts."""
    if not timezone.now() < until <= timezone.now() + LONGEST:
        raise GateError(_("An emergency lasts three days at most. Choose an hour within them."), "override_too_long")


@begins_again
def agree(override: Override, *, by: User) -> Override:
    """The second person's word. The next proof tells the reader."""
    with act(override.article):
        fresh(override)
        require_second(override.proposed_by, by=by, wrote=authors(override.article))
        if override.agreed_by_id:
            raise GateError(_("This override is agreed to already."), "agreed_already")
        if override.until <= timezone.now():
            raise GateError(_("The emergency is over. Propose another override."), "override_over")
        override.agreed_by, override.agreed_at = by, timezone.now()
        override.save(update_fields=["agreed_by", "agreed_at"])
    return override


def let_through_by_override(standing: Standing) -> tuple[Override | None, int]:
    """The override that lets the present proof through, and how many of its sentences nobody has settled."""
    proof = standing.proof if standing.is_current else None
    told = proof.how_known.get("emergency") if proof else None
    if proof is None or not told:
        return None, 0
    agreed = proof.article.overrides.filter(printed_reason=told, agreed_by__isnull=False, until__gt=timezone.now())
    override = agreed.order_by("until").last()
    unsettled = sum(not sentence.is_covered for sentence in sentences_in(proof.coverage)) if override else 0
    return override, unsettled
