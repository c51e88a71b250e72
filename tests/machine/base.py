"""The newsroom in which it all happens, how an act is tried, and the look that is taken after each commit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from articles import confirming, publishing
from articles.coverage import coverage_of, passages_in
from articles.covering import cover, sentences_in
from articles.gate import Blocked, GateError
from articles.models import Article, Confirmation, Document, Fact
from articles.proofing import ask_for_review
from articles.signing import sign_off
from photos.models import Photo
from reader.models import Publication
from sources.models import Circle, Source
from sources.vetting import VettingRefused
from staff.models import User
from tests.desks import at_the_desk
from tests.door import lacked_at_the_door
from tests.factories import BylineFactory, Desk, DocumentFactory, StaffFactory
from tests.footing import breaches
from tests.house import House, Row, is_in_print, let_through
from tests.rewinding import Rewindable

# How the desk, the database and Django say no. Anything else is a fault, and fails the test.
REFUSALS = (
    GateError,
    VettingRefused,
    DatabaseError,
    ProtectedError,
    psycopg.Error,
    ValidationError,
    ObjectDoesNotExist,
)
pick = st.integers(min_value=0, max_value=99)
# What of a printed row may change.
HOURS = {"go_live_at", "superseded_at", "leaves_at", "pulled_at", "withdrawn_at", "first_printed_at"}


@dataclass
class Grounds:
    """A database with its first stories, and every connection to it that the sequences share."""

    database: Rewindable
    site: psycopg.Connection
    # Somebody with the desk's role and a prompt; and a second one, who leaves her transactions open.
    prompt: psycopg.Connection
    visitor: psycopg.Connection
    # A second process of the desk, with a connection of its own.
    second_desk: ThreadPoolExecutor
    desk: Desk
    guest: User
    browsers: dict[int, Client]
    # What stands in the tables when a sequence begins.
    morning: House
    sequences: int = 0
    looks: int = 0

    @classmethod
    def furnish(
        cls,
        administrator: psycopg.Connection,
        site: psycopg.Connection,
        prompt: psycopg.Connection,
        visitor: psycopg.Connection,
        second_desk: ThreadPoolExecutor,
    ) -> Grounds:
        """Four stories in print and one that lacks only print: most steps then have something to bring down."""
        desk = Desk()
        desk.agree(began_on=timezone.now().date() + timedelta(days=2))
        guest = StaffFactory(username="guest", roles=["guest signatory"])
        sources = [desk.source(confirmed=n < 4) for n in range(5)]
        Circle.objects.create(name="kite")
        Circle.objects.create(name="heron")
        document = DocumentFactory(archived_by=desk.reporter)
        Photo.objects.create(
            name="Market", original="none.jpg", content_hash="0" * 64, width=1, height=1, uploaded_by=desk.reporter
        )
        BylineFactory(accounts=[desk.other_editor])
        BylineFactory()

        first = desk.article("First")
        bridge = covered_fact(desk, first, "The bridge is closed.", sources[:2])
        desk.published(first)

        signed = desk.article("Signed")
        covered_fact(desk, signed, "The market is open.", sources[1:3])
        desk.signed(signed)

        mixed = desk.article("Mixed")
        covered_fact(desk, mixed, "She said that it snowed.", sources[2:3], kind="statement")
        record = desk.fact(mixed, "The gazette lists it.", kind="record", sources=[], confirmed=False)
        desk.says(record, None, talk=False, basis="document", document=document, how="")
        confirming.confirm(record, by=desk.editor)
        desk.published(mixed)

        later = desk.article("Later")
        rests = desk.fact(later, "The bridge has been closed since.", sources=[], confirmed=False)
        desk.says(rests, None, talk=False, basis="earlier", earlier=bridge.wording, how="")
        confirming.confirm(rests, by=desk.editor)
        desk.published(later)

        translation = desk.article("다리 막혀", language="ko", translation_of=first)
        confirming.mark_rendered(translation, bridge, by=desk.editor)
        desk.published(translation)

        browsers = {user.pk: at_the_desk(user) for user in (desk.reporter, desk.editor, desk.other_editor, desk.chief)}
        database = Rewindable(administrator)
        morning = House.read(administrator)
        return cls(database, site, prompt, visitor, second_desk, desk, guest, browsers, morning)


def covered_fact(desk: Desk, article: Article, text: str, sources: list[Source], *, kind: str = "event") -> Fact:
    """A confirmed fact in a story whose every sentence is settled."""
    fact = desk.fact(article, text, kind=kind, sources=sources, confirmed=False)
    desk.cover(article, fact)
    confirming.confirm(fact, by=desk.editor)
    return fact


class Base(RuleBasedStateMachine):
    """Tries an act; where it committed, looks at the paper with a reader's eyes."""

    grounds: Grounds  # given by the test
    looking = False

    def __init__(self) -> None:
        super().__init__()
        self.desk = self.grounds.desk
        self.grounds.database.rewind()
        self.grounds.sequences += 1
        # Keys that people find without asking; the house is read anew after each commit.
        self.house = House.read(self.grounds.database.line, self.grounds.morning)
        self.passed = {p["id"] for p in let_through(self.house)}
        self.printed = {p["id"]: words(p) for p in self.house.every("reader_publication")}

    @initialize(covers=st.booleans(), guests=st.booleans())
    def the_policy_of_the_day(self, covers, guests):
        """What is asked of words and of guests is asked at the door alone: who is in print already does not notice."""
        self.covers = covers
        self.grounds.database.line.execute(
            "SET LOCAL session_replication_role = replica;"
            f" UPDATE articles_policy SET covers_text = {covers}, guests_sign = {guests} WHERE id = gate_policy()"
        )

    def teardown(self) -> None:
        for connection in (self.grounds.prompt, self.grounds.visitor):
            connection.rollback()
        if not self.looking:
            self.look()

    def do(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """An act of one transaction. Refused, it leaves nothing behind; else the paper is looked at."""
        try:
            done = act(*args, **kwargs)
        except REFUSALS:
            return None
        self.look()
        return done

    def doubt(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """An act that takes footing away; whether it was done. Whoever doubts may be nobody who may, but never hears that a story forbids it."""
        try:
            act(*args, **kwargs)
        except REFUSALS as error:
            if isinstance(error, Blocked) or getattr(error.__cause__, "sqlstate", "") in ("NR001", "23P01"):
                raise AssertionError(f"A doubt is refused for a story's sake: {error}") from error
            return False
        self.look()
        return True

    def look(self) -> None:
        """Nothing that a reader sees lacks footing, and the site's role sees just what the law calls visible."""
        self.looking = True
        self.grounds.looks += 1
        before, self.house = self.house, House.read(self.grounds.database.line, self.house)
        house = self.house
        if house.stands_like(before):
            self.looking = False
            return
        if found := breaches(house):
            raise AssertionError(f"A reader sees what lacks footing: {found}")

        seen = {str(key) for (key,) in self.grounds.site.execute("SELECT id FROM reader_publication").fetchall()}
        visible = {p["id"] for p in house.every("reader_publication") if is_in_print(p, house.now)}
        if seen != visible:
            raise AssertionError(f"The site shows {seen}, the law {visible}.")

        passing = let_through(house)
        for publication in passing:
            if publication["id"] not in self.passed:
                first = publication["id"] not in self.printed
                if found := lacked_at_the_door(house, publication, first=first):
                    raise AssertionError(f"Let through at the door: {publication['slug']}: {found}")
        self.passed = {p["id"] for p in passing}

        now_printed = {p["id"]: words(p) for p in house.every("reader_publication")}
        if any(now_printed.get(key) != text for key, text in self.printed.items()):
            raise AssertionError("Printed words have changed, or are gone.")
        self.printed = now_printed
        self.looking = False

    # Who and what is meant by a number.

    def row(self, table: str, n: int) -> Row | None:
        rows = self.house.every(table)
        return rows[n % len(rows)] if rows else None

    def key(self, table: str, n: int) -> Any:
        """The key of a row that was there at the last look."""
        row = self.row(table, n)
        return row["id"] if row else 0

    def article(self, n: int) -> Article:
        return Article.objects.get(pk=self.key("articles_article", n))

    def fact(self, n: int) -> Fact:
        return Fact.objects.select_related("article").get(pk=self.key("articles_fact", n))

    def source(self, n: int) -> Source:
        return Source.objects.get(pk=self.key("sources_source", n))

    def publication(self, n: int) -> Publication:
        return Publication.objects.get(pk=self.key("reader_publication", n))

    def confirmations_of(self, fact: Fact) -> list[int]:
        """What stands under any wording of a fact."""
        return list(
            Confirmation.objects.filter(wording__fact=fact, taken_back__isnull=True).values_list("pk", flat=True)
        )

    def document(self) -> Document:
        return Document.objects.get()

    def editor(self, n: int) -> User:
        return [self.desk.editor, self.desk.other_editor, self.desk.chief, self.desk.reporter][n % 4]

    def person(self, n: int) -> User:
        return [self.desk.editor, self.desk.other_editor, self.desk.chief, self.desk.reporter, self.grounds.guest][
            n % 5
        ]

    def whole_gate(self, article: Article, *, by: User, at: Any = None) -> None:
        """Each step that brings a story to print, whether or not the one before it was allowed."""
        if self.house.policy()["covers_text"]:
            self.do(self.settle, article)
        for fact in article.original.facts.standing():
            self.do(confirming.confirm, fact, by=by, carried=self.confirmations_of(fact))
            if article.translation_of_id:
                self.do(confirming.mark_rendered, article, fact, by=by)
        proof = self.do(ask_for_review, article, by=self.desk.reporter)
        if proof:
            self.do(sign_off, proof, by=by)
        self.do(publishing.publish, article, by=by, at=at)

    def settle(self, article: Article) -> None:
        """Every sentence states a fact or is context; every fact stands in a sentence."""
        facts = list(article.original.facts.standing().values_list("pk", flat=True))
        coverage = coverage_of(article)
        chosen = {
            s.key: f"fact {facts[0]}" if s.claim and facts else "context"
            for s in sentences_in(coverage)
            if not s.is_covered
        }
        if chosen:
            cover(article, chosen, by=self.desk.reporter)
        for fact in set(facts) - set(passages_in(coverage_of(article))):
            first = next(s for s in sentences_in(coverage_of(article)) if s.block)
            cover(article, {first.key: f"fact {fact}"}, by=self.desk.reporter)


def words(publication: Row) -> Row:
    """What of a printed row may never change."""
    return {column: value for column, value in publication.items() if column not in HOURS}
