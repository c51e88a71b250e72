"""A log that could be handed to anyone: what failed and where in the code, never what was in it.

No network address, cookie, query, form or user agent; no value of a row, and no message of an exception, for
messages quote what they choke on.
"""

import json
import logging
import traceback
from collections.abc import ItemsView
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import psycopg
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

# Loggers whose messages are statements with their values, or what somebody sent. They are off; somebody who turns one on
# to look for a fault does not thereby write sources into a file.
QUOTING = ("django.db", "django.security", "django.server", "django.template")


def described(error: BaseException) -> str:
    """An exception by its class, and a database's by its code and the constraint that refused."""
    name = type(error).__qualname__
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    if isinstance(cause, psycopg.Error):
        diagnosis = [cause.sqlstate or "", cause.diag.constraint_name or "", cause.diag.table_name or ""]
        return " ".join(part for part in [name, *diagnosis] if part)
    return name


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What of a record may be written."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name.startswith("django.request"):
        # Its message is the address that was asked for.
        message = f"answered {getattr(record, 'status_code', 500)}"
    elif record.name.startswith(QUOTING):
        message = "(not written: its messages quote values)"
    else:
        message = record.getMessage().split("\n", 1)[0]
    content: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="seconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": message,
    }
    if error is not None:
        content["error"] = described(error)
        content["at"] = _frames(error.__traceback__)
    return content


class JsonFormatter(logging.Formatter):
    """One object a line, for a machine."""

    def format(self, record: logging.LogRecord) -> str:
        """The record in JSON."""
        return json.dumps(told(record), ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """One line an event, and below it where in the code it failed."""

    def format(self, record: logging.LogRecord) -> str:
        """The record for somebody who reads."""
        content = told(record)
        line = f"{content['time']} {content['level']} {content['logger']}: {content['message']}"
        if "error" not in content:
            return line
        return "\n    ".join([f"{line}: {content['error']}", *content["at"]])


class SilentFilter(SafeExceptionReporterFilter):
    """Leaves nothing in Django's error reports but the names of the code's places."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, with DEBUG as well."""
        return True

    def get_safe_settings(self) -> dict[str, Any]:
        """No settings."""
        return {}

    def get_safe_request_meta(self, request: HttpRequest | None) -> dict[str, Any]:
        """No headers, no address."""
        return {}

    def get_safe_cookies(self, request: HttpRequest | None) -> dict[str, Any]:
        """No cookies."""
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """No form."""
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:
        """No variables."""
        return {}.items()


class SilentReporter(ExceptionReporter):
    """Django's report of an error, on the screen or in a mail, without what was asked for and what the error says.

    A message quotes what it chokes on, an address what somebody searched for, a hint the letters beside a wrong one.
    """

    def __init__(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None, *args, **kwargs)

    def get_traceback_data(self) -> dict[str, Any]:
        """What failed and where in the code."""
        data = super().get_traceback_data()
        for frame in data["frames"]:
            cause = frame.get("exc_cause")
            frame["exc_cause"] = described(cause) if isinstance(cause, BaseException) else ""
        told = described(self.exc_value) if self.exc_value else ""
        return {**data, "unicode_hint": "", "exception_value": told, "exception_notes": "", "template_info": None}
