"""A caution, and what a story tells of its sources: read once for all who look for one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.bodies import blocks
from articles.clues import Names
from articles.exposure import Exposure, exposures
from articles.fitting import Ladder
from articles.models import Article, Confirmation, Proof, ProofAttribution, Wording
from articles.proofing import present_wordings
from reader.models import Publication
from sources.models import Source, Talk

# Cautions that say more of a source than the story does: for who speaks with her, and for editors.
PRIVATE = frozenset(
    {
        "source_unsafe",
        "exposure_under_floor",
        "population_unknown",
        "places_apart",
        "roles_at_odds",
        "talk_near_event",
        "print_near_talk",
        "print_follows_talks",
    }
)
# What stands in the record for any of these.
OF_A_SOURCE = "of_a_source"

Phrase = tuple[int, str]


@dataclass(frozen=True)
class Caution:
    """One thing in a story that could point at a source.

    ``words``: what its sentence says. ``subject``: what makes it this one and no other, whatever the day is.
    """

    code: str
    sources: tuple[Source, ...] = ()
    words: dict[str, Any] = field(default_factory=dict)
    subject: str = ""

    @property
    def key(self) -> str:
        """By which a form says that its page showed it. Nobody can tell a source from it."""
        whole = "|".join([self.code, *(str(source.pk) for source in self.sources), self.subject])
        return f"{self.code}-{salted_hmac('articles.cautions', whole, algorithm='sha256').hexdigest()[:16]}"


@dataclass
class Told:
    """A story with what its sources told: how it names them, on whose word its facts stand, its sentences."""

    article: Article
    wordings: dict[int, Wording]
    said: list[Confirmation]
    # By source the place and role under which the story prints her; whom it does not name is not here.
    phrases: dict[int, Phrase]
    coverage: list[Any]
    blocks: list[str]
    ladder: Ladder
    # The day on which it would be printed: today, or that of the hour for which print is planned.
    today: dt.date
    is_planned: bool = False

    @classmethod
    def read(cls, article: Article, proof: Proof | None, at: dt.datetime | None = None) -> Told:
        hour = at or _planned(article)
        wordings = list(proof.wordings.all()) if proof else present_wordings(article)
        return cls(
            article=article,
            wordings={wording.fact_id: wording for wording in wordings},
            said=_said(wordings),
            phrases=phrases_of(article, proof),
            coverage=(proof.coverage if proof else article.coverage) or [],
            blocks=proof.blocks if proof else blocks(article.body),
            ladder=Ladder.read(),
            today=timezone.localtime(hour).date() if hour else timezone.localdate(),
            is_planned=hour is not None,
        )

    @cached_property
    def sources(self) -> dict[int, Source]:
        """Whoever stands behind it, and whom it names."""
        found = {each.source.pk: each.source for each in self.said if each.source}
        missing = self.phrases.keys() - found.keys()
        return found | Source.objects.in_bulk(missing)

    @cached_property
    def exposures(self) -> dict[int, Exposure]:
        return exposures(self.sources.values(), self.ladder)

    @cached_property
    def talks(self) -> dict[int, list[dt.date]]:
        """By source the days on which we spoke with her, as far as they are kept: whoever lists calls knows no stories."""
        days: dict[int, list[dt.date]] = defaultdict(list)
        for source, day in Talk.objects.filter(source__in=self.sources, date_kept=Talk.Kept.DAY).values_list(
            "source", "held_on"
        ):
            if day:
                days[source].append(day)
        return days

    @cached_property
    def paragraphs(self) -> dict[int, str]:
        """By fact the whole paragraphs in which it is stated."""
        whole: dict[str, str] = defaultdict(str)
        for segment in self.coverage:
            whole[segment["place"]] += segment["text"]
        places: dict[int, dict[str, None]] = defaultdict(dict)
        for segment in self.coverage:
            for fact in segment.get("facts") or ():
                places[fact][segment["place"]] = None
        return {fact: "\n".join(whole[place] for place in found) for fact, found in places.items()}

    def sentences(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Each sentence of the story, and the facts that it states."""
        for _key, group in groupby(self.coverage, lambda segment: (segment["place"], segment["n"])):
            pieces = list(group)
            facts = frozenset(fact for piece in pieces for fact in (piece.get("facts") or ()))
            yield "".join(piece["text"] for piece in pieces), facts

    @cached_property
    def typed(self) -> dict[int, dict[Phrase, str]]:
        """By source the places and roles by which sentences that rest on her alone call whoever tells, with the words.

        What two people confirmed may be told by either, so such a sentence calls neither.
        """
        names = Names(self.ladder, self.article.language)
        found: dict[int, dict[Phrase, str]] = defaultdict(dict)
        for text, facts in self.sentences():
            speakers = self.speakers(facts)
            if len(speakers) == 1:
                for place, role, words in names.told_by(text):
                    found[speakers[0].pk].setdefault((place, role), words)
        return found

    def speakers(self, facts: Iterable[int]) -> tuple[Source, ...]:
        """On whose word these facts stand."""
        keys = {each.source.pk for each in self.said if each.source and each.wording.fact_id in set(facts)}
        return tuple(self.sources[key] for key in sorted(keys))


def _planned(article: Article) -> dt.datetime | None:
    """The hour of the version that waits for it."""
    waiting = Publication.objects.scheduled().filter(story=article.story).exclude(superseded_at=F("go_live_at"))
    return waiting.order_by("go_live_at").values_list("go_live_at", flat=True).first()


def phrases_of(article: Article, proof: Proof | None = None) -> dict[int, Phrase]:
    """How a story names its sources: frozen with a proof, or as the law would name them now."""
    if proof is not None:
        return _phrases(ProofAttribution.objects.filter(proof=proof))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source, place, part FROM gate_attributions(%s, ARRAY(SELECT gate_wordings(%s)))",
            [article.pk, article.pk],
        )
        return {source: (place, part) for source, place, part in cursor.fetchall()}


def _phrases(rows: Any) -> dict[int, Phrase]:
    return {source: (place, part) for source, place, part in rows.values_list("source", "place", "part")}


def _said(wordings: list[Wording]) -> list[Confirmation]:
    """Every source's word that stands under these wordings or earlier ones of the same facts."""
    numbers = {wording.fact_id: wording.number for wording in wordings}
    found = (
        Confirmation.objects.filter(
            wording__fact__in=numbers, basis=Confirmation.Basis.SOURCE, source__isnull=False, taken_back=None
        )
        .select_related("source", "talk", "wording", "wording__fact")
        .order_by("pk")
    )
    return [each for each in found if each.wording.number <= numbers[each.wording.fact_id]]
