"""The leak scan: finds protected names, numbers, handles and places in any text, without knowing one of them.

Each window of a text (``sources.windows``) is fingerprinted under the desk's key and looked up among the fingerprints that
were kept. What comes back says whose term stands in which place, never which word it is.

A scan is a way to ask. Its time depends on the text alone, and what is shown of a finding depends on who looks
(``articles.leaks``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sources import fingerprinting, ordinary
from sources.known_terms import Known, Terms, known_terms
from sources.models import ProtectedTerm
from sources.pieces import Piece, address, in_html
from sources.spelling import Token, seen, tokens
from sources.windows import numbers, run_together, windows

__all__ = ["Finding", "Piece", "address", "in_html", "scan"]

# Numbers of seven digits and more in what is scanned at once, after which it is kept back unscanned: each takes 30 ms.
MOST_NUMBERS = 150
# Characters between two ordinary words that keep one another company.
NEAR = 200
UNSCANNED = "unscanned"


class Finding(NamedTuple):
    """A protected term of somebody in a place of a text; of nobody, where a text was kept back ``UNSCANNED``."""

    place: str
    person: int | None
    kind: str


class _Hit(NamedTuple):
    term: Known
    start: int
    end: int
    ordinary: bool


def scan(pieces: Iterable[Piece], terms: Terms | None = None) -> list[Finding]:
    """What of these texts must not appear, place by place, each person's kind of term once a place.

    ``terms``: those to look for; all that are kept, unless a benchmark gives others.
    """
    terms = known_terms() if terms is None else terms
    read = [(piece, seen(piece.text)) for piece in pieces]
    looked_up: dict[str, tuple[Known, ...]] = {}
    for_numbers = {digits for _piece, text in read for digits, _start in numbers(text)}
    too_many = len(for_numbers) > MOST_NUMBERS
    by_number = {} if too_many else {digits: terms.get(fingerprinting.of_number(digits)) for digits in for_numbers}
    found: dict[Finding, None] = {}
    for piece, text in read:
        for hit in _in_words(text, piece.is_address, terms, looked_up):
            found[Finding(piece.place, hit.term.person, hit.term.kind)] = None
        for digits, _start in numbers(text):
            if too_many:
                found[Finding(piece.place, None, UNSCANNED)] = None
            for term in by_number.get(digits) or ():
                if term.kind == ProtectedTerm.Kind.NUMBER:
                    found[Finding(piece.place, term.person, term.kind)] = None
    return list(found)


def _in_words(
    text: str, is_address: bool, terms: Terms, looked_up: dict[str, tuple[Known, ...]]
) -> list[_Hit]:
    """The names, handles and places of a seen text that count."""
    of_words = fingerprinting.begun()
    nothing: tuple[Known, ...] = ()
    parts: list[Token] | None = None
    hits = []
    for spelled, stretches in windows(text).items():
        known = looked_up.get(spelled)
        if known is None:
            known = looked_up[spelled] = terms.get(of_words(spelled), nothing)
        for term in known:
            parts = parts or tokens(text)
            hits += (_hit(term, parts[first : last + 1], length, text) for first, last, length in stretches)
    if is_address:
        for spelled in run_together(text):
            hits += (_Hit(term, 0, 0, ordinary=False) for term in terms.get(of_words(spelled), nothing) if not term.needs_company)
    return list(_that_count(hits))


def _hit(term: Known, parts: list[Token], length: int, text: str) -> _Hit:
    end = parts[-1].start + length if parts[-1].in_syllables else parts[-1].end
    loose = term.needs_company or ordinary.reads_as_words(parts, length, text)
    return _Hit(term, parts[0].start, end, loose)


def _that_count(hits: list[_Hit]) -> Iterator[_Hit]:
    """All but ordinary words that stand without another term of the same person near by."""
    for hit in hits:
        if not hit.ordinary or any(
            other.term.person == hit.term.person
            and other.term.fingerprint != hit.term.fingerprint
            and (other.start >= hit.end and other.start - hit.end <= NEAR or hit.start >= other.end and hit.start - other.end <= NEAR)
            for other in hits
        ):
            yield hit
