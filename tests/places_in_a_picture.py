"""Every place in a picture's file that can hold a person's name, and how a name comes to stand there.

A plant takes a draft and a mark: it says how the file is saved, what exiftool adds, what is done to its bytes.
"""

import base64
import gzip
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

SIZE = (160, 120)
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic", "TIFF": "tif", "GIF": "gif", "AVIF": "avif"}
Plant = Callable[["Draft", str], None]


@dataclass
class Draft:
    """A picture on its way: how it is saved, what exiftool adds, and what is done to its bytes at the end."""

    kind: str
    number: int
    picture: Image.Image
    bare: Image.Image
    settings: dict[str, Any] = field(default_factory=dict)
    bare_settings: dict[str, Any] = field(default_factory=dict)
    exiftool: list[str] = field(default_factory=list)
    early: list[Callable[[bytes], bytes]] = field(default_factory=list)
    late: list[Callable[[bytes], bytes]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    # How a mark that lies among the pixels is read.
    reading: dict[str, Callable[[bytes], bytes]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As a reporter's telephone might call it: a name, a day."""
        return f"{self.marks['file name']} 김해선 2024-05-17 IMG_{self.number:04d}.{ENDINGS[self.kind]}"


def picture_of(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A soft pattern, another for each number."""
    chance = Random(number)
    small = Image.frombytes("RGB", (8, 6), chance.randbytes(8 * 6 * 3))
    return small.resize(size, Image.Resampling.BICUBIC)


def saved(picture: Image.Image, kind: str, **settings: Any) -> bytes:
    """Encoded; without loss where that is what keeps two pictures equal."""
    body = io.BytesIO()
    picture.save(body, kind, **settings)
    return body.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    """Of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def chunk(kind: bytes, payload: bytes) -> bytes:
    """Of a PNG."""
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def box(kind: bytes, payload: bytes) -> bytes:
    """Of a HEIC or an MP4."""
    return struct.pack(">I", len(payload) + 8) + kind + payload


# With exiftool -----------------------------------------------------------------------------------------------------


def tags(*lines: str) -> Plant:
    """Tags that exiftool writes; # stands for the mark."""
    return lambda draft, mark: draft.exiftool.extend(f"-{line.replace('#', mark)}" for line in lines)


def gps(draft: Draft, mark: str) -> None:
    """Where it was taken, to a metre, and whose phone says so."""
    draft.exiftool += [
        f"-GPSLatitude={latitude_of(draft.number)}",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=129.775",
        "-GPSLongitudeRef=E",
        "-GPSDateStamp=2024:05:17",
        f"-GPSAreaInformation={mark}",
    ]


def latitude_of(number: int) -> str:
    """Another for each file, so that it can be searched for."""
    return f"42.{100 + number}7"


def thumbnail(draft: Draft, mark: str) -> None:
    """A small picture beside the large one, turned otherwise, with a comment of its own."""
    file = Path(draft.settings["_folder"], f"thumbnail{draft.number}.jpg")
    file.write_bytes(saved(picture_of(draft.number, (80, 60)), "JPEG", comment=mark.encode()))
    draft.exiftool += [f"-ThumbnailImage<={file}", "-IFD1:Orientation#=3"]


EXIF = tags(
    "EXIF:Artist=#",
    "EXIF:Copyright=# 2024",
    "EXIF:ImageDescription=#",
    "EXIF:OwnerName=#",
    "EXIF:SerialNumber=#",
    "EXIF:LensSerialNumber=#",
    "EXIF:ImageUniqueID=#",
    "EXIF:HostComputer=#",
    "EXIF:DateTimeOriginal=2024:05:17 14:22:07",
    "EXIF:OffsetTimeOriginal=+09:00",
    "EXIF:Make=Apple",
    "EXIF:Model=iPhone",
)
WINDOWS = tags("XPAuthor=#", "XPComment=#", "XPTitle=#", "UserComment=#")
XMP = tags(
    "XMP-dc:Creator=#",
    "XMP-dc:Title=#",
    "XMP-iptcExt:PersonInImage=#",
    "XMP-mwg-rs:RegionName=#",
    "XMP-mwg-rs:RegionType=Face",
    "XMP-xmpMM:HistorySoftwareAgent=#",
    "XMP-photoshop:City=#",
)
IPTC = tags(
    "IPTC:CodedCharacterSet=UTF8", "IPTC:By-line=#", "IPTC:Caption-Abstract=#", "IPTC:City=#", "IPTC:Keywords=#"
)


def maker_notes(draft: Draft, mark: str) -> None:
    """What a camera's maker writes for himself."""
    exif = draft.settings.setdefault("exif", Image.Exif())
    exif[0x010F] = "Apple"
    text = mark.encode() + b"\0"
    head = b"Apple iOS\0\0\x01MM"
    entry = struct.pack(">HHHII", 1, 0x0015, 2, len(text), len(head) + 18)  # ImageUniqueID, behind the list
    exif.get_ifd(0x8769)[0x927C] = head + entry + bytes(4) + text


def colour_profile(draft: Draft, mark: str) -> None:
    """A profile that is called after its owner; the colours are the bare picture's."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words = "sRGB built-in".encode("utf-16-be")
    assert words in plain
    # The description gives thirteen letters of room; what is longer stands behind the last table.
    draft.settings["icc_profile"] = struct.pack(">I", len(plain) + 64) + plain[4:] + mark.encode().ljust(64, b"\0")
    draft.settings["icc_profile"] = draft.settings["icc_profile"].replace(words, mark[-13:].encode("utf-16-be"))
    draft.bare_settings["icc_profile"] = plain


# Byte by byte: JPEG ------------------------------------------------------------------------------------------------


def after_the_first(marker: int, prefix: bytes, *, pad: int = 0) -> Plant:
    """A segment at the head of a JPEG."""

    def plant(draft: Draft, mark: str) -> None:
        extra = segment(marker, prefix + mark.encode().ljust(pad, b"\x10"))
        draft.late.append(lambda body: body[:2] + extra + body[2:])

    return plant


def extended_xmp(draft: Draft, mark: str) -> None:
    """What does not fit into one packet: pieces, found by a digest."""
    whole = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{mark}{' ' * 70_000}{mark}</x:xmpmeta>".encode()
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0123456789ABCDEF" * 2 + struct.pack(">I", len(whole))
    pieces = [
        segment(0xE1, head + struct.pack(">I", place) + whole[place : place + 60_000])
        for place in range(0, len(whole), 60_000)
    ]
    draft.late.append(lambda body: body[:2] + b"".join(pieces) + body[2:])


def between_scans(draft: Draft, mark: str) -> None:
    """A comment in the middle of a progressive picture."""
    draft.settings["progressive"] = draft.bare_settings["progressive"] = True

    def insert(body: bytes) -> bytes:
        last = body.rindex(b"\xff\xda", 0, body.rindex(b"\xff\xd9"))
        return body[:last] + segment(0xFE, mark.encode()) + body[last:]

    draft.early.append(insert)


def second_picture(draft: Draft, mark: str) -> None:
    """The other eye of a stereo picture, the unblurred face of a portrait: a whole JPEG behind the first (MPF)."""
    draft.settings |= {"_kind": "MPO", "save_all": True, "append_images": [picture_of(draft.number + 1)]}

    def mark_it(body: bytes) -> bytes:
        second = body.rindex(b"\xff\xd8\xff")
        return body[: second + 2] + segment(0xFE, mark.encode()) + body[second + 2 :]

    draft.early.append(mark_it)


def motion(draft: Draft, mark: str) -> None:
    """Three seconds of film behind a telephone's picture."""
    film = box(b"ftyp", b"mp42\0\0\0\0mp42isom") + box(
        b"moov", box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+42.1007+129.775/" + mark.encode()))
    )
    draft.exiftool += ["-XMP-GCamera:MicroVideo=1", f"-XMP-GCamera:MicroVideoOffset={len(film)}"]
    draft.late.append(lambda body: body + film)


def trailing(draft: Draft, mark: str) -> None:
    """Behind the end: plain, in UTF-16, in base64 and packed. In some files a megabyte of it."""
    text = mark.encode()
    tail = text + mark.encode("utf-16-le") + base64.b64encode(text) + gzip.compress(text)
    draft.late.append(lambda body: body + tail + bytes(1_200_000 if draft.number % 10 == 0 else 0))


# Byte by byte: PNG -------------------------------------------------------------------------------------------------


def png_text(draft: Draft, mark: str) -> None:
    """Author, comment, title, and a profile as ImageMagick writes it: in hex, in a packed text."""
    text = draft.settings.setdefault("pnginfo", PngImagePlugin.PngInfo())
    text.add_itxt("Title", mark)
    text.add_itxt("Author", mark, zip=True)
    text.add_text("Raw profile type exif", f"\nexif\n{len(mark.encode())}\n{mark.encode().hex()}\n", zip=True)


def latin_text(draft: Draft, mark: str) -> None:
    """The older text chunks."""
    text = draft.settings.setdefault("pnginfo", PngImagePlugin.PngInfo())
    text.add_text("Comment", mark)
    text.add_text("Description", mark, zip=True)


def png_chunk(kind: bytes, prefix: bytes = b"") -> Plant:
    """A chunk of another's before the end."""

    def plant(draft: Draft, mark: str) -> None:
        extra = chunk(kind, prefix + mark.encode())
        draft.late.append(lambda body: body[: _end(body)] + extra + body[_end(body) :])

    return plant


def _end(body: bytes) -> int:
    return body.rindex(b"\0\0\0\0IEND")


def behind_the_pixels(draft: Draft, mark: str) -> None:
    """A chunk of pixels after the last row: nobody asks for it."""
    extra = chunk(b"IDAT", mark.encode())
    draft.late.append(lambda body: body[: _end(body)] + extra + body[_end(body) :])


def palette(draft: Draft, mark: str) -> None:
    """Colours that no pixel has."""
    draft.bare = draft.picture = draft.picture.quantize(8)
    draft.picture = draft.picture.copy()
    colours = (draft.bare.getpalette() or [])[:24]
    draft.bare.putpalette(colours)
    draft.picture.putpalette(colours + list(mark.encode().ljust(96, b".")))


def under_transparency(draft: Draft, mark: str) -> None:
    """A band that the eye does not see, whose pixels spell the mark."""
    width, height = draft.picture.size
    text = (mark.encode() * (width * 3))[: width * 3 * 20]
    hidden = Image.frombytes("RGB", (width, 20), text.ljust(width * 3 * 20, b" "))
    clear = Image.new("L", (width, height), 255)
    clear.paste(0, (0, 0, width, 20))
    draft.bare.paste("white", (0, 0, width, 20))
    draft.picture.paste(hidden)
    for picture in (draft.picture, draft.bare):
        picture.putalpha(clear)
    if draft.kind == "WEBP":
        draft.settings |= {"exact": True, "lossless": True}
        draft.bare_settings |= {"exact": True, "lossless": True}
    draft.reading["under transparency"] = lambda body: Image.open(io.BytesIO(body)).convert("RGB").tobytes()


def low_bytes(draft: Draft, mark: str) -> None:
    """Sixteen bits a grey, of which a screen shows eight."""
    width, height = draft.picture.size
    high = draft.picture.convert("L").tobytes()
    low = (mark.encode() * len(high))[: len(high)]
    both = bytes(value for pair in zip(low, high, strict=True) for value in pair)
    draft.picture = Image.frombytes("I;16", (width, height), both)
    draft.bare = Image.frombytes("I;16", (width, height), bytes(v for grey in high for v in (0, grey)))
    draft.reading["low bytes"] = lambda body: Image.open(io.BytesIO(body)).tobytes()[::2]


# Byte by byte: WebP and HEIC ---------------------------------------------------------------------------------------


def webp_chunk(draft: Draft, mark: str) -> None:
    """A chunk that nobody knows."""
    payload = mark.encode() + b"\0" * (len(mark.encode()) % 2)
    extra = b"nAmE" + struct.pack("<I", len(mark.encode())) + payload

    def plant(body: bytes) -> bytes:
        end = 8 + struct.unpack("<I", body[4:8])[0]
        inside = body[12:end] + extra
        return b"RIFF" + struct.pack("<I", len(inside) + 4) + b"WEBP" + inside + body[end:]

    draft.late.append(plant)


def top_box(kind: bytes, prefix: bytes = b"") -> Plant:
    """A box of one's own behind the others."""

    def plant(draft: Draft, mark: str) -> None:
        draft.late.append(lambda body: body + box(kind, prefix + mark.encode()))

    return plant


def second_in_heic(draft: Draft, mark: str) -> None:
    """A second picture in one file, with a note of its own."""
    second, note = picture_of(draft.number + 1), Image.Exif()
    note[0x013B] = mark
    second.info["exif"] = note.tobytes()
    draft.settings |= {"save_all": True, "append_images": [second]}


COMMON: dict[str, Plant] = {
    "file name": lambda draft, mark: None,
    "EXIF": EXIF,
    "Windows' tags": WINDOWS,
    "GPS": gps,
    "maker notes": maker_notes,
    "XMP": XMP,
    "colour profile": colour_profile,
}
PLANTS: dict[str, dict[str, Plant]] = {
    "JPEG": COMMON
    | {
        "IPTC": IPTC,
        "thumbnail": thumbnail,
        "comment": after_the_first(0xFE, b""),
        "extended XMP": extended_xmp,
        "JFXX": after_the_first(0xE0, b"JFXX\0\x13\x02\x02"),
        "FlashPix": after_the_first(0xE2, b"FPXR\0\0\0"),
        "JUMBF": after_the_first(0xEB, b"JP\0\x01\0\0\0\x01\0\0\0\x40jumb"),
        "an unknown segment": after_the_first(0xE7, b"\x1aMYCAM\0"),
        "Photoshop": after_the_first(0xED, b"Photoshop 3.0\x008BIM\x03\xf3\0\0\0\0\0\x40", pad=64),
        "an unused quantization table": after_the_first(0xDB, b"\x03", pad=64),
        "between scans": between_scans,
        "second picture": second_picture,
        "motion": motion,
        "trailing bytes": trailing,
    },
    "PNG": COMMON
    | {
        "text": png_text,
        "older text": latin_text,
        "private chunk": png_chunk(b"prVt"),
        "suggested palette": png_chunk(b"sPLT", b"name\0\x08"),
        "C2PA": png_chunk(b"caBX", b"\0\0\0\x40jumb"),
        "behind the pixels": behind_the_pixels,
        "trailing bytes": trailing,
        "palette": palette,
        "under transparency": under_transparency,
        "low bytes": low_bytes,
    },
    "WEBP": COMMON
    | {"unknown chunk": webp_chunk, "trailing bytes": trailing, "under transparency": under_transparency},
    "HEIF": {"second picture of a HEIC": second_in_heic}
    | COMMON
    | {
        "free box": top_box(b"free"),
        "own box": top_box(b"uuid", b"\x11" * 16),
        "unused data": top_box(b"mdat"),
    },
    # Not taken at all.
    "TIFF": {name: COMMON[name] for name in ("file name", "EXIF", "XMP", "GPS")} | {"IPTC": IPTC},
    "GIF": {"file name": COMMON["file name"], "XMP": XMP, "comment": tags("Comment=#")},
    "AVIF": {name: COMMON[name] for name in ("file name", "EXIF", "XMP", "GPS")},
}
TAKEN = ("JPEG", "PNG", "WEBP", "HEIF")
# Of these only one shapes a file.
OF_PIXELS = ("palette", "under transparency", "low bytes", "second picture of a HEIC")
# A profile of three colours does not go with a grey; the first picture's notes take the place of the second's.
NOTES = ("EXIF", "Windows' tags", "GPS", "XMP", "maker notes")
APART = {("low bytes", "colour profile"), *(("second picture of a HEIC", place) for place in NOTES)}
# Places that hold Latin letters alone.
LATIN = {"older text", "GPS", "EXIF", "colour profile", "second picture of a HEIC"}
