"""Which words of a story state which fact, and which are context: read from the text, sentence by sentence.

A mark in the body ties words to a fact (``articles.bodies``); for the headline, the standfirst, captions and alternative
texts a Passage does. The database holds what is read here against the words that are printed (``gate_coverage_blockers``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db import connection

from articles.bodies import marked_blocks
from articles.claims import claims_in
from articles.models import Article, Fact, Wording
from articles.names_of_places import names_of_places
from articles.sentences import Language, sentences
from articles.weighing import weighs
from sources.models import Place

if TYPE_CHECKING:
    from staff.models import User


class Segment(TypedDict):
    """A run of words of one sentence that state the same facts.

    ``place``: headline, standfirst, "block 3", "caption 1", "alt 1.2". ``n``: the sentence, counted from 1 in its place.
    ``claim``: why the sentence can't be context (the kind of fact that it would be), or None. ``weighs``: why one person's
    word does not carry it ("figure", "accusation"), or None.
    """

    place: str
    n: int
    text: str
    facts: list[int]
    context: bool
    claim: str | None
    weighs: str | None


class Run(NamedTuple):
    """Words with the facts that a mark ties them to."""

    text: str
    facts: frozenset[int]


def read(article: Article, *, by: User) -> list[Fact]:
    """Reads which words state what, keeps it with the story, and answers with the facts whose words moved on.

    A fact whose passages are others than those that were confirmed gets its next wording, which starts unconfirmed.
    To be called inside an act.
    """
    coverage = coverage_of(article)
    if coverage != article.coverage:
        Article.objects.filter(pk=article.pk).update(coverage=coverage)
        article.coverage = coverage
    if article.translation_of_id:
        return []
    found = passages_in(coverage)
    moved = []
    for fact in article.facts.standing():
        wording = fact.wording
        if wording is None or fact.pk not in found or wording.passages == found[fact.pk]:
            continue
        if wording.passages is None and not wording.verdicts.exists() and not wording.discretions.exists():
            Wording.objects.filter(pk=wording.pk).update(passages=found[fact.pk])
            continue
        if wording.verdicts.exists() or wording.confirmations.exists() or wording.proofs.exists():
            moved.append(fact)
        Wording.objects.create(
            fact=fact, number=wording.number + 1, kind=wording.kind, text=wording.text, passages=found[fact.pk], by=by
        )
    return moved


def coverage_of(article: Article) -> list[Segment]:
    """The segments of a story as it stands: joined, the words of each place."""
    contexts = set(article.contexts.values_list("text", flat=True))
    stated: dict[str, set[int]] = {}
    for text, fact in article.passages.values_list("text", "fact_id"):
        stated.setdefault(text, set()).add(fact)
    names = names_of_places(Place.objects.values_list("name_en", "name_ko"))
    language: Language = "ko" if article.language == "ko" else "en"
    segments: list[Segment] = []
    for place, lines, quoted in _places(article):
        number = 0
        for line in lines:
            cut = list(_sentences(line, language))
            texts = [squeezed("".join(run.text for run in sentence)) for sentence in cut]
            claims = claims_in(texts, language, names=names, quoted=quoted)
            for sentence, text, claim in zip(cut, texts, claims, strict=True):
                number += 1
                weight = weighs(text, language)
                outside = frozenset(stated.get(text, ())) if not place.startswith("block") else frozenset()
                segments.extend(
                    Segment(
                        place=place,
                        n=number,
                        text=run.text,
                        facts=sorted(run.facts | outside),
                        context=text in contexts,
                        claim=claim.kind if claim else None,
                        weighs=weight,
                    )
                    for run in sentence
                )
    return segments


def passages_in(coverage: list[Segment]) -> dict[int, list[str]]:
    """Of each fact the pieces of text that state it, as the database counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fact, passages FROM gate_passages(%s::jsonb)", [json.dumps(coverage)])
        return dict(cursor.fetchall())


def squeezed(text: str) -> str:
    """A sentence as it is compared: composed, white space counted once (as ``gate_squeezed``)."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", unicodedata.normalize("NFC", text)).strip(" ")


def _places(article: Article) -> Iterator[tuple[str, list[list[Run]], bool]]:
    """Each place of the story with its lines, and whether it is a quotation; a line is never part of the next one's sentence."""
    yield "headline", [_plain(article.headline.strip())], False
    yield "standfirst", [_plain(article.standfirst.strip())], False
    for number, block in enumerate(marked_blocks(article.body), start=1):
        yield f"block {number}", list(_lines(block)), block.startswith("<blockquote")
    figures = article.figures.select_related("photo", "photo_beside")
    for number, figure in enumerate(figures, start=1):
        yield f"caption {number}", [_plain(figure.caption.strip())], False
        yield f"alt {number}.1", [_plain(figure.alt.strip())], False
        if figure.photo_beside:
            yield f"alt {number}.2", [_plain(figure.alt_beside.strip())], False


def _plain(text: str) -> list[Run]:
    return [Run(unicodedata.normalize("NFC", text), frozenset())]


def _lines(block: str) -> Iterator[list[Run]]:
    """The runs of a cleaned block, cut where a reader sees a new line."""
    line: list[Run] = []
    marks: list[str] = []
    for tag, text in re.findall(r"(<[^>]*>)|([^<]+)", block):
        if text:
            line.append(Run(unescape(text), frozenset(int(m) for m in marks if m.isdigit())))
        elif tag.startswith("<span"):
            mark = re.search(r'data-fact="([^"]*)"', tag)
            marks.append(mark[1] if mark else "")
        elif tag == "</span>":
            marks.pop()
        elif re.match(r"</(p|li|h[1-6]|blockquote)>|<br", tag) and line:
            yield line
            line = []
    if line:
        yield line


def _sentences(line: list[Run], language: Language) -> Iterator[list[Run]]:
    """The runs of each sentence of a line."""
    runs = iter(line)
    run = next(runs, None)
    for sentence in sentences("".join(r.text for r in line), language):
        left, pieces = len(sentence), []
        while left and run is not None:
            piece = run.text[:left]
            pieces.append(Run(piece, run.facts))
            left -= len(piece)
            run = run._replace(text=run.text[len(piece) :])
            if not run.text:
                run = next(runs, None)
        yield _joined(pieces)


def _joined(pieces: list[Run]) -> list[Run]:
    """Neighbours that state the same facts, as one."""
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].facts == piece.facts:
            runs[-1] = Run(runs[-1].text + piece.text, piece.facts)
        else:
            runs.append(piece)
    return runs
