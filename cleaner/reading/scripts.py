"""Which encoding of a script other than Latin: the one in which the bytes read as its language is written.

In such a script bytes beyond ASCII stand beside each other; in Latin scripts nearly all stand alone. A detector by the
number of odd characters alone takes Japanese in Shift_JIS for Korean, as nearly every pair of bytes is a syllable
there, and short Hebrew for Russian. What tells is which of the letters are common.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from cleaner.reading.alphabets import LATIN, best_latin, fit

ALONE = 0.5
"""Share of the bytes beyond ASCII that have none beside them from which a text is in a Latin script. In Czech it is
0.8, in Chinese in Big5, whose characters may end in an ASCII letter, 0.1."""

COMMON = {
    **dict.fromkeys(("cp1251", "koi8_u", "iso8859_5", "cp866"), "оеаинтсрвлкді"),
    **dict.fromkeys(("cp1253", "iso8859_7"), "αάοόιίεέτσςνηήυρκπ"),
    "cp1255": "יוהלארתשבםמנ",
    **dict.fromkeys(("cp1256", "iso8859_6"), "اليمنوترعبهأة"),
    "cp874": "านรกอเงวมยลต่้ีั",
}
"""The letters that come to more than half of all in a script, per encoding; a tie goes to the earlier one."""

CLEAR = 0.55
"""Share of the letters that must be common. In made-up sentences it is 0.62 to 0.8 in the right encoding, at most 0.5
in a wrong one."""

BEYOND_DOUBT = 0.75
"""The same share from which no other encoding is asked for: text of ideographs comes to 0.64."""

KANA, SYLLABLES, IDEOGRAPHS, FIRST_LEVEL = 0.15, 0.7, 0.7, 0.9
"""Shares of the characters beyond ASCII: of syllables in Japanese and in Korean, of ideographs in Chinese; and of the
common ideographs among these, which stand first in the encodings."""

FOREIGN, INSIDE = 8, 0.5
"""Bytes beyond ASCII from which a declaration is doubted, and the share of them that stands between Latin letters."""

POOR, GOOD = 0.7, 0.95
"""Shares of the letters that one language accounts for: below the first in a wrong encoding, above the second in the
right one."""

_HIGH = re.compile(rb"[\x80-\x84\x86-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xff]+")  # but for dashes, quotes, blanks
_ACCENTED = re.compile(rb"(?<=[a-z])[\x80-\xff](?=[a-z])")
_PUNCTUATION = frozenset("“”„‘’‚‹›«»–—…•·€£©®™°§\u00a0")


def in_latin_script(sample: bytes) -> bool:
    """Whether the bytes beyond ASCII stand alone, as accented letters do.

    >>> in_latin_script("Où étaient-ils ?".encode("cp1252")), in_latin_script("Где они?".encode("cp1251"))
    (True, False)
    """
    runs = _HIGH.findall(sample)
    return sum(len(run) == 1 for run in runs) >= ALONE * sum(map(len, runs))


def best_script(sample: bytes) -> str | None:
    """The encoding in which the sample reads as text of a script; None where it is not plain.

    >>> best_script("川がまた増水した".encode("cp932")), best_script("Река вышла".encode("koi8_u"))
    ('cp932', 'koi8_u')
    """
    scores = {encoding: _share_of_common(sample, encoding) for encoding in COMMON}
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= BEYOND_DOUBT:
        return best
    for encoding, is_it in _ASIAN:
        text = _decoded(sample, encoding)
        if text is not None and is_it([character for character in text if character > "\x7f"]):
            return encoding
    return best if scores[best] >= CLEAR else None


def contradicts(sample: bytes, codec: str) -> bool:
    """Whether a text plainly reads as one in another encoding of single bytes than a declared one."""
    high = sum(map(len, _HIGH.findall(sample)))
    if high < FOREIGN:
        return False
    if codec in LATIN:
        return not in_latin_script(sample) or fit(sample, codec) < POOR < GOOD <= fit(sample, best_latin(sample))
    if len(_ACCENTED.findall(sample)) >= INSIDE * high:
        return True
    return codec in COMMON and _share_of_common(sample, codec) < CLEAR and best_script(sample) is not None


def _decoded(sample: bytes, encoding: str) -> str | None:
    """The sample as text; the last character may be cut."""
    for end in range(len(sample), max(len(sample) - 4, 0), -1):
        try:
            return sample[:end].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return None
    return None


def _is_japanese(high: list[str]) -> bool:
    return sum("\u3040" <= character <= "\u30ff" for character in high) >= KANA * len(high)


def _is_korean(high: list[str]) -> bool:
    """The other syllables that the encoding has beyond the standard are rare."""
    common = "".join(each for each in high if "\uac00" <= each <= "\ud7a3").encode("euc_kr", "ignore")
    return len(common) >= SYLLABLES * 2 * len(high)


def _is_simple(high: list[str]) -> bool:
    return _are_common(high, "gb2312", 0xD7)


def _is_traditional(high: list[str]) -> bool:
    return _are_common(high, "big5", 0xC6)


def _are_common(high: list[str], encoding: str, last: int) -> bool:
    """Whether nearly all ideographs, and most characters, are in the first part of an encoding, up to a lead byte."""
    ideographs = [character for character in high if "\u4e00" <= character <= "\u9fff"]
    common = [each for each in "".join(ideographs).encode(encoding, "ignore")[::2] if each <= last]
    return len(ideographs) >= IDEOGRAPHS * len(high) and len(common) >= FIRST_LEVEL * len(ideographs)


_ASIAN: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("euc_jp", _is_japanese),
    ("cp932", _is_japanese),
    ("cp949", _is_korean),
    ("gb18030", _is_simple),
    ("big5hkscs", _is_traditional),
)
"""Encodings of several bytes in the order in which they are asked for: what fits an earlier one fits no other."""


def _share_of_common(sample: bytes, encoding: str) -> float:
    """The share of the letters beyond ASCII that are common ones, less what no word is written like."""
    text = sample.decode(encoding, "replace")
    high = [character for character in text if character > "\x7f" and character not in _PUNCTUATION]
    common = sum(character.lower() in COMMON[encoding] for character in high)
    odd = sum(left.islower() and right.isupper() for left, right in pairwise(text) if right > "\x7f")
    return (common - odd) / max(len(high), 1)
