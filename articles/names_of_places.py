"""The names under which a story speaks of a place that stands in the desk's list.

The list holds what is printed in full (혜산시, 함경북도, "Musan County"); a reporter writes 혜산, 함북, Musan. The forms here
are those of the newspapers of both Koreas and of the romanisation that we use; a bare Korean stem is short, and what may
follow it is for ``claims_in_korean.KNOWN_NAME`` to say, so that 무산 is not found in 무산됐다.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# "Musan County", "Rason Special City", "Chongam-dong".
ENGLISH_RANK = re.compile(
    r"(?: (?:(?:Special|Directly Governed|Metropolitan) )?(?:City|County|Province|District|Village|Town|Ward)"
    r"|-(?:si|gun|do|ku|guyok|gu|ri|dong|up))\Z"
)
QUARTER = re.compile(r"\A(?:North|South|East|West) (?!Korea\Z)")
# Behind two syllables or more: 구리 or 수도 keep what only looks like a rank.
KOREAN_RANK = re.compile(r"(?<=[가-힣]{2})(?:특별시|직할시|광역시|로동자구|노동자구|시|군|구역|구|읍|리|동|도)\Z")
HALF_OF_A_PROVINCE = re.compile(r"\A([가-힣])([가-힣])([남북])도\Z")
# What the South writes at the head of a word where the North keeps the sound (두음법칙): 량강도 and 양강도.
HEADS = dict(zip("량라로려리류룡련림락녕니", "양나노여이유용연임낙영이", strict=True))


def names_of_places(rows: Iterable[tuple[str, str]]) -> frozenset[str]:
    """All forms of the places in rows of an English and a Korean name, as ``Place`` holds them."""
    return frozenset(form for pair in rows for form in forms_of(*pair))


def forms_of(*names: str) -> frozenset[str]:
    """All forms of one place, by its names in full."""
    return frozenset(form for name in names for form in (*_english(name), *_korean(name)) if form)


def _english(name: str) -> Iterator[str]:
    yield name
    if not name.isascii():
        return
    bare = ENGLISH_RANK.sub("", name)
    yield bare
    yield QUARTER.sub("", bare)


def _korean(name: str) -> Iterator[str]:
    for form in (name, HEADS.get(name[:1], name[:1]) + name[1:]):
        yield form
        if half := HALF_OF_A_PROVINCE.match(form):
            # 함경북도: 함북 and 함경도. Never 함경 or 평안, which is a word.
            yield half[1] + half[3]
            yield half[1] + half[2] + "도"
        else:
            yield KOREAN_RANK.sub("", form)
