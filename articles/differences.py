"""What differs between two texts, word by word: for versions of a story and wordings of a fact.

A word is what stands between spaces, less the punctuation at its edges. In Korean that is the eojeol (어절), the unit
that a Korean editor sees: a changed particle changes its word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby, zip_longest
from typing import Literal, NamedTuple

Kind = Literal["same", "out", "in"]
Span = tuple[Kind, int, int, int, int]

# Comparing every word with every other is quadratic: longer texts are first cut where both have a word that stands once.
MOST_PAIRS = 60_000
# Paragraphs that share less than this of their words are two, not one rewritten.
ALIKE = 0.35

_TOKEN = re.compile(r"\s+|[—–…]|[^\s—–…]+")
_EDGES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


class Piece(NamedTuple):
    """A run of words that both texts have ("same"), that was taken out ("out") or put in ("in")."""

    kind: Kind
    text: str


def word_by_word(old: str, new: str) -> list[Piece]:
    """How one text became the other. "same" and "out" together are the old text, "same" and "in" the new, to the letter."""
    before, after = _tokens(old), _tokens(new)
    spans = _whole_words(list(_spans(before, after, 0, len(before), 0, len(after))), before, after)
    pieces: list[Piece] = []
    for kind, i, j, k, m in spans:
        text = "".join(after[k:m] if kind == "in" else before[i:j])
        if pieces and pieces[-1].kind == kind:
            text = pieces.pop().text + text
        pieces.append(Piece(kind, text))
    return pieces


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Paragraphs side by side, in order: the same, one rewritten as the other, or alone where the other has none."""
    pairs: list[tuple[str | None, str | None]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs += zip(old[i:j], new[k:m], strict=True) if kind == "equal" else _most_alike(old[i:j], new[k:m])
    return pairs


def matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Texts that stand in no order, each beside what it was: the same first, then whatever shares the most words."""
    words = {text: Counter(text.split()) for text in [*old, *new]}
    partners: dict[str, str] = {text: text for text in new if text in old}
    left = [text for text in old if text not in partners]
    alike = ((_likeness(words[was], words[now]), was, now) for was in left for now in new if now not in partners)
    for likeness, was, now in sorted(alike, key=lambda pair: -pair[0]):
        if likeness >= ALIKE and was in left and now not in partners:
            partners[now] = was
            left.remove(was)
    return [*((partners.get(now), now) for now in new), *((was, None) for was in left)]


def _tokens(text: str) -> list[str]:
    tokens = []
    for chunk in _TOKEN.findall(text):
        edges = _EDGES.fullmatch(chunk)
        tokens += [part for part in edges.groups() if part] if edges and not chunk.isspace() else [chunk]
    return tokens


def _spans(old: list[str], new: list[str], i: int, j: int, k: int, m: int) -> Iterator[Span]:
    """Spans of ``old[i:j]`` and ``new[k:m]``, in order."""
    head = 0
    while i + head < j and k + head < m and old[i + head] == new[k + head]:
        head += 1
    if head:
        yield "same", i, i + head, k, k + head
    i, k = i + head, k + head
    tail = 0
    while i < j - tail and k < m - tail and old[j - tail - 1] == new[m - tail - 1]:
        tail += 1
    j, m = j - tail, m - tail
    if (j - i) * (m - k) <= MOST_PAIRS:
        for kind, a, b, c, d in SequenceMatcher(None, old[i:j], new[k:m], autojunk=False).get_opcodes():
            if kind == "equal":
                yield "same", i + a, i + b, k + c, k + d
            else:
                yield from _changed(i + a, i + b, k + c, k + d)
    elif anchors := _anchors(old[i:j], new[k:m]):
        begin_old, begin_new = i, k
        for a, c in anchors:
            yield from _spans(old, new, begin_old, i + a, begin_new, k + c)
            yield "same", i + a, i + a + 1, k + c, k + c + 1
            begin_old, begin_new = i + a + 1, k + c + 1
        yield from _spans(old, new, begin_old, j, begin_new, m)
    else:
        # Long, and no word that stands once in both: another text.
        yield from _changed(i, j, k, m)
    if tail:
        yield "same", j, j + tail, m, m + tail


def _changed(i: int, j: int, k: int, m: int) -> Iterator[Span]:
    if j > i:
        yield "out", i, j, k, k
    if m > k:
        yield "in", j, j, k, m


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Words that stand once in each, as far as they keep their order: the longest rising run of their places."""
    once_old, once_new = Counter(old), Counter(new)
    places = {word: n for n, word in enumerate(new) if once_new[word] == 1}
    both = [(n, places[word]) for n, word in enumerate(old) if once_old[word] == 1 and word in places]
    # Patience sorting: ``heaps[n]`` is the anchor with the lowest place that ends a run of n + 1.
    heaps: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(both):
        low, high = 0, len(heaps)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if both[heaps[middle]][1] < place else (low, middle)
        before.append(heaps[low - 1] if low else None)
        heaps[low : low + 1] = [number]
    run = []
    last: int | None = heaps[-1] if heaps else None
    while last is not None:
        run.append(both[last])
        last = before[last]
    return run[::-1]


def _whole_words(spans: list[Span], old: list[str], new: list[str]) -> list[Span]:
    """Changes that little parts (a space, a comma, fewer letters than changed on either side) are read as one.

    What is taken out stands before what is put in.
    """
    before, after = ([0, *accumulate(map(len, tokens))] for tokens in (old, new))

    def size(run: list[Span]) -> int:
        first, last = run[0], run[-1]
        return max(before[last[2]] - before[first[1]], after[last[4]] - after[first[3]])

    def is_small(same: list[Span], *around: list[Span]) -> bool:
        is_word = any(letter.isalnum() for token in old[same[0][1] : same[-1][2]] for letter in token)
        return not is_word or size(same) <= min(map(size, around))

    while True:
        runs = [list(run) for _, run in groupby(spans, lambda span: span[0] == "same")]
        result: list[Span] = []
        changed: list[Span] = []
        for n, run in enumerate(runs):
            is_change = run[0][0] != "same"
            if is_change or (changed and n + 1 < len(runs) and is_small(run, changed, runs[n + 1])):
                changed += run
            else:
                result += [*_joined(changed), *run]
                changed = []
        result += _joined(changed)
        if result == spans:
            return result
        # A change that has grown may swallow what stood before it.
        spans = result


def _joined(changed: list[Span]) -> Iterator[Span]:
    if changed:
        yield from _changed(changed[0][1], changed[-1][2], changed[0][3], changed[-1][4])


def _most_alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """The pairing, in order, that shares the most words."""
    if not old or not new:
        return [*((text, None) for text in old), *((None, text) for text in new)]
    if len(old) * len(new) > MOST_PAIRS:
        return list(zip_longest(old, new))
    words = [[Counter(text.split()) for text in texts] for texts in (old, new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for k in range(len(new) - 1, -1, -1):
            together = _likeness(words[0][i], words[1][k])
            best[i][k] = max(
                best[i + 1][k], best[i][k + 1], together + best[i + 1][k + 1] if together >= ALIKE else 0.0
            )
    pairs: list[tuple[str | None, str | None]] = []
    i = k = 0
    while i < len(old) and k < len(new):
        # The very sums of above, so that they are equal to the last bit.
        together = _likeness(words[0][i], words[1][k])
        if together >= ALIKE and best[i][k] == together + best[i + 1][k + 1]:
            pairs.append((old[i], new[k]))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            pairs.append((old[i], None))
            i += 1
        else:
            pairs.append((None, new[k]))
            k += 1
    return [*pairs, *((text, None) for text in old[i:]), *((None, text) for text in new[k:])]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, 0 to 1."""
    total = one.total() + other.total()
    shorter, longer = sorted((one, other), key=len)
    common = sum(min(number, longer[word]) for word, number in shorter.items() if word in longer)
    return 2 * common / total if total else 1.0
