"""The windows of a text: every stretch of it that could be a protected word, in one spelling, and every number.

A window begins where a word begins and ends where one ends, or inside a run of Hangul, for there what follows a name is
written on to it (김철수가, 김철수에게서). In an address or a file name, where words are run together, it begins anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sources.spelling import COUNTRIES, LONGEST_NUMBER, LONGEST_WORDS, SHORTEST_NUMBER, Token, number, tokens

# Inside a spelling: any amount of white space, and a few signs that are no letters (김|철|수, “Kim” “Chol-su”). Whether what
# stands around them is a name is for ``sources.ordinary`` to say.
BETWEEN = re.compile(r"\s*(?:(?:[^\w\s]|_)\s*){0,6}")
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


def inside(all_tokens: list[Token]) -> Iterator[tuple[str, int, int]]:
    """Three and four syllables inside a run of Hangul (우리김철수가): as they are spelled, which run, from where in it."""
    for which, token in enumerate(all_tokens):
        if token.is_hangul:
            for start in range(1, len(token.text) - 2):
                for length in (3, 4):
                    if start + length <= len(token.text):
                        yield token.text[start : start + length], which, start


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
# Colons and commas only where nothing else stands beside them: else they part figures.
_GAP = r"(?:[\s\-‐-―−_.·•/\\()\[\]~*+]{1,4}|[,:])"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9|]){_DIGIT}+(?:{_GAP}{_DIGIT}+)*(?![A-Za-z0-9|])|[0-9]+(?:{_GAP}[0-9]+)*")
_THOUSANDS = re.compile(r"(?<![0-9])([0-9]{1,3}(?:,[0-9]{3})+)(?![0-9]|,[0-9])")
_DATE = re.compile(
    r"(?<![0-9])(?<![0-9][-./])(?:19|20)[0-9]{2}([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])(?!\1?[0-9])"
)
# Groups with one sign between them all: a number has no more, a row of prices has.
_MOST_GROUPS = 6
_TYPED_FOR_DIGITS = str.maketrans("OoIl|", "00111")
# 공일공 일이삼사 오육칠팔.
_SPOKEN = re.compile(r"(?<![가-힣])[공영일이삼사오육륙칠팔구]{2,}(?:[\s\-.]{1,2}[공영일이삼사오육륙칠팔구]{2,})*")
_SPOKEN_DIGITS = str.maketrans("공영일이삼사오육륙칠팔구", "001234566789")


def numbers(text: str) -> Iterator[str]:
    """The numbers of a seen text in one spelling: groups of digits, alone and with their neighbours."""
    # A figure with commas is one number, whatever stands beside it; a date is none.
    text = _THOUSANDS.sub(lambda figure: figure[1].replace(",", ""), _DATE.sub(" ; ", text))
    for run in _NUMBER.finditer(text):
        # Letters alone are no number, nor are three beside one digit.
        if sum(c.isdigit() for c in run[0]) * 4 >= sum(c.isalnum() or c == "|" for c in run[0]):
            parts = re.split(f"({_GAP})", run[0].translate(_TYPED_FOR_DIGITS))
            before = text[run.start() - 1 : run.start()]
            yield from _in_groups(parts[::2], [before, *parts[1::2]])
    for run in _SPOKEN.finditer(text):
        groups = re.findall("[0-9]+", run[0].translate(_SPOKEN_DIGITS))
        yield from _in_groups(groups, [""] + ["-"] * (len(groups) - 1))


def _in_groups(groups: list[str], gaps: list[str]) -> Iterator[str]:
    """``gaps``: what stands before each group."""
    signs = [gap.strip() or " " for gap in gaps]
    alike = _lengths_alike(signs)
    for first in range(len(groups)):
        digits = ""
        for last in range(first, len(groups)):
            digits += groups[last]
            if len(digits) > LONGEST_NUMBER + 4:
                break
            spelled = number(digits)
            if SHORTEST_NUMBER <= len(spelled) <= LONGEST_NUMBER and (
                last == first
                or _begins_a_number(groups[first], digits, gaps[first])
                or _is_written_as_one(groups[first : last + 1], signs[first + 1 : last + 1], alike[last])
            ):
                yield spelled


def _lengths_alike(signs: list[str]) -> list[int]:
    """For each group, how many groups stand in a row with the sign that stands before it between them."""
    found = [1] * len(signs)
    first = 1
    while first < len(signs):
        end = first
        while end < len(signs) and signs[end] == signs[first]:
            end += 1
        found[first:end] = [end - first + 1] * (end - first)
        first = end
    return found


def _begins_a_number(first: str, digits: str, before: str) -> bool:
    """Whether these digits, in however many groups, begin as a number to call does: with a zero, a country, a +."""
    if before.endswith("+") and len(first) <= 3 and 8 <= len(digits) <= 15:
        return True
    if first[0] == "0":
        # The zero of a region, or two before a country.
        return len(digits) <= 12 or digits.startswith("00")
    if first in COUNTRIES or (first.startswith(COUNTRIES) and len(first) >= 9):
        return len(digits) >= 10
    return len(digits) == 11 and digits[0] == "1" and digits[1] >= "3" and len(first) != 4


def _is_written_as_one(groups: list[str], signs: list[str], alike: int) -> bool:
    """Whether two to four groups, with one sign between them and no more beside them, may be a number."""
    if len(groups) > 4 or len(set(signs)) > 1 or alike > _MOST_GROUPS:
        return False
    length = sum(map(len, groups))
    if signs[0] == " ":
        return 9 <= length <= 13 and any(len(group) != 4 for group in groups)
    return length <= LONGEST_NUMBER
