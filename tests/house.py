"""Everything that stands in the newsroom's tables at one moment, and who sees what of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import psycopg

Row = dict[str, Any]

# Everything that the law reads. A rule that needs another table adds it here.
TABLES = (
    "reader_publication",
    "reader_printedtag",
    "reader_printedpicture",
    "articles_printing",
    "articles_intake",
    "articles_proof",
    "articles_proofwording",
    "articles_signoff",
    "articles_check",
    "articles_invitation",
    "articles_guestsignature",
    "articles_policy",
    "articles_article",
    "articles_writer",
    "articles_article_authors",
    "articles_article_bylines",
    "articles_byline",
    "articles_byline_accounts",
    "articles_fact",
    "articles_dropping",
    "articles_wording",
    "articles_verdict",
    "articles_confirmation",
    "articles_takenback",
    "articles_waiver",
    "articles_rendering",
    "articles_context",
    "articles_leak",
    "sources_protectedterm",
    "articles_hold",
    "articles_lifting",
    "articles_override",
    "articles_stagger",
    "articles_staggerhour",
    "sources_source",
    "sources_talk",
    "sources_vetting",
    "staff_user",
    "staff_user_groups",
    "auth_group",
)
_EVERYTHING = "SELECT now(), " + ", ".join(
    f"(SELECT coalesce(json_agg(r), '[]')::text FROM {table} r)" for table in TABLES
)
EDITORS = {"editor", "chief editor"}
NEVER = datetime.max.replace(tzinfo=UTC)


class Table:
    """The rows of one table."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[Row] = sorted(json.loads(text), key=_oldest_first)
        self.by_key = {row["id"]: row for row in self.rows if "id" in row}
        self._by: dict[str, dict[Any, list[Row]]] = {}

    def by(self, column: str) -> dict[Any, list[Row]]:
        if column not in self._by:
            found = self._by[column] = {}
            for row in self.rows:
                found.setdefault(row[column], []).append(row)
        return self._by[column]


def _oldest_first(row: Row) -> tuple[int, int]:
    """A publication's key tells nothing of its age."""
    key = row.get("id")
    return (row["turn"], row["version"]) if "turn" in row else (key if isinstance(key, int) else 0, 0)


class House:
    """What stands in every table at one moment. A table in which nothing changed since is not read again."""

    def __init__(self, now: datetime, tables: dict[str, Table]) -> None:
        self.now = now
        self._tables = tables

    @classmethod
    def read(cls, line: psycopg.Connection, before: House | None = None) -> House:
        now, *texts = line.execute(_EVERYTHING).fetchone()
        known = before._tables if before else {}
        tables = {
            name: known[name] if name in known and known[name].text == text else Table(text)
            for name, text in zip(TABLES, texts, strict=True)
        }
        return cls(now, tables)

    def stands_like(self, before: House) -> bool:
        """Nothing has changed but the hour."""
        return all(table is before._tables[name] for name, table in self._tables.items())

    def every(self, table: str) -> list[Row]:
        return self._tables[table].rows

    def all(self, table: str, **where: Any) -> list[Row]:
        """The rows of a table in which these columns hold these values, oldest first."""
        [(column, value), *more] = where.items()
        found = self._tables[table].by(column).get(value, [])
        return [row for row in found if all(row[c] == v for c, v in more)] if more else found

    def one(self, table: str, key: Any) -> Row:
        return self._tables[table].by_key[key]

    def last(self, table: str, **where: Any) -> Row | None:
        return (self.all(table, **where) or [None])[-1]

    def roles(self, user: int) -> set[str]:
        """What this person is now; nothing, once her account is closed."""
        if not self.one("staff_user", user)["is_active"]:
            return set()
        return {self.one("auth_group", r["group_id"])["name"] for r in self.all("staff_user_groups", user_id=user)}

    def is_editor(self, user: int) -> bool:
        return bool(self.roles(user) & EDITORS)

    def policy(self) -> Row:
        """The policy in force: the last one that a second person agreed to."""
        return max((p for p in self.every("articles_policy") if p["agreed_by_id"]), key=lambda p: p["id"])


@lru_cache(maxsize=4096)
def hour(written: str | None) -> datetime | None:
    if written == "infinity":
        return NEVER
    return datetime.fromisoformat(written) if written else None


def day(of: datetime) -> date:
    """The law's days are those of UTC."""
    return of.astimezone(UTC).date()


# ----------------------------------------------------------------------------------------------------------------------
# Who sees what
# ----------------------------------------------------------------------------------------------------------------------


def is_in_print(publication: Row, at: datetime) -> bool:
    """A reader sees it: its hour has come, neither the next version's nor that of leaving has, nobody took it off."""
    return (
        publication["pulled_at"] is None
        and publication["withdrawn_at"] is None
        and hour(publication["go_live_at"]) <= at
        and (hour(publication["superseded_at"]) or NEVER) > at
        and (hour(publication["leaves_at"]) or NEVER) > at
    )


def in_print(house: House, at: datetime) -> list[Row]:
    return [p for p in house.every("reader_publication") if is_in_print(p, at)]


def let_through(house: House) -> list[Row]:
    """What a reader sees or will come to see if nobody does anything more."""
    hours = hours_to_come(house)
    return [p for p in house.every("reader_publication") if any(is_in_print(p, at) for at in hours)]


def hours_to_come(house: House) -> list[datetime]:
    """Now, and every later moment at which something appears or goes by itself."""
    columns = ("go_live_at", "superseded_at", "leaves_at")
    written = {hour(p[column]) for p in house.every("reader_publication") for column in columns}
    written |= {hour(h["at"]) for h in house.every("articles_staggerhour")}
    return [house.now, *sorted(at for at in written if at and house.now < at < NEVER)]
