"""One version, open for reading: its records, its vectors and its words, in agreement.

The composer of the store's parts. Passage number i is row i of the vectors and
document i of the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus, write_corpus
from index.errors import StoreDamaged, StoreMismatch
from index.lexical import LexicalIndex
from index.store import REBUILD, Manifest, read_manifest, version_folder
from index.types import Entry, ModelStamp
from index.vectors import VectorIndex

CORPUS, VECTORS, WORDS = "corpus.sqlite", "vectors.faiss", "words"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An open version. Safe to share between threads; it stays what it is while others build."""

    manifest: Manifest
    corpus: Corpus
    vectors: VectorIndex
    lexical: LexicalIndex


def open_snapshot(store: Path, model: ModelStamp | None = None, version: str | None = None) -> Snapshot:
    """Open a kept version (default: the current one) after checking manifest, headers and counts.

    `model` is the one that will ask: a store made by another is refused
    (StoreMismatch), because its vectors could not be compared. Raises NoStore,
    UnknownVersion, StoreMismatch, StoreDamaged.
    """
    manifest = read_manifest(store, version)
    if model is not None and model != manifest.model:
        raise StoreMismatch(
            f"The store {str(store)!r} was made by the model {manifest.model}, not by {model}.",
            "Build it again with this model, or give --model the one that made it.",
        )
    folder = version_folder(store, manifest.version)
    vectors = VectorIndex.load(folder / VECTORS)
    if len(vectors) != manifest.passages or vectors.dimension != manifest.model.dimension:
        raise StoreDamaged(
            f"Version {manifest.version} promises {manifest.passages} vectors of {manifest.model.dimension} "
            f"dimensions and holds {len(vectors)} of {vectors.dimension}.",
            REBUILD,
        )
    return Snapshot(manifest, Corpus(folder / CORPUS), vectors, LexicalIndex.load(folder / WORDS))


def write_snapshot(
    folder: Path, entries: Sequence[Entry], rows: NDArray[np.float32], terms: Iterable[Sequence[str]]
) -> None:
    """Write the parts of a version into `folder`; `rows` and `terms` are in passage order."""
    passages = write_corpus(folder / CORPUS, entries)
    if passages != len(rows):
        raise StoreDamaged(f"{passages} passages were cut but {len(rows)} vectors made.", REBUILD)
    VectorIndex.from_rows(rows).save(folder / VECTORS)
    LexicalIndex.from_terms(terms).save(folder / WORDS)
