"""Every setting that is read from the environment: name, kind, default, meaning and who needs it.

The table in docs/settings.md is written from this list (`manage.py document_settings`). A value that is missing
or wrong stops the start with one sentence.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

Kind = Literal[
    "text", "yes or no", "number", "list", "folder", "database", "web address", "mail server", "time zone", "choice"
]

PROJECT = Path(__file__).resolve().parent.parent.parent


class WrongSetting(ImproperlyConfigured):
    """A variable of the environment is missing or can't be understood; the message is the whole explanation."""


@dataclass(frozen=True)
class Variable:
    """One variable of the environment, as the guide for whoever runs the house tells it."""

    name: str
    kind: Kind
    default: str
    meaning: str
    who: str
    choices: tuple[str, ...] = ()


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "database",
        "the embedded database",
        "The desk's database, as the role newsroom_desk. For `make demo` and `make test` it may be given alone, as an "
        "administrator's: roles and databases are then made on that server.",
        "desk",
    ),
    Variable(
        "OWNER_DATABASE_URL",
        "database",
        "the embedded database",
        "The same database as the role newsroom_owner, for migrations only. Never given to a running house.",
        "migrations",
    ),
    Variable(
        "SITE_DATABASE_URL",
        "database",
        "the embedded database",
        "The same database, or a replica, as the role newsroom_site.",
        "site",
    ),
    Variable(
        "DESK_SECRET_KEY",
        "text",
        "made once and kept in the data folder; must be given in production",
        "Encrypts the desk's sessions and the secrets of authenticator apps, and signs forms. At least 50 random characters. "
        "With a new one everybody logs in again, by passkey or recovery code, and sets up the app anew.",
        "desk",
    ),
    Variable(
        "FINGERPRINT_KEY",
        "text",
        "made once and kept in the data folder; must be given in production",
        "Under it protected terms are known again (docs/running-the-server.md). At least 50 random characters; never the "
        "site's, never beside a backup of the database. Terms kept under another key are found no more.",
        "desk",
    ),
    Variable(
        "SITE_SECRET_KEY",
        "text",
        "made once and kept in the data folder; must be given in production",
        "Signs what the site hands out. Not the desk's key.",
        "site",
    ),
    Variable(
        "DESK_HOSTS",
        "list",
        "localhost and 127.0.0.1; must be given in production",
        "Host names that the desk answers to, with commas between them.",
        "desk",
    ),
    Variable(
        "SITE_HOSTS",
        "list",
        "localhost and 127.0.0.1; must be given in production",
        "Host names that the site answers to, with commas between them.",
        "site",
    ),
    Variable(
        "SITE_ADDRESS",
        "web address",
        "http://127.0.0.1:8000",
        "Where readers find the paper: in feeds, the sitemap and the desk's links to printed pages.",
        "both",
    ),
    Variable(
        "DESK_ADDRESS",
        "web address",
        "http://localhost:8001; in production the first of DESK_HOSTS",
        "Where staff and guests find the desk, by a host name and never a number: a passkey is good for this name alone, so a new "
        "name asks everybody for a new passkey.",
        "desk",
    ),
    Variable(
        "NEWSROOM_MAIL_URL",
        "mail server",
        "none: nobody is told by e-mail",
        "The server that takes the desk's e-mail: smtps://user:password@mail.example (TLS, port 465), smtp:// (STARTTLS, "
        "port 587), or smtp+plain://localhost (no encryption, on this machine alone). Signs in user and password are "
        "written as %40 for @.",
        "desk",
    ),
    Variable(
        "NEWSROOM_MAIL_FROM",
        "text",
        "desk@ and the mail server's name",
        "The sender of the desk's e-mail.",
        "desk",
    ),
    Variable(
        "NEWSROOM_PRODUCTION",
        "yes or no",
        "yes when the side's database is given, no with the embedded one",
        "Strict mode: secrets and host names must be given, cookies are secure, HTTPS is required.",
        "both",
    ),
    Variable(
        "NEWSROOM_SECOND_FACTOR",
        "yes or no",
        "as NEWSROOM_PRODUCTION",
        "Staff log in with a passkey or an authenticator app beside their password, and set one up before anything else "
        "opens. `no` is for a laptop, and refused in strict mode.",
        "desk",
    ),
    Variable(
        "NEWSROOM_HTTPS",
        "yes or no",
        "as NEWSROOM_PRODUCTION",
        "Readers and staff come by HTTPS. `no` only behind an onion service, which encrypts by itself.",
        "both",
    ),
    Variable(
        "NEWSROOM_PROXY",
        "yes or no",
        "no",
        "A proxy in front sets X-Forwarded-Proto, and strips it from what comes from outside.",
        "both",
    ),
    Variable(
        "NEWSROOM_TALK_DAYS",
        "number",
        "30",
        "So many days after a talk with a source its day fades to its month (`manage.py age_talks`).",
        "desk",
    ),
    Variable(
        "NEWSROOM_TALK_MONTHS",
        "number",
        "12",
        "So many whole months after the month of a talk nothing is kept of it any more but that there was one.",
        "desk",
    ),
    Variable(
        "NEWSROOM_HSTS_SECONDS",
        "number",
        "31536000",
        "How long browsers remember that there is HTTPS only.",
        "both",
    ),
    Variable(
        "NEWSROOM_SCREEN_LOCKS_AFTER_MINUTES",
        "number",
        "10",
        "After so many minutes without a key or a pointer a page of the desk covers itself and asks for the password; 0 "
        "for never.",
        "desk",
    ),
    Variable(
        "NEWSROOM_DEBUG",
        "yes or no",
        "no",
        "Django's error pages, which show everything. Refused in strict mode.",
        "developers",
    ),
    Variable(
        "NEWSROOM_LANGUAGE",
        "choice",
        "en",
        "The default edition, and the desk's language before somebody chooses one.",
        "both",
        ("en", "ko"),
    ),
    Variable(
        "NEWSROOM_TIME_ZONE",
        "time zone",
        "Asia/Seoul",
        "The hours that staff type and readers see.",
        "both",
    ),
    Variable(
        "NEWSROOM_LOG",
        "choice",
        "plain",
        "How the log is written. Either way it holds no address, no query, no form and no value of a row.",
        "both",
        ("plain", "json"),
    ),
    Variable(
        "NEWSROOM_DATA",
        "folder",
        ".data in the project",
        "Where the embedded database, made-up secrets and media are kept.",
        "both",
    ),
    Variable(
        "PRIVATE_MEDIA_ROOT",
        "folder",
        "private in the data folder",
        "Original pictures. The site must not be able to read this folder.",
        "desk",
    ),
    Variable(
        "PUBLIC_MEDIA_ROOT",
        "folder",
        "public in the data folder",
        "Renditions with random names: written by the desk, read by the site.",
        "both",
    ),
    Variable(
        "STATIC_ROOT",
        "folder",
        "static/desk or static/site in the data folder",
        "Style sheets and scripts, gathered by `manage.py collectstatic`.",
        "both",
    ),
    Variable(
        "NEWSROOM_POOL",
        "number",
        "8",
        "Most connections that one process keeps to the database.",
        "both",
    ),
    Variable(
        "PORT",
        "number",
        "8000",
        "The site's port under `make demo`; the desk takes the next one.",
        "demo",
    ),
    Variable(
        "NEWSROOM_BIND",
        "text",
        "127.0.0.1",
        "The network address on which `make demo` listens.",
        "demo",
    ),
    Variable(
        "CHROMIUM",
        "text",
        "chromium on the PATH",
        "The browser for the browser tests.",
        "tests",
    ),
)

BY_NAME: Mapping[str, Variable] = {variable.name: variable for variable in VARIABLES}

_YES = {"1", "yes", "true", "on"}
_NO = {"0", "no", "false", "off"}


def given(name: str) -> str:
    """What stands in the environment under a name of the list, or nothing; for secrets, see `secret`."""
    return os.environ.get(BY_NAME[name].name, "").strip()


def text(name: str, default: str = "") -> str:
    """A plain value; where the list names choices, one of them."""
    value = given(name) or default
    choices = BY_NAME[name].choices
    if choices and value not in choices:
        raise WrongSetting(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def yes(name: str, default: bool) -> bool:
    """A yes or a no, in the usual spellings."""
    value = given(name).lower()
    if not value:
        return default
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise WrongSetting(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number, not below zero."""
    value = given(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise WrongSetting(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def names(name: str) -> list[str]:
    """A list with commas."""
    return [part.strip() for part in given(name).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder; relative ones are meant from the project."""
    value = given(name)
    return (PROJECT / Path(value).expanduser()).resolve() if value else default


def web_address(name: str, default: str) -> str:
    """An address with http or https and no slash at its end."""
    value = given(name) or default
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise WrongSetting(f"{name} must be a web address such as https://paper.example, not {value!r}.")
    return value.rstrip("/")


# Scheme: (default port, options of Django's mailer).
MAIL_SCHEMES: Mapping[str, tuple[int, Mapping[str, bool]]] = {
    "smtps": (465, {"use_ssl": True}),
    "smtp": (587, {"use_tls": True}),
    "smtp+plain": (25, {}),
}
# No longer than this does an editor's act wait for a mail server that does not answer.
MAIL_PATIENCE_S = 5


def mail_server(name: str) -> dict[str, Any] | None:
    """The options of a mailer, or None where no server is named."""
    value = given(name)
    if not value:
        return None
    parts = urlsplit(value)
    try:
        port, options = MAIL_SCHEMES[parts.scheme]
        port = parts.port or port
    except (KeyError, ValueError):
        raise WrongSetting(f"{name} must be a mail server such as smtps://user:password@mail.example.") from None
    if not parts.hostname:
        raise WrongSetting(f"{name} must name a mail server, as in smtps://user:password@mail.example.")
    if parts.scheme == "smtp+plain" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise WrongSetting(f"{name} would send e-mail unencrypted to another machine. Use smtps:// or smtp://.")
    return {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": MAIL_PATIENCE_S,
        **options,
    }


def time_zone(name: str, default: str) -> str:
    """A time zone of the IANA list."""
    value = given(name) or default
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise WrongSetting(f"{name} must be a time zone such as Asia/Seoul, not {value!r}.") from None
    return value


def needed(name: str) -> WrongSetting:
    """The refusal to start without a variable that has no safe default."""
    variable = BY_NAME[name]
    return WrongSetting(f"{name} is missing. {variable.meaning}")
