"""Which names, handles and places are ordinary words as well: 수정, 이상, Grace, Mark, Young Park.

Such a one alone is no finding, or an alarm would stand in every second paragraph. It needs company: its surname (김수정 is
a name of its own), or another term of the same person near by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from sources.spelling import Token, agreed
from sources.words import words_of

LONG_SURNAMES = frozenset(["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "어금", "망절", "강전"])
SURNAMES = frozenset(
    "가간갈감강견경계고곡공곽교구국궁권금기길김나낙난남내노단담당도돈동두라래량려렴로뢰룡류륙리림마만매맹명모목묘무묵문미민"
    "박반방배백범변복봉부비빈빙사삼상서석선설섭성소손송순승시신심아안애야양어엄여연염엽영예오옥온옹왕요용우운원위유육윤은음"
    "이인임자장전점정제조종좌주준지진차창채천초최추춘탁탄태판팽편평포표피필하한함해허현형호홍화환황후"
)
# English names of months and days, and words that the list of English leaves out because they are surnames elsewhere.
ENGLISH_BESIDES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "park",
        "young",
        "song",
        "sun",
        "an",
        "in",
        "no",
        "so",
        "son",
        "man",
        "hung",
        "pang",
        "kang",
        "chang",
        "yun",
        "young",
        "han",
        "won",
        "north",
        "south",
        "east",
        "west",
        "korea",
        "korean",
        "china",
        "chinese",
        "i",
        "a",
        "the",
        "grace",
        "mark",
        "joy",
        "faith",
        "hope",
        "rose",
        "lily",
        "daisy",
        "ruby",
        "will",
        "bill",
        "jack",
        "frank",
        "grant",
        "chase",
        "hunter",
        "mason",
        "taylor",
        "cook",
        "baker",
        "smith",
        "carter",
        "dean",
        "earl",
        "duke",
        "king",
        "prince",
        "john",
    ]
)
# Endings of two syllables, and words that the dictionary lacks.
KOREAN_BESIDES = frozenset(
    [
        "로만",
        "에만",
        "라도",
        "이라",
        "라고",
        "하고",
        "이며",
        "이나",
        "이든",
        "라며",
        "로는",
        "로도",
        "에는",
        "에도",
        "와의",
        "과의",
        "만은",
        "만이",
        "만을",
        "도록",
        "한다",
        "하는",
        "하여",
        "이란",
        "이런",
        "이를",
        "이은",
        "이는",
        "이의",
        "이도",
        "이만",
        "이다",
        "이진",
        "이를",
        "주민",
        "이날",
        "이번",
        "이곳",
        "한편",
        "전년",
        "전날",
        "전에",
        "전후",
        "고로",
        "안에",
        "여러",
        "여서",
        "지난",
    ]
)
LIKE_A_DIVISION = ("도", "시", "군", "구역", "구", "읍", "리", "동", "강", "역", "산")
# Where somebody works; a mountain ends in 산 as well.
WORKPLACES = ("광산", "탄광", "공장", "농장", "병원", "학교", "상점", "목장")


def is_a_name(parts: Sequence[Token]) -> bool:
    """Whether a name in one script is an ordinary word, or too little of a name to stand alone."""
    if not parts[0].in_syllables:
        return len(parts) == 1 or len("".join(p.text for p in parts)) <= 3
    raw = "".join(part.raw for part in parts)
    if not parts[0].is_hangul:
        # In Chinese characters three are a name in full.
        return len(raw) < 3
    before = surname(raw)
    return not before or len(raw) <= before or raw[: max(3, before + 1)] in _korean()


def surname(name: str) -> int:
    """How many syllables of a name in Hangul are its surname; none where it is a given name, as far as can be told."""
    if len(name) >= 3 and name[:2] in LONG_SURNAMES:
        return 2
    return 1 if name[:1] in SURNAMES and len(name) in (2, 3, 4) and not _is_given(name) else 0


def _is_given(name: str) -> bool:
    """Two syllables that are a given name far more often than a surname with one syllable behind it."""
    return len(name) == 2 and name in _korean()


def is_a_handle(parts: Sequence[Token]) -> bool:
    """Whether a handle is a word or two of a language, or too short to be anybody's alone."""
    whole = "".join(part.text for part in parts)
    if parts[0].in_syllables and len(parts) == 1:
        return len(whole) < 4
    return len(whole) < 5 or (whole.isalpha() and (are_english(part.raw for part in parts) or whole in _english()))


def is_a_place(parts: Sequence[Token]) -> bool:
    """Whether a place is one that may stand in print (a town, a province, a word) rather than an address."""
    whole = "".join(part.text for part in parts)
    if len(parts) > 1:
        numbered = any(part.text.isdigit() for part in parts) and not whole.isdigit()
        return len(whole) <= 4 or (not numbered and are_english(part.raw for part in parts))
    raw = parts[0].raw
    if not parts[0].in_syllables:
        return True
    if len(raw) > 2 and raw not in _korean() and raw.endswith(("동", *WORKPLACES)):
        # A quarter, a mine: few live or work there.
        return raw.endswith(WORKPLACES) and len(raw) < 4
    return len(whole) <= 3 or (len(whole) <= 5 and raw.endswith(LIKE_A_DIVISION))


def stands_for_somebody(kind: str, text: str, start: int, end: int) -> bool:
    """Whether what stands around a stretch of a text says that it is a person or an account, though it is a word as well."""
    if kind == "handle":
        return AN_ACCOUNT_BEFORE.search(text, max(0, start - 40), start) is not None and not re.match(
            r"[A-Za-z0-9]|[_-][A-Za-z0-9]", text[end : end + 2]
        )
    if kind == "name" and "가" <= text[start] <= "힣":
        length = len(re.sub(r"\s", "", text[start:end]))
        return (length > 2 or text[start] in SURNAMES) and (
            ADDRESSED.match(text, end) is not None or ADDRESSED_AT_ONCE.match(text, end) is not None
        )
    return False


def is_joined_as_a_handle(gaps: Sequence[str]) -> bool:
    """Whether words are joined as those of an account are, and not as those of a sentence or a compound word."""
    return bool(gaps) and (all(gap == "_" for gap in gaps) or (len(gaps) > 1 and all(gap in "._-" for gap in gaps)))


def is_a_note(parts: Sequence[Token]) -> bool:
    """Whether what stands in brackets behind a name is a word about her (아버지, father) and no name of hers."""
    raw = "".join(part.raw for part in parts)
    return raw in _korean() if parts[0].is_hangul else are_english(part.raw for part in parts)


def are_english(words: object) -> bool:
    """Whether each of these words stands in a dictionary of English, or is an ending of one that does."""
    return all(_is_english(word) for word in words)  # type: ignore[attr-defined]


@cache
def _is_english(word: str) -> bool:
    known = _english()
    return (
        word.isdigit()
        or word in known
        or any(
            word.endswith(ending) and word.removesuffix(ending) in known
            for ending in ("s", "es", "d", "ed", "ing", "ly")
        )
    )


@cache
def _english() -> frozenset[str]:
    return words_of("english") | ENGLISH_BESIDES


@cache
def _korean() -> frozenset[str]:
    """Beginnings of Korean words, in both spellings."""
    words = words_of("korean_beginnings") | words_of("korean") | KOREAN_BESIDES
    return words | {"".join(map(agreed, word)) for word in words}


# What may follow a name that is written on to it: case endings, the verb "to be", and how people are addressed.
BEHIND_A_NAME = re.compile(
    r"\Z|작업반장|인민반장|세포비서|관리위원장|회장|단장|팀장|처장|실장|차장|교원|의사|간호사|대표|의원|목사|상사|중위|소위|대위|중좌|소좌|삼촌|이모|고모|누나|언니|오빠|형|사람|인터뷰|사진|어르신|아바이|은|는|이(?!상|하|유|용|동|후|전)|가|을|를|의|에|께|로|와|과|도|만|까지|부터|보다|처럼|한테|더러|에게|같|이나|나\Z|랑|하고|라|였|네|들|뿐|조차|마저|밖에|측|집|댁"
    r"|씨|님|동지|동무|군\Z|양\Z|선생|위원|부위원|사장|부장|과장|국장|기자|박사|교수|대좌|대장|소장|중장|상장|상좌|반장|당비서|비서|지배인|할머|할아|어머|아버|아주|아저|부부|형제|남매|가족|일가"
)
# How people are called, behind a space.
ADDRESSED = re.compile(
    r"\s(?:씨|님|동지|동무|선생|위원장|부위원장|작업반장|반장|지배인|기자|박사|교수|비서|할머니|할아버지|어머니|아버지|아주머니|아저씨)"
)
# The same written on to a name.
ADDRESSED_AT_ONCE = re.compile(
    r"(?:씨|님|동지|동무|선생|위원장|작업반장|지배인|기자|박사|교수|비서|할머니|할아버지|아주머니|아저씨)"
)
# What stands before an account: a sign, a site, the name of what it is an account of.
AN_ACCOUNT_BEFORE = re.compile(
    r"(?:@|[A-Za-z0-9-]\.[A-Za-z]{2,}/(?:@|(?:u|user|users|in|add|channel)/)?"
    r"|(?:카톡|카카오톡|텔레그램|위챗|아이디|(?i:\b(?:wechat|telegram|kakao|kakaotalk|signal|id)))\s?[:：]?\s?)\Z"
)
# What is often written on to the front of a name: whose, and what she is.
BEFORE_A_NAME = re.compile(
    r"(?:우리|저희|내|그|한|지배인|위원장|비서|반장|작업반장|인민반장|동지|동무|선생|기자|박사|교수|사장|부장|과장|국장|대표|의원|교원|의사"
    r"|아버지|어머니|아들|딸|남편|아내|형|누나|언니|오빠|동생|친구|주민|소식통|로동자|노동자|농장원|상인|탈북민|씨|와|과|및|인터뷰)\Z"
)
# Words of one syllable that are a surname as well: this, one, before, main, late, new, …
SHORT_WORDS = frozenset("이그저한전주고현신구여제모두만천백조안온각총매본단약당더")
# A figure, a foreign word or the end of a quotation, right before a run of Hangul.
WRITTEN_ON = re.compile(r"[0-9A-Za-z%)\]”’]\Z|[\w.!?)][\"'’”]\Z")
ENDINGS = frozenset("은는이가을를의에로와과도만")
FUNCTION_WORDS = frozenset(
    ["a", "an", "the", "in", "on", "so", "no", "do", "to", "at", "he", "me", "we", "i", "us", "or", "is", "as", "be", "by", "go", "my", "up", "of", "it", "if", "am"]
)  # fmt: skip


def reads_as_words(parts: Sequence[Token], length: int, text: str) -> bool:
    """Whether a stretch of a text, though it is spelled like a term, reads as ordinary words where it stands.

    ``parts``: the runs that it is made of; of the last one its first ``length`` characters.
    """
    gaps = [text[one.end : two.start] for one, two in pairwise(parts)]
    if any(_parts_clauses(gap) for gap in gaps):
        return True
    if not parts[0].in_syllables:
        return _reads_as_english(parts, gaps, text)
    if not parts[0].is_hangul or not all(part.is_hangul for part in parts):
        return False
    words = [part.raw for part in parts]
    words[-1], behind = words[-1][:length], words[-1][length:]
    whole = "".join(words)
    followed_well = BEHIND_A_NAME.match(behind) is not None
    if len(whole) > 4:
        return False
    if any(_is_odd(gap) for gap in gaps):
        # Signs between syllables that are one and the same everywhere, or nothing but a name has them.
        return not followed_well or len(whole) < 3 or len({*gaps}) > 1 or (len(words[0]) > 1 and words[0] in _korean())
    if any("," in gap for gap in gaps):
        return True
    if not behind and ADDRESSED.match(text, parts[-1].start + length):
        return False
    if len(words) == 1:
        return _is_a_word(whole, behind, written_on=WRITTEN_ON.search(text, 0, parts[0].start) is not None)
    return (
        not followed_well
        or (len(whole) == 2 and (whole in _korean() or words[0] in SHORT_WORDS))
        or (len(words[0]) > 1 and words[0] in _korean())
        or (words[0] in SHORT_WORDS and len(words) == 2 and words[1] in _korean())
    )


def _is_a_word(stretch: str, behind: str, *, written_on: bool) -> bool:
    """Whether a stretch of one run of Hangul, as it stands there, is a word or the beginning of one (임금은, 여건).

    ``written_on``: on to a figure or a foreign word, as endings are (100%로만).
    """
    if len(stretch) == 2:
        return written_on or stretch in _korean() or BEHIND_A_NAME.match(behind) is None
    if BEHIND_A_NAME.match(behind) is None:
        # The beginning of another word (이유진단, 민영기업).
        return True
    return len(stretch) == 3 and (
        stretch in _korean() or (stretch[:2] in _korean() and stretch[2] in ENDINGS and not behind)
    )


def stands_inside_a_word(run: str, start: int, length: int) -> bool:
    """Whether a stretch in the middle of a run of Hangul is a part of its words, and no name written on to what is before it."""
    name, behind = run[start : start + length], run[start + length :]
    if BEHIND_A_NAME.match(behind) is None or name in _korean() or not surname(name):
        return True
    return BEFORE_A_NAME.search(run[:start]) is None and run[:start] not in _korean()


def _is_odd(gap: str) -> bool:
    """Whether more stands there than what is usual inside a name or between the parts of an address."""
    return re.fullmatch(r"[\s\-‐-―−_.,·•・‧/\\+~*:&=@#%'’]*", gap) is None


def _parts_clauses(gap: str) -> bool:
    return re.search(r"[.:!?…]\s|[.:,].*[.:,]|[!?…]", gap) is not None


def _reads_as_english(parts: Sequence[Token], gaps: Sequence[str], text: str) -> bool:
    words = [part.raw for part in parts]
    if len(words) == 1:
        return len(words[0]) <= 4 or are_english(words)
    if any(_is_odd(gap) for gap in gaps):
        begins = [
            parts[0],
            *(part for part, gap in zip(parts[1:], gaps, strict=True) if not re.fullmatch("[-‐-―−]", gap)),
        ]
        return not all(part.capital for part in begins) or len("".join(words)) <= 4 or are_english(words)
    if not all(gap.isspace() for gap in gaps):
        return False
    shouted = all(text[part.start : part.end].isupper() for part in parts)
    if all(part.capital for part in parts) and not shouted:
        # Written as a name is.
        return False
    if len("".join(words)) <= 4 or are_english(words):
        return True
    if not any(part.capital for part in parts) or shouted:
        return sum(word in FUNCTION_WORDS for word in words) * 2 > len(words) or words[-1] in {"a", "an", "the"}
    # "Kim in a statement"; an address may hold such words.
    return len(parts) <= 3 and any(part.raw in FUNCTION_WORDS for part in parts if not part.capital)
