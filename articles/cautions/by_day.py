"""Cautions about days: a talk soon after what few could know, print soon after a talk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from articles.cautions.found import Caution, Told
from articles.closeness import CLOSE, HABIT
from articles.days_in_words import days_in
from articles.models import Fact

# Whoever asks who told looks at the calls of so many days after it happened.
AFTER_AN_EVENT = 7
# A workplace is soon asked, and where nobody said who could know it, few may.
FEW = frozenset({Fact.KnownTo.MEETING, Fact.KnownTo.HANDFUL, Fact.KnownTo.WORKPLACE, ""})


def event_and_talk(told: Told) -> Iterator[Caution]:
    """Few could know it, the story names its day, and within days we spoke with her. Without a day nothing is said."""
    happened = _days_of_what_few_know(told)
    for source in told.sources.values():
        for fact in dict.fromkeys(each.wording.fact_id for each in told.said if each.source_id == source.pk):
            gaps = [
                (day - event).days
                for day in told.talks[source.pk]
                for event in happened.get(fact, ())
                if 0 <= (day - event).days <= AFTER_AN_EVENT
            ]
            if gaps:
                words = {"fact": told.wordings[fact].text, "days": min(gaps)}
                yield Caution("talk_near_event", (source,), words, subject=str(fact))


def _days_of_what_few_know(told: Told) -> dict[int, set[dt.date]]:
    """Facts that few people know, with the days that their words and the paragraphs around them name.

    The reader counts "yesterday" back from the day of print; whoever stated the fact, from her own.
    """
    found = {}
    for fact, wording in told.wordings.items():
        if wording.fact.known_to in FEW:
            written = timezone.localtime(wording.fact.created_at).date()
            text = "\n".join([wording.text, *(wording.passages or ())])
            paragraphs = told.paragraphs.get(fact, "")
            found[fact] = days_in(text, written) | days_in(f"{text}\n{paragraphs}", told.today)
    return found


def talk_and_print(told: Told) -> Iterator[Caution]:
    """It would be printed within days of a talk with her, whatever that was about; and whether that is a habit."""
    for source in told.sources.values():
        gaps = [(told.today - day).days for day in told.talks[source.pk] if day <= told.today]
        if not gaps or min(gaps) > CLOSE:
            continue
        near = {"days": min(gaps), "is_planned": told.is_planned}
        yield Caution("print_near_talk", (source,), near)
        exposure = told.exposures[source.pk]
        original = told.article.translation_of_id or told.article.pk
        before = [days for seen, days in exposure.followed if seen.original != original and days <= CLOSE]
        # This very story may stand in the count, once it is printed.
        times = max(len(before), exposure.counted - any(seen.original == original for seen in exposure.seen))
        # Two earlier ones and this: the third time it is noticed.
        if times >= HABIT - 1:
            yield Caution("print_follows_talks", (source,), {"days": before if len(before) == times else []})
