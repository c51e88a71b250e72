"""What the reader is told of when a picture was taken."""

from datetime import date

import pytest

from photos.dates import Precision, dates_taken, told

MAY_5 = date(2023, 5, 5)
MAY_7 = date(2023, 5, 7)
JUNE_7 = date(2023, 6, 7)
LATER = date(2024, 6, 7)


def words(language: str, *dates: tuple[date | None, str]) -> str:
    first, second = (told(on, precision) for on, precision in (*dates, (None, "withheld"))[:2])
    return dates_taken(first, second, language)


def test_it_works() -> None:
    assert words("en", (MAY_5, "day"), (JUNE_7, "month")) == "taken on 5 May and in June 2023"
    assert words("ko", (MAY_5, "day"), (JUNE_7, "month")) == "2023년 5월 5일과 6월 촬영"


@pytest.mark.parametrize(
    ("precision", "english", "korean"),
    [
        ("day", "taken on 5 May 2023", "2023년 5월 5일 촬영"),
        ("month", "taken in May 2023", "2023년 5월 촬영"),
        ("year", "taken in 2023", "2023년 촬영"),
        ("withheld", "", ""),
    ],
)
def test_one_date(precision: str, english: str, korean: str) -> None:
    assert words("en", (MAY_5, precision)) == english
    assert words("ko", (MAY_5, precision)) == korean


@pytest.mark.parametrize(
    ("first", "second", "english", "korean"),
    [
        ((MAY_5, "day"), (MAY_7, "day"), "taken on 5 and 7 May 2023", "2023년 5월 5일과 7일 촬영"),
        ((MAY_5, "day"), (JUNE_7, "day"), "taken on 5 May and 7 June 2023", "2023년 5월 5일과 6월 7일 촬영"),
        ((MAY_5, "month"), (JUNE_7, "month"), "taken in May and June 2023", "2023년 5월과 6월 촬영"),
        ((MAY_5, "month"), (JUNE_7, "day"), "taken in May and on 7 June 2023", "2023년 5월과 6월 7일 촬영"),
        ((JUNE_7, "month"), (MAY_5, "day"), "taken in June and on 5 May 2023", "2023년 6월과 5월 5일 촬영"),
        ((MAY_5, "day"), (LATER, "day"), "taken on 5 May 2023 and 7 June 2024", "2023년 5월 5일과 2024년 6월 7일 촬영"),
        ((MAY_5, "day"), (LATER, "month"), "taken on 5 May 2023 and in June 2024", "2023년 5월 5일과 2024년 6월 촬영"),
        ((MAY_5, "month"), (LATER, "month"), "taken in May 2023 and June 2024", "2023년 5월과 2024년 6월 촬영"),
        ((MAY_5, "month"), (LATER, "year"), "taken in May 2023 and 2024", "2023년 5월과 2024년 촬영"),
        ((MAY_5, "year"), (LATER, "year"), "taken in 2023 and 2024", "2023년과 2024년 촬영"),
        ((MAY_5, "year"), (LATER, "day"), "taken in 2023 and on 7 June 2024", "2023년과 2024년 6월 7일 촬영"),
        (
            (MAY_5, "day"),
            (JUNE_7, "year"),
            "taken on 5 May 2023 and at another time that year",
            "2023년 5월 5일과 같은 해 다른 때 촬영",
        ),
        (
            (JUNE_7, "year"),
            (MAY_5, "month"),
            "taken in May 2023 and at another time that year",
            "2023년 5월과 같은 해 다른 때 촬영",
        ),
        (
            (MAY_5, "month"),
            (MAY_7, "day"),
            "taken on 7 May 2023 and at another time that month",
            "2023년 5월 7일과 같은 달 다른 날 촬영",
        ),
    ],
)
def test_two_dates(first: tuple[date, str], second: tuple[date, str], english: str, korean: str) -> None:
    assert words("en", first, second) == english
    assert words("ko", first, second) == korean


def test_equal_words_stand_once() -> None:
    assert words("en", (MAY_5, "month"), (MAY_7, "month")) == "taken in May 2023"
    assert words("ko", (MAY_5, "year"), (JUNE_7, "year")) == "2023년 촬영"
    assert words("en", (MAY_5, "day"), (MAY_5, "day")) == "taken on 5 May 2023"


def test_a_withheld_date_says_nothing() -> None:
    assert words("en", (MAY_5, "withheld"), (JUNE_7, "month")) == "taken in June 2023"
    assert words("en", (MAY_5, "day"), (JUNE_7, "withheld")) == "taken on 5 May 2023"
    assert words("ko", (MAY_5, "withheld"), (JUNE_7, "withheld")) == ""


def test_no_more_is_told_than_the_precision_allows() -> None:
    day = date(1987, 11, 29)
    for precision in Precision.values:
        for language in ("en", "ko"):
            said = words(language, (day, precision), (day, precision))
            assert ("29" in said) == (precision == "day")
            assert ("1987" in said) == (precision != "withheld")
            assert ("November" in said or "11월" in said) == (precision in {"day", "month"})
