"""Which of the Latin single-byte encodings: the one whose letters beyond ASCII fit one language.

Detectors by letter frequency tie here (`é` stands at the same byte in several code pages) and then answer by chance
or by alphabet. The alphabet of a language does not tie: French read as windows-1250 shows `č` for `è`, and no
language has both `č` and `ç` and `ę`.
"""

from __future__ import annotations

import re
from collections import Counter

LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "cp1258")
"""The encodings, the most common on the web first; a tie goes to the earlier one."""

DOUBTFUL = 0.5
"""Below this share the sample is in no Latin script, and the most common encoding is as good as any."""

ALPHABETS = {
    "cs": "áčďéěíňóřšťúůýž",
    "da": "æøåé",
    "de": "äöüß",
    "en": "éèêëïöçñ",
    "es": "áéíñóúüªº¡¿",
    "et": "äõöüšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "nl": "áäèéëïíóöúü",
    "pl": "ąćęłńóśźż",
    "pt": "áàâãçéêíóôõúüªº",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sv": "åäöé",
    "tr": "çğıöşüâîû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư\u0300\u0301\u0303\u0309\u0323",
}
"""Lower-case letters beyond ASCII, per language."""

_ANY = frozenset("“”„‘’‚‹›«»–—…•·€£¥©®™°§±×½¼¾²³\u00a0\u00adİ")
_MARK_IN_WORD = re.compile("(?<=[a-z])[€£¥©®™°§±×½¼¾²³](?=[a-z])")  # such as Polish read as windows-1252
_LETTERS = {language: frozenset(letters) for language, letters in ALPHABETS.items()}


def best_latin(sample: bytes) -> str:
    """The encoding in which the sample reads most like one language.

    >>> best_latin("Vèera se øeka vylila".encode("cp1252"))  # Czech, as it looks in the wrong code page
    'cp1250'
    """
    scores = [fit(sample, encoding) for encoding in LATIN]
    best = max(scores)
    return LATIN[scores.index(best)] if best >= DOUBTFUL else LATIN[0]


def fit(sample: bytes, encoding: str) -> float:
    """The share of the characters beyond ASCII that one language accounts for, punctuation set aside."""
    text = sample.decode(encoding, "replace")
    counts = Counter(text)
    foreign = {character: n for character, n in counts.items() if character > "\x7f" and character not in _ANY}
    total = sum(foreign.values()) + len(_MARK_IN_WORD.findall(text))
    if not total:
        return 1.0
    fits = (sum(n for c, n in foreign.items() if c.lower() in letters) for letters in _LETTERS.values())
    return max(fits) / total
