"""Clean a picture: whatever comes in, only its pixels leave, in files that we made ourselves.

No database here. The opening itself happens in `darkroom.py`, a process of its own.
"""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

from photos import darkroom

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEGABYTES = 40
SECONDS = 30

DARKROOM = Path(darkroom.__file__).resolve()
# Each may need a gigabyte for the largest picture that we take.
_places = threading.BoundedSemaphore(2)


class PictureRefused(Exception):
    """A file that we don't take, with a code for the machine and a sentence for its owner."""

    code: ClassVar[str]
    sentence: ClassVar["_StrPromise"]

    def __str__(self) -> str:
        return str(self.sentence)


class NotAPicture(PictureRefused):
    """Judged by what is in the file; its name says nothing."""

    code = "not-a-picture"
    sentence = _(
        "This file is not a JPEG, PNG, WebP or HEIC picture. Export the picture as JPEG, then choose that file."
    )


class PictureTooHeavy(PictureRefused):
    """More bytes than the desk takes in."""

    code = "too-heavy"
    sentence = _("This file is larger than 40 MB. Export the picture as JPEG in good quality, then choose that file.")


class PictureTooLarge(PictureRefused):
    """More pixels than any print of ours needs, or a decompression bomb."""

    code = "too-large"
    sentence = _(
        "This picture has more than 80 million pixels, or a side longer than 20,000. "
        "Make it smaller, then choose the smaller file."
    )


class PictureBroken(PictureRefused):
    """Cut off, or damaged on its way."""

    code = "broken"
    sentence = _(
        "This picture is damaged or ends too early. "
        "Copy it once more from the camera or the phone, then choose the file again."
    )


class PictureMoves(PictureRefused):
    """An animation or a film: which of its pictures is meant?"""

    code = "moves"
    sentence = _("This picture moves. Save the one frame that you want as JPEG, then choose that file.")


class PictureTooComplex(PictureRefused):
    """A file made so that opening it takes minutes."""

    code = "too-complex"
    sentence = _(
        "This picture takes too long to open. Open it on your own machine, "
        "save it once more as JPEG, then choose that file."
    )


REFUSALS: dict[str, type[PictureRefused]] = {
    refusal.code: refusal
    for refusal in (
        NotAPicture,
        PictureTooHeavy,
        PictureTooLarge,
        PictureBroken,
        PictureMoves,
        PictureTooComplex,
    )
}


class DarkroomFailed(RuntimeError):
    """Our own fault, not the picture's: a library that is missing, a process that can't start."""


class Describable(Protocol):
    """What a content hash is made of; a cleaned rendition and a stored one both have it."""

    @property
    def format(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True)
class CleanRendition:
    """One encoded file that was made from pixels alone."""

    format: str
    width: int
    height: int
    body: bytes

    @property
    def sha256(self) -> str:
        """Of the whole file, in hex."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class CleanPicture:
    """What is left of an uploaded file: its size in pixels, upright, and our own renditions."""

    width: int
    height: int
    renditions: tuple[CleanRendition, ...]

    @property
    def content_hash(self) -> str:
        """What a Proof signs."""
        return content_hash(self.renditions)


def content_hash(renditions: Iterable[Describable]) -> str:
    """The SHA-256, in hex, of what readers will receive: one line a file, in a fixed order.

    It is made of the renditions' own hashes, so that SQL can make it too, and so that a
    rendition that was exchanged after the signature no longer fits the signature.
    """
    lines = sorted(
        (each.format, each.width, f"{each.format} {each.width} {each.height} {each.sha256}") for each in renditions
    )
    return hashlib.sha256("\n".join(line for _f, _w, line in lines).encode()).hexdigest()


def clean(file: BinaryIO) -> CleanPicture:
    """Take only the pixels of an uploaded file; raise `PictureRefused` where that can't be done."""
    file.seek(0)
    data = file.read(MEGABYTES * 1024 * 1024 + 1)
    if len(data) > MEGABYTES * 1024 * 1024:
        raise PictureTooHeavy
    kind = kind_of(data[:12])
    with _places:
        status, answer, complaint = _develop(data, kind)
    if status == darkroom.REFUSED:
        raise REFUSALS[json.loads(answer)["refused"]]
    if status in (-9, -24):  # killed, or out of CPU time
        raise PictureTooComplex
    if status < 0:  # a decoder fell over the file
        raise PictureBroken
    if status:
        last_line = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        raise DarkroomFailed(f"status {status}: {last_line}")
    return _unpacked(answer)


def kind_of(head: bytes) -> str:
    """Pillow's name of the format that the first twelve bytes announce."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        if head[8:12] in {b"heic", b"heix", b"heim", b"heis", b"mif1"}:
            return "HEIF"
        if head[8:12] in {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}:
            raise PictureMoves
    raise NotAPicture


def _develop(data: bytes, kind: str) -> tuple[int, bytes, bytes]:
    """Run the darkroom; it inherits nothing of ours, least of all the keys in our environment."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(DARKROOM), kind],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env=kept,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureTooComplex from None
    except OSError as error:
        raise DarkroomFailed(type(error).__name__) from None
    return done.returncode, done.stdout, done.stderr


def _unpacked(answer: bytes) -> CleanPicture:
    head, _newline, bodies = answer.partition(b"\n")
    header = json.loads(head)
    renditions, place = [], 0
    for name, (width, height), length in header["renditions"]:
        renditions.append(CleanRendition(name, width, height, bodies[place : place + length]))
        place += length
    return CleanPicture(header["width"], header["height"], tuple(renditions))
