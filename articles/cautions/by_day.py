"""Cautions about days: a talk soon after what few could know, print soon after a talk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from articles.cautions.found import Caution, Told
from articles.days_in_words import days_in
from articles.exposure import CLOSE, HABIT, day_of
from articles.models import Confirmation, Fact

# Whoever asks who told looks at the calls of so many days after it happened.
AFTER_AN_EVENT = 7
FEW = frozenset({Fact.KnownTo.MEETING, Fact.KnownTo.HANDFUL})


def event_and_talk(told: Told) -> Iterator[Caution]:
    """Few could know it, the story names its day, and within days we spoke with her. Without a day nothing is said."""
    for source in told.sources.values():
        for fact, days in _days_of_what_few_know(told).items():
            gaps = [
                (day - happened).days
                for each in _heard(told, source.pk)
                if each.wording.fact_id == fact and (day := _day(each))
                for happened in days
                if 0 <= (day - happened).days <= AFTER_AN_EVENT
            ]
            if gaps:
                words = {"fact": told.wordings[fact].text, "days": min(gaps)}
                yield Caution("talk_near_event", (source,), words, subject=str(fact))


def _days_of_what_few_know(told: Told) -> dict[int, set[dt.date]]:
    """Facts that a meeting or a handful of people knows, with the days that their words name."""
    found = {}
    for fact, wording in told.wordings.items():
        if wording.fact.known_to in FEW:
            written = timezone.localtime(wording.fact.created_at).date()
            text = "\n".join([wording.text, *(wording.passages or ())])
            found[fact] = days_in(text, written)
    return found


def talk_and_print(told: Told) -> Iterator[Caution]:
    """Printed today, it would come within days of a talk with her; and whether that has become a habit."""
    for source in told.sources.values():
        talks = [day for each in _heard(told, source.pk) if (day := _day(each)) and day <= told.today]
        if not talks or (told.today - max(talks)).days > CLOSE:
            continue
        yield Caution("print_near_talk", (source,), {"days": (told.today - max(talks)).days})
        exposure = told.exposures[source.pk]
        original = told.article.translation_of_id or told.article.pk
        before = [days for seen, days in exposure.followed if seen.original != original and days <= CLOSE]
        # Two earlier ones and this: the third time it is noticed.
        if len(before) >= HABIT - 1:
            yield Caution("print_follows_talks", (source,), {"days": before})


def _heard(told: Told, source: int) -> list[Confirmation]:
    return [each for each in told.said if each.source_id == source]


def _day(said: Confirmation) -> dt.date | None:
    return day_of(said.talk) if said.talk else None
