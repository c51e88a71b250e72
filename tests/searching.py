"""Search what was taken away (a dump, a disk, a log, a picture) for words, in every dress in which they may stand there.

`Searcher(words).found_in(data)` looks for each word in each of `forms_of(word)`, in the data itself and in all that is
packed inside it (`layers`): zlib, gzip, zip, PNG, base64, hex, quoted-printable, one in another. What it can't open:
Zstandard, LZ4, PostgreSQL's own compression (`tests/seizure.py` switches that off) and what is encrypted.
"""

import base64
import binascii
import html
import io
import json
import quopri
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from ahocorasick_rs import BytesAhoCorasick
from PIL import Image

# Shorter, and chance writes it into a hundred megabytes.
SHORTEST = 6
DEEPEST = 4
# Of one packed stream no more than this is unpacked.
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True)
class Find:
    """A word that was found: which, in what form, and how deep it lay ("gzip in base64")."""

    word: str
    form: str
    layer: str


def _utf8(word: str) -> bytes:
    return word.encode()


def _utf16_be(word: str) -> bytes:
    return word.encode("utf-16-be")


def _escaped(word: str, digits: str = "04x") -> bytes:
    r"""As JSON and Python escape it: \uae40; what is ASCII stays."""
    return "".join(c if c.isascii() else rf"\u{ord(c):{digits}}" for c in word).encode()


def _every_letter(form: Callable[[int], str], encoding: str = "utf-8") -> Callable[[str], bytes]:
    return lambda word: "".join(form(byte) for byte in word.encode(encoding)).encode()


def _references(form: str) -> Callable[[str], bytes]:
    return lambda word: "".join(form.format(ord(c)) for c in word).encode()


def _legacy(encoding: str) -> Callable[[str], bytes]:
    def form(word: str) -> bytes:
        try:
            return word.encode(encoding)
        except UnicodeEncodeError:
            return b""

    return form


def _base64(shift: int, encoding: str = "utf-8", *, url: bool = False) -> Callable[[str], bytes]:
    """What of a word's base64 is the same whatever stands around it, for one of three places in a group."""

    def form(word: str) -> bytes:
        raw = bytes(shift) + word.encode(encoding)
        encoded = (base64.urlsafe_b64encode if url else base64.b64encode)(raw)
        first = -(-shift * 8 // 6)
        return encoded[first : len(raw) * 8 // 6]

    return form


FORMS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": _utf8,
    "UTF-8, composed letters taken apart": lambda word: unicodedata.normalize("NFD", word).encode(),
    "UTF-16LE": lambda word: word.encode("utf-16-le"),
    "UTF-16BE": _utf16_be,
    "UTF-32LE": lambda word: word.encode("utf-32-le"),
    "CP949": _legacy("cp949"),
    **{f"base64, place {n}": _base64(n) for n in range(3)},
    **{f"URL-safe base64, place {n}": _base64(n, url=True) for n in range(3)},
    **{f"base64 of UTF-16LE, place {n}": _base64(n, "utf-16-le") for n in range(3)},
    "URL-encoded": lambda word: quote(word, safe="").encode(),
    "URL-encoded, small letters": lambda word: re.sub("%..", lambda m: m[0].lower(), quote(word, safe="")).encode(),
    "URL-encoded, form": lambda word: quote_plus(word, safe="").encode(),
    "URL-encoded, each letter": _every_letter("%{:02X}".format),
    "hex": _every_letter("{:02x}".format),
    "HEX": _every_letter("{:02X}".format),
    "hex of UTF-16LE": _every_letter("{:02x}".format, "utf-16-le"),
    r"\x escapes": lambda word: repr(word.encode())[2:-1].encode(),
    "octal escapes": _every_letter(lambda byte: chr(byte) if byte < 128 else rf"\{byte:03o}"),
    r"JSON \u escapes": lambda word: json.dumps(word)[1:-1].encode(),
    r"\u escapes, capital letters": lambda word: _escaped(word, "04X"),
    "quoted-printable": _every_letter(lambda byte: chr(byte) if 32 < byte < 127 and byte != 61 else f"={byte:02X}"),
    "quoted-printable, blanks kept": _every_letter(
        lambda byte: chr(byte) if 31 < byte < 127 and byte != 61 else f"={byte:02X}"
    ),
    "HTML entities": lambda word: html.escape(word).encode("ascii", "xmlcharrefreplace"),
    "HTML entities, each letter": _references("&#{};"),
    "HTML entities, hex": _references("&#x{:x};"),
    "HTML entities, HEX": _references("&#x{:X};"),
}


def forms_of(word: str) -> dict[bytes, str]:
    """Every form of a word that is long enough to be no chance, with the form's name; capitals and small letters too."""
    found: dict[bytes, str] = {}
    for spelling in dict.fromkeys((word, word.lower(), word.upper(), word.title())):
        for name, form in FORMS.items():
            pattern = form(unicodedata.normalize("NFC", spelling))
            if len(pattern) >= SHORTEST:
                found.setdefault(pattern, name)
    return found


class Searcher:
    """Looks for many words at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: list[tuple[str, str]] = []
        patterns: list[bytes] = []
        for word in dict.fromkeys(words):
            if len(word.encode()) < SHORTEST:
                raise ValueError(f"{word!r} is too short to be searched for.")
            forms = forms_of(word)
            patterns.extend(forms)
            self._known.extend((word, form) for form in forms.values())
        self._patterns = BytesAhoCorasick(patterns)

    def found_in(self, data: bytes) -> set[Find]:
        """Every word that stands in the data, however packed."""
        return {
            Find(*self._known[which], layer)
            for layer, body in layers(data)
            for which, _start, _end in self._patterns.find_matches_as_indexes(body, overlapping=True)
        }

    def words_in(self, data: bytes) -> set[str]:
        """The words alone."""
        return {find.word for find in self.found_in(data)}


def layers(data: bytes, name: str = "as it is", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The data, and whatever can be unpacked out of any place in it."""
    yield name, data
    if depth == DEEPEST:
        return
    for kind, body in _unpacked(data):
        if body:
            yield from layers(body, kind if not depth else f"{kind} in {name}", depth + 1)


_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")
_WINDOW = {b"\x1f\x8b\x08": ("gzip", 31), b"PK\x03\x04": ("zip", -15)}
_PNG = b"\x89PNG\r\n\x1a\n"
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]|\r?\n(?=[A-Za-z0-9+/_-]{4})){24,}")
# How base64 of a gzip or of a zlib stream begins: letters of the same alphabet may stand before it.
_PACKED = re.compile(rb"H4sI|e[AFNJ]")
_HEX = re.compile(rb"[0-9a-f]{48,}|[0-9A-F]{48,}")
# Between two pieces that were not neighbours.
_GAP = b"\0" * 8


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    for found in _STREAM.finditer(data):
        kind, window = _WINDOW.get(found[0], ("zlib", 15))
        start = found.start()
        if kind == "zip":
            head = data[start : start + 30]
            start += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        body = inflated(data, window, start)
        if len(body) >= SHORTEST:
            yield kind, body
    place = data.find(_PNG)
    while place >= 0:
        yield "pixels of a PNG", _pixels_of_png(data, place)
        place = data.find(_PNG, place + 1)
    yield "base64", _GAP.join(piece for found in _BASE64.finditer(data) for piece in _from_base64(found[0]))
    yield "hex", _GAP.join(piece for found in _HEX.finditer(data) for piece in _from_hex(found[0]))
    if re.search(rb"=\r?\n", data):  # a soft line break may part a word
        yield "quoted-printable", quopri.decodestring(data)


def _from_base64(run: bytes) -> Iterator[bytes]:
    text = re.sub(rb"\s", b"", run).translate(bytes.maketrans(b"-_", b"+/"))
    for start in sorted({0, *(found.start() for found in _PACKED.finditer(text))}):
        part = text[start : len(text) - ((len(text) - start) % 4 == 1)]
        yield base64.b64decode(part + b"=" * (-len(part) % 4))


def _from_hex(run: bytes) -> Iterator[bytes]:
    """From either of the first two digits on: another may stand before the first."""
    for start in (0, 1):
        yield binascii.unhexlify(run[start : len(run) - (len(run) - start) % 2])


def inflated(data: bytes, window: int, start: int = 0) -> bytes:
    """As much of a stream as can be unpacked, also of one that is cut off or broken later on."""
    whole, broken = _inflated(data, window, start, len(data), 4096)
    if broken < 0:
        return whole
    # Byte by byte to where it breaks.
    before, _ = _inflated(data, window, start, broken + 4096, 1)
    return before


def _inflated(data: bytes, window: int, start: int, end: int, step: int) -> tuple[bytes, int]:
    unpacker, body = zlib.decompressobj(window), bytearray()
    with memoryview(data) as seen:
        for place in range(start, min(end, len(data)), step):
            try:
                body += unpacker.decompress(seen[place : place + step], LARGEST - len(body))
            except zlib.error:
                return bytes(body), place
            if unpacker.eof or len(body) >= LARGEST:
                break
    return bytes(body), -1


def _pixels_of_png(data: bytes, place: int) -> bytes:
    """The stream that is cut into chunks, and the pixels that it means (a row may be told by the row above it)."""
    start, stream = place + len(_PNG), b""
    while start + 12 <= len(data):
        length = int.from_bytes(data[start : start + 4], "big")
        kind = data[start + 4 : start + 8]
        if kind == b"IDAT":
            stream += data[start + 8 : start + 8 + length]
        start += 12 + length
        if kind == b"IEND":
            break
    try:
        pixels = Image.open(io.BytesIO(data[place:start]), formats=["PNG"]).tobytes()
    except (OSError, ValueError, SyntaxError):
        pixels = b""
    return inflated(stream, 15) + _GAP + pixels
