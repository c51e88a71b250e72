"""Two texts of a story side by side, word by word: everything that a reader would see of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain, groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from articles.differences import Piece, paired, word_by_word
from articles.models import Article
from reader.composing import CORRECTION_KINDS, LINK_KINDS
from reader.dates import told
from reader.knowing import knowledge, what_it_is
from reader.models import Kind, Publication

Columns = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One thing on both sides. ``name`` is empty for a paragraph; ``note`` says what words do not show."""

    name: str
    pieces: Sequence[Piece]
    note: str = ""

    @property
    def changed(self) -> bool:
        return bool(self.note) or any(piece.kind != "same" for piece in self.pieces)

    @property
    def before(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != "in"]

    @property
    def after(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != "out"]


@dataclass(frozen=True)
class Stretch:
    """Rows that follow one another and are all changed, or all as they were."""

    changed: bool
    rows: Sequence[Row]
    of_text: bool

    @property
    def summary(self) -> str:
        """What stands on the fold over unchanged rows."""
        names = dict.fromkeys(row.name for row in self.rows)
        if any(names):
            return _("Unchanged: %(names)s") % {"names": ", ".join(names)}
        if not self.of_text:
            return _("Unchanged")
        number = len(self.rows)
        return ngettext("%(number)s unchanged paragraph", "%(number)s unchanged paragraphs", number) % {
            "number": number
        }


@dataclass(frozen=True)
class Part:
    """A part of the page: its head, its text, its photos."""

    name: str
    rows: Sequence[Row]
    is_text: bool = False

    @property
    def changed(self) -> bool:
        return any(row.changed for row in self.rows)

    @property
    def stretches(self) -> list[Stretch]:
        return [
            Stretch(changed, list(rows), self.is_text) for changed, rows in groupby(self.rows, lambda row: row.changed)
        ]


def compare(before: Columns, after: Columns) -> list[Part]:
    """What a reader would find changed, part by part, in the order of the page. Parts that neither side has are left out."""
    named = _headlines(before, after)
    parts = [
        Part(_("Head"), _rows(_head(before), _head(after))),
        Part(_("Text"), list(_paragraphs(before["blocks"], after["blocks"], named)), is_text=True),
        Part(_("Photos"), list(_figures(before["figures"], after["figures"]))),
        Part(_("Links"), _lines(_links(before, named), _links(after, named))),
        Part(_("Corrections"), _lines(_corrections(before), _corrections(after))),
        Part(_("How it is known"), _lines(_known(before), _known(after))),
    ]
    return [part for part in parts if part.rows]


def _rows(before: Mapping[str, str], after: Mapping[str, str]) -> list[Row]:
    names = dict.fromkeys([*before, *after])
    pieces = ((name, word_by_word(before.get(name, ""), after.get(name, ""))) for name in names)
    return [Row(name, found) for name, found in pieces if found]


def _lines(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    return [Row("", word_by_word(old or "", new or "")) for old, new in paired(before, after)]


def _head(text: Columns) -> dict[str, str]:
    kind = Kind(text["kind"]).label
    with override(text["language"]):
        told = what_it_is(_publication(text))
    return {
        _("Label"): text["label"],
        _("Headline"): text["headline"],
        _("Standfirst"): text["standfirst"],
        _("Kind"): f"{kind} – {told}" if told else str(kind),
        _("Bylines"): ", ".join(f"{byline['name']} ({byline['slug']})" for byline in text["bylines"]),
        _("Dateline"): text["dateline"],
        _("Section"): f"{text['section_name']} ({text['section_slug']})" if text["section_slug"] else "",
        _("Tags"): ", ".join(f"{tag['name']} ({tag['slug']})" for tag in text["tags"]),
        _("Address"): f"/{text['language']}/story/{text['slug']}/",
    }


def _publication(text: Columns) -> Publication:
    return Publication(**text)


# ---------------------------------------------------------------------------------------------------------------------
# The text
# ---------------------------------------------------------------------------------------------------------------------

_BLOCKS: dict[str, Promise] = {
    "p": gettext_lazy("paragraph"),
    "h2": gettext_lazy("heading"),
    "h3": gettext_lazy("small heading"),
    "blockquote": gettext_lazy("quotation"),
    "ul": gettext_lazy("list"),
    "ol": gettext_lazy("numbered list"),
    "hr": gettext_lazy("rule"),
}


class _Words(HTMLParser):
    """A frozen block as plain words; where a link leads stands after its text."""

    def __init__(self, named: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.named = named
        self.text = ""
        self.leads = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "li", "p", "h2", "h3", "blockquote", "ul", "ol") and self.text.strip():
            self.text = self.text.rstrip(" ") + ("" if self.text.endswith(("\n", "• ")) else "\n")
        if tag == "li":
            self.text += "• "
        elif tag == "hr":
            self.text += "* * *"
        elif tag == "a":
            given = dict(attrs)
            story = given.get("data-story")
            self.leads = _our_story(story, self.named) if story else given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.leads:
            self.text += f" ⟨{self.leads}⟩"
            self.leads = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def _words(block: str, named: Mapping[str, str]) -> str:
    reader = _Words(named)
    reader.feed(block)
    reader.close()
    return reader.text.strip()


def _paragraphs(before: Sequence[str], after: Sequence[str], named: Mapping[str, str]) -> Iterator[Row]:
    old, new = iter(before), iter(after)
    for was, now in paired([_words(block, named) for block in before], [_words(block, named) for block in after]):
        block_was = next(old) if was is not None else None
        block_now = next(new) if now is not None else None
        yield Row("", word_by_word(was or "", now or ""), _set_otherwise(block_was, block_now, words_too=was != now))


def _set_otherwise(was: str | None, now: str | None, *, words_too: bool) -> str:
    """What changed of a paragraph beside its words."""
    if was is None or now is None or was == now:
        return ""
    tags = [block[1:].split(">")[0].split()[0] for block in (was, now)]
    if tags[0] != tags[1]:
        kinds = {"before": _BLOCKS.get(tags[0], tags[0]), "after": _BLOCKS.get(tags[1], tags[1])}
        return _("Set otherwise: %(before)s before, %(after)s now.") % kinds
    return "" if words_too else _("The same words, with other emphasis.")


# ---------------------------------------------------------------------------------------------------------------------
# What stands beside the words
# ---------------------------------------------------------------------------------------------------------------------


def _figures(before: Sequence[Columns], after: Sequence[Columns]) -> Iterator[Row]:
    old, new = iter(before), iter(after)
    for was, now in paired([_key(figure) for figure in before], [_key(figure) for figure in after]):
        lines_was = _figure(next(old)) if was is not None else {}
        lines_now = _figure(next(new)) if now is not None else {}
        yield from _rows(lines_was, lines_now)


def _key(figure: Columns) -> str:
    """What tells a figure from another: its pictures, else its words."""
    said = (f"{picture['hash']} {picture['hash']} {picture['alt']}" for picture in figure["pictures"])
    return " ".join([*said, figure["caption"]])


def _figure(figure: Columns) -> dict[str, str]:
    lines = {_("Caption"): figure["caption"], _("Credit"): figure["credit"]}
    pictures = figure["pictures"]
    for number, picture in enumerate(pictures, 1):
        which = f" {number}" if len(pictures) > 1 else ""
        lines[_("Alternative text") + which] = picture["alt"]
        lines[_("Taken") + which] = ", ".join(filter(None, (picture["place"], picture["dates"])))
        # Enough of its fingerprint to see that it is another picture.
        lines[_("Picture") + which] = picture["hash"][:12]
    after = figure["after"]
    lines[_("Place in the text")] = _("after paragraph %(number)s") % {"number": after} if after else _("at the head")
    return lines


def _links(text: Columns, named: Mapping[str, str]) -> list[str]:
    with override(text["language"]):
        kinds = {kind: str(name) for kind, name in LINK_KINDS.items()}
    return [" ".join(_link(link, kinds, named)) for link in text["links"]]


def _link(link: Columns, kinds: Mapping[str, str], named: Mapping[str, str]) -> Iterator[str]:
    yield f"{kinds.get(link['kind'], link['kind'])}:"
    if link.get("title"):
        yield link["title"]
    yield f"⟨{_our_story(link['story'], named) if link.get('story') else link['url']}⟩"
    if link.get("after") is not None:
        yield f"({_('after paragraph %(number)s') % {'number': link['after']}})"


def _corrections(text: Columns) -> list[str]:
    with override(text["language"]):
        return [
            f"{CORRECTION_KINDS.get(n['kind'], n['kind'])} · {told(n['date'])} · {n['text']}"
            for n in text["corrections"]
        ]


def _known(text: Columns) -> list[str]:
    with override(text["language"]):
        known = knowledge(_publication(text))
        return [*filter(None, [known.unsettled]), *known.sentences, *known.exceptions, known.last] if known else []


def _our_story(story: str, named: Mapping[str, str]) -> str:
    return named.get(story, story)


def _headlines(*texts: Columns) -> dict[str, str]:
    """The headlines of our stories that the texts name by id."""
    ids = {link["story"] for text in texts for link in text["links"] if link.get("story")}
    ids |= set(_stories_in(chain.from_iterable(text["blocks"] for text in texts)))
    found = Article.objects.filter(story__in=ids).values_list("story", "headline") if ids else []
    return {str(story): headline for story, headline in found}


def _stories_in(blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        for rest in block.split('<a data-story="')[1:]:
            yield rest[:36]
