"""The pages of the paper. Each view finds what is in print and hands it to its template."""

import unicodedata

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader.composing import address_of, compose, neighbours_of
from reader.corrections import corrections_page
from reader.editions import Frame, absolute, default_frame, frame_of
from reader.knowing import knowledge, what_it_is
from reader.languages import OWN_WORDS
from reader.linked_data import news_article
from reader.models import Language, Publication
from reader.notices import Kind, notice_of
from reader.paging import Turned, list_page
from reader.pictures import with_pictures

# Stories after the lead that show their pictures on the front.
SECONDS = 3


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The default edition at ``/``, without a redirect."""
    frame = default_frame()
    if frame is None:
        raise Http404
    with translation.override(frame.language):
        return _home(request, frame, title=frame.edition.name)


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    """The front of an edition: a story that leads, and the latest."""
    frame = frame_of(language)
    return _home(request, frame, title=f"{frame.edition.name} · {frame.edition_name}")


def _home(request: HttpRequest, frame: Frame, *, title: str) -> HttpResponse:
    listed = list_page(request, Publication.objects.in_print().edition(frame.language))
    stories = listed.stories
    is_front = listed.number == 1
    fronts = {other.language: reverse("home", args=[other.language]) for other in frame.others}
    return _page(
        request,
        "reader/home.html" if is_front else "reader/list.html",
        frame,
        here=frame.home + listed.query,
        same_page=fronts if is_front else {},
        title=_title_of(listed, title),
        description=frame.edition.promise,
        heading=_("Latest"),
        list_address=frame.home,
        lead=stories[:1],
        seconds=stories[1 : 1 + SECONDS],
        stories=stories[1 + SECONDS :] if is_front else stories,
        listed=listed,
    )


@require_safe
def story(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A story as it is in print, or what may be said of its address."""
    frame = frame_of(language)
    slug = unicodedata.normalize("NFC", slug)
    in_print = Publication.objects.in_print().edition(language)
    publication = with_pictures(in_print).filter(slug=slug).first()
    if publication is None:
        return _notice(request, frame, slug)
    neighbours = neighbours_of(publication)
    page = compose(publication, neighbours)
    translations = {other: address_of(printed) for other, printed in neighbours.translations.items()}
    return _page(
        request,
        "reader/story.html",
        frame,
        here=address_of(publication),
        same_page=translations,
        title=f"{publication.headline} · {frame.edition.name}",
        description=publication.standfirst,
        story=publication,
        is_updated=publication.go_live_at > publication.first_printed_at,
        what_it_is=what_it_is(publication),
        page=page,
        known=knowledge(publication),
        section_here=publication.section_slug,
        translations=[
            (other, OWN_WORDS[Language(other)].this_story, address) for other, address in translations.items()
        ],
        latest=neighbours.latest,
        share_picture=absolute(page.lead.pictures[0].src) if page.lead else None,
        linked_data=news_article(publication, page, neighbours, frame),
    )


def _notice(request: HttpRequest, frame: Frame, slug: str) -> HttpResponse:
    """What the paper says of a story that was once in print.

    Withdrawn is 410, gone for good. Under review is 404: the story may come back, and a 410 would tell search
    engines and feeds to forget it.
    """
    notice = notice_of(frame.language, slug)
    if notice is None:
        raise Http404
    if notice.kind == Kind.MOVED:
        return HttpResponsePermanentRedirect(reverse("story", args=[frame.language, notice.moved_to]))
    withdrawn = notice.kind == Kind.WITHDRAWN
    title = _("This story was withdrawn") if withdrawn else _("This story is under review")
    return _page(
        request,
        "site/notice.html",
        frame,
        status=410 if withdrawn else 404,
        title=f"{title} · {frame.edition.name}",
        notice=notice,
        withdrawn=withdrawn,
    )


@require_safe
def section(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The stories of a section, newest first."""
    frame = frame_of(language)
    name = frame.section_name(slug)
    if name is None:
        raise Http404
    listed = list_page(request, Publication.objects.in_print().edition(language).filter(section_slug=slug))
    address = reverse("section", args=[language, slug])
    return _page(
        request,
        "reader/list.html",
        frame,
        here=address + listed.query,
        same_page={
            other.language: reverse("section", args=[other.language, slug])
            for other in frame.others
            if any(section["slug"] == slug for section in other.sections)
        },
        title=_title_of(listed, f"{name} · {frame.edition.name}"),
        description=_("%(section)s in %(paper)s") % {"section": name, "paper": frame.edition.name},
        heading=name,
        section_here=slug,
        list_address=address,
        feed=reverse("section_feed", args=[language, slug]),
        stories=listed.stories,
        listed=listed,
    )


@require_safe
def tag(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The stories that carry a tag. A tag that no story in print carries has no page."""
    frame = frame_of(language)
    slug = unicodedata.normalize("NFC", slug)
    in_print = Publication.objects.in_print().edition(language)
    tagged = in_print.filter(printed_tags__slug=slug)
    name = tagged.latest().values_list("printed_tags__name", flat=True)[:1]
    if not name:
        raise Http404
    listed = list_page(request, tagged)
    address = reverse("tag", args=[language, slug])
    heading = _("Stories on “%(tag)s”") % {"tag": name[0]}
    return _page(
        request,
        "reader/list.html",
        frame,
        here=address + listed.query,
        title=_title_of(listed, f"{heading} · {frame.edition.name}"),
        description=heading,
        heading=heading,
        list_address=address,
        stories=listed.stories,
        listed=listed,
    )


@require_safe
def corrections(request: HttpRequest, language: str) -> HttpResponse:
    """Everything that the paper has put right in what is in print, newest first."""
    frame = frame_of(language)
    listed = corrections_page(request, language)
    address = reverse("corrections", args=[language])
    heading = _("Corrections")
    elsewhere = {other.language: reverse("corrections", args=[other.language]) for other in frame.others}
    return _page(
        request,
        "reader/corrections.html",
        frame,
        here=address + listed.query,
        same_page=elsewhere if listed.number == 1 else {},
        title=_title_of(listed, f"{heading} · {frame.edition.name}"),
        description=_("What %(paper)s has put right after print.") % {"paper": frame.edition.name},
        heading=heading,
        list_address=address,
        feed=reverse("corrections_feed", args=[language]),
        listed=listed,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, in the language of the address or of the default edition."""
    language = request.path_info.split("/", 2)[1]
    try:
        frame: Frame | None = frame_of(language)
    except Http404:
        frame = default_frame()
    if frame is None:
        return HttpResponse(render_to_string("site/no_edition.html"), status=404)
    with translation.override(frame.language):
        return _page(request, "site/404.html", frame, status=404, title=f"{_('No such page')} · {frame.edition.name}")


def broken(request: HttpRequest) -> HttpResponse:
    """The 500 page: fixed words, for what they would be asked of may be what is broken."""
    return HttpResponse(render_to_string("site/500.html"), status=500)


def _title_of(listed: Turned, title: str) -> str:
    """Each page of a list has a title of its own."""
    return title if listed.number == 1 else _("%(title)s, page %(number)s") % {"title": title, "number": listed.number}


def _page(
    request: HttpRequest,
    template: str,
    frame: Frame,
    *,
    here: str | None = None,
    same_page: dict[str, str] | None = None,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """A page in its frame. ``here``: its own address, for pages that are to be found again."""
    same_page = same_page or {}
    frame_words = {
        "frame": frame,
        "edition": frame.edition,
        "doors": frame.doors(same_page),
        "canonical": absolute(here) if here else None,
        "alternates": frame.alternates(here, same_page) if here else [],
        "today": timezone.localdate(),
    }
    return render(request, template, {**frame_words, **context}, status=status)
