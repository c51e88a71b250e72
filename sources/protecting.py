"""Protecting somebody: of each name, number, handle and place that must never appear, its fingerprints are kept.

The words are seen here for a moment and kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from sources import fingerprinting, ordinary
from sources.models import ProtectedPerson, ProtectedTerm
from sources.spelling import LONGEST_NUMBER, LONGEST_WORDS, SHORTEST_NUMBER, Token, number, seen, tokens

if TYPE_CHECKING:
    from staff.models import User

LONGEST_TERM = 200
# What is done once terms are kept; the rooms that print things add to it.
once_protected: list[Callable[[], None]] = []


class TermRefused(Exception):
    """These words can't be known again in a text; the sentence says why and names none of them."""


@dataclass(frozen=True)
class TypedTerm:
    """One thing that must never appear, as somebody typed it. Every spelling in Latin letters is a name of its own.

    ``kind``: see ProtectedTerm.Kind; an address is a place, an e-mail address a handle.
    """

    kind: str
    words: str

    def __repr__(self) -> str:
        # No log or report of ours quotes it.
        return f"TypedTerm({self.kind})"


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a term. ``needs_company``: it is an ordinary word as well."""

    kind: str
    fingerprint: bytes
    needs_company: bool


def fingerprints(terms: Iterable[TypedTerm]) -> list[Fingerprint]:
    """What is kept of these words: one or several for each. Raises TermRefused. A number takes some 30 ms."""
    found: dict[tuple[str, bytes], Fingerprint] = {}
    for term in terms:
        for spelled, needs_company in _spellings(term):
            of = fingerprinting.of_number if term.kind == ProtectedTerm.Kind.NUMBER else fingerprinting.of_words
            made = Fingerprint(term.kind, of(spelled), needs_company)
            known = found.get((made.kind, made.fingerprint))
            if known is None or known.needs_company:
                found[made.kind, made.fingerprint] = made
    return list(found.values())


def counts_alone(kind: str, made: Iterable[Fingerprint]) -> bool:
    """Whether what is kept of a line is a finding by itself somewhere, and not beside another term of the person only.

    An account that is a word as well is known by the sign or the site before it.
    """
    return kind == ProtectedTerm.Kind.HANDLE or not all(each.needs_company for each in made)


@transaction.atomic
def protect(person: ProtectedPerson, made: Iterable[Fingerprint], *, by: User) -> None:
    """Keeps these fingerprints of a person, beside those already kept. Stories in the works are scanned anew for them.

    What waits to be printed is looked through at once; if that fails, the nightly scan does it and what was sealed stands.
    """
    ProtectedTerm.objects.bulk_create(
        (ProtectedTerm(person=person, **vars(fingerprint)) for fingerprint in made), ignore_conflicts=True
    )
    for look_through in once_protected:
        transaction.on_commit(look_through, robust=True)


def _spellings(term: TypedTerm) -> Iterator[tuple[str, bool]]:
    """Every spelling by which a term is known again, and whether it is an ordinary word."""
    if len(term.words) > LONGEST_TERM:
        raise TermRefused(
            _("One of the words to protect is longer than %d characters. Write it shorter.") % LONGEST_TERM
        )
    parts = tokens(seen(term.words))
    match term.kind:
        case ProtectedTerm.Kind.NUMBER:
            for one in _each_number(term.words):
                yield _number(one), False
        case ProtectedTerm.Kind.NAME:
            for one in _each_name(term.words):
                yield from _of_a_name(tokens(seen(one)))
        case ProtectedTerm.Kind.HANDLE:
            for one in (
                re.split(r"[,;、]|\s/\s", term.words)
                if re.search(r"\w.*(?:[,;、]|\s/\s).*\w", term.words)
                else [term.words]
            ):
                if one.strip() or one == term.words:
                    yield from _of_a_handle(one)
        case ProtectedTerm.Kind.PLACE:
            yield from _of_a_place(term.words, parts)
        case _:
            raise TermRefused(_("Say whether it is a name, a number, a handle or a place."))


def _number(words: str) -> str:
    digits = number("".join(c for c in seen(words) if c.isdigit()))
    if not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
        raise TermRefused(
            _(
                "A number to protect has %(least)d to %(most)d digits. Write a shorter one as a place or a handle, with what stands beside it."
            )
            % {"least": SHORTEST_NUMBER, "most": LONGEST_NUMBER}
        )
    return digits


def _of_a_name(parts: list[Token]) -> Iterator[tuple[str, bool]]:
    """A name in full, in either order, and without the surname. One in two scripts is two names."""
    for script in (0, 1, 2):
        of_it = [part for part in parts if part.in_syllables + part.is_hangul == script]
        if not of_it:
            continue
        whole = _joined(of_it)
        yield whole, ordinary.is_a_name(of_it)
        if script == 2:
            given = whole[ordinary.surname(whole) :]
            if given != whole and len(given) >= 2:
                yield given, True
        elif script == 0 and len(of_it) > 1:
            common = ordinary.is_a_name(of_it)
            words = [part.text for part in of_it]
            for first, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
                given = "".join(rest)
                yield (given + first)[:LONGEST_WORDS], common
                if len(given) >= 4:
                    yield given[:LONGEST_WORDS], True
    if not parts:
        raise TermRefused(_("A name to protect holds no letter that can be looked for."))


def _each_name(words: str) -> list[str]:
    """The names in one line, without notes about them: "김철수 (아버지)", "김철수, 김봉구", "Kim Chol-su / 김철수"."""
    named: list[tuple[str, list[Token]]] = []
    for one in re.split(r"[()（）\[\],，、/;|]", words):
        parts = tokens(seen(one))
        if parts and not (named and ordinary.is_a_note(parts)):
            named.append((one, parts))
    in_latin = [parts for _one, parts in named if not parts[0].in_syllables]
    if len(named) < 2 or (len(in_latin) == len(named) and any(len(parts) < 2 for parts in in_latin)):
        # One name, or "Kim, Chol-su".
        return [named[0][0]] if len(named) == 1 else [words]
    return [one for one, _parts in named]


def _each_number(words: str) -> list[str]:
    """The numbers in one line, where each of several is one by itself."""
    several = [one for one in re.split(r"[,，、/;|]", words) if one.strip()]
    whole = all(sum(c.isdigit() for c in seen(one)) >= SHORTEST_NUMBER for one in several)
    return several if several and whole else [words]


def _of_a_handle(words: str) -> Iterator[tuple[str, bool]]:
    """An account as it was typed; the account alone, where it was typed as a link or behind the name of its service."""
    words = words.strip()
    link = re.match(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+/(?:[^?#\s]*/)?([^/?#\s]+)", words)
    behind = re.fullmatch(r".*[\s:：]\s*(@?\S{4,})", words)
    of_it = [link[1]] if link else [words, behind[1]] if behind else [words]
    for one in of_it:
        parts = tokens(seen(one))
        yield _joined(parts), ordinary.is_a_handle(parts)
        name, at, _domain = one.partition("@")
        if name and at and tokens(seen(name)):
            before = tokens(seen(name))
            yield _joined(before), ordinary.is_a_handle(before)


def _of_a_place(words: str, parts: list[Token]) -> Iterator[tuple[str, bool]]:
    """A place in full, without what stands in brackets; with a number in it, also without the town or county before it."""
    yield _joined(parts), ordinary.is_a_place(parts)
    plain = tokens(seen(re.sub(r"[(（\[].*?[)）\]]", " ", words)))
    if plain and len(plain) != len(parts):
        yield _joined(plain), ordinary.is_a_place(plain)
    while len(plain) > 3 and plain[0].raw.endswith(("도", "시", "군", "구역")) and plain[0].is_hangul:
        plain = plain[1:]
        if any(part.text.isdigit() for part in plain):
            yield _joined(plain), ordinary.is_a_place(plain)


def _joined(parts: list[Token]) -> str:
    spelled = "".join(part.text for part in parts)[:LONGEST_WORDS]
    if len(spelled) < 2:
        raise TermRefused(
            _("One of the words to protect is too short to be looked for. Write it with what stands beside it.")
        )
    return spelled
