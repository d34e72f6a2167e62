"""The documents and passages of a version, in one SQLite file a segment, read on demand.

SQLite comes with Python, reads single rows without loading the rest, and a file that no
longer changes can be read by any number of threads and processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import UnknownDocument
from index.sources.names import Place
from index.storage.numbering import Listed, Numbering, Numbers
from index.storage.records import document_from_json, passage_from_json
from index.storage.table import Table, table_bytes
from index.types import Document, Entry, Passage

_SCHEMA = """
create table documents (number integer primary key, doc_id text unique not null, source text not null,
                        read text not null, digest text not null, dated integer not null,
                        first integer not null, last integer not null);
create table records (number integer primary key, record text not null);
create table passages (number integer primary key, key blob not null, terms text not null,
                       record text not null);
create index keys on passages (key);
"""
_CACHED_PASSAGES = 20_000
_CACHED_DOCUMENTS = 1_000


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as it is stored: its JSON, its terms, and the key of what was encoded of it.

    `known` is where its vector stands already, as (segment, row), where that is known.
    """

    key: bytes
    terms: str
    record: str
    signature: bytes
    known: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as it is stored, with its passages. `read` and `digest` as in `Listed`."""

    doc_id: str
    source: str
    read: str
    dated: bool
    record: str
    passages: tuple[PassageRow, ...]

    @property
    def digest(self) -> str:
        """A hash of all that answers take from the document."""
        found = hashlib.sha256(self.record.encode("utf-8", "surrogatepass"))
        for passage in self.passages:
            for part in (passage.record, passage.terms):
                found.update(b"\0" + part.encode("utf-8", "surrogatepass"))
            found.update(b"\0" + passage.key)
        return found.hexdigest()[:32]


def corpus_bytes(documents: Iterable[DocumentRow]) -> bytes:
    """The content of a corpus file: documents in their order, passages numbered from 0."""
    return table_bytes(_SCHEMA, _inserts(documents))


def _inserts(documents: Iterable[DocumentRow]) -> Iterator[tuple[str, Sequence[Any]]]:
    last = 0
    for number, row in enumerate(documents):
        first, last = last, last + len(row.passages)
        for place, passage in enumerate(row.passages, first):
            values = (place, passage.key, passage.terms, passage.record)
            yield "insert into passages values (?, ?, ?, ?)", values
        listed = (number, row.doc_id, row.source, row.read, row.digest, row.dated, first, last)
        yield "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?)", listed
        yield "insert into records values (?, ?)", (number, row.record)


class CorpusPart:
    """The corpus file of one segment. `listing` says what documents it holds."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path)
        columns = "number, doc_id, source, read, digest, dated, first, last"
        self.listing = tuple(
            Listed(number, doc_id, source, read, digest, bool(dated), first, last)
            for number, doc_id, source, read, digest, dated, first, last in self._table.rows(
                f"select {columns} from documents order by number"
            )
        )

    def __len__(self) -> int:
        """How many passages it holds."""
        return int(self._table.rows("select count(*) from passages")[0][0])

    def passage(self, row: int) -> str:
        """The record of one passage, as JSON; raises IndexError."""
        return self._one("select record from passages where number = ?", row)

    def document(self, number: int) -> str:
        """The record of one document, as JSON; raises IndexError."""
        return self._one("select record from records where number = ?", number)

    def find(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """A row for each of `keys` that this segment holds; the first where there are several."""
        found: dict[bytes, int] = {}
        for first in range(0, len(keys), 500):
            some = keys[first : first + 500]
            marks = ",".join("?" * len(some))
            sql = f"select key, min(number) from passages where key in ({marks}) group by key"
            found |= dict(self._table.rows(sql, some))
        return found

    def passages(self, listed: Listed) -> list[tuple[bytes, str, str]]:
        """The key, the terms and the record of each passage of a document, in text order."""
        sql = "select key, terms, record from passages where number >= ? and number < ? order by number"
        return self._table.rows(sql, (listed.first, listed.last))

    def _one(self, sql: str, number: int) -> str:
        for (record,) in self._table.rows(sql, (number,)):
            return str(record)
        raise IndexError(f"there is no row {number}")


class Corpus:
    """All documents and passages of a version. Safe to share between threads; nothing in it changes."""

    def __init__(self, parts: Sequence[CorpusPart], numbering: Numbering) -> None:
        self._parts = parts
        self._numbering = numbering
        self._listed = [{listed.doc_id: listed for listed in part.listing} for part in parts]
        self.passage = lru_cache(_CACHED_PASSAGES)(self._passage)
        self._document = lru_cache(_CACHED_DOCUMENTS)(self._find)
        self.shelf = lru_cache(1)(self._read_shelf)

    def documents(self, after: str | None = None, limit: int = -1) -> Iterator[tuple[Document, int]]:
        """Documents in order of their ids, each with the number of its passages.

        Those behind the id `after` (None: from the first), at most `limit` (-1: all).
        """
        first = self._numbering.after(after)
        last = len(self._numbering.ids) if limit < 0 else min(len(self._numbering.ids), first + limit)
        for position in range(first, last):
            yield self._find(self._numbering.ids[position]), len(self._numbering.passages(position))

    def _read_shelf(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The publisher and the day of each document, by its id; read once."""
        return {document.doc_id: (document.publisher, document.published) for document, _ in self.documents()}

    def document(self, doc_id: str) -> Document:
        """One document; raises UnknownDocument."""
        return self._document(doc_id)

    def __contains__(self, doc_id: str) -> bool:
        return self._numbering.document(doc_id) is not None

    def place_of(self, doc_id: str) -> Place:
        """The place of a document; raises UnknownDocument."""
        return self._where(doc_id)[1].place

    def borders(self, numbers: Sequence[int]) -> tuple[Numbers, Numbers]:
        """The first and the last passage number of the document of each passage number."""
        return self._numbering.borders(numbers)

    def passages_of(self, doc_id: str) -> tuple[Passage, ...]:
        """The passages of one document in text order; raises UnknownDocument."""
        return tuple(self.passage(number) for number in self._numbering.passages(self._position(doc_id)))

    def entries(self) -> Iterator[Entry]:
        """Everything, document by document, in passage order."""
        for document, _ in self.documents():
            yield Entry(document, self.place_of(document.doc_id).source, self.passages_of(document.doc_id))

    def _position(self, doc_id: str) -> int:
        position = self._numbering.document(doc_id)
        if position is None:
            raise UnknownDocument.named(doc_id)
        return position

    def _where(self, doc_id: str) -> tuple[CorpusPart, Listed]:
        part = int(self._numbering.parts_of_documents[self._position(doc_id)])
        return self._parts[part], self._listed[part][doc_id]

    def _find(self, doc_id: str) -> Document:
        part, listed = self._where(doc_id)
        return document_from_json(json.loads(part.document(listed.number)))

    def _passage(self, number: int) -> Passage:
        if not 0 <= number < len(self._numbering):
            raise IndexError(f"there is no passage number {number}")
        part = self._parts[self._numbering.part[number]]
        return passage_from_json(json.loads(part.passage(int(self._numbering.row[number]))))
