"""Text to unit vectors, behind one small protocol.

The default model comes with Selon, so it needs no network after the install. Any
sentence-transformers folder or hub name takes its place, with the prompts it needs. A
store carries an export of its model (see `index.encoders`), by which questions are
encoded without torch.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.models import DEFAULT_MODEL
from index.types import ModelStamp

_log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Spans = NDArray[np.int64]
Progress = Callable[[int], None]
Encoded = tuple[Vectors, list[Vectors] | None]


class Encoder(Protocol):
    """Anything that turns texts into vectors.

    Both methods return the texts' vectors, float32 of unit length, shape (n, dimension),
    and for each text the unit vectors of its tokens, shape (tokens, dimension), for late
    interaction (None where the model has none). A row never depends on its neighbours,
    beyond the last bits of a float.
    """

    @property
    def stamp(self) -> ModelStamp: ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded: ...

    def encode_questions(self, texts: Sequence[str]) -> Encoded: ...

    def token_spans(self, text: str) -> Spans | None:
        """Where each token of the question `text` stands in it, int64 of shape (tokens, 2), end exclusive.

        Row for row the tokens of `encode_questions`; None where the model does not tell.
        """
        ...


def unit(rows: Vectors) -> Vectors:
    """Rows scaled to length one; a row of zeros stays as it is."""
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.ascontiguousarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


def encodable(text: str) -> str:
    """`text` with a mark in place of halves of characters, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def batches(lengths: Sequence[int], most: int, budget: int) -> Iterator[list[int]]:
    """Positions of texts, shortest first, in batches that waste little on padding.

    A batch holds at most `most` texts, and at most `budget` times its longest length.
    """
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batch and (len(batch) == most or lengths[i] * (len(batch) + 1) > budget):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def load_encoder(
    model: str = DEFAULT_MODEL,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
    store: Path | None = None,
) -> Encoder:
    """Load `model`: the default's name, a sentence-transformers folder, or a hub name.

    Where `store` carries a whole export of that model it is used, and neither torch nor a
    network is needed; one that is damaged is named in a warning and left alone. Prompts
    left None are the model's own, else those its family is known to need. Raises
    ModelError when the model is missing, damaged, or cannot be reached.
    """
    from index.encoders import sentence
    from index.encoders.folder import ExportDamaged, find_export

    if store is not None:
        try:
            found = find_export(store, model, *sentence.known_as(model))
            if found is not None and found.ready:
                from index.encoders.fast import FastEncoder

                own = found.stamp
                query = own.query_prompt if query_prompt is None else query_prompt
                passage = own.passage_prompt if passage_prompt is None else passage_prompt
                return FastEncoder(found, replace(own, query_prompt=query, passage_prompt=passage))
        except ExportDamaged as damage:
            _log.warning("selon: %s", damage)
    return sentence.load(model, query_prompt, passage_prompt)
