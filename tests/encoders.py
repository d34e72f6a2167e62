"""A small deterministic encoder for fast tests: hashed character trigrams, so alike texts lie near."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from index.encode import Vectors
from index.lexical import words
from index.types import ModelStamp

DIMENSION = 64


class TrigramEncoder:
    """An `Encoder` of 64 dimensions without weights. `encoded` counts the passages it was given."""

    def __init__(self, name: str = "trigrams") -> None:
        self.stamp = ModelStamp(name, "1", DIMENSION)
        self.encoded = 0

    def passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        self.encoded += len(texts)
        if progress:
            progress(len(texts))
        return np.stack([_vector(text) for text in texts]) if texts else np.empty((0, DIMENSION), np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([_vector(text) for text in texts])


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for word in words(text) or [text]:
        padded = f" {word} "
        for start in range(max(1, len(padded) - 2)):
            digest = hashlib.blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
            vector[digest[0] % DIMENSION] += 1.0 if digest[1] % 2 else -1.0
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else np.full(DIMENSION, DIMENSION**-0.5, dtype=np.float32)
