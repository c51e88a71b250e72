"""A story cut into the places that the leak scan looks through, and what those places are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.bodies import blocks
from articles.models import Article, Wording
from reader.models import PrintedText
from sources.leaks import Piece, address, in_html


def pieces_of_story(article: Article) -> Iterator[Piece]:
    """Every place of a working copy that a reader will see or follow, and the statements of its facts."""
    for place in ("headline", "label", "standfirst", "dateline"):
        yield Piece(place, getattr(article, place))
    yield address("slug", article.slug)
    for number, block in enumerate(blocks(article.body), start=1):
        yield from in_html(f"block {number}", block)
    for tag in article.tags.all():
        yield Piece("tags", tag.name)
        yield address("tags", tag.slug)
    for number, figure in enumerate(article.figures.select_related("photo", "photo_beside"), start=1):
        yield Piece(f"caption {number}", figure.caption)
        yield Piece(f"alt {number}.1", figure.alt)
        yield Piece(f"alt {number}.2", figure.alt_beside)
        for photo in filter(None, (figure.photo, figure.photo_beside)):
            yield Piece(f"photo {number}", photo.credit_en)
            yield Piece(f"photo {number}", photo.credit_ko)
            yield address(f"photo {number}", photo.name)
    for number, link in enumerate(article.related_links.all(), start=1):
        yield Piece(f"link {number}", link.title)
        yield address(f"link {number}", link.url)
    for number, correction in enumerate(article.corrections.all(), start=1):
        yield Piece(f"correction {number}", correction.text)
    for byline in article.bylines.all():
        yield Piece("byline", f"{byline.name_en}\n{byline.name_ko}")
    present = Wording.objects.filter(fact__article=article, fact__dropping__isnull=True)
    statements = present.order_by("fact__position", "fact_id", "-number").distinct("fact__position", "fact_id")
    for number, wording in enumerate(statements, start=1):
        yield Piece(f"fact {number}", wording.text)


def pieces_of_print(printed: PrintedText) -> Iterator[Piece]:
    """Every place of a proof or a publication: whatever its columns hold, so that a new one is not forgotten."""
    for column in printed.printed_columns():
        yield from _pieces(column, getattr(printed, column))


# Of the columns that are lists, what one of their rows is called where it was typed.
_ROWS = {"blocks": "block", "figures": "caption", "links": "link", "corrections": "correction"}
_ADDRESSES = frozenset({"slug", "url", "section_slug"})


def _pieces(column: str, value: Any) -> Iterator[Piece]:
    if isinstance(value, list):
        for number, row in enumerate(value, start=1):
            place = f"{_ROWS[column]} {number}" if column in _ROWS else {"bylines": "byline"}.get(column, column)
            yield from _texts(place, row, is_html=column == "blocks")
    else:
        yield from _texts(column, value, is_address=column in _ADDRESSES)


def _texts(place: str, value: Any, *, is_html: bool = False, is_address: bool = False) -> Iterator[Piece]:
    if isinstance(value, str):
        yield from in_html(place, value) if is_html else [address(place, value) if is_address else Piece(place, value)]
    elif isinstance(value, list):
        for each in value:
            yield from _texts(place, each)
    elif isinstance(value, dict):
        for key, each in value.items():
            # Hashes and names of files of ours are nobody's words.
            if key not in {"hash", "sha256", "format", "story"}:
                yield from _texts(place, each, is_address=key in _ADDRESSES)


def place_words(place: str) -> str:
    """A place as a reporter calls it: "paragraph 3"."""
    found = re.fullmatch(r"([a-z_]+)(?: (\d+)(?:\.\d)?)?", place)
    name, number = (found[1], found[2]) if found else (place, None)
    named = {
        "headline": _("the headline"),
        "label": _("the label"),
        "standfirst": _("the standfirst"),
        "dateline": _("the dateline"),
        "slug": _("the address"),
        "block": _("paragraph %(number)s"),
        "tags": _("the tags"),
        "caption": _("the caption of photo %(number)s"),
        "alt": _("the alternative text of photo %(number)s"),
        "photo": _("the credit or the name of photo %(number)s"),
        "link": _("related link %(number)s"),
        "correction": _("correction %(number)s"),
        "byline": _("the byline"),
        "fact": _("fact %(number)s"),
    }.get(name)
    return named % {"number": number} if named else _("another part of the story")
