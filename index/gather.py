"""What the sources hold now, beside what the store holds: what stays, and what is to be written.

A composer: it reads files and prepares documents, one at a time, so that memory is
bounded by one document. A file that looks as it did when last read is not read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from index.corpus import DocumentRow
from index.errors import DocumentError
from index.inbox import POSTED, posted, read_posted
from index.metadata import SIDECAR, from_sidecar
from index.numbering import Listed
from index.prepare import document_row, prepare, reading
from index.read import Readout, Skipped, find_files, read_file
from index.records import document_from_json
from index.seen import Said, Seen, look
from index.segment import Segment
from index.types import Document


@dataclass(frozen=True, slots=True)
class Held:
    """A document where it stands in the store."""

    segment: Segment
    listed: Listed


@dataclass(slots=True)
class Gathering:
    """One walk over the sources.

    `held` is what the store holds, `fresh` whether today's rules made it; `write` takes
    each document that is new or changed; `tell` hears how many were read so far. What was
    `removed` is left out. What stays is in `kept` afterwards.
    """

    store: Path
    held: Mapping[str, Held]
    fresh: bool
    seen: Seen
    forgotten: frozenset[str]
    removed: frozenset[str]
    write: Callable[[DocumentRow], None]
    tell: Callable[[int], None] = lambda read: None
    kept: dict[str, Held] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def run(self, names: Sequence[str], reread: set[str]) -> None:
        """Walk every source, in order.

        What is not read again is kept as it was; so is what came from a source that has
        vanished as a whole (an unplugged disk is no reason to forget), and from a folder or
        file that the disk does not give.
        """
        by_source: dict[str, list[Held]] = {}
        for held in self.held.values():
            by_source.setdefault(held.listed.source, []).append(held)
        for name in names:
            if name in reread and (name == POSTED or os.path.exists(name)):
                self._read(Path(name))
                continue
            for held in by_source.get(name, ()):
                self._keep(held)
            if name in reread:
                self.skipped.append(Skipped(name, _vanished(name)))

    def _keep(self, held: Held) -> None:
        self.taken.add(held.listed.doc_id)
        if held.listed.doc_id in self.removed:
            return
        if self.fresh:
            self.kept[held.listed.doc_id] = held
            return
        listed = held.listed
        document = replace(
            document_from_json(json.loads(held.segment.corpus.document(listed.number))), profile=None
        )
        self._put(document_row(prepare(document, listed.source), listed.read))

    def _read(self, source: Path) -> None:
        found: set[str] = set()
        refused: list[Path] = []

        def skip(path: Path, error: DocumentError) -> None:
            self.skipped.append(Skipped(str(path), error))
            # Not what stands in it is at fault, but the disk, or the rights.
            if isinstance(error.__cause__, OSError):
                refused.append(path)

        for path in posted(self.store) if str(source) == POSTED else find_files(source, skip):
            found.add(str(path))
            try:
                self._file(path, source)
            except DocumentError as error:
                skip(path, error)
            self.tell(len(self.taken))
        if refused:
            self._spare(str(source), refused)
        else:
            self.seen.keep_only(str(source), found)

    def _spare(self, name: str, refused: Sequence[Path]) -> None:
        """Keep what a source held and was not found, unless it is known to come from elsewhere."""
        elsewhere = self.seen.readings(name, outside=refused)
        for held in self.held.values():
            listed = held.listed
            if listed.source == name and listed.doc_id not in self.taken and listed.read not in elsewhere:
                self._keep(held)

    def _file(self, path: Path, source: Path) -> None:
        name, now = str(source), look(path, _described(path))
        known = self.seen.known(name, path, now) or []
        stay = len(list(takewhile(lambda said: self._stays(said, source), known)))
        if known and stay == len(known):
            return
        found = Readout((read_posted(path),)) if name == POSTED else read_file(path, source)
        said = [(document.doc_id, reading(document)) for document in found.documents]
        self.skipped += found.skipped
        self.notes += [f"{path}: {note}" for note in found.notes]
        # A file that was refused in part is read again each time, so that it is told each time.
        self.seen.note(name, path, None if found.skipped else now, said)
        for document, pair in list(zip(found.documents, said, strict=True))[stay:]:
            try:
                self._document(document, pair, source)
            except DocumentError as error:
                self.skipped.append(Skipped(str(path), error))

    def _document(self, document: Document, said: Said, source: Path) -> None:
        doc_id = _unique(document.doc_id, source, self.taken)
        if self._forgotten(doc_id):
            self.taken.add(doc_id)
            raise was_forgotten(doc_id)
        if self._stays(said, source):
            return
        self.taken.add(doc_id)
        self._put(document_row(prepare(replace(document, doc_id=doc_id), str(source)), said[1]))

    def _stays(self, known: Said, source: Path) -> bool:
        """Keep a document that the store holds as its file has it; tells whether that settles it."""
        doc_id = _unique(known[0], source, self.taken)
        held = self.held.get(doc_id)
        if doc_id in self.removed:
            self.taken.add(doc_id)
            return True
        if not self.fresh or held is None or self._forgotten(doc_id):
            return False
        if (held.listed.source, held.listed.read) != (str(source), known[1]):
            return False
        self.taken.add(doc_id)
        self.kept[doc_id] = held
        return True

    def _put(self, row: DocumentRow) -> None:
        """Write a document, unless other rules have made the same of it again."""
        held = self.held.get(row.doc_id)
        if held and (held.listed.source, held.listed.read, held.listed.digest) == (
            row.source,
            row.read,
            row.digest,
        ):
            self.kept[row.doc_id] = held
        else:
            self.write(row)

    def _forgotten(self, doc_id: str) -> bool:
        return bool(self.forgotten) and name_of(doc_id) in self.forgotten


def name_of(doc_id: str) -> str:
    """The hash by which the store remembers a forgotten id without holding the id."""
    return hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()


def _described(path: Path) -> str:
    """What the sidecar says of a file; where it cannot be read, reading the file will say so."""
    try:
        return repr(from_sidecar(path, SIDECAR))
    except DocumentError:
        return ""


def _unique(doc_id: str, source: Path, taken: set[str]) -> str:
    """Two sources may hold files of the same name: the later one's id carries its folder too."""
    found, counter = doc_id, 1
    while found in taken:
        counter += 1
        found = f"{source.name}/{doc_id}" + (f"~{counter}" if counter > 2 else "")
    return found


def _vanished(name: str) -> DocumentError:
    return DocumentError(
        f"The source {name!r} is no longer there; what it held before is kept.",
        "Bring it back, or build a new store without it.",
        code="source_missing",
    )


def was_forgotten(doc_id: str) -> DocumentError:
    """What is said of a document that comes although it was forgotten."""
    return DocumentError(
        f"{doc_id}: it was forgotten, and is left out.",
        "Remove the file; to index it again: selon forget --undo DOCUMENT",
        code="forgotten",
    )
