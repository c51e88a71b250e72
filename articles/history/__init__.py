"""A story's history: its entries in the record, told in plain sentences.

Whoever may see the story may read it: sources stand here as their alias alone, talks not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from articles.history.entries import Line, Teller
from articles.history.sentences import SENTENCES
from articles.models import Article, Entry, Policy

__all__ = ["Day", "Line", "by_day", "history_of", "policy_history"]


@dataclass(frozen=True)
class Day:
    """What was done on one day, in the newsroom's zone."""

    date: dt.date
    lines: list[Line]


def history_of(article: Article) -> list[Day]:
    """The story's history by day, newest last. A translation's facts are told in the history of its original."""
    entries = Entry.objects.filter(article=article.pk).order_by("number")  # Uses index: entry_of_a_story.
    return by_day(_told(list(entries)))


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
