"""Which names, handles and places are ordinary words as well: 수정, 이상, Grace, Mark, Young Park.

Such a one alone is no finding, or an alarm would stand in every second paragraph. It needs company: its surname (김수정 is
a name of its own), or another term of the same person near by.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sources.spelling import Token, agreed
from sources.words import words_of

LONG_SURNAMES = frozenset(["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "어금", "망절", "강전"])
SURNAMES = frozenset(
    "가간갈감강견경계고곡공곽교구국궁권금기길김나낙난남내노단담당도돈동두라래려렴로뢰룡류륙리림마만매맹명모목묘무묵문미민"
    "박반방배백범변복봉부비빈빙사삼상서석선설섭성소손송순승시신심아안애야양어엄여연염엽영예오옥온옹왕요용우운원위유육윤은음"
    "이인임자장전점정제조종좌주준지진차창채천초최추춘탁탄태판팽편평포표피필하한함해허현형호홍화환황후"
)
# English names of months and days, and words that the list of English leaves out because they are surnames elsewhere.
ENGLISH_BESIDES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday park young song sun an in no so son man hung pang kang chang yun young han won "
    "north south east west korea korean china chinese i a the grace mark joy faith hope rose lily daisy ruby will bill "
    "jack frank grant chase hunter mason taylor cook baker smith carter dean earl duke king prince john".split()
)
LIKE_A_DIVISION = ("도", "시", "군", "구역", "구", "읍", "리", "동", "강", "역", "산")


def is_a_name(parts: Sequence[Token]) -> bool:
    """Whether a name in one script is an ordinary word, or too little of a name to stand alone."""
    if not parts[0].in_syllables:
        return len(parts) == 1 or len("".join(p.text for p in parts)) <= 4 or are_english(p.raw for p in parts)
    raw = "".join(part.raw for part in parts)
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
    return len(whole) < 5 or are_english(part.raw for part in parts) or whole in _english()


def is_a_place(parts: Sequence[Token]) -> bool:
    """Whether a place is one that may stand in print (a town, a province, a word) rather than an address."""
    whole = "".join(part.text for part in parts)
    if len(parts) > 1:
        return len(whole) <= 4 or are_english(part.raw for part in parts)
    return not parts[0].in_syllables or len(whole) <= 3 or (len(whole) <= 5 and parts[0].raw.endswith(LIKE_A_DIVISION))


def are_english(words: object) -> bool:
    """Whether each of these words stands in a dictionary of English, or is an ending of one that does."""
    return all(_is_english(word) for word in words)  # type: ignore[attr-defined]


@cache
def _is_english(word: str) -> bool:
    known = _english()
    return (
        word.isdigit()
        or word in known
        or any(word.endswith(ending) and word.removesuffix(ending) in known for ending in ("s", "es", "d", "ed", "ing", "ly"))
    )


@cache
def _english() -> frozenset[str]:
    return words_of("english") | ENGLISH_BESIDES


@cache
def _korean() -> frozenset[str]:
    """Beginnings of Korean words, in both spellings."""
    words = words_of("begins_like_a_surname") | words_of("korean")
    return words | {"".join(map(agreed, word)) for word in words}
