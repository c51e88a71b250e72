"""Recording what a fact rests on: who said it to us and when, or the paper that says it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.acts import NotAllowed, act, require
from articles.confirming import present_wording
from articles.gate import GateError
from articles.models import Confirmation, Fact, Wording
from newsroom.deadlocks import begins_again
from sources.models import Source, Talk

if TYPE_CHECKING:
    from staff.models import User

SPEAKERS_RECORD = gettext_lazy("Only who speaks with a source, or an editor, records what she said.")


@begins_again
def record(
    fact: Fact, *, by: User, talk_date: dt.date | None = None, talk_medium: str = "", **what: Any
) -> Confirmation:
    """A confirmation of the present wording. With ``talk_date`` the talk in which it was said is recorded in the same act.

    ``what``: basis, source, how, talk, told_by, document, photo, earlier, as the model has them.
    """
    require(by, "articles.add_confirmation", _("You may not record what a fact rests on."))
    source, talk = what.get("source"), what.pop("talk", None)
    if source is not None:
        require_speaker(source, by=by)
    with act(fact.article):
        wording = present_wording(fact)
        _require_news(wording, what, talk, talk_date, talk_medium)
        if talk_date is not None and source is not None:
            talk = Talk.objects.create(source=source, held_on=talk_date, medium=talk_medium, recorded_by=by)
        return Confirmation.objects.create(wording=wording, talk=talk, recorded_by=by, **what)


def _require_news(
    wording: Wording, what: dict[str, Any], talk: Talk | None, talk_date: dt.date | None, talk_medium: str
) -> None:
    """Raises GateError where just this is recorded for the wording and stands, or was recorded of this very talk."""
    things = {name: what.get(name) for name in ("source", "document", "photo", "earlier")}
    same = Confirmation.objects.filter(wording=wording, **things)
    if talk is not None:
        # One talk is recorded once, even where it was taken back.
        same = same.filter(talk=talk)
    elif talk_date is not None:
        # Of a talk that faded nobody can tell whether it was this one.
        same = same.filter(
            taken_back=None, talk__held_on=talk_date, talk__date_kept=Talk.Kept.DAY, talk__medium=talk_medium
        )
    else:
        same = same.filter(taken_back=None, talk=None, how=what.get("how") or "")
    if same.exists():
        raise GateError(
            _("This talk with this source is recorded for this fact already.")
            if talk is not None or talk_date is not None
            else _("This is recorded for this fact already."),
            "recorded_already",
        )


def require_speaker(source: Source, *, by: User) -> None:
    """Raises NotAllowed unless this person speaks with the source, or is an editor."""
    if not (source.is_known_to(by) or by.is_editor):
        raise NotAllowed(str(SPEAKERS_RECORD))
