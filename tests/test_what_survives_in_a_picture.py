"""A hundred pictures with a person's name in every place where a picture can hold one: nothing of it survives.

They come in through the desk's own form. Looked at afterwards, with exiftool and byte by byte: every rendition, its
printed copies, every row of the database, every name of a file, what the desk shows and logs, and the folder for uploads.
"""

import io
import json
import logging
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from photos.cleaning import clean
from photos.models import Photo
from photos.printing import print_renditions
from photos.storing import NO_TIME
from tests import clones
from tests.factories import StaffFactory
from tests.marked_pictures import MarkedPicture, marked_pictures
from tests.places_in_a_picture import PLANTS, TAKEN
from tests.searching import Searcher
from tests.seizure import dumped

SHARES = {"JPEG": range(44), "PNG": range(44, 72), "WEBP": range(72, 86), "HEIF": range(86, 100)}
REFUSED = {"TIFF": range(100, 102), "GIF": range(102, 104), "AVIF": range(104, 106)}
ADD = "admin:photos_photo_add"
# What exiftool may see: how large, how encoded. By name, so that whatever a library adds one day is looked at.
SEEN = {
    "JFIF": {"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"},
    "RIFF": {"VP8Version", "ImageWidth", "ImageHeight", "HorizontalScale", "VerticalScale"},
    "QuickTime": {"MajorBrand", "MinorVersion", "CompatibleBrands", "HandlerType", "PrimaryItemReference"}
    | {"ImageSpatialExtent", "ImagePixelDepth", "AV1ConfigurationVersion", "ChromaFormat", "ChromaSamplePosition"}
    | {"InitialDelaySamples", "SeqProfile", "SeqTier0", "MediaData", "MediaDataSize", "MediaDataOffset"}
    | {"ColorProfiles", "ColorPrimaries", "TransferCharacteristics", "MatrixCoefficients", "QuickTime_ColorRep_0x000a"},
    "Composite": {"ImageSize", "Megapixels"},
}


@pytest.fixture(scope="module", autouse=True)
def exiftool() -> None:
    """Found or brought by .ci/exiftool."""
    if shutil.which("exiftool") is None:
        reason = "No exiftool: install it (Debian: apt-get install libimage-exiftool-perl)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "media" / "private"
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "media" / "public"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "media" / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    return tmp_path / "media"


@pytest.fixture
def desk(committed_db: str) -> Client:
    client = Client()
    client.force_login(StaffFactory(roles=["photo editor"]))
    return client


def send(desk: Client, picture: MarkedPicture) -> Any:
    file = SimpleUploadedFile(picture.name, picture.body, content_type="image/jpeg")
    words = {"name": "The market", "credit_en": "Photo: a resident", "taken_precision": "withheld"}
    return desk.post(reverse(ADD), {**words, "also_taken_precision": "withheld", "picture": file})


def seen_by_exiftool(*paths: Path) -> dict[str, dict[str, Any]]:
    """What exiftool reads in each file, by the file's path: "group:tag" and its value."""
    orders = ["-json", "-G0", "-a", "-u", "-U", "-ee", "-charset", "utf8"]
    done = subprocess.run(
        ["exiftool", *orders, "-@", "-"],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=False,
    )
    # Of itself it tells its version, and of a file what the folder says: looked at elsewhere.
    beside = ("ExifTool:", "File:")
    return {
        row.pop("SourceFile"): {tag: value for tag, value in row.items() if not tag.startswith(beside)}
        for row in json.loads(done.stdout)
    }


@pytest.fixture(params=TAKEN)
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> list[MarkedPicture]:
    return marked_pictures(request.param, SHARES[request.param], tmp_path)


def words_of(pictures: list[MarkedPicture]) -> list[str]:
    return [mark for picture in pictures for mark in picture.marks.values()]


def test_there_are_a_hundred_and_each_place_stands_in_several() -> None:
    assert sum(map(len, SHARES.values())) == 100
    assert len({place for kind in TAKEN for place in PLANTS[kind]}) > 25


def test_each_mark_stands_in_what_is_uploaded(pictures: list[MarkedPicture], tmp_path: Path) -> None:
    """Or the test below would prove nothing: by the same search, and exiftool reads what it is known to read."""
    places: list[str] = []
    for number, picture in enumerate(pictures):
        found = Searcher(picture.marks.values()).words_in(picture.body + b"\0" + picture.name.encode())
        for place, mark in picture.marks.items():
            among_pixels = picture.reading.get(place)
            assert mark in found or (among_pixels and mark.encode() in among_pixels(picture.body)), (
                place,
                picture.name,
            )
        places += picture.marks
        (tmp_path / f"sent-{number}").write_bytes(picture.body)
    assert set(places) == set(PLANTS[picture.kind])
    assert min(Counter(places).values()) >= 2
    read = seen_by_exiftool(*(tmp_path / f"sent-{number}" for number in range(len(pictures))))
    for number, picture in enumerate(pictures):
        tags = read[str(tmp_path / f"sent-{number}")]
        if "GPS" in picture.marks:
            assert tags["EXIF:GPSAreaInformation"] == picture.marks["GPS"]
            assert "42 deg" in tags["EXIF:GPSLatitude"]
        if "EXIF" in picture.marks:
            assert tags["EXIF:SerialNumber"] == picture.marks["EXIF"]
        if "maker notes" in picture.marks:
            assert picture.marks["maker notes"] in [v for tag, v in tags.items() if tag.startswith("MakerNotes:")]


def test_nothing_of_it_survives(
    pictures: list[MarkedPicture],
    desk: Client,
    media: Path,
    committed_db: str,
    database_server: clones.Server,
    caplog: pytest.LogCaptureFixture,
) -> None:
    searcher = Searcher(words_of(pictures))
    shown: list[bytes] = []
    with caplog.at_level(logging.DEBUG):
        for picture in pictures:
            answer = send(desk, picture)
            assert answer.status_code == 302, answer.context["adminform"].form.errors
            photo = Photo.objects.latest("pk")
            with io.BytesIO(picture.bare) as bare:
                assert photo.content_hash == clean(bare).content_hash, (
                    f"the marks of {picture.name} changed what is printed"
                )
            assert Path(photo.original.path).read_bytes() == picture.body
            page, preview = desk.get(answer.url), desk.get(photo.get_preview_url(480))
            shown += [page.content, repr(page.headers).encode(), repr(preview.headers).encode(), answer.url.encode()]
            shown.append(b"".join(preview.streaming_content))
            print_renditions(photo)
        shown.append(desk.get(reverse("admin:photos_photo_changelist")).content)
    assert searcher.words_in(b"\0".join(shown)) == set()
    assert searcher.words_in(caplog.text.encode()) == set()
    assert searcher.words_in(dumped(database_server, committed_db)) == set()
    assert list((media / "uploads").iterdir()) == []

    files = [path for path in media.rglob("*") if path.is_file()]
    assert searcher.words_in("\n".join(map(str, files)).encode()) == set()
    public = [path for path in files if path.is_relative_to(media / "public")]
    assert len(public) == len(pictures) * 3 * 2
    assert {path.stat().st_mtime for path in public} == {NO_TIME}
    for path in public:
        body = path.read_bytes()
        # Packed inside a rendition, and as the pixels that it shows.
        opened = Image.open(io.BytesIO(body))
        assert searcher.words_in(body + bytes(8) + opened.tobytes()) == set()
    seen = seen_by_exiftool(*public)
    assert len(seen) == len(public)
    for file, tags in seen.items():
        for tag in tags:
            group, _, name = tag.partition(":")
            assert name in SEEN.get(group, ()), (file, tag, tags[tag])
        assert not re.search(r"Haesun|김해선|42\.1|iPhone|Apple|2024", json.dumps(tags, ensure_ascii=False))
    kept = sorted(path for path in files if path.is_relative_to(media / "private"))
    assert len(kept) == len(pictures)
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) and path.parent.name == "originals" for path in kept)


@pytest.mark.parametrize("kind", REFUSED)
def test_of_a_file_that_is_refused_nothing_is_kept(
    kind: str, desk: Client, media: Path, tmp_path: Path, committed_db: str, database_server: clones.Server
) -> None:
    pictures = marked_pictures(kind, REFUSED[kind], tmp_path)
    searcher = Searcher(words_of(pictures))
    for picture in pictures:
        found = searcher.words_in(picture.body + picture.name.encode())
        assert found == set(picture.marks.values())
        answer = send(desk, picture)
        assert answer.status_code == 200
        assert "choose" in str(answer.context["adminform"].form.errors["picture"])
        assert searcher.words_in(answer.content) == set()
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert searcher.words_in(dumped(database_server, committed_db)) == set()
