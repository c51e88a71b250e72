"""Who can open what is sealed: one proposes a keeper, another agrees, and an editor ends her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.envelopes import is_public_key
from sources.models import Keeper

if TYPE_CHECKING:
    from staff.models import User


class KeeperRefused(Exception):
    """This can't be done with this keeper, or not by this person; the sentence says why."""


@begins_again
@transaction.atomic
def propose(name: str, public_key: str, *, by: User) -> Keeper:
    """A key to which shall be sealed, once another editor agrees. Raises KeeperRefused."""
    if not by.is_chief_editor:
        raise KeeperRefused(_("The chief editor proposes a keeper."))
    public_key = public_key.strip()
    if not is_public_key(public_key):
        raise KeeperRefused(
            _("A public key begins with age1 and has 62 letters and digits. This is none, or not the whole of one.")
        )
    _enter()
    if Keeper.objects.filter(public_key=public_key).exists():
        raise KeeperRefused(_("This key is on the list already. A keeper who comes back makes a new pair."))
    return Keeper.objects.create(name=name.strip(), public_key=public_key, proposed_by=by)


@begins_again
@transaction.atomic
def agree(keeper: Keeper, *, by: User) -> None:
    """A second editor's word: from now on is sealed to this keeper as well. Raises KeeperRefused.

    The database holds the same rule (``gate_keeper_before``).
    """
    require_second(keeper, by=by)
    _enter()
    keeper.refresh_from_db()
    if keeper.agreed_by_id or keeper.ended_at:
        raise KeeperRefused(_("Somebody has done this already: look how she stands now."))
    if not keeper.proposed_by.is_editor:
        raise KeeperRefused(_("Who proposed this keeper is no editor any more. Propose her anew."))
    keeper.agreed_by, keeper.agreed_at = by, timezone.now()
    keeper.save(update_fields=["agreed_by", "agreed_at"])


@begins_again
@transaction.atomic
def end(keeper: Keeper, *, by: User) -> None:
    """From now on nothing is sealed to this keeper, for ever. What is sealed already is, until it is sealed anew."""
    if not by.is_editor:
        raise KeeperRefused(_("An editor ends a keeper."))
    _enter()
    keeper.refresh_from_db()
    if keeper.ended_at:
        raise KeeperRefused(_("Somebody has done this already: look how she stands now."))
    if keeper.agreed_by_id and not Keeper.objects.standing().exclude(pk=keeper.pk).exists():
        raise KeeperRefused(
            _(
                "She is the only keeper: without her nothing can be sealed, and nothing sealed anew. Add another one first."
            )
        )
    keeper.ended_by, keeper.ended_at = by, timezone.now()
    keeper.save(update_fields=["ended_by", "ended_at"])


def require_second(keeper: Keeper, *, by: User) -> None:
    """Raises KeeperRefused unless this is an editor who did not propose the keeper, under any account."""
    if not by.is_editor:
        raise KeeperRefused(_("Only an editor agrees to a keeper."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_person(%s)", [by.pk])
        hers = {key for (key,) in cursor.fetchall()}
    if keeper.proposed_by_id in hers:
        raise KeeperRefused(_("You proposed this keeper, so another editor has to agree."))


def may_agree(keeper: Keeper, *, by: User) -> bool:
    """Whether the desk shows this person the button."""
    try:
        require_second(keeper, by=by)
    except KeeperRefused:
        return False
    return keeper.agreed_by_id is None and keeper.ended_at is None


def _enter() -> None:
    """The law's lock, before any row's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
