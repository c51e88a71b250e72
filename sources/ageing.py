"""Talks age: after a while the day of one fades to its month, and the month to a count.

Whoever takes the database a year later reads in no talk when it was held, or how. A fact that rests on a talk goes on
resting on it: an empty row is kept for it. Run every night (``manage.py age_talks``).

What does not fade: at which hour somebody wrote her word down (``Confirmation.recorded_at``) and that hour once more in the
record, whose chain would show a fault if either were changed. That is often the day of the talk, or the day after. So a
source of whom facts were recorded has hours there for good; only one of whom nothing was ever stated has none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from newsroom.deadlocks import begins_again
from sources.models import Ageing, EarlierTalks, Source, Talk

# So many rows in one transaction, so that nobody waits long for the gate's lock.
BATCH = 500
# A timer that did not go for so long has stopped.
PATIENCE = dt.timedelta(days=3)


@dataclass(frozen=True)
class Aged:
    """What one run did, in numbers: it names nobody."""

    to_month: int
    to_count: int
    history: int


def age_talks(*, dry_run: bool = False) -> Aged:
    """Lets fade what is due. Safe to run twice, late or at any hour. ``dry_run``: says what it would do."""
    if dry_run:
        return Aged(_due_for_month().count(), _due_for_nothing().count(), 0)
    # What is overdue for both goes at once.
    faded = _in_batches(_due_for_nothing, _fade)
    blurred = _in_batches(_due_for_month, _blur)
    history = _history()
    Ageing.objects.update_or_create(pk=1, defaults={"on": timezone.localdate()})
    return Aged(blurred, faded, history)


def is_overdue() -> bool:
    """Whether talks keep dates that are due to fade, and nothing let any fade for days."""
    lately = timezone.localdate() - PATIENCE
    return (_due_for_month() | _due_for_nothing()).exists() and not Ageing.objects.filter(on__gte=lately).exists()


@dataclass(frozen=True)
class Faded:
    """What is left of the talks whose day has faded."""

    # "May 2026, by phone", the newest first.
    months: list[str]
    # How many there were before, of which nothing is kept but that.
    earlier: int


def faded_talks(source: Source) -> Faded | None:
    """What a source's page says beneath the talks that still have their day; None where it has nothing to say."""
    months = [talk.told for talk in source.talks.filter(date_kept=Talk.Kept.MONTH)]
    counted = EarlierTalks.objects.filter(source=source).values_list("number", flat=True).first() or 0
    earlier = counted + source.talks.filter(date_kept=Talk.Kept.NOTHING).count()
    return Faded(months, earlier) if months or earlier else None


def _due_for_month() -> QuerySet[Talk]:
    """Uses index: talk_that_fades."""
    before = timezone.localdate() - dt.timedelta(days=settings.TALK_DAYS)
    return Talk.objects.filter(date_kept=Talk.Kept.DAY, held_on__lte=before, held_on__gte=_first_month_kept())


def _due_for_nothing() -> QuerySet[Talk]:
    """Uses index: talk_that_fades."""
    return Talk.objects.filter(held_on__lt=_first_month_kept())


def _first_month_kept() -> dt.date:
    """Counted by months alone: one that has lost its day is due at the same time as one that has not."""
    today = timezone.localdate()
    months = today.year * 12 + today.month - 1 - settings.TALK_MONTHS
    return dt.date(months // 12, months % 12 + 1, 1) if months >= 12 else dt.date.min


def _in_batches(due: Callable[[], QuerySet[Talk]], fade: Callable[[list[int]], None]) -> int:
    number = last = 0
    while keys := _batch(due, fade, last):
        number, last = number + len(keys), keys[-1]
    return number


@begins_again
@transaction.atomic
def _batch(due: Callable[[], QuerySet[Talk]], fade: Callable[[list[int]], None], last: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
    keys = list(due().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys:
        fade(keys)
    return keys


def _blur(keys: list[int]) -> None:
    """A month is all that a reader may then be told, too."""
    told = Case(
        When(printed_precision=Talk.Precision.DAY, then=Value(Talk.Precision.MONTH)), default="printed_precision"
    )
    Talk.objects.filter(pk__in=keys).update(
        date_kept=Talk.Kept.MONTH, held_on=TruncMonth("held_on"), printed_precision=told
    )


def _fade(keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT talks_fade(%s)", [keys])


def _history() -> int:
    """The desk's own history of sources is kept as long as a day is, and a day at least."""
    kept = dt.timedelta(days=max(settings.TALK_DAYS, 1), minutes=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT history_fades(%s)", [timezone.now() - kept])
        return cursor.fetchone()[0]
