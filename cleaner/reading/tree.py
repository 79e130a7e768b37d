"""A page: its text, its elements as columns, and its tree for those who ask for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from cleaner.page_tree import Markup
from cleaner.reading.declared import declared_body, declared_titles
from cleaner.reading.formulas import is_shadow
from cleaner.reading.markup import KNOWN
from cleaner.reading.needs import alternatives, names_of
from cleaner.reading.parsing import parsed
from cleaner.reading.second_opinion import ELEMENTS, EXTRACTED, extracted
from cleaner.reading.target import Target
from cleaner.span import Span

_XPATH = re.compile(r"\.?/|\(")
_CLASS = re.compile(r"(?P<tag>(?:[A-Za-z][\w-]*)?)\.(?P<name>-?[A-Za-z_][\w-]*)")
_BLANKS = str.maketrans("\t\n\r", "   ")


@lru_cache(maxsize=10_000)
def _compiled(selector: str) -> Any:
    """A selector as XPath; a source's are asked for on each of its pages, and take longer to compile than to use."""
    from lxml import etree  # heavy: only for pages
    from lxml.cssselect import CSSSelector

    return etree.XPath(selector) if _XPATH.match(selector.strip()) else CSSSelector(selector, translator="html")


class Tree:
    """A page as its parser has told it, from the bytes `raw`, of which its tree is made when it is needed."""

    def __init__(self, raw: bytes, told: Target, *, second_opinion: bool = True, wants_script: bool = False) -> None:
        self._raw, self._told = raw, told
        self._second_opinion = second_opinion
        self.text = told.take_text()
        self.telling, self.headings = told.telling, told.headings
        self.wants_script = wants_script

    @cached_property
    def root(self) -> Any:
        """The root of the tree."""
        return parsed(self._raw)

    @cached_property
    def markup(self) -> Markup:
        """What the elements say of the blocks, as columns."""
        told = self._told
        return Markup(
            elements=told.elements,
            parents=told.parents,
            kinds=told.kinds,
            first=told.first,
            last=told.last,
            starts=told.starts,
            ends=told.ends,
            owners=told.owners,
            linked=told.linked,
            anchored=told.anchored,
            declared=declared_body(self.telling),
            titles=declared_titles(self.telling),
        )

    @cached_property
    def extracted(self) -> str | None:
        """What an extractor takes for the main content; None where it may not be asked, finds nothing or fails."""
        asked = self._second_opinion and len(self._told.kinds) <= ELEMENTS and len(self.text) <= EXTRACTED
        return extracted(self.root) if asked else None

    def _walk(self, *events: str) -> Iterator[tuple[str, Any]]:
        """The elements of the tree that were read, as "start" and "end" of each, or as one of these; of those that were
        not the "end"."""
        from lxml import etree  # heavy: only for pages

        walker = etree.iterwalk(self.root, events=events)
        number, copies = 0, iter(self._told.copies)
        copy, skipped = next(copies, -1), self._told.skipped - {"math"}
        for event, element in walker:
            if event == "start":
                unread = element.tag in skipped and not is_shadow(element.tag, element.attrib)
                if unread or number == copy:
                    walker.skip_subtree()
                    copy = copy if unread else next(copies, -1)
                    continue
                number += 1
            yield event, element

    @cached_property
    def _number(self) -> dict[Any, int]:
        return {element: number for number, (_, element) in enumerate(self._walk("start"))}

    @cached_property
    def _known_names(self) -> frozenset[str]:
        """The names, tags and roles of the elements that are read, and the names of the others."""
        unread = (name for value in self._told.unread for name in value.split())
        return frozenset((*names_of(self.markup.elements), *unread))

    def span(self, element: Any) -> Span:
        """Where an element's text stands; an empty span if it has none."""
        number = self._number.get(element)
        return Span(0, 0) if number is None else self._span(number)

    def _span(self, number: int) -> Span:
        told = self._told
        if told.first[number] == told.last[number]:
            return Span(0, 0)
        return Span(told.starts[told.first[number]], told.ends[told.last[number] - 1])

    def select(self, selector: str) -> list[Span]:
        """The spans of what a CSS selector, or an XPath (which begins with "/", "./" or "("), matches, in order.

        Raises ValueError for what is neither.
        """
        if selector in KNOWN:  # a heuristic asks for the headings of every page
            return self._in_order(self._tagged(selector))
        from cssselect import SelectorError
        from lxml import etree  # heavy: only for pages

        try:
            _compiled(selector)
            needed = alternatives(selector)
            parts = dict.fromkeys(part.strip() for part, needs in needed if needs <= self._known_names)
            return self._in_order(span for part in parts for span in self._spans(part))
        except (etree.XPathError, SelectorError, SyntaxError) as error:
            raise ValueError(f"{selector!r} is no selector: {error}") from None

    def _in_order(self, spans: Iterable[Span]) -> list[Span]:
        return sorted({span for span in spans if span.end > span.start})

    def _spans(self, selector: str) -> Iterable[Span]:
        """Where the text of what one selector matches stands."""
        if selector in KNOWN:
            return self._tagged(selector)
        plain = _CLASS.fullmatch(selector)
        if plain and plain["name"] not in self._ids:
            return self._of_class(plain["tag"].lower(), plain["name"])
        found = _compiled(selector)(self.root)
        return map(self.span, found if isinstance(found, list) else ())

    @cached_property
    def _ids(self) -> frozenset[str]:
        """The names that may be of an id. `Element` has them beside the classes."""
        return frozenset(name for value in self._told.ids for name in value.split())

    def _tagged(self, tag: str) -> Iterable[Span]:
        """Where the text of the elements of a tag stands."""
        return self._of_kinds([element.tag == tag for element in self._told.elements])

    def _of_class(self, tag: str, name: str) -> Iterable[Span]:
        """Where the text of the elements of a class stands, and of a tag if that is not empty; no id is called so."""
        asked = f" {name} "
        return self._of_kinds(
            [
                name in each.names and asked in f" {each.names} ".translate(_BLANKS) and tag in ("", each.tag)
                for each in self._told.elements
            ]
        )

    def _of_kinds(self, wanted: list[bool]) -> Iterable[Span]:
        """Where the text of the elements stands that are of some of the different ones."""
        import numpy as np  # heavy, though whoever cleans has it

        if not any(wanted):
            return ()
        return map(self._span, np.flatnonzero(np.array(wanted)[np.asarray(self._told.kinds)]).tolist())

    def texts(self) -> Iterator[tuple[Any, bool, Span]]:
        """Each piece: its element, whether it is that element's tail, its span."""
        spans = map(Span, self._told.starts, self._told.ends)
        for event, element in self._walk("start", "end"):
            tail = event == "end"
            text = element.tail if tail else element.text
            if text and not text.isspace() and not (tail and element is self.root):
                yield element, tail, next(spans)
