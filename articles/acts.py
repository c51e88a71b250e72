"""What every act on a story shares: who may, the lock, and hearing the law's answer where one stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.alarms import tell_or_log
from articles.gate import GateError, explained
from articles.leaks import look_through
from sources.answering import Refusal, answered, refusal_of
from sources.leaks import Piece, address

if TYPE_CHECKING:
    from django.db.models import Model

    from articles.models import Article
    from staff.models import User


FARTHEST = dt.timedelta(days=36_525)
# Characters of a reason in print.
LONGEST_PRINTED_REASON = 300


class NotAllowed(GateError):
    """This person may not do this; the sentence says who may."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "not_allowed")


@contextmanager
def act(article: Article | None = None, *, by: User | None = None) -> Iterator[None]:
    """One act: in one transaction, under the gate's lock, answered by the law before it returns, its story scanned.

    Raises GateError (Blocked where the gate keeps the story) and leaves nothing half done. What an act looks at before
    it writes, it looks at in here: what was read before the lock may be another's by now (see ``fresh``). ``by``: given
    where words of a story change, so that the scan knows whom it answers.
    """
    try:
        with explained(article), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT gate_enter()")
            yield
            if article is not None:
                look_through(article, by=by)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.on_commit(tell_or_log)
    except HoldsProtectedTerm as refusal:
        # The act is undone; that somebody was told is not.
        answered(refusal.people, refusal.by)
        raise


def fresh(row: Model) -> None:
    """Reads a row anew, under the lock: somebody may have done the same a moment ago. Raises GateError if it is gone."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise GateError(_("Somebody has deleted this meanwhile."), "gone") from None


def require(by: User, permission: str, sentence: str) -> None:
    """Raises NotAllowed with the sentence unless this person holds the permission."""
    if not by.has_perm(permission):
        raise NotAllowed(sentence)


def may(question: Callable[..., None], *args: Any, **kwargs: Any) -> bool:
    """Whether an act's own question lets this person: what the desk asks before it shows a button."""
    try:
        question(*args, **kwargs)
    except NotAllowed:
        return False
    return True


def require_reason(reason: str, *, by: User) -> str:
    """The reason without surrounding space. Raises GateError where there is none, or it must not stay on record."""
    if not reason.strip():
        raise GateError(_("Give a reason. It stays on record."), "reason_missing")
    require_clean(reason, by=by)
    return reason.strip()


def reason_in_a_hurry(reason: str, *, by: User) -> str:
    """Likewise of an act that can't wait: what must not stay on record is left out, and the act is done."""
    try:
        return require_reason(reason, by=by)
    except HoldsProtectedTerm:
        return _("(left out: a protected term stood in it)")


class HoldsProtectedTerm(GateError):
    """Words that would be kept for ever hold what must never appear. ``people``: whose it is, for the count alone."""

    def __init__(self, refusal: Refusal, by: User) -> None:
        super().__init__(refusal.sentence, "protected_term_kept")
        self.people, self.by = refusal.people, by.pk


def require_clean(*words: str, by: User) -> None:
    """Raises HoldsProtectedTerm where words that are kept for ever may not be."""
    pieces = (piece for text in words for piece in (Piece("", text), address("", text)))
    if refusal := refusal_of(*pieces, by=by.pk):
        raise HoldsProtectedTerm(refusal, by)


def accounts_of(person: User) -> set[int]:
    """Keys of all accounts of this person, as the gate counts them: those behind a pen name of hers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_person(%s)", [person.pk])
        return {key for (key,) in cursor.fetchall()}


def require_near(hour: dt.datetime) -> None:
    """Raises GateError for an hour that nobody here will see; far enough off, no calendar of ours can tell it."""
    if hour > timezone.now() + FARTHEST:
        raise GateError(_("Choose an hour within the next hundred years."), "hour_too_far")


def require_printed_reason(reason: str, *, by: User | None = None) -> str:
    """A reason as the reader is told it, beside the story: a sentence or two. Raises GateError for none and for more.

    ``by``: scanned as hers, where the act is done; a form that asks before it scans nothing.
    """
    reason = reason.strip()
    if not reason:
        raise GateError(_("Give the reason for the reader."), "printed_reason_missing")
    if len(reason) > LONGEST_PRINTED_REASON:
        raise GateError(
            _("The reason for the reader has %(number)d characters. Say it in %(most)d at most.")
            % {"number": len(reason), "most": LONGEST_PRINTED_REASON},
            "printed_reason_too_long",
        )
    if by is not None:
        require_clean(reason, by=by)
    return reason


def authors(article: Article) -> set[int]:
    """Keys of everyone who wrote the story, as the gate counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_authors(%s)", [article.pk])
        return {key for (key,) in cursor.fetchall()}
