"""A reporter destroys the file as the camera made it; the photo stays, on the desk and in print."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image

from photos.destroying import MayNotDestroy, destroy_original
from photos.models import DestroyedOriginal, Photo
from photos.printing import print_renditions
from photos.uploading import delete_photo, upload_photo
from staff.models import User
from tests.desks import at_once, at_the_desk
from tests.factories import StaffFactory


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT, settings.PUBLIC_MEDIA_ROOT = tmp_path / "private", tmp_path / "public"
    return tmp_path


def uploaded(by: User) -> Photo:
    body = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(body, "JPEG", comment=b"Kim Planted")
    return upload_photo(body, by=by, name="The market")


def page(photo: Photo) -> str:
    return reverse("admin:photos_photo_change", args=[photo.pk])


def destruction(photo: Photo) -> str:
    return reverse("photos:original_destruction", args=[photo.pk])


@pytest.mark.django_db
def test_it_works(media: Path) -> None:
    reporter = StaffFactory()
    photo, desk = uploaded(reporter), at_the_desk(reporter)
    assert "Destroy the original…" in desk.get(page(photo)).text
    answer = desk.post(destruction(photo), follow=True)
    assert "The original is destroyed." in answer.text
    assert f"Destroyed by {reporter}" in answer.text
    assert "Destroy the original" not in answer.text
    assert list((media / "private" / "originals").iterdir()) == []
    gone = DestroyedOriginal.objects.get()
    assert (gone.photo_id, gone.by) == (photo.pk, reporter)


@pytest.mark.django_db
def test_the_photo_stays_as_it_is_and_is_printed(media: Path) -> None:
    reporter = StaffFactory()
    photo = uploaded(reporter)
    before = [each.path.read_bytes() for each in photo.renditions.all()]
    destroy_original(photo, by=reporter)
    photo = Photo.objects.get()
    assert [each.path.read_bytes() for each in photo.renditions.all()] == before
    assert len(print_renditions(photo)) == len(before)
    assert at_the_desk(reporter).get(photo.get_preview_url(480)).status_code == 200
    delete_photo(photo)
    assert DestroyedOriginal.objects.count() == 1


@pytest.mark.django_db
def test_a_photo_editor_may_and_a_colleague_may_not(media: Path) -> None:
    photo = uploaded(StaffFactory())
    colleague, photo_editor = StaffFactory(), StaffFactory(roles=["photo editor"])
    desk = at_the_desk(colleague)
    assert "Destroy the original…" not in desk.get(page(photo)).text
    answer = desk.post(destruction(photo), follow=True)
    assert "Whoever uploaded a photo, or a photo editor" in answer.text
    with pytest.raises(MayNotDestroy):
        destroy_original(photo, by=colleague)
    assert photo.keeps_its_original
    assert at_the_desk(StaffFactory(roles=["moderator"])).post(destruction(photo)).status_code == 403
    assert destroy_original(photo, by=photo_editor)
    assert not photo.keeps_its_original


@pytest.mark.django_db
def test_only_a_press_of_the_button_does_it() -> None:
    reporter = StaffFactory()
    photo, desk = uploaded(reporter), at_the_desk(reporter)
    assert desk.get(destruction(photo)).status_code == 405
    assert desk.post(reverse("photos:original_destruction", args=[photo.pk + 1])).status_code == 404
    assert photo.keeps_its_original


def test_two_who_press_at_once_do_it_once(committed_db: str) -> None:
    reporter = StaffFactory()
    photo = uploaded(reporter)
    first, second = at_the_desk(reporter), at_the_desk(reporter)
    answers = at_once(*((desk, destruction(photo), {}) for desk in (first, second, first)))
    assert {answer.status_code for answer in answers} == {302}
    assert DestroyedOriginal.objects.count() == 1
    assert not photo.keeps_its_original


@pytest.mark.django_db
def test_a_file_that_was_lost_is_not_called_destroyed() -> None:
    reporter = StaffFactory()
    photo, desk = uploaded(reporter), at_the_desk(reporter)
    Path(photo.original.path).unlink()
    assert "nobody has said that it was destroyed" in desk.get(page(photo)).text
    desk.post(destruction(photo))
    assert f"Destroyed by {reporter}" in desk.get(page(photo)).text


@pytest.mark.django_db
def test_a_file_that_cannot_be_removed_is_not_called_destroyed(monkeypatch: pytest.MonkeyPatch) -> None:
    reporter = StaffFactory()
    photo, desk = uploaded(reporter), at_the_desk(reporter)

    def refuse(path: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "unlink", refuse)
    answer = desk.post(destruction(photo), follow=True)
    assert "The file can’t be removed" in answer.text
    assert "Destroyed by" not in answer.text
    assert not DestroyedOriginal.objects.exists()


@pytest.mark.django_db
def test_it_is_gone_after_a_power_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    reporter = StaffFactory()
    photo = uploaded(reporter)
    assert destroy_original(photo, by=reporter)
    assert len(flushed) == 1
    assert not destroy_original(photo, by=reporter)


@pytest.mark.django_db
def test_who_destroyed_it_stays_on_record() -> None:
    reporter = StaffFactory()
    destroy_original(uploaded(reporter), by=reporter)
    for change in (DestroyedOriginal.objects.all().delete, lambda: DestroyedOriginal.objects.update(by=StaffFactory())):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()
