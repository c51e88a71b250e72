"""Where the desk keeps papers that no reader may see."""

import uuid

from django.db import models

from staff.private_folder import PrivateFolder


def private_store() -> PrivateFolder:
    """A function, so that no migration tells how papers are kept."""
    return PrivateFolder()


def random_name(instance: models.Model, filename: str) -> str:
    """A random name without extension: a file's own name can tell who sent it."""
    return f"documents/{uuid.uuid4().hex}"
