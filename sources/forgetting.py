"""Forgetting: of a source, or a person in a story, the newsroom keeps nothing any more but what stories rest on.

What is destroyed is destroyed by the database, in the same statement that says so (``articles/sql/forgetting.sql``). What
remains, and why, stands in ``sources.remains``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.answering import is_silent_to, refusal_of
from sources.leaks import Piece
from sources.models import Forgetting, ProtectedPerson, Source

if TYPE_CHECKING:
    from staff.models import User


class ForgettingRefused(Exception):
    """Somebody may not be forgotten so; the sentence says why. ``field``: what she typed that does not fit, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@begins_again
def forget(
    whom: Source | ProtectedPerson, *, by: User, reason: str, alias: str, keep_terms: bool = False
) -> Forgetting:
    """Destroys what there is of her, at once and for good. Stories in print stay in print.

    By her contact reporter or the chief editor, alone: somebody in danger can't wait for a second person. ``alias``: typed
    by whoever forgets, so that nobody is forgotten in place of another. ``keep_terms``: the fingerprints of her names stay,
    so that they go on being caught in a text. Raises ForgettingRefused. The database holds who may
    (``gate_forgetting_before``), and that nothing new is recorded of her.
    """
    whom = _asked_for(whom)
    require_forgetter(whom, by=by)
    if alias.strip() != str(whom):
        raise ForgettingRefused(_("That is not the alias. Type it as it stands above."), "alias")
    if not reason.strip():
        raise ForgettingRefused(_("Give a reason. It stays on record."), "reason")
    if is_silent_to(by.pk):
        # It can't wait until tomorrow; her words can.
        reason = _("(left out: it could not be scanned for protected terms)")
    # Before the act's transaction, so that what she is told stays counted where the act is taken back.
    elif refusal := refusal_of(Piece("reason", reason), by=by.pk):
        raise ForgettingRefused(refusal.sentence, "reason")
    key = {"source": whom} if isinstance(whom, Source) else {"person": whom}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
        if Forgetting.objects.filter(**key).exists():
            raise ForgettingRefused(_("This was done already: nothing is left to forget."))
        forgetting = Forgetting.objects.create(by=by, reason=reason.strip(), terms_kept=keep_terms, **key)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    # Its hour and its numbers are the database's.
    forgetting.refresh_from_db()
    return forgetting


def require_forgetter(whom: Source | ProtectedPerson, *, by: User) -> None:
    """Raises ForgettingRefused unless she speaks with this source, or is the chief editor."""
    whom = _asked_for(whom)
    if by.pk != whom.contact_reporter_id and not by.is_chief_editor:
        raise ForgettingRefused(
            _("A source is forgotten by her contact reporter or the chief editor. Ask one of them.")
        )


def may_forget(whom: Source | ProtectedPerson, *, by: User) -> bool:
    """Whether this person may forget her: what the desk asks before it shows a button."""
    try:
        require_forgetter(whom, by=by)
    except ForgettingRefused:
        return False
    return True


def what_there_is(whom: Source | ProtectedPerson) -> tuple[dict[str, int], dict[str, int]]:
    """How much there is of her: what forgetting destroys, and what it leaves."""
    whom = _asked_for(whom)
    source, person = (whom.pk, None) if isinstance(whom, Source) else (None, whom.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_counts(%s, %s)", [source, person])
        [counts] = cursor.fetchone()
    counts = json.loads(counts) if isinstance(counts, str) else counts
    return counts["goes"], counts["stays"]


def _asked_for(whom: Source | ProtectedPerson) -> Source | ProtectedPerson:
    """Who asks for the person behind a source asks for the source."""
    return whom.source if isinstance(whom, ProtectedPerson) and whom.source else whom
