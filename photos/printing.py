"""Give a picture's renditions the names under which one printing of a story shows them."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from photos import storing
from photos.cleaning import content_hash
from photos.models import Photo


class PictureChanged(Exception):
    """The files are not the ones that were cleaned and signed; printing them is refused."""

    code = "picture-changed"


@dataclass(frozen=True)
class PrintedRendition:
    """One file of one printing; `name` lies in the folder "printed" of the public media."""

    format: str
    width: int
    height: int
    name: str
    sha256: str


def print_renditions(photo: Photo) -> list[PrintedRendition]:
    """Put every rendition of a photo under a new random name, and say which.

    Names are new for each printing, so that no two stories are tied by a shared picture, and a
    name that was known before a pull says nothing afterwards. Raises `PictureChanged` where a
    file, or the list of them, is not what the photo's content hash (and so the Proof) says.
    The files go again if the transaction is rolled back.
    """
    renditions = list(photo.renditions.all())
    if content_hash(renditions) != photo.content_hash:
        raise PictureChanged
    printed: list[PrintedRendition] = []
    paths: list[Path] = []
    try:
        for each in renditions:
            name = storing.new_name(each.format)
            path = storing.public_path(storing.PRINTED, name)
            paths.append(path)
            _put(each.path, path)
            if hashlib.sha256(path.read_bytes()).hexdigest() != each.sha256:
                raise PictureChanged
            printed.append(PrintedRendition(each.format, each.width, each.height, name, each.sha256))
    except FileNotFoundError:
        storing.remove(paths)
        raise PictureChanged from None
    except BaseException:
        storing.remove(paths)
        raise
    storing.keep_if_committed(paths)
    return printed


def discard(names: Iterable[str]) -> None:
    """Take the files of a printing away, by the names that `print_renditions` gave."""
    storing.remove(storing.public_path(storing.PRINTED, Path(name).name) for name in names)


def _put(rendition: Path, printed: Path) -> None:
    """A second name for the same file; a copy where the file system has none."""
    try:
        os.link(rendition, printed)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(rendition, printed)
        printed.chmod(0o644)
    storing.forget_time(printed)
