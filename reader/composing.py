"""Setting a story as a page: the frozen text with its figures and links in their places.

Frozen text names our other stories by id alone; address and headline are filled in here, from what is in print at
this moment, and a story that is not leaves nothing but plain words.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.encoding import iri_to_uri, uri_to_iri
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from reader.models import Publication, PublicationQuerySet
from reader.pictures import Figure, Picture, figures_of, held_together, teaser_picture

LATEST = 6

# The one form in which a proof freezes a link to a story of ours.
_OUR_STORY = re.compile(r'<a data-story="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})">(.*?)</a>', re.DOTALL)

_NEIGHBOUR_COLUMNS = ("story", "language", "slug", "label", "headline", "first_printed_at", "turn", "translation_of")

LINK_KINDS: dict[str, Promise] = {
    "previously": _("Previously reported"),
    "related": _("Related"),
    "followup": _("Follow-up"),
}
CORRECTION_KINDS: dict[str, Promise] = {
    "correction": _("Correction"),
    "clarification": _("Clarification"),
    "update": _("Update"),
    "reply": _("Reply"),
}


@dataclass(frozen=True)
class Teaser:
    """A story as lists show it."""

    address: str
    label: str
    headline: str
    standfirst: str
    printed: datetime.datetime
    picture: Picture | None = None


@dataclass(frozen=True)
class Link:
    """A link to read on: to a story of ours with its day, or to the web with its host."""

    kind: Promise
    address: str
    title: str
    printed: datetime.datetime | None = None
    host: str = ""


@dataclass(frozen=True)
class Part:
    """What stands between two others: a paragraph with its heading, a figure or a link. One of the three is set."""

    html: SafeString | None = None
    figure: Figure | None = None
    link: Link | None = None


@dataclass(frozen=True)
class Correction:
    kind: Promise
    text: str
    date: str


@dataclass
class Neighbours:
    """What else is in print and belongs on the page of a story."""

    by_story: dict[uuid.UUID, Publication] = field(default_factory=dict)
    translations: dict[str, Publication] = field(default_factory=dict)
    latest: list[Teaser] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """A story set for reading; ``address`` in letters that can be read, for who holds it on paper."""

    address: str
    lead: Figure | None
    parts: list[Part]
    corrections: list[Correction]
    at_the_foot: dict[Promise, list[Link]]


def address_of(publication: Publication) -> str:
    """Where a story is printed, in the form that every client understands."""
    return iri_to_uri(publication.get_absolute_url())


def teasers(publications: Iterable[Publication]) -> list[Teaser]:
    """Stories for a list; with pictures where the query brought them."""
    return [
        Teaser(
            address_of(publication),
            publication.label,
            publication.headline,
            publication.standfirst,
            publication.first_printed_at,
            teaser_picture(publication) if hasattr(publication, "picture_files") else None,
        )
        for publication in publications
    ]


def neighbours_of(publication: Publication) -> Neighbours:
    """The stories it links to, its translations and the latest ones, in one query."""
    in_print: PublicationQuerySet = Publication.objects.in_print()
    here = in_print.edition(publication.language).exclude(story=publication.story)
    original = publication.translation_of or publication.story
    linked = here.filter(story__in=_stories_named(publication))
    elsewhere = in_print.exclude(language=publication.language)
    translations = elsewhere.filter(Q(story=original) | Q(translation_of=original))
    newest = here.latest().only(*_NEIGHBOUR_COLUMNS)[:LATEST]
    found = (
        linked.only(*_NEIGHBOUR_COLUMNS).order_by().union(translations.only(*_NEIGHBOUR_COLUMNS).order_by(), newest)
    ).order_by()
    neighbours = Neighbours()
    ours = []
    for other in found:
        if other.language == publication.language:
            neighbours.by_story[other.story] = other
            ours.append(other)
        else:
            neighbours.translations[other.language] = other
    # The union holds older linked stories as well: the newest of all of them are the latest.
    ours.sort(key=lambda other: (other.first_printed_at, other.turn), reverse=True)
    neighbours.latest = [
        Teaser(address_of(other), other.label, other.headline, "", other.first_printed_at) for other in ours[:LATEST]
    ]
    return neighbours


def compose(publication: Publication, neighbours: Neighbours) -> Page:
    """The story as it stands on its page."""
    figures = figures_of(publication)
    lead = figures.pop(0) if figures and figures[0].leads else None
    links = list(_links(publication, neighbours))
    paragraphs = list(_paragraphs(publication, neighbours))
    parts = []
    for number in range(len(paragraphs) + 1):
        if number:
            parts.append(Part(html=paragraphs[number - 1]))
        last = number == len(paragraphs)
        parts += [Part(figure=figure) for figure in figures if _belongs(figure.after, number, last)]
        parts += [Part(link=link) for after, link in links if after is not None and _belongs(after, number, last)]
    foot: dict[Promise, list[Link]] = {}
    for after, link in links:
        if after is None:
            foot.setdefault(link.kind, []).append(link)
    corrections = [
        Correction(CORRECTION_KINDS.get(note["kind"], _("Correction")), note["text"], note["date"])
        for note in publication.corrections
    ]
    address = uri_to_iri(settings.SITE_ADDRESS + publication.get_absolute_url())
    return Page(address, lead, parts, corrections, foot)


def _belongs(after: int, number: int, last: bool) -> bool:
    """Whether a thing to stand after so many paragraphs has its place here; beyond the end is the end."""
    return after == number or (last and after > number)


def _paragraphs(publication: Publication, neighbours: Neighbours) -> Iterator[SafeString]:
    """The text as its paragraphs are counted: a quote or a list is one too, a heading or a rule is not.

    Those go with what stands under them, so that nothing comes between.
    """
    text = SafeString()
    for frozen, html in zip(publication.blocks, _blocks(publication, neighbours), strict=True):
        text += html
        if not frozen.startswith(("<h2", "<h3", "<hr")):
            yield text
            text = SafeString()
    if text:
        yield text


def _stories_named(publication: Publication) -> set[uuid.UUID]:
    """Ids of our stories that the text and the links name."""
    named = {uuid.UUID(link["story"]) for link in publication.links if link.get("story")}
    for block in publication.blocks:
        named.update(uuid.UUID(match[1]) for match in _OUR_STORY.finditer(block))
    return named


def _links(publication: Publication, neighbours: Neighbours) -> Iterator[tuple[int | None, Link]]:
    """Each link that leads somewhere at this moment, with its place in the text (None: at the foot)."""
    for link in publication.links:
        kind = LINK_KINDS.get(link["kind"], LINK_KINDS["related"])
        if link.get("story"):
            other = neighbours.by_story.get(uuid.UUID(link["story"]))
            if other:
                yield link.get("after"), Link(kind, address_of(other), other.headline, printed=other.first_printed_at)
        elif urlsplit(link["url"]).scheme in ("http", "https"):
            host = (urlsplit(link["url"]).hostname or "").removeprefix("www.")
            yield link.get("after"), Link(kind, link["url"], link["title"] or host, host=host)


def _blocks(publication: Publication, neighbours: Neighbours) -> Iterator[SafeString]:
    """The body, block by block: already cleaned when it was frozen, so only our own links are filled in."""

    def fill(match: re.Match[str]) -> str:
        other = neighbours.by_story.get(uuid.UUID(match[1]))
        # The text of the link is as clean as the block it stands in.
        return f'<a href="{escape(address_of(other))}">{match[2]}</a>' if other else match[2]

    under_a_heading = False
    for number, block in enumerate(publication.blocks):
        html = _OUR_STORY.sub(fill, block)
        under_a_heading = under_a_heading or html.startswith("<h2>")
        if html.startswith("<h3>") and not under_a_heading:
            # A reader who walks by headings must not fall down a step.
            html = html.replace("<h3>", "<h2>").replace("</h3>", "</h2>")
        if number == 0 and publication.dateline:
            html = _with_dateline(html, publication.dateline)
        # Cleaned by the desk before it was signed; what was signed is what is shown.
        yield mark_safe(held_together(html))  # noqa: S308


def _with_dateline(html: str, dateline: str) -> str:
    """Where the story is from opens its first paragraph, as papers do."""
    opening = format_html(
        '<span class="dateline">{}</span>', pgettext("dateline", "%(place)s — ") % {"place": dateline}
    )
    return f"<p>{opening}{html[3:]}" if html.startswith("<p>") else f"<p>{opening}</p>{html}"
