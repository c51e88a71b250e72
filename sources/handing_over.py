"""Giving a source to another reporter: by who speaks with her, or by the chief editor with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from newsroom.deadlocks import begins_again
from sources.answering import refusal_of
from sources.leaks import Piece
from sources.looking import note_look
from sources.models import Look, ProtectedPerson, Source
from staff.models import Role, User

if TYPE_CHECKING:
    from collections.abc import Iterable


class HandingOverRefused(Exception):
    """This source can't be given so; the sentence says why. ``field``: what she typed that does not fit, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def takers(*, but: User | None = None) -> QuerySet[User]:
    """Who may be given a source: whoever speaks with sources by her role, with an open account."""
    roles = [Role.REPORTER, Role.EDITOR, Role.CHIEF_EDITOR]
    found = User.objects.filter(is_active=True, groups__name__in=roles).distinct().order_by("username")
    return found.exclude(pk=but.pk) if but else found


def hand_over(source: Source, to: User, *, by: User, why: str = "") -> Source:
    """From now on ``to`` speaks with the source. Who did so before sees alias and standing, and never confirms her.

    Raises HandingOverRefused.
    """
    _require_giver(Source.objects.get(pk=source.pk), by, why)
    _require_clean(why, by=by)
    return _hand_over(source, to, by=by, why=why)


@begins_again
@transaction.atomic
def _hand_over(source: Source, to: User, *, by: User, why: str) -> Source:
    _enter()
    source = Source.objects.get(pk=source.pk)
    _require_giver(source, by, why)
    _give(source, to, by=by, why=why)
    return source


def hand_over_all(of: User, to: User | None, *, by: User, why: str, deputies_first: bool = True) -> int:
    """Gives away whatever ``of`` answers for, so that her account can be closed. Says how many sources that was.

    Each goes to its deputy where it has one (unless ``deputies_first`` is off), else to ``to``. Where she was the deputy,
    there is none from then on. People of stories go to ``to``. Raises HandingOverRefused; then nothing is given.
    """
    _require_chief(by, why)
    _require_clean(why, by=by)
    return _hand_over_all(of, to, by=by, why=why, deputies_first=deputies_first)


@begins_again
@transaction.atomic
def _hand_over_all(of: User, to: User | None, *, by: User, why: str, deputies_first: bool) -> int:
    _require_chief(by, why)
    _enter()
    given = 0
    for source in held_by(of).select_related("deputy"):
        deputy = source.deputy if deputies_first and source.deputy and source.deputy.is_active else None
        taker = deputy or to
        if taker is None:
            raise HandingOverRefused(_("Some have no deputy: choose who takes them."))
        _give(source, taker, by=by, why=why)
        given += 1
    for source in Source.objects.filter(deputy=of):
        _stand_in(source, None, by=by, why=why)
    people = ProtectedPerson.objects.filter(contact_reporter=of)
    if people.exists():
        if to is None:
            raise HandingOverRefused(_("She answers for people of stories as well: choose who takes them."))
        _require_taker(to)
        for person in people:
            person.contact_reporter = to
            person.save(update_fields=["contact_reporter"])
            note_look(person, Look.What.HANDOVER, by=by, why=why)
    return given


@begins_again
@transaction.atomic
def name_deputy(source: Source, deputy: User | None, *, by: User, why: str = "") -> None:
    """Who stands in for the contact reporter sees all that she sees; who no longer does, alias and standing.

    Named by the contact reporter, or by the chief editor with a reason: the one that she gave for looking
    (``asking_why``), which was scanned then. Raises HandingOverRefused.
    """
    _enter()
    source.refresh_from_db(fields=["contact_reporter"])
    _require_giver(source, by, why)
    if deputy is not None:
        if deputy.pk == source.contact_reporter_id:
            raise HandingOverRefused(_("The deputy must be another person than the contact reporter."))
        _require_taker(deputy)
    _stand_in(source, deputy, by=by, why=why)


def held_by(person: User) -> QuerySet[Source]:
    """The sources with whom this person speaks."""
    return Source.objects.filter(contact_reporter=person).order_by("pk")


def holds_any(person: User) -> bool:
    """Whether her account can't be closed yet."""
    sources = Source.objects.filter(Q(contact_reporter=person) | Q(deputy=person))
    return sources.exists() or ProtectedPerson.objects.filter(contact_reporter=person).exists()


def may_hand_over(source: Source, *, by: User) -> bool:
    """Whether this person may give the source away: who speaks with her, or the chief editor."""
    return source.contact_reporter_id == by.pk or by.is_chief_editor


def _enter() -> None:
    """The gate's lock before any row is read: two who give away the same source do so one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate_enter()")


def _give(source: Source, to: User, *, by: User, why: str) -> None:
    if to.pk == source.contact_reporter_id:
        raise HandingOverRefused(_("She speaks with this source already. Choose somebody else."))
    _require_taker(to)
    if source.deputy_id == to.pk:
        source.deputy = None
    source.contact_reporter = to
    # Who ever spoke with her stays her confidant: the database keeps that by itself.
    source.save(update_fields=["contact_reporter", "deputy"])
    note_look(source, Look.What.HANDOVER, by=by, why=why)


def _stand_in(source: Source, deputy: User | None, *, by: User, why: str) -> None:
    source.deputy = deputy
    source.save(update_fields=["deputy"])
    note_look(source, Look.What.DEPUTY, by=by, why=why)


def _require_giver(source: Source, by: User, why: str) -> None:
    if source.contact_reporter_id == by.pk:
        return
    _require_chief(by, why)


def _require_chief(by: User, why: str) -> None:
    if not by.is_chief_editor:
        raise HandingOverRefused(_("Only who speaks with a source, or the chief editor, hands her over."))
    if not why.strip():
        raise HandingOverRefused(_("Give a reason. It stays on record."), "reason")


def _require_clean(why: str, *, by: User) -> None:
    """No protected term stays on record. Before the act's transaction, so that what she is told stays counted."""
    if refusal := refusal_of(Piece("reason", why), by=by.pk):
        raise HandingOverRefused(refusal.sentence, "reason")


def _require_taker(to: User) -> None:
    if not _may_take(to.roles):
        raise HandingOverRefused(_("Choose somebody with an open account who works with sources."))


def _may_take(roles: Iterable[str]) -> bool:
    return bool({Role.REPORTER, Role.EDITOR, Role.CHIEF_EDITOR} & set(roles))
