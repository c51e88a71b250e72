"""A guest's signature: her passkey signs a challenge that is made of the proof and nothing else, and is kept."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.acts import NotAllowed, act, authors
from articles.gate import SENTENCES, GateError
from articles.inviting import OpenProof, opened
from articles.models import GuestSignature, Invitation, Proof, SignOff
from articles.proofing import still_reads
from newsroom.deadlocks import begins_again
from staff.passkeys import ask_to_sign, checked, still_verifies

if TYPE_CHECKING:
    from staff.models import User

# Says what is signed, so that no other challenge of ours can be taken for one of these.
PURPOSE = b"newsroom: a guest signs this proof, 1"


def what_to_sign(open_proof: OpenProof) -> str:
    """What her browser is asked, in JSON: a signature on this proof, under this invitation, by one of her passkeys."""
    asked = ask_to_sign(challenge_for(open_proof.proof, open_proof.invitation), open_proof.invitation.guest)
    return json.dumps(asked)


@begins_again
def sign_as_guest(number: int, *, by: User, answer: str) -> GuestSignature:
    """A guest's signature on exactly this proof. Raises NotAllowed, GateError or PasskeyRefused."""
    article = opened(by, number).proof.article
    with act(article):
        # Once more, now that nothing moves.
        asked = opened(by, number)
        proof, invitation = asked.proof, asked.invitation
        if by.pk in authors(article):
            raise NotAllowed(_("You wrote or changed words of this story, so another has to sign it."))
        if proof.sign_offs.filter(by=by).exists():
            raise GateError(_("You have signed this proof."), "signed_already")
        if not still_reads(proof):
            raise GateError(str(SENTENCES["proof_outdated"]), "proof_outdated")
        signed = checked(challenge_for(proof, invitation), answer, by)
        return GuestSignature.objects.create(
            sign_off=SignOff.objects.create(proof=proof, by=by, digest=proof.digest),
            invitation=invitation,
            passkey=signed.passkey,
            authenticator_data=signed.authenticator_data,
            client_data=signed.client_data,
            signature=signed.signature,
        )


def challenge_for(proof: Proof, invitation: Invitation) -> bytes:
    """The proof by its number too: the same words proved again, after a pull, ask for a new signature."""
    return hashlib.sha256(
        b"\n".join([PURPOSE, b"%d" % proof.pk, b"%d" % invitation.pk, proof.digest.encode()])
    ).digest()


def verify(guest_signature: GuestSignature) -> bool:
    """Whether a kept signature is that guest's own, on those words, under an invitation that was hers and in time."""
    sign_off, invitation = guest_signature.sign_off, guest_signature.invitation
    proof, passkey = sign_off.proof, guest_signature.passkey
    return (
        sign_off.digest == proof.digest
        and sign_off.by_id == invitation.guest_id == passkey.user_id
        and proof.article_id == invitation.article_id
        and invitation.at <= sign_off.at <= invitation.until
        and still_verifies(
            passkey,
            challenge_for(proof, invitation),
            authenticator_data=bytes(guest_signature.authenticator_data),
            client_data=bytes(guest_signature.client_data),
            signature=bytes(guest_signature.signature),
        )
    )
