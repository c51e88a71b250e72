"""What every act on a story shares: who may, the lock, and hearing the law's answer where one stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from articles.alarms import tell_or_log
from articles.gate import GateError, explained

if TYPE_CHECKING:
    from articles.models import Article
    from staff.models import User


# Characters of a reason in print.
LONGEST_PRINTED_REASON = 300


class NotAllowed(GateError):
    """This person may not do this; the sentence says who may."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "not_allowed")


@contextmanager
def act(article: Article | None = None) -> Iterator[None]:
    """One act: in one transaction, under the gate's lock, answered by the law before it returns.

    Raises GateError (Blocked where the gate keeps the story) and leaves nothing half done.
    """
    with explained(article), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        transaction.on_commit(tell_or_log)


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


def require_reason(reason: str) -> str:
    """The reason without surrounding space. Raises GateError where there is none."""
    if not reason.strip():
        raise GateError(_("Give a reason. It stays on record."), "reason_missing")
    return reason.strip()


def require_printed_reason(reason: str) -> str:
    """A reason as the reader is told it, beside the story: a sentence or two. Raises GateError for none and for more."""
    reason = reason.strip()
    if not reason:
        raise GateError(_("Give the reason for the reader."), "printed_reason_missing")
    if len(reason) > LONGEST_PRINTED_REASON:
        raise GateError(
            _("The reason for the reader has %(number)d characters. Say it in %(most)d at most.")
            % {"number": len(reason), "most": LONGEST_PRINTED_REASON},
            "printed_reason_too_long",
        )
    return reason


def authors(article: Article) -> set[int]:
    """Keys of everyone who wrote the story, as the gate counts them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_authors(%s)", [article.pk])
        return {key for (key,) in cursor.fetchall()}
