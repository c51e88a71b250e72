"""Whether a sentence claims something: then it has to be stated as a fact, and can't be mere context.

Rules of words, not of meaning: a figure, a date or hour, a name, somebody's words, a published record, harm done to
somebody or an office given and taken. They lean towards finding a claim: one too many costs a reporter a moment, one too
few lets an unconfirmed thing into print. What they can't know is an allegation in words of every day, and a Korean name
of an unusual shape that stands without a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Literal

from articles import claims_in_english, claims_in_korean
from articles.sentences import Language

Kind = Literal["event", "statement", "record"]
Why = Literal["figure", "date", "name", "telling", "record", "harm"]

MARKS = re.compile(r"[“”\"]")
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
# “Rice!” the boys cried: a mark that seldom stands at the end of a mere expression.
SPOKEN = re.compile(r"[,!?][”\"]")
# The number of a list's item is no figure.
ITEM = re.compile(r"\(?\d{1,3}[.)]\s")


@dataclass(frozen=True)
class Claim:
    """What a sentence claims: the kind of fact to propose (a value of ``Fact.Kind``), and what gave it away."""

    kind: Kind
    why: Why


SAID = Claim("statement", "telling")


def claims_in(
    block: Sequence[str], language: Language, *, names: frozenset[str] = frozenset(), quoted: bool = False
) -> list[Claim | None]:
    """The claim of each sentence of a block; in the midst of a quotation each is somebody's words, marks or none.

    ``quoted``: the block is set as a quotation.
    """
    claims: list[Claim | None] = []
    within = False
    for sentence in block:
        claim = claim_in(sentence, language, names=names)
        claims.append(SAID if (quoted or within) and (claim is None or claim.kind != "record") else claim)
        for mark in MARKS.findall(sentence):
            within = mark == "“" or (mark == '"' and not within)
    return claims


def claim_in(sentence: str, language: Language, *, names: frozenset[str] = frozenset()) -> Claim | None:
    """The claim in a sentence, or None where it may be context. ``names``: places and others that the desk knows."""
    words = claims_in_korean if language == "ko" else claims_in_english
    sentence = sentence.strip()
    if item := ITEM.match(sentence):
        sentence = sentence[item.end() :]
    outside = QUOTED.sub("“”", sentence)
    if words.rests_on_a_record(outside):
        return Claim("record", "record")
    if words.tells(outside) or _is_said(sentence, least=words.WORDS_OF_A_QUOTATION):
        return SAID
    if claim := _of_an_event(sentence, words, names):
        if words.SPEAKER.search(outside):
            return SAID
        return Claim("record", "record") if words.DOCUMENT.search(outside) else claim
    return None


def _of_an_event(sentence: str, words: ModuleType, names: frozenset[str]) -> Claim | None:
    if words.FIGURE.search(sentence):
        return Claim("event", "figure")
    if words.DATE.search(sentence):
        return Claim("event", "date")
    known = _known(names, words.KNOWN_NAME) if names else None
    if words.names_somebody(sentence) or (known and known.search(sentence)):
        return Claim("event", "name")
    return Claim("event", "harm") if words.alleges(sentence) else None


def _is_said(sentence: str, *, least: int) -> bool:
    """Whether the sentence is, or holds, somebody's words: more than a word or two in marks."""
    if sentence.count("“") != sentence.count("”") or sentence.count('"') % 2 or SPOKEN.search(sentence):
        return True
    quoted: list[str] = QUOTED.findall(sentence)
    return any(len(words.split()) >= least for words in quoted) or (bool(quoted) and quoted[0] == sentence)


@lru_cache(maxsize=8)
def _known(names: frozenset[str], shape: str) -> re.Pattern[str]:
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile(shape % "|".join(map(re.escape, longest_first)) if longest_first else r"(?!)")
