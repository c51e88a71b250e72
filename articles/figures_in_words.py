"""The figures that a sentence names, and where those of two texts differ: a warning for whoever judges, never a rule.

Read as people write them in English and Korean: 2,900 · 2.9 · 2만 9천 · 이천구백 원 · 두 명 · twelve · 3 million · March.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.claims_in_korean import COUNTED
from photos.dates import MONTHS


class Figure(NamedTuple):
    """A figure as it is written, and what it may mean: 2.900 is a little less than three, or nearly three thousand.

    A month is none of the numbers: 3 March is not 3 April.
    """

    text: str
    values: frozenset[Decimal | str]


class Differing(NamedTuple):
    """The figures that one text names and the other does not, as they are written."""

    words: str
    fact: str

    @property
    def sentence(self) -> str:
        """The warning."""
        return _("The words say %(words)s, the fact says %(fact)s.") % self._asdict()


SMALL = {"십": 10, "백": 100, "천": 1000}
LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
DIGITS = {sign: number for number, sign in enumerate("일이삼사오육칠팔구", 1)}
NATIVE_TENS = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
NATIVE_ONES = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE = (
    {word: number for number, word in enumerate(NATIVE_ONES, 1)}
    | {"석": 3, "넉": 4, "스무": 20}
    | {word: 10 * number for number, word in enumerate(NATIVE_TENS, 1)}
    | {ten + one: 10 * t + o for t, ten in enumerate(NATIVE_TENS, 1) for o, one in enumerate(NATIVE_ONES, 1)}
)
ENGLISH = {
    word: number
    for number, word in enumerate(
        (
            *[
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
            ],
            *["sixteen", "seventeen", "eighteen", "nineteen"],
        ),
        1,
    )
} | {
    word: 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}

PLAIN = r"\d{1,3}(?:[,'’]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(PLAIN)
# A space that keeps figures together parts thousands; composing would make it one like any other.
KEEPING = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
# 2만 9천, 3만5000, 1억 2천만. 조 is a shift or an article as often as a trillion.
UNITS = r"(?:[십백천만억]|조(?= ?[원\d]))+"
KOREAN_FIGURE = re.compile(
    rf"(?:{PLAIN}) ?{UNITS}(?: ?(?:{PLAIN}) ?{UNITS})*(?: ?\d{{1,4}}(?![\d,.]|(?: ?[년월일시]))(?= ?{COUNTED}))?"
)
KOREAN_PIECE = re.compile(rf"({PLAIN}) ?({UNITS})?")
KOREAN_WORDS = re.compile(
    rf"(?<![가-힣\d])([일이삼사오육칠팔구]?[십백천만억][일이삼사오육칠팔구십백천만억]*)(?=여? ?{COUNTED})"
)
# The longest first: 열두 before 열.
KOREAN_NATIVE = re.compile(rf"(?<![가-힣])({'|'.join(sorted(NATIVE, key=len, reverse=True))})(?= ?{COUNTED})")
_WORD = "|".join(sorted([*ENGLISH, *SCALES], key=len, reverse=True))
ENGLISH_FIGURE = re.compile(
    rf"(?<![\w.])(?:(?:{PLAIN}) (?:{'|'.join(SCALES)})|(?:an? )?(?:{_WORD}))(?:(?: and |[ -])(?:{_WORD}))*(?!\w)",
    re.IGNORECASE,
)
KOREAN_MONTH = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])월")
# "may" is a month beside a figure or a word that leads to one.
ENGLISH_MONTH = re.compile(
    rf"(?<!\w)(?:{'|'.join(month for month in MONTHS if month != 'May')}"
    r"|(?:(?<=\d )|(?<=in )|(?<=of )|(?<=since )|(?<=until )|(?<=from )|(?<=by )|(?<=late )|(?<=early )|(?<=last ))May"
    r"|May(?= \d))(?!\w)"
)


def figures_in(text: str) -> list[Figure]:
    """Every figure that a text names, in its order."""
    composed = unicodedata.normalize("NFKC", KEEPING.sub(",", text))
    found: list[tuple[int, Figure]] = []
    readers: tuple[tuple[re.Pattern[str], Callable[[str], Sequence[Decimal | str]]], ...] = (
        (KOREAN_MONTH, lambda words: [f"month {int(words[:-1])}"]),
        (KOREAN_FIGURE, _korean),
        (ENGLISH_FIGURE, _english),
        (KOREAN_WORDS, _korean_words),
        (KOREAN_NATIVE, lambda words: [Decimal(NATIVE[words])]),
        (ENGLISH_MONTH, lambda words: [f"month {MONTHS.index(words) + 1}"]),
        (NUMBER, _plain),
    )
    for pattern, read in readers:
        for match in list(pattern.finditer(composed)):
            words = match[0].strip()
            values = frozenset(read(words))
            # "one" and "한" are articles more often than figures.
            if values - {Decimal(1)} or words[0].isdigit():
                found.append((match.start(), Figure(words, values)))
            composed = composed[: match.start()] + "\0" * len(match[0]) + composed[match.end() :]
    return [figure for _place, figure in sorted(found, key=lambda each: each[0])]


def differing(passages: Iterable[str], statement: str) -> Differing | None:
    """The figures on which a story's words and a fact disagree. None where one says no more than the other."""
    stated = figures_in(statement)
    words = [figure for passage in passages for figure in figures_in(passage)]
    ours, theirs = _missing(words, stated), _missing(stated, words)
    return Differing(", ".join(ours), ", ".join(theirs)) if ours and theirs else None


def _missing(here: list[Figure], there: list[Figure]) -> list[str]:
    return list(dict.fromkeys(f.text for f in here if not any(f.values & other.values for other in there)))


def _plain(words: str) -> list[Decimal]:
    bare = re.sub(r"[,'’]", "", words)
    if re.fullmatch(r"\d{1,3}\.\d{3}", bare):
        return [Decimal(bare), Decimal(bare.replace(".", ""))]
    return [Decimal(bare)]


def _korean(words: str) -> list[Decimal]:
    return [_summed((_plain(number)[0], units) for number, units in KOREAN_PIECE.findall(words))]


def _korean_words(words: str) -> list[Decimal]:
    pieces = re.findall(r"([일이삼사오육칠팔구]?)([십백천만억]?)", words)
    return [_summed((Decimal(DIGITS.get(digit, 1)), units) for digit, units in pieces if digit or units)]


def _summed(pieces: Iterable[tuple[Decimal, str]]) -> Decimal:
    """Numbers with what each is counted in, as one: (2, 만) (9, 천), or (2, 천) (7, 백) (1, 만)."""
    total = section = Decimal(0)
    for number, units in pieces:
        small = number
        for unit in units:
            if unit in SMALL:
                small *= SMALL[unit]
            else:
                # A large unit counts what stands before it; alone it stands for one of itself.
                whole = section if section and units[0] in LARGE and number == 1 else section + small
                total, section, small = total + whole * LARGE[unit], Decimal(0), Decimal(0)
        section += small
    return total + section


def _english(words: str) -> list[Decimal]:
    total = current = Decimal(0)
    for word in _english_words(words):
        if word[0].isdigit():
            current += _plain(word)[0]
        elif word in ENGLISH:
            current += ENGLISH[word]
        elif SCALES[word] <= 100:
            current = (current or Decimal(1)) * SCALES[word]
        else:
            total, current = total + (current or Decimal(1)) * SCALES[word], Decimal(0)
    return [total + current]


def _english_words(words: str) -> Iterator[str]:
    for word in re.split(r"[ -]", words.lower()):
        if word not in ("a", "an", "and"):
            yield word
