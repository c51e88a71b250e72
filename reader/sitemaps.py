"""The sitemap and robots.txt: what search engines are told, and in which languages each story stands."""

from collections import defaultdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reader.composing import address_of
from reader.editions import absolute
from reader.models import Edition, Publication

# The standard's limit for one file, less the pages that are no stories.
MOST_STORIES = 49_000


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every story in print with its translations; the fronts, sections and corrections of each edition."""
    stories = Publication.objects.in_print().latest().only("story", "translation_of", "language", "slug", "go_live_at")
    editions = list(Edition.objects.all())
    pages: list[dict[str, object]] = [{"address": page, "alternates": []} for page in _pages_of(editions)]
    pages += _corrections_of(editions)
    found = list(stories[:MOST_STORIES])
    versions: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for story in found:
        versions[story.translation_of or story.story].append((story.language, absolute(address_of(story))))
    for story in found:
        alternates = versions[story.translation_of or story.story]
        pages.append(
            {
                "address": absolute(address_of(story)),
                "changed": story.go_live_at.isoformat(),
                "alternates": sorted(alternates) if len(alternates) > 1 else [],
            }
        )
    return render(request, "reader/sitemap.xml", {"pages": pages}, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read, by anyone."""
    return HttpResponse(
        f"User-agent: *\nDisallow:\n\nSitemap: {absolute(reverse('sitemap'))}\n",
        content_type="text/plain; charset=utf-8",
    )


def _pages_of(editions: list[Edition]) -> list[str]:
    pages = []
    for edition in editions:
        pages.append(absolute(reverse("home", args=[edition.language])))
        pages += [absolute(reverse("section", args=[edition.language, part["slug"]])) for part in edition.sections]
    return pages


def _corrections_of(editions: list[Edition]) -> list[dict[str, object]]:
    pages = sorted((e.language, absolute(reverse("corrections", args=[e.language]))) for e in editions)
    return [{"address": address, "alternates": pages if len(pages) > 1 else []} for _language, address in pages]
