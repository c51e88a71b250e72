"""Asking a guest to read a story's proof and sign it: four eyes in a newsroom of two.

An invitation ends at its hour and is never withdrawn; whoever must not come in any more has her account closed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, authors
from articles.gate import GateError
from articles.models import Article, Invitation, Policy, Proof
from newsroom.deadlocks import begins_again
from staff.models import EDITORS, Guest

if TYPE_CHECKING:
    from staff.models import User

LONGEST = dt.timedelta(days=14)


@dataclass(frozen=True)
class OpenProof:
    """A proof that a guest may read and sign now, and the invitation by which she may."""

    proof: Proof
    invitation: Invitation


@begins_again
def invite(article: Article, guest: User, *, by: User, until: dt.datetime) -> Invitation:
    """Lets a guest read and sign this story's proof until an hour, at most two weeks from now."""
    with act(article):
        require_inviter(by=by)
        if not guest.is_guest:
            raise NotAllowed(_("Only who has a guest’s account, and no other, is invited."))
        if guest.pk in authors(article):
            raise NotAllowed(_("She wrote or changed words of this story, so she can’t sign it."))
        require_hour(until)
        if article.invitations.filter(guest=guest, until=until, by=by).exists():
            raise GateError(_("You invited her until that hour already."), "invited_already")
        return Invitation.objects.create(article=article, guest=guest, until=until, by=by)


def require_hour(until: dt.datetime) -> None:
    """Raises GateError for an hour that is past, or further off than an invitation lasts."""
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise GateError(_("Choose an hour to come, within two weeks."), "invitation_hour")


def require_inviter(*, by: User) -> None:
    """Raises NotAllowed unless this is an editor and the policy lets guests sign."""
    if not by.is_editor:
        raise NotAllowed(_("Only an editor invites a guest."))
    if not guests_may_sign():
        raise NotAllowed(_("The policy in force lets no guest sign."))


def guests_may_sign() -> bool:
    policy = Policy.objects.in_force()
    return policy is not None and policy.guests_sign


def whom_to_invite(article: Article) -> list[Guest]:
    """Guests with an open account who did not write the story."""
    return list(Guest.objects.filter(is_active=True).exclude(pk__in=authors(article)).order_by("first_name", "pk"))


def open_to(guest: User) -> list[OpenProof]:
    """The proofs that a guest may read and sign now: the last one of each story that she is invited to."""
    if not guest.is_guest or not guests_may_sign():
        return []
    found = {}
    for invitation in _running().filter(guest=guest).select_related("article").order_by("until"):
        proof = invitation.article.proofs.order_by("-pk").first()
        if proof is not None and proof.revision == invitation.article.revision:
            found[proof.pk] = OpenProof(proof, invitation)
    return list(found.values())


def opened(guest: User, number: int) -> OpenProof:
    """One of those, by its number. Raises NotAllowed where she may not read it, or not any more."""
    for each in open_to(guest):
        if each.proof.pk == number:
            return each
    raise NotAllowed(_("You are not invited to this proof, or its time is over, or the story has changed since."))


def _running() -> QuerySet[Invitation]:
    """Invitations that the law would count now (``gate_proof_blockers``): in time, by who is an editor still."""
    return Invitation.objects.filter(
        until__gt=timezone.now(), by__is_active=True, by__groups__name__in=EDITORS
    ).distinct()
