"""Made-up people to protect, and every way in which a careless or crafty hand may write their names, numbers and places.

The rules here were written without those of ``sources.spelling``: they know how people write, not how a scan reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from sources.pieces import Piece, address, in_html

SURNAMES = (
    ("김", "Kim") , ("김", "Kim"), ("리", "Ri"), ("이", "Lee"), ("박", "Pak"), ("박", "Park"), ("최", "Choe"), ("정", "Jong"), ("강", "Kang"), ("조", "Cho"),
    ("윤", "Yun"), ("장", "Jang"), ("림", "Rim"), ("임", "Im"), ("한", "Han"), ("오", "O"), ("서", "So"), ("신", "Sin"), ("권", "Kwon"), ("황", "Hwang"),
    ("안", "An"), ("송", "Song"), ("류", "Ryu"), ("유", "Yu"), ("전", "Jon"), ("홍", "Hong"), ("고", "Ko"), ("문", "Mun"), ("량", "Ryang"), ("양", "Yang"),
    ("손", "Son"), ("배", "Pae"), ("백", "Paek"), ("허", "Ho"), ("로", "Ro"), ("노", "No"), ("남", "Nam"), ("심", "Sim"), ("차", "Cha"), ("주", "Ju"),
    ("라", "Ra"), ("려", "Ryo"), ("렴", "Ryom"), ("계", "Kye"), ("태", "Thae"), ("현", "Hyon"), ("방", "Pang"), ("변", "Pyon"), ("남궁", "Namgung"), ("선우", "Sonu"),
)  # fmt: skip
SYLLABLES = {
    "철": "chol", "수": "su", "영": "yong", "희": "hui", "순": "sun", "옥": "ok", "명": "myong", "호": "ho", "성": "song", "일": "il", "정": "jong",
    "은": "un", "혜": "hye", "란": "ran", "련": "ryon", "화": "hwa", "령": "ryong", "렬": "ryol", "률": "ryul", "미": "mi", "경": "kyong", "춘": "chun",
    "복": "pok", "남": "nam", "금": "kum", "실": "sil", "혁": "hyok", "진": "jin", "광": "kwang", "국": "kuk", "룡": "ryong", "학": "hak", "선": "son",
    "애": "ae", "숙": "suk", "향": "hyang", "설": "sol", "송": "song", "림": "rim", "녀": "nyo", "웅": "ung", "건": "kon", "태": "thae", "길": "kil",
    "만": "man", "봉": "pong", "석": "sok", "남이": "nami", "철이": "choli", "경아": "kyonga", "혜인": "hyein",
}  # fmt: skip
# Given names that are words as well.
WORDS = {
    "수정": "sujong", "이슬": "isul", "보람": "poram", "하나": "hana", "사랑": "sarang", "은혜": "unhye", "지혜": "jihye", "소리": "sori", "나라": "nara",
    "미래": "mirae", "기쁨": "kippum", "아름": "arum", "별": "pyol", "샘": "saem", "진주": "jinju", "영광": "yonggwang", "충성": "chungsong", "혁명": "hyongmyong",
    "평화": "pyonghwa", "정의": "jongui", "철수": "cholsu", "영화": "yonghwa", "미소": "miso", "가을": "kaul", "여름": "yorum", "한결": "hangyol", "정상": "jongsang",
}  # fmt: skip
ENGLISH_NAMES = (
    "Grace",
    "Mark",
    "April",
    "Faith",
    "Joy",
    "Rose",
    "Hope",
    "Will",
    "Bill",
    "May",
    "June",
    "Frank",
    "Grant",
    "Dean",
    "Ruby",
    "Daisy",
)
TOWNS = (
    "회령시",
    "혜산시",
    "무산군",
    "청진시",
    "신의주시",
    "온성군",
    "함흥시",
    "사리원시",
    "평성시",
    "라선시",
    "삼지연시",
    "길주군",
    "북청군",
    "만포시",
)
QUARTERS = (
    "망양동",
    "성후동",
    "련봉동",
    "강안동",
    "역전동",
    "남문동",
    "오산덕동",
    "류정동",
    "위연동",
    "혜탄동",
    "산업동",
    "세천구",
    "궁심동",
    "로동리",
)
TOWNS_IN_LATIN = (
    "Hoeryong",
    "Hyesan",
    "Musan",
    "Chongjin",
    "Sinuiju",
    "Onsong",
    "Hamhung",
    "Sariwon",
    "Pyongsong",
    "Rason",
    "Samjiyon",
    "Kilju",
    "Pukchong",
    "Manpo",
)
QUARTERS_IN_LATIN = (
    "Mangyang-dong",
    "Songhu-dong",
    "Ryonbong-dong",
    "Kangan-dong",
    "Yokchon-dong",
    "Nammun-dong",
    "Osandok-dong",
    "Ryujong-dong",
    "Wiyon-dong",
    "Hyetan-dong",
    "Sanop-dong",
    "Sechon-gu",
    "Kungsim-dong",
    "Rodong-ri",
)


@dataclass(frozen=True)
class Person:
    """Somebody to protect. ``given`` in Hangul, ``latin``: surname and the syllables of the given name."""

    surname: str
    given: str
    latin: tuple[str, ...]
    number: str
    handle: str
    place: str
    place_in_latin: str

    @property
    def name(self) -> str:
        return self.surname + self.given

    @property
    def romanised(self) -> str:
        """As a keeper gives it: Kim Chol-su."""
        return f"{self.latin[0]} {'-'.join(self.latin[1:]).capitalize()}"


def people(number: int, seed: int = 1) -> list[Person]:
    """So many people, one in twelve with a given name that is a word, one in fifteen with one syllable."""
    chance = random.Random(seed)
    found: dict[str, Person] = {}
    single = [s for s in SYLLABLES if len(s) == 1]
    while len(found) < number:
        surname, latin = chance.choice(SURNAMES)
        kind = chance.random()
        if kind < 1 / 12:
            given = chance.choice(list(WORDS))
            parts = (WORDS[given],)
        elif kind < 1 / 12 + 1 / 15:
            given = chance.choice(single)
            parts = (SYLLABLES[given],)
        else:
            syllables = chance.sample(single, 2)
            given, parts = "".join(syllables), tuple(SYLLABLES[s] for s in syllables)
        digits = "".join(chance.choice("0123456789") for _ in range(8))
        nr = len(found)
        where = chance.randrange(len(TOWNS))
        quarter = chance.randrange(len(QUARTERS))
        found.setdefault(
            surname + given,
            Person(
                surname,
                given,
                (latin, *parts),
                f"010-{digits[:4]}-{digits[4:]}"
                if nr % 3
                else f"+86 1{chance.choice('3578')}{digits[0]} {digits[:4]} {digits[4:]}",
                f"@{chance.choice(['blue', 'sky', 'han', 'wolf', 'sea'])}_{parts[-1]}{chance.randrange(10, 99)}",
                f"{TOWNS[where]} {QUARTERS[quarter]} {chance.randrange(2, 60)}인민반",
                f"{chance.randrange(2, 60)} {QUARTERS_IN_LATIN[quarter]}, {TOWNS_IN_LATIN[where]}",
            ),
        )
    return list(found.values())


@dataclass(frozen=True)
class Planted:
    """A variant in a text: what family it is of, the term that it stands for, and the pieces that a scan is given."""

    family: str
    person: Person
    kind: str
    pieces: tuple[Piece, ...]


# --- Names in Hangul -------------------------------------------------------------------------------------------------

PARTICLES = (
    "가",
    "에게",
    "한테서",
    "는",
    "를",
    "와",
    "의",
    "도",
    "에게서",
    "까지",
    "부터",
    "만",
    "처럼",
    "보다",
    "네",
    "랑",
    "이나",
    "라고",
    "였다",
)
TITLES = (
    " 씨",
    "씨는",
    "님이",
    " 동지가",
    "동지",
    " 위원장",
    "위원장은",
    " 선생님",
    "기자",
    " 아주머니",
    "지배인은",
    " 작업반장",
)
NORTH_AND_SOUTH = {
    "리": "이",
    "이": "리",
    "류": "유",
    "유": "류",
    "림": "임",
    "임": "림",
    "량": "양",
    "양": "량",
    "로": "노",
    "노": "로",
    "라": "나",
    "려": "여",
    "렴": "염",
}
INSIDE = {
    "련": "연",
    "령": "영",
    "렬": "열",
    "률": "율",
    "룡": "용",
    "림": "임",
    "녀": "여",
    "란": "난",
    "래": "내",
    "라": "나",
    "리": "이",
}
CHO, JUNG, JONG = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
    "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
    " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ",
)


def with_a_batchim(name: str, particle: str) -> str:
    """이 for 가 and so on, where the last syllable ends in a consonant."""
    closed = (ord(name[-1]) - 0xAC00) % 28 > 0
    return (
        {"가": "이", "는": "은", "를": "을", "와": "과", "였다": "이었다", "라고": "이라고", "랑": "이랑"}.get(
            particle, particle
        )
        if closed
        else particle
    )


def apart(name: str) -> str:
    """A name typed letter by letter."""
    letters = ""
    for syllable in name:
        code = ord(syllable) - 0xAC00
        letters += CHO[code // 588] + JUNG[code % 588 // 28] + JONG[code % 28].strip()
    return letters


def decomposed(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", name)


# --- Names in Latin letters, handles, places, numbers ----------------------------------------------------------------

CYRILLIC = str.maketrans(
    {
        "a": "а",
        "o": "о",
        "e": "е",
        "p": "р",
        "c": "с",
        "x": "х",
        "K": "К",
        "H": "Н",
        "C": "С",
        "P": "Р",
        "i": "і",
        "y": "у",
    }
)
GREEK = str.maketrans({"o": "ο", "K": "Κ", "H": "Η", "P": "Ρ", "i": "ι", "N": "Ν", "Y": "Υ", "n": "η"})
WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
SMALL_CAPITALS = str.maketrans("abcdeghijklmnoprstuwy", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴡʏ")
ACCENTS = str.maketrans({"o": "ŏ", "u": "ŭ"})


def sprinkled(words: str, character: str, chance: random.Random) -> str:
    """The words with something unseen between some letters."""
    places = sorted(chance.sample(range(1, len(words)), min(2, len(words) - 1)), reverse=True)
    for place in places:
        words = words[:place] + character + words[place:]
    return words


def latin_forms(person: Person, chance: random.Random) -> Iterator[tuple[str, str]]:
    surname, *given = person.latin
    run, hyphened, spaced = (
        "".join(given).capitalize(),
        "-".join(given).capitalize(),
        " ".join(g.capitalize() for g in given),
    )
    yield "latin: as given", f"{surname} {hyphened}"
    yield "latin: capitals", f"{surname} {run}".upper()
    yield "latin: capitals", f"{surname} {hyphened}".upper()
    yield "latin: small", f"{surname} {hyphened}".lower()
    yield "latin: no hyphen", f"{surname} {run}"
    yield "latin: spaces", f"{surname} {spaced}"
    yield "latin: other order", f"{hyphened} {surname}"
    yield "latin: other order", f"{spaced} {surname}"
    yield "latin: other order", f"{run} {surname.upper()}"
    yield "latin: comma", f"{surname}, {hyphened}"
    yield "latin: odd hyphens", f"{surname} {'‑'.join(given).capitalize()}"
    yield "latin: odd hyphens", f"{surname}–{'–'.join(given)}"
    yield "latin: hard spaces", f"{surname}\u00a0{hyphened}"
    yield "latin: dots", f"{surname}.{'.'.join(given)}"
    yield "latin: underscores", f"{surname}_{'_'.join(given)}".lower()
    yield "latin: one word", surname + "".join(g.capitalize() for g in given)
    yield "latin: one word", f"{surname}{run}".lower()
    yield "latin: possessive", f"{surname} {hyphened}’s"
    yield "latin: possessive", f"{surname} {run}'s"
    yield "latin: accents", f"{surname} {hyphened}".translate(ACCENTS)
    yield "latin: apostrophes", f"{surname} {'’'.join(given).capitalize()}"
    yield "latin: Cyrillic look-alikes", f"{surname} {hyphened}".translate(CYRILLIC)
    yield "latin: Greek look-alikes", f"{surname} {hyphened}".translate(GREEK)
    yield "latin: wide letters", f"{surname} {hyphened}".translate(WIDE)
    yield "latin: zero width", sprinkled(f"{surname} {hyphened}", "\u200b", chance)
    yield "latin: soft hyphens", sprinkled(f"{surname} {hyphened}", "\u00ad", chance)
    yield "latin: line break", f"{surname}\n{hyphened}"
    yield "latin: much white space", f"{surname}\n          {hyphened}"
    yield "latin: small capitals", f"{surname} {hyphened}".lower().translate(SMALL_CAPITALS)
    yield "latin: signs between", f"“{surname}” “{hyphened}”"
    yield "latin: signs between", f"[{surname}] [{hyphened}]"
    yield "latin: signs between", f"{surname}; {hyphened}"
    if "i" in run[1:-1]:
        yield "latin: one for i", f"{surname} " + run[0] + run[1:-1].replace("i", "1") + run[-1]
    yield "latin: with a particle", f"{surname} {hyphened}가"
    if "o" in run[1:-1]:
        yield "latin: zero for o", f"{surname} " + run[0] + run[1:-1].replace("o", "0") + run[-1]
    if "l" in run[1:-1]:
        yield "latin: one for l", f"{surname} " + run[0] + run[1:-1].replace("l", "1") + run[-1]


def hangul_forms(person: Person, chance: random.Random) -> Iterator[tuple[str, str]]:
    name = person.name
    yield "hangul: alone", name
    for particle in chance.sample(PARTICLES, 4):
        yield "hangul: with a particle", name + with_a_batchim(name, particle)
    for title in chance.sample(TITLES, 3):
        yield "hangul: with a title", name + title
    yield "hangul: space", f"{person.surname} {person.given}"
    yield "hangul: space", f"{person.surname} {person.given}" + with_a_batchim(name, "는")
    if len(person.given) > 1:
        yield "hangul: syllables apart", " ".join(name)
        yield "hangul: hyphens", "-".join(name)
        yield "hangul: hyphens", "·".join(name) + with_a_batchim(name, "가")
    if person.surname in NORTH_AND_SOUTH:
        yield (
            "hangul: surname of the other side",
            NORTH_AND_SOUTH[person.surname] + person.given + with_a_batchim(name, "가"),
        )
    other = "".join(INSIDE.get(s, s) for s in person.given)
    if other != person.given:
        yield (
            "hangul: given name of the other side",
            person.surname + other + with_a_batchim(person.surname + other, "는"),
        )
    yield "hangul: decomposed", decomposed(name) + "에게"
    yield "hangul: letters apart", apart(name)
    yield "hangul: zero width", sprinkled(name, "\u200b", chance) + "에게"
    yield "hangul: zero width", sprinkled(name, "\u2060", chance)
    yield "hangul: soft hyphens", sprinkled(name, "\u00ad", chance) + "도"
    yield "hangul: direction marks", "\u202a" + name[0] + "\u200e" + name[1:] + "\u202c"
    yield "hangul: line break", f"{person.surname}\n{person.given}"
    yield "hangul: much white space", f"{person.surname}          {person.given}"
    if len(person.given) > 1:
        for sign in "|■👍":
            yield "hangul: signs between", sign.join(name)
        yield "hangul: written on to a word", f"우리{name}" + with_a_batchim(name, "가")
        yield "hangul: written on to a title", f"지배인{name}동지가"
    yield "hangul: in brackets", f"({name})"
    yield "hangul: in quotes", f"“{name}”"


def number_forms(person: Person, chance: random.Random) -> Iterator[tuple[str, str]]:
    digits = "".join(c for c in person.number if c.isdigit())
    country, local = ("86", digits[2:]) if digits.startswith("86") else ("82", digits[1:])
    a, b, c = local[:-8], local[-8:-4], local[-4:]
    zero = "0" if country == "82" else ""
    yield "number: as given", person.number
    yield "number: digits alone", zero + local
    yield "number: spaces", f"{zero}{a} {b} {c}"
    yield "number: dots", f"{zero}{a}.{b}.{c}"
    yield "number: hyphens", f"{zero}{a}-{b}-{c}"
    yield "number: long hyphens", f"{zero}{a}–{b}—{c}"
    yield "number: brackets", f"({zero}{a}) {b}-{c}"
    yield "number: other groups", f"{zero}{a} {b[:2]} {b[2:]} {c[:2]} {c[2:]}"
    yield "number: other groups", f"{zero}{a}{b[0]} {b[1:]}{c[0]} {c[1:]}"
    yield "number: with the country", f"+{country} {a} {b} {c}"
    yield "number: with the country", f"+{country}{local}"
    yield "number: with the country", f"00{country}-{a}-{b}-{c}"
    yield "number: with the country", f"{country}{local}"
    yield "number: zero in brackets", f"+{country} (0){a}-{b}-{c}"
    yield "number: wide digits", f"{zero}{a}-{b}-{c}".translate(WIDE)
    yield "number: letters for digits", f"{zero}{a}-{b}-{c}".replace("0", "O").replace("1", "l")
    yield "number: zero width", sprinkled(zero + local, "\u200b", chance)
    yield "number: hard spaces", f"{zero}{a}\u00a0{b}\u2009{c}"
    yield "number: keycaps", "".join(f"{d}\ufe0f\u20e3" for d in zero + local)
    yield "number: commas", f"{zero}{a},{b},{c}"
    yield "number: colons", f"{zero}{a}:{b}:{c}"
    yield "number: slashes", f"{zero}{a}/{b}/{c}"
    yield "number: line break", f"{zero}{a}-{b}-\n{c}"
    yield "number: with a particle", f"{zero}{a}-{b}-{c}로"
    if country == "82":
        yield (
            "number: in words",
            " ".join("".join("공일이삼사오육칠팔구"[int(d)] for d in part) for part in (zero + a, b, c)),
        )


def handle_forms(person: Person, chance: random.Random) -> Iterator[tuple[str, str]]:
    bare = person.handle[1:]
    yield "handle: as given", person.handle
    yield "handle: bare", bare
    yield "handle: capitals", bare.upper()
    yield "handle: hyphen for underscore", bare.replace("_", "-")
    yield "handle: dot for underscore", "@" + bare.replace("_", ".")
    yield "handle: space for underscore", bare.replace("_", " ")
    yield "handle: with a particle", f"{person.handle}에게"
    yield "handle: zero width", sprinkled(bare, "\u200b", chance)
    yield "handle: Cyrillic look-alikes", bare.translate(CYRILLIC)
    yield "handle: wide letters", bare.translate(WIDE)


def place_forms(person: Person, chance: random.Random) -> Iterator[tuple[str, str]]:
    place, town, quarter = person.place, *person.place.split()[:2]
    cell = person.place.split()[2]
    yield "place: as given", place
    yield "place: with a particle", place + "에서"
    yield "place: without the town", f"{quarter} {cell}"
    yield "place: without spaces", place.replace(" ", "")
    yield "place: commas", f"{town}, {quarter}, {cell}에"
    yield "place: wide digits", place.translate(WIDE)
    yield "place: line break", f"{town}\n{quarter} {cell}"
    yield "place: of the other side", "".join(NORTH_AND_SOUTH.get(s, INSIDE.get(s, s)) for s in place)
    yield "place: decomposed", decomposed(place)
    yield "place: in Latin letters", person.place_in_latin
    yield "place: in Latin capitals", person.place_in_latin.upper().replace("-", " ")


FORMS: dict[str, Callable[[Person, random.Random], Iterator[tuple[str, str]]]] = {
    "name": lambda person, chance: (form for forms in (hangul_forms, latin_forms) for form in forms(person, chance)),
    "number": number_forms,
    "handle": handle_forms,
    "place": place_forms,
}
BEFORE_AND_BEHIND = (
    ("어제 밤 강둑에서 ", " 만났다고 소식통이 전했다."),
    ("소식통은 “", "”이라고 적힌 쪽지를 보았다."),
    ("장마당에서는 쌀값이 올랐고 ", " 돌아왔다는 말이 퍼졌다."),
    ("Traders at the market heard that ", " had come back across the river."),
    ("The note said only “", "” and a price."),
    ("", ""),
)


def variants(person: Person, seed: int) -> Iterator[Planted]:
    """Every variant of a person's terms, each in a sentence; and some across tags, in addresses and in file names."""
    chance = random.Random(seed)
    for kind, forms in FORMS.items():
        for family, written in forms(person, chance):
            before, behind = chance.choice(BEFORE_AND_BEHIND)
            yield Planted(family, person, kind, (Piece("p", before + written + behind),))
    name, latin = person.name, person.latin
    yield Planted(
        "tags: inside a name",
        person,
        "name",
        tuple(in_html("p", f"<p>그날 {name[0]}<strong>{name[1:]}</strong>에게 말했다</p>")),
    )
    yield Planted(
        "tags: a break in a name", person, "name", tuple(in_html("p", f"<p>{person.surname}<br>{person.given}</p>"))
    )
    yield Planted(
        "tags: an entity", person, "name", tuple(in_html("p", f"<p>{name[0]}&#x200b;{name[1:]}&nbsp;동지</p>"))
    )
    yield Planted(
        "tags: inside a name",
        person,
        "name",
        tuple(
            in_html(
                "p",
                f"<p>{latin[0]} <em>{latin[1][:2]}</em>{latin[1][2:]}{''.join('-' + part for part in latin[2:])}</p>",
            )
        ),
    )
    yield Planted(
        "tags: a title", person, "name", tuple(in_html("p", f'<p><a href="/x" title="{name}의 편지">여기</a></p>'))
    )
    digits = "".join(c for c in person.number if c.isdigit())
    yield Planted(
        "tags: inside a number", person, "number", tuple(in_html("p", f"<p>{digits[:5]}<b>{digits[5:]}</b></p>"))
    )
    paths = {
        "address: Hangul": f"https://paper.example/ko/{name}-인터뷰",
        "address: percent": f"https://paper.example/ko/{quote(name)}?x=1",
        "address: percent twice": f"https://paper.example/{quote(quote(name))}",
        "address: hyphens": f"https://paper.example/en/{'-'.join(latin).lower()}-speaks",
        "address: underscores": f"https://paper.example/en/talk_with_{'_'.join(latin).lower()}.html",
        "address: plus": f"https://search.example/?q={'+'.join(latin)}",
        "address: run together": f"https://paper.example/interview{''.join(latin).lower()}",
    }
    for family, path in paths.items():
        yield Planted(family, person, "name", (address("p", path),))
    yield Planted("address: handle", person, "handle", (address("p", f"https://t.me/{person.handle[1:]}"),))
    yield Planted(
        "address: number",
        person,
        "number",
        (address("p", f"tel:+{digits if digits.startswith('86') else '82' + digits[1:]}"),),
    )
    yield Planted(
        "address: in a tag",
        person,
        "handle",
        tuple(in_html("p", f'<p><a href="https://t.me/{person.handle[1:]}">여기</a></p>')),
    )
    files = {
        "file: Hangul": f"{name}_2024.jpg",
        "file: decomposed": decomposed(f"{name} 사진.jpg"),
        "file: behind a word": f"인터뷰{name}.m4a",
        "file: Latin": f"IMG_{'_'.join(latin).lower()}_01.JPG",
        "file: capitals": f"{''.join(part.capitalize() for part in latin)}Photo.jpeg",
        "file: run together": f"photoof{''.join(latin).lower()}.jpg",
    }
    for family, file in files.items():
        yield Planted(family, person, "name", (address("p", file),))
    yield Planted("file: number", person, "number", (address("p", f"REC_20240512_{digits}.m4a"),))
