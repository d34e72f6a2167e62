"""SQLite files that are made in memory, written once, and read on demand ever after.

A file that no longer changes needs no lock of its own and can be read by any number of
processes. One connection a file, opened at once, so that a reader keeps what it opened
even where another process removes the file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged
from index.storage.seal import REBUILD


def table_bytes(schema: str, inserts: Iterable[tuple[str, Sequence[Any]]]) -> bytes:
    """The content of a database file: `inserts` are the statements that fill it, each with its values."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("pragma page_size = 4096")
        connection.executescript(schema)
        for sql, values in inserts:
            connection.execute(sql, values)
        connection.commit()
        return connection.serialize()


class Table:
    """A database file open for reading. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            # The first read opens the file itself.
            self._connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.Error as error:
            raise self._damaged() from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; raises StoreDamaged where the file cannot give them."""
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
            raise self._damaged() from error

    def close(self) -> None:
        self._connection.close()

    def __del__(self) -> None:
        if connection := getattr(self, "_connection", None):
            connection.close()

    def _damaged(self) -> StoreDamaged:
        where = f"{self._path.parent.name}/{self._path.name}"
        return StoreDamaged(f"The file {where!r} cannot be read.", REBUILD)
