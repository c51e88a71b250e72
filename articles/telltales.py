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

from articles import claims_in_english, claims_in_korean, names_in_korean
from articles.figures_in_words import Figure, figures_in
from articles.models import Wording
from articles.names_of_places import names_of_places
from articles.sentences import Language, sentences
from sources.models import Place

# What tells the reader that a figure is rounded, before it or behind it.
ABOUT = re.compile(
    r"(?:about|around|nearly|almost|roughly|some|over|under|more than|less than|fewer than|up to|at least|or so|dozens|약|대략|거의"
    r"|가량|정도|안팎|남짓|쯤|이상|이하|넘[는은어게]|못 미치|수[십백천만])",
    re.IGNORECASE,
)
ORDER = re.compile(
    r"(?<!\bin )\b(?:orders?|ordered|ordering|directives?|directed|decrees?|decreed|circulars?|instructions?|instruct(?:s|ed|ing)|notices?|proclamations?|resolutions?"
    r"|guidelines?|regulations?|commands?|commanded|demand(?:s|ed) that|call(?:s|ed) on|forbids?|forbade|forbidden|bann?ed|told to)\b"
    r"|지시|명령|방침|포고|포치|지령|말씀|결정서|통보문|통지|하달|내려보|규정|세칙|제의서|지도서|호령|훈령|시달|금지",
    re.IGNORECASE,
)
# Marks of every kind: a title of an order stands in 《 》, somebody's words in ‘ ’.
MARKED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*(?:(?<=\w)’(?=\w)[^‘’]*)*’|(?<!\w)'[^']+'(?!\w)|《[^》]*》|〈[^〉]*〉|「[^」]*」|『[^』]*』|«[^»]*»"
)
TITLED = re.compile(
    r"\b(?:secretary|director|chairm[ae]n|chief|commander|minister|manager|colonel|general|captain|officer|head of|deputy)\b"
    r"|비서|위원장|부위원장|국장|과장|부장|부부장|지배인|기사장|사령관|정치위원|보위부장|안전부장|상좌|중좌|소좌|대좌|소장|중장|지도원|인민반장",
    re.IGNORECASE,
)

# Two capitalised words or three, as a person is named: Kim Chol Su, Ri Myong-guk. What is no person is named so as well.
ENGLISH_NAME = re.compile(r"\b(?:[A-Z][a-z]+(?:-[a-z]+)?)(?: [A-Z][a-z]+(?:-[A-Za-z]+)?){1,2}\b")
NO_NAME = re.compile(
    r"The|An?|In|On|At|From|North|South|East|West|Koreans?|Korea|Workers?|Party|City|County|Province|District|Special|State|United|Nations|Red|Cross|\w+day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
)


class Telltale(TypedDict):
    """``why``: "figure", "order", "quote" or "name"; ``words``: the part of the text."""

    why: str
    words: str


def telltales_in(wording: Wording) -> list[Telltale]:
    """The telltales of the words of the story that state a fact; of its statement, while no words are tied to it."""
    korean = wording.fact.article.language == "ko"
    return telltales(wording.passages or [wording.text], korean=korean)


def telltales(texts: Iterable[str], *, korean: bool) -> list[Telltale]:
    """Those of some pieces of text, each once, in their order."""
    found: dict[tuple[str, str], None] = {}
    language: Language = "ko" if korean else "en"
    for text in texts:
        for figure in figures_in(text):
            if _is_exact(figure, text):
                found["figure", figure.text] = None
        for sentence in sentences(text, language):
            quoted = [words for words in MARKED.findall(sentence) if len(words) > 4]
            is_order = ORDER.search(sentence) is not None
            for words in quoted:
                found["order" if is_order else "quote", words] = None
            if is_order and not quoted:
                found["order", sentence.strip()] = None
        if title := TITLED.search(text):
            if (claims_in_korean if korean else claims_in_english).names_somebody(text):
                found["name", _around(text, title)] = None
        elif name := _name_in(text, korean=korean):
            found["name", name] = None
    return [Telltale(why=why, words=words) for why, words in found]


def _name_in(text: str, *, korean: bool) -> str:
    """A personal name that stands without a title, or nothing."""
    named = names_in_korean.people_in(text) if korean else ENGLISH_NAME.findall(text)
    if not named:
        return ""
    places = names_of_places(Place.objects.values_list("name_en", "name_ko"))
    return next((name for name in named if not _is_place(name, places)), "")


def _is_place(name: str, places: frozenset[str]) -> bool:
    return name in places or all(word in places or NO_NAME.fullmatch(word) for word in name.split())


def sentence_of(telltale: Telltale) -> str:
    """A telltale in the editor's words."""
    said = {
        "figure": _("The exact figure “%(words)s”."),
        "order": _("The wording of an order: %(words)s"),
        "quote": _("What was said, word for word: %(words)s"),
        "name": _("Somebody is named: “%(words)s”."),
    }
    return said[telltale["why"]] % {"words": telltale["words"]}


def _is_exact(figure: Figure, text: str) -> bool:
    """Whether a figure is told as a count, or called rounded and isn't: “300 sacks”, “about 27”; not “about 300”, nor a month."""
    numbers = [value for value in figure.values if isinstance(value, Decimal)]
    if not numbers:
        return False
    at = text.find(figure.text)
    around = text[max(0, at - 14) : at] + " " + text[at + len(figure.text) : at + len(figure.text) + 10]
    rounded = all(number % 100 == 0 for number in numbers) or all(_first_digit_alone(number) for number in numbers)
    return not (rounded and ABOUT.search(around))


def _first_digit_alone(number: Decimal) -> bool:
    return number >= 20 and len(str(int(number)).rstrip("0")) == 1 and number == int(number)


def _around(text: str, title: re.Match[str]) -> str:
    """A title with the words beside it."""
    before, after = text[: title.start()].split(), text[title.end() :].split(" ")
    return " ".join([*before[-3:], title[0] + after[0], *after[1:3]]).strip()
