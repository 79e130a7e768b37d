"""The day that a line or a declaration gives, as an ISO date: as it is written, in the time zone of who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from cleaner.reading.listed import words

LONGEST = 150
"""Characters of the longest line that is looked at. Longer ones are sentences that stand in the wrong place."""

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
"""Between these a date counts, so that the result does not depend on today."""

NO_DAY = date(1970, 1, 1)
"""What programs write that do not know the day."""

LANGUAGES = "en de fr es pt it nl pl ru uk tr ar sv nb da fi cs hu ro"
"""Languages in which months are read."""

MONTH_FIRST, DAY_UNKNOWN = frozenset(["en-US", "en-PH", "es-US"]), frozenset(["en", "en-CA", ""])
"""Languages that write 5/4/2024 for the fourth of May, and those of which nobody knows."""


_LATER = words(
    "aggiornat aktualis aktualiz atualizad actualiz bijgewerkt changed checked edited endret ændret geändert "
    "gewijzigd güncel jour modif muokattu oppdatert opdateret päivitetty reviewed revised stand: uppdaterad uppfært "
    "updat обновл измен оновлен 更新 修正 수정 업데이트"
)
"""Beginnings of words that give the day of a later version."""

_ORDER = r"(?:st|nd|rd|th|er|º|\.)"
_MONTH = r"[^\W\d_]{3,12}\.?"
_FORMS = {
    "year first": r"(?<!\d)(?P<y>\d{4})(?:[-./]|\s?[年년]\s?)(?P<m>\d{1,2})(?:[-./]|\s?[月월]\s?)(?P<d>\d{1,2})(?!\d)",
    "dots": r"(?<!\d)(?P<d2>\d{1,2})\.\s?(?P<m2>\d{1,2})\.\s?(?P<y2>\d{4})(?!\d)",
    "strokes": r"(?<!\d)(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y3>\d{4})(?!\d)",
    "day first": rf"(?<!\d)\d{{1,2}}{_ORDER}?,?\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de\s+|del\s+)?\d{{4}}(?!\d)",
    "month first": rf"(?<!\w){_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th|\.)?,?\s+\d{{4}}(?!\d)",
    "clock between": rf"(?<!\w){_MONTH}\s+\d{{1,2}}\s+\d\d:\d\d:\d\d\s+[A-Z]{{3,4}}\s+\d{{4}}(?!\d)",
}
_DATE = re.compile("|".join(f"(?:{form})" for form in _FORMS.values()))
_CLOCK = re.compile(r"\d\d:\d\d:\d\d\s+[A-Z]{3,4}\s+")
_ORDINAL = re.compile(rf"(?<=\d){_ORDER}(?=,?\s)")
_TIME = r"[T ]\s?\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?"
_ISO = re.compile(rf"\s*(\d{{4}})-?(\d\d)-?(\d\d)(?!\d)(?:{_TIME}\s?(Z|UTC|[+-]\d\d:?\d\d)?)?")
_UTC = frozenset(["Z", "UTC", "+0000", "+00:00", "-0000", "-00:00"])


def date_in(line: str, language: str | None = None) -> str | None:
    """The day that a line gives, as an ISO date, if no other day can be meant; that of a later version is none.

    >>> date_in("4 May 2024"), date_in("Updated 3 June 2024 | Published 4. Mai 2024, 12:30"), date_in("2 days ago")
    ('2024-05-04', '2024-05-04', None)
    >>> date_in("03/04/2024"), date_in("03/04/2024", "fr"), date_in("03/04/2024", "en-US")
    (None, '2024-04-03', '2024-03-04')
    """
    if len(line) > LONGEST:
        return None
    edge = 0
    for found in _DATE.finditer(line):
        label, edge = line[edge : found.start()].casefold(), found.end()
        day = None if any(word in label for word in _LATER) else _day(found, language)
        if day is not None:
            return day.isoformat()
    return None


def dates_in(line: str) -> Iterator[tuple[int, int]]:
    """Where dates stand in a line."""
    return (found.span() for found in _DATE.finditer(line[:LONGEST]))


def stamp_day(stamp: str, language: str | None = None) -> str | None:
    """The day of a time stamp, in the zone in which it is written.

    >>> stamp_day("2024-05-04T23:30:00+02:00"), stamp_day("Sat May 4 23:30:00 CEST 2024"), stamp_day("1970-01-01")
    ('2024-05-04', '2024-05-04', None)
    """
    found = _ISO.match(stamp)
    if found is None:
        return date_in(stamp, language)
    day = _valid(found[1], found[2], found[3])
    return None if day is None else day.isoformat()


def may_be_day_beside(stamp: str) -> bool:
    """Whether a stamp gives the time of Greenwich, so that it may have been another day where the page was written.

    >>> may_be_day_beside("2024-05-04T23:30:00Z"), may_be_day_beside("2024-05-04T23:30:00+02:00")
    (True, False)
    """
    found = _ISO.match(stamp)
    return found is not None and found[4] in _UTC


def _day(found: re.Match[str], language: str | None) -> date | None:
    if found["y"]:
        return _valid(found["y"], found["m"], found["d"])
    if found["y2"]:
        return _valid(found["y2"], found["m2"], found["d2"])
    if found["y3"]:
        return _of_numbers(found["y3"], found["a"], found["b"], language or "")
    return _of_words(_ORDINAL.sub(" ", _CLOCK.sub("", found[0])).replace(",", " "))


def _of_numbers(year: str, first: str, second: str, language: str) -> date | None:
    """The day of 4/5/2024, whose parts languages put in different orders."""
    day_first, month_first = _valid(year, second, first), _valid(year, first, second)
    if day_first == month_first or day_first is None or month_first is None:
        return day_first or month_first
    return month_first if language in MONTH_FIRST else None if language in DAY_UNKNOWN else day_first


def _of_words(text: str) -> date | None:
    found = _dates().get_date_data(" ".join(text.split()))
    if not found or not found.date_obj or found.period != "day":
        return None
    day: date = found.date_obj.date()
    return day if EARLIEST <= day < LATEST else None


def _valid(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None  # no such day
    return found if EARLIEST <= found < LATEST and found != NO_DAY else None


@cache
def _dates() -> Any:
    from dateparser.date import DateDataParser  # heavy: only for lines that give a date

    strict = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser(languages=LANGUAGES.split(), settings=strict, try_previous_locales=False)
