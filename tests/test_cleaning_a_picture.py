"""Cleaning a picture: only its pixels pass, and what can't be opened safely is refused."""

import io
import os
import struct
import subprocess
import time
import zlib
from collections.abc import Callable

import pillow_heif
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from photos import cleaning, darkroom
from photos.cleaning import CleanPicture, CleanRendition, clean

pillow_heif.register_heif_opener()

NAME = "Kim Planted Haeju"
PLANTED = [NAME.encode(), NAME.encode("utf-16-le"), NAME.encode("utf-16-be"), NAME.encode().hex().encode()]
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def scene(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Red, with its upper quarter blue, so that one sees which way up it is."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (0, 0, size[0], size[1] // 4))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **settings: object) -> bytes:
    body = io.BytesIO()
    picture.save(body, kind, **settings)
    return body.getvalue()


def exif(orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = tags[0x013B] = tags[0x8298] = NAME
    tags[0x9C9D] = NAME.encode("utf-16-le")
    tags.get_ifd(0x8825)[29] = NAME
    tags.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + NAME.encode()
    return tags.tobytes()


def profile(*, red_is_blue: bool = False) -> bytes:
    """sRGB with a name in its description; on request with two of its colours exchanged."""
    body = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain, planted = "sRGB built-in".encode("utf-16-be"), NAME[:13].encode("utf-16-be")
    assert plain in body
    body = body.replace(plain, planted)
    if red_is_blue:
        body = body.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return body


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def chunk(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{NAME}</x:xmpmeta>'.encode()


def planted_jpeg() -> bytes:
    body = saved(scene(), "JPEG", exif=exif(), icc_profile=profile(), comment=NAME.encode(), xmp=XMP)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(NAME) + 5)
    iptc += struct.pack(">BBBH", 0x1C, 2, 80, len(NAME)) + NAME.encode()
    thumbnail = saved(scene((16, 12)), "JPEG", comment=NAME.encode())
    extra = segment(0xED, iptc) + segment(0xE0, b"JFXX\0\x10" + thumbnail) + segment(0xEE, NAME.encode())
    return body[:2] + extra + body[2:] + NAME.encode()


def planted_png() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", NAME)
    text.add_text("Comment", NAME, zip=True)
    text.add_itxt("Title", NAME, zip=False)
    body = saved(scene(mode="RGBA"), "PNG", pnginfo=text, exif=exif(), icc_profile=profile())
    return body[:-12] + chunk(b"prIv", NAME.encode()) + body[-12:] + NAME.encode()


def planted_palette() -> bytes:
    picture = scene().quantize(2)
    colours = picture.getpalette()[:6] + list(NAME.encode().ljust(48, b"."))
    picture.putpalette(colours)
    return saved(picture, "PNG")


def planted_low_bytes() -> bytes:
    """A 16-bit grey whose low bytes spell the name."""
    row = b"\0" + b"".join(bytes((0x80, letter)) for letter in NAME.encode())
    header = struct.pack(">IIBBBBB", len(NAME), 8, 16, 0, 0, 0, 0)
    data = zlib.compress(row * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def planted_webp() -> bytes:
    return saved(scene(), "WEBP", exif=exif(), icc_profile=profile(), xmp=XMP) + NAME.encode()


def planted_heic() -> bytes:
    return saved(scene(), "HEIF", exif=exif(), icc_profile=profile(), xmp=XMP, quality=90)


PLANTERS = [planted_jpeg, planted_png, planted_palette, planted_low_bytes, planted_webp, planted_heic]


def cleaned(body: bytes) -> CleanPicture:
    return clean(io.BytesIO(body))


def widest(picture: CleanPicture, format: str = "webp") -> CleanRendition:
    return max((each for each in picture.renditions if each.format == format), key=lambda each: each.width)


def near(picture: CleanPicture, where: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    seen = Image.open(io.BytesIO(widest(picture, "jpeg").body)).convert("RGB").getpixel(where)
    return all(abs(one - other) < 24 for one, other in zip(seen, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_it_works(kind: str) -> None:
    picture = cleaned(saved(scene((2000, 1000)), kind))
    assert (picture.width, picture.height) == (2000, 1000)
    assert {(each.format, each.width, each.height) for each in picture.renditions} == {
        (format, width, width // 2) for format in ("avif", "jpeg", "webp") for width in (480, 800, 1200, 1840)
    }
    for each in picture.renditions:
        opened = Image.open(io.BytesIO(each.body))
        assert (opened.format.lower(), opened.size, opened.mode) == (each.format, (each.width, each.height), "RGB")
    assert near(picture, (900, 50), BLUE)
    assert near(picture, (900, 800), RED)


def test_the_same_pixels_have_the_same_hash_at_any_hour() -> None:
    body = saved(scene((900, 600)), "PNG")
    first = cleaned(body)
    time.sleep(1.1)
    assert first.content_hash == cleaned(body).content_hash == cleaned(saved(scene((900, 600)), "PNG")).content_hash
    assert first.content_hash != cleaned(saved(scene((900, 601)), "PNG")).content_hash


@pytest.mark.parametrize(("size", "widths"), [((300, 200), {300}), ((1000, 10), {480, 800, 1000}), ((1, 1), {1})])
def test_a_small_picture_is_never_blown_up(size: tuple[int, int], widths: set[int]) -> None:
    picture = cleaned(saved(scene(size), "PNG"))
    assert {each.width for each in picture.renditions} == widths
    assert len(picture.renditions) == 3 * len(widths)


def test_a_strip_taller_than_webp_can_hold_is_made_to_fit() -> None:
    picture = cleaned(saved(scene((1000, 19_000)), "PNG"))
    assert 5900 < max(each.height for each in picture.renditions) <= 6000


@pytest.mark.parametrize("planter", PLANTERS)
def test_nothing_but_pixels_passes(planter: Callable[[], bytes]) -> None:
    body = planter()
    if planter is not planted_low_bytes:
        assert any(planted in body for planted in PLANTED)
    for each in cleaned(body).renditions:
        assert not [planted for planted in PLANTED if planted in each.body]
        opened = Image.open(io.BytesIO(each.body))
        opened.load()
        assert not opened.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & set(opened.info)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_is_turned_once(kind: str, orientation: int) -> None:
    """HEIC: Pillow's plugin writes the rotation box as well as the tag, as an iPhone does."""
    body = saved(scene((64, 32)), kind, exif=exif(orientation))
    if kind == "HEIF" and orientation not in (1, 2, 4):
        assert b"irot" in body
    picture = cleaned(body)
    lying = orientation >= 5
    assert (picture.width, picture.height) == ((32, 64) if lying else (64, 32))
    blue = {1: (32, 2), 2: (32, 2), 3: (32, 29), 4: (32, 29), 5: (2, 32), 6: (29, 32), 7: (29, 32), 8: (2, 32)}
    assert near(picture, blue[orientation], BLUE)
    assert near(picture, (16, 32) if lying else (32, 16), RED)


def test_colours_are_what_their_profile_means() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        picture = cleaned(saved(scene(), kind, icc_profile=profile(red_is_blue=True)))
        assert near(picture, (32, 30), BLUE), kind
    assert near(cleaned(saved(scene(), "PNG", icc_profile=b"no profile at all")), (32, 30), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_rgb(mode: str) -> None:
    if mode == "I;16":
        picture = Image.new(mode, (64, 48), 0x8000)
    else:
        picture = Image.new("L", (64, 48), 255 if mode == "1" else 128).convert(mode)
    grey = (255,) * 3 if mode == "1" else (128,) * 3
    assert near(cleaned(saved(picture, "JPEG" if mode == "CMYK" else "PNG")), (30, 30), grey)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_lies_hidden_under_transparency_stays_hidden(kind: str) -> None:
    hidden = scene(mode="RGBA")
    hidden.putalpha(0)
    picture = cleaned(saved(hidden, kind, **({"exact": True, "lossless": True} if kind == "WEBP" else {})))
    assert near(picture, (32, 30), WHITE)
    assert near(picture, (32, 4), WHITE)


def test_a_transparent_colour_of_a_palette_or_a_grey_stays_hidden_too() -> None:
    palette = scene().quantize(2)
    assert near(cleaned(saved(palette, "PNG", transparency=palette.getpixel((32, 30)))), (32, 30), WHITE)
    assert near(cleaned(saved(Image.new("L", (64, 48), 7), "PNG", transparency=7)), (32, 30), WHITE)
    assert near(cleaned(saved(scene(), "PNG", transparency=RED)), (32, 30), WHITE)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"


@pytest.mark.parametrize(
    "body",
    [EPS, b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7\n", b"GIF89a" + bytes(20), b"MZ" + bytes(100)]
    + [saved(scene(), kind) for kind in ("GIF", "ICO", "PCX", "TIFF", "BMP", "AVIF")],
)
def test_what_is_no_picture_of_ours_is_refused(body: bytes) -> None:
    with pytest.raises(cleaning.NotAPicture):
        cleaned(body)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_truncated_or_damaged_picture_is_refused(kind: str) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    body = saved(noise, kind)
    for part in (body[: len(body) // 2], body[:200], body[:30], body[:12] + bytes(300)):
        with pytest.raises(cleaning.PictureBroken):
            cleaned(part)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(cleaning.PictureTooHeavy):
        cleaned(saved(scene(), "JPEG") + bytes(40 * 1024 * 1024))


@pytest.mark.parametrize("size", [(13_000, 13_000), (20_001, 10)])
def test_a_decompression_bomb_is_refused_before_it_is_opened(size: tuple[int, int]) -> None:
    body = saved(Image.new("1", size), "PNG")
    started = time.monotonic()
    with pytest.raises(cleaning.PictureTooLarge):
        cleaned(body)
    assert time.monotonic() - started < 2


def test_a_jpeg_of_1500_scans_is_refused() -> None:
    body = saved(scene((640, 480)), "JPEG", progressive=True)
    last = body.rindex(b"\xff\xda")
    assert not darkroom.more_scans_than(20, body)
    with pytest.raises(cleaning.PictureTooComplex):
        cleaned(body[:-2] + body[last:-2] * 1_500 + body[-2:])


def test_a_marker_inside_a_comment_is_no_scan() -> None:
    assert cleaned(saved(scene(), "JPEG", comment=b"\xff\xda\0\x02" * 200)).width == 64


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    with pytest.raises(cleaning.PictureMoves):
        cleaned(saved(scene(), kind, save_all=True, append_images=[Image.new("RGB", (64, 48))]))


def test_a_film_in_a_heic_is_refused() -> None:
    with pytest.raises(cleaning.PictureMoves):
        cleaned(b"\0\0\0\x18ftyphevc" + bytes(100))


def test_a_phones_jpeg_with_a_second_picture_gives_its_first() -> None:
    body = saved(scene(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "green")])
    assert near(cleaned(body), (32, 30), RED)


def test_a_picture_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "SECONDS", 0.01)
    with pytest.raises(cleaning.PictureTooComplex):
        cleaned(saved(scene((4000, 3000)), "PNG"))


def test_the_darkroom_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def watched(*words: object, **settings: object) -> object:
        seen.append(settings["env"])
        return run(*words, **settings)

    monkeypatch.setattr(subprocess, "run", watched)
    cleaned(saved(scene(), "JPEG"))
    assert seen
    assert not (set(seen[0]) - {"LD_LIBRARY_PATH"})
    assert "DATABASE_URL" in os.environ
