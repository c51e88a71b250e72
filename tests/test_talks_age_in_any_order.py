"""Whatever the order of talks, words for facts, nights and forgetting: no date gets finer, and nothing in print falls.

The clock is not moved: the days in the rows are, as nobody of the newsroom could.
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles import confirming
from articles.models import Confirmation
from reader.models import Publication
from sources.ageing import age_talks
from sources.forgetting import forget
from sources.models import EarlierTalks, Source, Talk
from tests import clones
from tests.factories import Desk

FINENESS = {"day": 2, "month": 1, "nothing": 0}


class Talks(RuleBasedStateMachine):
    """A newsroom with three sources, on a database of its own; everything is committed."""

    fresh: object
    server: clones.Server

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        name = self.open.enter_context(type(self).fresh())  # type: ignore[operator]
        address = self.server.administrator.in_database(name)
        self.clock = self.open.enter_context(psycopg.connect(**address.psycopg, autocommit=True))
        self.clock.execute("SET session_replication_role = replica")
        self.known: dict[int, tuple[int, dt.date | None]] = {}
        self.forgotten: set[int] = set()
        self.held: dict[int, int] = {}

    @initialize()
    def begin(self) -> None:
        self.desk = Desk()
        self.sources = [self.desk.source(alias=alias) for alias in ("one", "two", "three")]
        self.held = dict.fromkeys((s.pk for s in self.sources), 0)
        self.printed: list[Publication] = []

    def teardown(self) -> None:
        connection.close()
        self.open.close()

    @rule(who=st.integers(0, 2), days=st.integers(0, 900), medium=st.sampled_from(Talk.Medium.values))
    def talk(self, who: int, days: int, medium: str) -> None:
        source = self.sources[who]
        try:
            self._talk(source, days, medium)
        except DatabaseError:
            assert source.pk in self.forgotten
        else:
            assert source.pk not in self.forgotten

    def _talk(self, source: Source, days: int, medium: str) -> Talk:
        on = timezone.localdate() - dt.timedelta(days=days)
        talk = Talk.objects.create(source=source, held_on=on, medium=medium, recorded_by=self.desk.reporter)
        self.held[source.pk] += 1
        return talk

    @precondition(lambda self: len(self.printed) < 2)
    @rule(days=st.integers(0, 900))
    def print_a_story(self, days: int) -> None:
        """It states an event on two sources' word and a statement of one of them."""
        able = [s for s in self.sources if s.pk not in self.forgotten]
        if len(able) < 2:
            return
        article = self.desk.article()
        event = confirming.state(article, "Rice rose.", kind="event", by=self.desk.reporter)
        said = confirming.state(article, "It is dear, she said.", kind="statement", by=self.desk.reporter)
        for source in able[:2]:
            self.desk.says(event, source, talk=self._talk(source, days, "call"))
        self.desk.says(said, able[0], talk=self._talk(able[0], days, "message"))
        for fact in (event, said):
            confirming.confirm(fact, by=self.desk.editor)
        self.printed.append(self.desk.published(article))

    @rule()
    def night(self) -> None:
        age_talks()
        assert not Talk.objects.filter(
            date_kept="day", held_on__lte=timezone.localdate() - dt.timedelta(days=30)
        ).exists()

    @rule(days=st.integers(1, 500))
    def time_goes_by(self, days: int) -> None:
        """Every day that is kept lies further back; a month stays the first of one."""
        self.clock.execute("UPDATE sources_talk SET held_on = held_on - %s WHERE date_kept = 'day'", [days])
        self.clock.execute(
            "UPDATE sources_talk SET held_on = date_trunc('month', held_on - %s)::date WHERE date_kept = 'month'",
            [days],
        )
        self.clock.execute('UPDATE sources_ageing SET "on" = "on" - %s', [days])
        self.known = {t.pk: (FINENESS[t.date_kept], t.held_on) for t in Talk.objects.all()}

    @rule(
        which=st.integers(0, 20),
        date=st.dates(dt.date(2024, 1, 1), dt.date(2026, 10, 1)),
        kept=st.sampled_from(["day", "month"]),
    )
    def somebody_brings_a_date_back(self, which: int, date: dt.date, kept: str) -> None:
        """By hand, with the desk's own rights: of what has faded nothing is moved."""
        faded = list(Talk.objects.exclude(date_kept="day").order_by("pk"))
        if not faded:
            return
        talk = faded[which % len(faded)]
        if (kept, date) == (talk.date_kept, talk.held_on):
            return
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match=r"only fades|talk_keeps"):
            cursor.execute(
                "UPDATE sources_talk SET date_kept = %s, held_on = %s, medium = 'call' WHERE id = %s",
                [kept, date, talk.pk],
            )

    @rule(which=st.integers(0, 20))
    def let_one_fade_by_hand(self, which: int) -> None:
        keys = list(Talk.objects.order_by("pk").values_list("pk", flat=True))
        if keys:
            with connection.cursor() as cursor:
                cursor.execute("SELECT talks_fade(%s)", [[keys[which % len(keys)]]])

    @rule(which=st.integers(0, 20))
    def take_a_word_back(self, which: int) -> None:
        """One that no story in print rests on."""
        free = Confirmation.objects.filter(taken_back=None).exclude(
            wording__proofs__printings__publication__pulled_at=None
        )
        if free:
            confirming.take_back(free[which % len(free)], by=self.desk.reporter, reason="A mistake")

    @rule(who=st.integers(0, 2))
    def forget_her(self, who: int) -> None:
        source = self.sources[who]
        if source.pk not in self.forgotten and len(self.forgotten) < 2:
            forget(Source.objects.get(pk=source.pk), by=self.desk.reporter, reason="She asks", alias=source.alias)
            self.forgotten.add(source.pk)

    @rule(who=st.integers(0, 2))
    def rest_a_fact_on_her(self, who: int) -> None:
        article = self.desk.article()
        fact = confirming.state(article, "Coal is dear.", kind="event", by=self.desk.reporter)
        try:
            self.desk.says(fact, self.sources[who], talk=False)
        except DatabaseError:
            assert self.sources[who].pk in self.forgotten
        else:
            assert self.sources[who].pk not in self.forgotten

    @invariant()
    def no_date_gets_finer(self) -> None:
        now = {t.pk: (FINENESS[t.date_kept], t.held_on) for t in Talk.objects.all()}
        for key, (fineness, held_on) in now.items():
            before, was = self.known.get(key, (2, held_on))
            assert fineness <= before
            if fineness == 1:
                assert was is not None and held_on == was.replace(day=1)
            if fineness == 0:
                assert held_on is None
        self.known = now

    @invariant()
    def none_is_lost_from_the_count(self) -> None:
        counted = dict(EarlierTalks.objects.values_list("source", "number"))
        for source, number in self.held.items():
            assert Talk.objects.filter(source=source).count() + counted.get(source, 0) == number

    @invariant()
    def nothing_in_print_falls(self) -> None:
        for publication in getattr(self, "printed", []):
            publication.refresh_from_db()
            assert publication.pulled_at is None
            with connection.cursor() as cursor:
                cursor.execute("SELECT code FROM gate_footing(%s, '{}', 'infinity')", [publication.pk])
                assert cursor.fetchall() == []

    @invariant()
    def of_whoever_is_forgotten_no_date_is_left(self) -> None:
        left = Talk.objects.filter(source__in=self.forgotten).exclude(date_kept="nothing")
        assert not left.exists()


def test_in_any_order(fresh_database, database_server, django_db_blocker):
    Talks.fresh, Talks.server = staticmethod(fresh_database), database_server
    with django_db_blocker.unblock():
        run_state_machine_as_test(
            Talks,
            settings=settings(
                max_examples=12,
                stateful_step_count=14,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
