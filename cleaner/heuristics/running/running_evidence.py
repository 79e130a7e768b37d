"""What a stretch of text shows of itself, and against the article it stands in: is it a headline, and of another one?

Used where a headline stands inside a line (`running_headline.py`) and where it has a line (`inserted_headline.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import islice
from typing import NamedTuple

from cleaner.heuristics.pattern import Pattern
from cleaner.heuristics.running.running_words import STEM, topics, word_set

RUNNING_TOPIC = 4
"""Mentions from which a topic runs through the article, so that what follows names it in any case."""

FEWEST_REPORTED = 3
"""Times that a line says who said something, from which it is a report. Links to other articles stand in reports;
guides and essays have subheadings."""

FEWEST_FOREIGN = 3
"""Topics that the article does not share. Of 5,377 short lines in gold bodies 50 have three and no uptake."""

FOREIGN_SHARE = 0.6
"""Share of the topics that the article does not share."""

MEDIA = Pattern(
    r"^(?:(Maps?|Photos?|Pictures|Videos?|Timeline|Graphics?|Podcast)(?: of | from |: )|(Watch|Listen|Live"
    r"|In pictures|In photos|Fotos|Bilder|Karte|Vidéo|Carte|Fotogalería|Fotogalerie|Galería|Vídeo): )"
)
"""A label that says that the link leads to other than text."""
MEDIA_INITIALS = frozenset("BCFGIKLMPTVW")
"""With what such a label begins."""

LINK = "link"
"""The label of a headline that is marked as a link to another article."""

LINKED = Pattern(
    r"(?i)^(?:also read|read (?:also|more|next)|related(?: (?:article|story|stories))?|recommended|see more"
    r"|lesen sie auch|lies auch|mehr zum thema|(?:à )?lire aussi|le[ae] también|leia (?:também|mais)|leggi anche"
    r"|lees ook|läs (?:också|mer)|les også|læs også|czytaj także|čtěte také) ?: "
)
"""Labels of links to other articles."""

_QUOTED_LEAD = Pattern(r"^[‘'“\"«„][^‘“\"«„”»:.]{2,60}[’'”\"»“]: \S")
_SPOKEN_LEAD = Pattern(r"^[^:“‘\"]{3,60}: (\S+ \S+ \S.*)")
_REPORTING = Pattern(
    r"(?i)\b(?:said|says|told|added|according to|sagte|sagt|erklärte|betonte|laut|teilte|a déclaré|a dit|affirme"
    r"|explique|selon|dijo|señaló|afirmó|aseguró|según|disse|afirmou|segundo|ha detto|secondo|zei|zegt|volgens|sa"
    r"|säger|sade|sier|ifølge|enligt|siger|powiedział|mówi|według|uvedl|řekl|podle)\b"
)

VERBS = word_set(
    "accuses admits agrees aims announces appeals approves arrests asks attacks backs bans battles becomes begins"
    " blames blasts blocks boosts braces breaks brings builds calls cancels catches charges claims clashes closes"
    " collapses condemns confirms considers cuts deals declares defends delays demands denies deploys dies draws"
    " drives drops ends expands expects faces falls fears fights fires forces gets gives grows halts heads helps hits"
    " holds hopes hunts imposes joins keeps kills launches lays leads learns leaves loses makes marks meets moves"
    " names offers opens orders ousts outlines passes pays plans pleads pledges plunges posts praises presses promises"
    " proposes pulls pushes puts raises ramps reaches rejects releases remains reports resigns returns reveals rises"
    " rocks rules runs says seeks seizes sees sends sentences sets settles shakes shows shuts signals signs slams"
    " slows soars sparks spreads stands starts steps stops storms strikes struggles sues surges takes targets tells"
    " tests threatens triggers tries turns unveils urges visits votes vows wants warns weighs wins withdraws worries"
)
"""Verbs of headlines in the present tense. Only English needs them: elsewhere novelty decides."""


class Headline(NamedTuple):
    """What a stretch of text shows of itself: its topics, its label (a medium's, or `LINK`), and whether its form alone
    says headline."""

    topics: Counter[str]
    label: str
    telling_form: bool

    @property
    def named(self) -> set[str]:
        """The topics that it is held against the article by."""
        return {*self.topics, self.label[:STEM]} if self.label else {*self.topics}


def read_headline(text: str) -> Headline:
    """What the form of a stretch says, by itself.

    >>> read_headline("‘We lost all’: Storm cuts power to northern towns").telling_form
    True
    >>> read_headline("Maps of the flood in Orland").label
    'maps'
    >>> read_headline("How to choose a pan").telling_form
    False
    """
    match = MEDIA.search(text) if text[:1] in MEDIA_INITIALS else None
    label = (match.group(1) or match.group(2)).lower() if match else LINK if is_link(text) else ""
    lead = _SPOKEN_LEAD.search(text) if ": " in text else None
    spoken = lead is not None and not VERBS.isdisjoint(lead.group(1).lower().split())
    return Headline(Counter(topics(text)), label, spoken or (": " in text and bool(_QUOTED_LEAD.search(text))))


def is_link(text: str) -> bool:
    """Whether a stretch is marked as a link to another article.

    >>> is_link("Read more: Storm cuts power"), is_link("Read more of it")
    (True, False)
    """
    return ": " in text and LINKED.search(text) is not None


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


def is_reporting(text: str) -> bool:
    """Whether a text tells who said what, as reports do."""
    return sum(1 for _ in islice(_REPORTING.finditer(text), FEWEST_REPORTED)) == FEWEST_REPORTED
