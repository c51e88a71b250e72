"""What identifies a person, packed and sealed to the keepers' public keys, and opened again with a private one.

Nothing here knows a table or a setting: a keeper opens what is sealed on a machine of her own, and so do years to come.

A sealed record is an age file (https://age-encryption.org/v1, X25519). Inside is JSON in UTF-8, filled up with spaces to a
multiple of PADDED bytes, so that its length does not tell how much is known of a person:

    {"format": FORMAT, "id": UUID, "fields": {"name": …, "notes": …}, "terms": [{"kind": …, "words": …}]}

A bundle is what is carried between the desk and a keeper, JSON too: the keys it is sealed to, and by id each sealed record,
after a keeper also the fingerprints of its terms. It holds no alias, no name and no hour.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyrage
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FORMAT, BUNDLE = "newsroom-sealed-1", "newsroom-sealed-bundle-1"
# Bytes. What is usually known of a person is one of these, and few are two.
PADDED = 4096
# What is typed into one form: characters in all, and protected terms.
LONGEST, MOST_TERMS = 60_000, 60

# What a reporter may type, in the order in which it is asked and told.
LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Names"),
    "romanised": gettext_lazy("The same in Latin letters"),
    "numbers": gettext_lazy("Numbers"),
    "handles": gettext_lazy("Accounts and e-mail addresses"),
    "places": gettext_lazy("Addresses and places that must never appear"),
    "contact": gettext_lazy("How to reach her"),
    "how_met": gettext_lazy("How we met"),
    "notes": gettext_lazy("Notes"),
}
FIELDS = tuple(LABELS)
# Of these, each line is a protected term of this kind.
KIND_OF = {"name": "name", "romanised": "name", "numbers": "number", "handles": "handle", "places": "place"}

HEADER = b"age-encryption.org/v1"
PUBLIC_KEY = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class EnvelopeError(Exception):
    """A sealed record, a bundle or a key is not what it should be; the sentence says what."""


class NotForThisKey(EnvelopeError):
    """The record is whole, and sealed to others."""


@dataclass(frozen=True)
class Term:
    """One name, number, handle or place that must never appear."""

    kind: str
    words: str

    def __repr__(self) -> str:
        # No log or report of ours quotes it.
        return f"Term({self.kind})"


@dataclass(frozen=True, repr=False)
class Envelope:
    """What is known of a person, as it was typed."""

    id: uuid.UUID
    fields: Mapping[str, str]
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Print:
    """The keyed fingerprint of one form of a term."""

    kind: str
    fingerprint: bytes
    needs_company: bool = False


@dataclass(frozen=True)
class Carried:
    """One record in a bundle; ``prints`` is None where its fingerprints were not made anew."""

    id: uuid.UUID
    ciphertext: bytes
    prints: tuple[Print, ...] | None = None


@dataclass(frozen=True)
class Bundle:
    """Sealed records between the desk and a keeper. ``key_check`` tells by which key fingerprints were made, and not the key."""

    keepers: tuple[str, ...]
    records: tuple[Carried, ...]
    key_check: str = ""


def enveloped(typed: Mapping[str, str], *, record: uuid.UUID | None = None) -> Envelope:
    """What was typed into a form, cleaned of what no text has, with the terms that must never appear."""
    fields = {name: _clean(words) for name, words in typed.items()}
    fields = {name: words for name, words in fields.items() if words}
    terms = dict.fromkeys(
        Term(kind, line.strip())
        for name, kind in KIND_OF.items()
        for line in fields.get(name, "").split("\n")
        if line.strip()
    )
    return Envelope(record or uuid.uuid4(), fields, tuple(terms))


def sealed(envelope: Envelope, public_keys: Iterable[str]) -> bytes:
    """The age file that each of these keys opens by itself. Raises EnvelopeError for a key that is none, or for no key."""
    recipients = [_recipient(key) for key in dict.fromkeys(public_keys)]
    if not recipients:
        raise EnvelopeError(_("There is no key to seal to."))
    return pyrage.encrypt(packed(envelope), recipients)


def opened(ciphertext: bytes, identity: pyrage.x25519.Identity) -> Envelope:
    """What was sealed. Raises NotForThisKey, and EnvelopeError for what is no sealed record of ours."""
    recipients_of(ciphertext)
    try:
        content = pyrage.decrypt(ciphertext, [identity])
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise NotForThisKey(_("This key does not open it: it is sealed to others.")) from None
        raise EnvelopeError(_("It is damaged: some of it was changed or cut off.")) from None
    return unpacked(content)


def recipients_of(ciphertext: bytes) -> int:
    """How many keys open an age file, by the stanzas of its header. Raises EnvelopeError for what is none."""
    lines = ciphertext.split(b"\n")
    if lines[0] != HEADER:
        raise EnvelopeError(_("It is no sealed record."))
    found = 0
    for line in lines[1:]:
        if line.startswith(b"--- "):
            return found
        # age hides how a file came to be by a stanza of grease: only what a key of ours opens counts.
        found += line.startswith(b"-> X25519 ")
    raise EnvelopeError(_("It is damaged: some of it was changed or cut off."))


def packed(envelope: Envelope) -> bytes:
    """The envelope as bytes, filled up."""
    content = json.dumps(
        {
            "format": FORMAT,
            "id": str(envelope.id),
            "fields": dict(envelope.fields),
            "terms": [{"kind": term.kind, "words": term.words} for term in envelope.terms],
        },
        ensure_ascii=False,
    ).encode()
    return content.ljust(-(-len(content) // PADDED) * PADDED)


def unpacked(content: bytes) -> Envelope:
    """The envelope that bytes say. Raises EnvelopeError."""
    said = _json(content, FORMAT)
    try:
        return Envelope(
            uuid.UUID(said["id"]),
            {str(name): str(words) for name, words in said["fields"].items()},
            tuple(Term(str(term["kind"]), str(term["words"])) for term in said["terms"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EnvelopeError(_("It opens, but it is no record of a newsroom.")) from None


def written(bundle: Bundle) -> bytes:
    """A bundle as a file. Its records stand in the order of their random ids, which tells nothing."""
    records = []
    for carried in sorted(bundle.records, key=lambda r: r.id):
        record: dict[str, Any] = {"id": str(carried.id), "sealed": _text(carried.ciphertext)}
        if carried.prints is not None:
            record["terms"] = [
                {"kind": p.kind, "fingerprint": _text(p.fingerprint), "needs_company": p.needs_company}
                for p in carried.prints
            ]
        records.append(record)
    said: dict[str, Any] = {"format": BUNDLE, "keepers": sorted(bundle.keepers), "records": records}
    if bundle.key_check:
        said["key_check"] = bundle.key_check
    return (json.dumps(said, indent=1) + "\n").encode()


def read(file: bytes) -> Bundle:
    """The bundle in a file; a single sealed record is a bundle of one. Raises EnvelopeError."""
    if file.startswith(HEADER):
        return Bundle((), (Carried(uuid.UUID(int=0), file),))
    if b"AGE-SECRET-KEY-" in file.upper():
        raise EnvelopeError(_("This file holds a private key, not sealed records. Nobody but its keeper may have it."))
    said = _json(file, BUNDLE)
    try:
        carried = tuple(_carried(record) for record in said["records"])
        keepers = tuple(str(key) for key in said["keepers"])
        check = str(said.get("key_check", ""))
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        raise EnvelopeError(_("The file is damaged: not every record in it can be read.")) from None
    if len({record.id for record in carried}) != len(carried):
        raise EnvelopeError(_("The file holds one record twice."))
    for key in keepers:
        _recipient(key)
    return Bundle(keepers, carried, check)


def is_public_key(text: str) -> bool:
    """Whether this is the public half of a keeper's key."""
    try:
        _recipient(text)
    except EnvelopeError:
        return False
    return True


def _recipient(public_key: str) -> pyrage.x25519.Recipient:
    try:
        if not PUBLIC_KEY.fullmatch(public_key):
            raise ValueError
        return pyrage.x25519.Recipient.from_str(public_key)
    except (ValueError, pyrage.RecipientError):
        raise EnvelopeError(
            _("A public key begins with age1 and has 62 letters and digits. This is none, or not the whole of one.")
        ) from None


def _carried(record: Mapping[str, Any]) -> Carried:
    prints = record.get("terms")
    return Carried(
        uuid.UUID(record["id"]),
        base64.b64decode(record["sealed"], validate=True),
        None if prints is None else tuple(_print(p) for p in prints),
    )


def _print(said: Mapping[str, Any]) -> Print:
    kind, fingerprint = str(said["kind"]), base64.b64decode(said["fingerprint"], validate=True)
    if kind not in KIND_OF.values() or not fingerprint:
        raise ValueError(kind)
    return Print(kind, fingerprint, bool(said.get("needs_company", False)))


def _json(content: bytes, expected: str) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("format") != expected:
        raise EnvelopeError(_("This is no file of sealed records from the desk, or not the whole of it."))
    return said


def _clean(words: str) -> str:
    """Without zero bytes and other signs that no keyboard writes; lines end in one way."""
    words = re.sub(r"\r\n?", "\n", words).encode("utf-8", "replace").decode()
    return "".join(c for c in words if c in "\n\t" or (ord(c) >= 0x20 and ord(c) != 0x7F)).strip()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
