"""A Scrapy item pipeline: an item's page becomes its body.

    ITEM_PIPELINES = {"cleaner.integrations.scrapy.CleanPipeline": 300}

| setting | default | what it is |
|---|---|---|
| `CLEAN_FIELD` | `"html"` | the field that holds the page, str or bytes |
| `CLEAN_URL_FIELD` | `"url"` | the field that holds its URL |
| `CLEAN_OUT_FIELD` | `"body"` | the field for the body |
| `CLEAN_ADD` | `[]` | fields to add, as `--add` names them |
| `CLEAN_RULES`, `CLEAN_KEEP`, `CLEAN_FAVOR` | those of `Cleaner` | its options |

Scrapy's stats count the items by status under `clean/status/`, under `clean/without_page` and `clean/without_url` those
that lack such a field, and under `clean/failed` those whose page could not be read: such an item passes with None for
its body, and a warning in the log. A page is cleaned in the reactor's thread.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.exceptions import NotConfigured

from cleaner import DEFAULT, Cleaner, CleanError
from cleaner.records.record import Wanted, additions

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class CleanPipeline:
    """Cleans items, see above."""

    def __init__(self, cleaner: Cleaner, wanted: Wanted, stats: Any) -> None:
        self._cleaner, self._wanted, self._stats = cleaner, wanted, stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        """Made by Scrapy from its settings; raises `NotConfigured` for one that is wrong."""
        settings = crawler.settings
        try:
            wanted = Wanted(
                field=settings.get("CLEAN_FIELD", "html"),
                url_field=settings.get("CLEAN_URL_FIELD", "url"),
                out_field=settings.get("CLEAN_OUT_FIELD", "body"),
                add=additions(settings.getlist("CLEAN_ADD")),
            )
            rules, favor = settings.getlist("CLEAN_RULES", [DEFAULT]), settings.get("CLEAN_FAVOR", "balanced")
            cleaner = Cleaner(rules, settings.getlist("CLEAN_KEEP"), favor=favor)
        except CleanError as error:
            raise NotConfigured(f"CLEAN_* settings: {error}") from None
        return cls(cleaner, wanted, crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Set the body and what is to be added. An item without a page passes as it is."""
        adapter, wanted = ItemAdapter(item), self._wanted
        page, url = adapter.get(wanted.field), adapter.get(wanted.url_field)
        if page is None:
            self._stats.inc_value("clean/without_page")
            return item
        if url is None:
            self._stats.inc_value("clean/without_url")
        work = self._cleaner.explain if wanted.accounted else self._cleaner.outcome
        try:
            cleaned = work(page, url)
        except CleanError as error:
            self._stats.inc_value("clean/failed")
            logger.warning("%s: the page cannot be cleaned: %s", url, error)
            adapter[wanted.out_field] = None
            return item
        self._stats.inc_value(f"clean/status/{cleaned.status}")
        self._stats.inc_value("clean/characters_before", len(cleaned.original))
        self._stats.inc_value("clean/characters_after", len(cleaned.text))
        for name, value in wanted.written(cleaned).items():
            adapter[name] = value
        return item
