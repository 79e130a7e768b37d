"""Selectors of `[html]`, compiled: CSS, or XPath where one begins with `/`, `./` or `(`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cleaner.errors import RuleError

if TYPE_CHECKING:
    from cleaner.sources.rulefile import Loaded

XPATH_STARTS = ("/", "./", "(")
"""How an XPath begins, and no CSS selector can."""

FUNCTIONS = frozenset(
    [
        "boolean",
        "ceiling",
        "comment",
        "concat",
        "contains",
        "count",
        "false",
        "floor",
        "id",
        "lang",
        "last",
        "local-name",
        "name",
        "namespace-uri",
        "node",
        "normalize-space",
        "not",
        "number",
        "position",
        "processing-instruction",
        "round",
        "starts-with",
        "string",
        "string-length",
        "substring",
        "substring-after",
        "substring-before",
        "sum",
        "text",
        "translate",
        "true",
        "and",
        "or",
        "div",
        "mod",
    ]
)
"""What may stand before a bracket in XPath 1.0. libxml2 finds an unknown function only once a page has it called."""

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_CALL = re.compile(r"(?<![\w:.-])([\w.-]+(?::[\w.-]+)?)\s*\(")


def is_xpath(selector: str) -> bool:
    """Whether a selector is XPath, not CSS.

    >>> [is_xpath(each) for each in ("article > p.lead", "//div[@id='story']", "(//p)[1]")]
    [False, True, True]
    """
    return selector.lstrip().startswith(XPATH_STARTS)


def compile_selector(selector: str, where: str, key: str) -> Any:
    """An `lxml.etree.XPath` that gives a list when called on a tree. Raises `RuleError`.

    >>> from lxml import html
    >>> page = html.fromstring("<main><div class='story top'><p>One.</p></div><p>Two.</p></main>")
    >>> [found.text for found in compile_selector("div.story > p", "file.toml:9", "body")(page)]
    ['One.']
    """
    from cssselect import SelectorError
    from lxml import cssselect, etree, html  # heavy: only for pages and the workbench

    problem = f"the selector {selector!r} of `{key}`"
    try:
        if not is_xpath(selector):
            return cssselect.CSSSelector(selector, translator="html")
        unknown = next((name for name in _CALL.findall(_QUOTED.sub("''", selector)) if name not in FUNCTIONS), None)
        if unknown:
            remedy = "use contains, starts-with, not, normalize-space or another function of XPath 1.0"
            raise RuleError(where, f"{problem} calls {unknown}(), which XPath 1.0 does not know", remedy)
        compiled = etree.XPath(selector)
        found = compiled(html.fromstring("<html><body><p>x</p></body></html>"))
    except SelectorError as error:
        remedy = "write CSS such as div.story > p, or XPath that begins with /"
        raise RuleError(where, f"{problem} is no CSS: {_said(error)}", remedy) from None
    except etree.XPathError as error:
        remedy = "write XPath 1.0 such as //div[@id='story'], without prefixes of name spaces"
        raise RuleError(where, f"{problem} is no XPath: {_said(error)}", remedy) from None
    except ValueError:
        raise RuleError(where, f"{problem} holds a control character", "take it out") from None
    if not isinstance(found, list):
        remedy = "select elements, such as //p[contains(@class, 'lead')]"
        raise RuleError(where, f"{problem} gives a {type(found).__name__}, no elements", remedy)
    return compiled


def selectors_of(loaded: Loaded) -> Iterator[tuple[str, str, str]]:
    """Key, selector and place ("file:line") of each selector of a file."""
    model = loaded.model
    for number, version in enumerate(model.layouts):
        table = f"$.html[{number}]" if isinstance(model.html, tuple) else "$.html"
        drops = tuple(drop.select for drop in version.drops)
        for key, selectors in (("body", version.body), ("drop", drops), ("keep", version.keep)):
            for index, selector in enumerate(selectors):
                yield key, selector, loaded.lines.place(f"{table}.{key}[{index}]")


def selector_problems(loaded: Loaded) -> Iterator[RuleError]:
    """What is wrong with the selectors of a file."""
    for key, selector, where in selectors_of(loaded):
        try:
            compile_selector(selector, where, key)
        except RuleError as error:
            yield error


def _said(error: Exception) -> str:
    said = str(error).strip() or type(error).__name__
    return f"{said[:1].lower()}{said[1:]}"
