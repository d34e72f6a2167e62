"""Documents that users send: read at once, each file's fate known, and left for the next build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from index.errors import DocumentError, SelonError, shown
from index.read import read_bytes
from index.sources.gather import was_forgotten
from index.sources.inbox import POSTED, is_posted, post, text_of
from index.sources.metadata import Metadata, from_fields, is_one_line
from index.sources.names import LeftOut, Place, forgotten
from index.store import existing_root
from index.types import Document

MOST_FILES = 50
_LONGEST_NAME = 200
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


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


def take(store: Path, files: Iterable[Sent], held_elsewhere: Callable[[str, Place], bool]) -> list[Fate]:
    """Read files and keep their documents; those that cannot be read stop no other.

    `held_elsewhere` tells whether an id is that of a document of another place: a posted one
    never takes it over. Each is kept under its own name, and told under the id that the build
    will give it. Raises NoStore, and StoreError where nothing can be kept.
    """
    left_out = forgotten(existing_root(store).forgotten)
    kept: dict[str, Document] = {}
    fates: list[Fate] = []
    for sent in files:
        try:
            found = read_bytes(sent.data, _name(sent.name), _known(sent))
        except DocumentError as error:
            fates.append(Fate(sent.name, error=error))
            continue
        ids: list[str] = []
        notes = list(found.notes)
        refused: list[Fate] = []
        for document in found.documents:
            place = Place(POSTED, document.doc_id)
            if place.own in kept:
                refused.append(Fate(sent.name, error=_same_name(place.own)))
            elif gone := _forgotten_id(store, place, left_out):
                refused.append(Fate(sent.name, error=was_forgotten(gone)))
            else:
                if text_of(store, place.own) not in (None, document.text):
                    # Two articles of one name may be meant, and the first would be missed.
                    notes.append(f"replaces what was sent before as {place.own}")
                kept[place.own] = document
                free = (name for name in place.ids() if not left_out.of(name))
                ids.append(next(name for name in free if not held_elsewhere(name, place)))
        if ids:
            fates.append(Fate(sent.name, tuple(ids), tuple(notes)))
        fates += refused
        fates += [Fate(skip.path, error=skip.error) for skip in found.skipped]
    if kept:
        post(store, kept.values())
    return fates


def _name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME or not _is_plain(name) or not name.strip("./\\ "):
        raise DocumentError(
            f"The file name {shown(name)} cannot be used.",
            f"A name is one line of at most {_LONGEST_NAME} characters, and more than dots and slashes.",
            code="bad_name",
        )
    return name


def _is_plain(name: str) -> bool:
    """Whether a name can be shown: one line, no tab, and no mark that turns the direction of what follows."""
    return is_one_line(name) and not any(char == "\t" or bidirectional(char) in _TURNS for char in name)


def _known(sent: Sent) -> Metadata:
    return from_fields(sent.fields, sent.name, "sender") if sent.fields else Metadata()


def _forgotten_id(store: Path, place: Place, left_out: LeftOut) -> str | None:
    """The id under which a document was forgotten, or another of its name before it came; else None."""
    unknown = left_out.of(place.own) and not is_posted(store, place.own)
    return left_out.id_of(place) or (place.own if unknown else None)


def _same_name(own: str) -> DocumentError:
    return DocumentError(
        f"{own}: another document of this request has that name or address.",
        "Rename one of the two, or leave it out.",
        code="same_name",
    )
