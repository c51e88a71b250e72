"""A keeper's key pair as a file on her own machine: a standard age identity, which the `age` tool opens as well."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pyrage
from django.utils.translation import gettext as _

from sources.envelopes import HEADER, EnvelopeError

BEGINS = "AGE-SECRET-KEY-1"
# A passphrase that somebody could guess is no lock; four random words are longer.
SHORTEST_PASSPHRASE = 12


def make(file: Path, passphrase: str | None) -> str:
    """Writes a new key into a file that only its owner reads; answers the public half. Raises EnvelopeError.

    With a passphrase the file itself is sealed (age's scrypt). There is no way back from a passphrase that is forgotten.
    """
    if passphrase is not None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise EnvelopeError(
            _("The passphrase is short of %(number)d characters. Four random words are good.")
            % {"number": SHORTEST_PASSPHRASE}
        )
    identity = pyrage.x25519.Identity.generate()
    content = f"# public key: {identity.to_public()}\n{identity}\n".encode()
    write_new(file, content if passphrase is None else pyrage.passphrase.encrypt(content, passphrase))
    return str(identity.to_public())


def identity_in(file: Path, ask_passphrase: Callable[[], str]) -> pyrage.x25519.Identity:
    """The key in a file; the passphrase is asked only where there is one. Raises EnvelopeError."""
    content = read_whole(file)
    if content.startswith(HEADER):
        try:
            content = pyrage.passphrase.decrypt(content, ask_passphrase())
        except pyrage.DecryptError:
            raise EnvelopeError(
                _("%(file)s: the passphrase is wrong, or the file is damaged.") % {"file": file}
            ) from None
    for line in content.decode("utf-8", "replace").splitlines():
        if line.strip().upper().startswith(BEGINS):
            try:
                return pyrage.x25519.Identity.from_str(line.strip())
            except pyrage.IdentityError:
                break
    raise EnvelopeError(_("%(file)s holds no private key of a keeper.") % {"file": file})


def read_whole(file: Path) -> bytes:
    """A file's content. Raises EnvelopeError where it can't be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise EnvelopeError(f"{file}: {error.strerror}.") from None


def write_new(file: Path, content: bytes) -> None:
    """Writes a file that is not there yet, for its owner alone. Raises EnvelopeError, and never writes over anything."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise EnvelopeError(
            _("%(file)s is there already and stays as it is. Choose another name.") % {"file": file}
        ) from None
    except OSError as error:
        raise EnvelopeError(f"{file}: {error.strerror}.") from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
