"""Lists of stories in pages of twenty, newest first."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from reader.composing import Teaser, teasers
from reader.models import Publication, PublicationQuerySet
from reader.pictures import with_pictures

STORIES_ON_A_PAGE = 20
# No list is that long; a number beyond it is somebody trying numbers.
LAST_PAGE = 100_000
# What lists do not show is not fetched.
_TEXT_ONLY = ("blocks", "bylines", "links", "corrections", "how_known", "tags")


@dataclass(frozen=True)
class ListPage:
    """One page of a list, with the numbers of the pages on either side where there are any."""

    number: int
    publications: list[Publication]
    newer: int | None
    older: int | None

    @property
    def stories(self) -> list[Teaser]:
        return teasers(self.publications)

    @property
    def query(self) -> str:
        """What follows the list's address to come back to this page."""
        return f"?page={self.number}" if self.number > 1 else ""


def list_page(request: HttpRequest, publications: PublicationQuerySet) -> ListPage:
    """The page of a list that was asked for; one that does not exist is a 404."""
    number = _number(request.GET.get("page", "1"))
    first = (number - 1) * STORIES_ON_A_PAGE
    # One more than is shown tells whether older ones follow. The keys alone are sliced: PostgreSQL works out every
    # column of a row that it skips.
    keys = publications.latest().values("pk")[first : first + STORIES_ON_A_PAGE + 1]
    found = list(with_pictures(Publication.objects.filter(pk__in=keys)).latest().defer(*_TEXT_ONLY))
    if number > 1 and not found:
        raise Http404
    return ListPage(
        number,
        found[:STORIES_ON_A_PAGE],
        newer=number - 1 if number > 1 else None,
        older=number + 1 if len(found) > STORIES_ON_A_PAGE else None,
    )


def _number(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:7]) <= LAST_PAGE and len(asked) <= 7):
        raise Http404
    return int(asked)
