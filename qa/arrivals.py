"""Documents that users send: read at once, each file's fate known, and left for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import DocumentError, SelonError
from index.gather import name_of, was_forgotten
from index.inbox import POSTED, post
from index.metadata import Metadata, from_fields, is_one_line
from index.read import read_bytes
from index.store import found_root
from index.types import Document

MOST_FILES = 50
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one file: the ids of its documents and what is to be said of them, or the error."""

    name: str
    documents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: SelonError | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came: its name as given, its bytes, and what the sender knows of it."""

    name: str
    data: bytes
    fields: Mapping[str, Any] | None = None


def take(store: Path, files: Iterable[Sent], held_elsewhere: Callable[[str], bool]) -> list[Fate]:
    """Read files and keep their documents; those that cannot be read stop no other.

    `held_elsewhere` tells whether another source holds an id already: a posted document
    never takes the place of a file's. Raises StoreError where nothing can be kept.
    """
    root, _ = found_root(store)
    forgotten = {*(root.forgotten if root else ())}
    fates: list[Fate] = []
    kept: list[Document] = []
    for sent in files:
        try:
            found = read_bytes(sent.data, _name(sent.name), _known(sent))
        except DocumentError as error:
            fates.append(Fate(sent.name, error=error))
            continue
        named = [_unique(document, held_elsewhere) for document in found.documents]
        out = [document.doc_id for document in named if name_of(document.doc_id) in forgotten]
        taken = [document for document in named if document.doc_id not in out]
        kept += taken
        if taken:
            fates.append(Fate(sent.name, tuple(document.doc_id for document in taken), found.notes))
        fates += [Fate(doc_id, error=was_forgotten(doc_id)) for doc_id in out]
        fates += [Fate(skip.path, error=skip.error) for skip in found.skipped]
    if kept:
        post(store, kept)
    return fates


def _name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME or not is_one_line(name) or not name.strip("./\\ "):
        raise DocumentError(
            f"The file name {name[:80]!r} cannot be used.",
            f"Give it a name of one line and at most {_LONGEST_NAME} characters.",
            code="bad_name",
        )
    return name


def _known(sent: Sent) -> Metadata:
    return from_fields(sent.fields, sent.name, "sender") if sent.fields else Metadata()


def _unique(document: Document, held_elsewhere: Callable[[str], bool]) -> Document:
    """The document under the id that the build will give it."""
    if not held_elsewhere(document.doc_id):
        return document
    return replace(document, doc_id=f"{POSTED}/{document.doc_id}")
