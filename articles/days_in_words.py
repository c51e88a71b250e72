"""Which day a text speaks of, where it names one: 12 May, 2026-05-12, on Monday, three days ago, 5월 12일, 지난 12일, 사흘 전.

Without a year, or without a month, it is the last such day that was not after the text was written; a day that is told
from the writer's own ("yesterday") is counted back from then, and one that is told from another day ("two days earlier")
from each that the text names. A month or "in spring" is no day; ``months_in`` reads months.
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
    r"|(?P<span>지난 ?달|이달|이번 ?달) ?(?P<day2>\d{1,2})일"
)
_DIGITS = re.compile(r"(?<!\d)(?P<year>\d{4})(?:-|\. ?|/)(?P<month>\d{1,2})(?:-|\. ?|/)(?P<day>\d{1,2})(?!\d)")
# How many days before the writing.
_BACK = {
    r"\b(?:today|this morning|this afternoon|this evening|tonight)\b|(?<![가-힣])오늘|오늘 ?(?:새벽|아침|밤)"
    r"|(?<![가-힣])(?:금일|이날 ?(?:새벽|아침|오전|오후|밤))": 0,
    r"\b(?:yesterday|last night)\b|(?<![가-힣])(?:어제|어젯밤|간밤|지난밤|전일)": 1,
    r"\bthe day before yesterday\b|(?<![가-힣])(?:그제|그저께|엊그제)": 2,
    r"(?<![가-힣])(?:그끄제|그끄저께)": 3,
}
_BACK_FROM = [(re.compile(words, re.IGNORECASE), days) for words, days in _BACK.items()]

# The day alone: "지난 12일", "12일", "on the 12th". Of a count ("12일 동안", "12일 전") it is no day.
_DAY_ALONE = re.compile(
    r"(?<![\d.])(?<!월)(?<!월 )(?<!달)(?<!달 )(?P<ko>\d{1,2})일(?!\s?(?:간|동안|째|만에|전(?:에|부터|의|까지)?(?![가-힣])|앞서|뒤|후|이상|이하|이내|정도|가량|치|분|장|씩|여|밤))"
    r"|\b(?:on|of|by|since|until) the (?P<en>\d{1,2})(?:st|nd|rd|th)\b(?! (?:of (?!last month|this month)|centur|floor|annivers|birthday|congress))"
    r"(?P<last> of last month)?",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KOREAN_WEEKDAYS = "월화수목금토일"
_WEEKDAY = re.compile(
    rf"(?:\b(?P<last>last|the previous|past) )?\b(?P<en>{'|'.join(_WEEKDAYS)})\b(?!s\b)(?P<of> (?:of )?last week)?"
    rf"|(?:(?P<koweek>지난 ?주|저번 ?주)\s?|(?P<kolast>지난|저번) ?)?(?<![가-힣])(?:지난|저번)?(?P<ko>[{_KOREAN_WEEKDAYS}])요일",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a an single",
            "two couple",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
        ),
        start=1,
    )
    for word in words.split()
}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_AGO = re.compile(
    rf"\b(?:a )?{_COUNT} (?:of )?(?P<unit>days?|nights?|weeks?) (?P<way>ago|earlier|before|previously|later|after(?:wards)?)\b"
    r"|\bthe (?:day|night) (?P<next>before|after)\b(?! yesterday)|\b(?:the )?(?P<following>previous|next|following) day\b",
    re.IGNORECASE,
)
_NATIVE = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "여드레": 8,
    "아흐레": 9,
    "열흘": 10,
    "보름": 15,
    "일주일": 7,
    "한 주": 7,
    "한주": 7,
    "두 주": 14,
    "두주": 14,
    "이주일": 14,
}
_KOREAN_AGO = re.compile(
    rf"(?:(?<![가-힣])(?P<native>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})|(?<!\d)(?P<count>\d{{1,3}})(?P<unit>일|주일|주))"
    r"\s?(?P<way>전(?=(?:에|부터|의|까지)?(?![가-힣]))|앞서|뒤|후)"
    r"|(?<![가-힣])(?P<next>전날|이튿날|다음 ?날)"
)
_MONTHS_ALONE = re.compile(
    rf"\b(?:(?:in|since|by|until|of|from|late|early|mid-?) ?)+(?P<en>{_MONTH})\b(?! \d{{1,2}}\b(?!\d))\.?(?:,? (?P<year>\d{{4}}))?"
    rf"|\b(?P<en2>{_MONTH})\b,? (?P<year2>\d{{4}})"
    r"|(?:(?P<koyear>\d{4})년 ?)?(?<!\d)(?P<ko>\d{1,2})월(?! ?\d{1,2}일)"
    r"|(?P<lastmonth>\blast month\b|지난 ?달(?! ?\d))|(?P<thismonth>\bthis month\b|(?<![가-힣])(?:이달|이번 ?달)(?! ?\d))",
    re.IGNORECASE,
)


def days_in(text: str, written: dt.date) -> set[dt.date]:
    """The days that a text names, as whoever wrote it on that day meant them."""
    days = set(_named(text, written)) | set(_alone(text, written)) | set(_weekdays(text, written))
    for words, back in _BACK_FROM:
        if words.search(text) and not (back == 1 and "day before yesterday" in text.lower()):
            days.add(written - dt.timedelta(days=back))
    return days | set(_counted(text, written, frozenset(days)))


def months_in(text: str, written: dt.date) -> set[dt.date]:
    """The first days of the months that a text names without a day."""
    months = set()
    first = written.replace(day=1)
    for with_a_day in (_DIGITS, _ENGLISH, _KOREAN):
        text = with_a_day.sub("·", text)
    for found in _MONTHS_ALONE.finditer(text):
        if found["lastmonth"]:
            months.add((first - dt.timedelta(days=1)).replace(day=1))
        elif found["thismonth"]:
            months.add(first)
        else:
            english = found["en"] or found["en2"]
            month = MONTHS[english.lower()] if english else int(found["ko"])
            months.update(_last(found["year"] or found["year2"] or found["koyear"], month, 1, written))
    return months


def _named(text: str, written: dt.date) -> Iterator[dt.date]:
    for found in _DIGITS.finditer(text):
        yield from _day(int(found["year"]), int(found["month"]), int(found["day"]))
    for found in _ENGLISH.finditer(text):
        month = MONTHS[(found["month"] or found["month2"]).lower()]
        yield from _last(found["year"] or found["year2"], month, int(found["day"] or found["day2"]), written)
    for found in _KOREAN.finditer(text):
        if found["span"]:
            first = written.replace(day=1)
            within = first if not found["span"].startswith("지난") else first - dt.timedelta(days=1)
            yield from _day(within.year, within.month, int(found["day2"]))
        else:
            yield from _last(found["year"], int(found["month"]), int(found["day"]), written)


def _alone(text: str, written: dt.date) -> Iterator[dt.date]:
    """A day without its month: the last one of that number."""
    for found in _DAY_ALONE.finditer(text):
        number = int(found["ko"] or found["en"])
        first = written.replace(day=1)
        for back in range(3):
            day = next(_day(first.year, first.month, number), None)
            if day and day <= written and not (found["last"] and back == 0):
                yield day
                break
            first = (first - dt.timedelta(days=1)).replace(day=1)


def _weekdays(text: str, written: dt.date) -> Iterator[dt.date]:
    """The last such day: "on Monday" may be the very day, "last Monday" is not."""
    for found in _WEEKDAY.finditer(text):
        number = _KOREAN_WEEKDAYS.index(found["ko"]) if found["ko"] else _WEEKDAYS.index(found["en"].lower())
        if found["of"] or found["koweek"]:
            yield written - dt.timedelta(days=written.weekday() + 7 - number)
            continue
        back = (written.weekday() - number) % 7
        yield written - dt.timedelta(days=back or (7 if found["last"] or found["kolast"] else 0))


def _counted(text: str, written: dt.date, named: frozenset[dt.date]) -> Iterator[dt.date]:
    """Days told by their distance: from the writing ("ago"), or from a day that the text names ("two days earlier")."""
    for found in _AGO.finditer(text):
        if found["count"]:
            count = int(found["count"]) if found["count"].isdigit() else _NUMBERS[found["count"].lower()]
            days = count * (7 if found["unit"].lower().startswith("week") else 1)
            way = found["way"].lower()
        else:
            days, way = 1, (found["next"] or found["following"]).lower()
        is_later = way.startswith(("later", "after", "next", "following"))
        yield from _from(written, frozenset() if way == "ago" else named, days if is_later else -days)
    for found in _KOREAN_AGO.finditer(text):
        if found["next"]:
            yield from _from(written, named, -1 if found["next"] == "전날" else 1)
            continue
        days = (
            _NATIVE[found["native"]] if found["native"] else int(found["count"]) * (1 if found["unit"] == "일" else 7)
        )
        yield from _from(written, named, days if found["way"] in ("뒤", "후") else -days)
        if found["way"] == "전":
            yield from _from(written, frozenset(), -days)


def _from(written: dt.date, named: frozenset[dt.date], days: int) -> Iterator[dt.date]:
    """So many days from each day that is named; from the writing where none is, and never after it."""
    for base in named or {written}:
        day = base + dt.timedelta(days=days)
        if day <= written:
            yield day


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
