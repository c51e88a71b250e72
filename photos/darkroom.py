"""Open one picture that a stranger's camera made, and keep nothing of it but its pixels.

This file runs as a process of its own (`cleaning.py` starts it) with no secrets in its
environment, no right to write a file, and limits on memory and time, because decoders of
pictures are where broken and hostile files do their harm. The picture comes in on standard
input. Out goes one line of JSON and the encoded renditions, or the code of a refusal.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, ImageFile

MEGAPIXELS = 80
LONGEST_SIDE = 20_000
MOST_SCANS = 100
MEMORY = 3 * 1024**3
CPU_SECONDS = 40

WIDTHS = (480, 800, 1200, 1840)
# A strip of a thousand pixels by twenty thousand is a picture too, but WebP ends at 16,383.
TALLEST = 6_000
# Speed 7 rather than Pillow's 6: half the time, the same size to a hundredth.
ENCODINGS: dict[str, dict[str, int | bool]] = {
    "avif": {"quality": 60, "speed": 7, "max_threads": 1},
    "jpeg": {"quality": 80, "progressive": True, "optimize": True},
    "webp": {"quality": 78, "method": 4},
}

REFUSED = 10  # the process's exit status when the picture is at fault, and not the darkroom

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """The picture can't be taken; its one argument is the code that `cleaning.py` knows."""


def main() -> int:
    """Read a picture, write its renditions; the exit status tells who is at fault."""
    limit_this_process()
    data = sys.stdin.buffer.read()
    try:
        pixels = pixels_only(data, sys.argv[1])
    except Refused as refusal:
        return refuse(str(refusal))
    except MemoryError:
        return refuse("too-large")
    except Exception:  # noqa: BLE001 - a hostile file can make a decoder raise anything at all
        return refuse("broken")
    del data
    renditions = list(encoded(pixels))
    header = {
        "width": pixels.width,
        "height": pixels.height,
        "renditions": [(name, size, len(body)) for name, size, body in renditions],
    }
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    for _name, _size, body in renditions:
        sys.stdout.buffer.write(body)
    return 0


def limit_this_process() -> None:
    """Bound memory and time, and forbid files and core dumps (a dump would hold the picture)."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):  # a system that knows no such limit, or has a lower one
            continue


def refuse(code: str) -> int:
    """Say why, in a code."""
    sys.stdout.buffer.write(json.dumps({"refused": code}).encode())
    return REFUSED


def pixels_only(data: bytes, kind: str) -> Image.Image:
    """The picture upright, in sRGB, eight bits a colour, opaque, and with no memory of its file."""
    Image.MAX_IMAGE_PIXELS = None  # our own limits stand below, before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if kind == "JPEG" and more_scans_than(MOST_SCANS, data):
        raise Refused("too-complex")
    if kind == "WEBP" and int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise Refused("broken")
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
    picture = Image.open(BytesIO(data), formats=[kind])
    refuse_giants(picture)
    # A phone's JPEG may carry more pictures (depth, a gain map) and a HEIC too: the first is it.
    if kind in {"PNG", "WEBP"} and getattr(picture, "is_animated", False):
        raise Refused("moves")
    turn = None if kind == "HEIF" else wanted_turn(picture)  # libheif has turned it by its box
    picture.load()
    refuse_giants(picture)
    profile = picture.info.get("icc_profile")
    plain = in_srgb(opaque(eight_bits(picture)), profile)
    if turn is not None:
        plain = plain.transpose(turn)
    return Image.frombytes("RGB", plain.size, plain.tobytes())


def more_scans_than(limit: int, data: bytes) -> bool:
    """Whether a progressive JPEG has more passes than any camera makes.

    A file of 1,500 passes over one area is small, and costs minutes to open.
    """
    scans, place = 0, 2
    # Inside a scan FF is followed by 00 or a restart marker; anything else begins a segment.
    marker = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
    while found := marker.search(data, place):
        place, code = found.end(), data[found.end() - 1]
        if code == 0xD9:
            return False
        if code in (0x01, 0xD8):
            continue
        if code == 0xDA:
            scans += 1
            if scans > limit:
                return True
        place += int.from_bytes(data[place : place + 2], "big")
    return False


def refuse_giants(picture: Image.Image) -> None:
    """A file of a few kilobytes can ask for gigabytes of pixels."""
    width, height = picture.size
    if max(width, height) > LONGEST_SIDE or width * height > MEGAPIXELS * 1_000_000:
        raise Refused("too-large")


def wanted_turn(picture: Image.Image) -> Image.Transpose | None:
    """Which way up the camera was held; a note that can't be read turns nothing."""
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # noqa: BLE001 - broken EXIF is common, and goes away in any case
        return None


def eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits a grey become eight; Pillow's own conversion would turn them all white."""
    if picture.mode == "I" or picture.mode.startswith("I;16"):
        return picture.point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    return picture


def opaque(picture: Image.Image) -> Image.Image:
    """Lay the picture on white.

    Dropping the transparency instead would uncover what lies hidden beneath it.
    """
    grey = picture.mode in {"L", "LA", "La"}
    if picture.mode in {"LA", "La", "PA", "RGBA", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("LA" if grey else "RGBA")
        ground = Image.new("L" if grey else "RGB", picture.size, "white")
        ground.paste(picture.convert(ground.mode), mask=picture.getchannel("A"))
        return ground
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the profile means them, in the one space that needs no profile."""
    if profile:
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            space = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}[picture.mode]
            if meant.profile.xcolor_space.strip() == space:
                converted = ImageCms.profileToProfile(
                    picture,
                    meant,
                    ImageCms.createProfile("sRGB"),
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    outputMode="RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                if converted is not None:
                    return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: every browser then takes the colours as sRGB, and so do we
    return picture.convert("RGB")


def encoded(pixels: Image.Image) -> Iterator[tuple[str, tuple[int, int], bytes]]:
    """Each width in each format; never larger than the picture itself."""
    widest = max(1, min(pixels.width, pixels.width * TALLEST // pixels.height))
    sized = [at_width(pixels, width) for width in sorted({min(w, widest) for w in WIDTHS})]
    orders = [(name, print_) for name in ENCODINGS for print_ in reversed(sized)]
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as hands:
        bodies = hands.map(lambda order: encode(*order), orders)
        for (name, print_), body in zip(orders, bodies, strict=True):
            yield name, print_.size, body


def at_width(pixels: Image.Image, width: int) -> Image.Image:
    """A copy of that width, in the same proportions."""
    height = max(1, round(pixels.height * width / pixels.width))
    if (width, height) == pixels.size:
        return pixels
    return pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def encode(name: str, picture: Image.Image) -> bytes:
    """One file; of what may stand beside pixels in it, nothing."""
    body = BytesIO()
    # A copy, for Pillow keeps the settings on the picture, and other threads are saving it too.
    picture.copy().save(body, name.upper(), **ENCODINGS[name])
    return body.getvalue()


if __name__ == "__main__":
    sys.exit(main())
