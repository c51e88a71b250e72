"""How the words of a story name its sources: each place and role beside a verb of telling, held against what was chosen.

An attribution is composed (``sources.attributions``), but nothing keeps a writer from typing another. Here every phrase of
a place and a role is found in the sentences that pass on somebody's words, and held against the attributions of the
sources on whose word that sentence stands. What is narrower blocks; where nobody can tell whose words they are, an editor
is shown the sentence before she signs. Rules of words, as in ``articles.claims``: they lean towards finding too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import connection
from django.utils.translation import gettext as _

from articles import claims_in_korean, who_speaks
from articles.claims import MARKS, QUOTED, claims_in
from articles.coverage import coverage_of, squeezed
from articles.models import Article, Policy, Proof
from articles.naming_words import GENERAL, Map, Phrase, phrases_in, unknown_roles
from articles.sentences import Language, sentences
from reader.models import Publication
from sources.models import Place

if TYPE_CHECKING:
    from uuid import UUID

    from articles.coverage import Segment


class Finding(TypedDict):
    """A phrase that names a source in other words than may be printed. ``warns``: it keeps nothing back.

    ``place``: as coverage names it ("block 3"). ``why``: "narrower", "whose" or "few".
    """

    place: str
    words: str
    why: str
    warns: bool


@dataclass(frozen=True)
class Chosen:
    """How a story names one source: a place with all in which it lies, and a role."""

    ladder: frozenset[int]
    part: str

    def allows(self, phrase: Phrase) -> bool:
        """Whether the phrase says no more of her: as wide a place, as general a role."""
        return phrase.role in ("source", self.part) and all(
            any(place in self.ladder for place in places) for places in phrase.places
        )


@dataclass(frozen=True)
class Told:
    """One sentence, and the facts that it states; None where nobody has said which."""

    place: str
    text: str
    facts: frozenset[int] | None
    tells: bool


def attributions(proof: Proof) -> list[Finding]:
    """The check of a proof: what it prints of its sources that was not chosen for them."""
    language: Language = "ko" if proof.language == "ko" else "en"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_id, place_id, part FROM articles_proofattribution WHERE proof_id = %s", [proof.pk]
        )
        named = cursor.fetchall()
        wordings = list(proof.wordings.values_list("pk", flat=True))
    printed = _printed(proof)
    told = list(_told(proof.coverage, language))
    read = {place: "".join(text for _place, text in group) for place, group in _joined(proof.coverage)}
    for place, words in printed.items():
        if squeezed(read.get(place, "")) != squeezed(words):
            # What nobody has read is read here, as if it stood on every source of the story.
            told = [sentence for sentence in told if sentence.place != place]
            told += [Told(place, text, None, True) for text in sentences(words, language)]
    chosen = _chosen(named)
    credits = [figure["credit"] for figure in proof.figures]
    corrections = [correction["text"] for correction in proof.corrections]
    aside = _beside(proof.story, language, proof.dateline, proof.slug, credits, corrections)
    return findings(told, language, chosen, _stands_on(wordings)) + _found_beside(aside, language, chosen)


def in_working_copy(article: Article) -> list[Finding]:
    """The same of a story as it stands on the desk."""
    language: Language = "ko" if article.language == "ko" else "en"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ARRAY(SELECT gate_wordings(%s))", [article.pk])
        (wordings,) = cursor.fetchone()
        cursor.execute("SELECT source, place, part FROM gate_attributions(%s, %s)", [article.pk, wordings])
        named = cursor.fetchall()
    chosen = _chosen(named)
    figures = article.figures.select_related("photo", "photo_beside")
    credits = [p.credit(article.language) for f in figures for p in (f.photo, f.photo_beside) if p]
    corrections = list(article.corrections.values_list("text", flat=True))
    aside = _beside(article.story, language, article.dateline, article.slug, credits, corrections)
    told = _told(coverage_of(article), language)
    return findings(told, language, chosen, _stands_on(wordings)) + _found_beside(aside, language, chosen)


def findings(
    told: Iterable[Told],
    language: Language,
    chosen: Mapping[int, Chosen],
    stands_on: Mapping[int, frozenset[int]],
) -> list[Finding]:
    """What the sentences say of sources beyond what was chosen. ``stands_on``: of each fact the keys of its sources."""
    places = Map.of(Place.objects.all())
    policy = Policy.objects.in_force()
    floor = policy.anonymity_floor if policy else 0
    found: list[Finding] = []
    for sentence in told:
        # Of what she herself says nothing is an attribution.
        outside = _unquoted(places.read(sentence.text))
        phrases = phrases_in(outside, language, places)
        describes = who_speaks.describes(outside, language)
        asked = None if describes and not sentence.facts else sentence.facts
        whose = set(chosen) if asked is None else {s for f in asked for s in stands_on.get(f, ())}
        hers = [chosen[source] for source in whose if source in chosen]
        # What is said of the one who tells is held against what she allows, each word by itself; what is told of others
        # is not, where she is named besides.
        said_of_her = _of_her(outside, phrases, language, places) if (sentence.tells or describes) and hers else []
        fitting = [phrase for phrase in phrases if any(each.allows(phrase) for each in hers)]
        found += [
            Finding(place=sentence.place, words=phrase.words, why="narrower", warns=False)
            for phrase in _once(said_of_her)
            if _says_something(phrase) and not any(each.allows(phrase) for each in hers)
        ]
        for phrase in phrases:
            if phrase in fitting or any(phrase.at == other.at for other in said_of_her):
                continue
            if sentence.tells and hers and not said_of_her and not fitting and _says_something(phrase):
                found.append(Finding(place=sentence.place, words=phrase.words, why="narrower", warns=False))
            elif places.fits_fewer(phrase, floor, tells=not fitting):
                found.append(Finding(place=sentence.place, words=phrase.words, why="few", warns=True))
            elif sentence.tells and not hers and phrase.places:
                found.append(Finding(place=sentence.place, words=phrase.words, why="whose", warns=True))
    return found


@dataclass(frozen=True)
class Beside:
    """Words that are printed beside the text and that no fact is asked for. ``names``: whoever they name is named for it."""

    place: str
    text: str
    names: bool
    is_printed: bool = False


def _beside(
    story: UUID, language: Language, dateline: str, slug: str, credits: list[str], corrections: list[str]
) -> list[Beside]:
    """What is in readers' hands already, and can't be changed, is not kept back for it."""
    printed = list(Publication.objects.filter(story=story).values_list("slug", "corrections"))
    known = {each["text"] for _slug, found in printed for each in found}
    address = slug.replace("-", " ")
    return [
        Beside("dateline", dateline, True),
        Beside("slug", address, _tells(address, language), any(slug == each for each, _found in printed)),
        *(Beside(f"credit {n}", text, True) for n, text in enumerate(credits, start=1)),
        *(Beside(f"correction {n}", text, True, text in known) for n, text in enumerate(corrections, start=1)),
    ]


def _found_beside(aside: list[Beside], language: Language, chosen: Mapping[int, Chosen]) -> list[Finding]:
    """A place and a role beside the text that no source of the story allows keep it back; one of the two is shown."""
    places = Map.of(Place.objects.all())
    found: list[Finding] = []
    for each in aside:
        text = places.read(each.text)
        where = places.named_in(text, language)
        phrases = phrases_in(text, language, places)
        for phrase in phrases:
            said = replace(phrase, places=phrase.places or tuple(dict.fromkeys(where)))
            if not chosen or any(hers.allows(said) for hers in chosen.values()) or not _says_something(said):
                continue
            warns = each.is_printed or not each.names or not said.places
            found.append(
                Finding(place=each.place, words=phrase.words, why="beside" if warns else "narrower", warns=warns)
            )
        if not phrases and where and chosen and not any(_lies_on(where, hers) for hers in chosen.values()):
            found.append(Finding(place=each.place, words=each.text, why="beside", warns=True))
    return found


def _lies_on(where: list[frozenset[int]], hers: Chosen) -> bool:
    return all(any(place in hers.ladder for place in places) for places in where)


def _tells(text: str, language: Language) -> bool:
    if language == "ko":
        return claims_in_korean.tells(text)
    return bool(who_speaks.TELLING.search(text) or who_speaks.BY.search(text))


def _says_something(phrase: Phrase) -> bool:
    """Whether it tells her from others: any place or general role does, and a role that few have; not that she is a woman."""
    return bool(phrase.places) or phrase.role != "other" or not GENERAL.match(phrase.said)


def _of_her(text: str, phrases: list[Phrase], language: Language, places: Map) -> list[Phrase]:
    """All that a sentence says of the one who tells. Her places stand with each of her roles that names none."""
    found: list[Phrase] = []
    for start, end in who_speaks.spans(text, language):
        here = [phrase for phrase in phrases if start <= phrase.at < end]
        stretch = text[start:end]
        others = [
            *(Phrase(m[0].strip(), (), "other", start + m.start(), m[0]) for m in who_speaks.AGE.finditer(stretch))
        ]
        others += unknown_roles(stretch, language, places, start, known=bool(here))
        where = tuple(dict.fromkeys(places.named_in(stretch, language)))
        if not here and not others:
            continue
        loose = tuple(place for place in where if not any(place in phrase.places for phrase in here))
        # In Korean what the sentence is about may stand before her: 혜산 장마당 쌀값을 묻자 회령시 주민은 ….
        more = loose if language == "en" else ()
        found += [replace(phrase, places=phrase.places + more or where) for phrase in (*here, *others)]
    return found


def _once(phrases: list[Phrase]) -> list[Phrase]:
    return list({(phrase.at, phrase.words): phrase for phrase in phrases}.values())


def sentence_of(finding: Finding | Any) -> str:
    """A finding in the editor's words."""
    where = _place_words(finding["place"])
    said = {
        "narrower": _(
            "%(where)s: “%(words)s” says more of a source than was chosen for this story. Use the words that stand ready under "
            "“How the sources are named”, or choose others there."
        ),
        "few": _("%(where)s: “%(words)s” fits few people. Make sure that it names none of our sources."),
        "beside": _(
            "%(where)s: “%(words)s” says more than any source of this story is named by. Make sure that it points at none of them."
        ),
        "whose": _(
            "%(where)s: “%(words)s” is said to tell this, and no source carries that sentence. Whose words are they?"
        ),
    }
    return said[finding["why"]] % {"where": where, "words": finding["words"]}


def _place_words(place: str) -> str:
    kind, _space, number = place.partition(" ")
    names = {
        "headline": _("Headline"),
        "standfirst": _("Standfirst"),
        "block": _("Paragraph %(number)s"),
        "caption": _("Caption %(number)s"),
        "alt": _("Alternative text %(number)s"),
        "dateline": _("Dateline"),
        "slug": _("Address"),
        "credit": _("Credit %(number)s"),
        "correction": _("Correction %(number)s"),
    }
    return names[kind] % {"number": number} if number else names[kind]


def _chosen(named: Iterable[tuple[int, int, str]]) -> dict[int, Chosen]:
    parents = dict(Place.objects.values_list("pk", "parent"))
    chosen = {}
    for source, place, part in named:
        rungs: set[int] = set()
        at: int | None = place
        while at is not None and at not in rungs:
            rungs.add(at)
            at = parents.get(at)
        chosen[source] = Chosen(frozenset(rungs), part)
    return chosen


def _stands_on(wordings: list[int]) -> dict[int, frozenset[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.fact_id, array_agg(DISTINCT c.source_id) FROM articles_wording w"
            " CROSS JOIN LATERAL gate_standing_confirmations(w.id) c"
            " WHERE w.id = ANY (%s) AND c.source_id IS NOT NULL GROUP BY w.fact_id",
            [wordings],
        )
        return {fact: frozenset(sources) for fact, sources in cursor.fetchall()}


def _printed(proof: Proof) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.place, w.words FROM articles_proof p, gate_words(to_jsonb(p)) w WHERE p.id = %s", [proof.pk]
        )
        return {place: words or "" for place, words in cursor.fetchall()}


def _joined(coverage: list[Segment]) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    yield from groupby(((segment["place"], segment["text"]) for segment in coverage), lambda pair: pair[0])


def _told(coverage: list[Segment], language: Language) -> Iterator[Told]:
    """The sentences of a coverage, each with what it states and whether it passes on words."""
    for place, of_place in groupby(coverage, lambda segment: segment["place"]):
        pieces = [list(group) for _n, group in groupby(of_place, lambda segment: segment["n"])]
        texts = [squeezed("".join(piece["text"] for piece in group)) for group in pieces]
        claims = claims_in(texts, language)
        for group, text, claim in zip(pieces, texts, claims, strict=True):
            kinds = {piece["claim"] for piece in group} | {claim.kind if claim else None}
            facts = frozenset(fact for piece in group for fact in (piece.get("facts") or ()))
            yield Told(place, text, facts, "statement" in kinds)


def _unquoted(text: str) -> str:
    """The sentence without what stands in quotation marks; a mark that opens or closes elsewhere takes its side along."""
    outside = QUOTED.sub("“”", text)
    if outside.count("“") > outside.count("”"):
        outside = outside[: outside.rindex("“") + 1]
    elif outside.count("”") > outside.count("“"):
        outside = outside[outside.index("”") :]
    return MARKS.sub(" ", outside) if outside.count('"') % 2 else outside
