"""The composer of the index: reads sources, prepares, encodes, publishes a version.

The only place that knows the order of the stages. A build never changes the current
version; it publishes another one, or finds that nothing changed and publishes none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.encode import Encoder
from index.encoders.export import exported
from index.encoders.folder import remove_exports
from index.encoders.sample import sample
from index.errors import (
    DocumentError,
    InputError,
    NoStore,
    SelonError,
    StoreDamaged,
    StoreError,
    StoreMismatch,
)
from index.prepare import fingerprint, prepare
from index.read import Skipped
from index.sources.files import READ, is_read, of_another_kind
from index.sources.gather import Gathering, Held
from index.sources.inbox import INBOX, POSTED, found_removed, posted, state
from index.sources.names import LeftOut, forgotten, name_of
from index.sources.seen import Seen
from index.storage import disk
from index.storage.compact import SEGMENT_PASSAGES, to_rewrite
from index.storage.corpus import DocumentRow
from index.storage.fill import Reporter, fill
from index.storage.manifest import Manifest, SegmentRef, content_hash, version_name
from index.storage.numbering import Listed
from index.storage.segment import Segment, SegmentDraft, open_segment
from index.storage.snapshot import THOROUGH
from index.store import (
    KEPT_VERSIONS,
    ROOT,
    SEEN,
    SEGMENTS,
    Root,
    clear,
    found_root,
    kept_versions,
    load_manifest,
    next_ordinal,
    publish,
    segment_folder,
    write_manifest,
    writing,
)
from index.types import ModelStamp

_LOST = "No version can be read: only the sources named now, and what was posted, are read."
_LOST_ROOT = f"{_LOST} What was forgotten is not known either: forget it again."

__all__ = ["BuildReport", "Reporter", "Skipped", "build", "prepare"]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `published` is False where nothing had changed.

    `note` says why the model's export is not used, where it is not; `notes` how files were
    read, where that is not plain.
    """

    manifest: Manifest
    published: bool
    encoded: int
    reused: int
    skipped: tuple[Skipped, ...]
    note: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Base:
    """What a build starts from: the version, its segments that are whole, and what is not."""

    manifest: Manifest | None = None
    segments: dict[str, Segment] = field(default_factory=dict)
    damage: list[Skipped] = field(default_factory=list)

    def held(self) -> dict[str, Held]:
        """Every live document, by its id."""
        refs = self.manifest.segments if self.manifest else ()
        return {
            listed.doc_id: Held(self.segments[ref.name], listed)
            for ref in refs
            if ref.name in self.segments
            for listed in self.segments[ref.name].living(ref)
        }


@dataclass(slots=True)
class Drafts:
    """New documents on their way into segments, each closed when it is full."""

    store: Path
    ordinal: int
    closed: list[SegmentDraft] = field(default_factory=list)
    documents: list[Listed] = field(default_factory=list)
    waiting: list[DocumentRow] = field(default_factory=list)
    passages: int = 0

    def parts(self) -> list[tuple[int, Callable[[int], str]]]:
        """How many passages each closed segment and each waiting document has, and their records."""
        closed = [(len(draft.keys), draft.records().passage) for draft in self.closed]
        waiting = [
            (len(row.passages), lambda i, rows=row.passages: str(rows[i].record)) for row in self.waiting
        ]
        return [*closed, *waiting]

    def add(self, row: DocumentRow) -> None:
        """Take a document in."""
        self.waiting.append(row)
        size = len(row.passages)
        self.documents.append(Listed(-1, row.doc_id, row.source, row.read, row.digest, row.dated, 0, size))
        self.passages += len(row.passages)
        if self.passages >= SEGMENT_PASSAGES:
            self.close()

    def close(self) -> None:
        """Write the records and words of what waits."""
        if self.waiting:
            folder = self.store / SEGMENTS / f"{self.ordinal:06d}.{len(self.closed)}.tmp"
            self.closed.append(SegmentDraft(folder, self.waiting))
            self.waiting, self.passages = [], 0


def build(
    store: Path,
    sources: Sequence[Path],
    encoder: Encoder,
    reporter: Reporter | None = None,
    keep: int = KEPT_VERSIONS,
    everything: bool = False,
) -> BuildReport:
    """(Re)read `sources` into the store, or every source it remembers where none is given.

    What came from other sources stays; the newest `keep` versions stay. A file that cannot
    be read, or whose kind is not read, is skipped and reported. With `everything`, as a service
    wants it, all that the store remembers is read again beside `sources`, and a version may hold
    no document. Where it is too damaged to remember any, its sources must be named.
    Raises InputError (no such path, nothing to read), StoreError, ModelError.
    """
    chosen, others = _chosen(sources)
    with writing(store):
        root, damage = _root(store)
        base = _base(store, root, damage)
        if base.damage and base.manifest is None and (everything or not chosen):
            raise _unknown_sources(base.damage[0])
        # Before anything of it is read: what comes meanwhile is of another state.
        saw: str | None = state(store)
        remembered = _remembered(store, base.manifest)
        if not chosen and not remembered and not everything:
            raise NoStore(
                f"There is no store at {str(store)!r} to rebuild.", "Name a folder: selon build PATH"
            )
        reread = {*chosen, *(remembered if everything or not chosen else ())}
        # What was posted comes last, so that it never takes an id from a file.
        names = sorted(dict.fromkeys([*remembered, *chosen]), key=POSTED.__eq__)
        drafts = Drafts(store, next_ordinal(store, root))
        seen = Seen(store / SEEN, fingerprint())
        gone, lost = found_removed(store)
        gathering = Gathering(
            store=store,
            held=base.held(),
            fresh=base.manifest is not None and base.manifest.fingerprint == fingerprint(),
            seen=seen,
            forgotten=forgotten(root.forgotten if root else ()),
            removed=LeftOut([(name_of(doc_id), key) for doc_id, key in gone.items()]),
            write=drafts.add,
            tell=reporter.read if reporter else lambda read: None,
            skipped=[*others, *base.damage, *([_damaged(INBOX, lost, lost.hint)] if lost else [])],
        )
        gathering.run(names, reread)
        # A document that was restored may be of any source: who has not read all has not seen it.
        if not gathering.read.issuperset(names):
            saw = base.manifest.inbox if base.manifest else None
        if not gathering.kept and not drafts.documents and not gone and not everything:
            raise _nothing(sorted(reread), gathering.skipped)
        held = [(len(segment.corpus), segment.corpus.passage) for segment in base.segments.values()]
        chosen_encoder, note = exported(store, encoder, lambda: sample([*drafts.parts(), *held]))
        report = _publish(store, root, base, names, saw, gathering, drafts, chosen_encoder, reporter, keep)
        # The version is current: what goes wrong from here on costs a later build time, no more.
        with suppress(OSError):
            remove_exports(store, _models(store, report.manifest))
        with suppress(OSError):
            seen.save()
        return replace(report, note=note, notes=tuple(gathering.notes))


def _remembered(store: Path, manifest: Manifest | None) -> list[str]:
    """The sources of the store; what was posted is one as soon as there is any."""
    known = list(manifest.sources if manifest else ())
    return [*known, POSTED] if POSTED not in known and posted(store) else known


def _models(store: Path, current: Manifest) -> set[tuple[str, str]]:
    """The models of all kept versions, by name and revision."""
    models = [current.model]
    for name in kept_versions(store):
        with suppress(StoreError):
            models.append(load_manifest(store, name).model)
    return {(model.name, model.revision) for model in models}


def _chosen(sources: Sequence[Path]) -> tuple[list[str], list[Skipped]]:
    """The full paths of what is to be read, and the files of other kinds; those are no sources."""
    paths = [_checked(source) for source in sources]
    read = [path for path in paths if path.is_dir() or is_read(path.name)]
    others = [Skipped(str(path), of_another_kind(path.name)) for path in paths if path not in read]
    if others and not read:
        raise _nothing([skip.path for skip in others], others)
    return [str(path) for path in read], others


def _checked(source: Path) -> Path:
    path = source.expanduser().resolve()
    if not os.path.exists(path):  # Unlike Path.exists, no error for a folder without rights.
        raise InputError(f"There is no file or folder {str(path)!r}.", "Check the path.", code="no_such_path")
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError(f"The path {str(path)!r} is not UTF-8.", "Rename it.", code="no_such_path") from None
    return path


def _root(store: Path) -> tuple[Root | None, StoreError | None]:
    """The root, or None where there is none to continue; what an earlier writer left is removed."""
    try:
        root, damage = found_root(store)
    except (StoreMismatch, StoreDamaged) as error:
        return None, error
    clear(store, root)
    return root, damage


def _base(store: Path, root: Root | None, damage: StoreError | None) -> Base:
    """The current version, else the newest that can be read. Damaged segments are left out."""
    base = Base(damage=[_damaged(ROOT, damage)] if damage else [])
    for name in _newest_first(root):
        try:
            base.manifest = load_manifest(store, name)
            break
        except (StoreMismatch, StoreDamaged) as error:
            base.damage.append(_damaged(name, error))
    if base.manifest is None:
        hint = _LOST if root else _LOST_ROOT
        base.damage = [_damaged(skip.path, skip.error, hint) for skip in base.damage]
        return base
    thorough = base.manifest.bytes <= THOROUGH
    for ref in base.manifest.segments:
        try:
            base.segments[ref.name] = open_segment(segment_folder(store, ref.name), ref, thorough)
        except StoreDamaged as error:
            base.damage.append(_damaged(ref.name, error))
    return base


def _newest_first(root: Root | None) -> list[str]:
    if root is None:
        return []
    return [root.current, *(name for name in reversed(root.kept) if name != root.current)]


def _damaged(
    path: str, error: SelonError, hint: str = "What its sources still hold is read again."
) -> Skipped:
    return Skipped(path, DocumentError(error.message, hint, code=error.code))


def _unknown_sources(skip: Skipped) -> StoreDamaged:
    return StoreDamaged(
        f"{skip.error.message} No version can be read: which sources the store had is not known any more.",
        "Name all of them: selon build PATH …",
    )


def _publish(
    store: Path,
    root: Root | None,
    base: Base,
    names: Sequence[str],
    saw: str | None,
    gathering: Gathering,
    drafts: Drafts,
    encoder: Encoder,
    reporter: Reporter | None,
    keep: int,
) -> BuildReport:
    live = [*(held.listed for held in gathering.kept.values()), *drafts.documents]
    described = [(listed.doc_id, listed.source, listed.digest) for listed in live]
    content = content_hash(encoder.stamp, fingerprint(), names, described)
    before = base.manifest
    untouched = before and root and (before.version, before.content) == (root.current, content)
    if before and untouched and not drafts.documents and not base.damage:
        if before.inbox != saw:
            before = replace(before, inbox=saw)
            with suppress(OSError):  # Without it the next start reads the inbox once more.
                write_manifest(store, before)
        return BuildReport(before, False, 0, before.passages, tuple(gathering.skipped))
    try:
        _compact(base, gathering, drafts, encoder.stamp)
        drafts.close()
        reusable = _reusable(store, root, base, encoder.stamp)
        refs, encoded = fill(drafts.closed, reusable, encoder, reporter)
        for draft, ref in zip(drafts.closed, refs, strict=True):
            disk.rename(draft.folder, segment_folder(store, ref.name))
        disk.flush(store / SEGMENTS)
        for ref in refs:
            open_segment(segment_folder(store, ref.name), ref, thorough=True)
        if reporter:
            reporter.publish()
        passages = sum(listed.last - listed.first for listed in live)
        manifest = Manifest(
            version=version_name(drafts.ordinal, content),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            model=encoder.stamp,
            fingerprint=fingerprint(),
            documents=len(live),
            passages=passages,
            undated=sum(not listed.dated for listed in live),
            sources=tuple(names),
            content=content,
            segments=(*_shared(base, gathering), *refs),
            forgotten=root.forgotten if root else (),
            inbox=saw,
        )
        publish(store, manifest, root, keep)
    except OSError:
        # A full disk is given back what this build took, unless its version is current already
        # and only a power cut could undo that. The next build clears what remains.
        with suppress(OSError, StoreError):
            if found_root(store)[0] == root:
                clear(store, root)
        raise
    return BuildReport(manifest, True, encoded, passages - encoded, tuple(gathering.skipped))


def _compact(base: Base, gathering: Gathering, drafts: Drafts, model: ModelStamp) -> None:
    """Write anew what another model made, and segments that are small or mostly dead."""
    by_segment: dict[str, list[Held]] = {name: [] for name in base.segments}
    for held in gathering.kept.values():
        by_segment[held.segment.folder.name].append(held)
    names = list(by_segment)
    if base.manifest and base.manifest.model == model:
        sizes = [
            (
                sum(held.listed.last - held.listed.first for held in by_segment[name]),
                len(base.segments[name].vectors),
            )
            for name in names
        ]
        names = [names[i] for i in sorted(to_rewrite(sizes))]
    for name in names:
        for held in by_segment[name]:
            del gathering.kept[held.listed.doc_id]
            try:
                drafts.add(held.segment.document_row(held.listed))
            except StoreDamaged as error:
                gathering.skipped.append(_damaged(held.listed.doc_id, error))


def _reusable(store: Path, root: Root | None, base: Base, model: ModelStamp) -> dict[str, Segment]:
    """The segments of all kept versions whose vectors the same model made, by name."""
    found: dict[str, Segment] = {}
    for name in _newest_first(root):
        with suppress(StoreError):
            manifest = load_manifest(store, name)
            for ref in manifest.segments if manifest.model == model else ():
                if ref.name not in found:
                    with suppress(StoreDamaged):
                        opened = base.segments.get(ref.name)
                        found[ref.name] = opened or open_segment(segment_folder(store, ref.name), ref, False)
    return found


def _shared(base: Base, gathering: Gathering) -> list[SegmentRef]:
    """The segments that the new version shares with the old, with what it leaves out of them."""
    live: dict[str, set[int]] = {}
    for held in gathering.kept.values():
        live.setdefault(held.segment.folder.name, set()).add(held.listed.number)
    refs = base.manifest.segments if base.manifest else ()
    return [
        replace(ref, dead=tuple(n for n in range(ref.documents) if n not in live[ref.name]))
        for ref in refs
        if ref.name in live
    ]


def _nothing(sources: Sequence[str], skipped: Sequence[Skipped]) -> InputError:
    where = ", ".join(repr(source) for source in sources)
    if not skipped:
        message, hint = f"There is no article in {where}.", f"Put articles there and build again. {READ}"
    else:
        reasons = " ".join(skip.error.message for skip in skipped[:5])
        message, hint = f"No file in {where} can be read: {reasons}", "Mend them and build again."
    return InputError(message, hint, code="nothing_to_read")
