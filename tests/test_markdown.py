"""A page's body as Markdown."""

from __future__ import annotations

import pickle
import re
import time
from dataclasses import replace

import pytest

from cleaner import Cleaned, Cleaner, Decision
from cleaner.reading import read


def whole(markup: str, *gone: str) -> Cleaned:
    """A page of which all is kept but the given texts."""
    document = read(f"<!doctype html><html><body>{markup}</body></html>", "html")
    decisions, edge = [], 0
    for each in gone:
        start = document.text.index(each, edge)
        decisions += [
            Decision(edge, start, True, None, "a/b", ""),
            Decision(start, start + len(each), False, None, "a/b", ""),
        ]
        edge = start + len(each)
    decisions.append(Decision(edge, len(document.text), True, None, "a/b", ""))
    return Cleaned("", document.text, tuple(each for each in decisions if each.start < each.end), page=document.page)


FORMS = {
    "headings": (
        "<h1>The storm</h1><p>Rain.</p><h3>A <i>small</i> one</h3>",
        "# The storm\n\nRain.\n\n### A *small* one",
    ),
    "emphasis": ("<p>A <b>storm</b> came <em>by night</em>.</p>", "A **storm** came *by night*."),
    "a word that is half bold": ("<p><b>S</b>torm</p>", "**S**torm"),
    "a link": ('<p>See <a href="https://a.example/x">the map</a>.</p>', "See [the map](https://a.example/x)."),
    "no link": ('<p><a href="javascript:go()">Map</a> and <a name="x">place</a></p>', "Map and place"),
    "lists": (
        "<ul><li>One<li>Two<ul><li>Inner</ul>after<li><p>Three</p></ul><ol start=3><li>a<li>b</ol>",
        "- One\n- Two\n  - Inner\n\n  after\n- Three\n\n3. a\n4. b",
    ),
    "a list in a list, not in an item": ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
    "a paragraph between items": (
        "<ol><li>a</li><p>Note.</p><li>b</li>Rain <b>fell</b> so<div><li>c</li></div></ol>",
        "1. a\n\n   Note.\n2. b\n\n   Rain **fell** so\n3. c",
    ),
    "a text above the items": ("<ul>Tides <i>now</i><li>a</ul>", "Tides *now*\n\n- a"),
    "a quote": ("<blockquote><p>He said.</p><p>She said.</p></blockquote>", "> He said.\n>\n> She said."),
    "code": (
        "<pre><code>if x:\n    y = <b>1</b>\n\n    z</code></pre><p>Use <code>a_b</code>.</p>",
        "```\nif x:\n    y = 1\n\n    z\n```\n\nUse `a_b`.",
    ),
    "a table": (
        "<table><tr><th>A<th>B<th>C</tr><tr><td>1<td><td>3</tr></table>",
        "| A | B | C |\n| --- | --- | --- |\n| 1 |  | 3 |",
    ),
    "a layout of tables": ("<table><tr><td><p>Left.</p><td><p>Right.</p></table>", "Left.\n\nRight."),
    "paragraphs in the cells of a table": (
        "<table><tr><td><p><b>Kind</b><td><p>Low<tr><td><div>Rain</div><td><p>3</table>",
        "|  |  |\n| --- | --- |\n| **Kind** | Low |\n| Rain | 3 |",
    ),
    "a layout of long cells": (
        f"<table><tr><td><p>{'Rain fell. ' * 40}<td><p>Right.<tr><td>Low<td>down</table>",
        f"{'Rain fell. ' * 40}".strip() + "\n\nRight.\n\nLow\n\ndown",
    ),
    "a layout that says so": (
        '<table role="presentation"><tr><td>Left<td>Right<tr><td>Low<td>down</table>',
        "Left\n\nRight\n\nLow\n\ndown",
    ),
    "lists in a table with headings": (
        "<table><tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td>2</table>",
        "| A | B |\n| --- | --- |\n| - x - y | 2 |",
    ),
    "a first row with fewer cells": (
        "<table><tr><th>Tides<tr><td>a<td>b<td>c</table>",
        "| Tides |  |  |\n| --- | --- | --- |\n| a | b | c |",
    ),
    "definitions": ("<dl><dt>Ebb<dd>The tide goes out.</dl>", "Ebb\n:   The tide goes out."),
    "several terms and meanings": (
        "<dl><dt>Ebb<dt>Fall<dd>The tide goes.<dd>It is low.</dl>",
        "Ebb\n\nFall\n:   The tide goes.\n:   It is low.",
    ),
    "meanings without a term, which indent": ("<dl><dd>One.<dd>Two.</dl>", "One.\n\nTwo."),
    "line breaks": ("<p>One<br>two<br><br>three</p>", "One  \ntwo\n\nthree"),
    "text between elements": ("<div>One<p>Two</p>three</div>", "One\n\nTwo\n\nthree"),
    "divisions in divisions": (
        "<div><div>One</div><div><div>Two <b>x</b></div></div>tail</div>",
        "One\n\nTwo **x**\n\ntail",
    ),
    "signs of Markdown": ("<p>* no list</p><p>1 * 2 * 3 and a_b_c</p>", "\\* no list\n\n1 * 2 * 3 and a_b_c"),
    "signs that would mean something": (
        "<p>_so_ 2*3*4 ~~x~~ `y` [x](y) \\_</p>",
        "\\_so\\_ 2\\*3\\*4 \\~~x\\~~ \\`y\\` [x]\\(y) \\\\\\_",
    ),
    "signs that begin a line": (
        "<p># one</p><p>&gt; two</p><p>2024. It rained.</p><p>a<br>---</p><p>#tide</p>",
        "\\# one\n\n\\> two\n\n2024\\. It rained.\n\na  \n\\---\n\n#tide",
    ),
    "tags and entities in a text": (
        "<p>if a &lt; b, &lt;tide&gt; and &amp;lt; &amp; &lt;!-- so</p>",
        "if a < b, \\<tide> and \\&lt; & \\<!-- so",
    ),
    "emphasis in parts": ("<p><b>The</b> <strong><i>high</i></strong> <b>tide</b></p>", "**The *high* tide**"),
    "code beside code": (
        "<p><code>a</code><code>b</code><kbd>c</kbd>, <code>d</code> <code>e</code>, <code>f<samp>g</samp></code>.</p>",
        "`abc`, `d` `e`, `fg`.",
    ),
    "emphasis of two kinds": ("<p><b>The</b> <i>tide</i></p>", "**The** *tide*"),
    "emphasis that ends in a mark before a word": (
        "<p><b>“Rain.”</b>and <i>wind.</i> So</p>",
        "**“Rain**.”and *wind.* So",
    ),
    "emphasis that begins with a mark behind a word": ("<p>so<i>(far)</i> it<b>,</b>is</p>", "so(*far)* it,is"),
    "emphasis around paragraphs": ("<em><p>One</p><p>two</p></em>", "*One*\n\n*two*"),
    "emphasis in emphasis": (
        "<p><strong><strong>Height: 3 m</strong><br>Width: 4 m</strong> <i>or <em>so</em></i></p>",
        "**Height: 3 m  \nWidth: 4 m** *or so*",
    ),
    "emphasis and a link over a blank line": (
        '<p><i>The tide rose.<br><br>It fell.</i> <a href="/a">So<br><br>it goes</a></p>',
        "*The tide rose.*\n\n*It fell.* [So](/a)\n\n[it goes](/a)",
    ),
    "blanks that do not break at the ends of emphasis and links": (
        '<p><b>A plan.\u202f</b>The rain <a href="/a">fell&nbsp;</a>here</p>',
        "**A plan.**\u202fThe rain [fell](/a)\xa0here",
    ),
    "emphasis before a character that has no width": ("<p><b>Post:</b>\u200bNora</p>", "**Post**:\u200bNora"),
    "a heading that ends in the sign of one": ("<h2>Tide #</h2><h2>In C#</h2>", "## Tide \\#\n\n## In C#"),
    "a bold heading": ("<h2><strong>The <i>high</i></strong> <b>tide</b></h2>", "## The *high* tide"),
    "a link around paragraphs": (
        '<a href="https://a.example/"><h3>Tide</h3><p>Rain.</p></a>',
        "### [Tide](https://a.example/)\n\n[Rain.](https://a.example/)",
    ),
    "a link with half a parenthesis": (
        '<p><a href="https://a.example/x)y">Map</a></p>',
        "[Map](https://a.example/x%29y)",
    ),
    "code with blank lines, of a language": (
        '<pre class="x lang-python"><span>if x:</span>\n\n\n    y</pre><p>a</p><p>b</p>',
        "```python\nif x:\n\n\n    y\n```\n\na\n\nb",
    ),
    "code with a fence": ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
    "bars in a table": (
        "<table><tr><th>A|B<th>C<tr><td>x<br>y<td>1</table>",
        "| A\\|B | C |\n| --- | --- |\n| x y | 1 |",
    ),
    "a table with a caption": (
        "<table><caption>Tides</caption><tr><th>A<th>B<tr><td>1<td>2</table>",
        "Tides\n\n| A | B |\n| --- | --- |\n| 1 | 2 |",
    ),
    "cells that reach down and aside": (
        "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>1<td>2<td>3<tr><td colspan=2>4</table>",
        "| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | |",
    ),
    "an element between two words": ("<p>fast<span>er</span> <span>than</span>\n<i>rain</i></p>", "faster than *rain*"),
    "blanks in an element": ('<p>Rain<a href="https://a.example/">&nbsp;</a>fell.</p>', "Rain fell."),
    "right to left": ("<p>فاض <b>النهر</b> أمس.</p>", "فاض **النهر** أمس."),
    "unknown elements": ("<story-text><p>Rain.</p></story-text><x-a>fell</x-a>", "Rain.\n\nfell"),
}


@pytest.mark.parametrize(("markup", "expected"), FORMS.values(), ids=FORMS)
def test_forms(markup: str, expected: str) -> None:
    assert whole(markup).to_markdown() == expected + "\n"


GONE = {
    "a paragraph": ("<p>One.</p><p>Share</p><p>Two.</p>", "Share", "One.\n\nTwo."),
    "part of a paragraph": ("<p>One <b>ad</b> two.</p>", "ad", "One two."),
    "an item": ("<ul><li>One<li>Share<li>Two</ul>", "Share", "- One\n- Two"),
    "a cell": ("<table><tr><td>1<td>ad<td>3</table>", "ad", "|  |  |  |\n| --- | --- | --- |\n| 1 |  | 3 |"),
    "a line of code": ("<pre>one\nad\ntwo</pre>", "ad\n", "```\none\ntwo\n```"),
    "part of a link": (
        '<p><a href="https://a.example/">Read spam more</a></p>',
        "spam ",
        "[Read more](https://a.example/)",
    ),
}


@pytest.mark.parametrize(("markup", "gone", "expected"), GONE.values(), ids=GONE)
def test_what_is_dropped_is_not_there(markup: str, gone: str, expected: str) -> None:
    assert whole(markup, gone).to_markdown() == expected + "\n"


def test_links_inside_the_site_become_whole() -> None:
    page = whole(
        '<p><a href="/a?b=1">One</a> <a href="c">two</a> <a href="#d">three</a> <a href="http://[">four</a></p>'
    )
    assert page.to_markdown("https://x.example/y/z") == (
        "[One](https://x.example/a?b=1) [two](https://x.example/y/c) three four\n"
    )
    assert page.to_markdown().startswith("[One](/a?b=1)")


BASES = {
    "a base": '<base href="https://b.example/c/">',
    "the page's own address": '<link rel="canonical" href="https://b.example/c/storm">',
}


@pytest.mark.parametrize("head", BASES.values(), ids=BASES)
def test_a_page_tells_where_its_links_start(head: str) -> None:
    assert whole(f'{head}<p><a href="a">One</a></p>').to_markdown() == "[One](https://b.example/c/a)\n"


def test_a_table_of_cells_that_reach_far_takes_no_longer() -> None:
    row = "<tr>" + '<td rowspan="99999" colspan="99999">tide</td>' * 20 + "</tr>"
    page = whole(f"<table>{row * 400}</table>", "tide")
    began = time.process_time()
    assert page.to_markdown().count("tide") == 20 * 400 - 1
    assert time.process_time() - began < 5


def test_a_text_is_given_as_it_is() -> None:
    text = "# Rain\n\nIt *fell*.\n"
    assert Cleaner(rules=()).explain(text).to_markdown() == text


def test_a_page_without_its_tree_is_given_as_text() -> None:
    page = whole("<p>Rain <b>fell</b>.</p>")
    lost = pickle.loads(pickle.dumps(replace(page, text="Rain fell.")))
    assert (lost.page, lost.to_markdown(), lost.decisions) == (None, "Rain fell.", page.decisions)


def test_the_words_are_those_of_the_text() -> None:
    page = "<html><body><nav>Home</nav><article><h1>Tides</h1>" + "".join(
        f"<div><p>The tide of day {day} <b>rose</b> to the third step, and the <i>ferry</i> did not sail.</p></div>"
        for day in range(20)
    )
    result = Cleaner(rules=()).explain(page + "</article><footer>Privacy policy</footer></body></html>")
    assert re.findall(r"\w+", result.to_markdown()) == re.findall(r"\w+", result.text)
    assert result.to_markdown().count("**rose**") == 20


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "span", "ul><li"])
def test_deep_pages_are_written(tag: str) -> None:
    assert "Rain." in whole(f"<{tag}>" * 100 + "Rain.").to_markdown()


def test_the_page_is_left_as_it_is() -> None:
    from lxml import html

    page = whole("<p>One <b>two</b></p>", "two")
    assert page.page is not None
    before = html.tostring(page.page.root)
    page.to_markdown()
    assert html.tostring(page.page.root) == before


def test_cells_of_which_nothing_is_left_stay_empty() -> None:
    row = "<tr><td>a</td><td>b</td><td>c</td><td>d</td></tr>"
    assert "| a |  |  | d |" in whole(f"<table><tr><th>w<th>x<th>y<th>z</tr>{row}</table>", "b", "c").to_markdown()


WIDE = {
    "inline": "<p>" + "<b>tide</b> and " * 16_000,
    "paragraphs": "<p>tide</p>" * 40_000,
    "cells": "<table><tr>" + "<td>tide</td>" * 16_000 + "</tr></table>",
}


@pytest.mark.parametrize("markup", WIDE.values(), ids=WIDE)
def test_time_grows_in_line_with_the_elements_beside_each_other(markup: str) -> None:
    page = whole(markup)
    began = time.process_time()
    written = page.to_markdown()
    assert written.count("tide") == markup.count("tide")
    assert time.process_time() - began < 5
