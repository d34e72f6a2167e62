"""The composer of the index: reads sources, cuts, annotates, encodes, publishes a version.

The only place that knows the order of the stages. A build never changes the current
version; it publishes another one, or finds that nothing changed and publishes none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.annotate import annotate, profile
from index.clean import furniture
from index.encode import Encoder
from index.errors import DocumentError, InputError, NoStore, StoreDamaged, StoreMismatch
from index.lexical import terms
from index.read import find_files, read_file
from index.snapshot import Snapshot, open_snapshot, write_snapshot
from index.split import split
from index.store import Manifest, next_version, publish, writing
from index.types import Document, Entry


class Reporter(Protocol):
    """Told how a build goes: `total` passages to encode, then how many more are done."""

    def start(self, total: int) -> None: ...

    def advance(self, done: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that the build left out, and why."""

    path: str
    error: DocumentError


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `published` is False where nothing had changed."""

    manifest: Manifest
    published: bool
    encoded: int
    reused: int
    skipped: tuple[Skipped, ...]


def build(
    store: Path,
    sources: Sequence[Path],
    encoder: Encoder,
    reporter: Reporter | None = None,
) -> BuildReport:
    """(Re)read `sources` into the store, or every source it remembers where none is given.

    What came from other sources stays. A file that cannot be read is skipped and
    reported. Raises InputError (no such path, nothing to read), StoreError, ModelError.
    """
    chosen = [source.expanduser().resolve() for source in sources]
    for source in chosen:
        if not source.exists():
            raise InputError(
                f"There is no file or folder {str(source)!r}.", "Check the path.", code="no_such_path"
            )
    with writing(store):
        previous = _previous(store)
        remembered = previous.manifest.sources if previous else ()
        if not chosen and not remembered:
            raise NoStore(
                f"There is no store at {str(store)!r} to rebuild.", "Name a folder: selon build PATH"
            )
        reread = [str(source) for source in chosen] or list(remembered)
        names = list(dict.fromkeys([*remembered, *reread]))
        old = {entry.document.doc_id: entry for entry in previous.corpus.entries()} if previous else {}
        fresh = previous is not None and previous.manifest.fingerprint == fingerprint()
        entries, skipped = _gather(names, set(reread), old, fresh)
        if not entries:
            raise _nothing(reread, skipped)
        return _publish(store, names, entries, skipped, previous, encoder, reporter)


def prepare(document: Document, source: str) -> Entry:
    """Cut and annotate one document."""
    passages = annotate(document, split(document, furniture(document.text)))
    return Entry(replace(document, profile=profile(passages)), source, passages)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of the code and the words that cut and annotate: other rules, other passages."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".toml"} and "models" not in path.relative_to(here).parts:
            digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _previous(store: Path) -> Snapshot | None:
    """The current version, or None where there is none that could be continued."""
    try:
        return open_snapshot(store)
    except (NoStore, StoreMismatch, StoreDamaged):
        return None


def _gather(
    names: Sequence[str], reread: set[str], old: dict[str, Entry], fresh: bool
) -> tuple[list[Entry], list[Skipped]]:
    """The entries of every source, in the order of the sources and of their files.

    What is not read again is kept as it was; so is what came from a source that has
    vanished as a whole (an unplugged disk is no reason to forget). `fresh` tells
    whether today's rules made the old entries; else they are cut and annotated anew.
    """
    entries: dict[str, Entry] = {}
    skipped: list[Skipped] = []
    for name in names:
        source = Path(name)
        if name not in reread or not source.exists():
            kept = {key: entry for key, entry in old.items() if entry.source == name}
            entries |= kept if fresh else {key: prepare(entry.document, name) for key, entry in kept.items()}
            if name in reread:
                skipped.append(Skipped(name, _vanished(name)))
            continue
        for path in find_files(source):
            try:
                document = _unique(read_file(path, source), source, entries)
            except DocumentError as error:
                skipped.append(Skipped(str(path), error))
                continue
            known = old.get(document.doc_id)
            unchanged = fresh and known is not None and replace(known.document, profile=None) == document
            if known is not None and unchanged and known.source == name:
                entries[document.doc_id] = known
            else:
                entries[document.doc_id] = prepare(document, name)
    return list(entries.values()), skipped


def _vanished(name: str) -> DocumentError:
    return DocumentError(
        f"The source {name!r} is no longer there; what it held before is kept.",
        "Bring it back, or build a new store without it.",
        code="source_missing",
    )


def _unique(document: Document, source: Path, taken: dict[str, Entry]) -> Document:
    """Two sources may hold files of the same name: the later one's id carries its folder too."""
    doc_id, counter = document.doc_id, 1
    while doc_id in taken:
        counter += 1
        doc_id = f"{source.name}/{document.doc_id}" + (f"~{counter}" if counter > 2 else "")
    return document if doc_id == document.doc_id else replace(document, doc_id=doc_id)


def _publish(
    store: Path,
    sources: Sequence[str],
    entries: Sequence[Entry],
    skipped: Sequence[Skipped],
    previous: Snapshot | None,
    encoder: Encoder,
    reporter: Reporter | None,
) -> BuildReport:
    content = _content(entries, sources, encoder)
    if previous and previous.manifest.content == content:
        return BuildReport(previous.manifest, False, 0, previous.manifest.passages, tuple(skipped))
    rows, encoded = _vectors(entries, previous, encoder, reporter)
    manifest = Manifest(
        version=next_version(store, content),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        model=encoder.stamp,
        fingerprint=fingerprint(),
        documents=len(entries),
        passages=len(rows),
        undated=sum(entry.document.published is None for entry in entries),
        sources=tuple(sources),
        content=content,
    )
    words = (
        terms(passage.span.text, entry.document.language) for entry in entries for passage in entry.passages
    )
    published = publish(store, manifest, lambda folder: write_snapshot(folder, entries, rows, words))
    return BuildReport(published, True, encoded, len(rows) - encoded, tuple(skipped))


def _vectors(
    entries: Sequence[Entry], previous: Snapshot | None, encoder: Encoder, reporter: Reporter | None
) -> tuple[NDArray[np.float32], int]:
    """One row a passage; a text that the previous version encoded is not encoded again."""
    texts = [passage.span.text for entry in entries for passage in entry.passages]
    known: dict[str, int] = {}
    if previous and previous.manifest.model == encoder.stamp:
        for entry_number, text in enumerate(_texts(previous)):
            known.setdefault(text, entry_number)
    new = list(dict.fromkeys(text for text in texts if text not in known))
    advance: Callable[[int], None] | None = None
    if reporter:
        reporter.start(len(new))
        advance = reporter.advance
    made = dict(zip(new, encoder.encode_passages(new, advance)[0], strict=True))
    rows = np.empty((len(texts), encoder.stamp.dimension), dtype=np.float32)
    for number, text in enumerate(texts):
        rows[number] = made[text] if text in made else previous.vectors.rows([known[text]])[0]  # type: ignore[union-attr]
    return rows, len(new)


def _texts(snapshot: Snapshot) -> list[str]:
    return [passage.span.text for entry in snapshot.corpus.entries() for passage in entry.passages]


def _content(entries: Sequence[Entry], sources: Sequence[str], encoder: Encoder) -> str:
    """A hash of all that answers rest on: equal contents need no new version."""
    described: list[object] = [asdict(encoder.stamp), fingerprint(), list(sources)]
    described += [[asdict(replace(entry.document, text="")), entry.source] for entry in entries]
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def _nothing(sources: Sequence[str], skipped: Sequence[Skipped]) -> InputError:
    where = ", ".join(repr(source) for source in sources)
    if not skipped:
        message, hint = f"There is no .txt or .md file in {where}.", "Put articles there and build again."
    else:
        reasons = " ".join(skip.error.message for skip in skipped[:5])
        message, hint = f"No file in {where} can be read: {reasons}", "Mend them and build again."
    return InputError(message, hint, code="nothing_to_read")
