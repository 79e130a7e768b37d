"""The forms in which a text may come that are judged otherwise than line by line."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Decision, Document
from cleaner.heuristics.forms.link_markup import without_markup
from cleaner.heuristics.forms.view import View
from cleaner.heuristics.forms.wrapped import unwrapped


def view_of(document: Document, ruled: Sequence[Decision]) -> View | None:
    """The view in which a text is judged, or None where that is the text itself. Pages have their elements."""
    if document.format == "html":
        return None
    for see in (without_markup, unwrapped):
        seen = see(document)
        if seen is not None:
            return View(document, *seen, ruled)
    return None
