"""The vectors of a version, in FAISS: exact inner product over unit rows, so cosine.

The only file that imports faiss. One index a segment, mapped into memory and shared by
all versions that use the segment; `Vectors` is the whole of a version.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged
from index.storage.numbering import Numbering
from index.storage.seal import REBUILD

Rows = NDArray[np.float32]

# FAISS may add up in another order by the place of a row: what is nearer than this to
# the last that is wanted is measured again, in one order.
_SLACK = 1e-5


def new_index(dimension: int, expected: int) -> Any:
    """An empty index for about `expected` rows: the seam where a size chooses its index.

    Exact up to the sizes measured so far; an approximate one must keep `reconstruct`.
    """
    return _faiss().IndexFlatIP(dimension)


def index_bytes(index: Any) -> Any:
    """The content of an index's file, uint8."""
    return _faiss().serialize_index(index)


def _faiss() -> Any:
    # Loaded late, so that what needs no vectors starts at once.
    import faiss

    return faiss


def row_checks(rows: Rows) -> NDArray[np.uint32]:
    """A CRC-32 of each row, by which a row that is copied later is known to be whole."""
    return np.array([zlib.crc32(row.tobytes()) for row in rows], dtype=np.uint32)


class VectorPart:
    """The vectors of one segment, row by row, shape (rows, dimension)."""

    def __init__(self, path: Path) -> None:
        faiss = _faiss()

        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except (RuntimeError, MemoryError) as error:
            where = f"{path.parent.name}/{path.name}"
            raise StoreDamaged(f"The vectors {where!r} cannot be read.", REBUILD) from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def rows(self, rows: NDArray[np.integer[Any]] | Sequence[int]) -> Rows:
        """The vectors of `rows`, shape (len(rows), dimension)."""
        if len(rows) == 0:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64)))

    def nearest(self, vector: Rows, k: int, live: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        """The `k` nearest rows among `live` (None: all), with all that come as near as the last."""
        faiss = _faiss()

        total = len(self) if live is None else int(live.sum())
        options = {}
        if live is not None:
            bits = np.packbits(live, bitorder="little")
            options = {"params": faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))}
        wanted = min(k, total)
        depth = min(total, wanted + 16)
        while depth:
            [cosines], [rows] = self._index.search(vector[None, :], depth, **options)
            least = cosines[wanted - 1] - _SLACK
            if depth == total or cosines[-1] < least:
                return np.asarray(rows[cosines >= least])
            depth = min(total, depth * 4)
        return np.empty(0, dtype=np.int64)


class Vectors:
    """All vectors of a version, by passage number."""

    def __init__(self, parts: Sequence[VectorPart], numbering: Numbering, dimension: int) -> None:
        self._parts = parts
        self._numbering = numbering
        self.dimension = dimension
        self._live = [
            None if bool((numbers >= 0).all()) else np.asarray(numbers >= 0) for numbers in numbering.numbers
        ]

    def __len__(self) -> int:
        return len(self._numbering)

    def search(self, vector: Rows, k: int) -> dict[int, float]:
        """The `k` nearest passages of `vector` (shape (dimension,)), number to cosine, nearest first.

        Equally near ones in order of their number, whatever segments they lie in.
        """
        if not len(self) or k < 1:
            return {}
        found = np.concatenate(
            [
                numbers[part.nearest(vector, k, live)]
                for part, numbers, live in zip(self._parts, self._numbering.numbers, self._live, strict=True)
            ]
        )
        cosines = self.cosines(vector, found)
        order = np.lexsort((found, -np.round(cosines, 6)))[:k]
        return {int(found[i]): float(cosines[i]) for i in order}

    def cosines(self, vector: Rows, numbers: Sequence[int] | NDArray[np.integer[Any]]) -> Rows:
        """The cosine of `vector` with each of `numbers`, in their order; the same in any company."""
        return np.asarray(np.einsum("nd,d->n", self.rows(numbers), vector), dtype=np.float32)

    def rows(self, numbers: Sequence[int] | NDArray[np.integer[Any]]) -> Rows:
        """The vectors of `numbers`, shape (len(numbers), dimension)."""
        wanted = np.asarray(numbers, dtype=np.int64)
        rows = np.empty((len(wanted), self.dimension), dtype=np.float32)
        parts = self._numbering.part[wanted]
        for part in np.unique(parts):
            here = parts == part
            rows[here] = self._parts[part].rows(self._numbering.row[wanted[here]])
        return rows
