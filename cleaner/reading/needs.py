"""What a selector needs of a page: the names, tags and roles without which it matches nothing.

A source with its families has dozens of selectors, most of which find nothing on a given page; asking for the names
of its elements first costs a thousandth of looking through all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from cleaner.page_tree import Element

MOST = 64
"""Alternatives of an XPath that are told apart."""

_ATTRIBUTE = re.compile(r"\[[^\[\]\"']*(?:\"[^\"]*\"|'[^']*')?[^\[\]\"']*\]")
_NAME = re.compile(r"[.#](-?[A-Za-z_][\w-]*)")
_TAG = re.compile(r"(?:^|[\s>])([A-Za-z][\w-]*)")
_ROLE = re.compile(r"\[(?:role|itemprop)=[\"']?([\w-]+)[\"']?\]")
_ROLES = re.compile(r"=[\w-]+")
_UNTOLD = re.compile(r"[:\\\[\](\"']|^\s*\.?/")
_PATH = re.compile(r"(?://?(?:[\w-]+|\*)(?:\[[^\[\]]*\])*)+")
_STEP, _BRACKET = re.compile(r"//([a-z][a-z0-9]*)\["), re.compile(r"[\[\]]")
_LITERAL = re.compile("\"[^\"]*\"|'[^']*'")
_PREDICATE = re.compile(r"\[([^\[\]]*)\]")
_TEST = (
    r"(?:contains\(concat\([\"'] [\"'], normalize-space\(@class\), [\"'] [\"']\), [\"'] ([\w-]+) [\"']\)"
    r"|@(?:role|itemprop)=[\"']([\w-]+)[\"'])"
)
_TESTS, _ANY_TEST = re.compile(_TEST), re.compile(f"{_TEST}(?: or {_TEST})*")


def names_of(elements: Iterable[Element]) -> Iterator[str]:
    """The names, "<tags>" and "=roles" of elements, as `Alternative` has them."""
    for tag, names, role, _ in elements:
        yield f"<{tag}>"
        yield from names.split()
        for part in role.split() if role else ():
            yield "=" + part


class Alternative(NamedTuple):
    """A selector, and the classes, ids, "<tags>" and "=roles" without which no element that is read matches it."""

    selector: str
    needs: frozenset[str]


@lru_cache(maxsize=4096)
def alternatives(selector: str) -> tuple[Alternative, ...]:
    """The parts of a selector of which an element matches one at least; what is not plain is one part with no needs.

    >>> [(part, sorted(needs)) for part, needs in alternatives("div.story > p.lead, #main [data-x='a']")]
    [('div.story > p.lead', ['<div>', '<p>', 'lead', 'story']), (" #main [data-x='a']", ['main'])]
    >>> [(part, sorted(needs)) for part, needs in alternatives("nav, [role=navigation]")]
    [('nav', ['<nav>']), (' [role=navigation]', ['=navigation'])]
    >>> [needs for _, needs in (*alternatives("p:not(.lead)"), *alternatives("//p[@class='lead']"))]
    [frozenset(), frozenset()]
    >>> [sorted(needs) for _, needs in alternatives('//div[@role="main" or @itemprop="text"]//*[@role="note"][.//p]')]
    [['=main', '=note'], ['=note', '=text']]
    >>> [sorted(needs) for _, needs in (*alternatives("//li[.//a[@rel]]"), *alternatives("//li[.='['] | //b[.=']']"))]
    [['<li>'], []]
    """
    if _PATH.fullmatch(selector):
        return tuple(Alternative(selector, names) for names in _needed_by_path(selector))
    step = _STEP.match(selector)
    if step and _closes_last(_LITERAL.sub("", selector), step.end()):
        return (Alternative(selector, frozenset([f"<{step[1]}>"])),)
    plain = _ATTRIBUTE.sub(_role_alone, selector)
    parts = selector.split(",")
    if _UNTOLD.search(plain) or len(parts) != plain.count(",") + 1:
        return (Alternative(selector, frozenset()),)
    return tuple(map(Alternative, parts, map(_needed_by_part, plain.split(","))))


def _closes_last(selector: str, position: int) -> bool:
    """Whether the bracket that opens before a position closes at the very end."""
    depth = 1
    for bracket in _BRACKET.finditer(selector, position):
        depth += 1 if bracket[0] == "[" else -1
        if depth == 0:
            return bracket.end() == len(selector)
    return False


def _role_alone(attribute: re.Match[str]) -> str:
    found = _ROLE.fullmatch(attribute[0])
    return f"={found[1]}" if found else ""


def _needed_by_part(plain: str) -> frozenset[str]:
    """A part that asks for siblings may mean what is not read, such as scripts; of that the names alone are known."""
    names = _NAME.findall(plain)
    if "+" not in plain and "~" not in plain:
        names += [f"<{tag.lower()}>" for tag in _TAG.findall(plain)]
        names += _ROLES.findall(plain)
    return frozenset(names)


def _needed_by_path(selector: str) -> tuple[frozenset[str], ...]:
    needed = [frozenset[str]()]
    for predicate in _PREDICATE.findall(selector):
        if _ANY_TEST.fullmatch(predicate):
            named = [name or "=" + role for name, role in _TESTS.findall(predicate)]
            if len(needed) * len(named) <= MOST:
                needed = [names | {name} for names, name in product(needed, named)]
    return tuple(needed)
