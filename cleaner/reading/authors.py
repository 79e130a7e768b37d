"""The names in what a page or a line says of who wrote it, and nothing else: no roles, no houses, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.reading.days import dates_in
from cleaner.reading.name_words import DAYS, DEGREES, ENDS, HOUSE, HOUSES, OPENERS, PARTICLES, REPORTERS, ROLES

LONGEST = 150
"""Characters of the longest byline."""

WORDS = range(2, 6)
"""Words of a full name."""

_OPENER = re.compile(
    rf"(?:{'|'.join(re.escape(each).replace(chr(92) + '-', ' ') for each in sorted(OPENERS, key=len, reverse=True))})"
    r"(?:(?<=[:：/／])\s*|\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?:written|posted|published|story|words|text|reviewed)\s+by\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_ADDRESS = re.compile(r"@\w|://|^www\.|^/|\.(?:com|org|net|de|co)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[|｜•·●⋅∙‧◦▪\n\t(\[@]|\s[-–—/]+\s|\s{2,}|\s*\d|"
    r"\s*(?:Last\s+)?(?:Published|Posted|Updated|Veröffentlicht|Aktualisiert|Publié|Publicado|Pubblicato)\b"
)
_INITIALS = re.compile(r"\s+\((?:[A-ZÀ-Þ]\.\s?){1,4}\)\s+")
_AND = re.compile(r"\s*[,;]\s*(?:and\s+|und\s+|et\s+|y\s+)?|\s+(?:&|and|und|et|och|og|with|mit|и)\s+", re.IGNORECASE)
_SWAPPED = re.compile(r"([^\W\d_][\w'’-]+),\s+([^\W\d_][\w'’-]*\.?(?:\s\w\.)?)")
_PARTED = re.compile(r"(?<=\w{3})\s+(?:y|e|en|i)\s+(?=\w)")


def names_in(told: str) -> list[str]:
    """The names that somebody tells as authors, in order, each once.

    >>> [names_in(told) for told in ("By Mina Solberg, Staff Writer, and Jan Brandt", "Solberg, Mina", "The Post")]
    [['Mina Solberg', 'Jan Brandt'], ['Mina Solberg'], []]
    """
    text = _INITIALS.sub(" ", opened(told)[1])
    front = front_of(text)
    if not front or len(text) > LONGEST or _ADDRESS.search(front):
        return []
    swapped = _SWAPPED.fullmatch(front)
    names: list[str] = []
    for name in _names(f"{swapped[2]} {swapped[1]}" if swapped else front):
        if name.casefold() not in [known.casefold() for known in names]:
            names.append(name)
    return names


def opened(line: str) -> tuple[bool, str]:
    """Whether a line opens as a byline does, and what follows.

    >>> opened("Written by: Mina Solberg"), opened("Mina Solberg"), opened("Bye, Mina")
    ((True, 'Mina Solberg'), (False, 'Mina Solberg'), (False, 'Bye, Mina'))
    """
    text = line.strip(" \t\n\r,;|•·–—-")
    found = _OPENER.match(text)
    return (True, text[found.end() :].strip()) if found else (False, text)


def is_full(name: str) -> bool:
    """Whether a name has a first and a last name, or is written without capitals or blanks.

    >>> is_full("Mina Solberg"), is_full("Mina"), is_full("김태연")
    (True, False, True)
    """
    cased = name.lower() != name.upper()
    return len(name.split()) in WORDS if cased else len(name) > 1


def is_opener(line: str) -> bool:
    """Whether a line is nothing but what opens a byline.

    >>> is_opener("Written by"), is_opener("By the sea")
    (True, False)
    """
    return _OPENER.fullmatch(line.strip() + " ") is not None


def byline_names(line: str) -> list[str]:
    """The names in a line that opens as a byline does; a date, a role or another remark may follow.

    >>> byline_names("By Mina Solberg and Jan van der Ahe | 4 May 2024"), byline_names("By the time it rained")
    (['Mina Solberg', 'Jan van der Ahe'], [])
    """
    if not opened(line)[0]:
        inside = _INSIDE.search(line)
        if inside is None:
            return []
        line = line[inside.start() :]
    names = names_in(line)
    return names if all(map(is_full, names)) else []


def in_small(name: str) -> str:
    """A name that is all in capitals as others write it.

    >>> in_small("MINA O'HARA-SOLBERG"), in_small("Mina SOLBERG"), in_small("AFP")
    ("Mina O'Hara-Solberg", 'Mina SOLBERG', 'AFP')
    """
    words = name.split()
    if not name.isupper() or len(words) not in WORDS:
        return name
    return " ".join(word if len(word.strip(".")) < 3 or "." in word else _small(word) for word in words)


def _small(word: str) -> str:
    return "".join(
        letter if at == 0 or not word[at - 1].isalpha() else letter.lower() for at, letter in enumerate(word)
    )


def front_of(text: str) -> str:
    """What stands before a date, a separator, a number.

    >>> front_of("Mina Solberg • 5 min read"), front_of("Jan Brandt 4 May 2024")
    ('Mina Solberg', 'Jan Brandt')
    """
    ends = [start for start, _ in dates_in(text) if start > 0]
    found = _BREAK.search(text)
    if found and found.start() > 0:
        ends.append(found.start())
    return _PARTED.sub(", ", text[: min(ends, default=len(text))]).strip(" ,;.:")


def _names(text: str) -> Iterator[str]:
    """The names in a list. What follows something that is no name belongs to that, up to the next "and"."""
    last, ended, edge = "", False, 0
    for separator in (*_AND.finditer(text), None):
        part = text[edge : separator.start() if separator else len(text)].strip()
        if part and part.casefold() in ENDS and last:
            last = f"{last}, {part}"
        elif part and part.casefold().replace(".", "") not in DEGREES and not ended:
            if last:
                yield last
            last, ended = _name(part)
        if separator:
            edge = separator.end()
            ended = ended and not any(map(str.isalpha, separator[0]))
    if last:
        yield last


def _name(part: str) -> tuple[str, bool]:
    """The name at the beginning of a part, empty where there is none, and whether something else follows."""
    words = part.split()
    if (
        part.casefold() in HOUSES
        or part.casefold().endswith(" staff")
        or any(word.casefold().strip(".,") in HOUSE - ROLES for word in words)
    ):
        return "", False
    kept: list[str] = []
    for word in words:
        bare = word.casefold().strip(".,:")
        if bare in ROLES or bare in DAYS or word in REPORTERS or word.endswith(":"):
            break
        kept.append(word)
    while kept and kept[-1] in PARTICLES:
        kept.pop()
    good = bool(kept) and len(kept) <= WORDS[-1] and all(map(_is_name_word, kept)) and not kept[0][0].islower()
    return (" ".join(kept) if good else ""), len(kept) < len(words) or not good


def _is_name_word(word: str) -> bool:
    if word in PARTICLES:
        return True
    letters = word.replace("-", "").replace("'", "").replace("’", "").replace(".", "").replace("‘", "")
    return letters.isalpha() and not word[0].islower()
