"""A small deterministic encoder for fast tests: hashed character trigrams, so alike texts lie near."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from index.encode import Encoded, Vectors
from index.lexical import words
from index.types import ModelStamp

DIMENSION = 64


class TrigramEncoder:
    """An `Encoder` of 64 dimensions without weights. `encoded` counts the passages it was given."""

    def __init__(self, name: str = "trigrams") -> None:
        self.stamp = ModelStamp(name, "1", DIMENSION)
        self.encoded = 0

    def encode_passages(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Encoded:
        self.encoded += len(texts)
        if progress:
            progress(len(texts))
        return self.encode_questions(texts)

    def encode_questions(self, texts: Sequence[str]) -> Encoded:
        vectors = [_vector(text) for text in texts]
        tokens = [np.stack([_vector(word) for word in words(text) or [text]]) for text in texts]
        return np.stack(vectors) if vectors else np.empty((0, DIMENSION), np.float32), tokens

    def token_spans(self, text: str) -> None:
        return None


def _vector(text: str) -> Vectors:
    vector = np.zeros(DIMENSION, dtype=np.float32)
    for word in words(text) or [text]:
        padded = f" {word} "
        for start in range(max(1, len(padded) - 2)):
            digest = hashlib.blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
            vector[digest[0] % DIMENSION] += 1.0 if digest[1] % 2 else -1.0
    norm = float(np.linalg.norm(vector))
    return vector / norm if norm else np.full(DIMENSION, DIMENSION**-0.5, dtype=np.float32)
