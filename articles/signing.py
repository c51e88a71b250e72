"""Signing a proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, authors, require
from articles.gate import SENTENCES, GateError
from articles.models import Proof, SignOff
from articles.proofing import still_reads
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def sign_off(proof: Proof, *, by: User) -> SignOff:
    """An editor's signature on exactly these words. Refused where the story would now read otherwise."""
    with act(proof.article):
        require_signer(by=by, wrote=authors(proof.article))
        if not still_reads(proof):
            raise GateError(str(SENTENCES["proof_outdated"]), "proof_outdated")
        return SignOff.objects.get_or_create(proof=proof, by=by, defaults={"digest": proof.digest})[0]


def require_signer(*, by: User, wrote: set[int]) -> None:
    """Raises NotAllowed unless this is an editor who did not write the story."""
    require(by, "articles.sign_article", _("Only an editor signs a story."))
    if by.pk in wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so another editor has to sign it."))
