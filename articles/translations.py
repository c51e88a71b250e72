"""A translation whose original has a newer version in print than the one that stood when it was printed itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from articles.models import Article
from reader.models import Publication


def with_original_since(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Adds ``original_since``: the hour since which the original reads otherwise than when this was printed, or None."""
    # The translation's own last version that went live, or waits to.
    printed = Publication.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=F("go_live_at")), story=OuterRef("story"), withdrawn_at=None
    ).order_by("-version")
    # A version's hour is cut to the minute: it came into print no sooner than it was printed.
    came = Greatest("go_live_at", "printing__at")
    stood_then = Publication.objects.annotate(came=came).filter(
        story=OuterRef("story"), version__lt=OuterRef("version"), came__lte=OuterRef("printed_at")
    )
    newer = (
        Publication.objects.in_print()
        .filter(story=OuterRef("translation_of__story"))
        .annotate(printed_at=OuterRef("printed_at"), came=came)
        .filter(Exists(stood_then), came__gt=OuterRef("printed_at"))
    )
    return articles.annotate(printed_at=Subquery(printed.values("printing__at")[:1])).annotate(
        original_since=Subquery(newer.values("go_live_at")[:1])
    )


def original_since(article: Article) -> dt.datetime | None:
    """The same of one story."""
    if not article.translation_of_id:
        return None
    found: dt.datetime | None = with_original_since(Article.objects.filter(pk=article.pk)).get().original_since  # type: ignore[attr-defined]
    return found
