"""The phrases by which a text names who told: a place and a general role, in English and in Korean.

Places are those of the desk's list, under every name that a newspaper uses (``articles.names_of_places``); a village or a
quarter that is not in the list is known by its ending, and is narrower than anything that may be printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from articles.names_of_places import names_of_places
from articles.sentences import Language
from sources.spelling import seen

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
        r"|mothers?|fathers?|housewi(?:fe|ves)|grandmothers?|grandfathers?|conductors?|foremen|foreman|inspectors?|prosecutors?"
        r"|midwi(?:fe|ves)|journalists?|hairdressers?|bakers?|pharmacists?|railway(?:man|men|woman|women)|railroaders?|surgeons?|physicians?|dentists?|medics?"
        r"|paramedics?|lecturers?|principals?|librarians?|scientists?|researchers?|physicists?|chemists?|agronomists?|veterinarians?|vets?|electricians?|plumbers?"
        r"|mechanics?|welders?|masons?|bricklayers?|builders?|painters?|seamstress(?:es)?|dressmakers?|weavers?|cobblers?|shoemakers?|butchers?|brewers?|chefs?"
        r"|wait(?:er|ress)(?:es|s)?|cleaners?|porters?|sailors?|seam[ae]n|captains?|pilots?|lieutenants?|sergeants?|generals?|colonels?|majors?|conscripts?|veterans?"
        r"|privates?|cadets?|commanders?|judges?|lawyers?|notar(?:y|ies)|bankers?|cashiers?|tellers?|bookkeepers?|typists?|postm[ae]n|couriers?|messengers?"
        r"|photographers?|musicians?|singers?|actors?|actress(?:es)?|artists?|writers?|poets?|athletes?|coach(?:es)?|instructors?|trainers?|directors?|chairm[ae]n"
        r"|leaders?|wardens?|customs officers?|agents?|spies|spy|translators?|fortune[- ]tellers?|shamans?|pastors?|priests?|monks?|herders?|shepherds?|loggers?"
        r"|lumberjacks?|beekeepers?|gardeners?|stokers?|operators?|programmers?|graduates?|orphans?|pensioners?|ex-\w+|landlad(?:y|ies)|landlords?|moneylenders?"
        r"|money changers?|loan sharks?|repatriates?|returnees?|brides?|sisters?|brothers?|aunts?|uncles?|cousins?|daughters?|sons?|teenagers?|girls?|boys?"
    ),
}
# Of these there are so many that without a place they say next to nothing.
GENERAL = re.compile(
    r"(?:(?:wo)?m[ae]n|mothers?|fathers?|grandmothers?|grandfathers?|housewi(?:fe|ves)|sisters?|brothers?|aunts?|uncles?|cousins?|daughters?|sons?|girls?|boys?"
    r"|teenagers?|leaders?|generals?|majors?|privates?|agents?|guides?|여성|남성|어머니|아버지|주부|할머니|할아버지|노인|로인|청년|처녀|총각|아주머니|아주마이|언니|오빠|누나|형|대원)\Z",
    re.IGNORECASE,
)
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
        "|수감자|탈북민|과부|여성|남성|어머니|아버지|주부|할머니|할아버지|노인|로인|판매원|접대원|검열원|조산원|산파|기자|미용사|리발사|이발사|약사|약제사|철도원|역무원"
        "|차장|직원|사무원|은행원|부기원|회계원|통계원|출납원|배달부|우편통신원|전공|전기공|목수|목공|미장공|배관공|벽돌공|운전공|기관사|조종사|항해사|선장|제빵사|료리사"
        "|요리사|취사원|간병원|구급대원|외과의|내과의|치과의사|수의사|수의|방역원|검사|판사|재판장|변호사|세관원|통행검사원|화가|가수|배우|작가|시인|음악가|체육인|감독|코치"
        "|교장|부교장|유치원교양원|보육원|교양원|중대장|소대장|대대장|연대장|장교|사관|제대군인|영예군인|돌격대원|대원|대장|점쟁이|무당|벌목공|목동|양봉공|축산공|관리원|경비원"
        "|교환수|타자수|사서|번역원|연구원|과학자|박사|졸업생|청년|처녀|총각|아주머니|아주마이|언니|오빠|누나|형|며느리|사위|가두녀성|여맹원|녀맹원|청년동맹원|담당자|책임자|소장|원장|과장|국장|부장"
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
# What may stand behind a role.
KOREAN_PARTICLES = (
    "은|는|이|가|도|의|에게|에게서|에게서는|에게서도|한테|한테서|한테서는|께서|께서는|께서도|을|를|과|와|과는|와는|으로|로|으로서|로서|으로서는|로서는|만|만은|만이|까지|까지도|조차|조차도|마저"
    "|마저도|부터|처럼|보다|이나|나|이라고|라고|이라며|라며|이라는|라는|에|에는|인|이었던|였던|이던|이자|이며|이고|이다|다|이었다|였다|이였다|입니다|이라|라|이기도|출신의?|출신인"
)


@dataclass(frozen=True)
class Phrase:
    """Who is said to tell: the words, the places (each by the keys of those that bear the name), and the role.

    A place without a key is one that the list does not know.
    """

    words: str
    places: tuple[frozenset[int], ...]
    role: str
    # Where the role stands in the sentence, and the word for it.
    at: int = field(default=0, compare=False)
    said: str = field(default="", compare=False)


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
                keys.setdefault(seen(form).lower(), set()).add(place.pk)
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
        return re.compile(rf"(?<!\w)(?:{self.forms.pattern})(?!\w)", re.IGNORECASE)

    @cached_property
    def apart(self) -> re.Pattern[str]:
        """A Korean name with its syllables set apart: 회 령 시, 회령-시."""
        named = sorted((form for form in self.keys if "가" <= form[0] <= "힣" and len(form) > 1), key=len, reverse=True)
        spaced = "|".join("[ ·‧-]?".join(map(re.escape, form)) for form in named)
        return re.compile(rf"(?<![가-힣])(?:{spaced})" if spaced else r"(?!)")

    def read(self, text: str) -> str:
        """A text in the one form in which places and roles are looked for: as it is seen, and no name of a place set apart."""
        return self.apart.sub(lambda name: re.sub(r"[ ·‧-]", "", name[0]), seen(text))

    def named_in(self, text: str, language: Language) -> list[frozenset[int]]:
        """Every place that a stretch of text names."""
        if language == "ko":
            return [keys for token in text.split() for keys in _in_token(token, self)]
        where = [self.keys[match[0].lower()] for match in self.english.finditer(text)]
        return where + [frozenset[int]()] * bool(ENGLISH_QUARTER.search(text))

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
            where = [places.keys[m[0].lower()] for text in (before, after) for m in places.english.finditer(text)]
            where += [frozenset[int]()] * sum(bool(ENGLISH_QUARTER.search(text)) for text in (before, after))
            if not where and THERE.search(f"{before[-12:]} {sentence[match.end() : match.end() + 28]}"):
                where = places.narrowest([places.keys[m[0].lower()] for m in places.english.finditer(sentence)])
            words = f"{_from_the_place(before, places)}{match[0]}{after.rstrip(' ,')}".strip()
            found.append(Phrase(words, tuple(dict.fromkeys(where)), role, match.start(), match[0]))
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
    first, _comma, second = clause.partition(", ")
    # “in Hyesan, Ryanggang Province”, not “in Hyesan, rice is dear”.
    return f"{first}, {second.split(', ')[0]}" if second[:1].isupper() else first


def _from_the_place(before: str, places: Map) -> str:
    match = places.english.search(before)
    return before[match.start() :] if match else ""


def _korean(sentence: str, places: Map) -> list[Phrase]:
    found = []
    behind = rf"들?(?:{KOREAN_PARTICLES})?(?![가-힣])"
    taken: set[int] = set()
    for role, pattern in KOREAN_ROLES.items():
        for match in re.finditer(rf"(?:{pattern})(?={behind})", sentence):
            if match.end() in taken:
                continue
            taken.add(match.end())
            where, start = _korean_before(sentence[: match.start()], places)
            if where is None:
                where = places.narrowest([keys for token in sentence.split() for keys in _in_token(token, places)])
            words = sentence[start : match.end()].strip()
            found.append(Phrase(words, tuple(dict.fromkeys(where)), role, match.start(), match[0]))
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


# Who tells without being anybody: no role of a person.
NOBODY = re.compile(
    r"(?:authorit(?:y|ies)|governments?|part(?:y|ies)|committees?|reports?|newspapers?|papers?|media|radio|television|agenc(?:y|ies)|statements?|notices?|letters?"
    r"|documents?|bureaus?|offices?|departments?|ministr(?:y|ies)|police|army|people|person|persons|someone|somebody|cit(?:y|ies)|count(?:y|ies)|provinces?|towns?"
    r"|villages?|hospitals?|markets?|mines?|factor(?:y|ies)|schools?|courts?|group|groups|number|all|many|others?|famil(?:y|ies)|day|week|month|year|hour)\Z",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\w{2,}(?:er|or|ist|ian|man|woman|men|women|ant|eer|ee|smith|wright|wife|wives|mate|nik)s?\Z", re.IGNORECASE
)
ENGLISH_NOUN = re.compile(
    r"(?:\A|[,(—–] ?|\b(?:is|was|as|and) )\s*(?:an?|the|one|another)((?: [\w’'-]+){1,3}?)(?=\s*(?:,|\)|—|–|\Z| (?:in|of|from|at|near|who|whose|by|with|for)\b))",
    re.IGNORECASE,
)
KOREAN_NOUN = re.compile(r"([가-힣]{2,})(?:들)?(?:은|는|이|가|에게서|에|의|으로서|인|이다)(?=[ ,]|\Z)")
KOREAN_PERSON = re.compile(r"[가-힣]+(?:원|공|사|수|자|꾼|인|생|장|부|민|쟁이|댁|네)\Z")
KOREAN_NOBODY = re.compile(
    r"(?:.*(?:당국|정부|당|위원회|신문|통신|방송|매체|보도|안전부|보위부|검찰소|재판소|공장|병원|학교|시장|장마당|농장|광산|기업소|부대|사람|사실|일부|가운데|모두|대부|공부|농사|행사|공사|역사|식사|내부|전부|남부|북부|시|군|도|구역)|하나|자신)\Z"
)


def unknown_roles(text: str, language: Language, places: Map, start: int, *, known: bool) -> list[Phrase]:
    """Who tells by a word that no list holds: beside a place any word for somebody, else what ends as such words end.

    ``known``: a role of the lists is said of her besides.
    """
    where = tuple(dict.fromkeys(places.named_in(text, language)))
    found = []
    pattern = KOREAN_NOUN if language == "ko" else ENGLISH_NOUN
    for match in pattern.finditer(text):
        words = match[1].strip()
        noun = places.english.sub("", words).split()[-1:] if language == "en" else [words]
        if not noun or phrases_in(match[0] if language == "en" else words, language, places):
            continue
        nobody, person = (KOREAN_NOBODY, KOREAN_PERSON) if language == "ko" else (NOBODY, PERSON)
        if nobody.fullmatch(noun[0]) or places.named_in(noun[0], language):
            continue
        if person.fullmatch(noun[0]) or (where and not known and language == "en"):
            found.append(
                Phrase(
                    text[match.start(1) :].strip(" ,") if not known else words,
                    where,
                    "other",
                    start + match.start(1),
                    noun[0],
                )
            )
    return found
