"""HTML pages through the whole command: whatever encoding, form or fault they have, the words of the body come out."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner import Cleaner, clean
from cleaner.reading import read

CLEAN = [sys.executable, "-c", "from cleaner.__main__ import main; main()"]

STORM = (
    "A storm came in the night, and by the morning the lower road to the harbour was under water.",
    "The ferry, which is the only other way to the island, did not sail before noon, the harbour master said.",
    "Nobody was hurt, but three boats were lost, and a fourth was found in a field behind the school.",
    "By the evening the water had gone down again, and the mayor said that the road would be open on Friday.",
)
LANGUAGES = {
    "Russian": (
        "windows-1251",
        "Ночью пришла буря, и к утру нижняя дорога к гавани оказалась под водой.",
        "Паром, единственный другой путь на остров, до полудня не выходил, сказал смотритель гавани.",
        "Никто не пострадал, но три лодки пропали, а четвёртую нашли в поле за школой.",
    ),
    "Japanese": (
        "shift_jis",
        "夜のうちに嵐が来て、朝には港へ下る道が水に浸かっていた。",
        "島へ渡るもう一つの手段である連絡船は、正午まで出なかったと港長は話した。",
        "けが人はいなかったが、船が三隻失われ、四隻目は学校の裏の畑で見つかった。",
    ),
    "Chinese": (
        "gb18030",
        "夜里来了一场风暴，到早上，通往港口的低处道路已经被水淹没。",
        "港务长说，渡轮是去岛上的唯一另一条路，中午之前没有开航。",
        "没有人受伤，但有三条船不见了，第四条在学校后面的田里被找到。",
    ),
    "Arabic": (
        "windows-1256",
        "جاءت عاصفة في الليل، وفي الصباح كان الطريق السفلي إلى الميناء تحت الماء.",
        "ولم تبحر العبارة، وهي الطريق الآخر الوحيد إلى الجزيرة، قبل الظهر، كما قال مدير الميناء.",
        "لم يصب أحد بأذى، لكن ثلاثة قوارب فقدت، وعثر على الرابع في حقل خلف المدرسة.",
    ),
    "Hebrew": (
        "utf-8",
        "סערה באה בלילה, ובבוקר היה הכביש התחתון אל הנמל מתחת למים.",
        "המעבורת, הדרך היחידה האחרת אל האי, לא הפליגה לפני הצהריים, אמר מנהל הנמל.",
        "איש לא נפגע, אבל שלוש סירות אבדו, והרביעית נמצאה בשדה מאחורי בית הספר.",
    ),
    "Korean": (
        "euc-kr",
        "밤사이 폭풍이 와서 아침에는 항구로 내려가는 길이 물에 잠겼다.",
        "섬으로 가는 다른 유일한 길인 연락선은 정오까지 출항하지 않았다고 항만장이 말했다.",
        "다친 사람은 없었지만 배 세 척을 잃었고 네 번째 배는 학교 뒤 밭에서 발견되었다.",
    ),
}


def page_of(body: str, head: str = "<title>The storm</title>") -> str:
    """A page around a body, with what pages have."""
    return f"""<!doctype html><html><head>{head}</head><body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>{body}</article></main>
<footer><a href="/privacy">Privacy policy</a> <a href="/about">About us</a></footer></body></html>"""


def prose(paragraphs: tuple[str, ...] = STORM) -> str:
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


def body_of(page: str | bytes) -> list[str]:
    """The paragraphs of the body."""
    return clean(page, format="html").strip().split("\n\n")


def run(page: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CLEAN, *options], input=page, capture_output=True, check=False)


@pytest.mark.parametrize("declared", ["charset", "http-equiv", "nothing", "bom"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_encodings(language: str, declared: str) -> None:
    encoding, *paragraphs = LANGUAGES[language]
    head = {
        "charset": f'<meta charset="{encoding}">',
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">',
    }.get(declared, "")
    encoding = "utf-8-sig" if declared == "bom" else encoding
    done = run(page_of(prose(tuple(paragraphs) * 2), head).encode(encoding))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().strip().split("\n\n") == paragraphs * 2


def test_utf_16_without_any_word_of_it() -> None:
    assert body_of(page_of(prose()).encode("utf-16")) == list(STORM)


FORMS = {
    "a page": page_of(prose()),
    "a fragment": prose(),
    "an element": f"<div class='text'>{prose()}</div>",
    "no end tags": page_of("".join(f"<p>{paragraph}\n" for paragraph in STORM)),
    "capitals": page_of(prose().replace("p>", "P>")).replace("article", "ARTICLE"),
    "xhtml": '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    + page_of(prose() + '<br /><img src="x.png" alt="x" />').replace(
        "<!doctype html><html>", '<html xmlns="http://www.w3.org/1999/xhtml">'
    ),
    "amp": page_of('<amp-img src="x.jpg"></amp-img>' + prose() + "<amp-ad></amp-ad>").replace("<html>", "<html ⚡>"),
    "two bodies": page_of(prose()).replace("<main>", "</body><body><main>"),
    "an article after the page's end": page_of("<nav><a href='/'>Home</a></nav>") + f"<div>{prose()}</div><br>",
    "end tags too many": page_of(prose().replace("</p>", "</p></p></b></div>")),
    "attributes without quotes": page_of(prose().replace("<p>", "<p class=text data-x='>' id=a>")),
    "a tag that never ends": page_of(prose()) + "<div class='",
    "control characters": page_of(prose().replace("road", "ro\x00ad").replace("boats", "bo\x08ats")),
    "comments": page_of("<!-- <p>One.</p> -->" + prose() + "<!--[if IE]><p>Old browser.</p><![endif]-->"),
    "conditions": page_of("<![if !IE]>" + prose() + "<![endif]>"),
    "a script that writes tags": page_of('<script>document.write("<p>Buy now, buy here.</p>")</script>' + prose()),
    "a style": page_of("<style>p::after{content:'More'}</style>" + prose()),
    "a template": page_of("<template><p>Shown by nobody at all, ever, anywhere.</p></template>" + prose()),
    "a shadow tree": page_of(
        f'<x-story><template shadowrootmode="open"><style>p{{}}</style>{prose()}</template></x-story>'
    ),
    "noscript": page_of(prose() + "<noscript><img src='/pixel'><p>Turn on JavaScript to see more.</p></noscript>"),
    "a drawing": page_of("<svg><title>Arrow</title><text>Up</text></svg>" + prose()),
    "a lazy picture": page_of('<img class="lazy" data-src="x.jpg"><noscript><img src="x.jpg"></noscript>' + prose()),
    "divisions for paragraphs": page_of(prose().replace("p>", "div>")),
    "custom elements": page_of(f"<story-body><story-text>{prose()}</story-text></story-body>"),
    "line breaks for paragraphs": page_of("<br><br>".join(STORM)),
    "line breaks in a table": page_of(f"<table><tr><td>{'<br><br>'.join(STORM)}</td></tr></table>"),
    "fonts": page_of(prose().replace("<p>", "<p><font face=Arial>").replace("</p>", "</font></p>")),
    "a frame of a form": page_of(prose()).replace("<main>", "<form><main>").replace("</main>", "</main></form>"),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms(name: str) -> None:
    came = body_of(FORMS[name])
    if name == "control characters":  # what becomes of them is the parser's; the rest is as it was
        assert len(came) == len(STORM)
        assert came[1] == STORM[1]
    else:
        assert came == list(STORM)


INLINE = {
    "bold inside a word": ("<b>S</b>torm and st<i>or</i>m.", "Storm and storm."),
    "a link with a blank before": ('The<a href="/x"> ferry</a>, they said.', "The ferry, they said."),
    "blanks at both sides": ("The <em> long </em> road.", "The long road."),
    "line breaks in the source": ("The\nlong\n<em>road</em>\nhome.", "The long road home."),
    "a span after a span": ("<span>The</span> <span>long</span> <span>road.</span>", "The long road."),
    "a comment inside": ("The lo<!-- x -->ng road.", "The long road."),
    "a break that may be": ("Donau<wbr>dampf<wbr>schiff, they called it.", "Donaudampfschiff, they called it."),
    "a soft hyphen": ("The har&shy;bour.", "The har\u00adbour."),
    "entities": ("Fish &amp; chips &lt;hot&gt; &#8212; &eacute;t&eacute;.", "Fish & chips <hot> — été."),
    "a no-break space": ("10&nbsp;kg of fish.", "10\u00a0kg of fish."),
    "quotes": ("<q>No</q>, she said.", "No, she said."),
    "a note": ("Water<sup>2</sup> and CO<sub>2</sub>.", "Water2 and CO2."),
    "code": ("Call <code>f(x)</code> twice.", "Call f(x) twice."),
    "a time": ('On <time datetime="2024-05-04">4 May</time> it rained.', "On 4 May it rained."),
    "an abbreviation": ('The <abbr title="x">RNLI</abbr> came.', "The RNLI came."),
    "right to left": ('She wrote <bdi dir="rtl">سلام</bdi> on it.', "She wrote سلام on it."),
}


@pytest.mark.parametrize(("markup", "text"), INLINE.values(), ids=INLINE)
def test_words_never_merge_and_paragraphs_never_split_at_inline_elements(markup: str, text: str) -> None:
    page = page_of(prose(STORM[:2]) + f"<p>{STORM[2]} {markup}</p>" + prose(STORM[3:]))
    assert body_of(page) == [*STORM[:2], f"{STORM[2]} {text}", STORM[3]]


PARTS = {
    "a list": (
        "<ul><li>a valve from the mainland</li><li>two ropes of forty metres</li></ul>",
        ["a valve from the mainland\ntwo ropes of forty metres"],
    ),
    "a numbered list": (
        "<ol><li><p>Close the valve before the tide comes in.</p></li>"
        "<li><p>Call the office and wait for an answer.</p></li></ol>",
        ["Close the valve before the tide comes in.\nCall the office and wait for an answer."],
    ),
    "a quote": (
        "<blockquote><p>“I saw the wave,” he said, “and then I saw nothing.”</p></blockquote>",
        ["“I saw the wave,” he said, “and then I saw nothing.”"],
    ),
    "a subheading": ("<h2>What the office says</h2>", ["What the office says"]),
    "code": (
        "<pre><code>valve.close()\n\nif storm:\n    ferry.stop()</code></pre>",
        ["valve.close()", "if storm:\n    ferry.stop()"],
    ),
    "code that a browser shows as it is": (
        "<xmp>valve.close()\n\nif storm:\n    ferry.stop()</xmp>",
        ["valve.close()", "if storm:\n    ferry.stop()"],
    ),
}


@pytest.mark.parametrize(("markup", "blocks"), PARTS.values(), ids=PARTS)
def test_parts_of_an_article(markup: str, blocks: list[str]) -> None:
    assert body_of(page_of(prose(STORM[:2]) + markup + prose(STORM[2:]))) == [*STORM[:2], *blocks, *STORM[2:]]


def test_a_table_keeps_its_rows() -> None:
    table = "<table><tr><th>Boat</th><th>Length in metres</th></tr><tr><td>Ebb</td><td>12</td></tr></table>"
    came = read(page_of(prose(STORM[:2]) + table + prose(STORM[2:]))).text
    assert "Boat Length in metres\nEbb 12" in came


def test_definitions_stay_in_order() -> None:
    ebb, flood = "The time when the tide goes out again.", "The time when it comes."
    terms = f"<dl><dt>Ebb</dt><dd>{ebb}</dd><dt>Flood</dt><dd>{flood}</dd></dl>"
    came = clean(page_of(prose(STORM[:2]) + terms + prose(STORM[2:])))
    assert f"Ebb\n{ebb}\nFlood\n{flood}" in came


def test_verse_by_line_breaks_keeps_its_lines() -> None:
    verse = ["The sea came up the lane at night,", "and knocked at every door,", "and left a herring, cold and bright."]
    came = clean(page_of(prose(STORM[:2]) + f"<p>{'<br>'.join(verse)}</p>" + prose(STORM[2:])))
    assert "\n".join(verse) in came


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "font", "x-y"])
@pytest.mark.parametrize("levels", [200, 5_000, 100_000])
def test_deep_nesting(tag: str, levels: int) -> None:
    start = time.process_time()
    came = clean(page_of(f"<{tag}>" * levels + prose()), format="html")
    assert all(paragraph in came for paragraph in STORM)
    assert time.process_time() - start < 20


HUGE = {
    "paragraphs": prose() * 5_000,
    "spans": "<p>" + "<span>rain </span>" * 100_000 + "</p>",
    "one text": "<p>" + "It rained on the pier and on the boats. " * 50_000 + "</p>",
    "attributes": f"<p {' '.join(f'a{n}=b' for n in range(100_000))}>{STORM[0]}</p>",
    "open tags": "<a <b <i " * 50_000,
    "entities": "<p>" + "&amp;&#8212;&nope;" * 50_000 + "</p>",
    "comments": "<!-- x --" * 50_000,
    "breaks": "rain<br>" * 100_000,
    "siblings": "<b>rain</b>" * 100_000,
    "tables": "<table><tr><td>" * 500 + STORM[0],
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_take_their_time_and_no_more(name: str) -> None:
    cleaner = Cleaner(fast=True)
    start = time.process_time()
    cleaner.clean(page_of(HUGE[name]), format="html")
    assert time.process_time() - start < 30


EMPTY = [
    "<html></html>",
    "<!doctype html>",
    "<html><body></body></html>",
    "<p></p>",
    "<html><head><title>x</title>",
    "<>",
    "",
]


@pytest.mark.parametrize("page", EMPTY)
def test_empty_pages_give_nothing(page: str) -> None:
    assert clean(page, format="html").strip() in ("", "<>")


def test_the_account_covers_the_text_of_the_page() -> None:
    for page in FORMS.values():
        result = Cleaner().explain(page, format="html")
        assert "".join(result.original[each.start : each.end] for each in result.decisions) == result.original
        assert "".join(result.original[each.start : each.end] for each in result.decisions if each.keep) == result.text
        assert clean(page, format="html") == result.text


def test_cleaning_a_cleaned_page_changes_nothing() -> None:
    for page in FORMS.values():
        once = clean(page, format="html")
        assert clean(once) == once


def test_markdown_on_the_command_line(tmp_path: Path) -> None:
    body = (
        prose(STORM[:2]) + "<h2>The valve</h2><p>" + STORM[2].replace("hurt", '<a href="/h"><b>hurt</b></a>') + "</p>"
    )
    page = page_of(body + prose(STORM[3:])).encode()
    done = run(page, "--to", "markdown", "--url", "https://a.example/storm")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\n\n## The valve\n\nNobody was [**hurt**](https://a.example/h), but three boats" in done.stdout.decode()
    assert run(page, "--to", "markdown", "--explain").returncode == 2


def test_fast_does_without_trafilatura() -> None:
    page = page_of(prose())
    program = f"import sys, cleaner; print(cleaner.Cleaner(fast=True).clean({page!r}) and 'trafilatura' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
    assert run(page.encode(), "--fast").stdout.decode().strip().split("\n\n") == list(STORM)
