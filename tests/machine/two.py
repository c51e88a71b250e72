"""Two at once: one transaction is still open when the other one, in a second process of the desk, wants its turn."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import rule

from articles import confirming, publishing
from articles.models import Confirmation
from sources.models import Source
from sources.vetting import vet
from tests.machine.base import REFUSALS, Base, pick

ACTS = (
    "publish",
    "release",
    "dispute",
    "take back",
    "take back at the prompt",
    "join a circle",
    "discredit",
    "confirm",
    "pull",
    "withdraw",
    "rest on an earlier fact",
)


class Rollback(Exception):
    """The first one thinks better of it."""


class TwoAtOnce(Base):
    @rule(
        first=st.sampled_from(ACTS),
        second=st.sampled_from(ACTS),
        n=pick,
        m=pick,
        commits=st.sampled_from([True, True, False]),
    )
    def two_at_once(self, first, second, n, m, commits):
        one, other = self.deed(first, n, m), self.deed(second, m, n)
        if one is None or other is None:
            return
        later = None
        try:
            with transaction.atomic():
                one()
                later = self.grounds.second_desk.submit(attempt, other)
                self.wait_for(later)
                if not commits:
                    raise Rollback
        except (*REFUSALS, Rollback):
            pass
        if later is not None:
            later.result(timeout=30)
        self.look()

    def wait_for(self, later):
        """Until the second one is done or stands in line behind the first."""
        mine = connection.connection.info.backend_pid
        line = self.grounds.database.line
        for _ in range(2000):
            waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND %s = ANY (pg_blocking_pids(pid)))"
            if later.done() or line.execute(waiting, [mine]).fetchone()[0]:
                return
            time.sleep(0.001)
        raise AssertionError("The second one neither came through nor waits.")

    def deed(self, name: str, n: int, m: int) -> Callable[[], Any] | None:
        """What somebody is about to do, with everything read beforehand."""
        by = self.desk.editor
        try:
            match name:
                case "publish":
                    article = self.article(n)
                    return lambda: publishing.publish(article, by=by)
                case "release":
                    publication = self.publication(n)
                    return lambda: publishing.release(publication, by=by, reason="Right")
                case "pull":
                    publication = self.publication(n)
                    return lambda: publishing.pull(publication, by=by, reason="A doubt")
                case "withdraw":
                    publication = self.publication(n)
                    return lambda: publishing.withdraw(publication, by=self.desk.chief, reason="Asked for")
                case "dispute":
                    fact = self.fact(n)
                    return lambda: confirming.dispute(fact, by=by, reason="A doubt")
                case "confirm":
                    fact = self.fact(n)
                    return lambda: confirming.confirm(fact, by=by)
                case "take back":
                    confirmation = Confirmation.objects.get(pk=self.key("articles_confirmation", n))
                    return lambda: confirming.take_back(confirmation, by=by, reason="A mistake")
                case "take back at the prompt":
                    key = self.key("articles_confirmation", n)
                    return lambda: type_taking_back(key, by.pk)
                case "join a circle":
                    rows = Source.objects.filter(
                        pk__in=[self.key("sources_source", n), self.key("sources_source", n + 1)]
                    )
                    return lambda: rows.update(circle_id=1)
                case "discredit":
                    source = self.source(n)
                    return lambda: vet(source, "discredited", by=by, reason="Invented it")
                case _:
                    wording, earlier = self.fact(n).wording, self.key("articles_wording", m)
                    return lambda: Confirmation.objects.create(
                        wording=wording, basis="earlier", earlier_id=earlier, recorded_by=self.desk.reporter
                    )
        except REFUSALS:
            return None


def attempt(deed: Callable[[], Any]) -> None:
    with contextlib.suppress(REFUSALS):
        deed()


def type_taking_back(key: int, by: int) -> None:
    """Without the act's own lock and questions: the law is asked at commit alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_takenback (confirmation_id, by_id, at, reason) VALUES (%s, %s, now(), 'A mistake')",
            [key, by],
        )
