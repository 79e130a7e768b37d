"""Headlines of other articles that stand between the sentences of a long line.

A page that links other articles between its paragraphs leaves their headlines there; when the page is squeezed into
one line, a headline runs between two sentences: `… he said. Storm Cuts Power to Northern Towns The mayor said …`.

What tells one, in order: the sentence before has ended; a stretch follows that ends without punctuation where a new
sentence or a quotation opens abruptly (`find_end`); the stretch looks like a headline (`looks_like_headline`); and
its topics belong to another article (`is_foreign`). The last is what spares subheadings, which look the same but
name what the article goes on to speak of. Each test alone would cut wrongly; together they miss headlines of close
relations of the article, which stay. A cut inside a sentence is worse than three headlines left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from cleaner.document import Category, Decision
from cleaner.heuristics.named.hints import LONGEST_HEADLINE
from cleaner.heuristics.pattern import Pattern
from cleaner.heuristics.running.running_evidence import Headline, is_foreign, is_link, read_headline
from cleaner.heuristics.running.running_words import (
    MINOR,
    OPENERS,
    Word,
    opens_gerund,
    opens_quotation,
    opens_sentence,
    topics,
    word_set,
    words,
)
from cleaner.span import Span

FEWEST_WORDS = 5
"""Words of a headline without a media label. Shorter ones are as often subheadings."""

LABELLED_WORDS = 3
"""Words of a headline with a label."""

MOST_BREAKS = 4
"""Breaks in a line, headlines or not, from which they may be a series of subheadings ..."""

SENTENCES_A_BREAK = 8
"""... if there is one in fewer sentences than this."""

CLAUSE_WORDS = range(7, 16)
"""Words of a headline in sentence case: shorter stretches are as often subheadings, longer ones sentences."""

AHEAD = 400
"""Characters after a headline in which its topics must not come up; two or three sentences."""

AHEAD_OF_FORM = 160
"""The same where the form says headline: the next sentence."""

FIRST = Pattern(r"^(?:\p{Lu}|[‘'“\"«„]\p{Lu}|\d+ )")
_SUBJECT = Pattern(r"[.!?,”\"’»] (\p{Lu}[\pL’-]{2,}) (?:said|says|told|added|has|had|is|was|will|would|did)\b")
PRONOUNS = word_set("He I It She They This That There These Those We You")
"""Words that open a sentence in any case of its letters, and hardly a headline."""

PREDICATES = word_set("added did does had has is said says told was will would")
"""Verbs before which a name opens a sentence."""


def find_end(window: Sequence[Word], subjects: Collection[str]) -> int:
    """How many words of a sentence are a headline before its real beginning; 0 where none is.

    `subjects` are names that speak or act elsewhere in the article.

    >>> text = "Maps of the flood in Orland Miller has not spoken"
    >>> find_end(words(text, Span(0, len(text))), {"Miller"})
    6
    """
    if not window or window[0].text in PRONOUNS:
        return 0
    for count in range(3, len(window) - 1):
        here = window[count].text
        if not (here[0].isupper() or here[1:2].isupper()) or not may_end(window[count - 1]):
            continue
        if _opens(window, count, subjects):
            return 0 if any(_closes_sentence(word) for word in window[:count]) else count
    return 0


def _opens(window: Sequence[Word], count: int, subjects: Collection[str]) -> bool:
    """Whether a sentence opens after `count` words, and what is before looks like a headline."""
    before, here, after = window[count - 1], window[count], window[count + 1 : count + 6]
    stretch = window[:count]
    if opens_sentence(here, after) or (before.text.islower() and opens_gerund(here, after)):
        return is_titled(stretch) or _is_formal(window) or is_clause(stretch)
    subject = here.text in subjects and before.text not in subjects and after[0].text in PREDICATES
    return (subject or opens_quotation(here, after)) and (is_titled(stretch) or _is_formal(window))


def _closes_sentence(word: Word) -> bool:
    return word.text[-1] in "”’»\")'" and word.text[-2:-1] in {".", "!", "?"}


def is_titled(stretch: Sequence[Word]) -> bool:
    """Whether a stretch is in title case: at least four words of weight, nearly all with a capital.

    >>> text = "Storm Cuts Power to Northern Towns"
    >>> is_titled(words(text, Span(0, len(text))))
    True
    """
    weighty = [word.core for word in stretch if word.text not in MINOR and word.core]
    capital = sum(not core[0].islower() for core in weighty)
    return len(weighty) >= 4 and capital >= 0.9 * len(weighty)


def is_clause(stretch: Sequence[Word]) -> bool:
    """Whether a stretch in sentence case may be a headline: of usual length, no lead with a colon, no list."""
    inner = "".join(word.text[-1] for word in stretch[:-1])
    return len(stretch) in CLAUSE_WORDS and stretch[0].text not in OPENERS and ":" not in inner and inner.count(",") < 2


def _is_formal(window: Sequence[Word]) -> bool:
    """Whether the first words have the form of a headline, a lead with a colon or a media label."""
    headline = read_headline(" ".join(word.text for word in window[:12]))
    return headline.telling_form or bool(headline.label)


def may_end(word: Word) -> bool:
    """Whether a headline may end with a word: no comma or colon after it, and more than a particle."""
    return word.text not in MINOR and (word.text[-1].isalnum() or word.text[-1] in "’”\"'»%")


def running_headlines(text: str, spans: Sequence[Span]) -> list[Decision]:
    """The headlines between the sentences of one long block that is a report (`is_reporting`), as drops. `spans` are
    the sentences as they appear.

    Where most breaks name topics of the article they are its subheadings, and the odd one among them is one too.

    >>> line = (
    ...     "“We stay,” Miller said. “All of us.” Orr said nothing. Drought Empties Markets In Southern Provinces "
    ...     "The mayor left for the harbour, Miller said."
    ... )
    >>> from cleaner.heuristics.running.running_words import sentences
    >>> found = running_headlines(line, list(sentences(line, Span(0, len(line)))))
    >>> [line[drop.start : drop.end] for drop in found]
    ['Drought Empties Markets In Southern Provinces']
    """
    block = Span(spans[0].start, spans[-1].end)
    content = text[block.start : block.end]
    subjects = frozenset(_SUBJECT.findall(content))
    breaks = []
    for sentence in spans[1:]:
        start = sentence.start
        if FIRST.search(text[start : start + 4]):
            window = words(text, Span(start, min(sentence.end, start + LONGEST_HEADLINE)))
            if count := find_end(window, subjects):
                breaks.append(Span(start, window[count - 1].end))
    if not breaks or len(breaks) > max(MOST_BREAKS, len(spans) // SENTENCES_A_BREAK):
        return []
    article = Counter(topics(content))
    foreign = [found for found in breaks if _is_headline(text, found, block.end, article)]
    if 2 * len(foreign) < len(breaks):
        foreign = [found for found in foreign if is_link(text[found.start : found.end])]
    return [_drop(found) for found in foreign]


def is_long_enough(stretch: Sequence[Word], headline: Headline) -> bool:
    """Whether a stretch has the words of a headline: fewer with a label. `Note: …` is no headline."""
    if headline.label:
        return len(stretch) >= LABELLED_WORDS
    return len(stretch) >= FEWEST_WORDS and not stretch[0].text.endswith(":")


def _is_headline(text: str, found: Span, end: int, article: Counter[str]) -> bool:
    headline = read_headline(text[found.start : found.end])
    if not is_long_enough(words(text, found), headline):
        return False
    ahead = AHEAD_OF_FORM if headline.telling_form or headline.label else AHEAD
    after = set(topics(text[found.end : min(end, found.end + ahead)]))
    others = {topic: article[topic] - count for topic, count in headline.topics.items()}
    return is_foreign(headline, others, after)


def _drop(found: Span) -> Decision:
    why = "a headline between two sentences, on topics that the text does not take up"
    return Decision(found.start, found.end, False, Category.TEASER, "heuristic/running-headline", why, 0.9)
