"""Cautions about a source's own words: dialect, and quotations so long that they carry her way of speaking."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from articles.cautions.found import Caution, Told
from articles.dialect import dialect_in
from articles.models import Fact
from articles.quoting import MARKS, QUOTED

# The most words that stand as somebody said them without a second thought; a Korean word holds its particles.
LONGEST = {"en": 15, "ko": 10}


class Quotation(NamedTuple):
    """Somebody's words as they are printed, and the facts that they state."""

    text: str
    facts: frozenset[int]


def own_words(told: Told) -> Iterator[Caution]:
    """Each quotation that could be hers: dialect in any of them, length in those that are printed as a source's."""
    for quotation in quotations(told):
        kinds = {told.wordings[fact].kind for fact in quotation.facts if fact in told.wordings}
        # A newspaper's words, or a decree's, are nobody's whom we protect.
        if kinds == {Fact.Kind.RECORD}:
            continue
        sources = told.speakers(quotation.facts)
        if word := dialect_in(quotation.text):
            words = {"word": word, "quotation": quotation.text}
            yield Caution("dialect_quoted", sources, words, subject=quotation.text)
        count = len(quotation.text.split())
        if Fact.Kind.STATEMENT in kinds and count > LONGEST[told.article.language]:
            length = {"number": count, "quotation": quotation.text}
            yield Caution("long_quotation", sources, length, subject=quotation.text)


def quotations(told: Told) -> Iterator[Quotation]:
    """The quotations of a story, also those of several sentences; a block that is set as one is one."""
    set_as_one = {f"block {nr}" for nr, block in enumerate(told.blocks, start=1) if block.startswith("<blockquote")}
    for place in dict.fromkeys(segment["place"] for segment in told.coverage):
        runs = [segment for segment in told.coverage if segment["place"] == place]
        text = "".join(run["text"] for run in runs)
        spans = [(0, len(text))] if place in set_as_one else [found.span() for found in QUOTED.finditer(text)]
        for start, end in spans:
            facts, at = set(), 0
            for run in runs:
                if at < end and at + len(run["text"]) > start:
                    facts |= set(run.get("facts") or ())
                at += len(run["text"])
            yield Quotation(text[start:end].strip(MARKS), frozenset(facts))
