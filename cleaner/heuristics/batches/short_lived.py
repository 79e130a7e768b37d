"""What of a batch is freed when the rows that need it are made: columns by name, and what is remembered by name."""

OF_WORDS = ("_forms", "vocabulary", "forms", "salt")
"""Columns that the features of words need, and others seldom."""
FOR_FEATURES = ("long-words", "shared-words", "lexicon-counts", "lexicon-opens", "words-in-spans")
"""What is remembered for the features alone."""

FOR_LOOKS = (
    *OF_WORDS,
    *("word_block", "class_counts", "group", "breaks", "newlines", "indent", "index", "size", "shape"),
    *("every_mark", "_sorted_words", "capitals"),
)
"""Columns that the features of single blocks need, and others seldom."""
FOR_LOOKS_ALONE = (
    *("long-words", "lexicon-counts", "lexicon-opens", "since-labels", "until-labels"),
    *("prose-sums", "wording", "wording-sums"),
)
"""What is remembered for these alone."""
