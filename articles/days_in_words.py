"""Which day a text speaks of, where it names one: 12 May, 2026-05-12, 5월 12일, yesterday.

A month or "in spring" is no day. Without a year it is the last such day that was not after the text was written; a day
that is told from the writer's own ("yesterday") is counted back from then.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENGLISH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<month2>{_MONTH})\b\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:|,?\d)(?:,? (?P<year2>\d{{4}}))?",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"(?:(?P<year>\d{4})년 ?)?(?P<month>\d{1,2})월 ?(?P<day>\d{1,2})일"
    r"|(?P<span>지난달|이달|이번 ?달) ?(?P<day2>\d{1,2})일"
)
_DIGITS = re.compile(r"(?<!\d)(?P<year>\d{4})(?:-|\. ?|/)(?P<month>\d{1,2})(?:-|\. ?|/)(?P<day>\d{1,2})(?!\d)")
# How many days before the writing.
_BACK = {
    r"\b(?:today|this morning|this afternoon|this evening|tonight)\b|(?<![가-힣])오늘|오늘 ?(?:새벽|아침|밤)": 0,
    r"\b(?:yesterday|last night)\b|(?<![가-힣])(?:어제|어젯밤|간밤|지난밤)": 1,
    r"\bthe day before yesterday\b|(?<![가-힣])(?:그제|그저께|엊그제)": 2,
}
_BACK_FROM = [(re.compile(words, re.IGNORECASE), days) for words, days in _BACK.items()]


def days_in(text: str, written: dt.date) -> set[dt.date]:
    """The days that a text names, as whoever wrote it on that day meant them."""
    days = set(_named(text, written))
    for words, back in _BACK_FROM:
        if words.search(text) and not (back == 1 and "day before yesterday" in text.lower()):
            days.add(written - dt.timedelta(days=back))
    return days


def _named(text: str, written: dt.date) -> Iterator[dt.date]:
    for found in _DIGITS.finditer(text):
        yield from _day(int(found["year"]), int(found["month"]), int(found["day"]))
    for found in _ENGLISH.finditer(text):
        month = MONTHS[(found["month"] or found["month2"]).lower()]
        yield from _last(found["year"] or found["year2"], month, int(found["day"] or found["day2"]), written)
    for found in _KOREAN.finditer(text):
        if found["span"]:
            first = written.replace(day=1)
            within = first if found["span"] != "지난달" else first - dt.timedelta(days=1)
            yield from _day(within.year, within.month, int(found["day2"]))
        else:
            yield from _last(found["year"], int(found["month"]), int(found["day"]), written)


def _last(year: str | None, month: int, day: int, written: dt.date) -> Iterator[dt.date]:
    """Of a year that is not said, the last one in which the day was there."""
    if year:
        yield from _day(int(year), month, day)
        return
    for candidate in (written.year, written.year - 1):
        for found in _day(candidate, month, day):
            if found <= written:
                yield found
                return


def _day(year: int, month: int, day: int) -> Iterator[dt.date]:
    try:
        yield dt.date(year, month, day)
    except ValueError:
        return
