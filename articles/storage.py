"""Where the desk keeps papers that no reader may see."""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models


class Papers(FileSystemStorage):
    """The private folder, as the settings say it at the moment; nothing in it has an address."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> Path:
        return Path(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return str(self.base_location.absolute())

    def url(self, name: str | None) -> str:
        raise ValueError("A paper of the desk has no address.")


def private_store() -> Storage:
    """A function, so that no migration tells how papers are kept."""
    return Papers()


def random_name(instance: models.Model, filename: str) -> str:
    """A random name without extension: a file's own name can tell who sent it."""
    return f"documents/{uuid.uuid4().hex}"
