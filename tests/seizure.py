"""Take a newsroom's server away, whole: its database, its disk, its logs, whatever lies about.

Out of scope: the memory of a running process, in which what a reporter types stands until it is sealed.
"""

import json
import logging
import os
import pickle
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from psycopg import sql

from newsroom.embedded_place import find_place
from staff.sessions import SessionStore
from tests import clones

# The server tells all it knows: each statement with its values, each plan, each error in full.
TALKATIVE = {
    "log_statement": "all",
    "log_min_messages": "debug1",
    "log_min_error_statement": "debug1",
    "log_error_verbosity": "verbose",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}
TOASTED = """
SELECT c.oid::regclass::text, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
   AND a.attstorage IN ('x', 'm')
"""


def tool(name: str) -> str:
    """A program of PostgreSQL's: the embedded server brings its own, another server's is on the path."""
    brought = find_place().wheel / "bin" / name
    return str(brought) if Path(brought).exists() else name


def dumped(server: clones.Server, database: str) -> bytes:
    """Everything that a thief of the database reads, with the administrator's rights."""
    address = server.administrator.in_database(database)
    where = [f"--dbname={address.name}", f"--host={address.host}", f"--username={address.user}"]
    return subprocess.run(
        [tool("pg_dump"), "--no-password", *where, *([f"--port={address.port}"] if address.port else [])],
        env={**os.environ, "PGPASSWORD": address.password},
        capture_output=True,
        check=True,
    ).stdout


@dataclass
class Watch:
    """A server that is about to be taken away; whatever it says from now on is kept."""

    server: clones.Server
    database: str
    folders: list[Path]
    log: Path
    # Those who were at the desk: the thief of a browser's cookie reads the session with it.
    browsers: list[Client] = field(default_factory=list)
    since: str = "0/0"
    _said_before: int = 0
    _line: psycopg.Connection = field(init=False)

    def begin(self) -> None:
        """Makes the server talkative, and keeps it from packing what it writes: packed it could not be searched."""
        address = self.server.administrator.in_database(self.database)
        self._line = psycopg.connect(**address.psycopg, autocommit=True)
        for setting, value in TALKATIVE.items():
            self._line.execute(
                sql.SQL("ALTER DATABASE {} SET {} = {}").format(
                    sql.Identifier(self.database), sql.Identifier(setting), sql.Literal(value)
                )
            )
        for table, column in self._line.execute(TOASTED).fetchall():
            self._line.execute(
                sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STORAGE EXTERNAL").format(
                    sql.SQL(table), sql.Identifier(column)
                )
            )
        row = self._line.execute("SELECT pg_current_wal_lsn()::text").fetchone()
        assert row
        self.since = row[0]
        self._said_before = self._server_log().stat().st_size

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """What a seizure finds, one thing after the other."""
        yield "the dump", dumped(self.server, self.database)
        yield "what the planner remembers", self._asked("SELECT * FROM pg_stats")
        yield "what the server counts", self._asked("SELECT * FROM pg_stat_activity")
        yield from self._sessions()
        yield from self._files_of_the_server()
        yield "the server's log", self._server_log().read_bytes()[self._said_before :]
        yield "the desk's log", self.log.read_bytes()
        for folder in self.folders:
            for path in sorted(folder.rglob("*")):
                yield str(path), str(path).encode() + b"\0" + (path.read_bytes() if path.is_file() else b"")
        for name in caches.settings:
            held = getattr(caches[name], "_cache", {})
            yield f"the cache {name}", pickle.dumps({key: held[key] for key in held})

    def _sessions(self) -> Iterator[tuple[str, bytes]]:
        """What each browser's cookie opens: rows are encrypted under it, so that the dump alone would say nothing."""
        for number, browser in enumerate(self.browsers):
            cookie = browser.cookies.get(settings.SESSION_COOKIE_NAME)
            if cookie and cookie.value:
                held = SessionStore(cookie.value).load()
                yield f"the session {number}", json.dumps(held, ensure_ascii=False).encode()

    def end(self) -> None:
        """Lets the server go."""
        self._line.close()

    def _asked(self, question: str) -> bytes:
        return repr(self._line.execute(question).fetchall()).encode()  # type: ignore[call-overload]

    def _files_of_the_server(self) -> Iterator[tuple[str, bytes]]:
        """Rows that are gone leave their bytes in the tables' files and in the log of writes."""
        row = self._line.execute(
            "SELECT oid::text, pg_walfile_name(%s::pg_lsn), pg_walfile_name(pg_current_wal_lsn()),"
            " current_setting('data_directory') FROM pg_database WHERE datname = %s",
            [self.since, self.database],
        ).fetchone()
        assert row
        oid, first, last, cluster = row[0], row[1], row[2], Path(row[3])
        # Before the checkpoint: whatever else runs on this server, it may take the older files for new ones.
        for path in sorted((cluster / "pg_wal").iterdir()):
            if first <= path.name <= last:
                yield f"the log of writes {path.name}", path.read_bytes()
        self._line.execute("CHECKPOINT")
        for path in sorted((cluster / "base" / oid).iterdir()):
            yield f"the table's file {path.name}", path.read_bytes()
        for folder in ("base/pgsql_tmp", "pg_stat", "pg_stat_tmp"):
            for path in sorted((cluster / folder).glob("**/*")):
                yield str(path), path.read_bytes() if path.is_file() else b""

    def _server_log(self) -> Path:
        return find_place().running / "log"


@contextmanager
def watched(server: clones.Server, database: str, folders: list[Path], log: Path) -> Iterator[Watch]:
    """A server and a desk that say all they can, until they are taken away."""
    with everything_logged(log):
        watch = Watch(server, database, folders, log)
        watch.begin()
        try:
            yield watch
        finally:
            watch.end()


@contextmanager
def everything_logged(file: Path) -> Iterator[None]:
    """Every logger of every library at DEBUG, into one file, in plain words: not by the desk's own careful formatter."""
    keeper = logging.FileHandler(file, encoding="utf-8")
    keeper.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(exc_text)s"))
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before: list[Callable[[], None]] = []
    for logger in loggers:
        before.append(lambda logger=logger, level=logger.level, off=logger.disabled: _restore(logger, level, off))  # type: ignore[misc]
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        logger.addHandler(keeper)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(keeper)
        for restore in before:
            restore()
        keeper.close()


def _restore(logger: logging.Logger, level: int, disabled: bool) -> None:
    logger.setLevel(level)
    logger.disabled = disabled
