"""A caution, and what a story tells of its sources: read once for all who look for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.bodies import blocks
from articles.exposure import Exposure, exposures
from articles.fitting import Ladder
from articles.models import Article, Confirmation, Proof, ProofAttribution, Wording
from articles.proofing import present_wordings
from sources.models import Source

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
    today: dt.date

    @classmethod
    def read(cls, article: Article, proof: Proof | None) -> Told:
        wordings = list(proof.wordings.all()) if proof else present_wordings(article)
        return cls(
            article=article,
            wordings={wording.fact_id: wording for wording in wordings},
            said=_said(wordings),
            phrases=phrases_of(article, proof),
            coverage=(proof.coverage if proof else article.coverage) or [],
            blocks=proof.blocks if proof else blocks(article.body),
            ladder=Ladder.read(),
            today=timezone.localdate(),
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

    def speakers(self, facts: Iterable[int]) -> tuple[Source, ...]:
        """On whose word these facts stand."""
        keys = {each.source.pk for each in self.said if each.source and each.wording.fact_id in set(facts)}
        return tuple(self.sources[key] for key in sorted(keys))


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
