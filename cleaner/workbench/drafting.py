"""The text of a drafted rule file: its head, its rules, its `[html]`, and what the author is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleaner.document import Category
from cleaner.sources import toml
from cleaner.workbench.elements import Candidates
from cleaner.workbench.recurring import Recurring, endings
from cleaner.workbench.samples import Sample, Samples

TOGETHER = 30
"""Lines of one category that one rule holds at most."""

MARKS = 4
"""Lines of a fingerprint at most."""

ASKED = 12
"""Lines that recur and are kept that the author is asked about at most."""

NEARLY_ALL = 0.8
"""Share of the pages that must show a line of the fingerprint."""

SEVERAL = 3
"""Pages of different articles from which a line that names the source, and stands on nearly all, is the source's even
though the heuristics keep it."""

PROSE = (
    "The ferry to the outer island left an hour late on Monday, because its captain had lent the key to a friend.",
    "“I knew that he would bring it back,” she said from the bridge, where the engine was still cold, “but I did not "
    "know that he would stop for breakfast.”",
    "Nobody on board had complained. Two of the passengers had slept, and the third, who keeps bees, had counted the "
    "boats in the harbour twice and come to a different number each time.",
)
"""Body of the first fixture, until the author writes one."""

BODY = "\n\n".join(PROSE) + "\n"
"""What should come out of the first fixture."""

HEAD = """\
# A draft from {pages} pages. Before it goes anywhere, read it beside them:
# - Does each line below stand on the source's pages, and never in an article? Take out the others.
# - Put into `why` what the thing is, where it stands, and on which pages.
# - Put into `spares` the sentence that you are afraid of: the line as an article might say it.
# - Rewrite fixtures/{source}/draft.txt: a page's structure with prose of your own, and what should come out.
"""


class Rule(NamedTuple):
    action: str
    id: str
    text: str
    hits: tuple[str, ...]


def head_text(source: str, found: Sequence[Recurring], samples: Samples) -> str:
    keys = {"source": toml.string(source)}
    languages = {_language(page.markup) for page in samples.pages if page.markup}
    if len(languages) == 1 and (language := languages.pop()):
        keys["language"] = toml.string(language)
    families = {name for page in samples.pages for name in page.families}
    extends = [
        name for name in sorted(families) if sum(name in p.families for p in samples.pages) * 2 >= len(samples.pages)
    ]
    if extends:
        keys["extends"] = toml.strings(extends)
    text = HEAD.format(pages=len(samples.pages), source=source) + toml.keys(keys)
    marks, least = _marks(source, found, len(samples.pages))
    if not marks:
        return text + "\n# No line tells this source in a text without URL: no [fingerprint].\n"
    asked = {"min": str(least)} if least > 1 else {}
    return f"{text}\n[fingerprint]\n{toml.keys({**asked, 'lines': toml.patterns(marks)})}"


def _language(markup: str | None) -> str:
    found = re.search(r"<html[^>]{0,500}?\blang=[\"']?([a-z]{2,3})\b", markup or "")
    return found[1] if found else ""


def _marks(source: str, found: Sequence[Recurring], pages: int) -> tuple[list[str], int]:
    """Patterns for the fingerprint, and how many of them must match."""
    plain = [each for each in found if r"\p" not in each.pattern]
    nearly_all = [each for each in plain if len(each.pages) >= NEARLY_ALL * pages]
    frequent = [each for each in nearly_all if each.category]
    known = nearly_all if pages >= SEVERAL else frequent
    label = _squeezed(source.removeprefix("www.").partition(".")[0])
    named = [each.pattern for each in known if len(label) > 3 and label in _squeezed(each.hit)]
    if named:
        return sorted(named[:MARKS]), 1
    long = sorted((each for each in frequent if len(each.hit) >= 25), key=lambda each: -len(each.hit))[:MARKS]
    return (sorted(each.pattern for each in long), 2) if len(long) > 2 else ([], 1)


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def drafted(found: Sequence[Recurring], pages: Sequence[Sample]) -> Iterator[Rule]:
    """The rules of a draft in their order: one cut, then the lines by category."""
    cut = next(endings(found, pages), None)
    if cut:
        yield _cut(cut, len(pages))
    left = [each for each in found if each is not cut and each.category and not _below(each, cut)]
    taken: set[str] = set()
    groups: dict[tuple[str, str, str], list[Recurring]] = {}
    for each in left:
        loose = each.pattern != f"^{toml.literal(each.hit)}$"
        groups.setdefault((str(each.category), each.where, each.hit if loose else ""), []).append(each)
    drops = []
    for (category, where, single), lines in groups.items():
        for start in range(0, len(lines), TOGETHER):
            name = _name(Category(category), single, taken)
            drops.append(_drop(name, lines[start : start + TOGETHER], where, len(pages)))
    yield from sorted(drops, key=lambda rule: rule.id)


def _below(line: Recurring, cut: Recurring | None) -> bool:
    """Whether a line stands only below the cut."""
    edges = dict(sorted(cut.spots, reverse=True)) if cut else {}
    return all(page in edges and index > edges[page] for page, index in line.spots)


def _cut(line: Recurring, pages: int) -> Rule:
    name = _name(line.category or Category.OTHER, line.hit, set())
    hit = f"{PROSE[0]}\n{line.hit}\nAnother headline of the site"
    keys = {
        "id": toml.string(name),
        "category": toml.string(str(line.category)),
        "line": toml.pattern(line.pattern),
        "why": toml.string(f"It stands below the article on {len(line.pages)} of {pages} pages; no body follows."),
        "hits": toml.strings([hit]),
        "spares": toml.strings([f"{PROSE[0]}\n{_spare(line.hit)}\n{PROSE[2]}"]),
    }
    return Rule("cut-after", name, f"[[cut-after]]\n{toml.keys(keys)}", (line.hit, "Another headline of the site"))


def _drop(name: str, lines: Sequence[Recurring], where: str, pages: int) -> Rule:
    patterns = sorted(each.pattern[1:-1] for each in lines)
    hits = tuple(sorted(each.hit for each in lines))
    most = max(len(each.pages) for each in lines)
    keys = {
        "id": toml.string(name),
        "category": toml.string(str(lines[0].category)),
        "line": toml.pattern(f"^{patterns[0]}$" if len(patterns) == 1 else f"^(?:{'|'.join(patterns)})$"),
        **({"where": toml.string(where)} if where != "anywhere" else {}),
        "why": toml.string(f"On up to {most} of {pages} pages; the heuristics take it for {lines[0].category}."),
        "hits": toml.strings(hits),
        "spares": toml.strings([_spare(hits[0])]),
    }
    return Rule("drop", name, f"[[drop]]\n{toml.keys(keys)}", hits)


def _spare(hit: str) -> str:
    return f"{hit}: that is what the note on the door said."


def _name(category: Category, line: str, taken: set[str]) -> str:
    """An id that is not taken yet: the category, and the first words of the line."""
    plain = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z]+", plain) if len(word) > 1][:3] or ["lines"]
    base = "-".join([str(category), *words])
    name = next(
        each for number in range(1, 10_000) if (each := base if number == 1 else f"{base}-{number}") not in taken
    )
    taken.add(name)
    return name


def html_text(found: Candidates) -> str:
    if not found.body:
        return ""
    lines = {"body": toml.strings(found.body), **({"drop": toml.strings(found.drop)} if found.drop else {})}
    advice = "# Look these up in the pages' source: does `body` hold the whole article, and `drop` nothing of it?\n"
    return f"{advice}[html]\n{toml.keys(lines)}"


def doubtful(found: Sequence[Recurring], pages: Sequence[Sample]) -> list[Recurring]:
    """The lines that recur on half of the pages and are kept."""
    return [each for each in found if each.category is None and len(each.pages) * 2 >= len(pages) > 2]


def questions_text(found: Sequence[Recurring], pages: Sequence[Sample]) -> str:
    """Lines that recur on half of the pages and are kept, for the author to decide on, as comments."""
    kept = doubtful(found, pages)
    lines = [f"#   {len(each.pages)} of {len(pages)}: {each.hit}\n" for each in kept[:ASKED]]
    advice = "\n# These recur too, and the heuristics keep them. Are they boilerplate? Then write a rule for each:\n"
    return advice + "".join(lines) if lines else ""


def fixture_text(rules: Sequence[Rule]) -> str:
    """A page: the lines that go around and between the paragraphs."""
    drops = [hit for rule in rules if rule.action == "drop" for hit in rule.hits[:2]]
    cut = [hit for rule in rules if rule.action == "cut-after" for hit in rule.hits]
    above = [hit for rule in rules if 'where    = "head"' in rule.text for hit in rule.hits[:2]]
    below = [hit for hit in drops if hit not in above]
    return "\n\n".join([*above, *PROSE, *below, *cut]) + "\n"
