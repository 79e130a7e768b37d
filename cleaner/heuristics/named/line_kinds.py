"""What a short line gives: the name of a person, an address, a shop, nothing but marks. Dates: `dates.py`."""

from __future__ import annotations

import re
from functools import cache

from cleaner.heuristics.prompts import lexicon

LONGEST = 120
"""Characters of a line that is looked at."""
NAME_WORDS = (2, 5)
"""Words of a person's name."""
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
    capitals = [word for word in words if word[0].isupper()]
    if not PARTICLES.issuperset(word for word in words if not word[0].isupper()):
        return False
    if not all(word.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha() for word in words):
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
