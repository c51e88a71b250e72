"""Cautions about the source herself: her safety now, and how few people fit what was printed of her with this story."""

from __future__ import annotations

from collections.abc import Iterator

from articles.cautions.found import Caution, Told
from articles.fitting import TRADES, Fit, asked
from sources.models import Source


def unsafe(told: Told) -> Iterator[Caution]:
    """Who is in danger, at risk or out of contact, and whose word would be printed now."""
    for source in told.sources.values():
        if source.safety != Source.Safety.SAFE:
            yield Caution("source_unsafe", (source,), {"safety": source.safety}, subject=source.safety)


def shrinking(told: Told) -> Iterator[Caution]:
    """What this story adds to all that was printed of each whom it names."""
    for key, (place, part) in told.phrases.items():
        source, exposure = told.sources[key], told.exposures[key]
        before, after = exposure.fit, exposure.after(place, part)
        yield from _floor(told, source, before, after)
        here = told.ladder.places[place]
        if told.ladder.unknown(Fit(frozenset({place}))):
            yield Caution("population_unknown", (source,), {"place": here}, subject=str(place))
        if after.is_apart and after.places != before.places:
            others = [told.ladder.places[other] for other in sorted(before.places - {place})]
            yield Caution("places_apart", (source,), {"place": here, "others": others}, subject=str(place))
        if after.is_at_odds and after.parts != before.parts:
            roles = {"part": part, "others": sorted((before.parts & TRADES) - {part})}
            yield Caution("roles_at_odds", (source,), roles, subject=part)


def _floor(told: Told, source: Source, before: Fit, after: Fit) -> Iterator[Caution]:
    floor = told.exposures[source.pk].floor
    if told.ladder.is_under(after, floor):
        words = {
            "number": told.ladder.at_most(after),
            "asked": asked(after, floor),
            "already": told.ladder.is_under(before, floor),
        }
        yield Caution("exposure_under_floor", (source,), words, subject=f"{words['number']}")
