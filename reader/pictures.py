"""The figures of a story, ready to be set: each picture with its files, words and size."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import pgettext

from reader.models import PrintedPicture, Publication, PublicationQuerySet

# Smallest files first; a browser takes the first format that it knows, and JPEG is known to all.
_FORMATS = ("avif", "webp")
_FALLBACK = "jpeg"
# The file for a browser that can't choose among widths.
_PLAIN_WIDTH = 800

_ENDS = tuple(".!?…。！？．｡:;,—’”\"'」』》〉")
# A tag is passed over whole, its attributes too; a closing quote may stand inside marks that close after it.
_TAG_OR_CLOSING_QUOTE = re.compile(r"""[’”」』》〉](?=(?:</\w+>)*[가-힣])|<(?:"[^"]*"|[^>"])*>""")
_WORD_JOINER = "\u2060"


@dataclass(frozen=True)
class Picture:
    """One picture and its files: ``sources`` are (media type, srcset), smallest format first."""

    src: str
    width: int
    height: int
    alt: str
    srcset: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """Where and when a picture was taken. ``beside`` and ``above`` say which of two it is, however they stand."""

    words: str
    beside: str = ""
    above: str = ""

    @property
    def sentence(self) -> str:
        return ended(self.words)


@dataclass(frozen=True)
class Figure:
    """A picture, or two side by side, under one caption. ``after`` is the number of paragraphs before it."""

    after: int
    caption: str
    credit: str
    pictures: tuple[Picture, ...]
    told: tuple[Told, ...]
    leads: bool

    @property
    def is_pair(self) -> bool:
        return len(self.pictures) > 1

    @property
    def sentence(self) -> str:
        """The caption as it is set: other sentences follow it."""
        return held_together(ended(self.caption))

    @property
    def credit_line(self) -> str:
        return ended(self.credit)


def ended(words: str) -> str:
    """The same words with a full stop, where nothing ends them."""
    words = words.rstrip()
    return words if not words or words.endswith(_ENDS) else f"{words}."


def held_together(html: str) -> str:
    """The same text where no line breaks between a closing quote and the particle that belongs to it.

    Browsers break there in spite of `word-break: keep-all`. For setting alone: what is signed holds no such marks.
    """
    return _TAG_OR_CLOSING_QUOTE.sub(lambda found: found[0] + ("" if found[0][0] == "<" else _WORD_JOINER), html)


def with_pictures(publications: PublicationQuerySet) -> PublicationQuerySet:
    """The same publications with the files of their pictures, in the same query."""
    files = PrintedPicture.objects.filter(publication=OuterRef("pk")).order_by("width")
    columns = {column: column for column in ("picture", "format", "width", "height", "name")}
    return publications.annotate(picture_files=ArraySubquery(files.values(file=JSONObject(**columns))))


def figures_of(publication: Publication) -> list[Figure]:
    """The figures of a story in the order of print. Asks for `with_pictures`."""
    files = _by_picture(publication)
    figures: list[Figure] = []
    for frozen in sorted(publication.figures, key=lambda figure: figure["after"]):
        known = [picture for picture in frozen["pictures"] if files.get(picture["hash"], {}).get(_FALLBACK)]
        if known:
            figures.append(_figure(frozen, known, files, leads=not figures and frozen["after"] == 0))
    return figures


def teaser_picture(publication: Publication) -> Picture | None:
    """The picture for lists: the first of the story. Asks for `with_pictures`."""
    return next((figure.pictures[0] for figure in figures_of(publication)), None)


def _figure(frozen: dict[str, Any], known: list[dict], files: dict[str, dict], *, leads: bool) -> Figure:
    pictures = tuple(_picture(files[picture["hash"]], picture["alt"]) for picture in known)
    return Figure(frozen["after"], frozen["caption"], frozen["credit"], pictures, told_of(known), leads)


def _by_picture(publication: Publication) -> dict[str, dict[str, list[dict]]]:
    files: dict[str, dict[str, list[dict]]] = defaultdict(lambda: defaultdict(list))
    for file in publication.picture_files:  # type: ignore[attr-defined]
        files[file["picture"]][file["format"]].append(file)
    return files


def _picture(files: dict[str, list[dict]], alt: str) -> Picture:
    plain = min(files[_FALLBACK], key=lambda file: abs(file["width"] - _PLAIN_WIDTH))
    return Picture(
        src=_address(plain),
        width=plain["width"],
        height=plain["height"],
        alt=alt,
        srcset=_srcset(files[_FALLBACK]),
        sources=tuple((f"image/{name}", _srcset(files[name])) for name in _FORMATS if files.get(name)),
    )


def _srcset(files: list[dict]) -> str:
    return ", ".join(f"{_address(file)} {file['width']}w" for file in files)


@cache
def _folder() -> str:
    # A page of lists names hundreds of files; their folder is asked for once.
    return reverse("media", args=["0.jpeg"]).removesuffix("0.jpeg")


def _address(file: dict) -> str:
    return _folder() + file["name"]


def told_of(pictures: list[dict]) -> tuple[Told, ...]:
    """Where and when, once if it is the same for both pictures."""
    words = [_place_and_dates(picture) for picture in pictures]
    if len(set(words)) == 1:
        # A sentence of its own after the caption.
        return (Told(words[0][:1].upper() + words[0][1:]),) if words[0] else ()
    sides = [
        (pgettext("picture of two", "Left"), pgettext("picture of two", "Above")),
        (pgettext("picture of two", "Right"), pgettext("picture of two", "Below")),
    ]
    return tuple(Told(text, *side) for text, side in zip(words, sides, strict=False) if text)


def _place_and_dates(picture: dict) -> str:
    return ", ".join(part for part in (picture["place"], picture["dates"]) if part)
