"""What a short line gives: a date, the name of a person, an address, a shop, nothing but marks."""

from __future__ import annotations

import re
from functools import cache

from cleaner.heuristics.prompts import lexicon

LONGEST = 120
"""Characters of a line that is looked at."""
DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９")
LONGEST_DATE = 12
"""Words of a line that gives a date, at most ..."""
MOST_BESIDE = 3
"""... of which so many may say something else ("Updated on", "Oldport,")."""
DATE_WORDS = 3
"""Words of a date: day, month, year."""
YEARS = range(1900, 2100)
YEAR_DIGITS, MONTHS, DAYS = 4, 12, 31
NAME_WORDS = (2, 5)
"""Words of a person's name."""
CLOCK = frozenset(
    (
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
    )
)
"""Words that stand beside the time of the day."""
PARTICLES = frozenset(
    ("de", "da", "di", "do", "du", "del", "della", "der", "den", "van", "von", "zu", "zur", "la", "le", "y", "el", "al")
).union(("bin", "ibn", "ter", "ten", "af", "und", "and"))
"""Words in small letters that a name, or a list of two, may have."""
SHOPS = frozenset(("amazon", "argos", "bookshop", "bookshop.org", "ebay", "etsy", "fnac", "otto", "thalia", "walmart"))
"""Names of shops with which the label of a link that sells ends, but for a wood or a river."""
SHOP_WORDS = 5
"""Words of such a label."""
BY = {"af": ("da",), "av": ("sv", "nb"), "di": ("it",), "door": ("nl",), "por": ("es", "pt")}
"""Words before an author's name that mean too much else to be in the lexicon, and their languages."""
BYLINE_WORDS = 4
"""Words of a byline before the last of the name, at most."""
MOST_NAMES = 10
"""Names of a list."""
_BETWEEN_NAMES = re.compile(r"\s*[,;&|]\s*(?:(?:and|und|et|y)\s+)?|\s+(?:and|und|et|y|og|och)\s+")
_BETWEEN_NUMBERS = str.maketrans("/-年月日년월일", "." * 8)
_DATE_MARKS = str.maketrans(",()|·•–—*[]", " " * 11)


def is_date(block: str) -> bool:
    """Whether a line gives a date or a time of the day, and little else.

    >>> [is_date(line) for line in ("Updated 4 May 2031, 9:33pm", "2031年11月22日 07:57", "May Quill 466 2.1%")]
    [True, True, False]
    >>> [is_date(line) for line in ("Rated 4.44 out of 5", "at 4.44", "4.5.31 at 4.44", "Version 1.10.2")]
    [False, True, True, False]
    """
    if len(block) > LONGEST or DIGITS.isdisjoint(block):
        return False
    words = lexicon.fold(block).translate(_DATE_MARKS).split()
    if not 0 < len(words) <= LONGEST_DATE:
        return False
    months = sum(word.strip(".") in _months() for word in words)
    numbers = sum(_is_day_or_year(word) for word in words)
    whole = sum(_is_numeric_date(word) for word in words)
    of_clocks = sum(word.strip(".") in CLOCK for word in words)
    clocks = sum(_is_time(word) for word in words)
    if of_clocks or months or whole:  # else two numbers with a full stop between may be a mark, a size, a price
        clocks += sum(_is_time(word.replace(".", ":", 1)) for word in words if ":" not in word and "." in word)
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


@cache
def _months() -> frozenset[str]:
    return frozenset(month.strip(".") for month in lexicon.phrases("months"))


def _is_day_or_year(word: str) -> bool:
    digits = word.strip(".").removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    digits = digits.rstrip("日月年일월년")
    return digits.isdecimal() and ((0 < len(digits) <= 2 and int(digits) <= 31) or int(digits) in YEARS)


def _is_numeric_date(word: str) -> bool:
    """Whether a word is a date in numbers, such as 22.11.2031, 2031-11-22T07:57 or 2031年11月22日."""
    parts = word.partition("t")[0].translate(_BETWEEN_NUMBERS).strip(".").split(".")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts):
        return False
    year, rest = (parts[0], parts[1:]) if len(parts[0]) == YEAR_DIGITS else (parts[2], parts[:2])
    low, high = sorted(map(int, rest))
    return 0 < low <= MONTHS and high <= DAYS and (len(year) == 2 or int(year) in YEARS)


def _is_time(word: str) -> bool:
    """Whether a word is a time of the day, such as 9:33pm, 18h04 or 7.57pm."""
    bare = word.strip(".").replace("h", ":")
    if bare.endswith(("am", "pm")):
        bare = bare[:-2].replace(".", ":")
    hours, colon, minutes = bare.partition(":")
    rest = minutes.split(":")
    return bool(colon) and hours.isdecimal() and int(hours) < 25 and all(len(m) == 2 and m.isdecimal() for m in rest)


def is_name(block: str) -> bool:
    """Whether a short line may be the name of a person, or of two: capitalised words and nothing else.

    >>> [is_name(line) for line in ("Nora van Blank", "Nora Blank and Ida Quill", "The Harbour", "Latest news", "News")]
    [True, True, False, False, False]
    """
    return len(block) <= LONGEST and _named(block, _function_words())


def _named(block: str, small: frozenset[str]) -> bool:
    """Whether a short line may be a name, and none of its capitalised words is one of the small words."""
    words = block.replace(",", " ").replace("&", " ").split()
    least, most = NAME_WORDS
    if not least <= len(words) <= most or not words[0][0].isupper():
        return False
    if not all(word.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha() for word in words):
        return False
    capitals = [word for word in words if word[0].isupper()]
    if not PARTICLES.issuperset(word for word in words if not word[0].isupper()):
        return False
    if not all(word[1:].islower() or "." in word or "-" in word for word in capitals):
        return False
    return small.isdisjoint(map(lexicon.fold, capitals))


def are_people(block: str) -> bool:
    """Whether a short line may be the name of a person or a list of such names, each with a first and a last name.

    >>> [are_people(line) for line in ("Nora Blank, Ida Quill & Jan Ahe", "Nora Blank", "Oldport, United Isles")]
    [True, True, False]
    """
    parts = _BETWEEN_NAMES.split(block)
    return len(parts) <= MOST_NAMES and all(map(is_name, parts))


def is_byline(block: str) -> bool:
    """Whether a line is the name of a person behind a word such as "By".

    >>> is_byline("By Ada Blank"), is_byline("Words by Ida Quill"), is_byline("By the harbour"), is_byline("Nora Blank")
    (True, True, False, False)
    """
    words = block.partition("@")[0].split(None, BYLINE_WORDS) if len(block) <= LONGEST else []
    for size in range(1, len(words)):
        head = " ".join(words[:size]).casefold()
        if _is_by(head) and _is_name_in(" ".join(words[size:]), head):
            return True
    return False


def opens_byline(block: str) -> bool:
    """Whether a short line opens with the name of a person behind a word such as "By", whatever follows.

    >>> opens_byline("By Nora Blank, keeper of the pier"), opens_byline("By May the pier was open")
    (True, False)
    """
    words = block.split(None, 3) if len(block) <= LONGEST else []
    head = words[0].casefold() if len(words) > 2 else ""
    return _is_by(head) and _is_name_in(" ".join(words[1:3]).rstrip(",|"), head)


def _is_by(head: str) -> bool:
    """Whether the words before a name, in small letters, say that it is the author's."""
    return head in BY or not _bylines().isdisjoint((head, head.rstrip(":")))


def _is_name_in(text: str, head: str) -> bool:
    """Whether a text is a name, where the language is that of the words before it: what is a small word in another may
    be a first name, such as Ada, Ben or Per."""
    return _named(text, _function_words_beside(head.rstrip(":")))


@cache
def _bylines() -> frozenset[str]:
    return frozenset(lexicon.phrases("byline"))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(lexicon.phrases("function-words"))


@cache
def _function_words_beside(head: str) -> frozenset[str]:
    """The small words of the languages in which a byline begins so."""
    phrases = lexicon.by_language("byline")
    languages = {name for name, some in phrases.items() if head in some or f"{head}:" in some}
    words = lexicon.by_language("function-words")
    return frozenset(word for name in languages.union(BY.get(head, ())) for word in words.get(name, ()))


def has_address(block: str) -> bool:
    """Whether a line gives an address of mail, plain or hidden from robots.

    >>> has_address("Write to nora@harbour.example"), has_address("[email protected]"), has_address("lunch @ noon")
    (True, True, False)
    """
    if "[email protected]" in block or "[email\xa0protected]" in block:
        return True
    return any(0 < word.find("@") < len(word) - 1 and "." in word[word.find("@") :] for word in block.split())


def names_shop(block: str) -> bool:
    """Whether a line is the label of a link to a shop.

    >>> [names_shop(line) for line in ("Buy on Amazon", "£12 at Argos", "Along the Amazon", "Amazon")]
    [True, True, False, False]
    """
    words = lexicon.fold(block).split(None, SHOP_WORDS)
    return 1 < len(words) <= SHOP_WORDS and words[-1] in SHOPS and words[-2] != "the"


def is_marks(block: str) -> bool:
    """Whether a block holds neither letter nor digit."""
    return not any(map(str.isalnum, block))
