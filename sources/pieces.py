"""Cutting what is to be scanned into pieces: the words of HTML across its tags, and the addresses inside it."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote_plus

# Between the words of two of these stands a new line; between those of any other tag nothing.
LINES = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
ADDRESSES = frozenset(["href", "src", "action", "cite", "data", "poster", "srcset", "formaction"])


class Piece(NamedTuple):
    """One place of a text with its words. ``is_address``: a link, a slug or a file name, where words are run together."""

    place: str
    text: str
    is_address: bool = False


def address(place: str, written: str) -> Piece:
    """A link, a slug or a file name, as whoever follows it reads it."""
    for _again in range(3):
        plain = unquote_plus(written)
        if plain == written:
            break
        written = plain
    return Piece(
        place, " ".join(map(_from_puny, written.split("/"))) if "xn--" in written else written, is_address=True
    )


def in_html(place: str, html: str) -> Iterator[Piece]:
    """The words of a piece of HTML, and each thing that its tags hold."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield Piece(place, "".join(reader.words))
    for name, value in reader.held:
        yield address(place, value) if name in ADDRESSES else Piece(place, value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.held: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LINES:
            self.words.append("\n")
        self.held += ((name, value) for name, value in attrs if value)

    def handle_endtag(self, tag: str) -> None:
        if tag in LINES:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.held.append(("", data))


def _from_puny(part: str) -> str:
    """A host name in its own letters, where it is one."""
    try:
        return part.encode().decode("idna")
    except UnicodeError:
        return part
