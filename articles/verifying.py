"""Is the record as it was written? Every entry against the one before, every recorded row against its last entry.

The questions are asked in SQL (``articles/sql/record.sql``), of one moment, and answered as a stream: a record of any
length fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from articles.models import Entry
from sources import looking
from sources.models import Look

SENTENCES = {
    "never_begun": "{tab} is not recorded: its first entry is missing.",
    "entry_missing": "Missing from the record before entry {number}: {detail}.",
    "entry_changed": "Entry {number} ({tab} {row}) was changed after it was written.",
    "entry_unchained": "Entry {number} ({tab} {row}) does not follow from the entry before it.",
    "row_unrecorded": "{tab} {row} has no entry: it was added past the record.",
    "row_missing": "{tab} {row} is gone; entry {number} recorded it.",
    "row_returned": "{tab} {row} is there; entry {number} recorded that it was deleted.",
    "row_changed": "{tab} {row} is not as entry {number} recorded it: {detail}.",
    "words_changed": "The words of {tab} {row} are not those of its digest.",
    "talk_changed": "The talk that {tab} {row} names is gone, or is one with somebody else.",
    "kept_changed": "Entry {number} keeps other words of {tab} {row} than were recorded: {detail}.",
    "head_missing": "Entry {number} was the head and is gone: the end of the record was cut off.",
    "head_other": "Entry {number} is another than the head that was kept: the record was written anew.",
}


@dataclass(frozen=True)
class Head:
    """An entry by number and hash, as the newsroom keeps it outside the database."""

    number: int
    hash: str

    @classmethod
    def read(cls, text: str) -> Head:
        """From "NUMBER:HASH". Raises ValueError."""
        found = re.fullmatch(r"([1-9][0-9]*):([0-9a-f]{64})", text.strip())
        if found is None:
            raise ValueError("A head is written NUMBER:HASH, as verify_record prints it.")
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was recorded."""

    fault: str
    number: int | None
    table: str
    row: str
    detail: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in plain words; rows by their keys alone."""
        if self.table == Look._meta.db_table:
            return looking.Fault(self.fault, self.number or 0, self.detail).sentence
        return SENTENCES[self.fault].format(number=self.number, tab=self.table, row=self.row, detail=self.detail)


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction that sees the database as it stands now, however long it looks."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def findings(head: Head | None = None) -> Iterator[Finding]:
    """What is wrong, one after the other; nothing where the record is whole. Asked inside ``one_moment``."""
    if head is not None:
        entry = Entry.objects.filter(pk=head.number).first()
        if entry is None:
            yield Finding("head_missing", head.number, "", "")
        elif entry.hash != head.hash:
            yield Finding("head_other", head.number, "", "")
    yield from _asked("SELECT fault, number, tab, row_id, detail FROM record_chain_faults()")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tab FROM record_tables()")
        tables = [tab for (tab,) in cursor.fetchall()]
    for table in tables:
        yield from _asked("SELECT fault, number, tab, row_id, detail FROM record_row_faults(%s)", table)
    yield from _asked("SELECT fault, number, tab, row_id, detail FROM record_word_faults()")
    for fault in looking.faults():
        yield Finding(fault.fault, fault.number, Look._meta.db_table, "", fault.detail)


def head() -> Head | None:
    """The last entry."""
    last = Entry.objects.order_by("-number").first()
    return Head(last.number, last.hash) if last else None


def _asked(question: str, *given: str) -> Iterator[Finding]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(question, given)
        for fault, number, table, row, detail in cursor:
            yield Finding(fault, number, table, row, detail)
