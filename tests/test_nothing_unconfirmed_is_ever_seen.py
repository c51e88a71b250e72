"""Whatever people and code do, in whatever order: after each commit, all that a reader can see has its footing.

The law is stated a second time here, in plain Python that shares nothing with the gate.
"""

from __future__ import annotations

import os
from datetime import timedelta
from itertools import combinations

from django.db import DatabaseError, connection
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles import confirming, publishing
from articles.gate import GateError
from articles.models import Article, Confirmation, Fact, TakenBack, Verdict
from articles.proofing import ask_for_review
from articles.signing import sign_off
from reader.models import Publication
from sources.models import Circle, Source
from sources.vetting import VettingRefused, vet
from tests.factories import Desk

# 60 sequences of 30 steps in CI; more by hand: SEQUENCES=2000 pytest tests/test_nothing_unconfirmed_is_ever_seen.py
SEQUENCES = int(os.environ.get("SEQUENCES", "60"))
REFUSALS = (GateError, VettingRefused, DatabaseError, ProtectedError)
pick = st.integers(min_value=0, max_value=99)


def lacks_footing(publication: Publication) -> list[str]:
    """What a publication that a reader sees may not lack, said as simply as can be."""
    printing = publication.printing
    wordings = [row.wording for row in type(printing.proof).wordings.through.objects.filter(proof=printing.proof)]
    if not wordings:
        return ["no facts"]
    lacking = []
    for wording in wordings:
        verdict = list(Verdict.objects.filter(wording=wording).order_by("pk"))[-1:]
        if not verdict or verdict[0].ruling != "confirmed":
            lacking.append(f"{wording.pk} is not confirmed")
            continue
        carried_by = [
            c
            for c in Confirmation.objects.filter(wording=wording).select_related("source", "told_by")
            if c.pk in verdict[0].seen and not TakenBack.objects.filter(confirmation=c).exists()
        ]
        told = [c for c in carried_by if c.source and c.source.standing == "confirmed"]
        if wording.kind == "statement":
            if not any(c.talk_id for c in told):
                lacking.append(f"{wording.pk} has no talk")
            continue
        enough = largest_independent(told) >= printing.policy.min_sources
        waived = bool(told) and hasattr(wording, "waiver")
        earlier = any(c.earlier_id and seen_by_a_reader(c.earlier) for c in carried_by)
        if not (enough or waived or earlier):
            lacking.append(f"{wording.pk} has too few sources")
    if not any(s.by_id not in {printing.article.created_by_id} for s in printing.proof.sign_offs.all()):
        lacking.append("not signed by another")
    if printing.proof.digest != publication.digest:
        lacking.append("not what was signed")
    return lacking


def largest_independent(told: list[Confirmation]) -> int:
    """The largest set of sources no two of whom depend on each other, found by trying."""

    def ties(c: Confirmation) -> set[object]:
        found = {
            ("person", c.source_id),
            ("circle", c.source.circle_id) if c.source.circle_id else ("person", c.source_id),
        }
        if c.told_by:
            found |= {("person", c.told_by_id)} | ({("circle", c.told_by.circle_id)} if c.told_by.circle_id else set())
        return found

    by_source: dict[int, set[object]] = {}
    for c in told:
        by_source.setdefault(c.source_id, set()).update(ties(c))
    groups = list(by_source.values())
    for size in range(len(groups), 0, -1):
        if any(all(not a & b for a, b in combinations(chosen, 2)) for chosen in combinations(groups, size)):
            return size
    return 0


def seen_by_a_reader(wording) -> bool:
    return any(
        wording.pk in {w.pk for w in p.printing.proof.wordings.all()}
        for p in Publication.objects.filter(pk__in=visible())
    )


def visible() -> list:
    now = timezone.now()
    return [
        p.pk
        for p in Publication.objects.all()
        if p.go_live_at <= now
        and (p.superseded_at is None or p.superseded_at > now)
        and p.pulled_at is None
        and p.withdrawn_at is None
    ]


class Newsroom(RuleBasedStateMachine):
    """A reporter, three editors and somebody with a psql prompt."""

    fresh_database = None  # a context manager, given by the test

    def __init__(self) -> None:
        super().__init__()
        self.database = type(self).fresh_database()
        self.database.__enter__()
        self.desk = Desk()
        self.sources = [self.desk.source(confirmed=n < 3) for n in range(4)]
        self.circle = Circle.objects.create(name="kite")
        self.articles = [self.desk.article(f"Story {n}") for n in range(2)]
        for article in self.articles:
            self.desk.fact(article, sources=self.sources[:2])
        # One in print and one that lacks only print: most steps then have something to bring down.
        self.desk.published(self.articles[0])
        self.desk.signed(self.articles[1])

    def teardown(self) -> None:
        self.database.__exit__(None, None, None)

    def try_to(self, act, *args, **kwargs):
        try:
            return act(*args, **kwargs)
        except REFUSALS:
            return None

    def article(self, n: int) -> Article:
        return Article.objects.get(pk=self.articles[n % len(self.articles)].pk)

    def fact(self, n: int) -> Fact:
        facts = list(Fact.objects.order_by("pk"))
        return facts[n % len(facts)]

    def publication(self, n: int) -> Publication | None:
        printed = list(Publication.objects.order_by("go_live_at", "version", "pk"))
        return printed[n % len(printed)] if printed else None

    def editor(self, n: int):
        return [self.desk.editor, self.desk.other_editor, self.desk.chief, self.desk.reporter][n % 4]

    # What people do.

    @rule(n=pick, kind=st.sampled_from(["event", "event", "statement"]))
    def states_a_fact(self, n, kind):
        if Fact.objects.count() < 6:
            self.try_to(confirming.state, self.article(n), f"It happened, {n}.", kind=kind, by=self.desk.reporter)

    @rule(n=pick)
    def rewords(self, n):
        self.try_to(confirming.reword, self.fact(n), f"Other words {n}.", kind=self.fact(n).kind, by=self.desk.reporter)

    @rule(n=pick, s=pick, told=st.none() | pick)
    def records_a_confirmation(self, n, s, told):
        source = self.sources[s % 4]
        by = self.sources[told % 4] if told is not None else None
        how = {"how": "was_told", "told_by": by} if by and by != source else {}
        self.try_to(self.desk.says, self.fact(n), source, **how)

    @rule(n=pick, m=pick)
    def rests_on_an_earlier_fact(self, n, m):
        self.try_to(
            Confirmation.objects.create,
            wording=self.fact(n).wording,
            basis="earlier",
            earlier=self.fact(m).wording,
            recorded_by=self.desk.reporter,
        )

    @rule(n=pick, e=pick)
    def confirms(self, n, e):
        self.try_to(confirming.confirm, self.fact(n), by=self.editor(e))

    @rule(n=pick, e=pick)
    def disputes(self, n, e):
        self.try_to(confirming.dispute, self.fact(n), by=self.editor(e), reason="A doubt")

    @rule(n=pick)
    def takes_back(self, n):
        rows = list(Confirmation.objects.order_by("pk"))
        if rows:
            self.try_to(confirming.take_back, rows[n % len(rows)], by=self.desk.editor, reason="A mistake")

    @rule(n=pick)
    def drops(self, n):
        self.try_to(confirming.drop, self.fact(n), by=self.desk.editor, reason="Not needed")

    @rule(n=pick)
    def waives(self, n):
        self.try_to(self.desk.waived, self.fact(n))

    @rule(s=pick, standing=st.sampled_from(["confirmed", "unconfirmed", "discredited"]))
    def vets(self, s, standing):
        self.try_to(vet, self.sources[s % 4], standing, by=self.desk.editor, reason="Heard")

    @rule(n=pick)
    def edits(self, n):
        article = self.article(n)
        article.headline = f"Headline {n}"
        self.try_to(article.save)

    @rule(n=pick)
    def asks_for_review(self, n):
        self.try_to(ask_for_review, self.article(n), by=self.desk.reporter)

    @rule(n=pick, e=pick)
    def signs(self, n, e):
        proof = self.article(n).proofs.first()
        if proof:
            self.try_to(sign_off, proof, by=self.editor(e))

    @rule(n=pick, e=pick, later=st.booleans())
    def publishes(self, n, e, later):
        hour = timezone.now() + timedelta(days=1) if later else None
        self.try_to(publishing.publish, self.article(n), by=self.editor(e), at=hour)

    @rule(n=pick)
    def goes_through_the_whole_gate(self, n):
        article = self.article(n)
        for fact in article.facts.all():
            self.try_to(confirming.confirm, fact, by=self.desk.editor)
        self.asks_for_review(n)
        self.signs(n, 0)
        self.publishes(n, 0, False)

    @precondition(lambda self: Publication.objects.exists())
    @rule(n=pick)
    def pulls(self, n):
        self.try_to(publishing.pull, self.publication(n), by=self.desk.reporter, reason="A doubt")

    @precondition(lambda self: Publication.objects.exists())
    @rule(n=pick)
    def releases(self, n):
        self.try_to(publishing.release, self.publication(n), by=self.desk.editor, reason="Right after all")

    # What code does.

    @rule(s=pick, joins=st.booleans())
    def moves_between_circles(self, s, joins):
        rows = Source.objects.filter(pk=self.sources[s % 4].pk)
        self.try_to(rows.update, circle=self.circle if joins else None)

    @rule(
        statement=st.sampled_from(
            [
                "UPDATE reader_publication SET pulled_at = NULL",
                "UPDATE reader_publication SET superseded_at = NULL",
                "UPDATE reader_publication SET go_live_at = go_live_at - interval '2 days'",
                "UPDATE reader_publication SET withdrawn_at = NULL, pulled_at = NULL, superseded_at = NULL",
                "UPDATE sources_source SET standing = 'confirmed'",
                "UPDATE sources_source SET circle_id = NULL",
                "DELETE FROM articles_fact",
                "DELETE FROM articles_wording",
                "DELETE FROM sources_talk",
                "UPDATE articles_article SET revision = 1",
                "INSERT INTO articles_verdict (wording_id, ruling, seen, by_id, at, reason)"
                " SELECT id, 'confirmed', '{}', by_id, now(), '' FROM articles_wording",
            ]
        )
    )
    def types_sql(self, statement):
        def run():
            with connection.cursor() as cursor:
                cursor.execute(statement)

        self.try_to(run)

    @invariant()
    def all_that_is_seen_has_its_footing(self):
        for publication in Publication.objects.filter(pk__in=visible()):
            assert lacks_footing(publication) == []


def test_nothing_unconfirmed_is_ever_seen(fresh_database):
    Newsroom.fresh_database = staticmethod(fresh_database)
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
