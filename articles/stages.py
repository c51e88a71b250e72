"""Where a story stands on its way into print, and afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Confirmation, Proof, Pull, SignOff, Verdict
from reader.models import Publication


class Stage(models.TextChoices):
    """In the order of the desk's home page: what waits for somebody comes first."""

    REVIEW = "review", pgettext_lazy("stage", "In review")
    SIGNED = "signed", pgettext_lazy("stage", "Signed")
    PULLED = "pulled", pgettext_lazy("stage", "Pulled")
    SCHEDULED = "scheduled", pgettext_lazy("stage", "Scheduled")
    DRAFT = "draft", pgettext_lazy("stage", "Draft")
    PUBLISHED = "published", pgettext_lazy("stage", "In print")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "Withdrawn")


def with_stage(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Adds ``stage``, by what is printed first and by the last proof otherwise."""
    printed = Publication.objects.filter(story=OuterRef("story"))
    last_printed = printed.order_by("-version")
    last_proof = Proof.objects.filter(article=OuterRef("pk")).order_by("-pk")
    return articles.annotate(
        last_pulled=Subquery(last_printed.annotate(off=Coalesce("pulled_at", "leaves_at")).values("off")[:1]),
        last_withdrawn=Subquery(last_printed.values("withdrawn_at")[:1]),
        last_proof=Subquery(last_proof.values("pk")[:1]),
        last_proof_revision=Subquery(last_proof.values("revision")[:1]),
        last_proof_made=Subquery(last_proof.values("made_at")[:1]),
    ).annotate(
        stage=Case(
            When(
                Exists(
                    printed.scheduled().filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=F("go_live_at")))
                ),
                then=Value(Stage.SCHEDULED),
            ),
            When(Exists(printed.in_print()), then=Value(Stage.PUBLISHED)),
            # Unless somebody has asked for review again.
            When(
                Q(last_withdrawn__isnull=False)
                & (Q(last_proof_made__isnull=True) | Q(last_proof_made__lte=F("last_withdrawn"))),
                then=Value(Stage.WITHDRAWN),
            ),
            When(last_withdrawn__isnull=True, last_pulled__isnull=False, then=Value(Stage.PULLED)),
            When(
                Q(last_proof_revision=F("revision")) & Exists(SignOff.objects.filter(proof=OuterRef("last_proof"))),
                then=Value(Stage.SIGNED),
            ),
            When(last_proof_revision=F("revision"), then=Value(Stage.REVIEW)),
            default=Value(Stage.DRAFT),
            output_field=models.CharField(),
        )
    )


def with_seen_to(stories: QuerySet[Article]) -> QuerySet[Article]:
    """Adds ``seen_to`` to pulled stories: whether anybody has worked on one since, in its words or in its facts.

    A person who pulled it knows of it. Asked after ``with_stage``.
    """
    by_hand = Pull.objects.filter(publication__story=OuterRef("story")).order_by("-pk")
    fact = Q(wording__fact__article=OuterRef("pk")) | Q(wording__fact__article=OuterRef("translation_of"))
    since = OuterRef("last_pulled")
    return stories.annotate(pulled_by=Subquery(by_hand.values("by")[:1])).annotate(
        seen_to=Case(
            When(
                Q(pulled_by__isnull=False)
                | Q(updated_at__gt=F("last_pulled"))
                | Q(last_proof_made__gt=F("last_pulled"))
                | Exists(Verdict.objects.filter(fact, at__gt=since))
                | Exists(Confirmation.objects.filter(fact, recorded_at__gt=since)),
                then=Value(True),
            ),
            default=Value(False),
        )
    )


def count_blockers(articles: Iterable[Article]) -> dict[int, int]:
    """How many reasons block each story, in one question to the law."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a, (SELECT count(DISTINCT (code, fact, CASE WHEN code LIKE 'source%%' THEN object END))
                         FROM gate_blockers(a))
              FROM unnest(%s::bigint[]) a
            """,
            [[article.pk for article in articles]],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Standing:
    """A story's stage with what stands behind it.

    ``proof``: the last one, ``is_current`` while the story still reads like it. ``publication``: the version that a
    reader sees, or will see, or saw last. ``live``: the one in print now, where another is scheduled.
    """

    stage: Stage
    proof: Proof | None
    is_current: bool
    signatures: tuple[SignOff, ...]
    publication: Publication | None
    live: Publication | None

    @property
    def seen(self) -> Publication | None:
        """The version that readers see now; else the one that they will see, or saw last."""
        return self.live or self.publication

    @property
    def was_seen(self) -> bool:
        """Whether any reader could see a version: only then there is something to withdraw."""
        return self.seen is not None and self.seen.go_live_at <= timezone.now()

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees it, or will at its hour."""
        return self.stage in (Stage.PUBLISHED, Stage.SCHEDULED)

    @property
    def changed_since_print(self) -> bool:
        """Whether the working copy reads otherwise than what is printed."""
        if self.publication is None or self.proof is None:
            return False
        return not self.is_current or self.publication.digest != self.proof.digest

    @property
    def label(self) -> str:
        return str(self.stage.label)


def standing_of(article: Article) -> Standing:
    """Where one story stands."""
    stage = Stage(with_stage(Article.objects.filter(pk=article.pk)).values_list("stage", flat=True).get())
    proof = article.proofs.order_by("-pk").select_related("made_by").first()
    versions = list(Publication.objects.filter(story=article.story).order_by("-version")[:5])
    live = Publication.objects.filter(story=article.story).in_print().first()
    publication = live if stage == Stage.PUBLISHED else next(iter(versions), None)
    return Standing(
        stage=stage,
        proof=proof,
        is_current=proof is not None and proof.revision == article.revision,
        signatures=tuple(proof.sign_offs.select_related("by", "guest_signature")) if proof else (),
        publication=publication,
        live=live if live != publication else None,
    )


def stage_words(stage: str) -> str:
    """What the stage asks of the desk, for the head of a list."""
    return str(
        {
            Stage.REVIEW: _("Waiting to be read, confirmed and signed."),
            Stage.SIGNED: _("Signed, and not printed yet."),
            Stage.PULLED: _("Taken off the site. The address says that the story is under review."),
            Stage.SCHEDULED: _("Passed the gate; becomes visible at its hour."),
            Stage.DRAFT: _("Being written."),
            Stage.PUBLISHED: _("On the site now."),
            Stage.WITHDRAWN: _("Taken off for good."),
        }[Stage(stage)]
    )
