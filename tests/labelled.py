"""The corpus of labelled sentences, and how well the rules do on it: what the tests hold and the benchmark prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from articles.claims import claims_in
from articles.names_of_places import names_of_places
from articles.sentences import Language, sentences
from sources import census

CORPUS = Path(__file__).parent / "corpus"
FILES: dict[str, Language] = {"english": "en", "english_held_out": "en", "korean": "ko", "korean_held_out": "ko"}
FILES |= {"english_held_out_prose": "en", "korean_held_out_prose": "ko"}
FILES |= {"english_words": "en", "english_held_out_words": "en", "korean_words": "ko", "korean_held_out_words": "ko"}
NONE = "none"

Cut = Callable[[str, Language], Iterable[str]]


@dataclass(frozen=True)
class Block:
    """A paragraph, headline or caption, cut by hand, with a label for each sentence."""

    sentences: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.sentences)


@dataclass(frozen=True)
class Score:
    """How many of the found are right (precision), and how many of the right are found (recall)."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0


def blocks(name: str) -> list[Block]:
    """The records of a file of the corpus."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    records = "\n".join(line for line in lines if not line.startswith("#")).split("\n\n")
    return [_block(record.strip("\n")) for record in records if record.strip()]


def _block(record: str) -> Block:
    text, labels = record.split("\n")
    block = Block(tuple(text.split("|")), tuple(labels.split()))
    if len(block.sentences) != len(block.labels):
        raise ValueError(f"As many labels as sentences: {text}")
    return block


def known_names() -> frozenset[str]:
    """What the desk hands over: the forms of its places, here of those that come with it."""
    return names_of_places(rows_of_places())


def rows_of_places() -> list[tuple[str, str]]:
    """The names of the places that come with the program, in English and in Korean."""
    return census.names()


def borders(pieces: Iterable[str]) -> set[int]:
    """Where a cut text was cut: the places between two sentences."""
    return set(list(accumulate(len(piece) for piece in pieces))[:-1])


def score_borders(name: str, cut: Cut = sentences) -> Score:
    """Borders between the sentences of a block; the end of the block, which nobody can miss, does not count."""
    right = found = there = 0
    for block in blocks(name):
        ours, theirs = borders(cut(block.text, FILES[name])), borders(block.sentences)
        right, found, there = right + len(ours & theirs), found + len(ours), there + len(theirs)
    return Score(right, found, there)


def score_claims(name: str) -> Score:
    """Sentences that hold a claim, of whatever kind, among those cut by hand."""
    pairs = labelled(name)
    right = sum(1 for said, label in pairs if said != NONE and label != NONE)
    return Score(right, sum(1 for said, _ in pairs if said != NONE), sum(1 for _, label in pairs if label != NONE))


def share_of_right_kinds(name: str) -> float:
    """Of the claims that were found and are there, those proposed as a fact of the right kind."""
    both = [(said, label) for said, label in labelled(name) if NONE not in (said, label)]
    return sum(1 for said, label in both if said == label) / len(both)


def share_kept_back(name: str) -> float:
    """Of the statements and records those that the law would take for an event told as plain fact, paragraph or none."""
    said = [said for said, label in labelled(name) if label in {"statement", "record"}]
    return said.count("event") / len(said)


def share_let_through(name: str) -> float:
    """Of the events those that one statement, or one document, would carry."""
    said = [said for said, label in labelled(name) if label == "event"]
    return sum(1 for kind in said if kind in {"statement", "record"}) / len(said)


def labelled(name: str) -> list[tuple[str, str]]:
    """For each sentence what the rules say and what the label says."""
    names = known_names()
    pairs: list[tuple[str, str]] = []
    for block in blocks(name):
        claims = claims_in(block.sentences, FILES[name], names=names)
        pairs.extend((claim.kind if claim else NONE, label) for claim, label in zip(claims, block.labels, strict=True))
    return pairs
