"""The vectors of a version, in FAISS: exact inner product over unit rows, so cosine.

The only file that imports faiss. Row i belongs to passage number i of the version.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged


class VectorIndex:
    """An exact index of shape (rows, dimension)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def from_rows(cls, rows: NDArray[np.float32]) -> VectorIndex:
        """Index `rows`, float32 of unit length, shape (n, dimension)."""
        import faiss

        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Read a saved index; raises StoreDamaged where FAISS cannot."""
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise StoreDamaged(
                f"The vectors {path.name!r} cannot be read.", "Build the store again: selon build"
            ) from error

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def search(self, vector: NDArray[np.float32], k: int) -> dict[int, float]:
        """The `k` nearest rows of `vector` (shape (dimension,)), row number to cosine."""
        cosines, rows = self._index.search(vector[None, :], min(k, len(self)))
        return {int(row): float(cosine) for row, cosine in zip(rows[0], cosines[0], strict=True)}

    def cosines(self, vector: NDArray[np.float32], rows: list[int]) -> NDArray[np.float32]:
        """The cosine of `vector` with each of `rows`, in their order."""
        return self.rows(rows) @ vector

    def rows(self, rows: list[int]) -> NDArray[np.float32]:
        """The vectors of `rows`, shape (len(rows), dimension)."""
        if not rows:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64)))
