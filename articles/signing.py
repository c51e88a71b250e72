"""Signing a proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, authors, require
from articles.cautions import cautions_of, recorded, unseen
from articles.gate import SENTENCES, GateError
from articles.models import CautionsSeen, Proof, SignOff
from articles.proofing import still_reads
from newsroom.deadlocks import begins_again

if TYPE_CHECKING:
    from staff.models import User


@begins_again
def sign_off(proof: Proof, *, by: User, knowing: Sequence[str] = ()) -> SignOff:
    """An editor's signature on exactly these words. Refused where the story would now read otherwise.

    ``knowing``: the keys of the cautions that she was shown. Refused where anything else could point at a source.
    """
    with act(proof.article):
        require_signer(by=by, wrote=authors(proof.article))
        if not still_reads(proof):
            raise GateError(str(SENTENCES["proof_outdated"]), "proof_outdated")
        signed = SignOff.objects.filter(proof=proof, by=by).first()
        if signed is not None:
            return signed
        cautions = cautions_of(proof.article, proof)
        if unseen(cautions, knowing):
            raise GateError(
                _(
                    "Something could point at a source that you were not shown. Read the list above the button and sign."
                ),
                "cautions_unseen",
            )
        signed = SignOff.objects.create(proof=proof, by=by, digest=proof.digest)
        if cautions:
            CautionsSeen.objects.create(sign_off=signed, codes=recorded(cautions))
        return signed


def require_signer(*, by: User, wrote: set[int]) -> None:
    """Raises NotAllowed unless this is an editor who did not write the story."""
    require(by, "articles.sign_article", _("Only an editor signs a story."))
    if by.pk in wrote:
        raise NotAllowed(_("You wrote or changed words of this story, so another editor has to sign it."))
