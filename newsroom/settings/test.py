"""The tests: the desk's apps as the desk's own role, on a clone of the migrated database (see tests/conftest.py)."""

import os

# Strict mode is tried by tests of its own, with variables of their own.
os.environ["NEWSROOM_PRODUCTION"] = "no"

from newsroom import databases
from newsroom.databases import Address
from newsroom.settings.base import storages
from newsroom.settings.desk import *  # noqa: F403 - settings are inherited whole, as Django's are

# The fixtures fill in where the worker's clone is; no connection is kept, so that a clone can be dropped.
DATABASES = {"default": databases.as_django(Address("nobody", "", "", "", "none"), "desk", pooled=False)}

STORAGES = storages("django.contrib.staticfiles.storage.StaticFilesStorage")
# Argon2 takes its time by design; a test's account guards nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Neither does a test's number.
NUMBER_FINGERPRINT_COST = 4
