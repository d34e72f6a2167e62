"""The passage numbers of an open version: documents by id, their passages in text order.

The order depends on what a version holds and not on how it came to hold it, so a
version built step by step numbers, breaks ties and answers as one built at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged
from index.sources.names import Place
from index.storage.seal import REBUILD

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a segment: `first` to `last` (excluded) are its passages there.

    `read` is what `as_read` made of the document as its source gave it, `digest` a hash of
    all that was made of it.
    """

    number: int
    doc_id: str
    source: str
    read: str
    digest: str
    dated: bool
    first: int
    last: int

    @property
    def said(self) -> tuple[str, str]:
        """Its own name in its source, and the hash of it as it stood there."""
        return self.place.own, self.read.partition(" ")[0]

    @property
    def place(self) -> Place:
        """Where it comes from."""
        _, nth, own = self.read.split(" ", 2)
        return Place(self.source, own, int(nth))


def as_read(reading: str, place: Place) -> str:
    """The hash of a document as its source gave it, with its name there."""
    return f"{reading} {place.nth} {place.own}"


class Numbering:
    """Which row of which segment a passage number stands for, and back.

    `part[i]` and `row[i]` place passage number i; `numbers[p][r]` is the number of row r
    of segment p, -1 where its document is left out. All int32.
    """

    def __init__(self, listings: Sequence[Sequence[Listed]], dead: Sequence[Collection[int]]) -> None:
        live = sorted(
            (listed.doc_id, part, listed.first, listed.last)
            for part, (listing, left_out) in enumerate(zip(listings, dead, strict=True))
            for listed in listing
            if listed.number not in left_out
        )
        self.ids = [doc_id for doc_id, *_ in live]
        for before, after in pairwise(self.ids):
            if before == after:
                raise StoreDamaged(f"The document {before!r} stands twice in one version.", REBUILD)
        places = np.array([(part, first, last) for _, part, first, last in live], dtype=np.int32)
        places = places.reshape(len(live), 3)
        counts = places[:, 2] - places[:, 1]
        self.starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        offsets = np.arange(self.starts[-1], dtype=np.int32) - np.repeat(self.starts[:-1], counts)
        self.parts_of_documents: Numbers = places[:, 0]
        self.part: Numbers = np.repeat(places[:, 0], counts)
        self.row: Numbers = np.repeat(places[:, 1], counts) + offsets
        self.numbers: list[Numbers] = []
        for part, listing in enumerate(listings):
            size = max((listed.last for listed in listing), default=0)
            back = np.full(size, -1, dtype=np.int32)
            here = np.flatnonzero(self.part == part).astype(np.int32)
            back[self.row[here]] = here
            self.numbers.append(back)

    def __len__(self) -> int:
        return int(self.starts[-1])

    def document(self, doc_id: str) -> int | None:
        """The position of a document among the ids, or None."""
        position = self.after(doc_id) - 1
        return position if position >= 0 and self.ids[position] == doc_id else None

    def after(self, doc_id: str | None) -> int:
        """The position of the first document behind `doc_id` (None: of the first of all)."""
        return 0 if doc_id is None else bisect_right(self.ids, doc_id)

    def passages(self, position: int) -> range:
        """The numbers of the passages of the document at `position`."""
        return range(int(self.starts[position]), int(self.starts[position + 1]))

    def borders(self, numbers: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The first and the last passage number of the document of each passage number."""
        positions = np.searchsorted(self.starts, numbers, side="right")
        return self.starts[positions - 1], self.starts[positions] - 1
