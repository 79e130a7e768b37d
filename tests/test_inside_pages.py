"""What stands in the element of a page's article and is none of it, told by the elements: through the whole cleaner."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.document import Category
from cleaner.heuristics.batches.batch import Batch
from cleaner.heuristics.named.figure_captions import figure_captions
from cleaner.heuristics.named.page import Page
from cleaner.reading import read

TITLE = "Ferry to Halm will run twice a day from May"
SAID = (
    "The ferry to Halm will run twice a day from the first of May, the harbour board decided on Monday night.",
    "For eleven years the island had one boat a week, and in the storms of the winter it often had none at all.",
    "“We have learnt to bake our own bread,” said Ida Quill, who keeps the only shop between the pier and the church.",
    "The board will pay for a pier of steel, which is to stand before the autumn, and for a second crew of four.",
    "Not all are glad of it. A letter with ninety names, read out at the meeting, asks for the old timetable to stay.",
    "The ferry itself is older than its captain. It was built for a river, and rolls in any sea higher than a table.",
)
SUMMARY = "The islanders get back the boat that they lost eleven years ago, and a pier for it."


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(rules=(), fast=True)


def page(inside: str, below_title: str = "") -> str:
    """A page whose article holds `inside` between its second paragraph and its third."""
    said = [f"<p>{paragraph}</p>" for paragraph in SAID]
    head = f'<html lang="en"><head><title>{TITLE} | Halm Gazette</title></head>'
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "News", "Sport"))
    entry = f'<div class="entry">{"".join(said[:2])}{inside}{"".join(said[2:])}</div>'
    article = f"<article><h1>{TITLE}</h1>{below_title}{entry}</article>"
    return f"""{head}<body><nav><ul>{menu}</ul></nav><main>{article}</main>
<footer><a href="/privacy">Privacy policy</a> <a href="/about">About us</a></footer></body></html>"""


def body(*inside: str) -> list[str]:
    return [*SAID[:2], *inside, *SAID[2:]]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="x">Two crews<a class="headerlink" href="#x" title="Permalink">¶</a></h2>',
        '<h2 id="x"><a class="anchor" href="#x">#</a>Two crews</h2>',
        '<h2 id="x">Two crews <a href="#x" aria-label="Link to this">🔗</a></h2>',
    ],
)
def test_a_heading_stays_without_its_permalink(cleaner: Cleaner, heading: str) -> None:
    result = cleaner.explain(page(heading))
    assert result.text.strip().split("\n\n") == body("Two crews")
    assert [each.category for each in result.dropped if each.by == "heuristic/permalink"] == [Category.NAVIGATION]


def test_what_tells_of_a_footnote_stays(cleaner: Cleaner) -> None:
    noted = (
        '<p>The captain says it is the boat for Halm<a href="#n1">*</a> and for no other place on the whole coast.</p>'
    )
    assert "the boat for Halm* and for" in cleaner.clean(page(noted))


@pytest.mark.parametrize(
    "caption", ["How often it sails.", "Nobody has mended the pier.", "<em>The boat sails daily.</em>"]
)
def test_a_caption_without_a_credit_goes(cleaner: Cleaner, caption: str) -> None:
    table = "<table><tr><td>May</td><td>60</td></tr><tr><td>June</td><td>62</td></tr></table>"
    figure = f"<figure class='wp-block-table'>{table}<figcaption>{caption}</figcaption></figure>"
    assert cleaner.clean(page(figure)).strip().split("\n\n") == body("May 60\nJune 62")


def test_the_source_of_a_quotation_is_no_caption() -> None:
    quoted = "<blockquote>Nobody has ever drowned for want of a timetable.</blockquote>"
    source = "<figcaption>Ida Quill, to the harbour board</figcaption>"
    for figure, least in ((f"<figure>{quoted}{source}</figure>", 0), (f"{quoted}<figure>{source}</figure>", 1)):
        document = read(page(figure), "html")
        found = figure_captions(Page(document, (), Batch([document]), 0), range(len(document)))
        assert len(found) == least


@pytest.mark.parametrize(
    "card",
    [
        '<div class="x"><a href="/a"><div><h2>Piers we have lost</h2><h3>There are more than one thinks.</h3>'
        "<p>halm.example</p></div></a></div>",
        '<a href="/a" class="bookmark"><div>Piers we have lost</div><div>There are more than one thinks.</div></a>',
        '<figure><a href="/a"><p>Piers we have lost</p><p>There are more of them than one thinks.</p></a></figure>',
    ],
)
def test_a_card_that_leads_elsewhere_goes(cleaner: Cleaner, card: str) -> None:
    assert cleaner.clean(page(card)).strip().split("\n\n") == body()


def test_a_link_that_nobody_closed_is_no_card(cleaner: Cleaner) -> None:
    assert cleaner.clean(page('<a name="more" href="#more">')).strip().split("\n\n") == body()


@pytest.mark.parametrize(
    "below",
    [
        f'<p class="standfirst">{SUMMARY}</p>',
        f'<div class="post-excerpt"><p>{SUMMARY}</p></div><ul class="share"><li><a href="/s">Share</a></li></ul>',
        f'<h2 class="article__subtitle">{SUMMARY}</h2>',
        f'<p class="lead">{SUMMARY}</p><p class="meta">By Nora Blank</p>',
        f'<div class="l-dek"><p>{SUMMARY}</p></div><figure><figcaption>Photo: Nora Blank</figcaption></figure>',
    ],
)
def test_a_summary_that_its_element_names_goes(cleaner: Cleaner, below: str) -> None:
    result = cleaner.explain(page("", below))
    assert result.text.strip().split("\n\n") == body()
    assert Category.SUMMARY in {each.category for each in result.dropped}


def test_an_opening_paragraph_in_larger_letters_stays(cleaner: Cleaner) -> None:
    assert SUMMARY in cleaner.clean(page("", f'<p class="lead">{SUMMARY}</p>'))


REQUESTS = (
    "Follow us on Facebook, Instagram and X for more stories from the islands.",
    "Síguenos en Facebook y Twitter, o apúntate aquí para recibir nuestra newsletter semanal.",
    "Folgen Sie uns auf Instagram, damit Sie nichts verpassen.",
    "Enter your email below and we’ll send the timetable straight to your inbox.",
    "Newsletter: Der Morgen auf Halm – die wichtigsten Nachrichten vor dem ersten Kaffee. Jetzt kostenlos anmelden",
    "Inscrivez-vous à notre newsletter pour ne rien manquer de la vie des îles.",
    "Iscriviti alla nostra newsletter per ricevere ogni mattina le notizie delle isole.",
    ">> Download the free Halm Gazette app to get breaking news alerts",
    "What do you think of the new timetable? Let us know in the comments below.",
    "Was halten Sie von dem neuen Fahrplan? Schreiben Sie uns Ihre Meinung.",
    "Did you make this recipe? Tag @quill on Instagram and show the island.",
    "Please leave a star rating below, it helps the island more than you think!",
    "If you enjoyed this article, please consider buying me a coffee.",
    "To plant a tree in memory of Ida Quill, please visit our tribute store.",
)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("form", ["<p>{}</p>", '<p><strong><a href="/x">{}</a></strong></p>', "<div>{}</div>"])
def test_what_asks_something_of_the_reader_goes(cleaner: Cleaner, request_: str, form: str) -> None:
    assert cleaner.clean(page(form.format(request_))).strip().split("\n\n") == body()


@pytest.mark.parametrize("request_", REQUESTS)
def test_it_goes_from_a_text_without_a_page(cleaner: Cleaner, request_: str) -> None:
    first, *rest = body()
    assert cleaner.clean("\n\n".join((first, request_, *rest))) == "\n\n".join((first, *rest))


@pytest.mark.parametrize(
    "said",
    [
        "“Follow us on Facebook,” she said, “and you will know as much about the ferry as the harbour board does.”",
        "Follow us to the pier at six, the letter said, and it named the shop in which the ninety had signed it.",
        "Download the timetable while it is there, the shop advises, as the board has often changed its mind.",
        "If you like the sea you will like the ferry, and if you do not you will share the view of the captain.",
        "What do you think a second crew costs? The board has asked three captains and was told four sums.",
        "Sign up for the second crew, the letter asks the young, and you will see the island from the other side.",
    ],
)
def test_a_sentence_that_opens_as_a_request_does_stays(cleaner: Cleaner, said: str) -> None:
    assert cleaner.clean(page(f"<p>{said}</p>")).strip().split("\n\n") == body(said)


@pytest.mark.parametrize(
    "told",
    [
        "<p><em>Staff writer Ida Quill contributed to this report.</em></p>",
        "<p>– additional reporting by Ida Quill</p>",
        "<p>With reporting from Ida Quill in Halm</p>",
        "<p>Mitarbeit: Ida Quill</p>",
        "<p>Con información de Agencia Isleña</p>",
        "<p>(nbl/iq)</p>",
        "<p>(汐見拓也)</p>",
    ],
)
def test_who_else_worked_on_it_goes(cleaner: Cleaner, told: str) -> None:
    assert (
        cleaner.clean(page("").replace("</div></article>", f"{told}</div></article>")).strip().split("\n\n") == body()
    )


FOOTNOTES = (
    '<section class="footnotes" role="doc-endnotes"><hr><ol>{}</ol></section>',
    '<div class="footnotes"><ol>{}</ol></div>',
    '<hr class="footnotes-sep"><ol class="footnotes-list">{}</ol>',
)


@pytest.mark.parametrize("notes", FOOTNOTES)
@pytest.mark.parametrize("back", ["↩", "↩︎", "⤴"])
def test_footnotes_stay(cleaner: Cleaner, notes: str, back: str) -> None:
    said = "Some count the winter of the ice as well and come to twelve."
    note = f'<li id="fn:1"><p>{said}&nbsp;<a href="#fnref:1" class="footnote-backref">{back}</a></p></li>'
    tags = '<ul class="post-tags"><li><a href="/f">Ferries</a></li><li><a href="/i">Islands</a></li></ul>'
    more = '<nav class="paginav"><a href="/p">« Prev</a> <a href="/n">Next »</a></nav>'
    below = f"{notes.format(note)}<footer>{tags}{more}</footer></article>"
    assert cleaner.clean(page("").replace("</article>", below)).strip().split("\n\n") == [*body(), said]


def test_footnotes_of_a_platform_stay() -> None:
    said = "Some count the winter of the ice as well and come to twelve."
    note = (
        f'<div class="footnote"><a href="#r1">1</a><div class="footnote-content"><p>{said}</p></div></div></div></div>'
    )
    markup = page("").replace('<div class="entry">', '<div class="available-content"><div class="body markup">')
    cleaned = Cleaner().clean(markup.replace("</div></article>", f"{note}</article>"), source="families/substack")
    assert said in cleaned


@pytest.mark.parametrize(
    "head",
    [
        "<h1>{0}</h1>",
        '<h1>{0}</h1><p class="standfirst">{1}</p>',
        "<header><p>Islands</p><h1>{0}</h1></header>",
        "<h1>{0}</h1><p>By Nora Blank</p><p>4 May 2031</p>",
    ],
)
@pytest.mark.parametrize("around", ["<article>{}</article>", "<html><body><div>{}</div></body></html>"])
def test_of_an_element_that_is_handed_over_alone_the_head_goes(cleaner: Cleaner, around: str, head: str) -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in SAID)
    fragment = around.format(head.format(TITLE, SUMMARY) + prose)
    assert cleaner.clean(fragment).strip().split("\n\n") == list(SAID)


@pytest.mark.parametrize("inside", ["<h1>{0}</h1>{1}<h1>{0}</h1>", "{1}<h1>{0}</h1>", "<h2>{0}</h2>{1}"])
def test_other_headings_without_metadata_stay(cleaner: Cleaner, inside: str) -> None:
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in SAID)
    assert "The long pier" in cleaner.clean(f"<article>{inside.format('The long pier', prose)}{prose}</article>")
