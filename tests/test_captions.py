"""Captions above their credits: sentences that the model alone would leave between the paragraphs."""

from __future__ import annotations

import numpy as np
import pytest
from prose import HALM

from cleaner import Cleaner
from cleaner.document import Category
from cleaner.heuristics.named.captions import captions_above_credits
from cleaner.heuristics.named.page import Page

CAPTION = "Two boys wait for the ferry on the old pier of Halm."
CREDIT = "Photo: Ida Quill"
HEAD = ["Skip to content", "Home", "News", "Sport", "Sign in", "Subscribe", "Ferry to Halm will run twice a day"]
FOOT = ["Related articles", "Why the lighthouse is green", "Leave a reply", "All rights reserved", "Privacy policy"]
PAGE = "\n\n".join([*HEAD, "By Nora Blank", "4 May 2031", *HALM[:2], CAPTION, CREDIT, *HALM[2:], *FOOT]) + "\n"


def found(caption: str, credit: str, likely: float = 0.7) -> list[str]:
    """What goes besides where the credit goes and the model says this of the caption."""
    lines = [HALM[0], caption, credit, HALM[1]]
    runs = [finding.run for finding in captions_above_credits(Page.from_lines(*lines), {2}, lambda: np.full(4, likely))]
    return [line for run in runs for line in lines[run.start : run.end]]


def test_a_caption_goes_with_the_credit_below_it() -> None:
    cleaned = Cleaner(rules=()).explain(PAGE)
    assert CAPTION not in cleaned.text
    assert all(paragraph in cleaned.text for paragraph in HALM)
    (decision,) = (d for d in cleaned.decisions if PAGE[d.start : d.end].strip() == CAPTION)
    assert decision.category is Category.CAPTION
    assert decision.why == "the line below it names who made the picture"


@pytest.mark.parametrize(
    "credit", [CREDIT, "(Ida Quill/Halm Press)", "© Ida Quill", "Bildrechte: HR/Ida Quill", "Foto:"]
)
def test_any_credit_says_so(credit: str) -> None:
    assert found(CAPTION, credit) == [CAPTION]


@pytest.mark.parametrize(
    "block",
    [
        "Two boys wait on the pier of Halm",  # a subheading
        "The pier is old. It will stand until the autumn, the harbour board has said.",  # a paragraph
        "and the second boat is to follow in the month of June.",  # the end of a sentence
        "Two boys wait.",
    ],
)
def test_what_is_no_single_sentence_stays(block: str) -> None:
    assert found(block, CREDIT) == []


def test_a_sentence_of_the_article_stays_above_a_picture() -> None:
    assert found(CAPTION, CREDIT, likely=0.95) == []
    assert found(CAPTION, "Photo") == []


@pytest.mark.parametrize("rights", ["© Riproduzione riservata", "©RIPRODUZIONE RISERVATA", "(© Halm Press)"])
def test_the_last_line_above_a_notice_of_rights_stays(rights: str) -> None:
    lines = [HALM[0], HALM[1], "The board voted with nine against four.", rights, "Privacy policy"]
    assert captions_above_credits(Page.from_lines(*lines), {3, 4}, lambda: np.full(5, 0.7)) == []
    assert found(CAPTION, "© Ida Quill") == [CAPTION]
