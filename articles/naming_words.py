"""The phrases by which a text names who told: a place and a general role, in English and in Korean.

Places are those of the desk's list, under every name that a newspaper uses (``articles.names_of_places``); a village or a
quarter that is not in the list is known by its ending, and is narrower than anything that may be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from articles.names_of_places import names_of_places
from articles.sentences import Language

if TYPE_CHECKING:
    from sources.models import Place

# Of how many people there one may have a role (``gate_times_the_floor``).
TIMES = {"source": 1, "resident": 1, "official": 20}
OTHER_TIMES = 10

ENGLISH_ROLES = {
    "source": r"sources?|insiders?|informants?|contacts?|witness(?:es)?|eyewitness(?:es)?",
    "resident": r"residents?|locals|inhabitants?|citizens?|villagers?|townspeople|townsfolk",
    "trader": r"traders?|merchants?|vendors?|brokers?|wholesalers?|stallholders?|sellers?|dealers?|shopkeepers?",
    "worker": r"workers?|labou?rers?|miners?|employees?|workmen|workman",
    "farmer": r"farmers?|farm ?hands?|farm workers?|peasants?",
    "official": r"officials?|cadres?|functionar(?:y|ies)|party members?",
    # What no attribution may say: so few have it.
    "other": (
        r"nurses?|doctors?|teachers?|soldiers?|officers?|guards?|drivers?|students?|pupils?|professors?|engineers?|technicians?"
        r"|managers?|secretar(?:y|ies)|clerks?|police(?:man|men|woman)?|fisher(?:man|men)|fisherm[ae]n|smugglers?|carpenters?|cooks?"
        r"|tailors?|repairm[ae]n|barbers?|accountants?|interpreters?|guides?|prisoners?|defectors?|widows?|(?:wo)?m[ae]n"
        r"|mothers?|fathers?|housewi(?:fe|ves)|grandmothers?|students?|conductors?|foremen|foreman|inspectors?|prosecutors?"
    ),
}
KOREAN_ROLES = {
    "source": "소식통|내부자|제보자|목격자|정보원",
    "resident": "주민|현지인|시민|거주자",
    "trader": "상인|장사꾼|장사군|돈주|도매꾼|되거리꾼|매대 주인|달리기꾼",
    "worker": "노동자|로동자|광부|탄부|종업원|로무자|노무자",
    "farmer": "농민|농장원|농사꾼|분조원|작업반원",
    "official": "관계자|간부|일군|일꾼|당국자",
    "other": (
        "교원|교사|교수|의사|간호원|간호사|군인|군관|병사|하전사|경비대원|보위원|안전원|보안원|운전사|운전수|학생|대학생|어부|어민|선원|비서|지배인"
        "|기사장|기술자|연구사|작업반장|분조장|인민반장|지도원|세포비서|지휘관|밀수꾼|수리공|재단사|재봉공|제본공|용접공|선반공|통역|안내원"
        "|수감자|탈북민|과부|여성|남성|어머니|아버지|주부|할머니|노인|로인|판매원|접대원|검열원"
    ),
}

TELLS_IN_ENGLISH = (
    r"\b(?:said|says|say|told|tells?|added|adds|reported|reports?|explained|recalled|claimed|noted|put it)\b"
)
LEADS_TO_A_PLACE = re.compile(
    r"\A(?:,? ?(?:who (?:lives?|works?|trades?|sells?|farms?)|living|working|based|trading|with \w+(?: \w+){0,3}|familiar with (?:\w+ ){0,3}|speaking))?"
    r" ?(?:in|of|from|near|at|inside|outside|around|on|across)\b"
)
THERE = re.compile(
    r"\b(?:there|local|nearby|on the spot|in (?:the|that) (?:area|region|city|town|county|province|village)|from the (?:area|region))\b",
    re.I,
)
KOREAN_THERE = re.compile(r"(?:현지|그곳|그 지역|이 지역|지역|해당 지역)(?:의|에)?\Z")

# A quarter or village that the list does not know.
ENGLISH_QUARTER = re.compile(
    r"\b[A-Z][\w’']+(?:-(?:dong|ri|ni|li|gu|guyok|kuyok|up|ku|rodongjagu)\b| (?:village|district|ward|neighbou?rhood|quarter|farm|mine|"
    r"factory|[Vv]illage|District|Ward|Farm|Mine|Factory|Market|market)\b)"
)
KOREAN_QUARTER = re.compile(
    r"[가-힣]{1,6}(?:[0-9]동|동|리|읍|구역|로동자구|노동자구|농장|광산|탄광|공장|기업소|제철소|시장|장마당)(?:의|에|에서)?\Z"
)
NO_QUARTER = re.compile(
    r"(?:거리|자리|머리|소리|우리|마리|다리|요리|관리|정리|처리|멀리|빨리|운동|활동|[로노]동|협동|공동|감동|행동|이동|아동|지역|각지)(?:의|에|에서)?\Z"
)

# Behind a bare name that may be the head of another word.
KOREAN_BEHIND = re.compile(
    r"(?:시|군|도|구역|읍|항|역|시내|지역|지방|일대|쪽|방면|근처|인근|주변|출신|현지|내부|안|시당|군당|도당|의|에|에서|에서는|에서의|서|산|여)*"
)
TOPIC = ("은", "는", "이", "가", "을", "를", "도")
# A word of these does not part a place from the role that it goes with.
KOREAN_STOP = re.compile(
    r"(?:[.,…”\"’'!?:;]|다고|라고|자고|으며|며|면서|지만|는데|았다|었다|했다|다|도록|려고|해서|어서|아서|을|를|은|는|이|가|고)\Z"
)
KOREAN_GOES_ON = re.compile(
    r"(?:사는|살고|있는|일하는|장사하는|농사짓는|하는|다니는|오가는|드나드는|파는|거주하는|사정을|아는|밝은|많은|젊은|늙은|어느|어떤|다른|같은|이|가까이|않은)\Z"
)
KOREAN_FAR = 6


@dataclass(frozen=True)
class Phrase:
    """Who is said to tell: the words, the places (each by the keys of those that bear the name), and the role.

    A place without a key is one that the list does not know.
    """

    words: str
    places: tuple[frozenset[int], ...]
    role: str


@dataclass(frozen=True)
class Map:
    """The places of the desk's list by every form of their names."""

    keys: dict[str, frozenset[int]]
    people: dict[int, int | None]
    depth: dict[int, int]

    @classmethod
    def of(cls, rows: Iterable[Place]) -> Map:
        keys: dict[str, set[int]] = {}
        places = {place.pk: place for place in rows}
        for place in places.values():
            for form in names_of_places([(place.name_en, place.name_ko)]):
                keys.setdefault(form, set()).add(place.pk)
        depth = {}
        for key in places:
            rung, at = 0, places[key].parent_id
            while at in places and rung < len(places):
                rung, at = rung + 1, places[at].parent_id
            depth[key] = rung
        return cls(
            {form: frozenset(found) for form, found in keys.items()},
            {place.pk: place.population for place in places.values()},
            depth,
        )

    @cached_property
    def forms(self) -> re.Pattern[str]:
        longest_first = sorted(self.keys, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @cached_property
    def english(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{self.forms.pattern})(?!\w)")

    def fits_fewer(self, phrase: Phrase, floor: int, *, tells: bool) -> bool:
        """Whether all that is known is that fewer people than the floor fit it. ``tells``: that it may be who told."""
        if not floor:
            return False
        times = TIMES.get(phrase.role, OTHER_TIMES) if tells else 1
        return any(all((self.people.get(key) or 0) < floor * times for key in keys) for keys in phrase.places)

    def narrowest(self, found: list[frozenset[int]]) -> list[frozenset[int]]:
        """Of several places the one that lies deepest."""
        return [max(found, key=lambda keys: max((self.depth[key] for key in keys), default=9))] if found else []


def phrases_in(sentence: str, language: Language, places: Map) -> list[Phrase]:
    """Every role that a sentence names, with the place that goes with it."""
    return _korean(sentence, places) if language == "ko" else _english(sentence, places)


def _english(sentence: str, places: Map) -> list[Phrase]:
    found = []
    for role, pattern in ENGLISH_ROLES.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", sentence, re.IGNORECASE):
            before, after = _english_before(sentence[: match.start()]), _english_after(sentence[match.end() :])
            where = [places.keys[m[0]] for text in (before, after) for m in places.english.finditer(text)]
            where += [frozenset[int]()] * sum(bool(ENGLISH_QUARTER.search(text)) for text in (before, after))
            if not where and THERE.search(f"{before[-12:]} {sentence[match.end() : match.end() + 28]}"):
                where = places.narrowest([places.keys[m[0]] for m in places.english.finditer(sentence)])
            words = f"{_from_the_place(before, places)}{match[0]}{after.rstrip(' ,')}".strip()
            found.append(Phrase(words, tuple(dict.fromkeys(where)), role))
    return found


def _english_before(text: str) -> str:
    """The few words that stand before a role and may name its place: “a Hoeryong resident”, “a Musan mine worker”."""
    clause = re.split(r"[.,;:“”\"!?()—–]|\b(?:said|says|told|that|and|or|but|by|to|with|when|where|who)\b", text)[-1]
    return " ".join(clause.split()[-5:]) + " "


def _english_after(text: str) -> str:
    """The words behind a role that name its place: “in Hyesan”, “who trades in Hyesan, Ryanggang Province”."""
    if not LEADS_TO_A_PLACE.match(text):
        return ""
    clause = re.split(rf"[.;:“”\"!?()—–]|{TELLS_IN_ENGLISH}", text[:110])[0]
    return ", ".join(clause.split(", ")[:2])


def _from_the_place(before: str, places: Map) -> str:
    match = places.english.search(before)
    return before[match.start() :] if match else ""


def _korean(sentence: str, places: Map) -> list[Phrase]:
    found = []
    behind = r"들?(?:은|는|이|가|도|의|에게|에게서|께서|을|를|과|와|으로|로|만|이라고|이라며|이라는|이|에)?(?![가-힣])"
    taken: set[int] = set()
    for role, pattern in KOREAN_ROLES.items():
        for match in re.finditer(rf"(?:{pattern})(?={behind})", sentence):
            if match.end() in taken:
                continue
            taken.add(match.end())
            where, start = _korean_before(sentence[: match.start()], places)
            if where is None:
                where = places.narrowest([keys for token in sentence.split() for keys in _in_token(token, places)])
            found.append(Phrase(sentence[start : match.end()].strip(), tuple(dict.fromkeys(where)), role))
    return found


def _korean_before(text: str, places: Map) -> tuple[list[frozenset[int]] | None, int]:
    """The places before a role and where they begin; None where the words say that he is from there."""
    where: list[frozenset[int]] = []
    start = len(text)
    tokens = list(re.finditer(r"\S+", text))
    for token in reversed(tokens[-KOREAN_FAR:]):
        word = token[0]
        if not where and KOREAN_THERE.fullmatch(word):
            return None, token.start()
        here = _in_token(word, places)
        if here:
            where[:0] = here
            start = token.start()
        elif where or (KOREAN_STOP.search(word) and not KOREAN_GOES_ON.search(word)):
            break
    return where, start if where else len(text)


def _in_token(word: str, places: Map) -> list[frozenset[int]]:
    """The places that one word names, with what may stand behind them; a topic or an object goes with no role."""
    here: list[frozenset[int]] = []
    at = re.match(r"[“‘\"'(]*", word)
    rest = word[at.end() :] if at else word
    while match := places.forms.match(rest):
        left = rest[match.end() :]
        if left in TOPIC or (len(match[0]) < 3 and not _may_follow(left, places)):
            break
        here.append(places.keys[match[0]])
        rest = left
    if not here and KOREAN_QUARTER.fullmatch(word) and not NO_QUARTER.search(word):
        return [frozenset()]
    return here


def _may_follow(left: str, places: Map) -> bool:
    return KOREAN_BEHIND.fullmatch(left) is not None or places.forms.match(left) is not None
