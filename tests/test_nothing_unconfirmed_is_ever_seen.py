"""Whatever people and code do, in whatever order: after each commit, all that a reader can see has its footing.

The law is stated a second time in tests/footing.py, in plain Python that shares nothing with the gate; what is done is
in tests/machine/. A failure prints the shortest sequence that breaks the law.

More by hand, and another walk of the same shards:

    SEQUENCES=50000 SHARDS=100 SEED=7 pytest -n 2 tests/test_nothing_unconfirmed_is_ever_seen.py
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack

import psycopg
import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import clones
from tests.machine import Grounds, Newsroom

SEQUENCES = int(os.environ.get("SEQUENCES", "2000"))
SHARDS = int(os.environ.get("SHARDS", "8"))
SEED = int(os.environ.get("SEED", "1"))
STEPS = int(os.environ.get("STEPS", "20"))


@pytest.fixture(scope="module")
def grounds(
    database_server: clones.Server, fresh_database: Callable[[], AbstractContextManager[str]]
) -> Iterator[Grounds]:
    """One database for every sequence of this process, rewound before each; and every role's connection to it."""
    with ExitStack() as stack:
        name = stack.enter_context(fresh_database())
        # A crash of the server is no part of the stories that are told here.
        database_server.line.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")

        def connect(address) -> psycopg.Connection:
            return stack.enter_context(psycopg.connect(**address.psycopg, autocommit=True))

        second_desk = stack.enter_context(ThreadPoolExecutor(1))
        stack.callback(lambda: second_desk.submit(connections.close_all).result())
        stack.callback(connection.close)
        yield Grounds.furnish(
            administrator=connect(database_server.administrator.in_database(name)),
            site=connect(database_server.address("site", name)),
            prompt=connect(database_server.address("desk", name)),
            visitor=connect(database_server.address("desk", name)),
            second_desk=second_desk,
        )


@pytest.mark.parametrize("shard", range(SHARDS))
def test_nothing_unconfirmed_is_ever_seen(grounds: Grounds, shard: int) -> None:
    machine = type("Newsroom", (Newsroom,), {"grounds": grounds})
    run_state_machine_as_test(
        seed(SEED * 1000 + shard)(machine),
        settings=settings(
            max_examples=-(-SEQUENCES // SHARDS),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            # Every sequence a new one; a failure is shrunk, and its shortest form told.
            phases=[Phase.generate, Phase.shrink],
            report_multiple_bugs=False,
            print_blob=True,
        ),
    )
