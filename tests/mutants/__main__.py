"""Tries every mutant: puts the broken law into a copy of the migrated database and runs the tests until one fails.

Two at a time, each in a fork of a process that has the tests loaded. The test that killed a mutant before is asked first.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from newsroom import data_folder, standing
from tests import clones
from tests.mutants import KILLED_BY, LAW, Mutant, all_mutants, killed_by

# Tests of the law that take back what they did: they run on a broken law as it stands.
AT_ONCE = [
    f"tests/test_{name}.py"
    for name in (
        "every_table_of_the_law",
        "what_a_fact_rests_on",
        "which_words_state_what",
        "what_keeps_a_story",
        "what_the_scan_keeps",
        "what_is_printed_and_when",
        "what_is_done_stays_done",
        "what_an_address_says",
        "talks_age",
        "forgetting_a_source",
        "how_a_source_is_named",
        "who_could_know_it",
        "naming_a_source_in_the_text",
    )
]
# Those that commit: each makes clones of it. None that opens a house or a browser.
COMMITTING = [
    f"tests/test_{name}.py"
    for name in (
        "what_even_the_owner_can_not_do",
        "what_the_site_can_read",
        "each_rule_of_the_gate",
        "falling_however_deep",
        "the_gate_in_raw_sql",
        "publishing_a_story",
        "saying_what_each_sentence_states",
        "printing_in_an_emergency",
        "bringing_in_an_archive",
        "changing_what_is_printed",
        "drafting_a_story",
        "checks_of_a_proof",
        "noting_every_look",
        "comparing_versions",
    )
]
QUIET = ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "-W", "ignore"]
STATEMENT = re.compile(r"(?:\$\$.*?\$\$|--[^\n]*|'(?:[^']|'')*'|[^;$'-]|[-$])*;", re.S)
# A law that PostgreSQL itself can't follow is no broken rule.
NONSENSE = re.compile(
    r"(SyntaxError|UndefinedColumn|UndefinedFunction|UndefinedTable|DatatypeMismatch|AmbiguousColumn)"
)
TRIGGERS = """
SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger
 WHERE NOT tgisinternal AND (tgname LIKE 'gate\\_%' OR tgname LIKE 'correction\\_%' OR tgname LIKE 'forgetting\\_%')
"""


def main() -> int:
    """Runs the mutants asked for; 1 where one survives or makes no sense."""
    parser = ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only mutants with one of these words in their name or function")
    parser.add_argument("-n", type=int, default=2, help="how many at a time")
    parser.add_argument("--missing", action="store_true", help="only those that no test is known to kill")
    parser.add_argument("--quick", action="store_true", help="only the tests that take back what they did")
    parser.add_argument("--unchecked", action="store_true", help="do not run the tests on the unbroken law first")
    asked = parser.parse_args()
    known = killed_by()
    chosen = [
        m
        for m in all_mutants()
        if (not asked.words or any(word in f"{m.function} {m.name}" for word in asked.words))
        and not (asked.missing and m.name in known)
    ]
    at_once, committing = ([test for test in tests if Path(test).exists()] for tests in (AT_ONCE, COMMITTING))
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main(["--collect-only", *QUIET, *at_once, *committing])
    began, found = time.monotonic(), {}
    with ExitStack() as stack:
        server = stack.enter_context(clones.open_server())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        free = [stack.enter_context(server.clone("law")) for _ in range(asked.n)]
        if not asked.unchecked and not _whole(free[0], at_once):
            print("A test of the law fails on the unbroken law: no kill would mean anything.")
            return 2
        running: dict[int, _Trial] = {}
        waiting = chosen[::-1]
        while waiting or running:
            while waiting and free:
                mutant = waiting.pop()
                killer = known.get(mutant.name, "")
                trial = _Trial(server, free.pop(), mutant, folder / f"{len(found)}-{len(free)}.txt")
                if killer and killer.split("::")[0] in committing:
                    running[trial.start(clones.TEMPLATE, [killer, *committing])] = trial
                else:
                    running[trial.start(clones.DATABASE, [killer or mutant.ask, *at_once])] = trial
            pid, status = os.wait()
            trial = running.pop(pid)
            verdict, killer = trial.verdict(os.waitstatus_to_exitcode(status))
            name = trial.mutant.name
            if verdict == "survived" and not trial.committing and not asked.quick:
                running[trial.start(clones.TEMPLATE, committing)] = trial
                continue
            trial.end()
            free.append(trial.database)
            found[name] = verdict
            print(f"{verdict:9} {time.monotonic() - trial.began:5.1f} s  {name}: {killer}", flush=True)
            if verdict != "nonsense":
                _keep(name, killer)
    left = [name for name, verdict in found.items() if verdict != "killed"]
    print(f"{len(found) - len(left)} of {len(found)} killed in {time.monotonic() - began:.0f} s.")
    for name in left:
        print(f"{found[name]}: {name}")
    return bool(left)


def _whole(database: str, tests: list[str]) -> bool:
    """Whether the tests pass on the law as it is."""
    pid = os.fork()
    if not pid:
        os.environ[clones.DATABASE] = database
        os._exit(int(pytest.main([*QUIET, *tests])))
    return os.waitpid(pid, 0)[1] == 0


class _Trial:
    """One broken law in a database, and the tests that run on it."""

    def __init__(self, server: clones.Server, database: str, mutant: Mutant, said: Path) -> None:
        self.server, self.database, self.mutant, self.said = server, database, mutant, said
        self.began, self.fault, self.committing = time.monotonic(), "", False
        try:
            with self._owner() as owner:
                install(owner, mutant.file, LAW[mutant.file], mutant.law())
        except psycopg.Error as error:
            self.fault = str(error).splitlines()[0]

    def start(self, variable: str, tests: list[str]) -> int:
        """A process that runs tests until one fails."""
        self.committing = variable == clones.TEMPLATE
        pid = os.fork()
        if not pid:
            os.environ[variable] = self.database
            with self.said.open("w") as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            os._exit(99 if self.fault else int(pytest.main([*QUIET, *tests])))
        return pid

    def verdict(self, code: int) -> tuple[str, str]:
        """What became of it, and by which test."""
        said = self.said.read_text()
        if self.fault or code not in (0, 1):
            return "nonsense", self.fault or said[-300:]
        if not code:
            return "survived", ""
        failed = re.search(r"^(?:FAILED|ERROR) (\S+?\.py::.*?)(?: - .*)?$", said, re.M)
        nonsense = NONSENSE.search(said)
        if failed is None or nonsense:
            return "nonsense", nonsense[0] if nonsense else said[-300:]
        return "killed", failed[1]

    def end(self) -> None:
        """Mends the law again."""
        with self._owner() as owner:
            install(owner, self.mutant.file, self.mutant.law(), LAW[self.mutant.file])

    def _owner(self) -> psycopg.Connection:
        return psycopg.connect(**self.server.address("owner", self.database).psycopg)


def install(owner: psycopg.Connection, file: str, was: str, now: str) -> None:
    """Brings the law in a database from one text to another."""
    before, after = STATEMENT.findall(was), STATEMENT.findall(now)
    changed = [s for s in after if s not in before]
    if changed and all("CREATE OR REPLACE FUNCTION" in s and len(before) == len(after) for s in changed):
        for statement in changed:
            owner.execute(statement)
        return
    for (statement,) in owner.execute(TRIGGERS).fetchall() if file != "in_print.sql" else []:
        owner.execute(statement)
    # The record gives its tables the gate's lock, which was taken off with the rest.
    law = {name: sql.read_text() for name, sql in standing.SQL_FILES.items()} | {file: now}
    for name in (
        [file]
        if file == "in_print.sql"
        else ["gate.sql", "corrections.sql", "notices.sql", "record.sql", "forgetting.sql", "looks.sql"]
    ):
        owner.execute(law[name])


def _keep(name: str, killer: str) -> None:
    """Writes down which test killed a mutant, in the order of the list; nothing where it survived."""
    with data_folder.locked("mutants"):
        known = killed_by() | {name: killer}
        ordered = {m.name: known[m.name] for m in all_mutants() if known.get(m.name)}
        KILLED_BY.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
