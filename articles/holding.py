"""Keeping a story back until an hour: by agreement, or because printing sooner would point at somebody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, accounts_of, act, may, require, require_near, require_reason
from articles.gate import GateError
from articles.models import Article, Hold, Lifting
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def hold(article: Article, kind: str, until: dt.datetime, *, by: User, reason: str) -> Hold:
    """Keeps a story back. What was scheduled for an earlier hour is stopped in the same commit."""
    require(by, "articles.change_article", _("Only who may change a story holds it back."))
    if kind not in Hold.Kind.values:
        raise GateError(_("Choose an embargo or a safety hold."), "hold_kind")
    with act(article):
        require_hour(until)
        if article.holds.filter(kind=kind, until=until, by=by, lifting=None).exists():
            raise GateError(_("You hold this story back until that hour already."), "held_already")
        return Hold.objects.create(article=article, kind=kind, until=until, by=by, reason=require_reason(reason, by=by))


def require_hour(until: dt.datetime) -> None:
    """Raises GateError for an hour that is past, or that nobody here will see."""
    if until <= timezone.now():
        raise GateError(_("This hour is past. Choose a later one."), "hold_past")
    require_near(until)


@begins_again
def lift(held: Hold, *, by: User, reason: str) -> Lifting:
    """Ends a hold before its hour. The database holds the same rule (``gate_lifting_before``)."""
    require_lifter(held, by=by)
    with act(held.article):
        if Lifting.objects.filter(hold=held).exists():
            raise GateError(_("This hold is lifted already."), "lifted_already")
        return Lifting.objects.create(hold=held, by=by, reason=require_reason(reason, by=by))


def require_lifter(held: Hold, *, by: User) -> None:
    """Raises NotAllowed unless this is an editor, and for a safety hold another than who placed it."""
    if not by.is_editor:
        raise NotAllowed(_("Only an editor lifts a hold."))
    if held.kind == Hold.Kind.SAFETY and held.by_id in accounts_of(by):
        raise NotAllowed(_("You placed this hold for somebody’s safety, so another editor has to lift it."))


@dataclass(frozen=True)
class Held:
    """A hold as the panel shows it."""

    hold: Hold
    runs: bool
    may_lift: bool
    why_not: str = ""


def holds_of(article: Article, *, by: User) -> list[Held]:
    """The holds of a story, those that run first."""
    found = []
    for each in article.holds.select_related("by", "lifting__by").order_by("-pk"):
        runs = not each.is_lifted and each.until > timezone.now()
        may_lift = runs and may(require_lifter, each, by=by)
        own = runs and by.is_editor and not may_lift
        found.append(Held(each, runs, may_lift, _("Another editor lifts it: you placed it.") if own else ""))
    return sorted(found, key=lambda held: not held.runs)
