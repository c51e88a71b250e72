"""A device that holds a passkey, for tests without a browser: it answers what a page asks as a telephone would."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from staff.models import User
from staff.passkeys import ask_to_register, new_challenge, registered
from staff.registering import give_link

Flag = AuthenticatorData.FLAG


class Device:
    """One passkey. ``count`` goes up by one each time; a device that does not count keeps it at nought."""

    def __init__(self, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.counts, self.count = counts, 0

    def create(self, asked: str) -> str:
        """What the browser sends for a new passkey."""
        options = json.loads(asked)
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.credential_id, public)
        data = AuthenticatorData.create(
            _hash(options["rp"]["id"]), Flag.UP | Flag.UV | Flag.AT, self._counted(), credential
        )
        said = CollectedClientData.create(
            "webauthn.create", websafe_decode(options["challenge"]), settings.DESK_ADDRESS
        )
        return self._answer(said, attestationObject=AttestationObject.create("none", data, {}))

    def sign(self, asked: str, *, flags: Flag = Flag.UP | Flag.UV, origin: str = "", kind: str = "webauthn.get") -> str:
        """What the browser sends for a signature."""
        options = json.loads(asked)
        data = AuthenticatorData.create(_hash(options["rpId"]), flags, self._counted())
        said = CollectedClientData.create(kind, websafe_decode(options["challenge"]), origin or settings.DESK_ADDRESS)
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(said, authenticatorData=data, signature=signature)

    def _counted(self) -> int:
        self.count += self.counts
        return self.count

    def _answer(self, said: CollectedClientData, **parts: bytes) -> str:
        response: dict[str, Any] = {name: websafe_encode(part) for name, part in parts.items()}
        identity = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": identity,
                "rawId": identity,
                "type": "public-key",
                "response": {**response, "clientDataJSON": websafe_encode(said)},
                "clientExtensionResults": {},
            }
        )


def holds_a_passkey(user: User) -> Device:
    """A device with which this account registered a passkey."""
    device, challenge = Device(), new_challenge()
    asked = json.dumps(ask_to_register(user, challenge))
    registered(user, challenge, device.create(asked), "Telephone")
    return device


def registers(guest: User, device: Device, *, by: User) -> Any:
    """A guest opens the link that she was given and registers her device."""
    address = give_link(guest, by=by).removeprefix(settings.DESK_ADDRESS)
    client = Client()
    asked = client.get(address).context["asked"]
    return client.post(address, {"answer": device.create(asked), "name": "Telephone"}, follow=True)


def signed_in(device: Device) -> Client:
    """Her browser, after she signed in with her passkey."""
    client = Client()
    asked = client.get("/desk/guest/sign-in/").context["asked"]
    response = client.post("/desk/guest/sign-in/", {"answer": device.sign(asked)})
    assert response.status_code == 302 and response["Location"] == "/desk/guest/", response
    return client


def _hash(host: str) -> bytes:
    return hashlib.sha256(host.encode()).digest()
