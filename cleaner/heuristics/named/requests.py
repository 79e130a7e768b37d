"""Paragraphs that ask something of the reader: to sign up, to follow, to say what he thinks, to rate.

Why: such a request stands between two paragraphs or below the last, in a whole sentence and in the author's own voice,
and the model takes it for one of the article's.
Spares: long paragraphs; a sentence that opens with such words and names nothing of a page ("Follow us to the pier");
offers to buy or to book, which the gold mostly keeps.
Known mistakes: an article that is itself an example of such requests, each in a line of its own.
On pages as HTML (cross-validated) 5 that would stay otherwise are no body, and one is: the model knows most of them. In
what two extractors leave of gold pages, and in the gold, 68 lines are no body, and 14 are by the gold of five pages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from cleaner.document import Category
from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.batch import Batch, Booleans
from cleaner.heuristics.batches.shapes import QUOTES
from cleaner.heuristics.named.hints import Beginnings, beginnings, begins, by_itself, heads
from cleaner.heuristics.named.page import Finding, Page
from cleaner.heuristics.pattern import Pattern
from cleaner.span import Span

LONGEST = 320
"""Characters of a request."""
APOSTROPHES = "'’‘ʼ`´"
OPENINGS = (
    "abo apú ass ave bai cad cli con cué des did dis dit do| don dow déj ent et| fin fol gef get giv hab has hat hav "
    "hol if| ins isc je| joi lad lea let lik mel new obs ont par per ple pol pou qué rec reg rej ret ric sca sch se| "
    "seg sha si| sig sou sub sui sus síg tag te| tel ti| to| tél vol vou wan was wha zap úne śle اشت تاب"
)
"""How the openings of requests begin, a blank written as a stroke."""

_NETWORKS = (
    "facebook|twitter|instagram|linkedin|youtube|tiktok|whatsapp|telegram|pinterest|threads|bluesky|mastodon|x|xing"
    "|google news|apple news|social media|discord|فيسبوك|تويتر|انستغرام|واتساب|تلغرام"
)
_LETTERS = (
    "newsletters?|mailing list|e-?mails?|e-?mail alerts|inbox|mailbox|channel|podcast"
    "|infolettre|lettre d.info|boîte mail|boletín|boletines|canal|correo|canale|boletim"
    "|nieuwsbrief|newslettera?|النشرة|نشرتنا|البريدية|قناتنا"
)


class _Request(NamedTuple):
    """How a request opens, and what it names; a block is one where it does both."""

    category: Category
    opens: Pattern
    names: Pattern


def _request(category: Category, opens: Sequence[str], names: str) -> _Request:
    return _Request(category, Pattern(rf"^(?:{'|'.join(opens)})(?:\PL|$)"), Pattern(rf"(?:^|\PL)(?:{names})(?:\PL|$)"))


_REQUESTS = (
    _request(
        Category.SHARE,
        (
            r"(?:follow|like|find|join|connect with) (?:us|me|@\S+|(?:\S+ ){1,4}on)",
            r"(?:folgen sie|folge|folgt) (?:uns|mir|(?:\S+ ){1,4}(?:auf|bei))",
            r"(?:suivez|retrouvez|rejoignez)[- ]\S+",
            r"síguenos|síganos|seguinos|sigue a|únete",
            r"seguici|seguiteci|siga|siga-nos|volg (?:ons|ook)|obserwuj|polub|śledź|تابعونا|تابعنا",
        ),
        _NETWORKS,
    ),
    _request(
        Category.NEWSLETTER,
        (
            r"(?:sign up|subscribe|register)(?: \S+)? (?:for|to) (?:our|the|my|\S+[’']s)",
            r"(?:click here to )?(?:sign up|subscribe) (?:here|now|today|below)",
            r"(?:get|receive|have|want) (?:the|our|all|more|your|a)(?: \S+){1,12} (?:in|to|into) your",
            r"enter your e-?mail",
            r"if you (?:want|wish|would like|[’']d like) to (?:receive|get)(?: \S+){1,12} (?:sign up|subscribe)",
            r"newsletter:",
            r"melden sie sich|melde dich|meldet euch|abonnieren sie|abonniere|abonniert",
            r"inscrivez[- ]vous|abonnez[- ]vous|recevez|pour recevoir|je m.inscris",
            r"suscríbete|suscríbase|apúntate|inscríbete|regístrate|recibe|si (?:quieres|deseas|quiere|desea) recibir",
            r"iscriviti|iscrivetevi|ricevi|per ricevere|inscreva-se|assine|receba|cadastre-se|participe d[oe]",
            r"schrijf je|meld je|abonneer je|ontvang|zapisz się|zaprenumeruj|اشترك|اشتركوا",
        ),
        _LETTERS,
    ),
    _request(
        Category.NEWSLETTER,
        (
            r"(?:download|get|install) (?:the|our)(?: \S+){0,5} app",
            r"(?:laden sie|lade|hol dir|holen sie sich)(?: \S+){1,6} app",
            r"(?:téléchargez|descarga|descárgate|scarica|baixe)(?: \S+){1,6} (?:app|appli|application|aplicación)",
        ),
        "alerts?|news|latest|notifications?|nachrichten|eilmeldungen|actualités|alertes|noticias|alertas|notizie|notícias",
    ),
    _request(
        Category.COMMENTS,
        (
            r"what do you think|let (?:us|me) know|tell (?:us|me)|have your say|do you agree|sound off",
            r"share your (?:thoughts|views|opinions?|experiences?)|leave (?:a|your) (?:comment|thoughts)|join the",
        ),
        r"comments?(?: section)?(?: below| here)?\PL*$",
    ),
    _request(
        Category.COMMENTS,
        (
            r"was (?:meinen|denken|halten) sie|was (?:meinst|denkst) du|diskutieren sie|schreiben sie uns|schreib uns",
            rf"et vous|qu[{APOSTROPHES}]en pensez[- ]vous|donnez votre avis|dites[- ]nous|qué opinas|cuéntanos|déjanos",
        ),
        "kommentare?n?|meinung|commentaires?|comentarios?",
    ),
    _request(
        Category.COMMENTS,
        (
            r"(?:did|have) you (?:make|made|try|tried|cook|cooked|bake|baked) (?:this|these|one of|any of)",
            r"(?:hast du|haben sie|habt ihr)|avez-vous (?:essayé|testé|réalisé|fait)",
            r"please (?:leave|give)(?: \S+){0,2} an?|(?:leave|give) (?:us|me|it|this \S+) an?",
            r"tag (?:us|me|@\S+)",
        ),
        r"recipes?|dish|rezept|recette|star rating|rating|review|instagram|hashtag",
    ),
    _request(
        Category.SHARE,
        (
            r"if you (?:like|liked|enjoy|enjoyed|love|loved|found|appreciate|appreciated) (?:this|reading|(?:\S+ ){1,2}"
            r"(?:article|post|story|recipe|video|show|podcast|episode|newsletter|blog|site|piece|guide|tutorial))",
            r"(?:hat|gefällt) (?:ihnen|dir|euch) (?:der|dieser|das|die|diese) (?:artikel|beitrag|text|podcast|folge)",
            r"(?:vous avez aimé|si vous avez aimé|te ha gustado|si te ha gustado|ti è piaciuto|se ti è piaciuto)",
        ),
        r"subscribe|subscribing|share|sharing|follow|rate|review|clap|tip|coffee|patreon|ko-fi|forward|sign(?:ing)? up"
        r"|support|donat(?:e|ing|ion)|abonnieren|abonniere|teilen|spenden|unterstütze[n]?|partage[rz]?|abonne[rz]?"
        r"|comparte|compártelo|suscríbete|condividi|iscriviti",
    ),
    _request(
        Category.ADVERTISEMENT,
        (r"to (?:order|send|plant|share)(?: \S+){0,8} (?:flowers|trees?|memories)",),
        "store|shop|tribute wall|click here|website",
    ),
)

_UNFOLDED = c.character_set("ßİſǰẖẗẘẚẞ\u212aﬀﬁﬂﬃﬄﬅﬆ")  # letters that are others, or several, in small letters
_LEAST_UNFOLDED = ord("ß")
_UNCASED = ~np.isin(np.arange(c.CLASSES), (c.LOWER, c.UPPER, c.DIGIT))  # classes of more than letters and digits
_QUOTES = c.character_set("".join(sorted(QUOTES)))
_ANY = Pattern("(?m)" + "|".join(request.opens.source for request in _REQUESTS))
"""How any of them opens: one search in many lines takes a fraction of one for each."""


@by_itself
def may_ask(b: Batch) -> Booleans:
    """Blocks for `asks`: not too long, and begin as the openings do, or with what is left out there."""
    flags = begins(b, _beginnings()) | _opens_in_mark(b)
    first, second, third = heads(b, b.starts)
    wide = np.flatnonzero((first | second | third) >= _LEAST_UNFOLDED)
    flags[wide] |= np.any([c.held(codes[wide], _UNFOLDED) for codes in (first, second, third)], axis=0)
    return np.asarray(flags & (b.length <= LONGEST) & ~c.held(b.first_codes, _QUOTES))


def _opens_in_mark(b: Batch) -> Booleans:
    """Blocks that begin with neither letter nor digit."""
    result = _UNCASED.take(b.characters.classes[b.starts])
    codes, places = np.unique(b.first_codes[result], return_inverse=True)
    result[result] = np.array([not chr(code).isalnum() for code in codes.tolist()], np.bool_)[places]
    return result


def requests(page: Page, goes: Container[int]) -> list[Finding]:
    """The requests among the blocks of a text that stay.

    >>> said = "The ferry left at noon, and nobody waved from the long pier."
    >>> asked = "Follow us on Facebook and Instagram for more of the ferry.", "Follow us to the pier, she said."
    >>> [tuple(finding.run) for finding in requests(Page.from_lines(said, *asked, said), ())]
    [(1, 2)]
    """
    short = [index for index in page.hinted(may_ask) if index not in goes]
    if not short:
        return []
    lines = [_said(page.blocks[index]) for index in short]
    tops = list(accumulate((len(line) + 1 for line in lines), initial=0))
    found = []
    for match in _ANY.finditer("\n".join(lines)):
        index = short[bisect_right(tops, match.start()) - 1]
        category = asks(page.blocks[index])
        if category is not None:
            why = "it asks something of the reader"
            found.append(Finding(Span(index, index + 1), category, "request", why))
    asked = {finding.run.start for finding in found}
    page.rule_out(may_ask, [index for index in short if index not in asked])
    return found


def asks(block: str) -> Category | None:
    """What a block is that asks something of the reader; None for any other.

    >>> [asks(line) for line in ("Did you make this recipe? Tag @quill on Instagram.", "Did you make this? she asked.")]
    [<Category.COMMENTS: 'comments'>, None]
    """
    if len(block) > LONGEST or block[0] in QUOTES:
        return None
    said = _said(block)
    for request in _REQUESTS:
        if request.opens.search(said) and request.names.search(said):
            return request.category
    return None


def _said(block: str) -> str:
    """A block in small letters, from the first letter or digit on."""
    said = block.casefold()
    if said[0].isalnum():
        return said
    return said[next((place for place, mark in enumerate(said) if mark.isalnum() or mark == "@"), len(said)) :]


@cache
def _beginnings() -> Beginnings:
    return beginnings((*(head.replace("|", " ") for head in OPENINGS.split()), *(f"qu{mark}" for mark in APOSTROPHES)))
