"""Recording what a fact rests on: who said it to us and when, or the paper that says it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, require
from articles.gate import GateError
from articles.models import Confirmation, Dropping, Fact
from sources.models import Source, Talk

if TYPE_CHECKING:
    from staff.models import User


def record(
    fact: Fact, *, by: User, talk_date: dt.date | None = None, talk_medium: str = "", **what: Any
) -> Confirmation:
    """A confirmation of the present wording. With ``talk_date`` the talk in which it was said is recorded in the same act.

    ``what``: basis, source, how, talk, told_by, document, photo, earlier, as the model has them.
    """
    require(by, "articles.add_confirmation", _("You may not record what a fact rests on."))
    source, talk = what.get("source"), what.pop("talk", None)
    with act(fact.article):
        if Dropping.objects.filter(fact=fact).exists():
            raise GateError(_("This fact was dropped."), "fact_dropped")
        wording = fact.wording
        if wording is None:
            raise GateError(_("This fact has no words yet."), "fact_without_words")
        if source is not None and (talk is not None or talk_date is not None):
            require_speaker(source, by=by)
        said_in = _said_in(talk, talk_date, talk_medium)
        if wording.confirmations.filter(said_in, taken_back=None, recorded_by=by, **what).exists():
            raise GateError(_("You recorded this for this fact already."), "recorded_already")
        if talk_date is not None and source is not None:
            talk = Talk.objects.create(source=source, held_on=talk_date, medium=talk_medium, recorded_by=by)
        return Confirmation.objects.create(wording=wording, talk=talk, recorded_by=by, **what)


def _said_in(talk: Talk | None, talk_date: dt.date | None, talk_medium: str) -> Q:
    """What was said in this talk, or in one that was recorded with it a moment ago."""
    if talk_date is None:
        return Q(talk=talk)
    return Q(talk__held_on=talk_date, talk__medium=talk_medium)


def require_speaker(source: Source, *, by: User) -> None:
    """Raises NotAllowed unless this person speaks with the source, or is an editor."""
    if not (source.is_known_to(by) or by.is_editor):
        raise NotAllowed(_("Only who speaks with a source, or an editor, records a talk with her."))
