"""Passkeys: registering one, and checking what was signed with one (WebAuthn, for the desk's own address alone).

What a ceremony asks of the browser is a plain dictionary for ``navigator.credentials`` (static/js/passkey.js); what
comes back is the JSON that a form carries. The challenge is kept by whoever asks, and is good for one answer.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.conf import settings
from django.utils.translation import gettext as _
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
    CredentialCreationOptions,
    CredentialRequestOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from staff.models import Passkey, User

VERIFIED = UserVerificationRequirement.REQUIRED
# What the library raises on an answer that is not one, beside its own refusals (ValueError).
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, AssertionError, struct.error, UnsupportedAlgorithm)
LONGEST_ANSWER = 20_000


class PasskeyRefused(Exception):
    """An answer that does not count; the message is for who gave it."""


class Assertion:
    """What was signed with a passkey, in the parts that are needed to verify it again."""

    def __init__(self, passkey: Passkey, answer: AuthenticationResponse) -> None:
        self.passkey = passkey
        self.authenticator_data = bytes(answer.response.authenticator_data)
        self.client_data = bytes(answer.response.client_data)
        self.signature = answer.response.signature


def new_challenge() -> bytes:
    return secrets.token_bytes(32)


def ask_to_register(user: User, challenge: bytes) -> dict[str, Any]:
    """What the browser is asked for a new passkey that can be found without a user name."""
    options, _state = _registration(user, challenge)
    return dict(options.public_key)


def registered(user: User, challenge: bytes, answer: str, name: str) -> Passkey:
    """The new passkey of an account, stored. Raises PasskeyRefused."""
    try:
        response = RegistrationResponse.from_dict(_read(answer))
        data = _server().register_complete(_registration(user, challenge)[1], response)
        credential = data.credential_data
        if response.response.client_data.cross_origin or credential is None:
            raise ValueError
    except MALFORMED:
        raise PasskeyRefused(_("Your device did not give a passkey. Try again.")) from None
    if Passkey.objects.filter(credential_id=credential.credential_id).exists():
        raise PasskeyRefused(_("This passkey is registered already."))
    return Passkey.objects.create(
        user=user,
        credential_id=credential.credential_id,
        public_key=cbor.encode(dict(credential.public_key)),
        sign_count=data.counter,
        name=name.strip()[:60] or _("Passkey"),
    )


def ask_to_sign(challenge: bytes, user: User | None = None) -> dict[str, Any]:
    """What the browser is asked for a signature; without an account, with whichever passkey it holds for the desk."""
    passkeys = user.passkeys.filter(ended_at=None) if user else []
    known = [
        PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(passkey.credential_id))
        for passkey in passkeys
    ]
    options, _state = _authentication(challenge, known)
    return dict(options.public_key)


def checked(challenge: bytes, answer: str, user: User | None = None) -> Assertion:
    """A signature on this challenge by a passkey that is good now, of this account where one is named.

    Moves the passkey's count on; to be called inside a transaction. Raises PasskeyRefused.
    """
    refused = PasskeyRefused(_("This was not signed with a passkey that is good here."))
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        passkeys = Passkey.objects.select_for_update().filter(ended_at=None, user__is_active=True)
        if user is not None:
            passkeys = passkeys.filter(user=user)
        passkey = passkeys.filter(credential_id=response.raw_id).first()
        if passkey is None or response.response.client_data.cross_origin:
            raise refused
        _server().authenticate_complete(_authentication(challenge)[1], [_credential(passkey)], response)
    except MALFORMED:
        raise refused from None
    count = response.response.authenticator_data.counter
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        raise PasskeyRefused(
            _("This passkey counts backwards: somebody may have a copy of it. Ask the newsroom for a new link.")
        )
    passkey.sign_count = count
    passkey.save(update_fields=["sign_count"])
    return Assertion(passkey, response)


def still_verifies(
    passkey: Passkey, challenge: bytes, *, authenticator_data: bytes, client_data: bytes, signature: bytes
) -> bool:
    """Whether a kept signature is the passkey's own on this challenge, given by a person whom her device knew.

    Holds after the desk has moved to another address: the address that was signed is compared with itself.
    """
    try:
        told, data = CollectedClientData(client_data), AuthenticatorData(authenticator_data)
        host = urlsplit(told.origin).hostname or ""
        if (
            told.type != CollectedClientData.TYPE.GET
            or told.challenge != challenge
            or data.rp_id_hash != hashlib.sha256(host.encode()).digest()
            or not data.is_user_present()
            or not data.is_user_verified()
        ):
            return False
        _key(passkey).verify(data + told.hash, signature)
    except (InvalidSignature, *MALFORMED):
        return False
    return True


def _server() -> Fido2Server:
    host = urlsplit(settings.DESK_ADDRESS).hostname
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Newsroom"), verify_origin=lambda told: told == settings.DESK_ADDRESS
    )


def _registration(user: User, challenge: bytes) -> tuple[CredentialCreationOptions, Any]:
    """The options for the browser, and what the library asks for to check the answer."""
    return _server().register_begin(
        PublicKeyCredentialUserEntity(id=_handle(user), name=str(user), display_name=str(user)),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        challenge=challenge,
    )


def _authentication(
    challenge: bytes, known: list[PublicKeyCredentialDescriptor] | None = None
) -> tuple[CredentialRequestOptions, Any]:
    return _server().authenticate_begin(known or None, user_verification=VERIFIED, challenge=challenge)


def _handle(user: User) -> bytes:
    """What a device knows an account by: the same each time, and no name."""
    return hashlib.sha256(f"newsroom account {user.pk}".encode()).digest()


def _read(answer: str) -> Any:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError
    return json.loads(answer)


def _key(passkey: Passkey) -> CoseKey:
    return CoseKey.parse(cast(dict[int, Any], cbor.decode(bytes(passkey.public_key))))


def _credential(passkey: Passkey) -> AttestedCredentialData:
    # The device's make is not kept.
    return AttestedCredentialData.create(bytes(16), bytes(passkey.credential_id), _key(passkey))
