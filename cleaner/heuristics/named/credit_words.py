"""Words that open a credit, by language: what stands before its colon, and behind the last sentence of a caption."""

from __future__ import annotations

from itertools import chain

LABELS = {
    "en": "photo|photo credit|image|image credit|picture|credit|photo by|image by",
    "de": "foto|bild",
    "fr": "crédit photo|crédits|crédit",
    "pl": "fot|zdjęcie|zdjęcia|źródło zdjęcia|autor zdjęcia",
    "cs": "autor fotografie|zdroj fotografie",
    "hu": "fotó|fotók|borítókép|nyitókép|címlapkép|képek forrása|kép forrása",
    "ro": "sursa foto|credit foto|sursă foto",
    "el": "φωτο|φωτό|φωτογραφία|φωτογραφια|φωτογραφίες|φωτογραφιες|πηγή φωτό|πηγή φωτογραφίας|φωτογραφία αρχείου",
    "ru": "фото|автор фото|источник фото",
    "uk": "фото|джерело фото|автор фото",
    "bg": "снимка|снимки|източник на снимката",
    "sr": "фото|foto|izvor fotografije",
    "tr": "fotoğraf|fotoğraflar",
    "fi": "kuva|kuvat",
    "et": "foto|fotod",
    "ar": "تصوير|صورة|مصدر الصورة",
    "he": "צילום|צילומים|קרדיט|קרדיט תמונה",
    "fa": "عکس|عکاس",
    "hi": "फोटो|तस्वीर|फोटो साभार|फोटो सोर्स|फोटो क्रेडिट|इमेज सोर्स",
    "bn": "ছবি|ছবির উৎস",
    "ta": "படம்|புகைப்படம்",
    "th": "ภาพ|ภาพจาก|ภาพประกอบ|เครดิตภาพ|ที่มาภาพ",
    "vi": "ảnh|nguồn ảnh|ảnh minh họa",
    "id": "sumber foto|foto",
    "sw": "picha",
    "zh": "图|图片|图源|图片来源|摄影|圖|圖片|圖源|圖片來源|攝影|照片來源",
    "ja": "写真|写真提供|撮影|画像|画像提供|画像出典",
    "ko": "사진|사진제공|사진 제공|사진출처|사진 출처",
}
"""What stands before the colon of a credit, in small letters."""

ENGLISH = (
    "Credit:|Credits:|credit:|Photo:|Photos:|Image:|Photo by |Photos by |Photograph by |Photography by |Image by "
    "|Illustration by |Courtesy of |Courtesy:"
)
OTHERS = (
    "Foto:|Fotos:|Bild:|Crédit photo :|Crédit :|Crédits :|Фото:|Fot. |Fot.:|fot. |foto:|Fotó:|Fotod:|Снимка:|Φωτό:"
    "|Φωτογραφία:|ΦΩΤΟ:|Kuva:|KUVA:|KUVAT:|Fotoğraf:|Ảnh:|Picha:|ছবি:|ছবি :|फोटो:|படம்:|ภาพ:|ภาพ :|צילום:|תצלום:"
    "|تصوير:|عکس:|사진=|사진:|사진 제공=|사진제공=|写真：|写真＝|撮影：|画像：|图：|图/|图源：|摄影：|圖：|圖／|攝影："
)
TAIL_LABELS = tuple(f"{ENGLISH}|{OTHERS}".split("|"))
"""What opens a credit behind the last sentence of a caption, as it is written there ..."""
LABEL_ENDS = (":", "by ", "Courtesy of ", "ot. ", "=", "：", "＝", "/", "／")
"""... in which each of these ends, but for blanks."""

TAILS = (
    "攝影",
    "／攝",
    "/攝",
    "摄影",
    "／摄",
    "/摄",
    "供图",
    "供圖",
    "资料图",
    "资料图片",
    "資料圖",
    "資料照",
    "資料照片",
    "撮影",
)
"""What ends a credit in scripts without spaces."""

_labels = frozenset(chain.from_iterable(labels.split("|") for labels in LABELS.values()))


def is_label(text: str) -> bool:
    """Whether a text is what stands before the colon of a credit, in small letters.

    >>> is_label("photo credit"), is_label("ছবি"), is_label("photos of cranes")
    (True, True, False)
    """
    return text in _labels


def initials() -> str:
    """The characters with which labels begin, small and large, and "Top"."""
    return "".join({character for label in (*_labels, "top") for character in (label[0], label[0].upper())})
