"""What the sources hold now, beside what the store holds: what stays, and what is to be written.

A composer: it reads files and prepares documents, one at a time, so that memory is
bounded by one document. A file that looks as it did when last read is not read.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path

from index.errors import DocumentError, SelonError
from index.prepare import document_row, prepare, reading
from index.read import Readout, Skipped, read_file
from index.sources.files import find_files
from index.sources.inbox import POSTED, posted, read_posted
from index.sources.metadata import SIDECAR, from_sidecar, unmatched
from index.sources.naming import Naming
from index.sources.seen import Said, Seen, look
from index.storage.corpus import DocumentRow
from index.storage.numbering import as_read
from index.storage.records import document_from_json
from index.storage.segment import Held
from index.types import Document

_KINDS = 5  # of the files that are left out, or not there, so many are named


@dataclass(slots=True)
class Gathering:
    """One walk over the sources.

    `held` is what the store holds, `fresh` whether today's rules made it; `write` takes
    each document that is new or changed; `tell` hears how many were read so far. What stays is
    in `kept` afterwards, the sources that were there to be read in `read`.
    """

    store: Path
    held: Mapping[str, Held]
    fresh: bool
    seen: Seen
    naming: Naming
    write: Callable[[DocumentRow], None]
    tell: Callable[[int], None] = lambda read: None
    kept: dict[str, Held] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

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
            problem = _vanished(name)
            if name in reread and (name == POSTED or os.path.exists(name)):
                try:
                    self._read(Path(name))
                    self.read.add(name)
                    continue
                except DocumentError as error:  # It is gone since, or no folder any more.
                    problem = error
            for held in by_source.get(name, ()):
                self._keep(held)
            if name in reread:
                self.skipped.append(Skipped(name, problem))

    def _keep(self, held: Held) -> None:
        listed = held.listed
        doc_id, out = self.naming.name(listed.place)
        if out:
            return
        self.naming.take(doc_id, listed.place)
        if self.fresh and doc_id == listed.doc_id:
            self.kept[doc_id] = held
            return
        document = document_from_json(json.loads(held.segment.corpus.document(listed.number)))
        document = replace(document, doc_id=doc_id, profile=None)
        try:
            self._put(_row(document, listed.source, listed.read))
        except DocumentError as error:
            self.skipped.append(Skipped(doc_id, error))

    def _read(self, source: Path) -> None:
        found: set[str] = set()
        refused: list[Path] = []

        def skip(path: Path, error: DocumentError) -> None:
            self.skipped.append(Skipped(str(path), error))
            # Not what stands in it is at fault, but the disk, or the rights.
            if isinstance(error.__cause__, OSError):
                refused.append(path)

        others: list[Path] = []
        for path in posted(self.store) if str(source) == POSTED else find_files(source, skip, others.append):
            found.add(str(path))
            try:
                self._file(path, source)
            except DocumentError as error:
                skip(path, error)
            self.tell(len(self.naming))
        if str(source) != POSTED and source.is_dir():
            self.notes += _left_out(source, found, others)
        if refused:
            self._spare(str(source), refused)
        else:
            self.seen.keep_only(str(source), found)

    def _spare(self, name: str, refused: Sequence[Path]) -> None:
        """Keep what a source held and was not found, unless it is known to come from elsewhere."""
        elsewhere = self.seen.said(name, outside=refused)
        for held in self.held.values():
            listed = held.listed
            if listed.source == name and listed.doc_id not in self.naming and listed.said not in elsewhere:
                self._keep(held)

    def _file(self, path: Path, source: Path) -> None:
        name, now = str(source), look(path, _described(path))
        known = self.seen.known(name, path, now) or []
        stay = len(list(takewhile(lambda said: self._stays(said, source), known)))
        if known and stay == len(known):
            return
        with _blaming(str(path)):
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
        if self._stays(said, source):
            return
        place = self.naming.next_place(str(source), document.doc_id)
        doc_id, forgotten = self.naming.name(place)
        self.naming.take(doc_id, place)
        if forgotten:
            raise was_forgotten(doc_id)
        document = replace(document, doc_id=doc_id)
        self._put(_row(document, str(source), as_read(said[1], place)))

    def _stays(self, said: Said, source: Path) -> bool:
        """Keep a document that the store holds as its file has it; tells whether that settles it.

        So does that it was removed.
        """
        place = self.naming.next_place(str(source), said[0])
        doc_id, out = self.naming.name(place)
        if out is not self.naming.removed:
            held = self.held.get(doc_id)
            if out or not self.fresh or held is None:
                return False
            if (held.listed.source, held.listed.read) != (str(source), as_read(said[1], place)):
                return False
            self.kept[doc_id] = held
        self.naming.take(doc_id, place)
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


def _row(document: Document, source: str, read: str) -> DocumentRow:
    """A document as it is stored; raises DocumentError where it cannot be cut or annotated."""
    with _blaming(document.doc_id):
        return document_row(prepare(document, source), read)


def _left_out(source: Path, found: Iterable[str], others: Sequence[Path]) -> Iterator[str]:
    """What is to be said of files that are not read, and of a sidecar's entries for none."""
    if others:
        times = Counter(path.suffix.lower() or path.name for path in others).most_common(_KINDS)
        kinds = ", ".join(f"{number} {kind}" for kind, number in times)
        yield f"{source}: {len(others)} files of other kinds left out ({kinds})"
    names: dict[Path, list[str]] = {}
    for path in (*map(Path, found), *others):
        names.setdefault(path.parent, []).append(path.name)
    for folder in sorted(names):
        if missing := unmatched(folder, names[folder]):
            shown = ", ".join(f"« {name} »" for name in missing[:_KINDS])
            yield f"{folder / SIDECAR}: {len(missing)} entries for no file ({shown})"


@contextmanager
def _blaming(name: str) -> Iterator[None]:
    """Whatever goes wrong unforeseen is an error of the article or file `name`: it stops no other."""
    try:
        yield
    except SelonError:
        raise
    except Exception as error:
        raise DocumentError(
            f"{name}: it could not be read ({type(error).__name__}).",
            "Leave it out, and report it with its text: this is a defect of Selon.",
            code="unreadable",
        ) from error


def _described(path: Path) -> str:
    """What the sidecar says of a file; where it cannot be read, reading the file will say so."""
    try:
        return repr(from_sidecar(path, SIDECAR))
    except DocumentError:
        return ""


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
