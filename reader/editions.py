"""The frame of every page: the paper's name and promise, its sections, and the doors to its other editions."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from reader.languages import OWN_WORDS
from reader.models import Edition, Language


class Door(NamedTuple):
    """A link to another edition: to the same page there if it has one, else to its front."""

    language: str
    name: str
    address: str
    same_page: bool


@dataclass(frozen=True)
class Frame:
    """One edition, and the others beside it."""

    edition: Edition
    others: tuple[Edition, ...]

    @property
    def language(self) -> str:
        return self.edition.language

    @property
    def edition_name(self) -> str:
        """What the edition calls itself: English edition, 한국어판."""
        return OWN_WORDS[Language(self.language)].edition

    @property
    def home(self) -> str:
        return reverse("home", args=[self.language])

    def section_name(self, slug: str) -> str | None:
        """The name under which this edition lists a section; None when it lists no such section."""
        return next((section["name"] for section in self.edition.sections if section["slug"] == slug), None)

    def doors(self, same_page: dict[str, str]) -> list[Door]:
        """Links to the other editions; ``same_page`` has the address of this page in those that print it."""
        return [
            Door(
                other.language,
                OWN_WORDS[Language(other.language)].name,
                same_page.get(other.language) or reverse("home", args=[other.language]),
                other.language in same_page,
            )
            for other in self.others
        ]

    def alternates(self, here: str, same_page: dict[str, str]) -> list[tuple[str, str]]:
        """``hreflang`` and full address of this page in each edition; nothing when it stands in one only."""
        pages = {self.language: here, **same_page}
        if len(pages) == 1:
            return []
        default = next((edition.language for edition in (self.edition, *self.others) if edition.is_default), None)
        return [
            *((language, absolute(address)) for language, address in sorted(pages.items())),
            ("x-default", absolute(pages.get(default or "", here))),
        ]


def frame_of(language: str) -> Frame:
    """The frame of an edition; there is no such page while the paper has no such edition."""
    editions = {edition.language: edition for edition in Edition.objects.all()}
    if language not in editions:
        raise Http404
    return Frame(editions.pop(language), tuple(editions.values()))


def default_frame() -> Frame | None:
    """The frame of the edition at ``/``; None while the paper has none at all."""
    editions = list(Edition.objects.all())
    return Frame(editions[0], tuple(editions[1:])) if editions else None


def absolute(address: str) -> str:
    """A full address, as machines want it."""
    return iri_to_uri(settings.SITE_ADDRESS + address)
