"""The one door between the desk and the reader, and the ways back through it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import DateTimeField, F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import act, fresh, reason_in_a_hurry, require, require_near, require_reason
from articles.closeness import count_close
from articles.gate import BLOCKED, SENTENCES, Blocked, GateError, blockers
from articles.models import Article, Policy, Printing, Proof, Pull, Release, Withdrawal
from newsroom.deadlocks import begins_again
from photos.models import Photo
from photos.printing import PictureChanged, print_renditions
from reader.models import PrintedPicture, PrintedTag, PrintedText, Publication

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def publish(article: Article, *, by: User, at: datetime | None = None) -> Publication:
    """Prints the signed proof of a story, now or at an hour (cut to the minute), and answers with the publication.

    The version before it is superseded at that hour. Raises NotAllowed, GateError for an hour that is past and for a
    proof that is printed already, and Blocked with every reason where the gate keeps the story.
    """
    require(by, "reader.publish_publication", _("Only an editor publishes a story."))
    with act(article):
        now = timezone.now().replace(second=0, microsecond=0)
        hour = at.replace(second=0, microsecond=0) if at else now
        if hour < now:
            raise GateError(str(SENTENCES["hour_past"]), "hour_past")
        require_near(hour)
        proof = article.proofs.order_by("-pk").first()
        policy = Policy.objects.in_force()
        if proof is None or policy is None:
            raise Blocked(_("This story can’t be printed yet."), BLOCKED, blockers(article))
        _refuse_the_same_again(proof, hour)
        publication = _print(proof, hour)
        Printing.objects.create(publication=publication, article=article, proof=proof, policy=policy, by=by)
        PrintedTag.objects.bulk_create(PrintedTag(publication=publication, **tag) for tag in publication.tags)
        PrintedPicture.objects.bulk_create(_pictures(publication))
        count_close(article, proof, hour)
    publication.refresh_from_db()
    return publication


def _refuse_the_same_again(proof: Proof, hour: datetime) -> None:
    """A second press of the button is no second version. A reader would see nothing new, and the same for no longer.

    What waits may be given another hour, or be printed now; what leaves print at an hour may be printed for longer.
    """
    if not Article.objects.filter(pk=proof.article_id, revision=proof.revision).exists():
        return  # She means the words that she changed since: the law says that they need a proof.
    same = Publication.objects.filter(printing__proof=proof, leaves_at=_end_of_emergency(proof))
    if same.in_print().exists():
        raise GateError(_("This very text is in print already."), "printed_already")
    # What was stopped before its hour ends as it begins.
    if same.scheduled().filter(go_live_at=hour).exclude(superseded_at=F("go_live_at")).exists():
        raise GateError(_("This very text waits for its hour already."), "scheduled_already")


def _print(proof: Proof, hour: datetime) -> Publication:
    """The proof's words under a new version, and the hour at which the one before it ends."""
    earlier = Publication.objects.filter(story=proof.story)
    # Oldest first, so that no two stand in one hour while they move. One that is still waiting for a later hour never
    # comes: it ends as it begins.
    for present in earlier.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=hour)).order_by("version"):
        if present.superseded_at != present.go_live_at:
            present.superseded_at = max(present.go_live_at, hour)
            present.save(update_fields=["superseded_at"])
    # The hour of the first version that any reader could see.
    first = earlier.filter(go_live_at__lt=hour).exclude(superseded_at=F("go_live_at")).order_by("version").first()
    last = earlier.order_by("-version").first()
    words = {name: getattr(proof, name) for name in PrintedText.printed_columns()}
    publication = Publication(
        **words,
        version=last.version + 1 if last else 1,
        go_live_at=hour,
        first_printed_at=first.first_printed_at if first else hour,
        leaves_at=_end_of_emergency(proof),
    )
    if last:
        publication.turn = last.turn
    publication.save(force_insert=True)
    return publication


def _end_of_emergency(proof: Proof) -> datetime | None:
    """The hour at which what is printed under an emergency override leaves print by itself."""
    reason = proof.how_known.get("emergency")
    override = (
        proof.article.overrides.filter(printed_reason=reason, until__gt=timezone.now()).last() if reason else None
    )
    return override.until.replace(second=0, microsecond=0) if override else None


def _pictures(publication: Publication) -> list[PrintedPicture]:
    """The files of each picture, under random names made for this printing. They go again if it fails."""
    hashes = {picture["hash"] for figure in publication.figures for picture in figure["pictures"]}
    pictures = []
    for key in sorted(hashes):
        photo = Photo.objects.filter(content_hash=key).order_by("pk").first()
        try:
            printed = print_renditions(photo) if photo else []
        except PictureChanged:
            printed = []
        if not printed:
            raise GateError(_("The files of a photo are not those that were signed. Upload it anew."), "photo_changed")
        pictures += [
            PrintedPicture(
                publication=publication,
                picture=key,
                format=p.format,
                width=p.width,
                height=p.height,
                name=p.name,
                sha256=p.sha256,
            )
            for p in printed
        ]
    return pictures


@begins_again
def pull(publication: Publication, *, by: User, reason: str) -> Pull:
    """Takes a story off the site at once. Anyone on duty may, alone."""
    require(by, "reader.pull_publication", _("You may not pull a story."))
    with act():
        read = _read_now(publication)
        row = Pull.objects.create(publication=read, by=by, reason=reason_in_a_hurry(reason, by=by))
        if not Publication.objects.filter(pk=read.pk, pulled_at__isnull=True).update(pulled_at=_this_instant()):
            raise GateError(_("This story is pulled already."), "pulled_already")
    publication.refresh_from_db()
    return row


def _read_now(publication: Publication) -> Publication:
    """The version that readers see if this one's time is over: the next one may have come out while somebody decided."""
    fresh(publication)
    is_over = publication.superseded_at is not None and publication.superseded_at <= timezone.now()
    later = Publication.objects.in_print().filter(story=publication.story, version__gt=publication.version)
    return (is_over and later.first()) or publication


@begins_again
def release(publication: Publication, *, by: User, reason: str) -> Release:
    """Puts a pulled story back in print, through the whole gate."""
    require(by, "reader.publish_publication", _("Only an editor releases a story."))
    # A story of the archive came by another door and has no working copy.
    printing = Printing.objects.filter(publication=publication).first()
    with act(printing.article if printing else None):
        fresh(publication)
        if publication.superseded_at and publication.superseded_at <= timezone.now():
            raise GateError(_("This version’s time is over. Publish the story anew."), "version_over")
        if publication.superseded_at == publication.go_live_at:
            raise GateError(_("This story was stopped before its hour. Publish it anew."), "version_over")
        row = Release.objects.create(publication=publication, by=by, reason=require_reason(reason, by=by))
        stopped = Publication.objects.filter(Q(pulled_at__isnull=False) | Q(leaves_at__isnull=False), pk=publication.pk)
        if not stopped.update(pulled_at=None, leaves_at=None):
            raise GateError(_("This story is not pulled."), "not_pulled")
    publication.refresh_from_db()
    return row


@begins_again
def withdraw(publication: Publication, *, by: User, reason: str) -> Withdrawal:
    """Takes a story off for good. Its address goes on saying that it was withdrawn, whatever the reason."""
    require(by, "reader.withdraw_publication", _("Only the chief editor withdraws a story."))
    with act():
        read = _read_now(publication)
        if read.go_live_at > timezone.now():
            raise GateError(_("No reader has seen this version yet. Stop it instead."), "not_seen_yet")
        if hasattr(read, "withdrawal"):
            raise GateError(_("This story is withdrawn already."), "withdrawn_already")
        row = Withdrawal.objects.create(publication=read, by=by, reason=require_reason(reason, by=by))
        Publication.objects.filter(pk=read.pk).update(withdrawn_at=_this_instant())
    publication.refresh_from_db()
    return row


def _this_instant() -> Func:
    """Later than every proof that is there, also where this transaction waited for the lock while one was made."""
    return Func(function="clock_timestamp", output_field=DateTimeField())
