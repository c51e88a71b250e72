"""What the entries of a history speak of: people, facts, confirmations, versions, and the words that are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import (
    Byline,
    Check,
    Confirmation,
    Context,
    Correction,
    Dropping,
    Entry,
    Hold,
    Lifting,
    Override,
    Pull,
    Release,
    TakenBack,
    Verdict,
    Waiver,
    Withdrawal,
    Wording,
)
from reader.models import Publication
from staff.models import User


@dataclass(frozen=True)
class Line:
    """One sentence of the history: what was done, why, and what stood before."""

    number: int
    at: dt.datetime
    sentence: str
    reason: str = ""
    before: str = ""
    more: list[str] = field(default_factory=list)
    # What it says to who is no editor, where that is less.
    to_colleagues: str = ""


# Rows whose own hour is told where the record came later than they.
HOURS = ("at", "recorded_at", "made_at", "proposed_at", "since")


class Teller:
    """What a story's entries speak of, looked up once for all of them, and called by its name."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    @staticmethod
    def op(entry: Entry) -> str:
        """What was done. A row from before the record is told as one that was added."""
        return Entry.Op.INSERT if entry.op == Entry.Op.FOUND else entry.op

    # What entries speak of -------------------------------------------------------------------------------------------

    def keys(self, *columns: str) -> set[Any]:
        """Every key that the entries name in these columns."""
        return {e.fields[c] for e in self.entries for c in columns if e.fields.get(c) is not None}

    def rows(self, model: type[Model]) -> dict[str, Any]:
        """The rows that the entries are about, by their keys as the record has them."""
        keys = {e.row_id for e in self.entries if e.table_name == model._meta.db_table and e.row_id}
        return {str(key): row for key, row in model._default_manager.in_bulk(keys).items()}

    @cached_property
    def people(self) -> dict[int, User]:
        return User.objects.in_bulk({e.by for e in self.entries if e.by} | self.keys("guest_id", "user_id"))

    @cached_property
    def bylines(self) -> dict[int, Byline]:
        return Byline.objects.in_bulk(self.keys("byline_id"))

    @cached_property
    def confirmations(self) -> dict[int, Confirmation]:
        keys = self.keys("confirmation_id") | {key for e in self.entries for key in e.fields.get("seen") or []}
        keys |= {e.fields["id"] for e in self.entries if e.table_name == "articles_confirmation" and e.row_id}
        related = Confirmation.objects.select_related("source", "told_by", "document", "photo", "earlier")
        return related.in_bulk(keys)

    @cached_property
    def wordings(self) -> dict[int, Wording]:
        keys = self.keys("wording_id") | {c.wording_id for c in self.confirmations.values()}
        keys |= {e.fields["id"] for e in self.entries if e.table_name == "articles_wording" and e.row_id}
        found = list(Wording.objects.filter(pk__in=keys))
        # What a wording took the place of, and the last one of a fact that was dropped.
        facts = {w.fact_id for w in found} | self.keys("fact_id")
        return {w.pk: w for w in Wording.objects.filter(fact__in=facts).order_by("number")}

    @cached_property
    def versions(self) -> dict[str, Publication]:
        keys = self.keys("publication_id") | {
            e.row_id for e in self.entries if e.table_name == "reader_publication" and e.row_id
        }
        return {str(key): row for key, row in Publication.objects.in_bulk(keys).items()}

    @cached_property
    def texts(self) -> dict[tuple[str, str], Any]:
        """The rows whose words are told, by table and key."""
        models = (
            TakenBack,
            Dropping,
            Waiver,
            Override,
            Hold,
            Lifting,
            Context,
            Correction,
            Check,
            Pull,
            Release,
            Withdrawal,
            Verdict,
        )
        return {(m._meta.db_table, key): row for m in models for key, row in self.rows(m).items()}

    # Words ------------------------------------------------------------------------------------------------------------

    def who(self, entry: Entry) -> str:
        person = self.people.get(entry.by) if entry.by else None
        return str(person) if person else _("Somebody")

    def row(self, entry: Entry) -> Any:
        return self.texts.get((entry.table_name, entry.row_id))

    def fact(self, wording: int) -> str:
        return quoted(self.wordings[wording].text) if wording in self.wordings else _("a fact that is gone")

    def version(self, entry: Entry) -> int:
        found = self.versions.get(str(entry.fields.get("publication_id") or entry.row_id))
        return found.version if found else int(entry.fields.get("version", 0))

    def what(self, confirmation: Confirmation | None) -> str:
        """What a confirmation names: a source by her alias."""
        if confirmation is None:
            return _("a confirmation that is gone")
        if confirmation.source:
            return confirmation.source.alias
        if confirmation.earlier:
            return quoted(confirmation.earlier.text)
        return str(confirmation.document or confirmation.photo)

    def line(
        self, entry: Entry, sentence: str, *, before: str = "", more: list[str] | None = None, to_colleagues: str = ""
    ) -> Line:
        reason = getattr(self.row(entry), "reason", "") or ""
        return Line(entry.number, self.hour(entry), sentence, reason, before, more or [], to_colleagues)

    @staticmethod
    def hour(entry: Entry) -> dt.datetime:
        """When it was done: of a row from before the record, the hour that the row itself gives."""
        if entry.op == Entry.Op.FOUND:
            said = next((entry.fields[column] for column in HOURS if entry.fields.get(column)), None)
            return (parse_datetime(said) if said else None) or entry.at
        return entry.at


def quoted(text: str) -> str:
    return f"“{text}”"


def hour_words(text: str) -> str:
    """An hour as the record has it, as people read it."""
    hour = parse_datetime(text)
    return date_format(timezone.localtime(hour), "DATETIME_FORMAT") if hour else text
