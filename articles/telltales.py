"""What in the words of a fact that few could know may have been planted to find who tells: a warning, never a rule.

Whoever suspects a leak gives each of those who could tell another figure, another wording, another name, and reads the
papers. So exact figures, the wording of orders and the names of officials are queried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from articles import claims_in_english, claims_in_korean
from articles.claims import QUOTED
from articles.figures_in_words import Figure, figures_in
from articles.models import Wording

# What tells the reader that a figure is rounded, before it or behind it.
ABOUT = re.compile(
    r"(?:about|around|nearly|almost|roughly|some|over|under|more than|less than|fewer than|up to|at least|or so|dozens|약|대략|거의"
    r"|가량|정도|안팎|남짓|쯤|이상|이하|넘[는은어게]|못 미치|수[십백천만])",
    re.IGNORECASE,
)
ORDER = re.compile(
    r"\b(?:orders?|ordered|directives?|decrees?|circulars?|instructions?|instructed|notices?|proclamations?|resolutions?|guidelines?|regulations?)\b"
    r"|지시|명령|방침|포고|지령|말씀|결정서|통보문|통지|하달|내려보|규정|세칙|제의서|지도서",
    re.IGNORECASE,
)
TITLED = re.compile(
    r"\b(?:secretary|director|chairm[ae]n|chief|commander|minister|manager|colonel|general|captain|officer|head of|deputy)\b"
    r"|비서|위원장|부위원장|국장|과장|부장|부부장|지배인|기사장|사령관|정치위원|보위부장|안전부장|상좌|중좌|소좌|대좌|소장|중장|지도원|인민반장",
    re.IGNORECASE,
)


class Telltale(TypedDict):
    """``why``: "figure", "order" or "name"; ``words``: the part of the text."""

    why: str
    words: str


def telltales_in(wording: Wording) -> list[Telltale]:
    """The telltales of a fact's statement and of the words of the story that state it."""
    korean = wording.fact.article.language == "ko"
    return telltales([wording.text, *(wording.passages or ())], korean=korean)


def telltales(texts: Iterable[str], *, korean: bool) -> list[Telltale]:
    """Those of some pieces of text, each once, in their order."""
    found: dict[tuple[str, str], None] = {}
    for text in texts:
        for figure in figures_in(text):
            if _is_exact(figure, text):
                found["figure", figure.text] = None
        if ORDER.search(text):
            for quoted in QUOTED.findall(text):
                if len(quoted) > 2:
                    found["order", quoted] = None
        names_somebody = (claims_in_korean if korean else claims_in_english).names_somebody
        if (title := TITLED.search(text)) and names_somebody(text):
            found["name", _around(text, title)] = None
    return [Telltale(why=why, words=words) for why, words in found]


def sentence_of(telltale: Telltale) -> str:
    """A telltale in the editor's words."""
    said = {
        "figure": _("The exact figure “%(words)s”."),
        "order": _("The wording of an order: %(words)s"),
        "name": _("An official is named: “%(words)s”."),
    }
    return said[telltale["why"]] % {"words": telltale["words"]}


def _is_exact(figure: Figure, text: str) -> bool:
    """Whether a figure is told to more than its first digit or two; a month, or a figure called rounded, is not exact."""
    numbers = [value for value in figure.values if isinstance(value, Decimal)]
    if not numbers:
        return False
    digits = min(len(str(abs(number)).replace(".", "").strip("0")) for number in numbers)
    if max(numbers) < 10 and digits == 1:
        return False
    if digits == 1:
        return False
    at = text.find(figure.text)
    around = text[max(0, at - 14) : at] + " " + text[at + len(figure.text) : at + len(figure.text) + 10]
    return digits > 2 or not ABOUT.search(around)


def _around(text: str, title: re.Match[str]) -> str:
    """A title with the words beside it."""
    before, after = text[: title.start()].split(), text[title.end() :].split(" ")
    return " ".join([*before[-3:], title[0] + after[0], *after[1:3]]).strip()
