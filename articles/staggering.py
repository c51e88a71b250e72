"""A source fell: the stories that she carried leave print one by one, so that they don't show which were hers.

Two editors, a reason and a last day. The hours stand in rows of their own; the law gives each publication its hour
instead of pulling it, and spares nothing that fails for another reason.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, accounts_of, act, fresh, require_reason
from articles.foresight import Fall, foresee
from articles.gate import GateError
from articles.models import Confirmation, Stagger, StaggerHour, Verdict
from newsroom.deadlocks import begins_again
from reader.models import Publication
from sources.models import Source
from sources.vetting import VettingRefused, may_vet, vet

if TYPE_CHECKING:
    from staff.models import User

# No stagger lasts longer than this.
LONGEST = dt.timedelta(days=30)
# Stories leave print in the hours in which people work and read, by the newsroom's clock.
FIRST_HOUR, LAST_HOUR = dt.time(8), dt.time(22)
# So few at once show nothing.
FEWEST = 2

_chance = random.SystemRandom()


@begins_again
def propose(source: Source, standing: str, *, by: User, reason: str, last_day: dt.date) -> Stagger:
    """Proposes that what a source’s fall takes down goes one by one until a day. Nothing happens until another agrees.

    Raises NotAllowed, and GateError for a day that does not fit or where too few stories would fall.
    """
    words = {"standing": standing, "reason": require_reason(reason, by=by), "last_day": last_day}
    with act():
        fresh(source)
        require_decider(source, standing, by=by)
        if standing == Source.Standing.CONFIRMED or standing == source.standing:
            raise GateError(_("The source has this standing already."), "stagger_over")
        require_last_day(last_day)
        if source.staggers.filter(proposed_by=by, agreed_by=None, **words).exists():
            raise GateError(_("You proposed this already."), "proposed_already")
        falls = in_print(falls_with(source, standing, by=by))
        if len(falls) < FEWEST:
            raise GateError(_("Fewer than two stories would fall: there is nothing to stagger."), "stagger_of_few")
        stagger = Stagger.objects.create(source=source, proposed_by=by, **words)
        _give_hours(stagger, falls)
    return stagger


@begins_again
def agree(stagger: Stagger, *, by: User) -> Stagger:
    """The second editor’s word: the source gets her new standing, and each story keeps until its hour.

    What came into print on this source since the proposal gets an hour too. What fails for another reason is pulled.
    """
    with act():
        fresh(stagger)
        source = Source.objects.get(pk=stagger.source_id)
        require_second(stagger, by=by)
        if stagger.agreed_by_id:
            raise GateError(_("This stagger is agreed to already."), "agreed_already")
        require_decider(source, stagger.standing, by=by)
        if not is_open(stagger):
            raise GateError(
                _("This stagger is over: its last day is past, or the source fell otherwise."), "stagger_over"
            )
        _give_hours(stagger, in_print(falls_with(source, stagger.standing, by=by)))
        stagger.agreed_by, stagger.agreed_at = by, timezone.now()
        stagger.save(update_fields=["agreed_by", "agreed_at"])
        try:
            vet(Source.objects.get(pk=source.pk), stagger.standing, by=by, reason=stagger.reason)
        except VettingRefused as refusal:
            raise NotAllowed(str(refusal)) from None
    return stagger


def require_last_day(last_day: dt.date) -> None:
    """Raises GateError for a day that is past, or further off than a stagger lasts."""
    today = timezone.localdate()
    if not today < last_day <= today + LONGEST:
        raise GateError(_("Choose a last day from tomorrow on, within thirty days."), "stagger_last_day")


def require_decider(source: Source, standing: str, *, by: User) -> None:
    """Raises NotAllowed unless this is an editor who may give the source this standing."""
    if not by.is_editor or not may_vet(source, standing, by=by):
        raise NotAllowed(_("Only an editor staggers what a source’s fall takes down."))


def require_second(stagger: Stagger, *, by: User) -> None:
    """Raises NotAllowed unless this is an editor who did not propose it. The database holds the second half."""
    if not by.is_editor:
        raise NotAllowed(_("Only an editor staggers what a source’s fall takes down."))
    if stagger.proposed_by_id in accounts_of(by):
        raise NotAllowed(_("You proposed this, so a second person has to agree to it."))


def is_open(stagger: Stagger) -> bool:
    """Whether a second editor may still agree to it."""
    return (
        stagger.agreed_by_id is None
        and stagger.last_day >= timezone.localdate()
        and Source.objects.exclude(standing=stagger.standing).filter(pk=stagger.source_id).exists()
    )


def open_staggers() -> list[Stagger]:
    """Those that wait for a second editor."""
    waiting = Stagger.objects.filter(agreed_by=None, last_day__gte=timezone.localdate())
    return [s for s in waiting.select_related("source", "proposed_by") if is_open(s)]


def falls_with(source: Source, standing: str, *, by: User) -> list[Fall]:
    """What the source’s new standing would pull."""
    key = source.pk
    return foresee(lambda: vet(Source.objects.get(pk=key), standing, by=by, reason="–"))


def in_print(falls: list[Fall]) -> list[Publication]:
    """Those that a reader sees. What waits for its hour is stopped with the source: nobody has seen it."""
    return [fall.publication for fall in falls if fall.in_print]


def _give_hours(stagger: Stagger, publications: list[Publication]) -> None:
    """An hour for each that has none yet; none later than what it rests on."""
    hours: dict[UUID, dt.datetime] = dict(stagger.hours.values_list("publication_id", "at"))
    rests_on = _rests_on(publications)
    minutes = _minutes(timezone.localtime(), stagger.last_day)
    rows = []
    for publication in _from_the_ground_up(publications, rests_on):
        if publication.pk in hours:
            continue
        until = min((hours[below] for below in rests_on[publication.pk] if below in hours), default=minutes[-1])
        since = max(
            (hours[above] for above, below in rests_on.items() if publication.pk in below and above in hours),
            default=minutes[0],
        )
        hours[publication.pk] = _chance.choice([at for at in minutes if since <= at <= until] or [until])
        rows.append(StaggerHour(stagger=stagger, publication=publication, at=hours[publication.pk]))
    StaggerHour.objects.bulk_create(rows)


def _minutes(now: dt.datetime, last_day: dt.date) -> list[dt.datetime]:
    """The whole minutes of the day at which a story may leave print, from the next hour to the end of the last day.

    The law reckons days by UTC; a zone far from it gives up its last evening.
    """
    zone = now.tzinfo
    start = (now + dt.timedelta(hours=1)).replace(second=0, microsecond=0)
    end = dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), dt.UTC) - dt.timedelta(minutes=1)
    found = []
    day = now.date()
    while day <= last_day:
        at = max(dt.datetime.combine(day, FIRST_HOUR, zone), start)
        closing = min(dt.datetime.combine(day, LAST_HOUR, zone), end)
        while at <= closing:
            found.append(at)
            at += dt.timedelta(minutes=1)
        day += dt.timedelta(days=1)
    return found or [min(start, end)]


def _rests_on(publications: list[Publication]) -> dict[UUID, set[UUID]]:
    """Which of these publications rest on which others of them: on a fact that those print, or as their translation."""
    keys = [publication.pk for publication in publications]
    stories = {publication.story: publication.pk for publication in publications}
    prints: dict[int, set[UUID]] = {}
    for key, wording in Publication.objects.filter(pk__in=keys).values_list("pk", "printing__proof__wordings"):
        prints.setdefault(wording, set()).add(key)
    found: dict[UUID, set[UUID]] = {key: set() for key in keys}
    # What a wording rests on is what its editor saw, also what was recorded for earlier words.
    earlier = dict(Confirmation.objects.filter(earlier__in=prints).values_list("pk", "earlier"))
    for wording, seen in Verdict.objects.filter(wording__in=prints).values_list("wording", "seen"):
        for below in filter(None, map(earlier.get, seen)):
            for above in prints[wording]:
                found[above] |= prints[below] - {above}
    for publication in publications:
        if publication.translation_of in stories:
            found[publication.pk].add(stories[publication.translation_of])
    return found


def _from_the_ground_up(publications: list[Publication], rests_on: dict[UUID, set[UUID]]) -> list[Publication]:
    """What others rest on stands before them."""
    ordered: list[Publication] = []
    waiting = list(publications)
    while waiting:
        placed = {publication.pk for publication in ordered}
        ready = [p for p in waiting if rests_on[p.pk] <= placed] or waiting[:1]
        ordered += ready
        waiting = [p for p in waiting if p not in ready]
    return ordered
