"""Taking sealed records out, to a keeper who opens them or seals them anew: a file that nobody here can read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from sources.envelopes import Bundle, Carried, written
from sources.looking import note_look
from sources.models import Keeper, Look, ProtectedPerson, SealedRecord, Source
from sources.sealing import SealingRefused, require_known

if TYPE_CHECKING:
    from staff.models import User

# It tells neither whose it is nor when it was taken.
FILE_NAME = "sealed.json"


@transaction.atomic
def export(whom: Source | ProtectedPerson, *, by: User) -> bytes:
    """The sealed records of one person, for who speaks with her; noted as a look. Raises SealingRefused."""
    require_known(whom, by)
    person = whom if isinstance(whom, ProtectedPerson) else ProtectedPerson.objects.filter(source=whom).first()
    records = list(person.sealed_records.all()) if person else []
    if not records:
        raise SealingRefused(_("Nothing is sealed yet."))
    note_look(whom, Look.What.EXPORT, by=by)
    return _bundle(records)


@transaction.atomic
def export_all(*, by: User) -> bytes:
    """Every sealed record, for the chief editor, to be sealed anew; noted at each person. Raises SealingRefused."""
    require_chief(by)
    records = list(SealedRecord.objects.select_related("person__source"))
    if not records:
        raise SealingRefused(_("Nothing is sealed yet."))
    for person in {record.person_id: record.person for record in records}.values():
        note_look(person, Look.What.EXPORT, by=by)
    return _bundle(records)


def require_chief(by: User) -> None:
    """Raises SealingRefused unless this is a chief editor."""
    if not by.is_chief_editor:
        raise SealingRefused(_("Only the chief editor takes all sealed records out, and brings them back."))


def _bundle(records: Iterable[SealedRecord]) -> bytes:
    keepers = Keeper.objects.standing().values_list("public_key", flat=True)
    return written(Bundle(tuple(keepers), tuple(Carried(r.pk, bytes(r.ciphertext)) for r in records)))
