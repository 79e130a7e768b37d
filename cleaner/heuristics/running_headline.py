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
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import re2

from cleaner.document import Category, Decision, Span
from cleaner.heuristics.running_words import (
    MINOR,
    OPENERS,
    STEM,
    Word,
    opens_gerund,
    opens_quotation,
    opens_sentence,
    topics,
    word_set,
    words,
)

LONGEST = 200
"""Characters of a headline, with room: of 960 titles of gold pages, four are longer."""

FEWEST_WORDS = 5
"""Words of a headline without a media label. Shorter ones are as often subheadings."""

FEWEST_REPORTED = 3
"""Times that a line says who said something, from which it is a report. Links to other articles stand in reports;
guides and essays have subheadings."""

CLAUSE_WORDS = range(7, 16)
"""Words of a headline in sentence case: shorter stretches are as often subheadings, longer ones sentences."""

FEWEST_FOREIGN = 3
"""Topics that the article does not share. Of 5,377 short lines in gold bodies 50 have three and no uptake."""

FOREIGN_SHARE = 0.6
"""Share of the topics that the article does not share."""

RUNNING_TOPIC = 4
"""Mentions from which a topic runs through the article, so that what follows names it in any case."""

MOST_BREAKS = 4
"""Breaks in a line, headlines or not, from which they may be a series of subheadings ..."""

SENTENCES_A_BREAK = 8
"""... if there is one in fewer sentences than this."""

AHEAD = 400
"""Characters after a headline in which its topics must not come up; two or three sentences."""

AHEAD_OF_FORM = 160
"""The same where the form says headline: the next sentence."""

MEDIA = re2.compile(
    r"^(?:(Maps?|Photos?|Pictures|Videos?|Timeline|Graphics?|Podcast)(?: of | from |: )|(Watch|Listen|Live"
    r"|In pictures|In photos"
    r"|Fotos|Bilder|Karte|Vidéo|Carte|Fotogalería|Fotogalerie|Galería|Vídeo): )"
)
"""A label that says that the link leads to other than text."""

LINK = "link"
"""The label of a headline that is marked as a link to another article."""

LINKED = re2.compile(
    r"(?i)^(?:also read|read (?:also|more|next)|related(?: (?:article|story|stories))?|recommended|see more"
    r"|lesen sie auch"
    r"|lies auch|mehr zum thema|(?:à )?lire aussi|le[aeé]r? también|lee también|leia (?:também|mais)|leggi anche"
    r"|lees ook"
    r"|läs (?:också|mer)|les også|læs også|czytaj także|čtěte také) ?: "
)
"""Labels of links to other articles."""

FIRST = re2.compile(r"^(?:\p{Lu}|[‘'“\"«„]\p{Lu}|\d+ )")
_QUOTED_LEAD = re2.compile(r"^[‘'“\"«„][^‘“\"«„”»:.]{2,60}[’'”\"»“]: \S")
_SPOKEN_LEAD = re2.compile(r"^[^:“‘\"]{3,60}: (\S+ \S+ \S.*)")
_SUBJECT = re2.compile(r"[.!?,”\"’»] (\p{Lu}[\pL’-]{2,}) (?:said|says|told|added|has|had|is|was|will|would|did)\b")
_REPORTING = re2.compile(
    r"(?i)\b(?:said|says|told|added|according to|sagte|sagt|erklärte|betonte|laut|teilte|a déclaré|a dit|affirme"
    r"|explique"
    r"|selon|dijo|señaló|afirmó|aseguró|según|disse|afirmou|segundo|ha detto|secondo|zei|zegt|volgens|sa|säger|sade"
    r"|sier|ifølge|enligt|siger|powiedział|mówi|według|uvedl|řekl|podle)\b"
)

PRONOUNS = word_set("He I It She They This That There These Those We You")
"""Words that open a sentence in any case of its letters, and hardly a headline."""

PREDICATES = word_set("added did does had has is said says told was will would")
"""Verbs before which a name opens a sentence."""

VERBS = word_set(
    "accuses admits agrees aims announces appeals approves arrests asks attacks backs bans battles becomes begins"
    " blames"
    " blasts blocks boosts braces breaks brings builds calls cancels catches charges claims clashes closes collapses"
    " condemns confirms considers cuts deals declares defends delays demands denies deploys dies draws drives drops"
    " ends expands expects faces falls fears fights fires forces gets gives grows halts heads helps hits holds hopes"
    " hunts imposes joins keeps kills launches lays leads learns leaves loses makes marks meets moves names offers"
    " opens"
    " orders ousts outlines passes pays plans pleads pledges plunges posts praises presses promises proposes pulls"
    " pushes puts raises ramps reaches rejects releases remains reports resigns returns reveals rises rocks rules runs"
    " says seeks seizes sees sends sentences sets settles shakes shows shuts signals signs slams slows soars sparks"
    " spreads stands starts steps stops storms strikes struggles sues surges takes targets tells tests threatens"
    " triggers"
    " tries turns unveils urges visits votes vows wants warns weighs wins withdraws worries"
)
"""Verbs of headlines in the present tense. Only English needs them: elsewhere novelty decides."""


class Headline(NamedTuple):
    """What a stretch of text shows of itself: its topics, its label (a medium's, or `LINK`), and whether its form alone
    says headline."""

    topics: Counter[str]
    label: str
    telling_form: bool


def read_headline(text: str) -> Headline:
    """What the form of a stretch says, by itself.

    >>> read_headline("‘We lost all’: Storm cuts power to northern towns").telling_form
    True
    >>> read_headline("Maps of the flood in Orland").label
    'maps'
    >>> read_headline("How to choose a pan").telling_form
    False
    """
    match = MEDIA.search(text)
    label = (match.group(1) or match.group(2)).lower() if match else LINK if LINKED.search(text) else ""
    lead = _SPOKEN_LEAD.search(text)
    spoken = lead is not None and not VERBS.isdisjoint(lead.group(1).lower().split())
    return Headline(Counter(topics(text)), label, spoken or bool(_QUOTED_LEAD.search(text)))


def is_foreign(headline: Headline, others: Mapping[str, int], after: Collection[str]) -> bool:
    """Whether a headline's topics belong to another article.

    `others` counts the topics of the article without the headline, `after` holds those of the text that follows.
    Topics that run through the whole article tell nothing: what follows may name them in any case.

    >>> article = Counter(topics("The minister held talks with the mayor. The talks failed."))
    >>> is_foreign(read_headline("Drought Empties Markets In Southern Provinces"), article, ["talks", "failed"])
    True
    >>> is_foreign(read_headline("Drought Empties Markets In Southern Provinces"), article, ["drough"])
    False
    """
    if headline.label == LINK:
        return True
    elsewhere = {topic: others.get(topic, 0) for topic in headline.topics}
    if any(topic in after and count < RUNNING_TOPIC for topic, count in elsewhere.items()):
        return False
    if headline.label:
        return not elsewhere.get(headline.label[:STEM], 0)
    new = sum(not count for count in elsewhere.values())
    if headline.telling_form:
        return new >= 2
    return new >= FEWEST_FOREIGN and new >= FOREIGN_SHARE * len(elsewhere)


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
    """The headlines between the sentences of one long block, as drops. `spans` are the sentences as they appear.

    >>> line = (
    ...     "“We stay,” Miller said. “All of us.” Orr said nothing. Drought Empties Markets In Southern Provinces "
    ...     "The mayor left for the harbour, Miller said."
    ... )
    >>> from cleaner.heuristics.running_words import sentences
    >>> found = running_headlines(line, list(sentences(line, Span(0, len(line)))))
    >>> [line[drop.start : drop.end] for drop in found]
    ['Drought Empties Markets In Southern Provinces']
    """
    block = Span(spans[0].start, spans[-1].end)
    content = text[block.start : block.end]
    if not is_reporting(content):
        return []
    subjects = frozenset(_SUBJECT.findall(content))
    breaks = []
    for sentence in spans[1:]:
        start = sentence.start
        if FIRST.search(text[start : start + 4]):
            window = words(text, Span(start, min(sentence.end, start + LONGEST)))
            if count := find_end(window, subjects):
                breaks.append(Span(start, window[count - 1].end))
    if not breaks or len(breaks) > max(MOST_BREAKS, len(spans) // SENTENCES_A_BREAK):
        return []
    article = Counter(topics(content))
    return [_drop(found) for found in breaks if _is_headline(text, found, block.end, article)]


def is_reporting(text: str) -> bool:
    """Whether a text tells who said what, as reports do."""
    return len(_REPORTING.findall(text)) >= FEWEST_REPORTED


def is_long_enough(stretch: Sequence[Word], headline: Headline) -> bool:
    """Whether a stretch has the words of a headline: three with a label, else five. `Note: …` is no headline."""
    if headline.label:
        return len(stretch) >= 3
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
