"""A page that fails inside the sources' room tells nothing of whom it was about: not on the screen, in a log or a mail."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.debug import technical_500_response

from newsroom.logs import PlainFormatter
from sources.models import Source
from tests.factories import Desk

pytestmark = pytest.mark.django_db
SECRET = "Kim Sonhwa of unit 4415"
TYPED = "somebody typed +850 191 234"
LOCAL = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def _fails(request: HttpRequest, pk: int) -> HttpResponse:
    """A view of the sources' room with a secret in hand, in the middle of a query."""
    name = SECRET
    secrets = {"alias": name, "form": request.POST.copy()}
    Source.objects.filter(alias=name).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [name])
        if pk == 1:
            raise ValueError(f"what is {name}?", secrets)
        # The database quotes the row that it refuses.
        cursor.execute("INSERT INTO sources_place (name_en, name_ko, kind) VALUES (%s, %s, 'city')", [name, name])
    return HttpResponse(secrets)


urlpatterns = [path("desk/fails/<int:pk>/", _fails), path("", include("newsroom.desk_urls"))]
handler403 = "staff.refusals.forbidden"
handler500 = "staff.refusals.failed"


@pytest.fixture
def everything_logged(settings) -> Iterator[io.StringIO]:
    """What a handler at DEBUG on every logger writes, with our formatter and with Django's mails to the administrators."""
    settings.ADMINS, settings.MAILERS = ["admin@paper.example"], LOCAL
    mail.outbox = []
    log = io.StringIO()
    ours = logging.StreamHandler(log)
    ours.setFormatter(PlainFormatter())
    ours.setLevel(logging.DEBUG)
    from django.utils.log import AdminEmailHandler

    told = AdminEmailHandler(include_html=True)
    told.setLevel(logging.DEBUG)
    loggers = [
        logging.getLogger(name) for name in ("", "django", "django.request", "django.security", "django.db.backends")
    ]
    before = [(logger, logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.handlers = [ours, told] if logger.name in ("", "django.request") else [ours]
        logger.propagate = False
    yield log
    for logger, level, propagate, handlers in before:
        logger.setLevel(level)
        logger.propagate, logger.handlers = propagate, handlers


def ask(desk: Desk, pk: int) -> str:
    client = Client(raise_request_exception=False)
    client.force_login(desk.reporter)
    answer = client.post(f"/desk/fails/{pk}/?alias={SECRET}", {"alias": SECRET, "note": TYPED})
    assert answer.status_code == 500
    return answer.text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("pk", [1, 2], ids=["an error of ours", "a refusal of the database"])
@pytest.mark.parametrize("debug", [False, True], ids=["as it runs", "with DEBUG"])
def test_a_failing_view_tells_no_value(settings, everything_logged, pk, debug):
    settings.DEBUG = debug
    desk = Desk()
    # Statements are kept and logged where DEBUG is on.
    connection.force_debug_cursor = debug
    try:
        page = ask(desk, pk)
    finally:
        connection.force_debug_cursor = False
    log = everything_logged.getvalue()
    assert "ValueError" in log or "IntegrityError" in log
    mails = "\n".join(f"{m.subject}\n{m.body}\n{m.alternatives}" for m in mail.outbox)
    assert mail.outbox
    for told in (log, mails):
        assert SECRET not in told and TYPED not in told and "alias=" not in told
    if debug:
        # Django's own page of an error, which shows where it failed and nothing of with what.
        assert "_fails" in page and SECRET not in page and TYPED not in page
    else:
        # What she typed is hers: it comes back to be sent again. What the code held is not in it.
        assert TYPED in page and "unit 4415?" not in page and "ValueError" not in page


def test_djangos_page_of_an_error_shows_no_variable(settings, rf):
    settings.DEBUG = True
    Desk()
    request = rf.post(f"/desk/fails/1/?alias={SECRET}", {"alias": SECRET}, headers={"cookie": f"a={SECRET}"})
    try:
        _fails(request, 1)
    except ValueError as error:
        for accept in ("text/html", "text/plain"):
            request.META["HTTP_ACCEPT"] = accept
            told = technical_500_response(request, type(error), error, error.__traceback__).text
            assert "test_what_a_failure_tells" in told
            assert SECRET not in told


def test_a_line_of_the_log_says_where_and_nothing_of_what(everything_logged):
    desk = Desk()
    source = desk.source(alias="silver heron")
    logging.getLogger("django.db.backends").debug("(0.001) SELECT %s; args=(%s)", SECRET, SECRET, extra={"sql": SECRET})
    logging.getLogger("django.security.DisallowedHost").error("Invalid header: %s", SECRET)
    logging.getLogger("sources").error("could not seal\n%s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("sources.sealing").exception("failed for #%s", source.pk)
    log = everything_logged.getvalue()
    assert "ValueError" in log and SECRET not in log


def test_statements_are_not_logged_at_any_level(everything_logged, settings):
    settings.DEBUG = True
    connection.force_debug_cursor = True
    try:
        Source.objects.filter(alias=SECRET).exists()
    finally:
        connection.force_debug_cursor = False
    assert SECRET not in everything_logged.getvalue()
