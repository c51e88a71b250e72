"""Pictures that carry a person's name wherever a picture can: written by exiftool, by Pillow and byte by byte.

Each place has a mark of its own, so that a search tells which place leaked. `bare` is the same picture to the eye,
with nothing planted in it.
"""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.places_in_a_picture import APART, ENDINGS, LATIN, OF_PIXELS, PLANTS, TAKEN, Draft, picture_of, saved


@dataclass(frozen=True)
class MarkedPicture:
    """One file, the marks that it carries by place, and the bytes of its bare twin."""

    kind: str
    name: str
    body: bytes
    bare: bytes
    marks: dict[str, str]
    reading: dict[str, Callable[[bytes], bytes]]


def latin(number: int, place: int) -> str:
    """A mark for one place of one file."""
    return f"KimHaesun{number:03d}p{place:02d}q"


def hangul(number: int, place: int) -> str:
    """The same in Korean: a name and two syllables that say which."""
    return f"김해선{chr(0xAC00 + 28 * number)}{chr(0xB098 + 28 * place)}"


def marked_pictures(kind: str, numbers: range, folder: Path) -> list[MarkedPicture]:
    """Files of one kind, each with about half of what can be planted in it, every place in some of them."""
    drafts = [_draft(kind, number, folder) for number in numbers]
    files = [_file(draft, folder) for draft in drafts]
    _with_exiftool(drafts, files)
    pictures = []
    for draft, file in zip(drafts, files, strict=True):
        body = file.read_bytes()
        for change in draft.late:
            body = change(body)
        bare = saved(draft.bare, kind, **_saving(draft) | draft.bare_settings)
        pictures.append(MarkedPicture(kind, draft.name, body, bare, draft.marks, draft.reading))
    return pictures


def _draft(kind: str, number: int, folder: Path) -> Draft:
    draft = Draft(kind, number, picture_of(number), picture_of(number))
    draft.settings["_folder"] = folder
    places = list(PLANTS[kind])
    pixels = [place for place in OF_PIXELS if place in places]
    shaping = [*pixels, None][number % (len(pixels) + 1)]
    chance = Random(1000 + number)
    for index, place in enumerate(places):
        drawn = chance.random()
        if (place in OF_PIXELS and place != shaping) or (shaping, place) in APART:
            continue
        if place == "file name" or place == shaping or drawn < 0.6 or kind not in TAKEN:
            mark = (latin if place in LATIN or chance.random() < 0.5 else hangul)(number, index)
            draft.marks[place] = mark
            PLANTS[kind][place](draft, mark)
    return draft


def _saving(draft: Draft) -> dict[str, Any]:
    return {"JPEG": {"quality": 90}, "WEBP": {"lossless": True}, "HEIF": {"quality": 90}}.get(draft.kind, {})


def _file(draft: Draft, folder: Path) -> Path:
    settings = {name: value for name, value in draft.settings.items() if not name.startswith("_")}
    body = saved(draft.picture, draft.settings.get("_kind", draft.kind), **_saving(draft) | settings)
    for change in draft.early:
        body = change(body)
    file = folder / f"{draft.number}.{ENDINGS[draft.kind]}"
    file.write_bytes(body)
    return file


def _with_exiftool(drafts: list[Draft], files: list[Path]) -> None:
    """One run for all: it takes a moment to start."""
    orders: list[str] = []
    for draft, file in zip(drafts, files, strict=True):
        if draft.exiftool:
            orders += ["-overwrite_original", "-m", "-charset", "utf8", *draft.exiftool, str(file), "-execute"]
    script = files[0].with_name("orders")
    script.write_text("\n".join(orders))
    done = subprocess.run(["exiftool", "-@", str(script)], capture_output=True, text=True, check=False)
    written = done.stdout.count("1 image files updated")
    wanted = orders.count("-execute")
    assert written == wanted, f"exiftool wrote {written} of {wanted}: {done.stderr}"
