"""Confirming and discrediting a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.answering import refusal_of
from sources.leaks import Piece
from sources.models import Source, Vetting

if TYPE_CHECKING:
    from staff.models import User


class VettingRefused(Exception):
    """Somebody may not change this standing; the sentence says why."""


@begins_again
def vet(source: Source, standing: str, *, by: User, reason: str = "") -> Vetting:
    """Sets the standing of a source, on the record. Pulls in the same commit what loses its footing by it.

    Only an editor who does not speak with the source, and never did, confirms it; who speaks with it may discredit it herself.
    Raises VettingRefused. The database holds the same rule (``gate_vetting_before``).
    """
    _require_vetter(source, standing, by)
    if standing != Source.Standing.CONFIRMED and not reason.strip():
        raise VettingRefused(_("Give a reason."))
    if refusal := refusal_of(Piece("reason", reason), by=by.pk):
        raise VettingRefused(refusal.sentence)
    with transaction.atomic():
        vetting = Vetting.objects.create(source=source, standing=standing, by=by, reason=reason.strip())
        source.refresh_from_db(fields=["standing"])
    return vetting


def may_vet(source: Source, standing: str, *, by: User) -> bool:
    """Whether this person may give the source this standing."""
    try:
        _require_vetter(source, standing, by)
    except VettingRefused:
        return False
    return True


def _require_vetter(source: Source, standing: str, by: User) -> None:
    if standing == Source.Standing.CONFIRMED and source.is_forgotten:
        raise VettingRefused(_("This source was forgotten, so nobody can ask her again."))
    if standing == Source.Standing.CONFIRMED and source.is_known_to(by):
        raise VettingRefused(_("A source is confirmed by an editor who does not speak with her. Ask a colleague."))
    if standing == Source.Standing.CONFIRMED and _ever_spoke(source, by):
        raise VettingRefused(_("You have spoken with this source yourself, so a colleague confirms her."))
    if standing == Source.Standing.CONFIRMED and not by.is_editor:
        # The database asks for the role: a superuser has every permission and may still be no editor.
        raise VettingRefused(_("Only an editor may confirm or discredit a source."))
    discredits_her_own = standing != Source.Standing.CONFIRMED and source.is_known_to(by)
    if not by.has_perm("sources.vet_source") and not discredits_her_own:
        raise VettingRefused(_("Only an editor may confirm or discredit a source."))


def _ever_spoke(source: Source, by: User) -> bool:
    """As the law counts it: under any account of hers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM gate_person(%s) AS hers (account)"
            " JOIN sources_confidant c ON c.user_id = hers.account WHERE c.source_id = %s)",
            [by.pk, source.pk],
        )
        return cursor.fetchone()[0]
