"""What the model looks at: a table of named features.

To add one, write a line into `FEATURES`: its name, what a low and what a high value say in words (shown to users when
it weighs in a decision), and how it is computed from a `Batch` (`measures.py`, `neighbourhood.py`). A feature with
`shifts` is also seen for neighbouring blocks: the model gets it once for each distance, under the name "NAME@-1" for
the block before, "NAME@+2" for the second after. Word lists come in through `evidence.KINDS`, the learnt word weights
through `vocabulary.tsv`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.heuristics.batches import columns as c
from cleaner.heuristics.batches.bands import matrix_of
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.batches.columns import Floats
from cleaner.heuristics.features import measures as m
from cleaner.heuristics.features import neighbourhood as n
from cleaner.heuristics.features.measures import Measure
from cleaner.heuristics.features.wording import wording, wording_within
from cleaner.heuristics.prompts.evidence import KINDS

NEAR = (-1, 1)
AROUND = (-2, -1, 1, 2)
WIDE = (-3, -2, -1, 1, 2, 3)


NAMED = {
    "consent": "consent to cookies",
    "paywall": "a subscription or an appeal for support",
    "newsletter": "a newsletter",
    "comments": "comments",
    "share": "a place to share it",
    "advertisement": "advertising",
    "media": "a player or a gallery",
    "credit": "a credit",
    "footer": "what footers hold",
    "author-bio": "what is told of authors",
    "sign-off": "what ends articles",
    "byline": "a byline",
    "tags": "tags",
    "more": "other articles",
    "navigation": "navigation",
}
"""What a prompt of each kind names, in words for a person."""


class Feature(NamedTuple):
    """One row of the table.

    `says` is "LOW|HIGH", or empty where the value says nothing of a single block. One side is empty where it would say
    that something is missing which most lines lack. Features that say the same count together. `compute` gives one
    value per block.
    """

    name: str
    says: str
    compute: Measure
    shifts: tuple[int, ...] = ()


FEATURES: tuple[Feature, ...] = (
    Feature("words", "few words|many words", lambda b: b.words, WIDE),
    Feature("length", "few words|many words", lambda b: b.length, AROUND),
    Feature("word-length", "short words|long words", m.word_length),
    Feature("longest-word", "|a very long word", m.longest_word),
    Feature("stops", "no full stop|full stops", m.count(c.STOP), AROUND),
    Feature("stops-per-word", "no full stop|full stops", m.per_word(c.STOP)),
    Feature("commas-per-word", "|commas", m.per_word(c.COMMA), NEAR),
    Feature("sentences", "no whole sentence|whole sentences", m.sentences, NEAR),
    Feature("colons", "|colons", m.count(c.COLON), NEAR),
    Feature("quotes", "|quotation marks", m.count(c.QUOTE), NEAR),
    Feature("brackets", "|brackets", m.count(c.BRACKET)),
    Feature("dashes", "|dashes", m.per_word(c.DASH)),
    Feature("separators", "|separators such as ❘ or ›", m.count(c.SEPARATOR), NEAR),
    Feature("currency", "|prices or percentages", m.count(c.CURRENCY)),
    Feature("marks", "|marks such as © or @", m.count(c.MARK), NEAR),
    Feature("digits", "|many digits", m.share(c.DIGIT), AROUND),
    Feature("capitals", "few capitals|many capitals", m.capitals, AROUND),
    Feature("upper", "few capitals|many capitals", m.share(c.UPPER), NEAR),
    Feature("starts-with", "", m.first_class, NEAR),
    Feature("ends-with", "", m.last_class, AROUND),
    Feature("ends-sentence", "does not end like a sentence|ends like a sentence", m.ends_sentence, WIDE),
    Feature("trails-off", "|trails off in an ellipsis", m.trails_off, NEAR),
    Feature("asks", "|a question", m.last_is("?？؟")),
    Feature("exclaims", "|an exclamation", m.last_is("!！")),
    Feature("alike-near", "unlike the lines around it|one of many lines of the same shape", n.alike_near, NEAR),
    Feature("group-blocks", "a paragraph of its own|in a group of lines", lambda b: b.group[0]),
    Feature("group-words", "little text in its paragraph|much text in its paragraph", lambda b: b.group[1], NEAR),
    Feature("group-place", "first of its group|further down its group", lambda b: b.group[2]),
    Feature("breaks-before", "close to the line above|apart from the line above", lambda b: b.breaks, (-1, 1, 2)),
    Feature("indent", "|indented", lambda b: b.indent, NEAR),
    Feature(
        "function-words",
        "few small words such as “the” or “の”|many small words such as “the” or “の”",
        m.lexicon_share("function-words"),
        AROUND,
    ),
    Feature("months", "|names of months or days", m.lexicon_share("months"), NEAR),
    Feature("common-forms", "few of the text's common words|many of the text's common words", m.common_forms, NEAR),
    Feature("rare-forms", "few words of its own|words that stand nowhere else", m.rare_forms, NEAR),
    Feature(
        "in-prose", "words that the text's prose does not use|words that the text's prose uses", m.in_prose, AROUND
    ),
    Feature("copies", "|stands several times in the text", lambda b: b.copies[0], NEAR),
    Feature("copy", "|repeats an earlier line", n.repeats, NEAR),
    Feature("covered", "|says what stands elsewhere too", m.covered, NEAR),
    Feature("same-opening", "|begins like its neighbour", m.same_opening),
    Feature("run-of-short", "among prose|in a run of short lines", n.run_length, NEAR),
    Feature("since-prose", "right after prose|far below the last prose", lambda b: b.since(b.is_prose)),
    Feature("until-prose", "right before prose|far above the next prose", lambda b: b.until(b.is_prose)),
    Feature("prose-near", "no prose close by|prose close by", n.prose_within(3, 3)),
    Feature("prose-around", "little prose around|much prose around", n.prose_within(8, 8)),
    Feature("prose-behind", "little prose above|prose above", n.prose_within(8, -1)),
    Feature("prose-ahead", "little prose below|prose below", n.prose_within(-1, 8)),
    Feature("words-around", "little text around|much text around", n.words_around),
    Feature("prose-before", "early in the prose|late in the prose", n.prose_so_far),
    Feature("prose-before-words", "little prose before it|much prose before it", n.prose_above),
    Feature("prose-after-words", "little prose after it|much prose after it", n.prose_below),
    Feature("words-before", "near the top|near the bottom", n.words_so_far),
    Feature("position", "near the top|near the bottom", lambda b: b.index / np.maximum(b.size - 1, 1)),
    Feature("from-top", "near the top|far from the top", lambda b: b.index),
    Feature("from-bottom", "near the bottom|far from the bottom", lambda b: b.stop - 1 - np.arange(b.count)),
    Feature(
        "relative-length",
        "short beside the text's long lines|as long as the text's long lines",
        n.relative_length,
        NEAR,
    ),
    Feature("blocks", "", lambda b: b.size),
    Feature("all-words", "", lambda b: b.word_sums.total),
    Feature("prose-share", "", n.prose_share),
    Feature("typical-length", "", lambda b: b.quantile(0.5)),
    Feature("long-length", "", lambda b: b.quantile(0.95)),
    Feature("single-spaced", "", lambda b: b.total(b.breaks == 1) / b.size),
    Feature("case-free", "", m.case_free),
    Feature("text-function-words", "", m.text_function_words),
    *(Feature(f"names-{kind}", f"|names {NAMED[kind]}", m.lexicon_share(kind), NEAR) for kind in KINDS),
    *(Feature(f"opens-{kind}", f"|opens with {NAMED[kind]}", m.lexicon_opens(kind)) for kind in KINDS),
    Feature("lexicon-around", "no prompts around|prompts around it", m.lexicon_around),
    Feature("wording", "wording of boilerplate|wording of articles", lambda b: wording(b).scaled, WIDE),
    Feature("wording-sum", "wording of boilerplate|wording of articles", lambda b: wording(b).total, NEAR),
    Feature(
        "wording-low", "a word that boilerplate uses|no word that boilerplate uses", lambda b: wording(b).low, NEAR
    ),
    Feature("wording-high", "no word that articles use|a word that articles use", lambda b: wording(b).high),
    Feature("wording-around", "boilerplate wording around it|article wording around it", wording_within(4, 4)),
    Feature("wording-ahead", "boilerplate wording below|article wording below", wording_within(-1, 6)),
    Feature("wording-behind", "boilerplate wording above|article wording above", wording_within(6, -1)),
    *(
        Feature(
            f"since-{kind}",
            f"close below a line that names {NAMED[kind]}|",
            m.since_label(kind),
        )
        for kind in KINDS
    ),
    *(
        Feature(
            f"until-{kind}",
            f"close above a line that names {NAMED[kind]}|",
            m.until_label(kind),
        )
        for kind in KINDS
    ),
)


def matrix(b: Batch) -> Floats:
    """(features, blocks): every feature of the table, in its order; computed once for a batch."""
    return b.once("features", lambda: matrix_of(FEATURES, b, b.count))


def feature(b: Batch, number: int) -> Floats:
    """One row of the table; computed anew where nobody held all of them."""
    if "features" in b.memo:
        return np.asarray(matrix(b)[number])
    return np.asarray(FEATURES[number].compute(b), np.float32)
