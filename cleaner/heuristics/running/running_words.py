"""Words, sentences and openings of sentences in a long line: what the running-text heuristics look at.

Everything here is a small look-up over white-space words. Only cased scripts are served: where a script knows no
capitals, nothing here finds an opening, so a line in it stays whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.span import Span

OPENING_QUOTES = "“„«‘\"'‚‹»"
"""Marks that open a quotation in one of the languages served; `»` opens in German and Danish print."""

MOST_SEARCHED = 30
"""Topics up to which it takes less time to search a text for each than to read all its words."""

STEM = 6
"""Letters of a word that are compared: `Ukraine` and `Ukrainian` are one topic. Five joins too much, seven too
little."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’“‘»«)\]›]*[ \t\n\f\r]+")
_WORD, _LETTER = re.compile(r"[^\W\d_]{4,}"), re.compile(r"[^\W\d_]")
"""One class, or classes that share no character, so `re` cannot backtrack far here; it is four times as fast as re2's
Python layer."""


def word_set(*lists: str) -> frozenset[str]:
    """The words of lists that are written with spaces between."""
    return frozenset(" ".join(lists).split())


ABBREVIATIONS = word_set(
    "adm al approx apr aug ave bros bzw ca capt cf ch co col cpl dec dept dr ed eg esp est etc feb fr gen gov hon hr"
    " inc ing jan jr jul jun lic lt ltd maj mar messrs mio mme mr mrd mrs ms mt mx nov oct op pres prof pvt ref rep"
    " rev sen sep sept sgt sig sr sra st ste str supt tel usw vgl vs z"
)
"""Words whose full stop ends no sentence, lower case, without the stop. `etc` and `inc` may end one: in doubt, not."""

OPENERS = word_set(
    "A About According Additionally After Again Against All Along Also Although Among An And Another Any As At"
    " Because Before Behind Besides Between Both But By Can Could Despite Did Do Does During Each Earlier Either Even"
    " Every Everyone Few Finally First For Former From Given Had Has Have He Her Here His How However If In Indeed"
    " Instead It Its Just Last Later Like Many Maybe Meanwhile More Moreover Most Much My Nearly Neither Never"
    " Nevertheless No None Nor Not Nothing Now Of Officials Often On Once One Only Or Other Others Our Out Over People"
    " Perhaps Police Rather Researchers Several She Should Since So Some Sometimes Soon Still Such That The Their Then"
    " There Therefore These They This Those Though Three Through Throughout Thus To Today Two Under Unlike Until Upon"
    " Was We Were What Whatever When Where Whether Which While Who Whoever Why With Within Without Would Yes Yet You"
    " Your Aber Als Am An Auch Auf Aus Bei Beim Bis Da Damit Danach Dann Das Dass Dem Den Denn Der Des Deshalb Die"
    " Dies Diese Dieser Dieses Doch Dort Durch Ein Eine Einen Einer Er Erst Es Für Gegen Gleichzeitig Heute Hier Im"
    " Immer In Ins Ist Jetzt Kein Keine Man Mehr Mit Nach Nachdem Nicht Noch Nun Nur Ob Ohne Schon Seit Seine Seit So"
    " Sogar Trotz Um Und Unter Vom Vor Wann Warum Was Weil Wenn Wer Wie Wir Wird Während Zu Zudem Zum Zur Zwar Au Aux"
    " Avec Ce Celui Cela Ces Cet Cette Comme Dans Depuis Des Elle Elles En Et Il Ils La Le Les Leur Lors Mais Malgré"
    " Nous On Or Par Parmi Pendant Pour Quand Sans Selon Si Son Sur Tout Un Une Vous Al Algunos Ante Aunque Como Con"
    " Cuando Desde Donde El Ella Ellos Entre Era Esa Ese Esta Este Esto Estos Hace Hasta Hay Las Lo Los Más Ni No Para"
    " Pero Por Porque Según Ser Sin Sobre Su Sus También Tras Una Unos Ya Ao Aos As Até Com Da Das Dos Durante Ela Ele"
    " Eles Em Essa Esse Essa Foi Isso Mas Na Nas No Nos O Os Pela Pelo Pois Quem Segundo Seu Sua Uma Anche Che Chi Con"
    " Così Dal Dalla Della Dopo Gli Il Lo Ma Nel Nella Per Perché Poi Se Secondo Sono Sul Tra Un Uno Aan Alle Bij Deze"
    " Dit Door Een En Er Haar Het Hij In Maar Met Na Naar Niet Nog Ook Om Op Sinds Toen Tot Uit Veel Volgens Voor Want"
    " Wat We Wie Zijn Ze Zij Att Av Den Det En Ett Efter Eller Enligt Från För Han Hon Hun Ifølge Inte Jag Man Med Men"
    " Nu Når När Och Og Om På Samtidig Samtidigt Sedan Som Så Till Ved Vi Vid Ale Co Czy Dla Jak Jako Jednak Jest Już"
    " Kiedy Na Nie Od Po Pod Przed Przez Tak To W We Według Za Ze"
)
"""Words that open sentences and, capitalised, stand nowhere else in running prose before a word in lower case.

Names that begin with such a word (`The Hague`, `La Vanguardia`) go on with a capital, which `opens_sentence` minds.
German `Sie` and English `I` are left out: both are capitalised inside sentences.
"""

MINOR = word_set(
    "a an and as at but by for from in into is its nor of off on onto or over per so than that the to toward up upon"
    " via vs vs. with who de la le les des du et en un une del el los las y e da do dos der die das den dem ein eine"
    " im und von zu"
)
"""Words that stay in lower case in a title."""


NUMBERED = word_set("abs art fig figs no nos nr p pp s sec vol")
"""Words whose full stop ends no sentence before a digit."""


class Word(NamedTuple):
    """A white-space word and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def core(self) -> str:
        """The word without marks around it."""
        return self.text.strip("“”„«»‘’\"'‚‹›()[].,:;!?…–—-")


def topics(text: str) -> list[str]:
    """The topics of a text, in order: its words of at least four letters, lower case, cut to `STEM` letters.

    >>> topics("What the Ukrainians in Ukraine do with a storm")
    ['ukrain', 'ukrain', 'storm']
    """
    return [word[:STEM] for word in _WORD.findall(text.lower()) if word not in FRAME]


def count_topics(text: str, wanted: Collection[str]) -> Counter[str]:
    """How often a text names each of some topics.

    >>> count_topics("What the Ukrainians in Ukraine do with a storm", {"ukrain", "store"})
    Counter({'ukrain': 2, 'store': 0})
    """
    if len(wanted) > MOST_SEARCHED:
        every = Counter(topics(text))
        return Counter({topic: every[topic] for topic in wanted})
    lowered = text.lower()
    return Counter({topic: sum(1 for _ in _mentions(lowered, topic)) for topic in wanted})


def _mentions(lowered: str, topic: str) -> Iterator[int]:
    """Where the words begin that name a topic."""
    at = lowered.find(topic)
    while at >= 0:
        word = _WORD.match(lowered, at)
        if word and word[0][:STEM] == topic and word[0] not in FRAME and not (at and _LETTER.match(lowered, at - 1)):
            yield at
        at = lowered.find(topic, at + len(topic))


FRAME = word_set(
    "about after again also another because been before being best between could does ever every from have here into"
    " just know like many might more most much must need never next once only other over same should since some still"
    " such than that their them then there these they this those what when where which while will with would your"
)
"""Words of a headline's frame, which name no topic."""


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a block. In doubt two sentences stay one: after an abbreviation, an initial, an ellipsis, a
    small number or before a lower-case word.

    >>> text = "Gen. A. Orr paid 3.5 million at Orr.com. “It hurt.” He left"
    >>> [text[slice(*span)] for span in sentences(text, Span(0, len(text)))]
    ['Gen. A. Orr paid 3.5 million at Orr.com.', '“It hurt.”', 'He left']
    """
    start = span.start
    for match in _SENTENCE_END.finditer(text[span.start : span.end]):
        mark, following = span.start + match.start(), span.start + match.end()
        if following < span.end and _ends_sentence(text, mark, following, start):
            yield Span(start, mark + len(match.group().rstrip()))
            start = following
    if start < span.end:
        yield Span(start, span.end)


def _ends_sentence(text: str, mark: int, following: int, floor: int) -> bool:
    if text[following].islower():
        return False
    if text[mark] != ".":
        return True
    before = text[max(floor, mark - 24) : mark].rpartition(" ")[2].lstrip("(“\"‘'[")
    if not before or "." in before:
        return before.endswith((".com", ".org", ".net"))
    initial = len(before) == 1 and before.isalpha()
    if before.lower() in NUMBERED:
        return not text[following].isdigit()
    return not (initial or before.lower() in ABBREVIATIONS or (before.isdigit() and len(before) < 3))


def words(text: str, span: Span) -> list[Word]:
    """The white-space words of a span."""
    found, position = [], span.start
    for word in text[span.start : span.end].split():
        position = text.index(word, position)
        found.append(Word(word, position, position + len(word)))
        position += len(word)
    return found


def opens_sentence(here: Word, after: Sequence[Word]) -> bool:
    """Whether a function word opens a sentence: capitalised, and the next word of weight is in lower case.

    >>> text = "The spokesman said The Hague"
    >>> spoken = words(text, Span(0, len(text)))
    >>> opens_sentence(spoken[0], spoken[1:]), opens_sentence(spoken[3], spoken[4:])
    (True, False)
    """
    if here.text not in OPENERS or not after or not after[0].text[:1].islower():
        return False
    weighty = next((word for word in after[:4] if word.text not in MINOR), None)
    return weighty is not None and weighty.text[:1].islower()


def opens_gerund(here: Word, after: Sequence[Word]) -> bool:
    """Whether a gerund opens a sentence: `Talking to the council …`."""
    return here.text.endswith("ing") and len(here.text) > 5 and here.text[0].isupper() and after[0].text in MINOR


def opens_quotation(here: Word, after: Sequence[Word]) -> bool:
    """Whether a quotation of a whole sentence opens: a capital, then words in lower case, no closing mark soon.

    A quoted title inside a title does not: its words are capitalised.
    """
    if here.text[0] not in OPENING_QUOTES or not here.text[1:2].isupper():
        return False
    near = after[:3]
    if any(mark in word.text[1:] for word in (here, *near) for mark in '”"»'):
        return False
    weighty = [word for word in near if word.text not in MINOR]
    return bool(near) and near[0].text[:1].islower() and all(word.text[:1].islower() for word in weighty)
