"""Take a picture in: cleaned before anything of it is kept."""

import contextlib
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction

from photos import storing
from photos.cleaning import CleanPicture, clean
from photos.models import Photo, Rendition
from staff.models import User


def upload_photo(file: BinaryIO, *, by: User, **words: Any) -> Photo:
    """Clean a file and keep it as a photo; `words` are the photo's own fields (name, credit, …).

    Raises `cleaning.PictureRefused` for a file that we don't take.
    """
    return keep_photo(Photo(**words), file, clean(file), by=by)


def keep_photo(photo: Photo, file: BinaryIO, picture: CleanPicture, *, by: User) -> Photo:
    """Store a cleaned picture under a new photo: the original privately, the renditions publicly.

    All of it or nothing: the files go again if the transaction (the caller's too) is rolled back.
    """
    photo.uploaded_by = by
    photo.width, photo.height = picture.width, picture.height
    photo.content_hash = picture.content_hash
    paths: list[Path] = []
    try:
        file.seek(0)
        photo.original.save("", File(file), save=False)
        paths.append(Path(photo.original.path))
        renditions = []
        for each in picture.renditions:
            rendition = Rendition(
                photo=photo,
                format=each.format,
                width=each.width,
                height=each.height,
                name=storing.new_name(each.format),
                sha256=each.sha256,
                size=len(each.body),
            )
            paths.append(rendition.path)
            storing.write(rendition.path, each.body)
            renditions.append(rendition)
        with transaction.atomic():
            photo.save(force_insert=True)
            for rendition in renditions:
                rendition.photo = photo
            Rendition.objects.bulk_create(renditions)
    except BaseException:
        storing.remove(paths)
        raise
    storing.keep_if_committed(paths)
    return photo


def delete_photo(photo: Photo) -> None:
    """Destroy a photo that no story uses: the row now, every file of it at commit.

    Raises `ProtectedError` while a figure shows it.
    """
    paths = [each.path for each in photo.renditions.all()]
    with contextlib.suppress(ValueError):  # an original that was destroyed already
        paths.append(Path(photo.original.path))
    with transaction.atomic():
        photo.delete()
        transaction.on_commit(lambda: storing.remove(paths))
