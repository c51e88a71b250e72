"""A log that could be handed to anyone tells where the code failed, and nothing of what was in it."""

import json
import logging

import psycopg
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.debug import ExceptionReporter

from newsroom.logs import JsonFormatter, PlainFormatter, SilentFilter

SECRET = "grey heron"


def failing(request: object) -> HttpResponse:
    name = SECRET
    raise ValueError(f"what is {name}?")


urlpatterns = [path("failing", failing)]


@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize("formatter", [JsonFormatter(), PlainFormatter()])
def test_a_failed_request_leaves_no_trace_of_who_asked_for_what(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, formatter: logging.Formatter
) -> None:
    monkeypatch.setattr(logging.getLogger("django.request"), "propagate", True)
    monkeypatch.setattr("django.conf.settings.MIDDLEWARE", [])
    client = Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Netscape")
    client.cookies["desk"] = "cookie-value"
    client.post("/failing?alias=heron", {"alias": SECRET})
    line = "\n".join(formatter.format(record) for record in caplog.records if record.levelno >= logging.ERROR)
    assert "ValueError" in line
    assert "test_logs.py" in line
    for told in (SECRET, "heron", "192.0.2.7", "Netscape", "cookie-value", "/failing"):
        assert told not in line


def test_a_refusal_of_the_database_is_a_code(committed_db: str, desk_sql: psycopg.Connection) -> None:
    record = logging.LogRecord("newsroom", logging.ERROR, __file__, 1, "no", (), None)
    try:
        desk_sql.execute("SELECT %s::int", [SECRET])
    except psycopg.Error as error:
        record.exc_info = (type(error), error, error.__traceback__)
    told = json.loads(JsonFormatter().format(record))
    assert told["error"].split()[-1] == "22P02"
    assert SECRET not in json.dumps(told)


def test_only_the_first_line_of_a_message_is_kept() -> None:
    record = logging.LogRecord("newsroom", logging.INFO, __file__, 1, f"refused\nDETAIL: ({SECRET})", (), None)
    assert SECRET not in PlainFormatter().format(record)


def test_djangos_own_report_holds_no_value() -> None:
    request = RequestFactory().post("/x", {"alias": SECRET}, headers={"cookie": f"a={SECRET}"})
    try:
        failing(request)
    except ValueError as error:
        reporter = ExceptionReporter(
            request, type(error), error.with_traceback(error.__traceback__), error.__traceback__
        )
    reporter.filter = SilentFilter()
    data = reporter.get_traceback_data()
    assert all(not frame["vars"] for frame in data["frames"])
    assert not data["filtered_POST_items"]
    assert not data["settings"]
    assert not data["request_meta"]
