"""Dates and hours as a reader is told them, in the language of the page."""

import datetime

from django.utils import dateformat, timezone
from django.utils.translation import get_language

# How each language writes a date: month by name in English, largest part first in Korean.
_FORMATS = {
    "en": {"weekday": "l, j F Y", "day": "j F Y", "month": "F Y", "year": "Y", "moment": "j F Y, H:i T"},
    "ko": {
        "weekday": "Y년 n월 j일 l",
        "day": "Y년 n월 j일",
        "month": "Y년 n월",
        "year": "Y년",
        "moment": "Y년 n월 j일 H:i T",
    },
}


def moment(at: datetime.datetime) -> str:
    """An hour with its zone: "5 May 2026, 14:30 KST"."""
    return dateformat.format(timezone.localtime(at), _format("moment"))


def weekday(date: datetime.date) -> str:
    """A day with its name: "Tuesday, 5 May 2026"."""
    return dateformat.format(date, _format("weekday"))


def told(date: str | datetime.date) -> str:
    """A date as precisely as it is given: "2026-05-05" a day, "2026-05" a month, "2026" a year. A moment is its day here."""
    if isinstance(date, datetime.datetime):
        date = timezone.localdate(date)
    if isinstance(date, datetime.date):
        return dateformat.format(date, _format("day"))
    precision = ("year", "month", "day")[min(date.count("-"), 2)]
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    return dateformat.format(datetime.date(year, month, day), _format(precision))


def _format(what: str) -> str:
    language = (get_language() or "en").partition("-")[0]
    return _FORMATS.get(language, _FORMATS["en"])[what]
