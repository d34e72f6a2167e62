"""Token vectors, for late interaction: a small matrix a passage, read on demand.

Stored as 8-bit whole numbers with one scale a token, in three files of a segment: all
tokens' rows one behind another, their scales, and where each passage's rows begin. A
model that gives no token vectors leaves the files out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged
from index.storage.numbering import Numbering
from index.storage.seal import REBUILD

Matrix = NDArray[np.float32]
Quantized = tuple[NDArray[np.int8], NDArray[np.float32]]

ROWS, SCALES, STARTS = "tokens.i8", "token-scales.f4", "token-starts.i8"
_LARGEST = 127


def quantize(matrix: Matrix) -> Quantized:
    """Rows of a (t, d) matrix as 8-bit numbers, and the scale of each: row ≈ numbers * scale."""
    scales = (np.abs(matrix).max(axis=1, initial=0.0) / _LARGEST).astype(np.float32)
    safe = np.where(scales > 0, scales, 1.0)
    return np.round(matrix / safe[:, None]).astype(np.int8), scales


class TokenDraft:
    """Collects scales and counts while rows are streamed to their file."""

    def __init__(self) -> None:
        self._counts: list[int] = []
        self._scales: list[NDArray[np.float32]] = []

    def rows(self, passages: Iterable[Quantized | None]) -> Iterator[NDArray[np.int8]]:
        """The rows to be written, one passage at a time; None stands for a passage without."""
        for passage in passages:
            self._counts.append(0 if passage is None else len(passage[0]))
            if passage is not None:
                self._scales.append(passage[1])
                yield np.ascontiguousarray(passage[0])

    @property
    def scales(self) -> NDArray[np.float32]:
        return np.concatenate([np.empty(0, dtype=np.float32), *self._scales])

    @property
    def starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self._counts)]).astype(np.int64)


class TokenPart:
    """The token vectors of one segment, mapped into memory."""

    def __init__(self, folder: Path, passages: int) -> None:
        try:
            self._starts = np.fromfile(folder / STARTS, dtype=np.int64)
            total = int(self._starts[-1])
            self._scales = _mapped(folder / SCALES, np.dtype(np.float32))
            rows = _mapped(folder / ROWS, np.dtype(np.int8))
            self._rows = rows.reshape(total, -1) if total else rows.reshape(0, 0)
        except (OSError, ValueError, IndexError) as error:
            raise StoreDamaged(f"The token vectors of {folder.name!r} cannot be read.", REBUILD) from error
        if len(self._starts) != passages + 1 or len(self._scales) != total:
            raise StoreDamaged(f"The token vectors of {folder.name!r} do not fit its passages.", REBUILD)

    def stored(self, row: int) -> Quantized | None:
        """The token vectors of a passage as they are stored, or None where it has none."""
        first, last = self._starts[row], self._starts[row + 1]
        return None if first == last else (self._rows[first:last], self._scales[first:last])


class Tokens:
    """All token vectors of a version, by passage number."""

    def __init__(self, parts: Sequence[TokenPart | None], numbering: Numbering) -> None:
        self._parts = parts
        self._numbering = numbering

    def __bool__(self) -> bool:
        """Whether any passage may have token vectors."""
        return any(part is not None for part in self._parts)

    def rows(self, number: int) -> Matrix:
        """The unit vectors of a passage's tokens, shape (u, d); no row where it has none."""
        stored = self._stored(number)
        return np.empty((0, 0), np.float32) if stored is None else stored[0] * stored[1][:, None]

    def met(self, question: Matrix, numbers: Sequence[int]) -> Matrix:
        """How well each token of a question is met by its best token of each passage.

        `question` holds the unit vectors of its tokens, shape (t, d). The cosines, shape
        (len(numbers), t); 0 for a passage without token vectors.
        """
        cosines = np.zeros((len(numbers), len(question)), dtype=np.float32)
        stored = [(place, found) for place, n in enumerate(numbers) if (found := self._stored(n))]
        if not stored or not len(question):
            return cosines
        firsts = np.cumsum([0, *(len(found[0]) for _, found in stored)])
        products = np.empty((firsts[-1], len(question)), dtype=np.float32)
        columns = np.ascontiguousarray(question.T)
        # A product a passage: a large one would be spread over threads, which then spin
        # and take the processor from whatever comes next.
        for (_, (own, _)), first, last in zip(stored, firsts, firsts[1:], strict=False):
            np.matmul(own.astype(np.float32), columns, out=products[first:last])
        products *= np.concatenate([found[1] for _, found in stored])[:, None]
        cosines[[place for place, _ in stored]] = np.maximum.reduceat(products, firsts[:-1], axis=0)
        return cosines

    def _stored(self, number: int) -> Quantized | None:
        part = self._parts[self._numbering.part[number]]
        return part.stored(int(self._numbering.row[number])) if part else None


def _mapped(path: Path, kind: np.dtype) -> NDArray:  # type: ignore[type-arg]
    # An empty file cannot be mapped.
    if not path.stat().st_size:
        return np.empty(0, dtype=kind)
    # As a plain array: a memmap object costs more at every slice than the slice itself.
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))
