"""The searcher of the seizure test finds a word in each dress: a search that finds nothing must be one that could."""

import base64
import gzip
import io
import json
import os
import quopri
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from tests.searching import FORMS, SHORTEST, Searcher, forms_of, inflated, layers

WORDS = ("김혜선이", "Haesun Planted-Kim", "010-5550-4417", "@haesun_4417", "회령시 오산덕동 17")
NOISE = os.urandom(3000)


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher([*WORDS, *(f"nobody{n}" for n in range(500))])


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("form", FORMS)
def test_it_finds_each_form(searcher: Searcher, form: str, word: str) -> None:
    pattern = FORMS[form](word)
    assert len(pattern) >= SHORTEST
    found = searcher.found_in(NOISE + b"x" + pattern + b"x" + NOISE)
    assert {find.word for find in found} == {word}
    assert pattern in forms_of(word)


@pytest.mark.parametrize("shift", range(3))
@pytest.mark.parametrize("word", WORDS)
def test_it_finds_base64_wherever_the_word_stands_in_it(searcher: Searcher, word: str, shift: int) -> None:
    text = ("a" * shift + word + " and more").encode()
    for encoded in (base64.b64encode(text), base64.urlsafe_b64encode(text), base64.encodebytes(text * 9)):
        assert searcher.words_in(NOISE + b"\0" + encoded + b"\0" + NOISE) == {word}


def as_zip(text: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/note.txt", text)
    return file.getvalue()


def as_picture(text: bytes) -> bytes:
    file = io.BytesIO()
    Image.frombytes("L", (len(text), 2), text * 2).save(file, "PNG")
    return file.getvalue()


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zip": as_zip,
    "hex of gzip, as a dump writes bytes": lambda text: gzip.compress(text).hex().encode(),
    "base64 of zlib, as a session is kept": lambda text: b"u." + base64.urlsafe_b64encode(zlib.compress(text)) + b":x",
    "gzip in base64 in gzip": lambda text: gzip.compress(base64.b64encode(gzip.compress(text))),
    "quoted-printable, broken in the word": lambda text: quopri.encodestring(b"x" * 70 + text),
    "a stream that is cut off": lambda text: zlib.compress(text + os.urandom(500))[:400],
    "the pixels of a PNG": as_picture,
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("packing", PACKINGS)
def test_it_opens_what_is_packed(searcher: Searcher, packing: str, word: str) -> None:
    text = json.dumps({"n": word}) if "session" in packing else f"met {word} at noon"
    packed = PACKINGS[packing](text.encode())
    for before in (NOISE, NOISE + b"a", NOISE + b"\n"):
        assert searcher.words_in(before + packed + NOISE) == {word}


def test_it_finds_nothing_where_there_is_nothing(searcher: Searcher) -> None:
    for body in (b"", NOISE, gzip.compress(NOISE), base64.b64encode(NOISE), "김혜선 Haesun Kim 010-5550".encode()):
        assert not searcher.words_in(body)


def test_what_is_packed_without_end_is_left(searcher: Searcher) -> None:
    """A bomb: as much as is allowed, and no more."""
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    assert len(inflated(bomb, 15)) == 64 * 1024 * 1024
    nested = WORDS[0].encode()
    for _ in range(9):
        nested = gzip.compress(nested)
    assert len(list(layers(nested))) < 40


def test_a_word_too_short_to_be_no_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Searcher(["김"])
