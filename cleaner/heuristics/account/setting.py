"""What the names of blocks that go depend on: where the body stands, which block is the title, who wrote."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from cleaner.heuristics.named.credits import is_credit
from cleaner.heuristics.named.dates import is_date
from cleaner.heuristics.named.line_kinds import are_people, is_name
from cleaner.heuristics.named.page import Page
from cleaner.span import Span

SUMMARY_WORDS = 6  # fewer are no sentence ...
LONG_SUMMARY = 12  # ... and fewer without a full stop
LONGEST_SUMMARY = 80  # words
SUMMARY_WITHIN = 4  # blocks below the title
NEAR_NAME = 2  # blocks between a name and the byline or date that it belongs to
INTO_BODY = 12  # blocks below the body's first among which a byline may still stand
OF_NAMES = (3, 2)  # words of a name with something else behind it
AROUND = ",.;:!?()[]\"'“”’"  # marks at words


_PARTS = re.compile(r"[,|·•–—@(]|\s-\s")  # what names stand between in a byline


class Setting(NamedTuple):
    """What the names of blocks depend on: where the body stands, which block is the title, the words of the names of
    those who wrote, and the words that the text writes in small letters (`common`)."""

    body: Span
    title: int | None = None
    authors: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()

    @classmethod
    def of(cls, page: Page, goes: Container[int], title: int | None) -> Setting:
        """The setting of a page of which some blocks go."""
        stays = [index for index in range(len(page)) if index not in goes]
        prose = [index for index in stays if page.prose(index)] or stays
        body = Span(prose[0], stays[-1] + 1) if stays else Span(0, 0)
        words = page.document.text.split()
        setting = cls(body, title, common=frozenset(word.strip(AROUND) for word in words if word[0].islower()))
        return setting._replace(authors=frozenset(_authors(page, goes, setting)))

    def is_title(self, page: Page, index: int) -> bool:
        """Whether a block above the body is the title, says the same, or says it with the site's name."""
        if self.title is None or index >= self.body.start:
            return False
        title, block = page.blocks[self.title].casefold(), page.blocks[index].casefold()
        return index == self.title or title == block or (index == 0 and title in block)

    def is_summary(self, page: Page, index: int) -> bool:
        """Whether a block is the sentence, or a few of them, right below the title."""
        if self.title is None or not self.title < index < min(self.body.start, self.title + SUMMARY_WITHIN):
            return False
        shape = page.shapes[index]
        told = page.prompts[index] is not None or shape.bullet or is_credit(page.blocks[index])
        least = SUMMARY_WORDS if shape.ends else LONG_SUMMARY
        return least <= shape.words <= LONGEST_SUMMARY and not told

    def beside_byline(self, page: Page, index: int) -> bool:
        """Whether a byline or a date stands close to a block above the body, or one that is but a "By" right above."""
        for near in range(max(index - NEAR_NAME, 0), min(index + NEAR_NAME + 1, len(page))):
            prompt = page.prompts[near]
            by = prompt is not None and prompt.kind == "byline" and prompt.strong
            if near != index and (by or (index < self.body.start + INTO_BODY and is_date(page.blocks[near]))):
                return True
        return False

    def names_people(self, page: Page, index: int) -> bool:
        """Whether a block beside a byline or a date is the name of a person, or a list of names. Of what is none, such
        as "Safety Library", the text has words in small letters, too."""
        return self.may_be_people(page.blocks[index]) and self.beside_byline(page, index)

    def may_be_people(self, block: str) -> bool:
        """Whether a block looks like names, and most of its words are written with capitals alone."""
        words = [word.strip(AROUND) for word in block.split() if word[0].isupper()]
        return are_people(block) and 2 * sum(word.casefold() in self.common for word in words) < len(words)

    def is_of_author(self, block: str) -> bool:
        """Whether a block opens with the name of an author."""
        return block.casefold().split(None, 1)[0].strip(AROUND) in self.authors


def _authors(page: Page, goes: Container[int], setting: Setting) -> Iterator[str]:
    """The words of the names in bylines that go above the body's end, in small letters."""
    for index in range(setting.body.end):
        if index not in goes:
            continue
        block, prompt = page.blocks[index], page.prompts[index]
        by = prompt is not None and prompt.kind == "byline" and not page.shapes[index].prose
        if by or setting.names_people(page, index):
            told = (
                block[len(prompt.phrase) :] if prompt and by and block.casefold().startswith(prompt.phrase) else block
            )
            for part in _PARTS.split(told):
                words = part.strip(" :").split()
                names = (" ".join(words[:size]) for size in (len(words), *OF_NAMES))
                name = next(filter(is_name, names), "")
                if name:
                    yield from (word.casefold() for word in name.split() if word[0].isupper() and len(word) > 2)
