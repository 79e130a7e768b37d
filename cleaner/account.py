"""The account of an input over the passes: a decision for each of its characters.

What stays is accounted for as the first pass saw it: with the page around it, where its confidence was calibrated.
Later passes, which see what is left, add what goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from cleaner.document import Decision

KEPT = "option/keep"
"""Who decides that a category stays that the caller asked for."""


def whole(text: str) -> list[Decision]:
    """The account of a text that is given back whole."""
    return [Decision(0, len(text), True, None, "default/untouched", "nothing has judged this yet")] if text else []


def unless_kept(decisions: Sequence[Decision], account: Sequence[Decision]) -> list[Decision]:
    """The decisions on what an account has left, but those on what an option kept in it: that stays in every pass."""
    starts, ends, edge = list[int](), list[int](), 0
    for each in account:
        length = (each.end - each.start) if each.keep else 0
        if each.by == KEPT:
            starts.append(edge)
            ends.append(edge + length)
        edge += length
    before = (bisect_right(starts, decision.end - 1) for decision in decisions)
    return [each for each, count in zip(decisions, before, strict=True) if not count or ends[count - 1] <= each.start]


def compose(account: Sequence[Decision], later: Sequence[Decision]) -> list[Decision]:
    """Lay what a later pass drops, or keeps on demand, into `account`, in the offsets of the original.

    `later` covers what `account` keeps. What stays is accounted for as before.

    >>> seen, later = Decision(9, 12, True, None, "first", ""), Decision(1, 2, False, None, "later", "")
    >>> [(each.start, each.end, each.by) for each in compose([seen], [replace(seen, start=0, end=1), later])]
    [(9, 10, 'first'), (10, 11, 'later'), (11, 12, 'first')]
    """
    result: list[Decision] = []
    changes = [decision for decision in later if not decision.keep or decision.by == KEPT]
    position = left = 0
    for decision in account:
        if not decision.keep:
            result.append(decision)
            continue
        edge, shift = decision.start, decision.start - left
        left += decision.end - edge
        while position < len(changes) and changes[position].start < left:
            change = changes[position]
            start, end = max(change.start + shift, edge), min(change.end + shift, decision.end)
            result += [replace(decision, start=edge, end=start)] if edge < start else []
            result.append(replace(change, start=start, end=end))
            edge = end
            if change.end > left:
                break
            position += 1
        result += [replace(decision, start=edge)] if edge < decision.end else []
    return result


def mean_confidence(account: Sequence[Decision]) -> float:
    """The mean confidence of a character's decision."""
    total = sum(decision.end - decision.start for decision in account)
    return sum((d.end - d.start) * d.confidence for d in account) / total if total else 1.0
