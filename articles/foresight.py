"""What an act would take off the site: it is done for trial, the law answers, and what it would pull is told.

No rule is written a second time: the law itself pulls, and everything is undone where it pulls more than was foreseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now

from articles.alarms import tell_or_log
from articles.chains import Chains, Step
from articles.gate import explained
from articles.models import Article, Pull
from newsroom.deadlocks import begins_again
from reader.models import Publication


@dataclass(frozen=True)
class Fall:
    """A version of a story that an act takes off the site, and why: its chain of causes."""

    publication: Publication
    article: Article
    in_print: bool
    chain: tuple[Step, ...]


class WouldFall(Exception):
    """An act takes more off the site than was shown. It is undone; ``falls`` say what."""

    def __init__(self, falls: list[Fall]) -> None:
        super().__init__(f"{len(falls)} would fall")
        self.falls = falls

    @property
    def stories(self) -> int:
        """How many stories: one may fall in print and in the version that waits for its hour."""
        return len({fall.article.pk for fall in self.falls})

    @property
    def in_print(self) -> int:
        return len({fall.article.pk for fall in self.falls if fall.in_print})


@contextmanager
def knowing(shown: frozenset[UUID]) -> Iterator[Callable[[], None]]:
    """One act by somebody who was shown what it takes off the site. Raises WouldFall, undone, where it takes more.

    Asked at the end, and before it by whoever calls what this gives.
    """
    with _heard() as falls:

        def answer() -> None:
            found = falls()
            if not {fall.publication.pk for fall in found} <= shown:
                raise WouldFall(found)

        yield answer
        answer()


@begins_again
def knowingly[R](shown: frozenset[UUID], act: Callable[[], R]) -> R:
    """Does an act by somebody who was shown what it takes off the site (see ``knowing``)."""
    with knowing(shown):
        return act()


@begins_again
def foresee(act: Callable[[], Any]) -> list[Fall]:
    """What an act would take off the site. Nothing of it is kept. Raises what the act raises.

    The act looks up what it changes by itself: rows that it was handed are as it left them.
    """
    with _heard() as falls:
        act()
        found = falls()
        transaction.set_rollback(True)
    return found


@contextmanager
def _heard() -> Iterator[Callable[[], list[Fall]]]:
    """A transaction under the gate's lock, and the question which publications the law pulled in it."""
    with explained(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
        before = Pull.objects.aggregate(last=Max("pk"))["last"] or 0

        def falls() -> list[Fall]:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return _falls_since(before)

        # Of an act that is no act on a story, such as a vetting, the editors are told too.
        transaction.on_commit(tell_or_log)
        yield falls


def _falls_since(before: int) -> list[Fall]:
    """What the gate pulled at once; what is staggered stays for a while, and what a person pulls she knows."""
    # By the database's clock, as the pulls' own hours are.
    pulls = Pull.objects.filter(pk__gt=before, by=None, at__lte=Now()).order_by("publication__pulled_at", "pk")
    live = set(pulls.filter(publication__go_live_at__lte=Now()).values_list("pk", flat=True))
    chains = Chains(ahead=True)
    return [
        Fall(
            publication=pull.publication,
            article=pull.publication.printing.article,
            in_print=pull.pk in live,
            chain=tuple(chains.of(pull)),
        )
        for pull in pulls.select_related("publication__printing__article")
        if not _goes_along(pull)
    ]


def _goes_along(pull: Pull) -> bool:
    """A version that waited goes with its own story: no other story is lost."""
    return all(cause["code"] in ("pulled_since", "withdrawn_since") for cause in pull.causes)
