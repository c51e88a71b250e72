"""Whatever people and code do, in whatever order: after each commit, all that a reader can see has its footing.

The law is stated a second time in tests/footing.py (always) and tests/door.py (when a story is let through), in plain
Python that shares nothing with the gate; what is done is in tests/machine/. A failure prints the shortest sequence that breaks the law.

More by hand, and another walk of the same shards:

    SEQUENCES=50000 SHARDS=100 SEED=7 pytest -n 2 -rP tests/test_nothing_unconfirmed_is_ever_seen.py

The same seed walks the same sequences; SHRINK=no tells a failure as it came, and how many sequences it took.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import psycopg
import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.internal.conjecture.engine import ConjectureRunner
from hypothesis.stateful import run_state_machine_as_test

from newsroom.databases import Address
from tests import clones
from tests.machine import Grounds, Newsroom
from tests.machine.found import FOUND

SEQUENCES = int(os.environ.get("SEQUENCES", "2000"))
SHARDS = int(os.environ.get("SHARDS", "8"))
SEED = int(os.environ.get("SEED", "1"))
SHRINK = os.environ.get("SHRINK", "yes") == "yes"
STEPS = int(os.environ.get("STEPS", "12"))


@pytest.fixture(scope="module")
def grounds(
    database_server: clones.Server, fresh_database: Callable[[], AbstractContextManager[str]]
) -> Iterator[Grounds]:
    """One database for every sequence of this process, rewound before each; and every role's connection to it."""
    with ExitStack() as stack:
        name = stack.enter_context(fresh_database())
        # A crash of the server is no part of the stories that are told here.
        database_server.line.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")

        def connect(address: Address, **more: Any) -> psycopg.Connection:
            return stack.enter_context(psycopg.connect(**address.psycopg, autocommit=True, **more))

        second_desk = stack.enter_context(ThreadPoolExecutor(1))
        stack.callback(lambda: second_desk.submit(connections.close_all).result())
        stack.callback(connection.close)
        yield Grounds.furnish(
            administrator=connect(database_server.administrator.in_database(name)),
            site=connect(database_server.address("site", name)),
            # Several statements in one string can't be prepared.
            prompt=connect(database_server.address("desk", name), prepare_threshold=None),
            visitor=connect(database_server.address("desk", name), prepare_threshold=None),
            second_desk=second_desk,
        )


@pytest.mark.parametrize("shard", range(SHARDS))
def test_nothing_unconfirmed_is_ever_seen(grounds: Grounds, shard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # Hypothesis would spend most sequences on repeating steps of the one before; each is to be a new one here.
    monkeypatch.setattr(ConjectureRunner, "generate_mutations_from", lambda runner, data: None)
    machine = type("Newsroom", (Newsroom,), {"grounds": grounds})
    begun, spent, grounds.sequences, grounds.looks = time.monotonic(), time.process_time(), 0, 0
    try:
        walk(machine, shard)
    finally:
        seconds, ours = time.monotonic() - begun, time.process_time() - spent
        print(
            f"{grounds.sequences} sequences, {grounds.looks} looks at the paper in {seconds:.0f} s,"
            f" {ours:.0f} s of them our own"
        )


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_not_found_again(grounds: Grounds, name: str) -> None:
    """Sequences in which a reader once saw what she must not."""
    state = type("Newsroom", (Newsroom,), {"grounds": grounds})()
    try:
        for step, words in FOUND[name]:
            getattr(state, step)(**words)
    finally:
        state.teardown()


def walk(machine: type[Newsroom], shard: int) -> None:
    """The sequences of one shard."""
    run_state_machine_as_test(
        seed(SEED * 1000 + shard)(machine),
        settings=settings(
            max_examples=-(-SEQUENCES // SHARDS),
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            # Every sequence a new one; a failure is shrunk, and its shortest form told.
            phases=[Phase.generate, Phase.shrink] if SHRINK else [Phase.generate],
            report_multiple_bugs=False,
            print_blob=True,
        ),
    )
