"""Where pictures lie: originals in the desk's private folder, renditions in the public one."""

import contextlib
import os
import secrets
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from staff.private_folder import PrivateFolder

# Every public file is of the first day of 2000, so that Last-Modified tells no working hours.
NO_TIME = 946_684_800

# The desk reads its renditions; the site may open what it can name in "printed", and list nothing.
RENDITIONS, PRINTED = "renditions", "printed"
FOLDER_MODES = {RENDITIONS: 0o700, PRINTED: 0o711}


def originals() -> PrivateFolder:
    """A function, so that no migration tells how originals are kept."""
    return PrivateFolder()


def original_name(_photo: object, _uploaded_as: str) -> str:
    """A random name: no name of the user's, no date, nothing that two pictures share."""
    return f"originals/{uuid4().hex}"


def new_name(format: str) -> str:
    """A name for a public file that nobody can guess."""
    return f"{secrets.token_hex(16)}.{format}"


def public_path(folder: str, name: str) -> Path:
    """The place of a public file, its folder made on the way."""
    place = Path(settings.PUBLIC_MEDIA_ROOT, folder)
    if not place.is_dir():
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(FOLDER_MODES[folder])
    return place / name


def write(path: Path, body: bytes) -> None:
    """A new public file, readable by all, of no time."""
    with path.open("xb") as file:
        file.write(body)
    path.chmod(0o644)
    forget_time(path)


def forget_time(path: Path) -> None:
    """Give a public file the hour that all of them have."""
    os.utime(path, (NO_TIME, NO_TIME))


def remove(paths: Iterable[Path]) -> None:
    """Take files away; one that is gone already is as good."""
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def keep_if_committed(paths: list[Path]) -> None:
    """Tie files to the transaction that speaks of them: if it is rolled back, they go too.

    Django tells of a commit and not of a rollback, but it then lets go of what waited for the
    commit, and that is what we wait for.
    """
    waiting = _Waiting()
    loss = weakref.finalize(waiting, remove, paths)
    waiting.loss = loss
    transaction.on_commit(waiting)


class _Waiting:
    """What stands in the transaction's list; called at commit, forgotten at a rollback."""

    loss: "weakref.finalize[Any, Any]"

    def __call__(self) -> None:
        self.loss.detach()
