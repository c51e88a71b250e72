"""Bringing back what a keeper has sealed anew, for the keepers who stand now. All that fits in one step, or nothing."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.envelopes import Bundle, Carried, EnvelopeError, Print, read, recipients_of
from sources.exporting import require_chief
from sources.models import Keeper, ProtectedPerson, ProtectedTerm, SealedRecord
from sources.protecting import Fingerprint, protect
from sources.sealing import SealingRefused, no_keeper

if TYPE_CHECKING:
    from uuid import UUID

    from staff.models import User


@dataclass(frozen=True)
class Outcome:
    """What became of it. ``unknown``: in the file, and not here any more; ``missing``: here, and not in the file."""

    replaced: int
    refreshed: int
    unknown: int
    missing: int


@begins_again
@transaction.atomic
def bring_back(file: bytes, *, by: User) -> Outcome:
    """Puts records that were sealed anew in the place of those that are here. Raises SealingRefused.

    Only records that are here, each sealed to just as many as keepers stand. Whoever seals a record hides from everyone
    for whom it is: that it is these keepers is their own word, so a keeper opens one of them before the old file goes.
    """
    require_chief(by)
    try:
        bundle = read(file)
    except EnvelopeError as error:
        raise SealingRefused(str(error)) from None
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
    keepers = _require_for_the_keepers(bundle)
    here = {
        record.pk: record for record in SealedRecord.objects.select_related("person").select_for_update(of=("self",))
    }
    found = [carried for carried in bundle.records if carried.id in here]
    if not found:
        raise SealingRefused(_("None of these records is here. Is it the file of another newsroom?"))
    for carried in found:
        record = here[carried.id]
        record.ciphertext, record.sealed_to = carried.ciphertext, keepers
    SealedRecord.objects.bulk_update([here[carried.id] for carried in found], ["ciphertext", "sealed_to"])
    refreshed = _refresh_terms(found, here, by=by)
    return Outcome(len(found), refreshed, len(bundle.records) - len(found), len(here) - len(found))


def key_check() -> str:
    """By which key fingerprints are made, without telling it: a bundle made by another would protect nobody."""
    return hmac.digest(settings.FINGERPRINT_KEY.encode(), b"newsroom fingerprints: which key", "sha256")[:8].hex()


def _require_for_the_keepers(bundle: Bundle) -> list[str]:
    standing = list(Keeper.objects.standing().order_by("pk").values_list("public_key", flat=True))
    if not standing:
        raise SealingRefused(no_keeper())
    if set(bundle.keepers) != set(standing):
        raise SealingRefused(
            _("This file is not sealed to the keepers who stand now. Seal it anew with the command that stands here.")
        )
    for carried in bundle.records:
        try:
            number = recipients_of(carried.ciphertext)
        except EnvelopeError:
            raise SealingRefused(_("The file is damaged: not every record in it can be read.")) from None
        if number != len(standing):
            raise SealingRefused(
                _(
                    "A record in this file is sealed to %(number)d keys, and %(keepers)d keepers stand. Nothing was changed."
                )
                % {"number": number, "keepers": len(standing)}
            )
    if any(carried.prints is not None for carried in bundle.records) and bundle.key_check != key_check():
        raise SealingRefused(
            _("The fingerprints in this file were made by another key than this desk’s. Nothing was changed.")
        )
    return standing


def _refresh_terms(found: list[Carried], here: dict[UUID, SealedRecord], *, by: User) -> int:
    """New fingerprints take the place of a person's old ones where the file has them of all her records."""
    all_hers: dict[ProtectedPerson, set[UUID]] = defaultdict(set)
    brought: dict[ProtectedPerson, dict[UUID, tuple[Print, ...]]] = defaultdict(dict)
    for record in here.values():
        all_hers[record.person].add(record.pk)
    for carried in found:
        if carried.prints is not None:
            brought[here[carried.id].person][carried.id] = carried.prints
    refreshed = 0
    for person, prints in brought.items():
        if prints.keys() == all_hers[person]:
            ProtectedTerm.objects.filter(person=person).delete()
            refreshed += 1
        protect(person, _merged(p for each in prints.values() for p in each), by=by)
    return refreshed


def _merged(prints: Iterable[Print]) -> list[Fingerprint]:
    """Each once; one that counts by itself somewhere needs no company."""
    known: dict[tuple[str, bytes], Fingerprint] = {}
    for p in prints:
        if (p.kind, p.fingerprint) not in known or not p.needs_company:
            known[p.kind, p.fingerprint] = Fingerprint(p.kind, p.fingerprint, p.needs_company)
    return list(known.values())
