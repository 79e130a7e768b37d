"""UTF-16 and UTF-32 without a byte order mark: characters of two and of four bytes, told by their rhythm."""

from __future__ import annotations

import re
from unicodedata import category

HEAD = 16_384
"""Bytes that are looked at."""

ZEROS, STRAY = 0.05, 0.02
"""Shares of bytes: blanks are a sixth of most texts, so fewer zeros than the first are no UTF-16; up to the second,
what does not belong may be chance."""

CONTROLS = 2
"""Control characters, zeros aside, from which a text may be one of characters of two bytes."""

_LETTER = re.compile(rb"[A-Za-z]")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_UNUSED = ("Cc", "Cn", "Co", "Cs")


def wide_encoding(raw: bytes) -> str | None:
    """The encoding of a text whose characters have two or four bytes each; None where it is another.

    >>> [wide_encoding("Rain fell.".encode(name)) for name in ("utf-32-be", "utf-16-le", "utf-8")]
    ['utf-32-be', 'utf-16-le', None]
    """
    head = raw[:HEAD]
    if b"\x00" in head:
        found = _utf_32(raw) or _utf_16_of_latin_letters(raw)
        if found:
            return found
    return _utf_16_of_other_letters(head) if len(raw) % 2 == 0 else None


def _utf_32(raw: bytes) -> str | None:
    """Every fourth byte is zero and the one beside it nearly so, which no other text is that has no NULs."""
    if len(raw) % 4 or len(raw) < 8:
        return None
    for encoding in ("utf-32-le", "utf-32-be"):
        try:
            if "\x00" not in raw[:HEAD].decode(encoding):
                return encoding
        except UnicodeDecodeError:
            continue
    return None


def _utf_16_of_latin_letters(raw: bytes) -> str | None:
    """In most scripts every second byte is zero in blanks, line ends and Latin letters, and none is an ASCII letter. In
    a text that holds NULs, letters stand on both sides.
    """
    head = raw[:HEAD]
    if len(raw) % 2:
        return None
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        letters = len(_LETTER.findall(high)) / len(high)
        if high.count(0) >= ZEROS * len(high) and low.count(0) <= STRAY * len(low) and letters <= STRAY:
            return encoding
    return None


def _utf_16_of_other_letters(head: bytes) -> str | None:
    """Bytes that would be control characters are no other text, nor are bytes beyond ASCII with zeros at every second
    place. Of both orders of the bytes the right one has few first bytes, as a script fills few rows."""
    if not (_holds_controls(head) or _holds_rhythm(head)):
        return None
    rows = {
        encoding: len(set(head[first::2]))
        for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0))
        if _share_of_unused(head.decode(encoding, "replace")) <= STRAY
    }
    return min(rows, key=rows.__getitem__) if rows else None


def _holds_controls(head: bytes) -> bool:
    controls = len(_CONTROL.findall(head))
    return controls >= CONTROLS and controls > STRAY * len(head)


def _holds_rhythm(head: bytes) -> bool:
    few, many = sorted((head[::2].count(0), head[1::2].count(0)))
    return many >= max(ZEROS * len(head), 4 * few) and not _is_utf_8(head)


def _is_utf_8(head: bytes) -> bool:
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True


def _share_of_unused(text: str) -> float:
    unused = sum(category(each) in _UNUSED and each not in "\t\n\r" for each in text) + text.count("\ufffd")
    return unused / max(len(text), 1)
