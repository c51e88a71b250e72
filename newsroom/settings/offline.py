"""A keeper's own machine: no database, no secret of the desk, no network. For `manage.py keeper` alone."""

import secrets

from newsroom.settings import environment

SECRET_KEY = secrets.token_urlsafe(48)
INSTALLED_APPS = [
    "newsroom",
    "staff",
    "sources",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
]
AUTH_USER_MODEL = "staff.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES: dict[str, dict[str, str]] = {}

LANGUAGE_CODE = environment.text("NEWSROOM_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("ko", "한국어")]
LOCALE_PATHS = [environment.PROJECT / "locale"]
USE_I18N = USE_TZ = True
LOGGING_CONFIG = None

# Given with the command, from a file, where fingerprints are made anew.
FINGERPRINT_KEY = ""
# As the desk's.
NUMBER_FINGERPRINT_COST = 14
