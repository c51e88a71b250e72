"""How soon print follows a talk: counted as a story is printed, for the days of talks fade and a habit doesn't."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from articles.models import Article, Confirmation, Printing, Proof, ProofAttribution
from sources.models import SoonInPrint, Talk

# Print that comes within so many days of a talk can be laid beside a list of calls.
CLOSE = 3
# From so many stories on it is a habit that somebody could notice.
HABIT = 3


def count_close(article: Article, proof: Proof, hour: dt.datetime) -> None:
    """Adds a story that is now printed to the count of each source on whom it rests and with whom we spoke so lately.

    Within the act of printing, whose lock it needs. A story counts once, at its first edition and version.
    """
    original = article.translation_of_id or article.pk
    if _printed_before(original, proof):
        return
    day = timezone.localtime(hour).date()
    lately = Talk.objects.filter(
        source__in=_sources(proof), date_kept=Talk.Kept.DAY, held_on__range=(day - dt.timedelta(days=CLOSE), day)
    )
    # What she asked us to forget is not counted anew.
    for source in lately.filter(source__forgetting=None).order_by("source").values_list("source", flat=True).distinct():
        if not SoonInPrint.objects.filter(source=source).update(number=F("number") + 1):
            SoonInPrint.objects.create(source_id=source, number=1)


def _printed_before(original: int, proof: Proof) -> bool:
    """Whether readers saw, or will see, another version of it. What was stopped before its hour is none."""
    hour = F("publication__go_live_at")
    return (
        Printing.objects.filter(Q(article=original) | Q(article__translation_of=original))
        .exclude(proof=proof)
        .exclude(Q(publication__pulled_at__lt=hour) | Q(publication__withdrawn_at__lt=hour))
        .exclude(publication__superseded_at__lte=hour, at__lt=hour)
        .exists()
    )


def _sources(proof: Proof) -> set[int]:
    """On whose word a proof rests, in its wordings or earlier ones, and whom it names."""
    numbers = dict(proof.wordings.values_list("fact", "number"))
    said = Confirmation.objects.filter(wording__fact__in=numbers, source__isnull=False, taken_back=None)
    rows = said.values_list("source", "wording__fact", "wording__number")
    named = ProofAttribution.objects.filter(proof=proof).values_list("source", flat=True)
    return {source for source, fact, number in rows if number <= numbers[fact]} | set(named)
