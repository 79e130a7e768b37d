"""Bytes to text, text or page, and the text of pages."""

from __future__ import annotations

import base64
import os
import quopri
import random
import subprocess
import sys
import time
from itertools import product

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, reject
from hypothesis import strategies as st
from lxml import etree, html

from cleaner import Cleaner, InputError, OptionError
from cleaner.reading import read
from cleaner.reading.encoding import decode
from cleaner.reading.html import read_page
from cleaner.reading.markup import flatten, lay_out, pieces
from cleaner.reading.sniff import sniff

LANGUAGES = {
    "French": ("cp1252", "L’été dernier, la rivière a débordé près du moulin ; où étaient les élèves ? À l’école."),
    "German": ("cp1252", "Gestern trat der Fluss über die Ufer. „Niemand wurde verletzt“, hieß es im Städtchen."),
    "Spanish": ("cp1252", "Ayer el río se desbordó. ¿Hubo heridos? No, según el señor alcalde: mañana volverán."),
    "English": ("cp1252", "Yesterday the river left its bed. “Nobody was hurt,” said the clerk — it’s a wonder."),
    "Polish": ("cp1250", "Wczoraj rzeka wystąpiła z brzegów, a mieszkańcy doliny przenieśli się na wyższe piętra."),
    "Czech": ("iso8859_2", "Včera se řeka vylila z břehů a obyvatelé údolí se přestěhovali do vyšších pater."),
    "Turkish": ("cp1254", "Dün nehir taştı ve vadinin sakinleri üst katlara taşındı; çocuklar okula gidemedi, ağladı."),
    "Russian": ("cp1251", "Вчера река вышла из берегов, и жители долины переехали на верхние этажи."),
    "Russian, KOI8": ("koi8_r", "Вчера река вышла из берегов, и жители долины переехали на верхние этажи."),
    "Greek": ("cp1253", "Χθες ο ποταμός υπερχείλισε και οι κάτοικοι της κοιλάδας μετακόμισαν στους πάνω ορόφους."),
    "Hebrew": ("cp1255", "אתמול עלה הנהר על גדותיו ותושבי העמק עברו לקומות העליונות. איש לא נפגע."),
    "Arabic": ("cp1256", "أمس فاض النهر وانتقل سكان الوادي إلى الطوابق العليا. لم يصب أحد بأذى."),
    "Thai": ("cp874", "เมื่อวานนี้แม่น้ำเอ่อล้นตลิ่ง ชาวบ้านในหุบเขาย้ายขึ้นไปอยู่ชั้นบน ไม่มีใครได้รับบาดเจ็บ"),
    "Japanese": ("cp932", "昨日、川が氾濫し、谷の住民は上の階に避難した。けが人はいないと町役場は発表した。"),
    "Japanese, EUC": ("euc_jp", "昨日、川が氾濫し、谷の住民は上の階に避難した。けが人はいないと町役場は発表した。"),
    "Japanese, seven bits": ("iso2022_jp", "昨日、川が氾濫し、谷の住民は上の階に避難した。"),
    "Chinese": ("gb18030", "昨天，河水泛滥，山谷里的居民搬到了楼上。镇政府说，没有人受伤。"),
    "Chinese, traditional": ("big5", "昨天，河水氾濫，山谷裡的居民搬到了樓上。鎮政府說，沒有人受傷。"),
    "Korean": ("cp949", "어제 강이 범람하여 계곡의 주민들이 위층으로 대피했다. 다친 사람은 없다고 밝혔다."),
}


@pytest.mark.parametrize("times", [1, 700], ids=["once", "many times"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_legacy_encodings_are_recognised(language: str, times: int) -> None:
    encoding, line = LANGUAGES[language]
    text = (line + "\n") * times
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.warnings == ()


@pytest.mark.parametrize("language", ["Japanese", "Japanese, EUC", "Chinese", "Chinese, traditional"])
def test_a_long_line_without_a_blank_is_recognised(language: str) -> None:
    encoding, line = LANGUAGES[language]
    assert decode((line * 2_000).encode(encoding)).text == line * 2_000


@pytest.mark.parametrize("short", ["café", "Où ?", "naïve – or not", "10 £", "it’s"])
def test_short_texts_are_western(short: str) -> None:
    assert decode(short.encode("cp1252")).text == short


def test_one_odd_letter_far_down_a_large_text() -> None:
    text = "The river rose again.\n" * 100_000 + "Où étaient-ils ?"
    assert decode(text.encode("cp1252")).text == text


RISEN = {
    "Polish": ("cp1250", "Rzeka znów wylała w poniedziałek wieczorem, a most nad nią pozostał zamknięty aż do rana."),
    "Russian": ("cp1251", "В понедельник вечером река снова вышла из берегов, и мост был закрыт до утра."),
    "Russian, KOI8-R": ("koi8_r", "В понедельник вечером река снова вышла из берегов, и мост был закрыт до утра."),
    "Russian, DOS": ("cp866", "В понедельник вечером река снова вышла из берегов, и мост был закрыт до утра."),
    "Ukrainian, KOI8-U": ("koi8_u", "У понеділок увечері річка знову вийшла з берегів, і міст лишався зачиненим."),
    "Greek": ("cp1253", "Το ποτάμι ξεχείλισε ξανά τη Δευτέρα το βράδυ και η γέφυρα έμεινε κλειστή."),
    "Hebrew": ("cp1255", "הנהר עלה שוב ביום שני בלילה, והגשר נשאר סגור עד הבוקר."),
    "Arabic": ("cp1256", "ارتفع النهر مرة أخرى مساء الاثنين، وبقي الجسر مغلقا حتى الصباح."),
    "Arabic, ISO": ("iso8859_6", "ارتفع النهر مرة أخرى مساء الاثنين، وبقي الجسر مغلقا حتى الصباح."),
    "Thai": ("cp874", "แม่น้ำเอ่อล้นอีกครั้งในคืนวันจันทร์ และสะพานยังคงปิดจนถึงเช้า"),
    "Japanese": ("cp932", "月曜日の夜に川がまた増水し、橋は朝まで閉鎖されたままだったと町の書記は話した。"),
    "Japanese, EUC": ("euc_jp", "月曜日の夜に川がまた増水し、橋は朝まで閉鎖されたままだったと町の書記は話した。"),
    "Chinese": ("gb18030", "星期一晚上河水再次上涨，大桥一直关闭到早晨，镇上的书记员说没有人受伤。"),
    "Chinese, traditional": ("big5", "星期一晚上河水再次上漲，大橋一直關閉到早晨，鎮上的書記員說沒有人受傷。"),
    "Korean": ("cp949", "월요일 밤에 강물이 다시 불어나 다리는 아침까지 닫혀 있었다고 서기가 말했다."),
}
"""One sentence: the river rose again on Monday night, and the bridge stayed shut until the morning."""
FRAMED = (
    "<!doctype html><html><head>{}<title>{}</title></head><body><nav><a href=/>Home</a></nav><p>{}</p></body></html>"
)


@pytest.mark.parametrize("language", RISEN)
def test_a_few_words_are_enough(language: str) -> None:
    encoding, line = RISEN[language]
    for text in (line[:15], line[:35], line, f"<html><body><h1>{line[:24]}</h1></body></html>"):
        assert decode(text.encode(encoding)).text == text


DECLARATIONS = ["", "utf-8", "iso-8859-1", "windows-1251"]
TOO_FEW = ("Polish", "windows-1251")
"""Six letters beyond ASCII, which Cyrillic has too."""


@pytest.mark.parametrize(("language", "declared"), [pair for pair in product(RISEN, DECLARATIONS) if pair != TOO_FEW])
def test_a_page_that_declares_a_wrong_encoding_or_none_is_read(language: str, declared: str) -> None:
    encoding, line = RISEN[language]
    page = FRAMED.format(f"<meta charset={declared}>" * bool(declared), line[:20], line)
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", RISEN)
def test_wide_characters_without_a_mark(language: str, encoding: str) -> None:
    line = RISEN[language][1]
    pages = (FRAMED.format("", line[:20], line), FRAMED.format(f"<script>{'a = 1;' * 2000}</script>", line, line))
    for text in (line[:35], line, f"{line}\n" * 3, *pages):
        assert decode(text.encode(encoding)) == (text, encoding, ())


def test_zeros_between_accented_letters_are_no_wide_characters() -> None:
    record = "été\x00à la mer\x00Où ? Là\x00fin\x00"
    assert decode(record.encode()).text == record
    assert decode(record.encode("cp1252")).text == record


UNICODE = "Où? 昨日 🌊\r\n\x00end"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
        (b"\x00\x00\xfe\xff", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_goes(mark: bytes, encoding: str) -> None:
    assert decode(mark + UNICODE.encode(encoding)) == (UNICODE, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    text = "The river rose again – “Nobody was hurt.”\n"
    assert decode(text.encode(encoding)) == (text, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["Russian", "Greek", "Hebrew", "Arabic", "French", "Turkish"])
def test_utf_16_without_a_mark_in_other_scripts(language: str, encoding: str) -> None:
    text = (LANGUAGES[language][1] + "\r\n") * 3
    assert decode(text.encode(encoding)) == (text, encoding, ())


@pytest.mark.parametrize("raw", [b"Rain.\x00", b"rain\x00", b"one\x00two\x00six\x00ten\x00", b"abc\x00", b"\x00rain."])
def test_a_text_with_nuls_at_every_second_place_is_no_utf_16(raw: bytes) -> None:
    assert decode(raw).text == raw.decode("ascii")


def test_a_mark_in_a_str_is_text() -> None:
    assert read("\ufeffRain.").text == "\ufeffRain."


def test_nuls_stay() -> None:
    assert read(b"Rain\x00fell.\n\x00\n").text == "Rain\x00fell.\n\x00\n"


def test_damaged_utf_8_is_utf_8_and_says_so() -> None:
    line = "Où étaient-ils, à l’école ? Non : près du moulin, là où l’été amène les élèves. "
    decoded = decode(line.encode() + b"\x92 \xe9t")
    assert decoded.text == line + "\ufffd \ufffdt"
    assert decoded.encoding == "utf-8"
    assert decoded.warnings == ("2 places are no valid utf-8 and were read as U+FFFD",)
    assert decode(line.encode() + b"\x92").warnings == ("1 place is no valid utf-8 and was read as U+FFFD",)


def test_a_replacement_character_of_the_input_is_no_damage() -> None:
    assert decode("Où \ufffd étaient".encode()).warnings == ()


DECLARED = "<html><head><meta charset={}></head><body><p>{}</p></body></html>"


@pytest.mark.parametrize(
    ("label", "encoding", "word"),
    [
        ("windows-1251", "cp1251", "Река"),
        ('"ISO-8859-1"', "cp1252", "“Où”"),
        ("Shift_JIS", "cp932", "川"),
        ("gb2312", "gb18030", "河水"),
        ("euc-kr", "cp949", "강이"),
        ("iso-8859-9", "cp1254", "ağaç"),
    ],
)
def test_a_page_may_name_its_encoding(label: str, encoding: str, word: str) -> None:
    page = DECLARED.format(label, word)
    assert decode(page.encode(encoding)).text == page


@pytest.mark.parametrize("label", ["windows-1251", "rot13", "zlib_codec", "utf-16", "no-such"])
def test_utf_8_is_believed_before_a_declaration(label: str) -> None:
    page = DECLARED.format(label, "Où étaient-ils ? 川")
    assert decode(page.encode()) == (page, "utf-8", ())


@pytest.mark.parametrize("label", ["rot13", "zlib_codec", "no-such", "utf-8"])
def test_a_false_declaration_is_passed_over(label: str) -> None:
    page = DECLARED.format(label, "Où étaient-ils ? " * 3)
    assert decode(page.encode("cp1252")).text == page


def test_a_text_that_mentions_a_declaration_is_not_bound_by_it() -> None:
    text = "Où écrire charset=windows-1251 ? Là où il était, près de l’élève."
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF file.*pdftotext"),
        (b"PK\x03\x04\x14\x00", "ZIP archive.*unpack"),
        (b"\x1f\x8b\x08\x00", "gzip.*gunzip"),
        (b"\x28\xb5\x2f\xfd\x00", "Zstandard.*unzstd"),
        (b"BZh91AY&SY\x00", "bzip2.*bunzip2"),
        (b"\xfd7zXZ\x00", "xz.*unxz"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG image.*text or the HTML"),
        (b"\xff\xd8\xff\xe0", "JPEG image"),
        (b"GIF89a\x01", "GIF image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP image"),
        (b"\x00\x00\x00\x20ftypisom", "MP4"),
        (b"SQLite format 3\x00", "SQLite database"),
        (b"{\\rtf1\\ansi\\deff0 Rain fell.}", "RTF file.*plain text"),
        (b"bplist00\xd1\x01\x02", "web archive of Safari.*HTML"),
        (b"%!PS-Adobe-3.0\n", "PostScript.*ps2ascii"),
        (b"II*\x00\x08\x00", "TIFF image"),
        (b"ID3\x04\x00\x00", "MP3 recording"),
        (b"Rar!\x1a\x07\x01\x00", "RAR archive.*unpack"),
    ],
)
def test_binary_formats_are_refused_with_a_remedy(raw: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what):
        read(raw)


SAVED = """<!DOCTYPE html>
<html lang="en"><head><title>Rain</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Rain</h1><p>It fell on the lower town from four o’clock, and by six = seven streets were under water.</p>
<p>Nobody was hurt, the mayor said, and the school will open again on Monday.</p></article></body></html>
"""
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/rain
Subject: Rain
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----cut"

------cut
Content-Type: text/html
Content-Transfer-Encoding: {coding}
Content-Location: https://example.org/rain

{page}
------cut
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------cut--
"""
TEXTS_ABOUT_THEM = {
    "prose about HTTP": "HTTP/1.1 200 OK is what it said.\n\nThen it said no more.\n",
    "what a server said, without a page": "HTTP/1.1 200 OK\nServer: nginx\n\nRain fell all day.\n",
    "what a server said, cut off": "HTTP/1.1 200 OK\nServer: nginx\n",
    "a mail": "From: A. <a@example.org>\nContent-Type: text/plain\n\nRain fell.\n",
    "a mail with a picture": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\nRain.\n--x--\n",
    "prose about MHTML": "Note: the header is this.\n\nContent-Type: multipart/related\n\n<html>\n",
}


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
def test_a_page_that_a_browser_saved_as_one_file(coding: str) -> None:
    encode = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[coding]
    saved = MHTML.format(coding=coding, page=encode(SAVED.encode()).decode())
    assert read(saved.encode()).text == read(saved).text == read(SAVED).text


@pytest.mark.parametrize(
    "headers", ["HTTP/2 200 \r\n", "HTTP/1.1 301 Moved\r\nLocation: /rain\r\n\r\nHTTP/1.1 200 OK\r\n"]
)
def test_a_page_below_what_the_server_said(headers: str) -> None:
    piped = f"{headers}Content-Type: text/html; charset=utf-8\r\n\r\n{SAVED}"
    assert read(piped.encode()).text == read(piped).text == read(SAVED).text


@pytest.mark.parametrize("text", TEXTS_ABOUT_THEM.values(), ids=TEXTS_ABOUT_THEM)
def test_texts_that_only_look_saved_are_read_as_they_are(text: str) -> None:
    assert read(text).text == read(text.encode()).text == text


def test_what_is_said_to_be_text_is_not_looked_into() -> None:
    piped = f"HTTP/2 200\r\n\r\n{SAVED}"
    assert read(piped, "text").text == piped


def test_bytes_without_a_known_mark_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"control characters.*save its text as UTF-8"):
        read(random.Random(3).randbytes(5_000))


def test_a_stray_control_character_in_a_legacy_text_is_no_reason_to_refuse_it() -> None:
    text = "Où étaient-ils ? Près du moulin.\x02\x1f\n" * 3 + "Où l’été amène les élèves. " * 20
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("text", ["%PDF is a format.", "PK sat down.", "BZhang wrote.", "GIF89 was a format.", "RIFF"])
def test_words_that_resemble_their_marks_are_text(text: str) -> None:
    assert read(text.encode()).text == text


@given(st.binary(max_size=2_000))
def test_any_bytes_become_text_or_are_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except InputError:
        reject()
    assert decoded == decode(raw)
    decoded.text.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_unicode_comes_through(encoding: str, text: str) -> None:
    raw = text.encode("utf-8-sig" if encoding == "utf-8" else encoding)
    assert decode(raw).text == text


def test_detection_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "import sys; from cleaner.reading.encoding import decode;"
        "print([decode(bytes.fromhex(line)).encoding for line in sys.stdin])"
    )
    lines = "\n".join(text.encode(encoding).hex() for encoding, text in LANGUAGES.values())
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=lines,
            capture_output=True,
            check=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


def test_line_ends_part_blocks() -> None:
    text = "a\nb\r\nc\rd\u2028e\u2029f\u0085g\x0ch\vi"
    assert read(text).blocks() == list("abcdefghi")
    assert read(text.encode()).text == text


@pytest.mark.parametrize("empty", ["", b"", " \n", b"\xef\xbb\xbf"])
def test_an_empty_input_has_no_blocks(empty: str | bytes) -> None:
    assert len(read(empty)) == 0


def test_a_lone_surrogate_is_kept() -> None:
    assert read("Rain\ud800fell.").text == "Rain\ud800fell."


PAGE = "<html><body><p>Rain fell &lt;all&gt; day.</p><p>It <b>stopped</b> at night.</p>Then snow.</body></html>"


@pytest.mark.parametrize("parser", ["html.parser", "lxml"])
def test_soup_is_read_as_its_markup_and_left_alone(parser: str) -> None:
    soup = BeautifulSoup(PAGE, parser)
    before = str(soup)
    assert read(soup) == read(PAGE)
    assert read(soup.p).text == "Rain fell <all> day."
    assert str(soup) == before


def test_an_lxml_page_is_read_as_its_markup_and_left_alone() -> None:
    root = html.document_fromstring(PAGE)
    before = html.tostring(root)
    assert read(root) == read(root.getroottree()) == read(PAGE)
    assert html.tostring(root) == before


def test_an_lxml_element_is_read_without_what_follows_it() -> None:
    second = html.document_fromstring(PAGE).findall(".//p")[1]
    assert read(second).text == "It stopped at night."


def test_an_xhtml_page_is_read_that_was_parsed_as_xml() -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Rain<br/>fell.</p><p/><p>Snow too.</p></body></html>'
    assert read(etree.fromstring(page)).text == "Rain\nfell.\n\nSnow too."


def test_a_parsed_page_is_told_without_importing_a_parser() -> None:
    program = "import sys; from cleaner.reading import read\ntry: read(3)\nexcept Exception: print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert set(run.stdout.split()) & {"bs4", "lxml"} == set()


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(InputError, match="type list; pass str or bytes"):
        read(["Rain"])  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="'pdf' is no format; use 'text' or 'html'"):
        read("Rain", "pdf")  # type: ignore[arg-type]


TEXTS = [
    "",
    " \n",
    "Rain fell.",
    "<",
    "<<<",
    "< p>",
    "a < b and b > c",
    "The <p> tag opens a paragraph, </p> ends it, <br> breaks a line.",
    "<p> is the tag that opens a paragraph. Use it often.\n\nMore text follows here.",
    "<html> is the root element of a page. Everything stands in it.",
    "<!DOCTYPE html> is the first line of a page.",
    "<title> is where a page says its name.",
    "# River\n\nSome <b>bold</b> words.\n\n```html\n<div><p>x</p></div>\n```\n\nMore prose follows here.",
    '<p align="center"><img src="logo.png"></p>\n\n# River\n\nThis tool reads a gauge and writes a table.\n\n- one\n',
    '<div align="center">\n<h1>River</h1>\n</div>\n\nThis tool reads a gauge and writes a table, line by line.\n\nUse.',
    "{% extends 'base.html' %}\n{% block content %}\n<div><p>x</p></div>\n{% endblock %}",
    "<?xml version='1.0'?><rss><channel><title>River</title></channel></rss>",
    "<svg><text>River</text></svg>",
    "<Orla> The river rose.\n<Venn> It did.\n",
    "<orla@example.org> wrote: the river rose.",
    "<b>River</b> levels stayed high\nall day.",
    "<!-- a note that never ends",
]

PAGES = [
    "<!doctype html>",
    "<!DOCTYPE html><html><body>x",
    "\ufeff<html><p>x</p></html>",
    '  \n<!-- one --><!-- two -->\n<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><html>',
    "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    "<html></html>",
    "<HTML><BODY>Rain fell",
    "<head><title>River</title></head>Rain fell.",
    "<meta charset=utf-8><title>River</title><p>Rain fell.",
    "<script>let a = 1</script><p>Rain fell.</p>",
    "<p>Rain fell.</p><p>It stopped.</p>",
    "<p>Rain fell.<p>It stopped.<p>It fell again.",
    "<div>Rain fell.</div>",
    "<article><h1>River</h1>Rain fell.</article>",
    "<ul><li>Rain<li>Wind</ul>",
    "<p>Rain <b>fell</b>.</p>\nSoon.\n<p>It stopped at noon, and the people of the valley came down again.</p>",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_told_from_pages(text: str) -> None:
    assert sniff(text) == "text"


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_told_from_text(page: str) -> None:
    assert sniff(page) == "html"
    assert read(page.encode()).format == "html"


def test_the_format_given_is_obeyed() -> None:
    page = "<p>Rain fell.</p><p>It stopped.</p>"
    assert read(page, "text").text == page
    assert read("Rain &amp; wind", "html").text == "Rain & wind"


STORY = [
    "The river rose again on Monday night, and the people of the valley moved their goods upstairs, as they had done.",
    "“Nobody was hurt,” said the clerk of the town, Orla Venn, who had not slept. “It is a wonder, and a warning.”",
    "By noon the bridge stood open again; the mill, which is older than the town itself, stayed shut until evening.",
]


def page(body: str) -> str:
    return (
        "<!DOCTYPE html><html><head><title>River rises - Halden Post</title>"
        '<meta property="og:title" content="River rises again"></head><body>'
        "<nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a></ul></nav>"
        f"<article><h1>River rises again</h1>{body}</article>"
        "<footer><p>© 2024 Halden Post</p></footer></body></html>"
    )


def test_all_text_of_a_page_is_read() -> None:
    document = read(page("".join(f"<p>{line}</p>" for line in STORY)))
    assert document.blocks() == ["Home", "Sport", "River rises again", *STORY, "© 2024 Halden Post"]
    assert "\n\n".join(STORY) in document.text
    assert document.title == "River rises again"
    assert document.warnings == ()


def test_lists_stand_line_by_line_and_paragraphs_apart() -> None:
    body = f"<p>{STORY[0]}</p><ul><li>Boil the water first.</li><li>Call the mill at noon.</li></ul><p>{STORY[1]}</p>"
    expected = f"{STORY[0]}\n\nBoil the water first.\nCall the mill at noon.\n\n{STORY[1]}"
    assert expected in read(page(body + f"<p>{STORY[2]}</p>")).text


def test_code_keeps_its_indents() -> None:
    body = f"<p>{STORY[0]}</p><pre><code>def level():\n    return 4\n</code></pre><p>{STORY[1]}</p><p>{STORY[2]}</p>"
    assert f"{STORY[0]}\n\ndef level():\n    return 4\n\n{STORY[1]}" in read(page(body)).text


def test_a_fragment_is_all_content() -> None:
    fragment = f"<h2>River</h2><p>{STORY[0]}</p><ul><li>one<li>two</ul><p>{STORY[1]}</p>"
    assert read(fragment).text == f"River\n\n{STORY[0]}\n\none\ntwo\n\n{STORY[1]}"


def test_equal_paragraphs_stay() -> None:
    body = f"<p>{STORY[0]}</p><p>{STORY[1]}</p><p>{STORY[0]}</p><p>{STORY[2]}</p>"
    assert read(page(body)).blocks().count(STORY[0]) == 2


def test_pages_do_not_depend_on_pages_before() -> None:
    raw = page("".join(f"<p>{line}</p>" for line in STORY))
    assert len({read(raw).text for _ in range(12)}) == 1


def test_a_shell_of_a_page_is_empty() -> None:
    shell = "<!doctype html><html><body><div id=root></div><script>start()</script></body></html>"
    assert read(shell).text == ""


DEEP = "elements are nested too deeply for the parser: the text of the page was read without its structure"


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<div>", "</div>"), ("<span>", ""), ("<ul><li>", ""), ("<table><tr><td>", ""), ("<b><i>", ""), ("<div>", "</b>")],
)
def test_deep_nesting_loses_no_text(opening: str, closing: str, depth: int) -> None:
    inside = f"{opening * depth}<p>{STORY[0]}</p>{closing * depth}<p>{STORY[1]}</p>"
    document = read(f"<html><body>{inside}</body></html>")
    assert document.blocks() == STORY[:2]
    assert document.warnings == (DEEP,)


def test_without_a_second_opinion_a_page_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    document = read(page(f"<p>{STORY[0]}</p>"))
    assert document.page is not None
    assert document.page.extracted is None


@pytest.mark.parametrize("limit", ["ELEMENTS", "EXTRACTED"])
def test_of_a_huge_page_no_second_opinion_is_asked_for(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(page(f"<p>{STORY[0]}</p>"))
    assert document.page is not None
    monkeypatch.setattr("cleaner.reading.tree.extracted", lambda _: STORY[0])
    monkeypatch.setattr(f"cleaner.reading.tree.{limit}", 5)
    assert document.page.extracted is None


def test_no_tree_is_made_where_nobody_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr("cleaner.reading.tree.parsed", fail)
    result = Cleaner(rules=(), fast=True).explain(page("".join(f"<p>{line}</p>" for line in STORY)))
    assert "\n\n".join(STORY) in result.text
    assert result.title == "River rises again"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table><tr><td>One<td>two <i>three</i></table>", "One two three"),
        ("<table><tr><td>One<td>two <i>three</i><br>four</table>", "One\ntwo three\nfour"),
        (f"<table><tr><td>One<td><noscript><p>No</noscript>{'two' * 30}</table>", f"One\n{'two' * 30}"),
        ("<pre>x<td>a<td>  b<br>c</pre>", "xa\n  b\nc"),
    ],
)
def test_a_cell_begins_a_line_if_it_turns_out_to_be_a_part_of_the_layout(markup: str, text: str) -> None:
    document = read(markup, "html")
    assert document.text == text
    assert document.page is not None
    assert [document.text[slice(*span)] for *_, span in document.page.texts()][-1] == text.rsplit(maxsplit=1)[-1]


def test_what_follows_the_end_of_a_page_is_found_in_its_tree() -> None:
    document = read("<html><body><p>One</body></html><html><body><p class=b>Two")
    assert document.page is not None
    assert [document.text[slice(*span)] for span in document.page.select("body p.b")] == ["Two"]


def test_what_an_element_holds_is_one_span() -> None:
    document = read(page(f"<p>{STORY[0]}</p><p>One<b> of</b><i>ten</i>.</p>"))
    assert document.page is not None
    spans = [document.text[span.start : span.end] for span in document.page.select("article > *")]
    assert spans == ["River rises again", STORY[0], "One often."]
    assert document.page.select("//li/a") == document.page.select("nav a")
    assert [document.text[slice(*span)] for _, _, span in document.page.texts()][-4:-1] == ["of", "ten", "."]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (".a", ["one", "two"]),
        ("p.a.b", ["two"]),
        (".a.missing", []),
        (".missing, #c", ["three"]),
        ("[data-x='.q, #r'] .d", ["four"]),
        ("p:not(.a)", ["three", "four"]),
        ("//p[@class='a']", ["one"]),
        ("[class*=ab]", []),
        ("[class~=b]", ["two"]),
        (".A", []),
        (".c", []),
        ("div.d", []),
        ("P.a", ["one", "two"]),
        ("script + aside", ["five"]),
        (".s + aside", ["five"]),
        ("aside, p.d, h6", ["four", "five"]),
        ("[role=note]", ["five"]),
        ("[role='none'], .d", ["four"]),
        ("div > [role=note], div > p[itemprop=text]", []),
        ('//aside[@role="note" or @itemprop="text"]', ["five"]),
        ('//aside[contains(concat(" ", normalize-space(@class), " "), " b ") or @role="note"][not(p)]', ["five"]),
        ('//body[@role="main"]//p', []),
        ("//p[starts-with(.//text()[1], 't')]", ["two", "three"]),
        ("//h6[starts-with(.//text()[1], 't')]", []),
        ('//p[@id="c"] | //aside[@role="none"]', ["three"]),
    ],
)
def test_selectors_find_what_they_name(selector: str, found: list[str]) -> None:
    inside = "<p class=a>one<p class='b\na'>two<p id=c>three<div data-x='.q, #r'><p class=d>four</div>"
    inside += "<script class=s></script><aside role=note>five</aside>"
    document = read(f"<html><body>{inside}</body></html>")
    assert document.page is not None
    assert [document.text[slice(*span)] for span in document.page.select(selector)] == found


@pytest.mark.parametrize("selector", ["p[", "::before", "//p[", "/p[1", "p:has-not(b)"])
def test_a_selector_that_is_none_is_refused(selector: str) -> None:
    document = read(page("<p>One.</p>"))
    assert document.page is not None
    with pytest.raises(ValueError, match="no selector"):
        document.page.select(selector)


def test_a_page_for_readers_without_scripts_is_read_where_there_is_no_other() -> None:
    story = "".join(f"<p>{line}</p>" for line in STORY * 4)
    assert (
        read(f"<html><body><div id=app>Loading</div><noscript>{story}</noscript></body></html>").blocks()[1:]
        == STORY * 4
    )
    shown = f"<html><body>{story}<p>The end.</p><noscript>{story}</noscript></body></html>"
    assert read(shown).blocks() == [*STORY * 4, "The end."]
    request = "<noscript>Turn scripts on, please.</noscript>"
    assert read(f"<html><body><p>{STORY[0]}</p>{request}</body></html>").text == STORY[0]
    assert read(f"<html><body><p>Home</p>{request}</body></html>").text == "Home\n\nTurn scripts on, please."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<p>W<b>o</b>rd</p>", "Word"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<a>one</a><a>two</a> <a>three</a>", "one two three"),
        (
            "<i>by<a>Orla Venn</a><span>Editor</span></i><p>Mc<b>Dow</b>ell<p><span>T</span>he",
            "by Orla Venn Editor\n\nMcDowell\n\nThe",
        ),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a b\nc d"),
        ("<table><tr><td>menu<td><p>One.</p><p>Two.</p></table>", "menu\n\nOne.\n\nTwo."),
        ("<ul><li><p>a</p><p>b</p><li><div>c</div></ul><p>d", "a\n\nb\nc\n\nd"),
        ("<pre>if x:\n    <b>y</b>\n\nz</pre>end", "if x:\n    y\n\nz\n\nend"),
        ("<dl><dt>a<dd>b</dl>", "a\nb"),
        ("<p>one<script>x</script> two<template><p>y</template> three<svg><text>z</text></svg>", "one two three"),
        ("a&nbsp;b<p>&nbsp;</p>c", "a\xa0b\n\nc"),
        ("<select><option>1</select><textarea>t</textarea><button>Go</button>on", "Go on"),
        ("one\n\ttwo\u2028three", "one two three"),
    ],
)
def test_how_elements_are_laid_out(inside: str, text: str) -> None:
    assert read(f"<html><body>{inside}</body></html>").text == text


@pytest.mark.parametrize(
    "markup",
    [
        "<html><p>Rain\x00fell</p>",
        "<html><p>Rain\ud800fell</p>",
        "<?xml version='1.0' encoding='latin-1'?><html><p>Où 川</p></html>",
        "<html><meta charset=utf-16><p>Où 川</p></html>",
        "<html><p>Rain</",
        "<html><p title='Rain",
        "<html><p><!-- Rain",
        "<html><script>Rain",
        "<html><frameset><frame></frameset></html>",
        "<html>" + "&#xD800;&#0;&#x110000;&amp",
    ],
)
def test_odd_markup_does_not_fail(markup: str) -> None:
    assert isinstance(read(markup, "html").text, str)


@given(st.text(st.sampled_from("<>/!-&;\"'= ap \n\x00é"), max_size=200))
def test_any_markup_can_be_read(markup: str) -> None:
    read_page(markup)


@given(st.text(st.sampled_from("<>/!-\"'= ap\n"), max_size=200))
def test_pieces_are_in_order_and_inside(markup: str) -> None:
    edge = 0
    for _, start, end in pieces(markup):
        assert edge <= start < end <= len(markup)
        edge = end


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<a title=\"a > b\" href='>'>Rain</a>", "Rain"),
        ("Rain &amp; wind &lt;b&gt;", "Rain & wind <b>"),
        ("Rain<style>p > a {}</style> fell<script>'</p>'</script>.", "Rain fell."),
        ("Rain<svg><g><text>no</text></g></svg> fell<template><p>no</p></template>.", "Rain fell."),
        ("<table><tr><th>Day<th>Level<tr><td>Mon<td>4</table>", "Day Level\nMon 4"),
        ("<p>Rain\n  fell\tall day.</p>", "Rain fell all day."),
        ("<pre>  a\n   b</pre>c", "  a\n   b\n\nc"),
        ("Rain<!-- a <b> c -->fell, 3 < 4.", "Rainfell, 3 < 4."),
        ("<p>one<p>two<div><div>three", "one\n\ntwo\n\nthree"),
    ],
)
def test_markup_is_flattened(markup: str, text: str) -> None:
    assert flatten(markup) == text


def test_a_break_alone_lays_out_nothing() -> None:
    assert lay_out([2, " ", 1, "\n", 2]) == ""


HARD = [
    "<a ",
    "<a '",
    '<a "x>" ',
    '<a b="x>" ',
    '<a b="x ',
    "<!--",
    "<!-- -->",
    "<p ==",
    "<p = ",
    "</",
    "<script>",
    "&a",
]


@pytest.mark.parametrize("unit", HARD)
def test_flattening_takes_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        flatten(unit * count)
        sniff(unit * count)
        return time.process_time() - start

    assert seconds(200_000) < 40 * seconds(20_000) + 0.1


def test_random_bytes_take_linear_time() -> None:
    no_controls = bytes(byte if byte > 31 else byte + 128 for byte in range(256))  # many are refused early
    raw = random.Random(1).randbytes(4_000_000).translate(no_controls)

    def seconds(size: int) -> float:
        start = time.process_time()
        decode(raw[:size])
        return time.process_time() - start

    assert seconds(4_000_000) < 40 * seconds(400_000) + 0.2


def test_a_text_of_many_megabytes_leaves_a_page_its_structure() -> None:
    document = read("<p>It rained.</p><pre>  one\n" + "more\n" * 2_100_000 + "</pre><p>It stopped.</p>")
    assert document.warnings == ()
    assert document.page is not None
    assert document.text.startswith("It rained.\n\n  one\nmore\n")
    assert document.text.endswith("more\n\nIt stopped.")


AREA = "<math><semantics><mrow><mi>r</mi><mo>=</mo><mn>1</mn></mrow><annotation>r = 1</annotation></semantics></math>"
FORMULAS = {
    "MathML": AREA,
    "MathML and a copy for the eyes": (
        f"<span class=katex><span class=katex-mathml>{AREA}</span>"
        "<span class=katex-html aria-hidden=true><span><i>r</i>=</span>1</span></span>"
    ),
    "a copy for the eyes and MathML": (
        "<span class=MathJax><nobr aria-hidden=true><span>r</span>=1</nobr>"
        f"<span class=MJX_Assistive_MathML>{AREA}</span></span><script type=math/tex>r=1</script>"
    ),
    "a drawing and MathML": (
        "<mjx-container><mjx-math aria-hidden=true><svg><text>r=1</text></svg><mjx-c></mjx-c></mjx-math>"
        f"<mjx-assistive-mml>{AREA}</mjx-assistive-mml></mjx-container>"
    ),
    "a copy for the eyes alone": "<span class=katex><span class=katex-html aria-hidden=true><i>r</i>=1</span></span>",
    "hidden MathML and a picture": f"<span><span style='display: none'>{AREA}</span><img src=r.svg alt='r=1'></span>",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_is_a_part_of_its_sentence_and_read_once(formula: str) -> None:
    document = read(f"<html><body><p>Since {formula}, it <b>rained</b> on.</p><p>End.</p></body></html>")
    assert document.text == "Since r=1, it rained on.\n\nEnd."
    assert document.page is not None
    said = [document.text[slice(*span)] for _, _, span in document.page.texts()]
    assert said[-4:] == [", it", "rained", "on.", "End."]
    assert [document.text[slice(*span)] for span in document.page.select("p > b, p + p")] == ["rained", "End."]


def test_what_stands_behind_a_formula_is_no_copy_of_it() -> None:
    markup = (
        f"<p>If {AREA} <span aria-hidden=true>so</span> or <i aria-hidden=true>this</i>, <b>{AREA}</b> or {AREA}.</p>"
    )
    assert read(markup, "html").text == "If r=1 so or this, r=1 or r=1."
