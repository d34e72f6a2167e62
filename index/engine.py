"""What a question needs of an index, whoever keeps it: the seam for engines of another size.

`index.storage.snapshot.Snapshot` fills it with one machine's files. An engine that spreads its
passages over many machines may take its place, if it keeps the promises: one version
throughout, passage numbers in the order of ids and text, exact and repeatable scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.storage.manifest import Manifest
from index.storage.numbering import Numbers
from index.types import Document, Passage

Rows = NDArray[np.float32]


class Records(Protocol):
    """Documents and passages, read on demand."""

    def document(self, doc_id: str) -> Document: ...

    def documents(self, after: str | None = None, limit: int = -1) -> Iterator[tuple[Document, int]]: ...

    def passage(self, number: int) -> Passage: ...

    def shelf(self) -> Mapping[str, tuple[str | None, str | None]]: ...

    def borders(self, numbers: Sequence[int]) -> tuple[Numbers, Numbers]: ...

    def passages_of(self, doc_id: str) -> tuple[Passage, ...]: ...


class Nearness(Protocol):
    """Unit vectors of all passages, by passage number."""

    def __len__(self) -> int: ...

    def search(self, vector: Rows, k: int) -> dict[int, float]: ...

    def cosines(self, vector: Rows, numbers: Sequence[int] | Numbers) -> Rows: ...


class TokenNearness(Protocol):
    """Token vectors of single passages."""

    def __bool__(self) -> bool: ...

    def met(self, question: Rows, numbers: Sequence[int]) -> Rows: ...

    def rows(self, number: int) -> Rows: ...


class Wording(Protocol):
    """The words of all passages."""

    def parts(
        self, concepts: Sequence[Sequence[Sequence[str]]], akin: Sequence[Sequence[Sequence[str]]] = ()
    ) -> Rows: ...

    def holds(self, stem: str) -> bool: ...

    def vocabulary(self) -> Sequence[str]: ...


class Engine(Protocol):
    """One version of an index, open for questions."""

    @property
    def manifest(self) -> Manifest: ...

    @property
    def corpus(self) -> Records: ...

    @property
    def vectors(self) -> Nearness: ...

    @property
    def tokens(self) -> TokenNearness: ...

    @property
    def lexical(self) -> Wording: ...

    def copies(self, number: int) -> tuple[int, ...]: ...
