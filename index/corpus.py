"""The documents and passages of a version, in one SQLite file read on demand.

SQLite comes with Python, reads single rows without loading the rest, and a file
that no longer changes can be read by any number of threads and processes.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged, UnknownDocument
from index.records import document_from_json, passage_from_json, to_json
from index.types import Document, Entry, Passage

_SCHEMA = """
create table documents (number integer primary key, doc_id text unique not null, source text not null,
                        first integer not null, last integer not null, record text not null);
create table passages (number integer primary key, passage_id text unique not null, record text not null);
"""
_CACHED_PASSAGES = 20_000
_CACHED_DOCUMENTS = 1_000


def write_corpus(path: Path, entries: Iterable[Entry]) -> int:
    """Write entries in their order, passages numbered from 0; returns how many passages."""
    connection = sqlite3.connect(path)
    number = 0
    try:
        connection.executescript(_SCHEMA)
        for position, entry in enumerate(entries):
            first = number
            for passage in entry.passages:
                connection.execute(
                    "insert into passages values (?, ?, ?)", (number, passage.passage_id, to_json(passage))
                )
                number += 1
            connection.execute(
                "insert into documents values (?, ?, ?, ?, ?, ?)",
                (position, entry.document.doc_id, entry.source, first, number, to_json(entry.document)),
            )
        connection.commit()
    finally:
        connection.close()
    return number


class Corpus:
    """A corpus file, open for reading. Safe to share between threads; nothing in it changes."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        self.passage = lru_cache(_CACHED_PASSAGES)(self._passage)
        self._document = lru_cache(_CACHED_DOCUMENTS)(self._find)

    def documents(self, after: str | None = None, limit: int = -1) -> Iterator[tuple[Document, int]]:
        """Documents in order of their ids, each with the number of its passages.

        Those behind the id `after` (None: from the first), at most `limit` (-1: all).
        """
        rows = self._rows(
            "select record, first, last from documents where doc_id > ? order by doc_id limit ?",
            (after or "", limit),
        )
        for record, first, last in rows:
            yield document_from_json(json.loads(record)), last - first

    def document(self, doc_id: str) -> Document:
        """One document; raises UnknownDocument."""
        return self._document(doc_id)[0]

    def numbers_of(self, doc_id: str) -> range:
        """The numbers of a document's passages, in text order; raises UnknownDocument."""
        _, first, last = self._document(doc_id)
        return range(first, last)

    def passages_of(self, doc_id: str) -> tuple[Passage, ...]:
        """The passages of one document in text order; raises UnknownDocument."""
        return tuple(self.passage(number) for number in self.numbers_of(doc_id))

    def entries(self) -> Iterator[Entry]:
        """Everything, document by document, in passage order."""
        rows = self._rows("select record, source, first, last from documents order by number")
        for record, source, first, last in rows:
            passages = self._rows(
                "select record from passages where number >= ? and number < ? order by number", (first, last)
            )
            yield Entry(
                document_from_json(json.loads(record)),
                source,
                tuple(passage_from_json(json.loads(passage)) for (passage,) in passages),
            )

    def _find(self, doc_id: str) -> tuple[Document, int, int]:
        rows = self._rows("select record, first, last from documents where doc_id = ?", (doc_id,))
        for record, first, last in rows:
            return document_from_json(json.loads(record)), first, last
        raise UnknownDocument(f"There is no document {doc_id!r}.", "GET /documents lists the ids.")

    def _passage(self, number: int) -> Passage:
        for (record,) in self._rows("select record from passages where number = ?", (number,)):
            return passage_from_json(json.loads(record))
        raise IndexError(f"there is no passage number {number}")

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection().execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(
                "The records of this version cannot be read.", "Build the store again: selon build"
            ) from error

    def _connection(self) -> sqlite3.Connection:
        # One connection a thread: sqlite3's objects must not be used by two at once.
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True, check_same_thread=False)
            self._local.connection = connection
        return connection
