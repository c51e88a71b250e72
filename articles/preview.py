"""A proof or a printed version set as the reader sees it, on the desk: the paper's own composing, with the desk's pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from articles.covering import Sentence, sentences_in, state_of
from articles.marking import classed
from articles.models import Fact, Proof
from photos.models import Photo
from reader.composing import Correction, Link, Part, compose, neighbours_of
from reader.knowing import Knowledge, knowledge, what_it_is
from reader.models import PrintedText, Publication
from reader.pictures import Figure, Picture, told_of

PREVIEW = 1200


@dataclass(frozen=True)
class Preview:
    """What templates/articles/parts/sheet.html sets."""

    lead: Figure | None
    parts: list[Part]
    corrections: list[Correction]
    at_the_foot: dict[Any, list[Link]]
    known: Knowledge | None
    what_it_is: str
    missing_pictures: bool
    # How the sentences outside the body are covered: (words, state), by place.
    covered: dict[str, list[tuple[str, str]]]


def preview(
    text: PrintedText,
    *,
    covered: bool = False,
    address: Callable[[Photo], str] = lambda photo: photo.get_preview_url(PREVIEW),
) -> Preview:
    """The text as its page reads, in the language of its edition.

    ``covered`` shows what covers each sentence of a proof. ``address``: where its pictures are found.
    """
    places = _covered(text) if covered and isinstance(text, Proof) else {}
    with override(text.language):
        publication = Publication(**{name: getattr(text, name) for name in text.printed_columns()})
        publication.blocks = [
            classed(block, [(s.start, s.end, f"covers-{state}") for s, state in places.get(f"block {number}", [])])
            for number, block in enumerate(publication.blocks, start=1)
        ]
        publication.origin = getattr(text, "origin", Publication.Origin.DESK)
        # The files of a printing have no names before it is printed: the figures are set with the desk's previews.
        publication.picture_files = []
        page = compose(publication, neighbours_of(publication))
        figures, missing = _figures(text, address)
        lead = figures.pop(0) if figures and figures[0].after == 0 else None
        return Preview(
            lead=replace(lead, leads=True) if lead else None,
            parts=[_at_the_site(part) for part in _with_figures(page.parts, figures)],
            corrections=page.corrections,
            at_the_foot={kind: [_linked(link) for link in links] for kind, links in page.at_the_foot.items()},
            known=knowledge(publication),
            what_it_is=what_it_is(publication),
            missing_pictures=missing,
            covered={
                place: [(sentence.text, state) for sentence, state in told]
                for place, told in places.items()
                if not place.startswith("block")
            },
        )


def _covered(proof: Proof) -> dict[str, list[tuple[Sentence, str]]]:
    """Each sentence of a proof with its state, by place."""
    statuses = {
        fact.pk: fact.ruling or ""
        for fact in Fact.objects.filter(article=proof.article.original).standing().with_status()
    }
    places: dict[str, list[tuple[Sentence, str]]] = {}
    for sentence in sentences_in(proof.coverage):
        places.setdefault(sentence.place, []).append((sentence, state_of(sentence, statuses)))
    return places


def _figures(text: PrintedText, address: Callable[[Photo], str]) -> tuple[list[Figure], bool]:
    frozen = sorted(text.figures, key=lambda figure: figure["after"])
    hashes = {picture["hash"] for figure in frozen for picture in figure["pictures"]}
    photos = {photo.content_hash: photo for photo in Photo.objects.filter(content_hash__in=hashes).order_by("-pk")}
    figures = []
    for figure in frozen:
        known = [picture for picture in figure["pictures"] if picture["hash"] in photos]
        pictures = tuple(_picture(address(photos[picture["hash"]]), picture) for picture in known)
        if pictures:
            figures.append(
                Figure(figure["after"], figure["caption"], figure["credit"], pictures, told_of(known), leads=False)
            )
    return figures, len(photos) < len(hashes)


def _picture(address: str, frozen: dict[str, Any]) -> Picture:
    return Picture(
        src=address,
        width=frozen["width"],
        height=frozen["height"],
        alt=frozen["alt"],
        srcset=f"{address} {PREVIEW}w",
        sources=(),
    )


def _with_figures(parts: list[Part], figures: list[Figure]) -> list[Part]:
    """Figures where the reader's page has them: after their paragraph, before the links that stand there."""
    blocks, last, result = 0, sum(1 for part in parts if part.html is not None), []

    def due() -> list[Part]:
        ready = [f for f in figures if f.after <= blocks or blocks == last]
        for figure in ready:
            figures.remove(figure)
        return [Part(figure=figure) for figure in ready]

    result += due()
    for part in parts:
        result.append(part)
        if part.html is not None:
            blocks += 1
            result += due()
    return result


def _at_the_site(part: Part) -> Part:
    """Links to our own stories lead to the site: the desk has no such addresses."""
    if part.html is not None:
        return replace(part, html=_absolute(part.html))
    return replace(part, link=_linked(part.link)) if part.link else part


def _absolute(html: SafeString) -> SafeString:
    # Frozen blocks are cleaned already (articles/bodies.py); only the beginning of an address changes.
    return mark_safe(html.replace('<a href="/', f'<a href="{settings.SITE_ADDRESS}/'))  # noqa: S308


def _linked(link: Link) -> Link:
    return replace(link, address=f"{settings.SITE_ADDRESS}{link.address}") if link.address.startswith("/") else link
