"""Sealing what identifies a person: it is added to what is sealed of her already, and nobody here can read either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.aliases import new_alias
from sources.arriving import Arrived, BrokenToken, arrived_in
from sources.looking import note_look
from sources.models import Forgetting, Keeper, Look, ProtectedPerson, SealedRecord, Source
from sources.protecting import Fingerprint, protect

if TYPE_CHECKING:
    from staff.models import User

# Tokens in one form: what was typed, and what came back from a page that could not take it.
MOST_AT_ONCE = 5


class SealingRefused(Exception):
    """Nothing was sealed; the sentence says why."""


@dataclass(frozen=True)
class Done:
    """What a sealing came to. ``unlooked``: of each kind of term, how many lines can't be looked for in a text.

    ``in_company``: how many count only beside another term of the same person.
    """

    records: int
    unlooked: dict[str, int]
    in_company: dict[str, int]


@dataclass(frozen=True)
class SealedLine:
    """One sealed record as its page tells it: to whom it is sealed, and what is amiss with that."""

    number: int
    keepers: list[str]
    ended: list[str]
    lacking: list[str]

    @property
    def is_right(self) -> bool:
        return not self.ended and not self.lacking


@begins_again
@transaction.atomic
def seal(whom: Source | ProtectedPerson, tokens: Iterable[str], *, by: User) -> Done:
    """Keeps what arrived sealed (``sources.arriving``), and the fingerprints of its terms; noted as a look.

    Only who speaks with the source, or answers for the person, seals. Raises SealingRefused. What was sealed from the
    same form already is not sealed twice.
    """
    require_known(whom, by)
    arrived = [_read(token) for token in dict.fromkeys(tokens)]
    if not arrived:
        raise SealingRefused(_("Nothing is typed yet."))
    if len(arrived) > MOST_AT_ONCE:
        raise SealingRefused(_("That is too much at once. Open the page again and seal it in parts."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
    if Forgetting.objects.filter(**({"source": whom} if isinstance(whom, Source) else {"person": whom})).exists():
        raise SealingRefused(_("She is forgotten: nothing is sealed of her any more. What you sent was not kept."))
    if any(each.page != page_of(whom) for each in arrived):
        raise SealingRefused(
            _("This was typed on another page than hers, and was not sealed here. Open her page and type it again.")
        )
    standing = set(Keeper.objects.standing().values_list("public_key", flat=True))
    if not standing:
        raise SealingRefused(no_keeper())
    there = dict(SealedRecord.objects.filter(pk__in=[each.id for each in arrived]).values_list("pk", "person_id"))
    person = _protected(whom)
    if any(known != person.pk for known in there.values()):
        raise SealingRefused(
            _(
                "This form was sealed for somebody else already, so it was not sealed here. Open her page and type it again."
            )
        )
    new = [each for each in arrived if each.id not in there]
    if not new:
        raise SealingRefused(_("This is sealed already; once is enough. To add more, type it into the form here."))
    if any(standing.isdisjoint(each.sealed_to) for each in new):
        raise SealingRefused(
            _(
                "The keepers have changed since this was typed, and none of those who stand now could open it. Type it again."
            )
        )
    SealedRecord.objects.bulk_create(
        SealedRecord(id=each.id, person=person, ciphertext=each.ciphertext, sealed_to=list(each.sealed_to))
        for each in new
    )
    for each in new:
        protect(person, [Fingerprint(p.kind, p.fingerprint, p.needs_company) for p in each.prints], by=by)
    note_look(whom, Look.What.SEALING, by=by)
    return Done(len(new), _summed(each.unlooked for each in new), _summed(each.in_company for each in new))


@transaction.atomic
def protect_somebody(*, by: User) -> ProtectedPerson:
    """A person in a story who must not be found: two random words, and the reporter who answers for her."""
    alias = new_alias()
    while Source.objects.filter(alias=alias).exists() or ProtectedPerson.objects.filter(alias=alias).exists():
        alias = new_alias()
    return ProtectedPerson.objects.create(alias=alias, contact_reporter=by)


def require_known(whom: Source | ProtectedPerson, user: User) -> None:
    """Raises SealingRefused unless this person speaks with the source, or answers for the person."""
    if not whom.is_known_to(user):
        raise SealingRefused(_("Only who speaks with a source seals what is known of her."))


def sealed_of(whom: Source | ProtectedPerson) -> list[SealedLine]:
    """What is sealed of a person, in an order that tells nothing, and to whom. Never a word of it."""
    records = SealedRecord.objects.filter(person__source=whom) if isinstance(whom, Source) else whom.sealed_records
    keepers = list(Keeper.objects.all())
    standing = {keeper.public_key for keeper in Keeper.objects.standing()}
    names = {keeper.public_key: keeper.name for keeper in keepers}
    return [
        SealedLine(
            number,
            [names.get(key, "?") for key in sealed_to if key in standing],
            [names.get(key, "?") for key in sealed_to if key not in standing],
            [names[key] for key in names if key in standing and key not in sealed_to],
        )
        for number, sealed_to in enumerate(records.order_by("pk").values_list("sealed_to", flat=True), start=1)
    ]


def page_of(whom: Source | ProtectedPerson) -> str:
    """Where somebody's sealed records stand."""
    return reverse(f"sealing:{'source' if isinstance(whom, Source) else 'person'}", args=[whom.pk])


def no_keeper() -> str:
    """Why nothing can be sealed yet."""
    return _(
        "No keeper stands yet, so nothing can be sealed. The chief editor proposes one and a second editor agrees."
    )


def _read(token: str) -> Arrived:
    try:
        return arrived_in(token)
    except BrokenToken:
        raise SealingRefused(
            _("What was sealed on this page is too old, or was changed on its way. Type it again.")
        ) from None


def _protected(whom: Source | ProtectedPerson) -> ProtectedPerson:
    if isinstance(whom, ProtectedPerson):
        return whom
    return ProtectedPerson.objects.get_or_create(source=whom)[0]


def _summed(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in counts:
        for kind, number in each.items():
            found[kind] = found.get(kind, 0) + number
    return found
