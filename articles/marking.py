"""Marks over the words of a block of text: which fact they state, on the desk, and how they are covered, in the preview."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape

from articles.bodies import marked_blocks

# Characters of a block counted as its reader counts them, tags left out.
Marks = frozenset[str]


def retied(body: str, block: int, start: int, end: int, *, add: str = "", remove: str = "") -> str:
    """A body in which the words ``start`` to ``end`` of its block (from 1) carry one mark more, or one less."""
    cut = marked_blocks(body)

    def change(at: int, marks: Marks) -> Marks:
        if not start <= at < end:
            return marks
        return (marks | {add} if add else marks) - ({remove} if remove else set())

    cut[block - 1] = _remarked(cut[block - 1], {start, end}, change, _fact_marks)
    return "".join(cut)


def classed(block: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """A printed block whose words ``start`` to ``end`` carry a class each: for the desk's preview alone."""
    listed = list(spans)

    def change(at: int, marks: Marks) -> Marks:
        return frozenset(name for start, end, name in listed if start <= at < end)

    borders = {border for start, end, _ in listed for border in (start, end)}
    return _remarked(block, borders, change, _class_marks)


def _fact_marks(marks: Marks) -> str:
    # Smaller keys outside: the same ties always read the same.
    return "".join(f'<span data-fact="{mark}">' for mark in sorted(marks, key=lambda m: (len(m), m)))


def _class_marks(marks: Marks) -> str:
    return "".join(f'<span class="{mark}">' for mark in sorted(marks))


def _remarked(
    block: str, borders: set[int], change: Callable[[int, Marks], Marks], opened: Callable[[Marks], str]
) -> str:
    """The block with its spans written anew around each run of words whose marks are one."""
    written, at = [], 0
    marks: list[str] = []
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", block):
        if tag.startswith("<span"):
            found = re.search(r'data-fact="([^"]*)"', tag)
            marks.append(found[1] if found else "")
        elif tag == "</span>":
            marks.pop()
        elif tag:
            written.append(tag)
        else:
            for piece, length in _pieces(text, at, borders):
                carried = change(at, frozenset(filter(None, marks)))
                written.append(opened(carried) + piece + "</span>" * len(carried))
                at += length
    return "".join(written)


def _pieces(text: str, at: int, borders: set[int]) -> Iterable[tuple[str, int]]:
    """A run of HTML text, cut at the borders that fall into it; each piece with its length to a reader."""
    letters = re.findall(r"&[#\w]+;|[^&]|&", text)
    piece = ""
    length = 0
    for letter in letters:
        if length and at + length in borders:
            yield piece, length
            at, piece, length = at + length, "", 0
        piece += letter
        length += len(unescape(letter))
    if piece:
        yield piece, length
