"""Lists in pages of twenty, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest

from reader.composing import Teaser, teasers
from reader.models import Publication, PublicationQuerySet
from reader.pictures import with_pictures

ON_A_PAGE = 20
# No list is that long; a number beyond it is somebody trying numbers.
LAST_PAGE = 100_000
# What lists do not show is not fetched.
_TEXT_ONLY = ("blocks", "bylines", "links", "corrections", "how_known", "tags")


@dataclass(frozen=True)
class Turned:
    """Which page of a list it is, with the numbers of the pages on either side where there are any."""

    number: int
    newer: int | None
    older: int | None

    @property
    def query(self) -> str:
        """What follows the list's address to come back to this page."""
        return f"?page={self.number}" if self.number > 1 else ""


@dataclass(frozen=True)
class ListPage(Turned):
    """One page of a list of stories."""

    publications: list[Publication]

    @property
    def stories(self) -> list[Teaser]:
        return teasers(self.publications)


def list_page(request: HttpRequest, publications: PublicationQuerySet) -> ListPage:
    """The page of a list that was asked for; one that does not exist is a 404."""
    number = asked_number(request)
    # The keys alone are sliced: PostgreSQL works out every column of a row that it skips.
    keys = publications.latest().values("pk")[window(number)]
    found = list(with_pictures(Publication.objects.filter(pk__in=keys)).latest().defer(*_TEXT_ONLY))
    return ListPage(*neighbours(number, found), found[:ON_A_PAGE])


def asked_number(request: HttpRequest) -> int:
    """The number of the page that was asked for, from 1."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:7]) <= LAST_PAGE and len(asked) <= 7):
        raise Http404
    return int(asked)


def window(number: int) -> slice:
    """What is fetched for a page: one more than is shown, which tells whether older ones follow."""
    first = (number - 1) * ON_A_PAGE
    return slice(first, first + ON_A_PAGE + 1)


def neighbours(number: int, found: Sequence[object]) -> tuple[int, int | None, int | None]:
    """The page's number with those on either side, by what was found in its window; a page without anything is a 404."""
    if number > 1 and not found:
        raise Http404
    return number, number - 1 if number > 1 else None, number + 1 if len(found) > ON_A_PAGE else None
