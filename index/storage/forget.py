"""Forgetting: a document is taken out of every kept version, and does not come back by itself.

A composer. Segments that hold the document are written anew without it, the manifests that
use them too, and one replacement of the root makes it so; then the old files are removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged, StoreError, UnknownDocument, shown
from index.prepare import fingerprint
from index.sources import inbox
from index.sources.names import Place, name_of, remembered
from index.sources.seen import Seen
from index.storage import disk
from index.storage.manifest import Manifest, SegmentRef, described, ordinal
from index.storage.seal import REBUILD
from index.storage.segment import Segment, SegmentDraft, open_segment
from index.storage.tokens import Quantized
from index.store import (
    SEEN,
    SEGMENTS,
    Root,
    changing,
    clear,
    load_manifest,
    next_ordinal,
    segment_folder,
    swap_root,
    write_manifest,
)

_CHUNK = 512


def forget(store: Path, doc_id: str) -> Root:
    """Purge a document from every kept version, whatever it was called there, and from what was posted.

    It is the one that has this id now; where none has, what had it before, or waits for it. It is left
    out of later builds. Versions that are too damaged to be purged are given up. Returns the new root.
    Raises NoStore, UnknownDocument, StoreDamaged (the current version itself), StoreError where no
    version holds the document but a file that may hold it cannot be removed.
    """
    with changing(store) as root:
        left = clear(store, root)
        manifests, given_up = _manifests(store, root)
        segments = _opened(store, manifests)
        current = next(manifest for manifest in manifests if manifest.version == root.current)
        meant, keys = _meant(store, current, segments, doc_id)
        if not keys:
            raise _still_there(doc_id, left) if left else UnknownDocument.named(doc_id)
        purged = _purged_segments(store, root, segments, keys)
        owns = {place.own for place in meant if place.source == inbox.POSTED}
        # Before the versions, so that a crash cannot leave it where nothing names it any more.
        for own in sorted(owns):
            inbox.purge(store, own)
        names, forgotten = {}, tuple(sorted({*root.forgotten, *remembered(doc_id, keys)}))
        for manifest in manifests:
            without = replace(_without(manifest, purged), forgotten=forgotten)
            write_manifest(store, without)
            names[manifest.version] = without.version
        seen = Seen(store / SEEN, fingerprint())
        for own in {doc_id, *(place.own for place in meant)}:
            seen.forget(own)
        seen.save()
        root = Root(
            names[root.current],
            tuple(names[name] for name in root.kept if name not in given_up),
            forgotten,
        )
        left = swap_root(store, root)
        # After the root, which keeps it out from then on.
        inbox.drop_removed(store, doc_id, keys)
        if left:
            raise _still_there(doc_id, left)
        return root


def remember(store: Path, doc_id: str) -> None:
    """Let a forgotten document come back with the next build; raises UnknownDocument, NoStore."""
    with changing(store) as root:
        left = tuple(entry for entry in root.forgotten if not entry.startswith(name_of(doc_id)))
        if left == root.forgotten:
            raise UnknownDocument(f"No document {shown(doc_id)} was forgotten.", "Check its id.")
        swap_root(store, replace(root, forgotten=left))


def _still_there(doc_id: str, left: list[Path]) -> StoreError:
    names = ", ".join(repr(str(path)) for path in left)
    return StoreError(
        f"No version holds {doc_id!r} any more, but its words may lie in {names}, which cannot be removed.",
        "Remove that yourself, or end who reads it and mend its rights, then forget again.",
    )


def _meant(
    store: Path, current: Manifest, segments: dict[str, Segment], doc_id: str
) -> tuple[set[Place], set[str]]:
    """The places of the documents that an id means, their keys, and those of what was removed under it."""
    live = [listed for ref in current.segments for listed in segments[ref.name].living(ref)]
    found = [listed.place for listed in live if listed.doc_id == doc_id]
    removed: set[str] = set()
    if not found:
        # What has another id by now is not meant.
        living = {listed.place for listed in live}
        had = (listed for segment in segments.values() for listed in segment.listing)
        found = [listed.place for listed in had if listed.doc_id == doc_id and listed.place not in living]
        waits = inbox.waiting(store, doc_id)
        if waits and waits not in living:
            found.append(waits)
        removed = {key for left, key in inbox.found_removed(store)[0].items() if left == doc_id}
    return {*found}, {place.key for place in found} | removed


def _manifests(store: Path, root: Root) -> tuple[list[Manifest], set[str]]:
    """The manifests of the kept versions, and the names of those that cannot be read."""
    manifests, given_up = [], set()
    for name in root.kept:
        try:
            manifests.append(load_manifest(store, name))
        except StoreError:
            if name == root.current:
                raise
            given_up.add(name)
    return manifests, given_up


def _opened(store: Path, manifests: list[Manifest]) -> dict[str, Segment]:
    """Every segment of these versions, by its name."""
    refs = {ref.name: ref for manifest in manifests for ref in manifest.segments}
    return {name: open_segment(segment_folder(store, name), ref, False) for name, ref in refs.items()}


Purged = dict[str, tuple[Segment, frozenset[int], SegmentRef | None]]


def _purged_segments(store: Path, root: Root, segments: dict[str, Segment], keys: set[str]) -> Purged:
    """Every segment by name: open, the numbers of what is purged from it, and what replaces it."""
    number, purged = next_ordinal(store, root), Purged()
    try:
        for name, segment in segments.items():
            gone = frozenset(listed.number for listed in segment.listing if listed.place.key in keys)
            written = _rewrite(store, segment, gone, f"{number:06d}.{len(purged)}") if gone else None
            purged[name] = (segment, gone, written)
        disk.flush(store / SEGMENTS)
    except (OSError, StoreError):
        with suppress(OSError):
            clear(store, root)
        raise
    return purged


def _rewrite(store: Path, segment: Segment, gone: frozenset[int], name: str) -> SegmentRef | None:
    """A copy of a segment without the documents of these numbers; None where nothing would be left."""
    left = [listed for listed in segment.listing if listed.number not in gone]
    if not left:
        return None
    rows = [row for listed in left for row in range(listed.first, listed.last)]
    draft = SegmentDraft(
        segment_folder(store, f"{name}.tmp"), [segment.document_row(listed) for listed in left]
    )
    ref = draft.finish(_copied(segment, rows), segment.vectors.dimension)
    disk.rename(draft.folder, segment_folder(store, name))
    open_segment(segment_folder(store, name), ref, thorough=True)
    return ref


def _copied(
    segment: Segment, rows: list[int]
) -> Iterator[tuple[NDArray[np.float32], list[Quantized | None]]]:
    for first in range(0, len(rows), _CHUNK):
        some = rows[first : first + _CHUNK]
        if not segment.whole(some).all():
            raise StoreDamaged(f"The vectors of segment {segment.folder.name!r} are damaged.", REBUILD)
        tokens = [segment.tokens.stored(row) if segment.tokens else None for row in some]
        yield segment.vectors.rows(some), tokens


def _without(manifest: Manifest, purged: Purged) -> Manifest:
    """The manifest over the purged segments."""
    refs, live = [], []
    for ref in manifest.segments:
        segment, gone, written = purged[ref.name]
        out = gone.union(ref.dead)
        live += [found for found in segment.listing if found.number not in out]
        if not gone:
            refs.append(ref)
        elif written is not None:
            moved = tuple(n - sum(number < n for number in gone) for n in ref.dead if n not in gone)
            if len(moved) < written.documents:
                refs.append(replace(written, dead=moved))
    return described(replace(manifest, segments=tuple(refs)), ordinal(manifest.version), live)
