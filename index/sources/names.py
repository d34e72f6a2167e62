"""What a document is called, and how one that was left out is known again.

A document's place is its source and the name it has there. Its id is that name; where another
document has the name already, its folder's name stands before it. So an id may change with what
else is there, and a place does not: what was forgotten or removed is remembered by both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from itertools import count, islice
from pathlib import Path

_TRIED = 9  # more documents of one name are not told apart


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document comes from: its source, and the `nth` of its own name there, from 1."""

    source: str
    own: str
    nth: int = 1

    @property
    def key(self) -> str:
        """A hash by which the place is remembered without holding it."""
        return name_of(json.dumps(astuple(self)))

    def first_ids(self) -> Iterator[str]:
        """Those that it may have had."""
        return islice(self.ids(), _TRIED)

    def ids(self) -> Iterator[str]:
        """The ids that its document may have, without end; it gets the first that is free."""
        folder = Path(self.source).name
        yield self.own
        yield f"{folder}/{self.own}"
        for number in count(3):
            yield f"{folder}/{self.own}~{number}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Documents that stay out, each as the hash of its id and the key of its place.

    `owners` gives the places of an id, `places` are those of all.
    """

    pairs: Iterable[tuple[str, str]]
    owners: dict[str, set[str]] = field(init=False, default_factory=dict)
    places: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        for name, key in self.pairs:
            self.owners.setdefault(name, set()).add(key)
            self.places.add(key)

    def of(self, doc_id: str) -> set[str]:
        """The keys of the places whose document was left out under this id; empty for none."""
        return self.owners.get(name_of(doc_id), set()) if self.owners else set()

    def id_of(self, place: Place) -> str | None:
        """The id under which the document of a place was left out; None where it was not."""
        if not self.places or place.key not in self.places:
            return None
        had = (doc_id for doc_id in place.first_ids() if place.key in self.of(doc_id))
        return next(had, place.own)


def name_of(doc_id: str) -> str:
    """The hash by which the store remembers a forgotten id without holding the id."""
    return hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()


def remembered(doc_id: str, keys: Iterable[str]) -> set[str]:
    """How a root remembers that a document was forgotten under `doc_id` from the places of `keys`."""
    return {f"{name_of(doc_id)} {key}" for key in keys}


def forgotten(entries: Iterable[str]) -> LeftOut:
    """What a root remembers as forgotten: each the hash of an id, a space and the key of a place."""
    return LeftOut([(entry[:64], entry[65:]) for entry in entries])
