"""The page on which one says what each sentence of a story states."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles import coverage
from articles.covering import Earlier, Sentence, earlier_like, sentences_in, state_of
from articles.models import Article, Context, Fact


@dataclass(frozen=True)
class Line:
    """One sentence as it stands on the page. ``marked_by``: who says that it is context."""

    sentence: Sentence
    state: str
    facts: list[tuple[int, Fact]]
    marked_by: str
    earlier: list[Earlier]

    @property
    def proposed(self) -> str:
        """What the sentence is offered as: the kind of fact that its words make it."""
        return "" if self.sentence.is_covered else self.sentence.claim or ""


@dataclass(frozen=True)
class Place:
    """A headline, a paragraph, a caption, with its sentences."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Sheet:
    """The whole page. ``facts``: those of the story with their numbers, for choosing among."""

    places: list[Place]
    facts: list[tuple[int, Fact]]
    counts: dict[str, int]
    unstated: list[tuple[int, Fact]]


def sheet_of(article: Article) -> Sheet:
    """The story as it stands, whatever was read of it before."""
    sentences = sentences_in(coverage.coverage_of(article))
    facts = list(enumerate(article.original.facts.standing().with_status().prefetch_related("wordings"), start=1))
    by_key = {fact.pk: (number, fact) for number, fact in facts}
    statuses = {fact.pk: fact.ruling or "" for _number, fact in facts}
    marked = {context.text: str(context.by) for context in Context.objects.filter(article=article).select_related("by")}
    open_ones = [s.text for s in sentences if not s.is_covered]
    earlier = earlier_like(open_ones, language=article.language, but=article) if open_ones else {}
    places: list[Place] = []
    counts = dict.fromkeys(("confirmed", "unconfirmed", "context", "uncovered"), 0)
    for sentence in sentences:
        state = state_of(sentence, statuses)
        counts[state] += 1
        name = name_of(sentence.place)
        if not places or places[-1].name != name:
            places.append(Place(name, []))
        places[-1].lines.append(
            Line(
                sentence,
                state,
                [by_key[fact] for fact in sentence.facts if fact in by_key],
                marked.get(sentence.text, ""),
                earlier.get(sentence.text, []),
            )
        )
    stated = {fact for sentence in sentences for fact in sentence.facts}
    return Sheet(places, facts, counts, [(n, fact) for n, fact in facts if fact.pk not in stated])


def outside_the_body(article: Article) -> dict[int, list[tuple[str, str]]]:
    """The sentences that state each fact in the headline, the standfirst or at a photo, as last read, with their place."""
    found: dict[int, list[tuple[str, str]]] = {}
    for segment in article.coverage or []:
        if not segment["place"].startswith("block"):
            for fact in segment["facts"]:
                found.setdefault(fact, []).append((name_of(segment["place"]), coverage.squeezed(segment["text"])))
    return found


def name_of(place: str) -> str:
    word, _space, number = place.partition(" ")
    return {
        "headline": _("Headline"),
        "standfirst": _("Standfirst"),
        "block": _("Paragraph %(number)s"),
        "caption": _("Caption of photo %(number)s"),
        "alt": _("Alternative text of photo %(number)s"),
    }[word] % {"number": number.removesuffix(".1")}
