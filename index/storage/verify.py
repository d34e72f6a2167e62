"""Verifying: every byte of a store is read, and every promise of its records checked.

A composer. It writes nothing, so it works on a store that may only be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoders.folder import damaged_exports
from index.errors import StoreDamaged, StoreError
from index.prepare import encoder_input, key_of
from index.storage.records import document_from_json, passage_from_json
from index.storage.segment import Segment, damaged_files
from index.storage.snapshot import open_version
from index.store import ROOT, found_root, load_manifest, no_store, read_manifest, segment_folder

_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Verified:
    """A version, the root of the store, or a model it carries, and all that is wrong with it."""

    name: str
    documents: int
    passages: int
    bytes: int
    problems: tuple[str, ...]


def verify(store: Path, version: str | None = None) -> list[Verified]:
    """Check the models carried, and all kept versions or one; newest last.

    Raises NoStore, UnknownVersion, StoreMismatch.
    """
    root, damage = found_root(store)
    if root is None:
        raise no_store(store)
    checked = [Verified(ROOT, 0, 0, 0, (damage.message,))] if damage else []
    if version is not None:
        read_manifest(store, version)
    segments: dict[str, tuple[str, ...]] = {}
    for name in root.kept if version is None else (version,):
        checked.append(_version(store, name, segments))
    exports = damaged_exports(store).items()
    return [*(Verified(name, 0, 0, 0, (damage,)) for name, damage in exports), *checked]


def _version(store: Path, name: str, known: dict[str, tuple[str, ...]]) -> Verified:
    try:
        manifest = load_manifest(store, name)
    except StoreDamaged as error:
        return Verified(name, 0, 0, 0, (error.message,))
    problems: list[str] = []
    for ref in manifest.segments:
        if ref.name not in known:
            folder = segment_folder(store, ref.name)
            files = tuple(damage.message for damage in damaged_files(folder, ref))
            known[ref.name] = files or tuple(_records(folder))
        problems += known[ref.name]
    if not problems:
        try:
            open_version(store, manifest)
        except StoreError as error:
            problems.append(error.message)
    return Verified(name, manifest.documents, manifest.passages, manifest.bytes, tuple(problems))


def _records(folder: Path) -> Iterator[str]:
    """Each promise that the records of a segment break, its files being whole."""
    try:
        segment = Segment(folder)
        for listed in segment.listing:
            row = segment.document_row(listed)
            text = document_from_json(json.loads(row.record)).text
            for stored in row.passages:
                passage = passage_from_json(json.loads(stored.record))
                span = passage.span
                if text[span.start : span.end] != span.text or passage.doc_id != listed.doc_id:
                    yield f"The passage {passage.passage_id} is not cut from {listed.doc_id!r}."
                if key_of(encoder_input(passage)) != stored.key:
                    yield f"The passage {passage.passage_id} has the vector of another text."
        yield from _vectors(segment)
    except StoreDamaged as error:
        yield error.message


def _vectors(segment: Segment) -> Iterator[str]:
    for first in range(0, len(segment.vectors), _CHUNK):
        rows = range(first, min(first + _CHUNK, len(segment.vectors)))
        lengths = np.linalg.norm(segment.vectors.rows(rows), axis=1)
        unit = np.isclose(lengths, 1.0, atol=1e-3) | (lengths == 0)
        if not segment.whole(rows).all() or not unit.all():
            yield f"The vectors of segment {segment.folder.name!r} are damaged in rows {first} to {rows[-1]}."
