"""What a demo story is made of, as its file tells it."""

import re
from dataclasses import dataclass
from typing import Literal

from articles.models import Fact, RelatedLink
from reader.models import Kind

Stage = Literal["draft", "in review", "signed", "in print", "scheduled", "pulled", "withdrawn"]
EVENT, STATEMENT, RECORD = Fact.Kind.EVENT, Fact.Kind.STATEMENT, Fact.Kind.RECORD
PREVIOUSLY, RELATED = RelatedLink.Kind.PREVIOUSLY, RelatedLink.Kind.RELATED

# Stands under every demo story: whoever finds one must not take it for news.
INVENTED = {
    "en": "(This story was invented to show how the paper is made.)",
    "ko": "※ 이 기사는 신문이 만들어지는 과정을 보이려고 지어낸 것이다.",
}


@dataclass(frozen=True)
class Word:
    """A source's word for a fact, from the latest talk with her; ``talk=False`` leaves the talk out."""

    source: str
    how: str = "saw"
    talk: bool = True


@dataclass(frozen=True)
class Paper:
    """A public record and the copy of it that the desk keeps."""

    title: str
    url: str
    text: str


@dataclass(frozen=True)
class Stated:
    """A fact with what it rests on.

    ``stated_in``: a few words of each sentence that states it, to be found in that sentence alone (headline, captions
    and alternative texts are sentences too). ``earlier``: address and words of a fact that we printed before.
    ``waived``: the reason for the desk, and the one that is printed.
    """

    text: str
    words: tuple[Word, ...] = ()
    kind: str = EVENT
    stated_in: tuple[str, ...] = ()
    paper: Paper | None = None
    earlier: tuple[str, str] | None = None
    waived: tuple[str, str] | None = None
    confirmed: bool = True
    known_to: str = Fact.KnownTo.ANYONE


@dataclass(frozen=True)
class Rendered:
    """Where a translation states a fact of its original."""

    text: str
    stated_in: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """A figure: one photo of the album, or two side by side."""

    photo: str
    alt: str
    caption: str
    after: int = 0
    beside: str = ""
    alt_beside: str = ""


@dataclass(frozen=True)
class Linked:
    """A link to a story of ours, as "ko/address", or to the web."""

    to: str = ""
    url: str = ""
    title: str = ""
    kind: str = RELATED
    after: int | None = None


@dataclass(frozen=True)
class Changed:
    """Words of the body, and of the fact that they state, that the author exchanges later."""

    wrong: str
    right: str
    fact_wrong: str
    fact_right: str


@dataclass(frozen=True)
class Mended(Changed):
    """A correction after print, with the note to the reader."""

    note: str


@dataclass(frozen=True)
class Story:
    """A story of the demo paper, and how far it gets."""

    stage: Stage
    language: str
    slug: str
    headline: str
    body: str
    author: str
    standfirst: str = ""
    section: str = ""
    byline: str = ""
    kind: str = Kind.NEWS
    label: str = ""
    tags: tuple[str, ...] = ()
    facts: tuple[Stated, ...] = ()
    renders: tuple[Rendered, ...] = ()
    figures: tuple[Shown, ...] = ()
    links: tuple[Linked, ...] = ()
    translation_of: str = ""
    confirms: str = "editor"
    signs: str = "chief"
    days_ahead: int = 0
    # What was agreed with others: not before the hour at which it is scheduled.
    embargo: str = ""
    mended: Mended | None = None
    # After the signature: the fact waits to be confirmed again.
    changed: Changed | None = None
    # Who loses her standing after print, or why it was taken off.
    discredited: str = ""
    reason: str = ""

    @property
    def address(self) -> str:
        return f"{self.language}/{self.slug}"

    @property
    def html(self) -> str:
        """The body's paragraphs, parted by empty lines; a block that is marked up already stays as it is."""
        blocks = [*re.split(r"\n\s*\n", self.body.strip()), INVENTED[self.language]]
        joined = (" ".join(block.split()) for block in blocks)
        return "".join(b if re.match(r"<(p|h2|h3|blockquote|ul|ol)>", b) else f"<p>{b}</p>" for b in joined)
