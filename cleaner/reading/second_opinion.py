"""What trafilatura takes for the main content of a page: a second opinion, evidence for the heuristics.

Its duplicate filter stays off: it remembers earlier pages, so that what it says of a page would depend on what came
before it.
"""

from __future__ import annotations

import logging
from typing import Any

EXTRACTED = 5_000_000
ELEMENTS = 30_000
"""Size in characters and number of elements up to which a page goes through trafilatura. Its time may grow with the
square of the elements (5 s for 32,000 spans, 25 s for 64,000; the most on a gold page is 10,000)."""


def extracted(root: Any) -> str | None:
    """The text of trafilatura's choice, without layout; None where it finds nothing or fails."""
    from lxml import etree  # heavy: only for pages
    from trafilatura import bare_extraction  # heavy: only where it is asked

    keep_off_standard_error("trafilatura")
    try:
        found = bare_extraction(
            root,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
            fast=True,
            output_format="txt",  # the default lays the text out besides
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, etree.LxmlError) as error:
        logging.getLogger(__name__).info("the second opinion failed: %r", error)
        return None
    body = getattr(found, "body", None)
    return None if body is None else " ".join(body.itertext()) or None


def keep_off_standard_error(*names: str) -> None:
    """See to it that what some libraries log goes where the program has logging go, and else nowhere."""
    for logger in map(logging.getLogger, names):
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
