"""Stories that name a source by a place and a role, taken into print through the desk's own acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles import confirming
from articles.models import Article, Attribution, Fact, Proof
from articles.proofing import ask_for_review
from articles.publishing import publish
from reader.models import Publication
from sources.models import Place, Source, Talk
from tests.factories import Desk, PlaceFactory


@dataclass
class Country:
    """A ladder of places: figures of the census of 2008, but for a mine of which nobody counted the people."""

    def __post_init__(self) -> None:
        self.whole = PlaceFactory()
        Place.objects.filter(pk=self.whole.pk).update(population=24_052_231, population_source="census of 2008")
        self.ryanggang = self._in(self.whole, "Ryanggang Province", "량강도", "province", 719_269)
        self.hyesan = self._in(self.ryanggang, "Hyesan", "혜산시", "city", 192_680)
        self.mine = self._in(self.hyesan, "Kalsan Mine", "갈산광산", "district", None)
        self.north_hamgyong = self._in(self.whole, "North Hamgyong Province", "함경북도", "province", 2_327_362)
        self.musan = self._in(self.north_hamgyong, "Musan County", "무산군", "county", 123_721)

    def _in(self, parent: Place, name_en: str, name_ko: str, kind: str, population: int | None) -> Place:
        origin = "census of 2008" if population else ""
        place, _made = Place.objects.update_or_create(
            parent=parent,
            name_en=name_en,
            defaults={"name_ko": name_ko, "kind": kind, "population": population, "population_source": origin},
        )
        return place


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def talk(desk: Desk, source: Source, days: int, **kwargs: Any) -> Talk:
    """A talk so many days ago."""
    return Talk.objects.create(
        **{"source": source, "held_on": days_ago(days), "medium": "call", "recorded_by": desk.reporter, **kwargs}
    )


def told(
    desk: Desk,
    source: Source,
    statement: str = "Rice is dearer.",
    *,
    article: Article | None = None,
    body: str = "",
    kind: str = "statement",
    days: int = 100,
    how: str = "said",
    known_to: str = "",
    heard: Talk | None = None,
    **story: Any,
) -> Fact:
    """A draft with one fact, which rests on her word (and, where it is an event, on another's), confirmed.

    ``body``: with ``[…]`` around the words that state the fact.
    """
    article = article or desk.article(**story)
    fact = confirming.state(article, statement, kind=kind, by=desk.reporter)
    if known_to:
        Fact.objects.filter(pk=fact.pk).update(known_to=known_to)
        fact.refresh_from_db()
    if body:
        marked = body.replace("[", f'<span data-fact="{fact.pk}">').replace("]", "</span>")
        write(article, marked, by=desk)
    desk.says(fact, source, talk=heard or talk(desk, source, days), how=how)
    if kind == "event":
        desk.says(fact, desk.source(), talk=False)
    confirming.confirm(fact, by=desk.editor)
    return fact


def write(article: Article, body: str, *, by: Desk) -> None:
    """The words of a story, with the facts that they state read from their marks."""
    from articles import coverage
    from articles.acts import act

    article.refresh_from_db()
    article.body = body
    article.save()
    with act(article):
        coverage.read(article, by=by.reporter)


def named(fact: Fact, source: Source, place: Place, part: str = "resident") -> Article:
    """How the story names her."""
    Attribution.objects.update_or_create(article=fact.article, source=source, defaults={"place": place, "part": part})
    return Article.objects.get(pk=fact.article_id)


def proof_of(desk: Desk, article: Article) -> Proof:
    """Its proof; the law freezes the phrases of its sources with it."""
    return ask_for_review(article, by=desk.reporter)


def printed(desk: Desk, article: Article) -> Publication:
    """Signed by who read its cautions, and in print."""
    desk.sign(proof_of(desk, article))
    return publish(article, by=desk.editor)


def prints(desk: Desk, source: Source, place: Place, part: str = "resident", **kwargs: Any) -> Publication:
    """One more story in print in which she is named so."""
    return printed(desk, named(told(desk, source, **kwargs), source, place, part))
