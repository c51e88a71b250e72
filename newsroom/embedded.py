"""A real PostgreSQL out of a Python wheel, for a laptop, the demo and the tests; production brings its own server.

It lives in the data folder, listens on a UNIX socket alone, knows passwords only, and is shared by every process of
this checkout: the first one starts it, the last one to leave stops it, unless `manage.py database start` keeps it.
"""

import atexit
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsroom import data_folder, databases
from newsroom.databases import Address
from newsroom.embedded_place import CannotStart, Place, find_place

__all__ = ["CannotStart", "Server", "furnish", "start", "start_for", "status", "stop"]

ADMINISTRATOR = "postgres"

# Commands that ask no database, or look after it themselves.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "database",
    "document_settings",
    "findstatic",
    "help",
    "houses",
    "keeper",
    "makemessages",
    "makemigrations",
    "messages",
    "roles",
    "version",
}

# No statement and no row may stand in the server's log (DESIGN.md, Protecting sources).
CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = 64MB
timezone = 'UTC'
log_statement = 'none'
log_duration = off
log_min_duration_statement = -1
log_min_error_statement = 'panic'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = 'terse'
log_connections = ''
log_disconnections = off
"""


@dataclass(frozen=True)
class Server:
    """A running embedded server."""

    administrator: Address
    pid: int
    folder: Path

    @property
    def admin_url(self) -> str:
        """Where its administrator connects, password included."""
        return self.administrator.url


def start(*, keep: bool = False) -> Server:
    """Starts the server or finds it running; it stays while this process does, or for good with `keep`.

    Safe to call from many processes at once, and after any of them, or the server, was killed.
    """
    try:
        with data_folder.locked("postgres"):
            return _start(keep=keep)
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} belongs to somebody else; the newsroom was run here as another user before."
        ) from None


def start_for(arguments: Sequence[str]) -> None:
    """Starts the server for a command that needs it."""
    command = arguments[0] if arguments else "help"
    if not command.startswith("-") and command not in WITHOUT_DATABASE and databases.embedded():
        furnish()


def furnish(*, keep: bool = False) -> Server:
    """The server with its roles and a newsroom, empty if it is new."""
    import psycopg

    from newsroom import roles

    server = start(keep=keep)
    try:
        psycopg.connect(**databases.address("owner").psycopg).close()
    except psycopg.OperationalError:
        roles.ensure(server.administrator, ours=True)
    return server


def stop() -> bool:
    """Stops the server now, whoever uses it; tells whether it ran."""
    with data_folder.locked("postgres"):
        place = find_place()
        state = _state()
        state.pop("users", None)
        state.pop("kept", None)
        _remember(state)
        return _stop(place)


def status() -> Server | None:
    """The server, if it runs; does not start it."""
    place = find_place()
    pid = _postmaster(place)
    if pid is None or not (place.cluster / "PG_VERSION").exists():
        return None
    return Server(administrator(), pid, place.folder)


def was_killed() -> bool:
    """Whether the server is gone although nobody stopped it."""
    return bool(_state().get("users")) and status() is None


def administrator() -> Address:
    """Where the server's administrator connects."""
    return Address(
        user=ADMINISTRATOR,
        password=data_folder.secret(databases.password_key(ADMINISTRATOR, "embedded")),
        host=str(find_place().socket),
        port="",
        name="postgres",
    )


def _start(*, keep: bool) -> Server:
    place = find_place()
    place.prepare()
    if (place.cluster / "PG_VERSION").exists():
        _refuse_other_version(place)
    else:
        _initialise(place)
    state = _state()
    pid = _postmaster(place)
    if pid is not None and state.get("socket") != str(place.socket):
        # The folder was moved while the server ran: its socket is where nobody looks any more.
        _stop(place)
        pid = None
    if pid is None:
        _clear_stale(place)
        pid = _launch(place)
    _remember(
        {
            **state,
            "data": str(data_folder.path()),
            "socket": str(place.socket),
            "kept": keep or bool(state.get("kept")),
            "users": [*_others(state), [os.getpid(), _born(os.getpid())]],
        }
    )
    atexit.unregister(_leave)
    atexit.register(_leave, os.getpid())
    return Server(administrator(), pid, place.folder)


def _leave(pid: int) -> None:
    """The last process to go stops the server. A forked child is not a user of its own."""
    if os.getpid() != pid or not data_folder.path().is_dir():
        return
    with data_folder.locked("postgres"):
        state = _state()
        state["users"] = _others(state)
        _remember(state)
        if not state["users"] and not state.get("kept"):
            _stop(find_place())


def _state() -> dict[str, Any]:
    """What is remembered of the server; nothing if it is of another checkout, for a copy is not its original."""
    state = data_folder.read_json(data_folder.path() / databases.SERVER_FILE)
    return state if state.get("data") == str(data_folder.path()) else {}


def _remember(state: dict[str, Any]) -> None:
    data_folder.write_json(data_folder.path() / databases.SERVER_FILE, state)


def _others(state: dict[str, Any]) -> list[list[float]]:
    """The other processes that use the server and still live."""
    users = state.get("users")
    known = users if isinstance(users, list) else []
    return [[pid, born] for pid, born in known if pid != os.getpid() and _born(int(pid)) == born]


def _born(pid: int) -> float | None:
    """When a process began, for numbers are given out again."""
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.Error:
        return None


def _initialise(place: Place) -> None:
    draft = place.empty("cluster.new")
    password = data_folder.secret(databases.password_key(ADMINISTRATOR, "embedded"))
    place.private_file("password", password)
    try:
        place.tool(
            "initdb",
            f"--pgdata={draft}",
            f"--username={ADMINISTRATOR}",
            "--auth=scram-sha-256",
            f"--pwfile={place.running / 'password'}",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
        )
    finally:
        (place.running / "password").unlink(missing_ok=True)
    # Renamed when whole, so that an interrupted start leaves no half a database.
    draft.rename(place.cluster)


def _refuse_other_version(place: Place) -> None:
    made_by = (place.cluster / "PG_VERSION").read_text().strip()
    brought = place.tool("postgres", "--version").split()[-1].split(".")[0]
    if made_by != brought:
        raise CannotStart(
            f"The database in {place.cluster} was made by PostgreSQL {made_by} and the embedded one is now {brought}: "
            "put the old version back and dump it, or remove the folder to begin anew."
        )


def _launch(place: Place) -> int:
    place.private_file("newsroom.conf", CONFIGURATION.format(socket=str(place.socket).replace("'", "''")))
    log = place.running / "log"
    if log.exists() and log.stat().st_size > 1_000_000:
        log.unlink()
    try:
        place.tool(
            "pg_ctl",
            "start",
            "--wait",
            "--timeout=60",
            "--silent",
            f"--pgdata={place.cluster}",
            f"--log={log}",
            f"--options=-c config_file={_quoted(place.running / 'newsroom.conf')}"
            f" -c hba_file={_quoted(place.cluster / 'pg_hba.conf')}"
            f" -c ident_file={_quoted(place.cluster / 'pg_ident.conf')}",
        )
    except CannotStart as error:
        last = log.read_text(errors="replace").strip().splitlines()[-3:] if log.exists() else []
        raise CannotStart(" ".join([f"The embedded database does not start (see {log}).", *last])) from error
    pid = _postmaster(place)
    if pid is None:
        raise CannotStart(f"The embedded database stopped as soon as it had started (see {log}).")
    return pid


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "'\\''") + "'"


def _stop(place: Place) -> bool:
    if _postmaster(place) is None:
        return False
    place.tool("pg_ctl", "stop", "--wait", "--mode=fast", "--timeout=30", "--silent", f"--pgdata={place.cluster}")
    return True


def _postmaster(place: Place) -> int | None:
    """The number of the running server of this very folder; not of one whose number another process got."""
    pid = _written_pid(place.cluster / "postmaster.pid")
    return pid if pid is not None and pid in _servers(place, [pid]) else None


def _written_pid(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _servers(place: Place, pids: Iterable[int] | None = None) -> set[int]:
    """Processes of PostgreSQL that work in this folder, wherever it was when they began."""
    import psutil

    return set(_working_in(place.cluster, psutil.pids() if pids is None else pids))


def _working_in(cluster: Path, pids: Iterable[int]) -> Iterator[int]:
    import psutil

    for pid in pids:
        try:
            process = psutil.Process(pid)
            if process.name().startswith("postgres") and Path(process.cwd()) == cluster:
                yield pid
        except (psutil.Error, OSError):
            continue


def _clear_stale(place: Place) -> None:
    """After a kill -9 or a move: waits for what is left of an old server, and drops what it could not clean up.

    PostgreSQL sees by itself that the process named in its note is gone, but not that a stranger has its number now.
    """
    import psutil

    note = place.cluster / "postmaster.pid"
    if note.exists():
        patience = time.monotonic() + 10
        while _servers(place):
            if time.monotonic() > patience:
                raise CannotStart(f"Parts of a killed server still run in {place.cluster}; end them and try again.")
            time.sleep(0.05)
        pid = _written_pid(note)
        if pid is None or psutil.pid_exists(pid):
            note.unlink()
    for left in place.socket.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def psql(address: Address) -> int:
    """Opens the wheel's psql as one of the roles."""
    environment = {**os.environ, "PGPASSWORD": address.password}
    shown = Address(address.user, "", address.host, address.port, address.name, address.parameters)
    return subprocess.call([str(find_place().wheel / "bin" / "psql"), shown.url], env=environment)
