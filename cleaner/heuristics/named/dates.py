"""What a short line gives: a date, a time of the day."""

from __future__ import annotations

import re
from functools import cache

from cleaner.heuristics.prompts import lexicon

LONGEST = 120
"""Characters of a line that is looked at."""
DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９")
LONGEST_DATE = 12
"""Words of a line that gives a date, at most ..."""
MOST_BESIDE = 3
"""... of which so many may say something else ("Updated on", "Oldport,")."""
DATE_WORDS = 3
"""Words of a date: day, month, year."""
YEARS = range(1900, 2100)
YEARS_ELSEWHERE = (range(1300, 1500), range(2443, 2643))
"""Years of the Persian and the Islamic calendars, and of the Buddhist one, beside a month by its name."""
YEAR_DIGITS, MONTHS, DAYS = 4, 12, 31
CLOCK = frozenset(
    [
        "am",
        "pm",
        "a.m",
        "p.m",
        "uhr",
        "h",
        "hrs",
        "at",
        "um",
        "à",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cet",
        "cest",
        "bst",
        "ч",
        "г",
        "р",
        "в",
        "у",
        "о",
        "мск",
        "msk",
        "klo",
        "kl",
        "saat",
        "pukul",
        "jam",
        "wib",
        "wita",
        "lúc",
        "ώρα",
        "στις",
        "óra",
        "น",
        "เวลา",
        "ص",
        "م",
        "الساعة",
        "بتوقيت",
        "مكة",
        "المكرمة",
        "غرينتش",
        "ساعت",
        "בשעה",
        "시",
        "분",
    ]
)
"""Words that stand beside the time of the day."""
_COLON = re.compile(r"(\d)\s?[:：]\s?(\d)")
_BETWEEN_NUMBERS = str.maketrans("/-年月日년월일", "." * 8)
_DATE_MARKS = str.maketrans(",()|·•–—*[]", " " * 11)


def is_date(block: str) -> bool:
    """Whether a line gives a date or a time of the day, and little else.

    >>> [is_date(line) for line in ("Updated 4 May 2031, 9:33pm", "2031年11月22日 07:57", "May Quill 466 2.1%")]
    [True, True, False]
    >>> [is_date(line) for line in ("12 พ.ย. 2574 เวลา 14:22 น.", "প্রকাশ: ১২ নভেম্বর ২০৩১, ১৪: ২২", "3月 04, 2031")]
    [True, True, True]
    >>> [is_date(line) for line in ("Rated 4.44 out of 5", "at 4.44", "4.5.31 at 4.44", "Version 1.10.2")]
    [False, True, True, False]
    """
    if len(block) > LONGEST or DIGITS.isdisjoint(block):
        return False
    words = [word for word in _spaced(block).split() if not word.isascii() or any(map(str.isalnum, word))]
    if not 0 < len(words) <= LONGEST_DATE:
        return False
    months = sum(word.strip(".") in _months() or _is_numbered_month(word) for word in words)
    calendars = (YEARS,) if block.isascii() else (YEARS, *YEARS_ELSEWHERE)
    numbers = sum(_is_day_or_year(word, calendars) for word in words)
    whole = sum(_is_numeric_date(word) for word in words)
    of_clocks = sum(word.strip(".") in CLOCK for word in words)
    clocks = sum(_is_time(word) for word in words)
    if of_clocks or months or whole:  # else two numbers with a full stop between may be a mark, a size, a price
        clocks += sum(_is_time(word.replace(".", ":", 1)) for word in words if ":" not in word and "." in word)
    if clocks:
        whole += sum(_is_day_and_month(word) for word in words)
    beside = len(words) - months - numbers - whole - clocks - of_clocks
    if beside > min(MOST_BESIDE, months + numbers + 2 * whole + 2 * clocks):
        return False
    return bool(whole or (months and numbers) or (clocks and (months or beside < len(words) - clocks)))


def holds_date(block: str) -> bool:
    """Whether a line that is no longer than a stamp holds a date, whatever else it says.

    >>> [holds_date(line) for line in ("Nora Blank — Harbour Post, 4 May 2031, updated", "Ida Quill | 22.11.2031")]
    [True, True]
    >>> holds_date("Nora Blank has 4 boats")
    False
    """
    if len(block) > LONGEST or DIGITS.isdisjoint(block):
        return False
    words = block.split()
    return any(is_date(" ".join(words[at : at + DATE_WORDS])) for at in range(max(len(words) - DATE_WORDS, 0) + 1))


def _spaced(block: str) -> str:
    """A line in small letters, with blanks between its words alone.

    >>> _spaced("出版：2031-03-04 | 14：22"), _spaced("১৪: ২২")
    ('出版: 2031-03-04   14:22', '১৪:২২')
    """
    text = _COLON.sub(r"\1:\2", lexicon.fold(block).translate(_DATE_MARKS))
    return text.replace("：", ": ")


@cache
def _months() -> frozenset[str]:
    return frozenset(month.strip(".") for month in lexicon.phrases("months"))


def _is_numbered_month(word: str) -> bool:
    """Whether a word is a month such as 3月, which has a number for a name."""
    return word.endswith(("月", "월")) and word[:-1].isdecimal() and 0 < int(word[:-1]) <= MONTHS


def _is_day_or_year(word: str, calendars: tuple[range, ...]) -> bool:
    """Whether a word may be a day, or a year of one of these calendars."""
    digits = word.strip(".").removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    digits = digits.rstrip("日年일년")
    if not digits.isdecimal():
        return False
    if len(digits) <= len(str(DAYS)):
        return int(digits) <= DAYS
    return any(int(digits) in years for years in calendars)


def _is_day_and_month(word: str) -> bool:
    """Whether a word is a date without a year, such as 12.11., which only beside a time of the day is one."""
    parts = word.split(".")
    if len(parts) != 3 or parts[2] or not all(part.isdecimal() for part in parts[:2]):
        return False
    return 0 < int(parts[0]) <= DAYS and 0 < int(parts[1]) <= MONTHS


def _is_numeric_date(word: str) -> bool:
    """Whether a word is a date in numbers, such as 22.11.2031, 2031-11-22T07:57 or 2031年11月22日."""
    parts = word.partition("t")[0].translate(_BETWEEN_NUMBERS).strip(".").split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts):
        return False
    year, rest = (parts[0], parts[1:]) if len(parts[0]) == YEAR_DIGITS else (parts[2], parts[:2])
    low, high = sorted(map(int, rest))
    return 0 < low <= MONTHS and high <= DAYS and (len(year) == 2 or int(year) in YEARS or not year.isascii())


def _is_time(word: str) -> bool:
    """Whether a word is a time of the day, such as 9:33pm, 18h04 or 7.57pm."""
    bare = word.strip(".").replace("h", ":").rstrip(":")
    if bare.endswith(("am", "pm")):
        bare = bare[:-2].replace(".", ":")
    hours, colon, minutes = bare.partition(":")
    rest = minutes.split(":")
    return bool(colon) and hours.isdecimal() and int(hours) < 25 and all(len(m) == 2 and m.isdecimal() for m in rest)
