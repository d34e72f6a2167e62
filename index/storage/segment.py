"""A segment: some documents with their passages, vectors, words and signatures, never changed.

The composer of a segment's files. Row i of the corpus is row i of every other file.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.copies import WIDTH
from index.errors import StoreDamaged
from index.storage import disk
from index.storage.corpus import CorpusPart, DocumentRow, PassageRow, corpus_bytes
from index.storage.manifest import FileSeal, SegmentRef
from index.storage.numbering import Listed
from index.storage.postings import PostingsPart, postings_bytes
from index.storage.seal import REBUILD
from index.storage.tokens import ROWS, SCALES, STARTS, Quantized, TokenDraft, TokenPart
from index.vectors import VectorPart, index_bytes, new_index, row_checks

CORPUS, WORDS, COPIES = "corpus.sqlite", "words.sqlite", "copies.u8"
VECTORS, CHECKS = "vectors.faiss", "vector-checks.u4"


class Segment:
    """A segment open for reading. Its files may be removed meanwhile; it stays readable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus = CorpusPart(folder / CORPUS)
        self.words = PostingsPart(folder / WORDS)
        self.vectors = VectorPart(folder / VECTORS)
        passages = len(self.vectors)
        self.tokens = TokenPart(folder, passages) if _size(folder / ROWS) else None
        try:
            self.signatures = np.fromfile(folder / COPIES, dtype="<u8").reshape(-1, WIDTH)
            self._checks = np.fromfile(folder / CHECKS, dtype="<u4")
        except (OSError, ValueError) as error:
            raise StoreDamaged(f"The segment {folder.name!r} cannot be read.", REBUILD) from error
        last = max((listed.last for listed in self.listing), default=0)
        words, copies = len(self.words.lengths), len(self.signatures)
        sizes = {passages, last, len(self.corpus), words, copies, len(self._checks)}
        if len(sizes) > 1:
            raise StoreDamaged(f"The files of segment {folder.name!r} differ in length.", REBUILD)

    @property
    def listing(self) -> tuple[Listed, ...]:
        """The documents it holds, in the order of their numbers."""
        return self.corpus.listing

    def whole(self, rows: Sequence[int]) -> NDArray[np.bool_]:
        """Whether the vector of each of `rows` is as it was written."""
        found = self.vectors.rows(rows)
        return np.asarray(
            (row_checks(found) == self._checks[np.asarray(rows, dtype=np.int64)])
            & np.isfinite(found).all(axis=1)
        )

    def living(self, ref: SegmentRef) -> list[Listed]:
        """The documents that the version of `ref` holds of it, in their order."""
        dead = frozenset(ref.dead)
        return [listed for listed in self.listing if listed.number not in dead]

    def document_row(self, listed: Listed) -> DocumentRow:
        """A document as it is stored; raises StoreDamaged where it is not as it was written."""
        name = self.folder.name
        passages = tuple(
            PassageRow(key, terms, record, self.signatures[row].tobytes(), (name, row))
            for row, (key, terms, record) in enumerate(self.corpus.passages(listed), listed.first)
        )
        record = self.corpus.document(listed.number)
        row = DocumentRow(listed.doc_id, listed.source, listed.read, listed.dated, record, passages)
        if row.digest != listed.digest:
            raise StoreDamaged(f"The document {listed.doc_id!r} in segment {name!r} is damaged.", REBUILD)
        return row


@dataclass(frozen=True, slots=True)
class Held:
    """A document where it stands in the store."""

    segment: Segment
    listed: Listed


class SegmentDraft:
    """A segment while it is made: first its records and words, then its vectors."""

    def __init__(self, folder: Path, documents: Sequence[DocumentRow]) -> None:
        """Write all but the vectors into the new folder `folder`."""
        self.folder = folder
        self._documents = len(documents)
        passages = [passage for document in documents for passage in document.passages]
        self.keys = [passage.key for passage in passages]
        self.known = [passage.known for passage in passages]
        self._files: dict[str, FileSeal] = {}
        disk.make_folder(folder)
        self._write(CORPUS, [corpus_bytes(documents)])
        self._write(
            WORDS, [postings_bytes(passage.terms.split(" ") if passage.terms else [] for passage in passages)]
        )
        self._write(COPIES, [b"".join(passage.signature for passage in passages)])

    def records(self) -> CorpusPart:
        """What it holds, for reading what is to be encoded."""
        return CorpusPart(self.folder / CORPUS)

    def finish(
        self, chunks: Iterable[tuple[NDArray[np.float32], Sequence[Quantized | None]]], dimension: int
    ) -> SegmentRef:
        """Write the vectors and token vectors, given in the order of the rows, and flush all."""
        index, checks, tokens = new_index(dimension, len(self.keys)), [], TokenDraft()

        def rows() -> Iterator[NDArray[np.int8]]:
            for vectors, matrices in chunks:
                index.add(np.ascontiguousarray(vectors, dtype=np.float32))
                checks.append(row_checks(vectors))
                yield from tokens.rows(matrices)

        self._write(ROWS, rows())
        self._write(SCALES, [tokens.scales])
        self._write(STARTS, [tokens.starts])
        self._write(VECTORS, [index_bytes(index)])
        self._write(CHECKS, checks)
        for name in self._files:
            disk.flush(self.folder / name)
        disk.flush(self.folder)
        return SegmentRef(self.folder.stem, self._documents, len(self.keys), self._files)

    def _write(self, name: str, chunks: Iterable[object]) -> None:
        self._files[name] = FileSeal(*disk.write(self.folder / name, chunks))


_open: weakref.WeakValueDictionary[object, Segment] = weakref.WeakValueDictionary()
_opening = threading.Lock()


def open_segment(folder: Path, ref: SegmentRef, thorough: bool) -> Segment:
    """Open a segment, or share it with the versions that hold it open already.

    Checks its files' sizes, the SHA-256 of their content where `thorough`, and that they
    agree with one another. Raises StoreDamaged, which names the file.
    """
    identity = (
        str(folder.resolve()),
        tuple(_identity(folder, name, seal) for name, seal in ref.files.items()),
    )
    with _opening:
        segment = _open.get(identity)
    if segment is not None:
        return segment
    for damage in damaged_files(folder, ref) if thorough else ():
        raise damage
    segment = Segment(folder)
    if (len(segment.listing), len(segment.vectors)) != (ref.documents, ref.passages):
        raise StoreDamaged(f"The segment {ref.name!r} holds other counts than its version says.", REBUILD)
    with _opening:
        return _open.setdefault(identity, segment)


def damaged_files(folder: Path, ref: SegmentRef) -> Iterator[StoreDamaged]:
    """Reads every file of a segment in full; gives the damage of each that is not as it was written."""
    for name, seal in ref.files.items():
        try:
            if disk.digest(folder / name) != seal.sha256:
                yield _lost(folder, name, "it does not agree with its checksum")
        except OSError as error:
            yield _lost(folder, name, error.strerror or str(error))


def _identity(folder: Path, name: str, seal: FileSeal) -> tuple[int, int]:
    try:
        facts = (folder / name).stat()
    except OSError as error:
        raise _lost(folder, name, error.strerror or str(error)) from error
    if facts.st_size != seal.size:
        raise _lost(folder, name, f"it has {facts.st_size} bytes instead of {seal.size}")
    return facts.st_ino, facts.st_mtime_ns


def _lost(folder: Path, name: str, why: str) -> StoreDamaged:
    return StoreDamaged(f"The file {f'segments/{folder.name}/{name}'!r} is damaged: {why}.", REBUILD)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
