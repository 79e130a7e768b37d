"""A datatrove step: documents come out with their bodies, what went is counted and, if asked for, kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.batching import batched

from cleaner import Cleaned, Cleaner, CleanError

if TYPE_CHECKING:
    from datatrove.data import DocumentsPipeline
    from datatrove.pipeline.writers.disk_base import DiskWriter

BATCH = 100
"""Documents that are cleaned together."""


class CleanBody(PipelineStep):  # type: ignore[misc]
    """Leave the body of each document.

    `exclusion_writer` gets, for each document, a document of what was dropped from it, its `metadata` with a list
    `removed` of spans, categories and reasons; that needs an account of each document, which costs several times the
    cleaning. `drop` names statuses of documents that go as a whole, such as "empty". The document's URL is looked for
    in its metadata under `url_key`.

    Counted are the documents by status, the characters before and after, and with an exclusion writer the characters
    dropped by category.
    """

    type = "✂️ - FORMAT"
    name = "🧹 clean"

    def __init__(
        self,
        exclusion_writer: DiskWriter | None = None,
        cleaner: Cleaner | None = None,
        *,
        url_key: str = "url",
        drop: Collection[str] = (),
    ) -> None:
        super().__init__()
        self.exclusion_writer = exclusion_writer
        self.cleaner = cleaner or Cleaner()
        self.url_key, self.drop = url_key, frozenset(drop)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """Clean the documents in batches, and pass them on in order."""
        with self.exclusion_writer or nullcontext() as writer:
            many = self.cleaner.bodies if writer is None else self.cleaner.accounts
            for batch in batched(data, BATCH):
                urls = [_text(document.metadata.get(self.url_key)) for document in batch]
                with self.track_time("batch"):
                    results = list(many([document.text for document in batch], urls))
                for document, cleaned in zip(batch, results, strict=True):
                    if self._is_kept(document, cleaned, writer, rank):
                        yield document

    def _is_kept(self, document: Document, cleaned: Cleaned | CleanError, writer: Any, rank: int) -> bool:
        self.stat_update("total")
        if isinstance(cleaned, CleanError):
            return self._dropped(document, "unreadable", writer, rank)
        self.stat_update(f"status_{cleaned.status}")
        self.stat_update("characters_before", value=len(cleaned.original))
        if cleaned.status in self.drop:
            return self._dropped(document, cleaned.status, writer, rank)
        self.stat_update("characters_after", value=len(cleaned.text))
        self.stat_update("forwarded")
        if writer is not None and cleaned.dropped:
            writer.write(self._remains(document, cleaned), rank)
        document.text = cleaned.text
        self.update_doc_stats(document)
        return True

    def _dropped(self, document: Document, reason: str, writer: Any, rank: int) -> bool:
        self.stat_update("dropped", f"dropped_{reason}")
        if writer is not None:
            document.metadata["filter_reason"] = reason
            writer.write(document, rank)
        return False

    def _remains(self, document: Document, cleaned: Cleaned) -> Document:
        """What went, as a document of its own."""
        pieces = [cleaned.original[decision.start : decision.end].strip() for decision in cleaned.dropped]
        for decision in cleaned.dropped:
            category = str(decision.category or "other")
            self.stat_update(f"characters_{category}", value=decision.end - decision.start)
        metadata = {**document.metadata, "removed": [decision.to_dict() for decision in cleaned.dropped]}
        return Document("\n\n".join(piece for piece in pieces if piece), document.id, metadata=metadata)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
