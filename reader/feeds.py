"""Atom feeds: one for an edition, one for each of its sections, one for its corrections."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from reader.composing import address_of
from reader.corrections import latest_corrections
from reader.editions import Frame, absolute, frame_of
from reader.models import Publication, PublicationQuerySet

ENTRIES = 30


class _Feed(Atom1Feed):
    """Atom with every byline of a story; Django's own knows one author."""

    def latest_post_date(self) -> dt.datetime:
        """An empty feed is as old as its edition's last story: Django's own would be new at each reading."""
        if not self.items and (last := Publication.objects.in_print().edition(self.feed["language"]).latest().first()):
            return last.first_printed_at
        return super().latest_post_date()

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        for name in item["bylines"]:
            handler.startElement("author", {})  # type: ignore[arg-type]
            handler.addQuickElement("name", name)
            handler.endElement("author")
        super().add_item_elements(handler, item)


@require_safe
def edition_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The latest stories of an edition."""
    frame = frame_of(language)
    return _feed(
        frame,
        title=frame.edition.name,
        page=frame.home,
        here=reverse("feed", args=[language]),
        stories=Publication.objects.in_print().edition(language),
    )


@require_safe
def section_feed(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The latest stories of a section."""
    frame = frame_of(language)
    name = frame.section_name(slug)
    if name is None:
        raise Http404
    return _feed(
        frame,
        title=_("%(section)s · %(paper)s") % {"section": name, "paper": frame.edition.name},
        page=reverse("section", args=[language, slug]),
        here=reverse("section_feed", args=[language, slug]),
        stories=Publication.objects.in_print().edition(language).filter(section_slug=slug),
    )


@require_safe
def corrections_feed(request: HttpRequest, language: str) -> HttpResponse:
    """The latest corrections of an edition, each an entry that names its story."""
    frame = frame_of(language)
    title = _("Corrections · %(paper)s") % {"paper": frame.edition.name}
    page, here = reverse("corrections", args=[language]), reverse("corrections_feed", args=[language])
    feed = _new_feed(frame, title=title, page=page, here=here)
    for correction in latest_corrections(language, ENTRIES):
        feed.add_item(
            title=_("%(kind)s: %(headline)s") % {"kind": correction.kind, "headline": correction.headline},
            link=absolute(correction.address),
            description=str(escape(correction.text)),
            unique_id=f"urn:uuid:{correction.id}",
            pubdate=correction.at,
            updateddate=correction.at,
            bylines=[],
        )
    return _answer(feed)


def _feed(frame: Frame, *, title: str, page: str, here: str, stories: PublicationQuerySet) -> HttpResponse:
    feed = _new_feed(frame, title=title, page=page, here=here)
    for story in stories.latest().defer("blocks", "figures", "links", "how_known")[:ENTRIES]:
        feed.add_item(
            title=story.headline,
            link=absolute(address_of(story)),
            # Of the type html, so that plain words must be escaped once more.
            description=str(escape(story.standfirst)),
            # An address may change, a story's id does not.
            unique_id=f"urn:uuid:{story.story}",
            pubdate=story.first_printed_at,
            updateddate=story.go_live_at,
            bylines=[byline["name"] for byline in story.bylines],
            categories=[story.section_name, *(tag["name"] for tag in story.tags)],
        )
    return _answer(feed)


def _new_feed(frame: Frame, *, title: str, page: str, here: str) -> _Feed:
    return _Feed(
        title=title,
        link=absolute(page),
        description=None,
        subtitle=frame.edition.promise,
        language=frame.language,
        author_name=frame.edition.name,
        feed_url=absolute(here),
        feed_guid=absolute(here),
    )


def _answer(feed: _Feed) -> HttpResponse:
    answer = HttpResponse(content_type=_Feed.content_type)
    feed.write(answer, "utf-8")
    return answer
