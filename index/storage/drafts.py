"""New documents on their way into segments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from index.storage.compact import SEGMENT_PASSAGES
from index.storage.corpus import DocumentRow
from index.storage.numbering import Listed
from index.storage.segment import SegmentDraft
from index.store import SEGMENTS


@dataclass(slots=True)
class Drafts:
    """The segments of the version of number `ordinal`, each closed when it is full."""

    store: Path
    ordinal: int
    closed: list[SegmentDraft] = field(default_factory=list)
    documents: list[Listed] = field(default_factory=list)
    waiting: list[DocumentRow] = field(default_factory=list)
    passages: int = 0  # of those that wait

    def parts(self) -> list[tuple[int, Callable[[int], str]]]:
        """How many passages each closed segment and each waiting document has, and their records."""
        closed = [(len(draft.keys), draft.records().passage) for draft in self.closed]
        waiting = [
            (len(row.passages), lambda i, rows=row.passages: str(rows[i].record)) for row in self.waiting
        ]
        return [*closed, *waiting]

    def add(self, row: DocumentRow) -> None:
        """Take a document in."""
        self.waiting.append(row)
        size = len(row.passages)
        self.documents.append(Listed(-1, row.doc_id, row.source, row.read, row.digest, row.dated, 0, size))
        self.passages += size
        if self.passages >= SEGMENT_PASSAGES:
            self.close()

    def close(self) -> None:
        """Write the records and words of what waits."""
        if self.waiting:
            folder = self.store / SEGMENTS / f"{self.ordinal:06d}.{len(self.closed)}.tmp"
            self.closed.append(SegmentDraft(folder, self.waiting))
            self.waiting, self.passages = [], 0
