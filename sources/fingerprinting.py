"""Keyed fingerprints: a protected word is known again by whoever holds the key, and by nobody else.

The key (``FINGERPRINT_KEY``) is the desk's alone and never in the database. Numbers are few enough to be tried one by one
by a thief who has both, so theirs is slow; a text holds few of them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 16


def of_words(spelled: str) -> bytes:
    """The fingerprint of a name, a handle or a place in its one spelling (``sources.spelling``)."""
    return begun()(spelled)


def begun() -> Callable[[str], bytes]:
    """What makes fingerprints of words, with the key read in: for a text of ten thousand windows."""
    key = _begun(settings.FINGERPRINT_KEY)

    def fingerprint(spelled: str) -> bytes:
        mac = key.copy()
        mac.update(spelled.encode())
        return mac.digest()[:LENGTH]

    return fingerprint


def of_number(digits: str) -> bytes:
    """The fingerprint of a number in its one spelling. Takes some 30 ms, on purpose."""
    cost = 2**settings.NUMBER_FINGERPRINT_COST
    return hashlib.scrypt(
        digits.encode(), salt=_key(settings.FINGERPRINT_KEY, "number"), n=cost, r=8, p=1, dklen=LENGTH, maxmem=2**28
    )


@cache
def _begun(key: str) -> hmac.HMAC:
    return hmac.new(_key(key, "words"), digestmod="sha256")


@cache
def _key(key: str, purpose: str) -> bytes:
    if not key:
        raise ImproperlyConfigured("FINGERPRINT_KEY is not given: nothing can be protected or scanned here.")
    return hmac.digest(key.encode(), f"newsroom fingerprints: {purpose}".encode(), "sha256")
