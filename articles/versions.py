"""The printed versions of a story: each with its hours in words, and what may be laid side by side with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models import Article, Printing
from articles.proofing import compose
from reader.models import Publication

# What stands beside the versions in a comparison.
COPY, PROOF = "copy", "proof"


@dataclass(frozen=True)
class Hour:
    """Something that was done to a version, or that befell it."""

    at: dt.datetime
    sentence: str


@dataclass(frozen=True)
class Version:
    """One printed version. ``seen``: whether any reader could ever see it; ``state``: where it stands now."""

    publication: Publication
    state: str
    seen: bool
    hours: Sequence[Hour]

    @property
    def number(self) -> int:
        return self.publication.version

    @property
    def title(self) -> str:
        return _("Version %(number)s") % {"number": self.number}


@dataclass(frozen=True)
class Text:
    """One side of a comparison: a printed version, the last proof or the working copy, by its printed columns."""

    key: str
    title: str
    state: str
    columns: dict[str, Any]


def versions_of(article: Article) -> list[Version]:
    """Every version that was printed, newest first; also those that were stopped before their hour."""
    publications = list(
        Publication.objects.filter(story=article.story)
        .select_related("printing__by", "withdrawal__by")
        .prefetch_related("printing__proof__sign_offs__by", "pulls__by", "releases__by")
        .annotate(seen=Func(F("pk"), function="printing_was_seen", output_field=BooleanField()))
        .order_by("-version")
    )
    # The newest first, so that those before it in the list came after it.
    return [_version(each, publications[:number]) for number, each in enumerate(publications)]


def texts_of(article: Article, versions: Sequence[Version]) -> dict[str, Text]:
    """What can be laid side by side, by its key in an address: each version, the last proof, the working copy."""
    names = Publication.printed_columns()
    texts = [
        Text(str(v.number), v.title, v.state, {name: getattr(v.publication, name) for name in names}) for v in versions
    ]
    if proof := article.proofs.order_by("-pk").first():
        texts.append(Text(PROOF, _("The last proof"), "", {name: getattr(proof, name) for name in names}))
    texts.append(Text(COPY, _("The working copy"), "", compose(article)))
    return {text.key: text for text in texts}


def _version(publication: Publication, later: Sequence[Publication]) -> Version:
    hours = sorted(_hours(publication, later), key=lambda hour: hour.at)
    return Version(publication, _state(publication), publication.seen, hours)  # type: ignore[attr-defined]


def _state(publication: Publication) -> str:
    now = timezone.now()
    if publication.withdrawn_at:
        return _("Withdrawn")
    if publication.superseded_at and publication.superseded_at <= publication.go_live_at and not publication.seen:  # type: ignore[attr-defined]
        return _("Stopped before its hour; no reader saw it")
    if publication.superseded_at and publication.superseded_at <= now:
        return _("Superseded")
    if publication.pulled_at:
        return _("Pulled")
    return _("Scheduled") if publication.go_live_at > now else pgettext("stage", "In print")


def _hours(publication: Publication, later: Sequence[Publication]) -> Iterator[Hour]:
    printing: Printing | None = getattr(publication, "printing", None)
    if printing:
        for number, signature in enumerate(printing.proof.sign_offs.all()):
            # The first came before print, whatever two clocks say.
            if not number or signature.at <= printing.at:
                yield Hour(min(signature.at, printing.at), _("Signed by %(name)s.") % {"name": signature.by})
        at_once = printing.at >= publication.go_live_at
        sentence = _("Published by %(name)s, at once.") if at_once else _("Scheduled by %(name)s.")
        yield Hour(printing.at, sentence % {"name": printing.by})
    if printing is None or printing.at < publication.go_live_at:
        yield from _going_live(publication)
    for pull in publication.pulls.all():
        who = _("Pulled by %(name)s: %(reason)s") if pull.by else _("Pulled by the gate: what it rests on fell.")
        yield Hour(pull.at, who % {"name": pull.by, "reason": pull.reason} if pull.by else who)
    for release in publication.releases.all():
        words = {"name": release.by, "reason": release.reason}
        yield Hour(release.at, _("Released by %(name)s: %(reason)s") % words)
    if withdrawal := getattr(publication, "withdrawal", None):
        words = {"name": withdrawal.by, "reason": withdrawal.reason}
        yield Hour(withdrawal.at, _("Withdrawn by %(name)s: %(reason)s") % words)
    if later and publication.superseded_at:
        yield from _superseded(publication, later)


def _going_live(publication: Publication) -> Iterator[Hour]:
    if publication.seen:  # type: ignore[attr-defined]
        yield Hour(publication.go_live_at, _("Went live."))
    elif publication.superseded_at != publication.go_live_at:
        yield Hour(publication.go_live_at, _("Goes live."))
    elif publication.go_live_at > timezone.now():
        yield Hour(publication.go_live_at, _("Its hour. It is stopped: no reader will see it."))
    else:
        yield Hour(publication.go_live_at, _("Its hour. It had been stopped before; no reader saw it."))


def _superseded(publication: Publication, later: Sequence[Publication]) -> Iterator[Hour]:
    """The version that took its place: the one that began as it ended, else the next one."""
    ended = publication.superseded_at
    assert ended is not None  # noqa: S101 - asked by the caller
    by = next((each for each in later if each.go_live_at == ended), later[-1])
    words = {"number": by.version}
    # What was replaced in its own first minute, or before its hour, is told by when its successor was printed.
    printed = by.printing.at if hasattr(by, "printing") else ended
    if ended == publication.go_live_at and not publication.seen:  # type: ignore[attr-defined]
        if not (publication.pulled_at or publication.withdrawn_at):
            yield Hour(printed, _("Stopped: version %(number)s was printed before its hour.") % words)
    elif ended > timezone.now():
        yield Hour(ended, _("Version %(number)s takes its place.") % words)
    else:
        at = printed if ended == publication.go_live_at else ended
        yield Hour(max(ended, at), _("Version %(number)s took its place.") % words)
