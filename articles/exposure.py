"""What readers were shown of a source over the years, and the set of people that fits all of it together.

Harmless details, one in each story, together name a person. Read from the frozen phrases of what was printed
(``ProofAttribution``), in every edition and version, and from the sentences that rest on her word. What was pulled or
withdrawn counts: it was seen. What waits for its hour counts: it will be. What was stopped before its hour does not.

However many stories there are, the number of questions to the database stays the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from articles.closeness import CLOSE, HABIT
from articles.clues import Names, dates_in, media_in, trades_in
from articles.fitting import Fit, Ladder
from articles.models import Confirmation, Fact, Policy, Printing, ProofAttribution, ProofWording
from sources.models import SoonInPrint, Talk

if TYPE_CHECKING:
    from sources.models import Source

# By these she was there herself: a place that such a sentence names is where she may be looked for.
THERE = frozenset({Confirmation.How.SAW, Confirmation.How.TOOK_PART, Confirmation.How.SAID})


@dataclass(frozen=True)
class Seen:
    """One printed version that readers could see, and what it told of the source."""

    publication: UUID
    article: int
    # The story that this one is, or translates: its editions tell one thing.
    original: int
    headline: str
    language: str
    version: int
    at: dt.datetime
    # "in print", or why not: scheduled, superseded, pulled, withdrawn.
    state: str
    # Her phrase; None where the story rests on her and does not name her.
    place: int | None = None
    part: str = ""
    # What the sentences that rest on her word tell besides.
    named: frozenset[int] = frozenset()
    trades: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    # The words of a place and a role by which her sentences name who tells; the dates that stand in them.
    called: frozenset[str] = frozenset()
    dates: frozenset[tuple[dt.date, str]] = frozenset()
    # The talk behind it.
    talk: Talk | None = None

    @property
    def day(self) -> dt.date:
        return timezone.localtime(self.at).date()

    @property
    def followed_by(self) -> int | None:
        """Days from the talk to print. None where there was none, or its day is not kept."""
        day = day_of(self.talk) if self.talk else None
        return (self.day - day).days if day else None


@dataclass(frozen=True)
class Step:
    """A printed version with what is left after it: by her phrases alone, and with what the sentences tell."""

    seen: Seen
    fit: Fit
    read: Fit
    # Whether it told more than all before it.
    shrank: bool


@dataclass
class Exposure:
    """All that was printed of one source, oldest first."""

    source: Source
    ladder: Ladder
    floor: int
    seen: list[Seen] = field(default_factory=list)
    # In how many stories print followed closely, as they were printed: it stays when the days of the talks are gone.
    counted: int = 0

    @cached_property
    def steps(self) -> list[Step]:
        steps: list[Step] = []
        fit = read = Fit()
        for each in self.seen:
            before = (fit, read)
            fit = self.ladder.narrowed(fit, place=each.place, part=each.part)
            read = self.ladder.narrowed(read, place=each.place, part=each.part)
            for place in each.named:
                read = self.ladder.narrowed(read, place=place)
            for trade in each.trades:
                read = self.ladder.narrowed(read, part=trade)
            steps.append(Step(each, fit, read, shrank=(fit, read) != before))
        return steps

    @property
    def fit(self) -> Fit:
        """Whom her printed phrases fit, all of them together."""
        return self.steps[-1].fit if self.steps else Fit()

    @property
    def read(self) -> Fit:
        """Whom they fit for a reader who takes the places and trades of her sentences for hers."""
        return self.steps[-1].read if self.steps else Fit()

    @property
    def is_under(self) -> bool:
        return self.ladder.is_under(self.fit, self.floor)

    @property
    def reads_under(self) -> bool:
        return self.ladder.is_under(self.read, self.floor)

    def after(self, place: int, part: str) -> Fit:
        """What one more story with this phrase leaves."""
        return self.ladder.narrowed(self.fit, place=place, part=part)

    @property
    def followed(self) -> list[tuple[Seen, int]]:
        """Of each story the days by which its first print followed the talk, in the order of print."""
        first: dict[int, Seen] = {}
        for each in self.seen:
            first.setdefault(each.original, each)
        return [(each, days) for each in first.values() if (days := each.followed_by) is not None]

    @property
    def close(self) -> list[int]:
        """The days by which print followed closely."""
        return [days for _seen, days in self.followed if days <= CLOSE]

    @property
    def is_habit(self) -> bool:
        return self.times >= HABIT

    @property
    def times(self) -> int:
        """In how many stories print followed a talk closely, whether or not the days are still kept."""
        return max(len(self.close), self.counted)


def exposure_of(source: Source) -> Exposure:
    """The exposure of one source."""
    return exposures([source])[source.pk]


def exposures(sources: Iterable[Source], ladder: Ladder | None = None) -> dict[int, Exposure]:
    """The exposure of each source, by her key, for the same few questions as of one."""
    ladder = ladder or Ladder.read()
    policy = Policy.objects.in_force()
    floor = policy.anonymity_floor if policy else 0
    found = {source.pk: Exposure(source, ladder, floor) for source in sources}
    for key, number in SoonInPrint.objects.filter(source__in=found).values_list("source", "number"):
        found[key].counted = number
    if not found:
        return found
    heard = _Heard(found)
    phrases = _phrases(found)
    printed = list(_printed(set(heard.proofs) | {proof for proof, _source in phrases}))
    sentences = _sentences({row["proof_id"] for row in printed}, {fact for _source, fact in heard.said})
    names = {language: Names(ladder, language) for language in {row["publication__language"] for row in printed}}
    for row in printed:
        for key, exposure in found.items():
            facts = heard.facts_of(key, row)
            phrase = phrases.get((row["proof_id"], key))
            if not facts and phrase is None:
                continue
            language = row["publication__language"]
            told = _told(
                names[language],
                language,
                phrase,
                [each for each in sentences.get(row["proof_id"], ()) if each[0] & facts],
                facts & heard.there[key],
                heard.spoken,
                timezone.localtime(row["publication__go_live_at"]).date(),
            )
            exposure.seen.append(_seen(row, phrase, told, heard.talk_before(key, row)))
    return found


def day_of(talk: Talk) -> dt.date | None:
    """The day on which we spoke, as far as it is kept: a talk that faded tells its month, or nothing."""
    return talk.held_on if talk.date_kept == talk.Kept.DAY else None


# ----------------------------------------------------------------------------------------------------------------------
# What rests on her word
# ----------------------------------------------------------------------------------------------------------------------


class _Heard:
    """What these sources told us, and in which proofs it stands."""

    def __init__(self, sources: Iterable[int]) -> None:
        said = (
            Confirmation.objects.filter(source__in=sources)
            .annotate(fact=F("wording__fact"), number=F("wording__number"), kind=F("wording__kind"))
            .order_by("pk")
        )
        self.said: dict[tuple[Any, int], list[Any]] = defaultdict(list)
        # Facts whose sentences tell of her: where she was herself, or where she is printed as saying it.
        self.there: dict[Any, set[int]] = defaultdict(set)
        self.spoken: set[int] = set()
        for each in said:
            self.said[each.source_id, each.fact].append(each)
            if each.kind == Fact.Kind.STATEMENT:
                self.spoken.add(each.fact)
            if each.how in THERE or each.kind == Fact.Kind.STATEMENT:
                self.there[each.source_id].add(each.fact)
        facts = {fact for _source, fact in self.said}
        self.talks: dict[int, list[Talk]] = defaultdict(list)
        for talk in Talk.objects.filter(source__in=sources, date_kept=Talk.Kept.DAY):
            self.talks[talk.source_id].append(talk)
        self.proofs: dict[int, dict[int, int]] = defaultdict(dict)
        stated = ProofWording.objects.filter(wording__fact__in=facts, proof__printings__isnull=False)
        for proof, fact, number in stated.values_list("proof", "wording__fact", "wording__number"):
            self.proofs[proof][fact] = number

    def facts_of(self, source: int, row: dict[str, Any]) -> set[int]:
        """The facts of a printed version that rest on her word."""
        return {fact for fact in self.proofs.get(row["proof_id"], ()) if self._carrying(source, fact, row)}

    def talk_before(self, source: int, row: dict[str, Any]) -> Talk | None:
        """The last talk with her before a printed version, whatever it was about: a list of calls doesn't say."""
        printed = timezone.localtime(row["publication__go_live_at"]).date()
        dated = [(day, talk.pk, talk) for talk in self.talks[source] if (day := day_of(talk)) and day <= printed]
        return max(dated)[2] if dated else None

    def _carrying(self, source: int, fact: int, row: dict[str, Any]) -> list[Any]:
        """Her word for a fact, in the printed wording or an earlier one, recorded before it was printed."""
        number = self.proofs[row["proof_id"]][fact]
        return [
            each
            for each in self.said.get((source, fact), ())
            if each.number <= number and each.recorded_at <= row["at"]
        ]


# ----------------------------------------------------------------------------------------------------------------------
# What was printed
# ----------------------------------------------------------------------------------------------------------------------

# Keys of a place and a role; the facts of a sentence, its words, and its paragraph.
Phrase = tuple[int, str]
Sentence = tuple[set[int], str, str]


def _phrases(sources: Iterable[int]) -> dict[tuple[int, int], Phrase]:
    """Place and role by proof and source."""
    rows = ProofAttribution.objects.filter(source__in=sources, proof__printings__isnull=False)
    return {
        (proof, source): (place, part)
        for proof, source, place, part in rows.values_list("proof", "source", "place", "part")
    }


def _printed(proofs: set[int]) -> Iterable[dict[str, Any]]:
    """Every version printed from these proofs that readers saw or will see, oldest first.

    Not what somebody stopped before its hour, nor what waited for one and ends as it begins, because another version took
    its place.
    """
    hour = F("publication__go_live_at")
    return (
        Printing.objects.filter(proof__in=proofs)
        .exclude(Q(publication__pulled_at__lt=hour) | Q(publication__withdrawn_at__lt=hour))
        .exclude(publication__superseded_at__lte=hour, at__lt=hour)
        .order_by("publication__go_live_at", "publication__turn", "publication__version")
        .values(
            "proof_id",
            "article_id",
            "article__translation_of_id",
            "at",
            "publication_id",
            *(
                f"publication__{name}"
                for name in (
                    "headline",
                    "language",
                    "version",
                    "go_live_at",
                    "superseded_at",
                    "leaves_at",
                    "pulled_at",
                    "withdrawn_at",
                )
            ),
        )
    )


# The sentences in which one of the facts is stated, each with the whole paragraph, which may say elsewhere how we spoke;
# of other paragraphs nothing is read, or it would be a story of years.
_SENTENCES = """
SELECT id, facts, text, paragraph
  FROM (SELECT p.id, jsonb_agg(s.segment -> 'facts') AS facts, string_agg(s.segment ->> 'text', '' ORDER BY s.nr) AS text,
               bool_or(EXISTS (SELECT FROM jsonb_array_elements_text(s.segment -> 'facts') f (fact)
                                WHERE f.fact::bigint = ANY (%(facts)s))) AS is_hers,
               string_agg(string_agg(s.segment ->> 'text', '' ORDER BY s.nr), ' ')
                 OVER (PARTITION BY p.id, s.segment ->> 'place') AS paragraph
          FROM articles_proof p CROSS JOIN LATERAL jsonb_array_elements(p.coverage) WITH ORDINALITY s (segment, nr)
         WHERE p.id = ANY (%(proofs)s)
         GROUP BY p.id, s.segment ->> 'place', s.segment ->> 'n') each
 WHERE is_hers
"""


def _sentences(proofs: set[int], facts: set[int]) -> dict[int, list[Sentence]]:
    """By proof the sentences that state these facts: which ones, the words, and the paragraph around them."""
    found: dict[int, list[Sentence]] = defaultdict(list)
    if proofs and facts:
        with connection.cursor() as cursor:
            cursor.execute(_SENTENCES, {"proofs": list(proofs), "facts": list(facts)})
            for proof, stated, text, paragraph in cursor.fetchall():
                found[proof].append(({fact for run in json.loads(stated) for fact in run}, text, paragraph))
    return found


@dataclass(frozen=True)
class _Told:
    """What the sentences of a printed version tell of one source."""

    named: frozenset[int]
    trades: frozenset[str]
    media: frozenset[str]
    called: frozenset[str]
    dates: frozenset[tuple[dt.date, str]]


def _told(
    names: Names,
    language: str,
    phrase: Phrase | None,
    sentences: list[Sentence],
    facts: set[int],
    spoken: set[int],
    printed: dt.date,
) -> _Told:
    """What the sentences on her word tell: how we spoke and which days, whatever she was to it; of herself where she was.

    A place counts where it lies within the one that is printed of her: a trader in Hyesan may well tell of Chongjin.
    ``facts``: those of which she was there. ``spoken``: those that are printed as somebody's words. ``printed``: from
    which day "yesterday" is counted.
    """
    hers = [(stated & facts, text) for stated, text, _paragraph in sentences if stated & facts]
    places = {place for _stated, text in hers if (place := names.place_in(text)) is not None}
    within = {
        place
        for place in places
        if phrase is not None and place != phrase[0] and names.ladder.lies_in(place, phrase[0])
    }
    said = [text for stated, text in hers if stated & spoken]
    return _Told(
        frozenset(within),
        frozenset(trade for text in said for trade in trades_in(text, language)),
        frozenset(medium for text in {each[2] for each in sentences} for medium in media_in(text, language)),
        frozenset(words for _facts, text, _paragraph in sentences for words in names.called_in(text)),
        frozenset(date for _facts, text, _paragraph in sentences for date in dates_in(text, printed)),
    )


def _seen(row: dict[str, Any], phrase: Phrase | None, told: _Told, talk: Talk | None) -> Seen:
    return Seen(
        publication=row["publication_id"],
        article=row["article_id"],
        original=row["article__translation_of_id"] or row["article_id"],
        headline=row["publication__headline"],
        language=row["publication__language"],
        version=row["publication__version"],
        at=row["publication__go_live_at"],
        state=_state(row),
        place=phrase[0] if phrase else None,
        part=phrase[1] if phrase else "",
        named=told.named,
        trades=told.trades,
        media=told.media,
        called=told.called,
        dates=told.dates,
        talk=talk,
    )


def _state(row: dict[str, Any]) -> str:
    now = timezone.now()
    if row["publication__go_live_at"] > now:
        return "scheduled"
    if row["publication__withdrawn_at"]:
        return "withdrawn"
    if row["publication__pulled_at"] or (row["publication__leaves_at"] and row["publication__leaves_at"] <= now):
        return "pulled"
    if row["publication__superseded_at"] and row["publication__superseded_at"] <= now:
        return "superseded"
    return "in print"
