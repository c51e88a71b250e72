"""Destroy the file as the camera made it, once its pixels are all that the desk needs."""

import os
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from photos import storing
from photos.models import DestroyedOriginal, Photo
from staff.models import User


class MayNotDestroy(Exception):
    """This person may not destroy this original; the message says who may."""

    code = "not-allowed"

    def __str__(self) -> str:
        return _("Whoever uploaded a photo, or a photo editor, destroys its original.")


def may_destroy_original(photo: Photo, *, by: User) -> bool:
    """The one who brought it, for whom its place and hour may be a danger, and whoever may delete the photo whole."""
    return by.has_perm("photos.delete_photo") or (by.pk == photo.uploaded_by_id and by.has_perm("photos.change_photo"))


def destroy_original(photo: Photo, *, by: User) -> bool:
    """Take the original away for good and write down who did; False if it was gone already.

    Raises `MayNotDestroy`. The row is written first and the file goes last, so that the desk never says of a file
    that still lies there that it is destroyed. Backups that were made before still hold it.
    """
    if not may_destroy_original(photo, by=by):
        raise MayNotDestroy
    path = Path(photo.original.path)
    with transaction.atomic():
        Photo.objects.select_for_update().get(pk=photo.pk)
        DestroyedOriginal.objects.get_or_create(photo=photo, defaults={"by": by})
        was_there = path.exists()
        storing.remove([path])
        if was_there:
            _for_good(path.parent)
    return was_there


def _for_good(folder: Path) -> None:
    """Or a power cut might bring the file back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
