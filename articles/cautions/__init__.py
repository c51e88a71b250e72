"""What could point at a source in a story, before an editor signs it.

A caution forbids nothing: the gate has its own rules. Whoever signs was shown each of them, and which they were stands
with her signature (``CautionsSeen``). Codes are stable; their sentences stand in ``articles.cautions.sentences``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.cautions import by_day, by_exposure, by_phrase, by_voice
from articles.cautions.found import OF_A_SOURCE, PRIVATE, Caution, Told
from articles.cautions.sentences import sentence_of, who_is_meant
from articles.models import Article, Proof

if TYPE_CHECKING:
    from staff.models import User

__all__ = ["Caution", "Shown", "cautions_of", "recorded", "shown_to", "unseen"]

READERS: tuple[Callable[[Told], Iterator[Caution]], ...] = (
    by_exposure.unsafe,
    by_exposure.shrinking,
    by_phrase.one_phrase_for_two,
    by_phrase.two_phrases_for_one,
    by_phrase.typed_for_two,
    by_phrase.typed_beside,
    by_day.event_and_talk,
    by_day.talk_and_print,
    by_voice.own_words,
)


@dataclass(frozen=True)
class Shown:
    """A caution as one person reads it. ``who`` is an alias only where she may know it."""

    code: str
    who: str
    sentence: str
    key: str


def cautions_of(article: Article, proof: Proof | None = None, *, at: dt.datetime | None = None) -> list[Caution]:
    """Everything in the story, as its proof has it or as it stands, that could point at a source.

    ``at``: the hour for which print is planned; without it, that of the version which waits for one, or now.
    """
    told = Told.read(article, proof, at)
    return [caution for read in READERS for caution in read(told)]


def shown_to(by: User | None, cautions: Iterable[Caution]) -> tuple[list[Shown], bool]:
    """What this person may read of them, and whether there is more that only others may. None: a guest.

    How safe a source is, when we spoke with her and what was printed of her are for who speaks with her, and for editors;
    to the day for the former alone.
    """
    shown: list[Shown] = []
    kept_back = False
    for caution in cautions:
        hers = by is not None and all(source.is_known_to(by) for source in caution.sources)
        known = hers or (by is not None and by.is_editor)
        if caution.code in PRIVATE and not known:
            kept_back = True
            continue
        who = who_is_meant(caution, known=known)
        shown.append(Shown(caution.code, who, sentence_of(caution, to_the_day=hers), caution.key))
    # Those of one source together, in the order in which they were found.
    first = list(dict.fromkeys(each.who for each in shown))
    return sorted(shown, key=lambda each: first.index(each.who)), kept_back


def unseen(cautions: Iterable[Caution], shown: Iterable[str]) -> list[Caution]:
    """Those whose keys a page did not show."""
    keys = set(shown)
    return [caution for caution in cautions if caution.key not in keys]


def recorded(cautions: Iterable[Caution]) -> list[str]:
    """Their codes as they are kept with a signature."""
    return sorted(OF_A_SOURCE if caution.code in PRIVATE else caution.code for caution in cautions)
