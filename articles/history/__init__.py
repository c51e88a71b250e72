"""A story's history: its entries in the record, told in plain sentences.

Whoever may see the story may read it: sources stand here as their alias alone, talks not at all. What became of a
source, and who recorded what she said, stands in ``Day.for_editors`` alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils import timezone

from articles.history.entries import Line, Teller
from articles.history.sentences import SENTENCES
from articles.history.sources import source_lines
from articles.models import Article, Entry, Policy

__all__ = ["Day", "Line", "by_day", "history_of", "policy_history"]

# The tables whose entries say something to people.
TOLD = {table for table, _ in SENTENCES}


@dataclass(frozen=True)
class Day:
    """What was done on one day, in the newsroom's zone."""

    date: dt.date
    lines: list[Line]
    # The same lines, with what only an editor may read among them.
    for_editors: list[Line] = field(default_factory=list)


def history_of(article: Article) -> list[Day]:
    """The story's history by day, newest last. A translation's facts are told in the history of its original."""
    # Uses index: entry_of_a_story.
    entries = list(Entry.objects.filter(article=article.pk, table_name__in=TOLD).order_by("number"))
    lines = _told(entries)
    of_sources = source_lines(entries)
    everyone = {line.number: replace(line, sentence=line.to_colleagues or line.sentence) for line in lines}
    return [
        Day(day.date, [everyone[line.number] for line in day.lines if line.number in everyone], day.lines)
        for day in by_day(sorted([*lines, *of_sources], key=lambda line: line.number))
    ]


def policy_history(policy: Policy) -> list[Line]:
    """Who proposed a policy and who agreed, with what it changes."""
    # Uses index: entry_of_a_row.
    entries = Entry.objects.filter(table_name=Policy._meta.db_table, row_id=str(policy.pk)).order_by("number")
    return _told(list(entries))


def by_day(lines: Iterable[Line]) -> list[Day]:
    return [Day(date, list(told)) for date, told in groupby(lines, lambda line: timezone.localtime(line.at).date())]


def _told(entries: list[Entry]) -> list[Line]:
    """The entries that say something to people, in their order."""
    teller = Teller(entries)
    lines = []
    for entry in entries:
        tell = SENTENCES.get((entry.table_name, teller.op(entry)))
        line = tell(teller, entry) if tell else None
        if line is not None:
            lines.append(line)
    return lines
