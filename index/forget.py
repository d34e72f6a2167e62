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

from index import disk, inbox
from index.errors import StoreDamaged, StoreError, UnknownDocument
from index.gather import name_of
from index.manifest import Manifest, SegmentRef, content_hash, ordinal, version_name
from index.numbering import Listed
from index.prepare import fingerprint
from index.seal import REBUILD
from index.seen import Seen
from index.segment import Segment, SegmentDraft, open_segment
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
from index.tokens import Quantized

_CHUNK = 512


def forget(store: Path, doc_id: str) -> Root:
    """Purge a document from every kept version, and leave it out of later builds.

    Versions that are too damaged to be purged are given up. Returns the new root. Raises
    NoStore, UnknownDocument, StoreDamaged (the current version itself), StoreError where no
    version holds the document but a file that may hold it cannot be removed.
    """
    with changing(store) as root:
        left = clear(store, root)
        manifests, given_up = _manifests(store, root)
        purged = _purged_segments(store, root, manifests, doc_id)
        sources = {listed.source for _, listed, _ in purged.values() if listed}
        # Before the versions, so that a crash cannot leave it where nothing names it any more.
        if not sources or inbox.POSTED in sources:
            found = inbox.purge(store, doc_id.removeprefix(f"{inbox.POSTED}/"))
        if not sources and not found:
            raise _still_there(doc_id, left) if left else UnknownDocument.named(doc_id)
        names, forgotten = {}, tuple(sorted({*root.forgotten, name_of(doc_id)}))
        for manifest in manifests:
            without = replace(_without(manifest, purged), forgotten=forgotten)
            write_manifest(store, without)
            names[manifest.version] = without.version
        seen = Seen(store / SEEN, fingerprint())
        seen.forget(doc_id)
        seen.save()
        root = Root(
            names[root.current],
            tuple(names[name] for name in root.kept if name not in given_up),
            forgotten,
        )
        if left := swap_root(store, root):
            raise _still_there(doc_id, left)
        return root


def remember(store: Path, doc_id: str) -> None:
    """Let a forgotten document come back with the next build; raises UnknownDocument, NoStore."""
    with changing(store) as root:
        if name_of(doc_id) not in root.forgotten:
            raise UnknownDocument(f"No document {doc_id!r} was forgotten.", "Check its id.")
        left = tuple(name for name in root.forgotten if name != name_of(doc_id))
        swap_root(store, replace(root, forgotten=left))


def _still_there(doc_id: str, left: list[Path]) -> StoreError:
    names = ", ".join(repr(str(path)) for path in left)
    return StoreError(
        f"No version holds {doc_id!r} any more, but its words may lie in {names}, which cannot be removed.",
        "Remove that yourself, or end who reads it and mend its rights, then forget again.",
    )


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


Purged = dict[str, tuple[Segment, Listed | None, SegmentRef | None]]


def _purged_segments(store: Path, root: Root, manifests: list[Manifest], doc_id: str) -> Purged:
    """Every segment by name: open, where the document stands in it, and what replaces it."""
    number, purged = next_ordinal(store, root), Purged()
    try:
        for manifest in manifests:
            for ref in manifest.segments:
                if ref.name in purged:
                    continue
                segment = open_segment(segment_folder(store, ref.name), ref, thorough=False)
                listed = next((found for found in segment.listing if found.doc_id == doc_id), None)
                written = _rewrite(store, segment, listed, f"{number:06d}.{len(purged)}") if listed else None
                purged[ref.name] = (segment, listed, written)
        disk.flush(store / SEGMENTS)
    except (OSError, StoreError):
        with suppress(OSError):
            clear(store, root)
        raise
    return purged


def _rewrite(store: Path, segment: Segment, without: Listed, name: str) -> SegmentRef | None:
    """A copy of a segment without one document; None where nothing would be left."""
    left = [listed for listed in segment.listing if listed is not without]
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
        segment, listed, written = purged[ref.name]
        dead = set(ref.dead)
        live += [found for found in segment.listing if found.number not in dead and found is not listed]
        if listed is None:
            refs.append(ref)
        elif written is not None:
            moved = tuple(n - (n > listed.number) for n in ref.dead if n != listed.number)
            if len(moved) < written.documents:
                refs.append(replace(written, dead=moved))
    described = [(found.doc_id, found.source, found.digest) for found in live]
    content = content_hash(manifest.model, manifest.fingerprint, manifest.sources, described)
    return replace(
        manifest,
        version=version_name(ordinal(manifest.version), content),
        content=content,
        documents=len(live),
        passages=sum(found.last - found.first for found in live),
        undated=sum(not found.dated for found in live),
        segments=tuple(refs),
    )
