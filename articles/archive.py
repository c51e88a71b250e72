"""The archive's door: stories that were printed before the newsroom began with the gate, told apart for the reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act
from articles.bodies import blocks
from articles.gate import SENTENCES, GateError
from articles.models import Intake, Policy, Section
from articles.printed_pieces import pieces_of_print
from newsroom.deadlocks import begins_again
from reader.models import Language, Publication
from sources.leaks import UNSCANNED, scan

if TYPE_CHECKING:
    from staff.models import User

# What a story of the archive may say; the rest of its columns stay empty.
TOLD = {"language", "headline", "standfirst", "body", "section", "bylines", "printed", "slug", "dateline", "label"}


@begins_again
def bring_in(stories: Sequence[dict[str, Any]], *, by: User) -> list[Publication]:
    """Prints stories of an archive, all or none, each labelled so for the reader.

    A story: ``language``, ``headline``, ``body`` (HTML), ``section`` (its address), ``printed`` (an hour with its zone, before
    the first day of the gate), and optionally ``standfirst``, ``slug``, ``bylines`` (names), ``dateline``, ``label``. Raises
    NotAllowed, and GateError with the number of the story that does not fit.
    """
    if not by.is_chief_editor:
        raise NotAllowed(_("Only the chief editor brings in an archive."))
    policy = Policy.objects.in_force()
    if policy is None or policy.began_on is None or timezone.now().astimezone(UTC).date() >= policy.began_on:
        raise GateError(str(SENTENCES["archive_closed"]), "archive_closed")
    with act():
        printed = [_clean(number, _printed(number, story)) for number, story in enumerate(stories, start=1)]
        Publication.objects.bulk_create(printed)
        Intake.objects.bulk_create(Intake(publication=publication, by=by) for publication in printed)
    return printed


def _printed(number: int, story: dict[str, Any]) -> Publication:
    unknown = set(story) - TOLD
    if unknown:
        raise _unfit(number, _("it says “%(name)s”, which no story of the archive has") % {"name": min(unknown)})
    language, headline = str(story.get("language", "")), _composed(story.get("headline"))
    if language not in Language.values:
        raise _unfit(number, _("its language is neither en nor ko"))
    if not headline:
        raise _unfit(number, _("it has no headline"))
    section = Section.objects.filter(slug=story.get("section")).first()
    if section is None:
        raise _unfit(number, _("it names a section that we don’t have"))
    slug = _composed(story.get("slug")) or slugify(headline, allow_unicode=True)[:80].strip("-")
    if not slug or Publication.objects.filter(language=language, slug=slug).exists():
        raise _unfit(number, _("its address “%(slug)s” is taken or empty") % {"slug": slug})
    return Publication(
        origin=Publication.Origin.ARCHIVE,
        language=language,
        headline=headline,
        standfirst=_composed(story.get("standfirst")),
        slug=slug,
        label=_composed(story.get("label")),
        dateline=_composed(story.get("dateline")),
        blocks=blocks(str(story.get("body", ""))),
        bylines=[{"name": _composed(name), "slug": ""} for name in story.get("bylines", [])],
        section_slug=section.slug,
        section_name=section.name(language),
        **dict.fromkeys(("go_live_at", "first_printed_at"), _hour(number, story.get("printed"))),
    )


def _clean(number: int, publication: Publication) -> Publication:
    """The same, if no protected term stands in it. Never said which: only where to ask."""
    kinds = {finding.kind for finding in scan(pieces_of_print(publication))}
    if kinds == {UNSCANNED}:
        raise _unfit(number, _("it holds too many numbers to be searched for protected terms"))
    if kinds:
        raise _unfit(number, _("a protected term stands in it, so nothing was brought in. Ask the desk’s keeper"))
    return publication


def _hour(number: int, told: Any) -> datetime:
    try:
        hour = datetime.fromisoformat(str(told))
    except ValueError:
        raise _unfit(number, _("“%(told)s” is no date with an hour and a zone") % {"told": told}) from None
    if hour.tzinfo is None:
        raise _unfit(number, _("“%(told)s” is no date with an hour and a zone") % {"told": told})
    return hour.replace(second=0, microsecond=0)


def _unfit(number: int, why: str) -> GateError:
    return GateError(_("Story %(number)d: %(why)s.") % {"number": number, "why": why}, "archive_does_not_fit")


def _composed(text: Any) -> str:
    return unicodedata.normalize("NFC", str(text or "").strip())
