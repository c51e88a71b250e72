"""Every story scanned once more: terms are added, and stories were written before."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from articles.acts import act
from articles.leaks import by_person, settle
from articles.models import Article, Leak, Pull
from articles.printed_pieces import pieces_of_print
from newsroom.deadlocks import begins_again
from reader.models import Publication
from sources import leaks


def scan_anew() -> int:
    """Every story in the works and in print, one act each. How many terms of somebody stand in print.

    Nothing that readers saw is taken off: its hour would tell whose term it was. What waits for its hour is stopped.
    """
    for article in Article.objects.order_by("pk").iterator():
        _scan_story(article)
    in_print = Publication.objects.in_print() | Publication.objects.scheduled()
    for publication in in_print.order_by("pk").iterator():
        _scan_print(publication)
    return _close_what_left_print()


def stop_what_waits() -> None:
    """Stops each version that waits for its hour and holds a protected term: as soon as one is added, and every night.

    No reader has seen it, so no hour tells anybody whose term it was.
    """
    for publication in Publication.objects.scheduled().order_by("pk"):
        _scan_print(publication)


@begins_again
def _scan_story(article: Article) -> None:
    with act(article):
        pass  # it is scanned at the end of each act


@begins_again
def _scan_print(publication: Publication) -> None:
    found = by_person(f for f in leaks.scan(pieces_of_print(publication)) if f.person is not None)
    with act():
        settle(Q(publication=publication), found, None, publication=publication)
        waits = Publication.objects.filter(pk=publication.pk, go_live_at__gt=Now(), pulled_at=None, withdrawn_at=None)
        if found and waits.exclude(superseded_at=F("go_live_at")).exists():
            # The gate's own, not somebody's: who added the term is not said.
            Pull.objects.create(publication=publication, causes=[{"code": "protected_term", "fact": None}])
            waits.update(pulled_at=Now())


@begins_again
def _close_what_left_print() -> int:
    """How many findings stand in print still."""
    stands = Leak.objects.filter(gone_at=None, publication__isnull=False)
    with act():
        in_print = Publication.objects.in_print() | Publication.objects.scheduled()
        stands.exclude(publication__in=in_print).update(gone_at=timezone.now())
    return stands.count()
