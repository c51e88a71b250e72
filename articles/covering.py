"""Saying what each sentence of a story states: a fact, an earlier fact of ours, or nothing (context)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from articles import confirming, coverage
from articles.acts import act, fresh, require
from articles.coverage import Segment, squeezed
from articles.gate import GateError
from articles.marking import retied
from articles.models import Article, Confirmation, Context, Fact, Passage, Verdict, Wording
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User

# Longer than any key of ours.
DIGITS = 19


@dataclass(frozen=True)
class Sentence:
    """One sentence of a story and what covers it. ``start``, ``end``: in the letters of its place."""

    place: str
    n: int
    text: str
    start: int
    end: int
    facts: tuple[int, ...]
    is_stated: bool
    is_context: bool
    claim: str | None

    @property
    def key(self) -> str:
        """Names the sentence in a form: other words are another sentence."""
        return hashlib.sha256(f"{self.place}|{self.n}|{self.text}".encode()).hexdigest()[:16]

    @property
    def is_covered(self) -> bool:
        return self.is_stated or (self.is_context and self.claim is None)

    @property
    def block(self) -> int | None:
        """Number of its block in the body, from 1; None outside the body."""
        return int(self.place.removeprefix("block ")) if self.place.startswith("block ") else None


@dataclass(frozen=True)
class Earlier:
    """A fact of ours that is in print and says nearly the same."""

    wording: int
    text: str
    headline: str


def sentences_in(segments: list[Segment]) -> list[Sentence]:
    """The sentences of a coverage that say anything, in the order of the page."""
    found = []
    for place, of_place in groupby(segments, lambda s: s["place"]):
        at = 0
        for n, group in groupby(of_place, lambda s: s["n"]):
            pieces = list(group)
            whole = "".join(piece["text"] for piece in pieces)
            if any(letter.isalnum() for letter in whole):
                found.append(
                    Sentence(
                        place=place,
                        n=n,
                        text=squeezed(whole),
                        start=at,
                        # White space after a sentence states nothing.
                        end=at + len(whole.rstrip()),
                        facts=tuple(sorted({fact for piece in pieces for fact in piece["facts"]})),
                        is_stated=all(
                            piece["facts"] or not any(letter.isalnum() for letter in piece["text"]) for piece in pieces
                        ),
                        is_context=any(piece["context"] for piece in pieces),
                        claim=pieces[0]["claim"],
                    )
                )
            at += len(whole)
    return found


@begins_again
def cover(article: Article, chosen: dict[str, str], *, by: User) -> tuple[int, int]:
    """Says what sentences state, by their keys. Answers how many were settled, how many are gone.

    "context"; "none"; "event", "statement" or "record" for a new fact in these words; "fact 12"; "untie 12"; "earlier 34".
    What is said of a sentence a second time changes nothing.
    """
    require(by, "articles.change_article", _("You may not change this story."))
    settled = 0
    with act(article):
        # The body that is marked here is the one that stands, not the one that was read before the lock.
        fresh(article)
        present = {sentence.key: sentence for sentence in sentences_in(coverage.coverage_of(article))}
        for key, what in chosen.items():
            if key in present and what:
                _settle(article, present[key], what, by)
                settled += 1
        coverage.read(article, by=by)
    return settled, sum(1 for key, what in chosen.items() if what and key not in present)


def earlier_like(sentences: list[str], *, language: str, but: Article) -> dict[str, list[Earlier]]:
    """Facts of ours in print, of the same language, that say nearly the same as each sentence: at most two each."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s, near.id, near.text, near.headline
              FROM unnest(%s::text[]) s
              CROSS JOIN LATERAL (
                  SELECT DISTINCT ON (similarity(w.text, s), w.id) w.id, w.text, p.headline, similarity(w.text, s) AS likeness
                    FROM articles_wording w
                    JOIN articles_proofwording pw ON pw.wording_id = w.id
                    JOIN articles_printing pr ON pr.proof_id = pw.proof_id
                    JOIN reader_publication p ON p.id = pr.publication_id
                   WHERE w.text %% s AND p.language = %s AND pr.article_id <> %s
                     AND reader_is_in_print(p.go_live_at, p.superseded_at, p.leaves_at, p.pulled_at, p.withdrawn_at)
                   ORDER BY similarity(w.text, s) DESC, w.id DESC LIMIT 2) near
            """,
            [sentences, language, but.pk],
        )
        found: dict[str, list[Earlier]] = {}
        for sentence, wording, text, headline in cursor.fetchall():
            found.setdefault(sentence, []).append(Earlier(wording, text, headline))
    return found


def _settle(article: Article, sentence: Sentence, what: str, by: User) -> None:
    word, _space, key = what.partition(" ")
    if word == "context":
        if sentence.claim:
            raise GateError(
                _("“%(sentence)s” holds a figure, a name, a date or somebody’s words. State it as a fact.")
                % {"sentence": sentence.text},
                "context_states_a_fact",
            )
        Context.objects.get_or_create(article=article, text=sentence.text, defaults={"by": by})
    elif word == "none":
        Context.objects.filter(article=article, text=sentence.text).delete()
        for tied in sentence.facts:
            _untie(article, sentence, tied)
    elif word in Fact.Kind.values:
        if not _states(sentence, sentence.text, word):
            _tie(article, sentence, _stated(article, sentence.text, word, by), by)
    elif word == "fact":
        fact = article.original.facts.standing().filter(pk=_number(key)).first()
        if fact is None:
            raise GateError(_("That fact is not one of this story’s."), "fact_of_another_story")
        _tie(article, sentence, fact, by)
    elif word == "untie":
        _untie(article, sentence, _number(key))
    elif word == "earlier":
        _state_earlier(article, sentence, _number(key), by)


def _number(key: str) -> int:
    """A key as the page sends it; 0, which no row has, for what is none."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < DIGITS else 0


def _state_earlier(article: Article, sentence: Sentence, key: int, by: User) -> None:
    """The sentence says what an earlier wording of ours said, and rests on it."""
    earlier = Wording.objects.filter(pk=key).first()
    if earlier is None:
        raise GateError(_("That earlier fact is not there."), "earlier_unknown")
    if _states(sentence, earlier.text, earlier.kind):
        return
    # What we printed anyone may have read.
    fact = _stated(article, earlier.text, earlier.kind, by, known_to=Fact.KnownTo.ANYONE)
    Confirmation.objects.create(
        wording=fact.wordings.get(), basis=Confirmation.Basis.EARLIER_FACT, earlier=earlier, recorded_by=by
    )
    _tie(article, sentence, fact, by)


def _states(sentence: Sentence, text: str, kind: str) -> bool:
    """Whether the sentence states a fact in these very words already: a button pressed twice."""
    stated = Fact.objects.standing().filter(pk__in=sentence.facts)
    return any(fact.wording is not None and (fact.wording.text, fact.wording.kind) == (text, kind) for fact in stated)


def _stated(article: Article, text: str, kind: str, by: User, known_to: str = "") -> Fact:
    last = article.facts.order_by("-position").values_list("position", flat=True).first() or 0
    return confirming.state(article, text, kind=kind, by=by, position=last + 1, known_to=known_to)


def _tie(article: Article, sentence: Sentence, fact: Fact, by: User) -> None:
    Context.objects.filter(article=article, text=sentence.text).delete()
    if sentence.block:
        _keep_body(article, retied(article.body, sentence.block, sentence.start, sentence.end, add=str(fact.pk)))
    else:
        Passage.objects.get_or_create(article=article, fact=fact, text=sentence.text, defaults={"by": by})


def _untie(article: Article, sentence: Sentence, fact: int) -> None:
    if sentence.block:
        _keep_body(article, retied(article.body, sentence.block, sentence.start, sentence.end, remove=str(fact)))
    else:
        Passage.objects.filter(article=article, fact=fact, text=sentence.text).delete()


def _keep_body(article: Article, body: str) -> None:
    article.body = body
    article.save(update_fields=["body", "updated_at"])


def state_of(sentence: Sentence, statuses: dict[int, str]) -> str:
    """``confirmed``, ``unconfirmed``, ``context`` or ``uncovered``: how the preview shows a sentence."""
    if sentence.is_stated:
        confirmed = all(statuses.get(fact) == Verdict.Ruling.CONFIRMED for fact in sentence.facts)
        return "confirmed" if confirmed else "unconfirmed"
    return "context" if sentence.is_covered else "uncovered"
