"""What the reader is told of when a picture was taken, in the language of the edition."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Precision(TextChoices):
    """How much of a date is printed; the exact day stays on the desk, or is not kept."""

    DAY = "day", _("the day")
    MONTH = "month", _("the month")
    YEAR = "year", _("the year")
    WITHHELD = "withheld", _("withheld")


# Print has the language of its edition, whoever is at work: no catalogue, no active language.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Taken:
    """A date as far as it may be told: what is None is not told."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def fineness(self) -> int:
        """How many of its parts are told."""
        return 1 + (self.month is not None) + (self.day is not None)


def told(on: date | None, precision: str) -> Taken | None:
    """Cut a date down to its precision, so that nothing below ever sees the rest."""
    if on is None or precision == Precision.WITHHELD:
        return None
    if precision == Precision.YEAR:
        return Taken(on.year)
    if precision == Precision.MONTH:
        return Taken(on.year, on.month)
    return Taken(on.year, on.month, on.day)


def dates_taken(first: Taken | None, second: Taken | None, language: str) -> str:
    """The words for a caption, such as "taken on 5 May and in June 2023"; empty if withheld."""
    words = _in_korean if language.partition("-")[0] == "ko" else _in_english
    dates = [each for each in dict.fromkeys((first, second)) if each is not None]
    if not dates:
        return ""
    if len(dates) == 1:
        return words(dates[0], None)
    one, other = dates
    if _within(one, other):  # "in 2023 and on 5 May 2023" reads better the other way round
        one, other = other, one
    return words(one, other)


def _within(wide: Taken, narrow: Taken) -> bool:
    """Whether the narrower date lies in the wider one, as far as either is told."""
    if wide.fineness >= narrow.fineness or wide.year != narrow.year:
        return False
    return wide.month is None or wide.month == narrow.month


def _in_english(one: Taken, other: Taken | None) -> str:
    if other is None:
        return f"taken {_when(one)} {_date(one)}"
    if _within(other, one):
        span = "year" if other.month is None else "month"
        return f"taken {_when(one)} {_date(one)} and at another time that {span}"
    start = _date(one)
    if one.year == other.year:
        start = start.removesuffix(f" {one.year}")
        if one.day and other.day and one.month == other.month:
            start = str(one.day)
    # "on 5 May and 7 June", but "on 5 May and in June"
    again = "" if _when(one) == _when(other) else f"{_when(other)} "
    return f"taken {_when(one)} {start} and {again}{_date(other)}"


def _when(taken: Taken) -> str:
    return "on" if taken.day else "in"


def _date(taken: Taken) -> str:
    if taken.month is None:
        return str(taken.year)
    month = f"{MONTHS[taken.month - 1]} {taken.year}"
    return f"{taken.day} {month}" if taken.day else month


def _in_korean(one: Taken, other: Taken | None) -> str:
    first = " ".join(_korean_parts(one))
    if other is None:
        return f"{first} 촬영"
    if _within(other, one):
        again = "같은 해 다른 때" if other.month is None else "같은 달 다른 날"
    else:
        same = 0
        if one.year == other.year:
            same = 2 if one.day and other.day and one.month == other.month else 1
        again = " ".join(_korean_parts(other)[same:])
    # 과, never 와: 년, 월 and 일 all end in a consonant.
    return f"{first}과 {again} 촬영"


def _korean_parts(taken: Taken) -> list[str]:
    parts = [f"{taken.year}년"]
    if taken.month:
        parts.append(f"{taken.month}월")
    if taken.day:
        parts.append(f"{taken.day}일")
    return parts
