"""The fingerprints of all protected terms, kept in memory while they stay the same."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db import connection

from sources.models import ProtectedTerm


class Known(NamedTuple):
    """A term that is looked for, and whose it is."""

    person: int
    kind: str
    needs_company: bool
    fingerprint: bytes


type Terms = dict[bytes, tuple[Known, ...]]


# Those of the last hour with what tells them from others: replaced whole, so that threads share them.
_kept: tuple[object, Terms] = (None, {})


def known_terms() -> tuple[Terms, object]:
    """All terms by fingerprint, and what tells them from those of another hour.

    One cheap question while nothing was added or taken away.
    """
    global _kept
    version = (settings.FINGERPRINT_KEY, _version())
    if _kept[0] != version:
        terms: Terms = {}
        for person, kind, needs_company, kept in ProtectedTerm.objects.values_list(
            "person_id", "kind", "needs_company", "fingerprint"
        ):
            fingerprint = bytes(kept)
            terms[fingerprint] = (*terms.get(fingerprint, ()), Known(person, kind, needs_company, fingerprint))
        _kept = (version, terms)
        return terms, version
    return _kept[1], version


def _version() -> tuple[int, ...]:
    """Differs as soon as a term was added or taken away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max(id), 0), coalesce(bit_xor(hashtext(encode(fingerprint, 'base64'))), 0)"
            " FROM sources_protectedterm"
        )
        return cursor.fetchone()
