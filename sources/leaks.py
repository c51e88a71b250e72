"""The leak scan: finds protected names, numbers, handles and places in any text, without knowing one of them.

Each window of a text (``sources.windows``) is fingerprinted under the desk's key and looked up among the fingerprints that
were kept. What comes back says whose term stands in which place, never which word it is.

A scan is a way to ask. Its time depends on the text alone, and what is shown of a finding depends on who looks
(``articles.leaks``).
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from sources import fingerprinting, ordinary
from sources.known_terms import Known, Terms, known_terms
from sources.pieces import Piece, address, in_html
from sources.spelling import ONE_IN_A_WORD, Token, seen, tokens
from sources.windows import inside, numbers, run_together, windows

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
    spelled: str
    start: int
    end: int
    ordinary: bool


# What was found in a piece before, by a fingerprint of its words: a story of forty paragraphs is saved for one of them.
_MOST_REMEMBERED = 4000
_remembered: OrderedDict[bytes, tuple[tuple[int, str], ...]] = OrderedDict()
_of_this_process = secrets.token_bytes(32)


def scan(pieces: Iterable[Piece], terms: Terms | None = None) -> list[Finding]:
    """What of these texts must not appear, place by place, each person's kind of term once a place.

    ``terms``: those to look for; all that are kept, unless a benchmark gives others.
    """
    terms, version = known_terms() if terms is None else (terms, None)
    found: dict[Finding, None] = {}
    unread: list[tuple[Piece, bytes | None, str]] = []
    for piece in pieces:
        key = _key(piece, version) if version is not None else None
        known = _remembered.get(key) if key else None
        if known is None:
            unread.append((piece, key, seen(piece.text)))
        for person, kind in known or ():
            found[Finding(piece.place, person, kind)] = None
    spelled = {digits for _piece, _key, text in unread for digits in numbers(text)}
    if len(spelled) > MOST_NUMBERS:
        found |= {Finding(piece.place, None, UNSCANNED): None for piece, _key, text in unread if any(numbers(text))}
        spelled, unread = set(), [(piece, None, text) for piece, _key, text in unread]
    by_number = {digits: terms.get(fingerprinting.of_number(digits), ()) for digits in spelled}
    looked_up: dict[str, tuple[Known, ...]] = {}
    for piece, key, text in unread:
        hits = [hit.term for hit in _in_words(text, piece.is_address, terms, looked_up)]
        hits += (term for digits in numbers(text) for term in by_number.get(digits, ()))
        people = tuple(dict.fromkeys((term.person, term.kind) for term in hits))
        found |= {Finding(piece.place, person, kind): None for person, kind in people}
        if key:
            _remember(key, people)
    return list(found)


def _key(piece: Piece, version: object) -> bytes:
    """A fingerprint of a piece's words and of the terms that were looked for, good in this process alone."""
    written = f"{version} {piece.is_address} {piece.text}".encode(errors="surrogatepass")
    return hmac.digest(_of_this_process, written, "sha256")


def _remember(key: bytes, people: tuple[tuple[int, str], ...]) -> None:
    _remembered[key] = people
    while len(_remembered) > _MOST_REMEMBERED:
        _remembered.popitem(last=False)


def _in_words(text: str, is_address: bool, terms: Terms, looked_up: dict[str, tuple[Known, ...]]) -> list[_Hit]:
    """The names, handles and places of a seen text that count."""
    of_words = fingerprinting.begun()
    hits: list[_Hit] = []

    def known_as(spelled: str) -> tuple[Known, ...]:
        known = looked_up.get(spelled)
        if known is None:
            known = looked_up[spelled] = terms.get(of_words(spelled), ())
        return known

    for one in "li" if ONE_IN_A_WORD.search(text) else "l":
        parts = tokens(text, one)
        for spelled, stretches in windows(text, parts).items():
            for term in known_as(spelled):
                hits += (
                    _hit(term, spelled, parts[first : last + 1], length, text) for first, last, length in stretches
                )
    for spelled, which, start in inside(parts):
        for term in known_as(spelled):
            run = parts[which]
            if term.kind != "name" or ordinary.stands_inside_a_word(run.raw, start, len(spelled)):
                continue
            begin = run.start + start
            hits.append(_Hit(term, spelled, begin, begin + len(spelled), ordinary=term.needs_company))
    if is_address:
        for spelled in run_together(text):
            hits += (
                _Hit(term, spelled, 0, 0, ordinary=False)
                for term in terms.get(of_words(spelled), ())
                if not term.needs_company
            )
    return list(_that_count(hits))


def _hit(term: Known, spelled: str, parts: list[Token], length: int, text: str) -> _Hit:
    end = parts[-1].start + length if parts[-1].in_syllables else parts[-1].end
    start = parts[0].start
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    if ordinary.stands_for_somebody(term.kind, text, start, end) or (
        term.kind == "handle" and ordinary.is_joined_as_a_handle(gaps)
    ):
        loose = False
    elif term.kind == "place" and not term.needs_company and spelled[-1:].isdigit() and len(parts) == 2:
        # A house and its number, which read as words do.
        loose = not re.fullmatch(r"[\s\-#.]*", gaps[0])
    else:
        loose = term.needs_company or ordinary.reads_as_words(parts, length, text)
    return _Hit(term, spelled, start, end, loose)


def _that_count(hits: list[_Hit]) -> Iterator[_Hit]:
    """All but ordinary words that stand without another term of the same person near by."""
    for hit in hits:
        if not hit.ordinary or any(_keep_company(hit, other) for other in hits):
            yield hit


def _keep_company(one: _Hit, other: _Hit) -> bool:
    """Whether two ordinary words point at one person together. A given name and the name that it is part of do not."""
    if one.term.person != other.term.person or one.spelled in other.spelled or other.spelled in one.spelled:
        return False
    first, second = sorted((one, other), key=lambda hit: hit.start)
    return first.end <= second.start <= first.end + NEAR
