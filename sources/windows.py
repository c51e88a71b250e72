"""The windows of a text: every stretch of it that could be a protected word, in one spelling, and every number.

A window begins where a word begins and ends where one ends, or inside a run of Hangul, for there what follows a name is
written on to it (김철수가, 김철수에게서). In an address or a file name, where words are run together, it begins anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sources.spelling import LONGEST_NUMBER, LONGEST_WORDS, SHORTEST_NUMBER, Token, number, tokens

# Inside a spelling: spaces, hyphens, dots, slashes, underscores; not what parts sentences or clauses.
BETWEEN = re.compile(r"[\s\-‐-―−_.,·•・‧/\\+~*:&=@#%'’]{0,4}")
MOST_TOKENS = 10
SHORTEST_RUN_TOGETHER = 6


def windows(text: str, all_tokens: list[Token]) -> dict[str, list[tuple[int, int, int]]]:
    """By spelling, where it stands in a seen text: the first token, the last one, how much of the last."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    joins = [False] + [
        BETWEEN.fullmatch(text, before.end, after.start) is not None for before, after in pairwise(all_tokens)
    ]
    spelled = [token.text for token in all_tokens]
    syllables = [token.in_syllables for token in all_tokens]
    for first in range(len(all_tokens)):
        before = ""
        for last in range(first, min(first + MOST_TOKENS, len(all_tokens))):
            if last > first and not joins[last]:
                break
            word = spelled[last]
            room = LONGEST_WORDS - len(before)
            if syllables[last]:
                for length in range(1, min(len(word), room) + 1):
                    found.setdefault(before + word[:length], []).append((first, last, length))
            else:
                found.setdefault((before + word)[:LONGEST_WORDS], []).append((first, last, len(word)))
            if len(word) >= room:
                break
            before += word
    return found


def run_together(text: str) -> set[str]:
    """Every stretch of an address or a file name, whatever stands beside it."""
    whole = "".join(token.text for token in tokens(text))
    return {
        whole[start : start + length]
        for start in range(len(whole))
        for length in range(3 if whole[start] >= "㐀" else SHORTEST_RUN_TOGETHER, LONGEST_WORDS + 1)
        if start + length <= len(whole)
    }


# A digit, or a letter typed for one.
_DIGIT = r"[0-9OoIl|]"
_GAP = r"[\s\-‐-―−_.·•/\\()\[\]~*+]{1,4}"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9|]){_DIGIT}+(?:{_GAP}{_DIGIT}+)*(?![A-Za-z0-9|])|[0-9]+(?:{_GAP}[0-9]+)*")
_THOUSANDS = re.compile(r"(?<![0-9])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9])")
_TYPED_FOR_DIGITS = str.maketrans("OoIl|", "00111")
# 공일공 일이삼사 오육칠팔.
_SPOKEN = re.compile(r"(?<![가-힣])[공영일이삼사오육륙칠팔구]{2,}(?:[\s\-.]{1,2}[공영일이삼사오육륙칠팔구]{2,})*")
_SPOKEN_DIGITS = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")


def numbers(text: str) -> Iterator[str]:
    """The numbers of a seen text in one spelling: groups of digits, alone and with their neighbours."""
    # A figure with commas is one number, whatever stands beside it.
    text = _THOUSANDS.sub(lambda figure: figure[1].replace(",", ""), text)
    for run in _NUMBER.finditer(text):
        # Letters alone are no number, nor are three beside one digit.
        if sum(c.isdigit() for c in run[0]) * 4 >= sum(c.isalnum() or c == "|" for c in run[0]):
            yield from _in_groups(re.split(_GAP, run[0].translate(_TYPED_FOR_DIGITS)))
    for run in _SPOKEN.finditer(text):
        yield from _in_groups(re.findall("[0-9]+", run[0].translate(_SPOKEN_DIGITS)))


def _in_groups(groups: list[str]) -> Iterator[str]:
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > LONGEST_NUMBER + 4:
                break
            spelled = number(digits)
            if SHORTEST_NUMBER <= len(spelled) <= LONGEST_NUMBER:
                yield spelled
