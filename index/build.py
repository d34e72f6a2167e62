"""The composer of the index: reads sources, prepares, encodes, publishes a version.

The only place that knows the order of the stages. A build never changes the current
version; it publishes another one, or finds that nothing changed and publishes none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.encode import Encoder
from index.encoders.export import exported
from index.encoders.folder import remove_exports
from index.encoders.sample import sample
from index.errors import InputError, NoStore, StoreDamaged, StoreError
from index.prepare import fingerprint, prepare
from index.read import Skipped
from index.sources.files import READ, is_read, of_another_kind
from index.sources.gather import Gathering
from index.sources.inbox import INBOX, POSTED, found_removed, posted, state
from index.sources.names import LeftOut, forgotten, name_of
from index.sources.naming import Naming
from index.sources.seen import Seen
from index.storage import disk
from index.storage.base import Base, damaged, open_base
from index.storage.compact import to_rewrite
from index.storage.drafts import Drafts
from index.storage.fill import Reporter, fill
from index.storage.manifest import Manifest, described
from index.storage.numbering import Listed
from index.storage.segment import Held, open_segment
from index.store import (
    KEPT_VERSIONS,
    SEEN,
    SEGMENTS,
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
        base = open_base(store)
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
        drafts = Drafts(store, next_ordinal(store, base.root))
        seen = Seen(store / SEEN, fingerprint())
        held = base.held()
        gone, lost = found_removed(store)
        naming = Naming(
            forgotten=forgotten(base.root.forgotten if base.root else ()),
            removed=LeftOut([(name_of(doc_id), key) for doc_id, key in gone.items()]),
            living={one.listed.place for one in held.values()},
        )
        gathering = Gathering(
            store=store,
            held=held,
            fresh=base.manifest is not None and base.manifest.fingerprint == fingerprint(),
            seen=seen,
            naming=naming,
            write=drafts.add,
            tell=reporter.read if reporter else lambda read: None,
            skipped=[*others, *base.damage, *([damaged(INBOX, lost, lost.hint)] if lost else [])],
        )
        gathering.run(names, reread)
        # A document that was restored may be of any source: who has not read all has not seen it.
        if not gathering.read.issuperset(names):
            saw = base.manifest.inbox if base.manifest else None
        if not gathering.kept and not drafts.documents and not gone and not everything:
            raise _nothing(sorted(reread), gathering.skipped)
        parts = [(len(segment.corpus), segment.corpus.passage) for segment in base.segments.values()]
        chosen_encoder, note = exported(store, encoder, lambda: sample([*drafts.parts(), *parts]))
        planned = Manifest(
            model=chosen_encoder.stamp,
            fingerprint=fingerprint(),
            sources=tuple(names),
            forgotten=base.root.forgotten if base.root else (),
            inbox=saw,
        )
        report = _publish(base, gathering, drafts, planned, chosen_encoder, reporter, keep)
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


def _unknown_sources(skip: Skipped) -> StoreDamaged:
    return StoreDamaged(
        f"{skip.error.message} No version can be read: which sources the store had is not known any more.",
        "Name all of them: selon build PATH …",
    )


def _publish(
    base: Base,
    gathering: Gathering,
    drafts: Drafts,
    planned: Manifest,
    encoder: Encoder,
    reporter: Reporter | None,
    keep: int,
) -> BuildReport:
    """Make the planned version of what stays and what is new the current one, unless it is already."""
    store, before = base.store, base.current
    manifest = described(planned, drafts.ordinal, _live(gathering, drafts))
    if before and before.content == manifest.content and not drafts.documents and not base.damage:
        if before.inbox != manifest.inbox:
            before = replace(before, inbox=manifest.inbox)
            with suppress(OSError):  # Without it the next start reads the inbox once more.
                write_manifest(store, before)
        return BuildReport(before, False, 0, before.passages, tuple(gathering.skipped))
    try:
        _compact(base, gathering, drafts, encoder.stamp)
        drafts.close()
        refs, encoded = fill(drafts.closed, base.reusable(encoder.stamp), encoder, reporter)
        for draft, ref in zip(drafts.closed, refs, strict=True):
            disk.rename(draft.folder, segment_folder(store, ref.name))
        disk.flush(store / SEGMENTS)
        for ref in refs:
            open_segment(segment_folder(store, ref.name), ref, thorough=True)
        if reporter:
            reporter.publish()
        manifest = replace(
            # Once more: what was found to be damaged on the way into another segment is in none.
            described(planned, drafts.ordinal, _live(gathering, drafts)),
            built=datetime.now(UTC).isoformat(timespec="seconds"),
            segments=(*base.shared(gathering.kept.values()), *refs),
        )
        publish(store, manifest, base.root, keep)
    except OSError:
        # A full disk is given back what this build took, unless its version is current already
        # and only a power cut could undo that. The next build clears what remains.
        with suppress(OSError, StoreError):
            if found_root(store)[0] == base.root:
                clear(store, base.root)
        raise
    return BuildReport(manifest, True, encoded, manifest.passages - encoded, tuple(gathering.skipped))


def _live(gathering: Gathering, drafts: Drafts) -> list[Listed]:
    """The documents of the version to be."""
    return [*(held.listed for held in gathering.kept.values()), *drafts.documents]


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
                gathering.skipped.append(damaged(held.listed.doc_id, error))


def _nothing(sources: Sequence[str], skipped: Sequence[Skipped]) -> InputError:
    where = ", ".join(repr(source) for source in sources)
    if not skipped:
        message, hint = f"There is no article in {where}.", f"Put articles there and build again. {READ}"
    else:
        reasons = " ".join(skip.error.message for skip in skipped[:5])
        message, hint = f"No file in {where} can be read: {reasons}", "Mend them and build again."
    return InputError(message, hint, code="nothing_to_read")
