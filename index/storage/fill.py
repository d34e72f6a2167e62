"""Vectors for the segments that are being made: those that the store has, and the rest encoded.

A text is encoded once by a model, wherever it stands and in whatever kept version.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoder
from index.prepare import encoder_input
from index.storage.manifest import SegmentRef
from index.storage.records import passage_from_json
from index.storage.segment import Segment, SegmentDraft
from index.storage.tokens import Quantized, quantize

_CHUNK = 512

Filled = tuple[NDArray[np.float32], Quantized | None]


class Reporter(Protocol):
    """Told how a build goes: documents read so far, `total` passages to encode, then how many
    more are done, then that the version is being published. It may raise, up to then, to
    stop the build; nothing has changed in that case.
    """

    def read(self, documents: int) -> None: ...

    def start(self, total: int) -> None: ...

    def advance(self, done: int) -> None: ...

    def publish(self) -> None: ...


def fill(
    drafts: Sequence[SegmentDraft],
    reusable: Mapping[str, Segment],
    encoder: Encoder,
    reporter: Reporter | None,
) -> tuple[list[SegmentRef], int]:
    """Finish `drafts`; returns them, and how many texts were encoded.

    `reusable` are open segments whose vectors the same model made, by name.
    """
    places = _places(drafts, reusable)
    missing = Counter(key for draft in drafts for key in draft.keys if key not in places)
    advance: Callable[[int], None] | None = None
    if reporter:
        reporter.start(len(missing))
        advance = reporter.advance
    dimension = encoder.stamp.dimension
    repeated: dict[bytes, Filled] = {}

    def chunks(draft: SegmentDraft) -> Iterator[tuple[NDArray[np.float32], list[Quantized | None]]]:
        records = draft.records()
        for first in range(0, len(draft.keys), _CHUNK):
            keys = draft.keys[first : first + _CHUNK]
            new: dict[bytes, int] = {}
            for row, key in enumerate(keys, first):
                if key not in places and key not in repeated:
                    new.setdefault(key, row)
            stored = (passage_from_json(json.loads(records.passage(row))) for row in new.values())
            made = dict(zip(new, _encode(encoder, [*map(encoder_input, stored)], advance), strict=True))
            repeated.update({key: found for key, found in made.items() if missing[key] > 1})
            filled = [
                _stored(places[key]) if key in places else made.get(key) or repeated[key] for key in keys
            ]
            yield np.stack([vector for vector, _ in filled]), [tokens for _, tokens in filled]

    return [draft.finish(chunks(draft), dimension) for draft in drafts], len(missing)


def _places(
    drafts: Sequence[SegmentDraft], reusable: Mapping[str, Segment]
) -> dict[bytes, tuple[Segment, int]]:
    """Where vectors of the drafts' keys stand whole, by key."""
    hints: dict[bytes, tuple[str, int]] = {}
    for draft in drafts:
        for key, known in zip(draft.keys, draft.known, strict=True):
            if known is not None and known[0] in reusable:
                hints.setdefault(key, known)
    unknown = list(dict.fromkeys(key for draft in drafts for key in draft.keys if key not in hints))
    found: dict[str, dict[bytes, int]] = {name: {} for name in reusable}
    for key, (name, row) in hints.items():
        found[name][key] = row
    for name, segment in reusable.items():
        new = segment.corpus.find(unknown)
        found[name] |= new
        unknown = [key for key in unknown if key not in new]
    places: dict[bytes, tuple[Segment, int]] = {}
    for name, rows in found.items():
        pairs = list(rows.items())
        for first in range(0, len(pairs), _CHUNK):
            some = pairs[first : first + _CHUNK]
            whole = reusable[name].whole([row for _, row in some])
            places |= {
                key: (reusable[name], row) for (key, row), good in zip(some, whole, strict=True) if good
            }
    return places


def _stored(place: tuple[Segment, int]) -> Filled:
    segment, row = place
    return segment.vectors.rows([row])[0], segment.tokens.stored(row) if segment.tokens else None


def _encode(encoder: Encoder, texts: Sequence[str], advance: Callable[[int], None] | None) -> list[Filled]:
    if not texts:
        return []
    vectors, tokens = encoder.encode_passages(texts, advance)
    matrices = (
        [quantize(matrix) if len(matrix) else None for matrix in tokens] if tokens else [None] * len(texts)
    )
    return list(zip(vectors, matrices, strict=True))
