"""A photo editor uploads a picture: cleaned, kept, shown on the desk, printed, deleted."""

import gc
import io
import re
import stat
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from photos import storing
from photos.cleaning import NotAPicture, content_hash
from photos.models import Photo, Rendition
from photos.printing import PictureChanged, discard, print_renditions
from photos.uploading import delete_photo, upload_photo
from staff.models import User

pytestmark = pytest.mark.django_db

NAME = "Kim Planted"
FILE_NAME = "IMG_kim_planted_2023.jpg"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    settings.PUBLIC_MEDIA_ROOT = tmp_path / "public"
    return tmp_path


@pytest.fixture
def photo_editor() -> User:
    user = User.objects.create_user("photo", password="a long enough one", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="photos", content_type__model="photo"))
    return user


@pytest.fixture
def desk(client: Client, photo_editor: User) -> Client:
    client.force_login(photo_editor)
    return client


def jpeg(size: tuple[int, int] = (1000, 500)) -> bytes:
    body = io.BytesIO()
    tags = Image.Exif()
    tags[0x013B] = NAME
    Image.new("RGB", size, "teal").save(body, "JPEG", exif=tags.tobytes(), comment=NAME.encode())
    return body.getvalue()


def upload(by: User, **words: Any) -> Photo:
    return upload_photo(io.BytesIO(jpeg()), by=by, **{"name": "The market", "credit_en": "Photo: a resident"} | words)


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def form(**values: Any) -> dict[str, Any]:
    return {"name": "The market", "credit_en": "Photo: a resident", "credit_ko": "", "place": ""} | {
        "taken_on": "2023-05-05",
        "taken_precision": "day",
        "also_taken_on": "2023-06-07",
        "also_taken_precision": "month",
        **values,
    }


def picked(body: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(FILE_NAME, body, content_type="image/jpeg")


def errors_of(response: Any, field: str) -> str:
    return " ".join(response.context["adminform"].form.errors[field])


ADD = "admin:photos_photo_add"


def test_it_works(desk: Client, photo_editor: User, media: Path) -> None:
    response = desk.post(reverse(ADD), form(picture=picked(jpeg())), follow=True)
    assert response.redirect_chain
    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.uploaded_by) == (1000, 500, photo_editor)
    assert photo.dates_taken("en") == "taken on 5 May and in June 2023"
    assert photo.renditions.count() == 9
    assert photo.content_hash == content_hash(photo.renditions.all())
    page = desk.get(reverse("admin:photos_photo_change", args=[photo.pk])).content.decode()
    assert photo.get_preview_url(480) in page
    assert 'type="file"' not in page
    assert "taken on 5 May and in June 2023" in page
    listed = desk.get(reverse("admin:photos_photo_changelist")).content.decode()
    assert re.search(rf'<img[^>]*{photo.get_preview_url(96)}[^>]* alt="{photo.name}"', listed)


def test_its_days_are_the_browsers_own_fields(desk: Client) -> None:
    page = desk.get(reverse(ADD)).content.decode()
    assert page.count('type="date"') == 2
    assert "admin/js" not in page and "jsi18n" not in page


def test_no_trace_of_the_cameras_words_nor_of_the_files_name(desk: Client, media: Path) -> None:
    desk.post(reverse(ADD), form(picture=picked(jpeg())))
    photo = Photo.objects.get()
    rows = [*Photo.objects.values(), *Rendition.objects.values(), *LogEntry.objects.values()]
    assert len(rows) > 10
    for trace in (NAME, FILE_NAME, "IMG_", "kim"):
        assert trace not in repr(rows)
    for path in files(media):
        assert not re.search("img|kim|jpg", str(path.relative_to(media)))
        assert (NAME.encode() in path.read_bytes()) == (path == Path(photo.original.path))


def test_the_original_is_private_and_what_is_public_tells_no_hour(photo_editor: User, media: Path) -> None:
    photo = upload(photo_editor)
    original = Path(photo.original.path)
    assert original.read_bytes() == jpeg()
    assert original.is_relative_to(media / "private")
    assert stat.S_IMODE(original.stat().st_mode) == 0o600
    for rendition in photo.renditions.all():
        kept = rendition.path.stat()
        assert rendition.path.parent == media / "public" / "renditions"
        assert (stat.S_IMODE(kept.st_mode), kept.st_mtime) == (0o644, storing.NO_TIME)
        assert kept.st_size == rendition.size
    with pytest.raises(ValueError, match="no address"):
        _ = photo.original.url


@pytest.mark.parametrize("body", [b"%!PS-Adobe-3.0 EPSF-3.0\n", jpeg()[:400], b"x" * 100])
def test_a_file_that_is_refused_says_what_to_do_and_costs_no_typing(desk: Client, media: Path, body: bytes) -> None:
    response = desk.post(reverse(ADD), form(name="Seen at the river", picture=picked(body)))
    assert response.status_code == 200
    assert "choose" in errors_of(response, "picture")
    assert 'value="Seen at the river"' in response.content.decode()
    assert 'value="2023-05-05"' in response.content.decode()
    assert not Photo.objects.exists()
    assert not files(media)


def test_a_file_too_large_says_so(desk: Client) -> None:
    response = desk.post(reverse(ADD), form(picture=picked(jpeg() + bytes(40 * 1024 * 1024))))
    assert "larger than 40 MB" in errors_of(response, "picture")


def test_a_form_with_another_mistake_asks_for_the_file_again(desk: Client, media: Path) -> None:
    for mistake in ({"name": ""}, {"taken_on": ""}, {"also_taken_on": ""}):
        response = desk.post(reverse(ADD), form(picture=picked(jpeg()), **mistake))
        assert "choose the file again" in errors_of(response, "picture")
        assert set(mistake) <= set(response.context["adminform"].form.errors)
    assert not files(media)


def test_the_words_change_and_the_picture_does_not(desk: Client, photo_editor: User) -> None:
    photo = upload(photo_editor)
    sent = form(credit_en="Photo: Newsroom", picture=picked(jpeg((50, 50))))
    desk.post(reverse("admin:photos_photo_change", args=[photo.pk]), sent)
    changed = Photo.objects.get()
    assert changed.credit("en") == "Photo: Newsroom"
    assert (changed.content_hash, changed.original.name) == (photo.content_hash, photo.original.name)


@pytest.mark.parametrize("field", ["taken_on", "also_taken_on"])
def test_no_picture_was_taken_on_a_day_to_come(desk: Client, field: str) -> None:
    response = desk.post(reverse(ADD), form(picture=picked(jpeg()), **{field: localdate() + timedelta(days=1)}))
    assert "still to come" in errors_of(response, field) and not Photo.objects.exists()
    assert desk.post(reverse(ADD), form(picture=picked(jpeg()), **{field: localdate()})).status_code == 302


@pytest.mark.parametrize(
    "broken",
    [
        {"also_taken_on": date(2023, 5, 5)},
        {"taken_precision": "month"},
        {"taken_on": date(2023, 5, 5), "also_taken_precision": "day"},
    ],
)
def test_the_database_keeps_a_photo_whole(photo_editor: User, broken: dict[str, Any]) -> None:
    photo = upload(photo_editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**broken)


@pytest.mark.parametrize("change", [{"original": "another"}, {"content_hash": "0" * 64}, {"width": 9}])
def test_a_picture_never_changes_once_it_is_kept(photo_editor: User, change: dict[str, Any]) -> None:
    photo = upload(photo_editor)
    with pytest.raises(DatabaseError, match="A picture never changes"), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**change)


def test_a_rendition_is_never_swapped(photo_editor: User) -> None:
    rendition = upload(photo_editor).renditions.first()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Rendition.objects.filter(pk=rendition.pk).update(sha256="0" * 64)


def test_a_renditions_name_can_reach_no_other_file(photo_editor: User) -> None:
    rendition = upload(photo_editor).renditions.first()
    rendition.pk, rendition.width, rendition.name = None, 7, "../../private/secret.webp"
    with pytest.raises(IntegrityError), transaction.atomic():
        rendition.save(force_insert=True)


def test_a_transaction_that_fails_later_leaves_no_file(photo_editor: User, media: Path) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        upload(photo_editor)
        assert len(files(media)) == 10
        raise ZeroDivisionError
    assert not files(media)
    with pytest.raises(IntegrityError), transaction.atomic():
        upload(photo_editor, taken_precision="day")
    assert not files(media)


def test_what_is_committed_stays(photo_editor: User, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        print_renditions(upload(photo_editor))
    connection.run_on_commit.clear()  # as after a commit
    gc.collect()
    assert len(files(media)) == 10 + 9


def test_a_refused_file_never_becomes_a_photo(photo_editor: User, media: Path) -> None:
    with pytest.raises(NotAPicture):
        upload_photo(io.BytesIO(b"not a picture"), by=photo_editor, name="Nothing")
    assert not Photo.objects.exists()
    assert not files(media)


def test_the_desk_sees_the_picture_and_no_cache_keeps_it(desk: Client, photo_editor: User) -> None:
    photo = upload(photo_editor)
    for asked, given in ((96, 480), (800, 800), (5000, 1000)):
        response = desk.get(photo.get_preview_url(asked))
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Last-Modified" not in response.headers
        assert Image.open(io.BytesIO(b"".join(response.streaming_content))).width == given
    assert desk.get(reverse("photos:preview", args=[photo.pk + 1, 96])).status_code == 404


def test_whoever_may_not_see_photos_sees_none(client: Client, photo_editor: User) -> None:
    photo = upload(photo_editor)
    assert client.get(photo.get_preview_url(96)).status_code == 302
    stranger = User.objects.create_user("stranger", password="a long enough one", is_staff=True)
    client.force_login(stranger)
    assert client.get(photo.get_preview_url(96)).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403


def test_each_printing_has_names_of_its_own(photo_editor: User, media: Path) -> None:
    photo = upload(photo_editor)
    first, second = print_renditions(photo), print_renditions(photo)
    assert len(first) == len(second) == 9
    assert not {each.name for each in first} & {each.name for each in second}
    assert not {each.name for each in first} & set(photo.renditions.values_list("name", flat=True))
    assert [each.sha256 for each in first] == [each.sha256 for each in second]
    for each in first:
        path = media / "public" / "printed" / each.name
        assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_mtime) == (0o644, storing.NO_TIME)
        assert path.suffix == f".{each.format}"
    assert stat.S_IMODE((media / "public" / "printed").stat().st_mode) == 0o711
    discard([each.name for each in first])
    assert len(list((media / "public" / "printed").iterdir())) == 9
    assert all(rendition.path.exists() for rendition in photo.renditions.all())


def test_a_printing_that_fails_leaves_no_file(photo_editor: User, media: Path) -> None:
    photo = upload(photo_editor)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        print_renditions(photo)
        raise ZeroDivisionError
    assert len(files(media)) == 10


def test_a_picture_exchanged_behind_our_back_is_not_printed(photo_editor: User, media: Path) -> None:
    photo = upload(photo_editor)
    rendition = photo.renditions.first()
    rendition.path.write_bytes(b"another picture")
    with pytest.raises(PictureChanged):
        print_renditions(photo)
    rendition.path.unlink()
    with pytest.raises(PictureChanged):
        print_renditions(photo)
    photo.renditions.filter(pk=rendition.pk).delete()
    with pytest.raises(PictureChanged):
        print_renditions(photo)
    assert not list((media / "public" / "printed").iterdir())


def test_deleting_a_photo_takes_its_files_along(
    photo_editor: User, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    photo = upload(photo_editor)
    with django_capture_on_commit_callbacks(execute=True):
        delete_photo(photo)
        assert len(files(media)) == 10
    assert not files(media)
    assert not Rendition.objects.exists()


def test_deleting_through_the_desk(desk: Client, photo_editor: User) -> None:
    photo = upload(photo_editor)
    desk.post(reverse("admin:photos_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert not Photo.objects.exists()
