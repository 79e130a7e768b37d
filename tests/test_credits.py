"""Captions and credits: told by what they end in, wherever the prose around them stands."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.document import Document
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.named.credits import is_credit
from cleaner.heuristics.named.hints import may_be_credit

CREDITS = [
    "The new crane lifts its first load at Oldport. Credit: Nora Blank",
    "The new crane lifts its first load at Oldport. Photo credit: Blank & Sons",
    "Does the old crane still turn? Photo by Ida Quill for the Harbour Post",
    "The old crane (left) and the new one (right) | Photo: Ida Quill",
    "The crane at dusk, seen from the pier. Courtesy of the Oldport Museum",
    "The keeper of the harbour says he never slept better. Image by Ida Quill on Pexels",
    "Ships wait for the tide in front of the lock. Ida Quill/Alamy",
    "Ships wait for the tide in front of the lock. Ida Quill on Unsplash",
    "Der alte Kran am Hafen von Oldport © Gemeinde Oldport",
    "The long pier, Oldport | © 2019 Nora Blank",
    "© Nora Blank / Harbour Post",
    "Le port au petit matin, vu du phare. Crédit : Ida Quill",
    "The keeper locks the gate of the old lock for the night (Photo: Ida Quill)",
    "Dźwig w porcie o zmierzchu. Fot. Jan Sowiński",
    "Снимка: Мила Стоева",
    "Silta avattiin vuonna 1961. KUVA: Timo Salo",
    "Mặt cầu sáng thứ hai. Ảnh: Trần An",
    "নদীতলার সেতু। ছবি: রফিক আহমেদ",
    "צילום: יואב נחום",
    "通行止めになる橋＝四日、海野花子撮影",
    "夜裡的港口，沒有一艘船。記者海野／攝影",
    "柳溪大桥。资料图",
    "▲ 통제를 앞둔 버들교. /사진=버들신문 DB",
]
PROSE = [
    "The crane lifted its first load at Oldport, and the credit: nobody took it.",
    "He wrote below it: Photo by me",
    "3. Photo: what to look for",
    "Step 2. How to find pictures on Unsplash",
    "It was the law of 1911 that gave him his ©, and he kept it for life.",
    "Our plan™© for the harbour",
    "© 2031 The Harbour Post",
    "Bring your papers, or a photo of them. Credit is given to nobody",
    "他年轻时最喜欢的是摄影",
    "ภาพรวมของตลาดในปีนี้ยังดีอยู่",
    "Ảnh hưởng của cơn bão: ba ngày mất điện",
    "Снимката е от 1931 година: мостът още го няма",
    "저작권자 ⓒ 버들신문, 무단 전재 및 재배포 금지",
]


@pytest.mark.parametrize("line", CREDITS)
def test_a_caption_that_ends_in_its_credit_is_told(line: str) -> None:
    assert is_credit(line)
    assert may_be_credit(Batch([Document.from_text(line)])).tolist() == [True]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_that_speaks_of_pictures_is_none(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize("line", CREDITS)
def test_a_caption_goes_though_no_page_is_around_it(line: str) -> None:
    said = "The council met on Monday and talked about the crane, which is older than the harbour it stands in.\n"
    assert Cleaner(rules=()).clean(f"{said}\n{line}\n\n{said * 2}") == f"{said}\n{said * 2}"
