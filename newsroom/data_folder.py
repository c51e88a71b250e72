"""The folder in which a laptop's newsroom keeps what it made itself: its database, its passwords, its keys.

Production gives every secret in the environment and needs none of this.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.settings import environment

SECRETS = "secrets.json"


def path() -> Path:
    """The data folder, made on first use; nobody else may list it."""
    folder = environment.folder("NEWSROOM_DATA", environment.PROJECT / ".data")
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        # As root the embedded server runs as another user, who must be able to pass through.
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Only one process of this data folder at a time is inside; ends with the process, even after a kill -9."""
    lock = path() / f"{name}.lock"
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def read_json(file: Path) -> dict[str, object]:
    """What a file of ours holds; nothing if it is not there or was cut short."""
    try:
        content = json.loads(file.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(file: Path, content: dict[str, object]) -> None:
    """Replaces a file of ours in one step, readable by its owner alone."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        json.dump(content, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def kept_secret(name: str) -> str | None:
    """A secret that was made earlier."""
    value = read_json(path() / SECRETS).get(name)
    return value if isinstance(value, str) else None


def secret(name: str) -> str:
    """A secret of this data folder, made at first asking and the same ever after."""
    known = kept_secret(name)
    if known is not None:
        return known
    with locked("secrets"):
        kept = read_json(path() / SECRETS)
        value = kept.setdefault(name, secrets.token_urlsafe(48))
        write_json(path() / SECRETS, kept)
    return str(value)


def keep_secret(name: str, value: str | None) -> None:
    """Remembers a secret that was made elsewhere, or forgets it."""
    with locked("secrets"):
        kept = read_json(path() / SECRETS)
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
        write_json(path() / SECRETS, kept)


def private_folder(name: str) -> Path:
    """A folder within the data folder that only we can enter."""
    folder = path() / name
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
