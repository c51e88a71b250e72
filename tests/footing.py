"""The law of the paper, said a second time, for whoever does not read SQL.

It reads the tables themselves, each once, and shares nothing with the gate. Two questions:

- ``lacks_footing``: what may a story that a reader sees never lack, as long as she sees it?
- ``lacked_at_the_door``: what besides was asked at the moment when it was let through?
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg

Row = dict[str, Any]

# Everything that the law reads. A rule that needs another table adds it here.
TABLES = (
    "reader_publication",
    "reader_printedtag",
    "reader_printedpicture",
    "articles_printing",
    "articles_proof",
    "articles_proofwording",
    "articles_signoff",
    "articles_withdrawal",
    "articles_policy",
    "articles_article",
    "articles_writer",
    "articles_article_authors",
    "articles_article_bylines",
    "articles_byline",
    "articles_fact",
    "articles_dropping",
    "articles_wording",
    "articles_verdict",
    "articles_confirmation",
    "articles_takenback",
    "articles_waiver",
    "articles_rendering",
    "sources_source",
    "staff_user",
    "staff_user_groups",
    "auth_group",
)
_EVERYTHING = "SELECT now(), json_build_object({})".format(
    ", ".join(f"'{table}', (SELECT coalesce(json_agg(r), '[]') FROM {table} r)" for table in TABLES)
)
EDITORS = {"editor", "chief editor"}


class House:
    """What stands in every table at one moment."""

    def __init__(self, now: datetime, tables: dict[str, list[Row]]) -> None:
        self.now = now
        self.tables = tables
        self._by_key = {table: {row["id"]: row for row in rows if "id" in row} for table, rows in tables.items()}

    @classmethod
    def read(cls, line: psycopg.Connection) -> House:
        return cls(*line.execute(_EVERYTHING).fetchone())

    def all(self, table: str, **where: Any) -> list[Row]:
        """The rows of a table in which these columns hold these values, oldest first."""
        [(column, value), *more] = where.items()
        found = [row for row in self.tables[table] if row[column] == value and all(row[c] == v for c, v in more)]
        return sorted(found, key=lambda row: row["id"]) if len(found) > 1 and "id" in found[0] else found

    def one(self, table: str, key: Any) -> Row:
        return self._by_key[table][key]

    def last(self, table: str, **where: Any) -> Row | None:
        return (self.all(table, **where) or [None])[-1]

    def roles(self, user: int) -> set[str]:
        """What this person is now; nothing, once her account is closed."""
        if not self.one("staff_user", user)["is_active"]:
            return set()
        return {self.one("auth_group", r["group_id"])["name"] for r in self.all("staff_user_groups", user_id=user)}


# ----------------------------------------------------------------------------------------------------------------------
# Who sees what
# ----------------------------------------------------------------------------------------------------------------------


def hour(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def is_in_print(publication: Row, at: datetime) -> bool:
    """A reader sees it: its hour has come, the next version's has not, and nobody took it off."""
    ends = hour(publication["superseded_at"])
    return (
        hour(publication["go_live_at"]) <= at
        and (ends is None or ends > at)
        and publication["pulled_at"] is None
        and publication["withdrawn_at"] is None
    )


def in_print(house: House, at: datetime) -> list[Row]:
    return [p for p in house.tables["reader_publication"] if is_in_print(p, at)]


def let_through(house: House) -> list[Row]:
    """What a reader sees or will come to see if nobody does anything more."""
    return [p for p in house.tables["reader_publication"] if any(is_in_print(p, at) for at in hours_to_come(house))]


def hours_to_come(house: House) -> list[datetime]:
    """Now, and every later moment at which something appears or goes by itself."""
    written = {p[column] for p in house.tables["reader_publication"] for column in ("go_live_at", "superseded_at")}
    return [house.now, *sorted(at for at in map(hour, written) if at and at > house.now)]


# ----------------------------------------------------------------------------------------------------------------------
# What a story in print may never lack
# ----------------------------------------------------------------------------------------------------------------------


def breaches(house: House) -> list[tuple[str, str, str]]:
    """Whatever a reader sees without footing, now or at an hour to come: when, which story, what it lacks."""
    return [
        ("now" if at == house.now else "at an hour to come", publication["slug"], lack)
        for at in hours_to_come(house)
        for publication in in_print(house, at)
        for lack in lacks_footing(house, publication, at)
    ]


def lacks_footing(house: House, publication: Row, at: datetime) -> list[str]:
    printings = house.all("articles_printing", publication_id=publication["id"])
    if not printings:
        return ["did not come through the door"]
    [printing] = printings
    proof = house.one("articles_proof", printing["proof_id"])
    policy = house.one("articles_policy", printing["policy_id"])
    wordings = wordings_of(house, proof)

    lacking = [] if wordings else ["states no fact"]
    for wording in wordings:
        lacking += [f"{wording['text']} {lack}" for lack in wording_lacks(house, wording, policy, at)]
    # Every column that proof and publication have in common, the digest among them.
    shared = proof.keys() & publication.keys() - {"id"}
    if any(proof[column] != publication[column] for column in shared):
        lacking.append("is not what was signed")
    if not any(s["digest"] == proof["digest"] for s in house.all("articles_signoff", proof_id=proof["id"])):
        lacking.append("is not signed")
    for tag in house.all("reader_printedtag", publication_id=publication["id"]):
        if {"slug": tag["slug"], "name": tag["name"]} not in publication["tags"]:
            lacking.append("carries a tag that was not signed")
    signed = {picture["hash"] for figure in publication["figures"] for picture in figure["pictures"]}
    for picture in house.all("reader_printedpicture", publication_id=publication["id"]):
        if picture["picture"] not in signed:
            lacking.append("carries a picture that was not signed")
    return lacking


def wordings_of(house: House, proof: Row) -> list[Row]:
    return [
        house.one("articles_wording", r["wording_id"]) for r in house.all("articles_proofwording", proof_id=proof["id"])
    ]


def wording_lacks(house: House, wording: Row, policy: Row, at: datetime) -> list[str]:
    verdict = house.last("articles_verdict", wording_id=wording["id"])
    if verdict is None or verdict["ruling"] != "confirmed":
        return ["is not confirmed"]
    standing = [
        c
        for c in house.all("articles_confirmation", wording_id=wording["id"])
        if c["id"] in verdict["seen"] and not house.all("articles_takenback", confirmation_id=c["id"])
    ]
    told = [c for c in standing if c["source_id"] and source_of(house, c["source_id"])["standing"] == "confirmed"]
    documents = [c for c in standing if c["basis"] == "document"]
    if wording["kind"] == "statement":
        return [] if any(c["talk_id"] for c in told) else ["rests on no talk with a confirmed source"]
    if wording["kind"] == "record":
        return [] if documents else ["rests on no archived copy"]

    if independent(house, told) >= policy["min_sources"]:
        return []
    if told and house.all("articles_waiver", wording_id=wording["id"]):
        return []
    if documents and policy["document_suffices"]:
        return []
    if policy["photo_suffices"] and any(c["basis"] == "photo" for c in standing):
        return []
    if any(earlier_stands(house, c["earlier_id"], at) for c in standing if c["basis"] == "earlier"):
        return []
    return ["rests on too few sources"]


def source_of(house: House, key: int) -> Row:
    return house.one("sources_source", key)


def independent(house: House, told: list[Row]) -> int:
    """How many voices these are. Whoever shares a circle or a teller speaks with one voice, and so on through a third."""
    voices: list[set[tuple[str, int]]] = []
    for c in told:
        ties = set()
        for person in filter(None, (c["source_id"], c["told_by_id"])):
            ties.add(("person", person))
            if circle := source_of(house, person)["circle_id"]:
                ties.add(("circle", circle))
        for voice in [v for v in voices if v & ties]:
            voices.remove(voice)
            ties |= voice
        voices.append(ties)
    return len(voices)


def earlier_stands(house: House, wording: int, at: datetime) -> bool:
    """A fact that we printed before carries a new one while it is still confirmed and still in print."""
    verdict = house.last("articles_verdict", wording_id=wording)
    return verdict is not None and verdict["ruling"] == "confirmed" and is_printed(house, wording, at)


def is_printed(house: House, wording: int, at: datetime) -> bool:
    proofs = {r["proof_id"] for r in house.all("articles_proofwording", wording_id=wording)}
    printed = {r["publication_id"] for r in house.tables["articles_printing"] if r["proof_id"] in proofs}
    return any(p["id"] in printed for p in in_print(house, at))


# ----------------------------------------------------------------------------------------------------------------------
# What is asked besides at the moment when a reader comes to see more
# ----------------------------------------------------------------------------------------------------------------------


def lacked_at_the_door(house: House, publication: Row, *, first: bool) -> list[str]:
    """Asked right after the commit that let a story through, by the policy and the roles of that moment.

    ``first``: it is printed and not released, so its proof must be the latest word.
    """
    [printing] = house.all("articles_printing", publication_id=publication["id"])
    proof = house.one("articles_proof", printing["proof_id"])
    article = house.one("articles_article", printing["article_id"])
    wrote = authors(house, article)
    agreed = [p for p in house.tables["articles_policy"] if p["agreed_by_id"]]
    policy = max(agreed, key=lambda p: p["id"])

    lacking = []
    for wording in wordings_of(house, proof):
        lacks = wording_lacks(house, wording, policy, house.now)
        lacks += confirmed_by_the_wrong_person(house, wording, wrote)
        if article["translation_of_id"] and not any(
            may_judge_translation(house, r["by_id"], article, wrote)
            for r in house.all("articles_rendering", article_id=article["id"], wording_id=wording["id"])
        ):
            lacks.append("is not marked as faithfully rendered")
        lacking += [f"{wording['text']} {lack}" for lack in lacks]
    signed_by = {s["by_id"] for s in house.all("articles_signoff", proof_id=proof["id"], digest=proof["digest"])}
    if not any(house.roles(user) & EDITORS and user not in wrote for user in signed_by):
        lacking.append("is not signed by an editor who did not write it")
    if house.all("articles_withdrawal", publication_id=publication["id"]):
        lacking.append("was withdrawn")
    if first:
        if {w["id"] for w in wordings_of(house, proof)} != present_wordings(house, article):
            lacking.append("does not state the facts of its story as they are worded now")
        if proof["revision"] != article["revision"]:
            lacking.append("was changed after its proof was made")
    return lacking


def confirmed_by_the_wrong_person(house: House, wording: Row, wrote: set[int]) -> list[str]:
    verdict = house.last("articles_verdict", wording_id=wording["id"])
    if verdict is None:
        return []
    recorders = {c["recorded_by_id"] for c in house.all("articles_confirmation", wording_id=wording["id"])}
    lacks = []
    if not house.roles(verdict["by_id"]) & EDITORS:
        lacks.append("was confirmed by no editor")
    if verdict["by_id"] in wrote | recorders | {wording["by_id"]}:
        lacks.append("was confirmed by who wrote or recorded it")
    return lacks


def may_judge_translation(house: House, user: int, article: Row, wrote: set[int]) -> bool:
    original = house.one("articles_article", article["translation_of_id"])
    reads = {article["language"], original["language"]} <= set(house.one("staff_user", user)["reads"])
    return bool(reads and house.roles(user) & EDITORS and user not in wrote)


def authors(house: House, article: Row) -> set[int]:
    """Whoever wrote a story or stands behind its bylines; of a translation, those of the original too."""
    wrote = {article["created_by_id"]}
    wrote |= {r["user_id"] for r in house.all("articles_writer", article_id=article["id"])}
    wrote |= {r["user_id"] for r in house.all("articles_article_authors", article_id=article["id"])}
    for row in house.all("articles_article_bylines", article_id=article["id"]):
        wrote.add(house.one("articles_byline", row["byline_id"])["user_id"])
    if article["translation_of_id"]:
        wrote |= authors(house, house.one("articles_article", article["translation_of_id"]))
    return wrote


def present_wordings(house: House, article: Row) -> set[int]:
    present = set()
    for fact in house.all("articles_fact", article_id=article["translation_of_id"] or article["id"]):
        wordings = house.all("articles_wording", fact_id=fact["id"])
        if wordings and not house.all("articles_dropping", fact_id=fact["id"]):
            present.add(max(wordings, key=lambda w: w["number"])["id"])
    return present
