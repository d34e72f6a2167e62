"""One version, open for reading: its records, vectors, token vectors and words, in agreement.

The composer of the store's parts. Passage numbers are positions in the open version:
documents in order of their ids, passages in text order.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.copies import WIDTH, Copies
from index.encoders.folder import named
from index.engine import Engine
from index.errors import StoreDamaged, StoreError, StoreMismatch
from index.storage.corpus import Corpus
from index.storage.manifest import Manifest, ordinal
from index.storage.numbering import Numbering
from index.storage.postings import LexicalIndex
from index.storage.seal import REBUILD
from index.storage.segment import Segment, open_segment
from index.storage.tokens import Tokens
from index.store import Root, found_root, load_manifest, no_store, read_manifest, segment_folder
from index.types import ModelStamp
from index.vectors import Vectors

# A version of at most this many bytes is read in full when it is opened; of a larger one
# the headers are checked, and `selon verify` reads the rest.
THOROUGH = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open version. Safe to share between threads; it stays what it is while others build.

    `notice` says so where this is not the current version but the last good one.
    """

    manifest: Manifest
    corpus: Corpus
    vectors: Vectors
    tokens: Tokens
    lexical: LexicalIndex
    near_copies: Copies
    notice: str | None = None

    def copies(self, number: int) -> tuple[int, ...]:
        """The numbers of the passages that say the same as passage `number`, but for a few words."""
        return self.near_copies.of(number)


if TYPE_CHECKING:

    def _fills_the_seam(snapshot: Snapshot) -> Engine:
        return snapshot


def open_snapshot(store: Path, model: ModelStamp | None = None, version: str | None = None) -> Snapshot:
    """Open a kept version (default: the current one) after checking manifest, files and counts.

    `model` is the one that will ask: a store made by another is refused (StoreMismatch),
    because its vectors could not be compared. Where the current version is damaged, the
    newest good one opens and its `notice` says so. Raises NoStore, UnknownVersion,
    StoreMismatch, StoreDamaged.
    """
    while True:
        root, damage = found_root(store)
        if root is None:
            raise no_store(store)
        try:
            if version is not None:
                return open_version(store, read_manifest(store, version), model)
            return _open_newest(store, root, model, damage)
        except StoreDamaged:
            # A writer may have removed the version between the two steps: then look again.
            if found_root(store)[0] == root:
                raise


def expect_model(store: Path, model: str) -> None:
    """Raises NoStore, or StoreMismatch where the current version is of a model of another name than `model`.

    Told from names alone: a model that is not at hand would first be looked for on a network.
    """
    with suppress(StoreDamaged):  # What opens in its place is seen when it is opened.
        made_by = read_manifest(store).model.name
        if made_by != named(model):
            raise _another_model(store, made_by, named(model))


def open_segments(store: Path, manifest: Manifest) -> list[Segment]:
    """The segments of a version; raises StoreDamaged."""
    thorough = manifest.bytes <= THOROUGH
    return [open_segment(segment_folder(store, ref.name), ref, thorough) for ref in manifest.segments]


def _open_newest(store: Path, root: Root, model: ModelStamp | None, damage: StoreDamaged | None) -> Snapshot:
    """The current version, else the newest before it that is whole."""
    older = [name for name in root.kept if ordinal(name) < ordinal(root.current)]
    for name in [root.current, *reversed(older)]:
        try:
            snapshot = open_version(store, load_manifest(store, name), model)
        except StoreDamaged as error:
            damage = damage or error
            continue
        if damage is None:
            return snapshot
        return replace(snapshot, notice=_notice(snapshot.manifest, damage))
    assert damage is not None
    raise damage


def _notice(manifest: Manifest, damage: StoreError) -> str:
    return (
        f"{damage.message} The last good version is in use: {manifest.version}, built {manifest.built}. "
        f"{damage.hint}"
    )


def _another_model(store: Path, made_by: str, asked_by: str) -> StoreMismatch:
    return StoreMismatch(
        f"The store {str(store)!r} was made by the model {made_by}, not by {asked_by}.",
        "Build it again with this model, or give --model the one that made it.",
    )


def open_version(store: Path, manifest: Manifest, model: ModelStamp | None = None) -> Snapshot:
    """Open the version of a manifest. Raises StoreMismatch and StoreDamaged."""
    if model is not None and model != manifest.model:
        raise _another_model(store, str(manifest.model), str(model))
    segments = open_segments(store, manifest)
    dimension = manifest.model.dimension
    for segment in segments:
        if segment.vectors.dimension != dimension:
            raise StoreDamaged(
                f"Version {manifest.version} promises vectors of {dimension} dimensions; the segment "
                f"{segment.folder.name!r} holds {segment.vectors.dimension}.",
                REBUILD,
            )
    numbering = Numbering(
        [segment.listing for segment in segments], [frozenset(ref.dead) for ref in manifest.segments]
    )
    if (len(numbering.ids), len(numbering)) != (manifest.documents, manifest.passages):
        raise StoreDamaged(
            f"Version {manifest.version} promises {manifest.passages} passages of {manifest.documents} "
            f"documents and holds {len(numbering)} of {len(numbering.ids)}.",
            REBUILD,
        )
    corpus = Corpus([segment.corpus for segment in segments], numbering)
    signatures = np.empty((len(numbering), WIDTH), dtype=np.uint64)
    for segment, numbers in zip(segments, numbering.numbers, strict=True):
        live = np.flatnonzero(numbers >= 0)
        signatures[numbers[live]] = segment.signatures[live]
    return Snapshot(
        manifest=manifest,
        corpus=corpus,
        vectors=Vectors([segment.vectors for segment in segments], numbering, dimension),
        tokens=Tokens([segment.tokens for segment in segments], numbering),
        lexical=LexicalIndex([segment.words for segment in segments], numbering),
        near_copies=Copies(signatures, lambda number: corpus.passage(number).span.text),
    )
