"""Prompts that stand at the start of a long line or between its sentences: `Comment`, `Listen 5 min`.

A prompt is taken only where a sentence may begin, and only if a sentence, a quotation or a wire dateline opens after
it: `Comment ORLAND, Vesk — The mayor …` loses one word, `Comment sections are …` none. Of a phrase that no sentence
begins with (`Article continues below`) a capital after it is enough.

Known mistakes: a prompt before a sentence that begins with a name (`Share Miller left`) stays.
"""

from __future__ import annotations

from cleaner.document import Category, Decision
from cleaner.heuristics.pattern import Pattern
from cleaner.heuristics.running.running_words import opens_quotation, opens_sentence, words
from cleaner.span import Span

WINDOW = 240
"""Characters that are looked at from the start of a sentence."""

LONGEST_PROMPT = 30
"""Words of a sentence that is a prompt as a whole."""

_DATELINE = Pattern(r"^\p{Lu}[\p{Lu} .’'-]{2,30}(?:, [\p{L}. ]{2,30})?(?: \([^)]{2,30}\))? ?[—–-]{1,2} ?[\p{Lu}\d“\"‘]")

_OPENING_WORDS = {
    Category.COMMENTS: "Comments?|Kommentare?|Commentaires|Comentarios|Comentários|Commenti",
    Category.SHARE: "Share|Tweet|Save|Print|Gift Article|Teilen|Drucken|Partager|Compartir|Compartilhar|Condividi",
    Category.OTHER: "Listen|Anhören|Écouter|Escuchar",
}
"""Words that are prompts only at the start of the line, and where a sentence visibly opens after them. Further down
they may be subheadings."""

_WORDS = {
    Category.ADVERTISEMENT: "Advertisement|Anzeige|Werbung|Publicité|Publicidad|Publicidade|Pubblicità|Advertentie"
    "|Annons|Annonse|Annonce|Reklama?",
}
"""Words that are prompts anywhere, but only where a sentence visibly opens after them."""

_PHRASES = {
    Category.ADVERTISEMENT: "ADVERTISEMENT|ANZEIGE|PUBLICIDAD|PUBLICITÉ|PUBBLICITÀ"
    "|(?:Article|Story|Content) continues (?:below|after)(?: (?:this )?(?:advertisement|ad))?"
    "|Advertisement · Scroll to continue|Continue reading below"
    "|Artikel wird nach der Anzeige fortgesetzt",
    Category.SHARE: "Share this (?:article|story)|Share on (?:Facebook|Twitter|X|WhatsApp)|Artikel teilen"
    "|Partager l’article",
    Category.COMMENTS: "Leave a comment|View comments|Show comments|Kommentar schreiben",
    Category.NEWSLETTER: "(?:Sign up for|Subscribe to) (?:our|the) (?:\\pL+ ){0,3}newsletters?(?: here| now| today)?",
    Category.OTHER: "Listen(?: to (?:this|the) (?:article|story))? \\(?\\d+(?: min(?:utes|s)?|:\\d\\d)\\)?"
    "|Listen to (?:this|the) (?:article|story)|\\d+ min(?:ute)? read",
}
"""Phrases that are prompts wherever a sentence may begin, if a capital, a quotation or nothing follows."""


_NEWSLETTER_SENTENCE = Pattern(r"^(?:Sign up|Subscribe|Register) (?:for|to) .{0,80}\bnewsletters?\b")


class _Prompts:
    """Tables of prompts as one pattern, and which of them need no sentence to open after them."""

    def __init__(self, *tables: dict[Category, str]) -> None:
        groups = "|".join(f"({pattern})" for table in tables for pattern in table.values())
        self.kinds = [(category, table is _PHRASES) for table in tables for category in table]
        self.search = Pattern(rf"^(?:{groups})(?:[.!:]? +|$)").search


_ANY = Pattern("|".join((*_PHRASES.values(), *_WORDS.values(), "(?:Sign up|Subscribe|Register) (?:for|to) ")))
_OPENING = Pattern(rf"^(?:{'|'.join(_OPENING_WORDS.values())})\b")
_AT_START = _Prompts(_PHRASES, _WORDS, _OPENING_WORDS)
_BETWEEN = _Prompts(_PHRASES, _WORDS)


def opening_prompts(text: str, sentence: Span) -> list[Decision]:
    """The prompts at the start of a line, one after the other, as drops. `sentence` is the line's first.

    >>> text = "Share Comment ORLAND, Vesk — The mayor has left."
    >>> [text[d.start : d.end] for d in opening_prompts(text, Span(0, len(text)))]
    ['Share', 'Comment']
    >>> opening_prompts("Comment sections are noisy.", Span(0, 27))
    []
    """
    return _prompts(text, sentence, _AT_START)


def may_hold_prompts(block: str) -> bool:
    """Whether `prompts_between` need look at the sentences of a block: one search in place of one for each."""
    return _ANY.search(block) is not None


def may_open_with_prompt(block: str) -> bool:
    """Whether `opening_prompts` need look at a block of which `may_hold_prompts` says nothing."""
    return _OPENING.search(block[:WINDOW]) is not None


def prompts_between(text: str, sentence: Span) -> list[Decision]:
    """The prompts at the start of a later sentence, as drops.

    >>> text = "Article continues below The mayor has left."
    >>> [text[d.start : d.end] for d in prompts_between(text, Span(0, len(text)))]
    ['Article continues below']
    >>> prompts_between("Share The mayor has left.", Span(0, 25))
    []
    """
    return _prompts(text, sentence, _BETWEEN)


def _prompts(text: str, sentence: Span, known: _Prompts) -> list[Decision]:
    found: list[Decision] = []
    position, certain = sentence.start, 0
    while match := known.search(text[position : min(sentence.end, position + WINDOW)]):
        number = next(index for index, group in enumerate(match.groups()) if group is not None)
        category, phrase = known.kinds[number]
        found.append(_drop(Span(position, position + len(match.group().rstrip())), category))
        position += match.end()
        if _opens(text, Span(position, sentence.end)) or (phrase and _may_open(text[position : position + 2])):
            certain = len(found)
    if not certain:
        return _whole_sentence(text, sentence)
    return found[:certain]


def _opens(text: str, span: Span) -> bool:
    """Whether a sentence, a quotation or a dateline opens here beyond doubt."""
    window = words(text, Span(span.start, min(span.end, span.start + WINDOW)))
    if len(window) < 3:
        return False
    here, after = window[0], window[1:]
    dateline = _DATELINE.search(text[span.start : min(span.end, span.start + WINDOW)])
    return dateline is not None or opens_sentence(here, after) or opens_quotation(here, after)


def _may_open(beginning: str) -> bool:
    return not beginning or beginning.lstrip("“„«‘\"'")[:1].isupper()


def _whole_sentence(text: str, sentence: Span) -> list[Decision]:
    """A sentence that asks to sign up for a newsletter, and ends as a sentence does."""
    content = text[sentence.start : min(sentence.end, sentence.start + WINDOW)]
    if sentence.end - sentence.start > WINDOW or content[-1] not in ".!?" or content.count(" ") >= LONGEST_PROMPT:
        return []
    if not _NEWSLETTER_SENTENCE.search(content):
        return []
    window = words(text, sentence)
    if any(opens_sentence(window[i], window[i + 1 :]) for i in range(2, len(window) - 1)):
        return []
    return [_drop(sentence, Category.NEWSLETTER)]


def _drop(span: Span, category: Category) -> Decision:
    why = "a prompt of the page before a sentence of the article"
    return Decision(span.start, span.end, False, category, "heuristic/running-prompt", why, 0.95)
