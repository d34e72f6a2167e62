"""Which id each document of a build gets, and which documents are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from index.sources.inbox import POSTED
from index.sources.names import LeftOut, Place


class Naming:
    """Gives ids in the order in which it is asked; `living` are the places of what the store holds."""

    def __init__(self, forgotten: LeftOut, removed: LeftOut, living: Collection[Place]) -> None:
        self.forgotten, self.removed = forgotten, removed
        self._living = living
        self._taken: set[str] = set()
        self._met: Counter[tuple[str, str]] = Counter()

    def __len__(self) -> int:
        """How many ids are taken."""
        return len(self._taken)

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._taken

    def next_place(self, source: str, own: str) -> Place:
        """The place of the next document that is called `own` in its source."""
        return Place(source, own, self._met[source, own] + 1)

    def take(self, doc_id: str, place: Place) -> None:
        """Give the id to the document of a place."""
        self._taken.add(doc_id)
        self._met[place.source, place.own] += 1

    def name(self, place: Place) -> tuple[str, LeftOut | None]:
        """The id of the document of a place, and the list that leaves it out, if one does.

        It stays out from its place whatever it would be called, and under its id wherever it
        comes from: a folder that was moved brings nothing back.
        """
        lists = (self.forgotten, self.removed)
        for out in lists:
            if (had := out.id_of(place)) is not None:
                return had, out
        # What the store holds from its own place, or somebody sent, is known to be another document.
        another = place in self._living or place.source == POSTED
        for doc_id in (free for free in place.ids() if free not in self._taken):
            whose = next((out for out in lists if out.of(doc_id)), None)
            if whose is None or not another:
                return doc_id, whose
        raise AssertionError("a place has ids without end")
