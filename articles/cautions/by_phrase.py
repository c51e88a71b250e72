"""Cautions about the phrases for the sources: two who share one, one who has two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from django.db.models import Q

from articles.cautions.found import Caution, Phrase, Told, phrases_of
from articles.models import Article, ProofAttribution
from sources.attributions import attribution
from sources.models import Place


def one_phrase_for_two(told: Told) -> Iterator[Caution]:
    """Two people under one phrase: to the reader they are one, of whom twice as much is known. A whole country hides both."""
    by_phrase: dict[Phrase, list[int]] = defaultdict(list)
    for source, phrase in told.phrases.items():
        if told.ladder.places[phrase[0]].kind != Place.Kind.COUNTRY:
            by_phrase[phrase].append(source)
    for (place, part), sources in by_phrase.items():
        if len(sources) > 1:
            yield Caution(
                "two_sources_one_attribution",
                tuple(told.sources[key] for key in sorted(sources)),
                {"phrase": attribution(part, told.ladder.places[place], told.article.language)},
                subject=f"{place} {part}",
            )


def two_phrases_for_one(told: Told) -> Iterator[Caution]:
    """One person under two phrases in one story, whichever its editions and versions: a reader of both has both."""
    elsewhere = _elsewhere(told)
    for source, phrase in told.phrases.items():
        for (other, language), (place, part) in sorted(elsewhere[source].items()):
            if (place, part) == phrase:
                continue
            yield Caution(
                "one_source_two_attributions",
                (told.sources[source],),
                {
                    "phrase": attribution(phrase[1], told.ladder.places[phrase[0]], told.article.language),
                    "other": attribution(part, told.ladder.places[place], language),
                    "language": language,
                    "is_printed": other == told.article.pk,
                },
                subject=f"{phrase} {other} {place} {part}",
            )


def typed_for_two(told: Told) -> Iterator[Caution]:
    """Two people whom the text itself calls by one phrase, each in sentences that rest on her alone."""
    by_phrase: dict[Phrase, set[int]] = defaultdict(set)
    for source, typed in told.typed.items():
        for phrase in typed:
            by_phrase[phrase].add(source)
    for phrase, sources in by_phrase.items():
        # Whom it was chosen for is called so by right.
        sources |= {source for source, chosen in told.phrases.items() if chosen == phrase}
        chosen = {told.phrases.get(source) for source in sources}
        if len(sources) > 1 and chosen != {phrase} and told.ladder.places[phrase[0]].kind != Place.Kind.COUNTRY:
            yield Caution(
                "two_sources_one_attribution",
                tuple(told.sources[key] for key in sorted(sources)),
                {"phrase": next(told.typed[key][phrase] for key in sorted(sources) if phrase in told.typed[key])},
                subject=f"typed {phrase}",
            )


def typed_beside(told: Told) -> Iterator[Caution]:
    """One person whom the text calls by several phrases: two that were typed, or one beside the chosen one."""
    for source, typed in told.typed.items():
        words = {phrase: text for phrase, text in typed.items() if phrase != told.phrases.get(source)}
        if source in told.phrases:
            place, part = told.phrases[source]
            first = attribution(part, told.ladder.places[place], told.article.language)
        elif len(words) > 1:
            first = words.pop(next(iter(words)))
        else:
            continue
        for phrase, other in words.items():
            yield Caution(
                "one_source_two_attributions",
                (told.sources[source],),
                {"phrase": first, "other": other, "is_typed": True, "language": told.article.language},
                subject=f"typed {phrase}",
            )


def _elsewhere(told: Told) -> dict[int, dict[tuple[int, str], Phrase]]:
    """By source every other phrase of hers: as it was printed in any edition, last of each, or stands in another one."""
    original = told.article.translation_of_id or told.article.pk
    family = {a.pk: a for a in Article.objects.filter(Q(pk=original) | Q(translation_of=original))}
    found: dict[int, dict[tuple[int, str], Phrase]] = defaultdict(dict)
    printed = ProofAttribution.objects.filter(
        proof__article__in=family, proof__printings__isnull=False, source__in=told.phrases
    ).order_by("pk")
    rows = printed.values_list("proof__article", "source", "place", "part")
    standing = (
        (article.pk, source, *phrase)
        for article in family.values()
        if article.pk != told.article.pk
        for source, phrase in phrases_of(article).items()
    )
    for article, source, place, part in chain(rows, standing):
        if (place, part) != told.phrases.get(source):
            found[source][article, family[article].language] = (place, part)
    return found
