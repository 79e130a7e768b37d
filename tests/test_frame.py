"""Pages in a language of which the lexicon holds no word. The one below is invented for this test."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner import Cleaner
from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.named.page import Page
from cleaner.heuristics.verdict.frame import framed, may_be_framed

MENU = ["Halluna", "Tevolu", "Kesimba", "Orrulo", "Kesimba vo pelte", "Vintaro", "Lomesa", "Halluna Terre", "Ummaro"]
HEAD = [*MENU, "Login", "Pelitto vallimo sorvala", "Harru Dello | 3 Vent 2031", "Copy to Clipboard"]
BODY = [
    "Ganu pelitte sorvala umba teresho nok vallimo, arru kembito selavo dorrim uleta, pelitto morvase ellu tambiro.",
    "Urrela somba vetiko lan perrumo dasselu, umba orvito keslan morru pelitte, arru dombela vintaso kelumbo terreli.",
    "Dorrim selavo tambiro ganu vallimo, keslan umba perrumo sorvala nok uleta, lan dasselu vetiko arru orvito.",
    "Ellu kembito pelitto urrela, morru teresho dombela vintaso umba, ganu kelumbo terreli somba lan dasselu nok.",
    "Sorvala umba morvase arru keslan, vetiko ganu dombela tambiro ellu, urrela nok vintaso pelitte lan dorrim.",
]
PAPERS = ["Velimo Tas", "Harranu Post", "Dellu", "Ummaro Tas", "Sorru", "Perrando", "Gasselu Ro", "Ilvo", "Marrenga"]
FOOT = [*MENU, *PAPERS, "\N{COPYRIGHT SIGN} 2031 Harranu. All rights reserved."]


def test_a_page_in_an_unknown_language_loses_its_menus() -> None:
    assert Cleaner(rules=()).clean("\n".join((*HEAD, *BODY, *FOOT))).rstrip("\n") == "\n".join(BODY)


@pytest.mark.parametrize("left_out", ["head", "foot", "both"])
def test_a_text_without_a_frame_stays(left_out: str) -> None:
    head = HEAD if left_out == "foot" else []
    text = "\n".join((*head, *BODY, *(FOOT[:-1] if left_out == "head" else [])))
    assert Cleaner(rules=()).clean(text) == text


def test_only_texts_of_unknown_languages_may_be_framed() -> None:
    known = ["The ferry left at noon, and nobody of the town waved from the long pier when it was gone."] * 3
    texts = ["\n".join((*HEAD, *prose, *FOOT)) for prose in (BODY, known)]
    assert may_be_framed(Batch([Document.from_text(text) for text in texts]), [True, True]).tolist() == [True, False]


def test_a_frame_is_mostly_unlikely_lines_above_and_below() -> None:
    page = Page.from_lines(*HEAD, *BODY, *FOOT)
    above, below = len(HEAD), len(FOOT)
    likely = np.array([0.05] * above + [0.95] * len(BODY) + [0.05] * below, np.float32)
    assert framed(page, likely)
    doubted = likely.copy()
    doubted[3:above] = 0.6
    assert not framed(page, doubted)
    likely[above : above + 3] = 0.8
    assert not framed(page, likely)
