"""What the desk and the site have in common. Nothing here names an app of either."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom import data_folder, databases
from newsroom.databases import House
from newsroom.settings import environment
from newsroom.settings.environment import WrongSetting

BASE_DIR = environment.PROJECT


def strict(house: House) -> bool:
    """Whether this is a real newsroom: then secrets must be given and cookies are secure."""
    return environment.yes("NEWSROOM_PRODUCTION", bool(environment.given(databases.VARIABLE[house])))


def secret_key(name: str, *, production: bool) -> str:
    """A side's own key: given, or on a laptop made once."""
    value = environment.given(name)
    if value:
        return value
    if production:
        raise environment.needed(name)
    return data_folder.secret(name)


def hosts(name: str, *, production: bool) -> list[str]:
    """The host names that a side answers to."""
    value = environment.names(name)
    if value:
        if "*" in value:
            raise WrongSetting(f"{name} must list host names; a star would answer to forged ones.")
        return value
    if production:
        raise environment.needed(name)
    return ["localhost", "127.0.0.1", "[::1]"]


def static_root(house: House) -> Path:
    """Where a side's style sheets and scripts are gathered."""
    given = environment.given("STATIC_ROOT")
    return environment.folder("STATIC_ROOT", Path(given)) if given else data_folder.private_folder(f"static/{house}")


def storages(backend: str) -> dict[str, dict[str, Any]]:
    """Django's default storage is never used: media have rooms of their own."""
    return {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": backend},
    }


def templates(*processors: str) -> list[dict[str, Any]]:
    """Templates of the project first, then those of the apps."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [BASE_DIR / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [*processors]},
        }
    ]


DEBUG = environment.yes("NEWSROOM_DEBUG", default=False)

LANGUAGE_CODE = environment.text("NEWSROOM_LANGUAGE", "en")
LANGUAGES = [("en", _("English")), ("ko", _("Korean"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# Both languages with 24 hours, and English day first, as the paper prints dates.
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = environment.time_zone("NEWSROOM_TIME_ZONE", "Asia/Seoul")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ADDRESS = environment.web_address("SITE_ADDRESS", "http://127.0.0.1:8000")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
# Responses carry no header that lets any other website read them.
WHITENOISE_ALLOW_ALL_ORIGINS = False

PUBLIC_MEDIA_ROOT = environment.folder("PUBLIC_MEDIA_ROOT", data_folder.path() / "public")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.yes("NEWSROOM_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# An error page or report shows no value of ours, whoever asks for it.
DEFAULT_EXCEPTION_REPORTER_FILTER = "newsroom.logs.SilentFilter"
DEFAULT_EXCEPTION_REPORTER = "newsroom.logs.SilentReporter"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "newsroom.logs.PlainFormatter"},
        "json": {"()": "newsroom.logs.JsonFormatter"},
    },
    "handlers": {
        "log": {"class": "logging.StreamHandler", "formatter": environment.text("NEWSROOM_LOG", "plain")},
        "nothing": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["log"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["log"], "level": "INFO", "propagate": False},
        # A warning of these two quotes what a reader asked for; only our own failures are kept.
        "django.request": {"handlers": ["log"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["log"], "level": "ERROR", "propagate": False},
        # It would write statements with their values.
        "django.db.backends": {"handlers": ["nothing"], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": ["nothing"], "level": "ERROR", "propagate": False},
        # It would tell which passkey was used.
        "fido2": {"handlers": ["nothing"], "level": "CRITICAL", "propagate": False},
        # The pool's warnings tell that the server is away; their text holds no row.
        "psycopg.pool": {"handlers": ["log"], "level": "WARNING", "propagate": False},
    },
}
