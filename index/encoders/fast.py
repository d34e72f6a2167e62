"""An export of a model, run by onnxruntime and tokenizers alone.

All arithmetic is in 32-bit floats, and each text is pooled by itself, so a vector is the
same in any batch. A session runs on one thread: questions that come together run beside
one another, as do batches of passages, which costs less than many threads on one text, and
nothing while other programs need the cores.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encode import Encoded, Progress, Spans, Vectors, batches, encodable, unit
from index.encoders.folder import DENSE, MODEL, TOKENIZER, Export, ExportDamaged
from index.encoders.session import session
from index.types import ModelStamp

# Larger batches leave the processor's caches: fewer passages a second, not more.
MOST, BUDGET = 32, 256

Tokens = NDArray[np.int64]


class FastEncoder:
    """An `Encoder` over an export. Safe to share between threads.

    Raises ExportDamaged when a file of the export is not as it was written.
    """

    def __init__(self, export: Export, stamp: ModelStamp) -> None:
        from tokenizers import Tokenizer

        self._recipe = export.recipe
        self._stamp = stamp
        self._tokenizer = Tokenizer.from_str(export.content(TOKENIZER).decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._recipe.max_tokens)
        self._session = _session(export)
        self._dense = _dense(export)

    @property
    def stamp(self) -> ModelStamp:
        return self._stamp

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode in batches sorted by length, one a processor at a time.

        `progress` is told how many more texts are done after each batch.
        """
        ids = self._tokens(self._stamp.passage_prompt, texts)
        vectors, tokens = self._empty(len(texts))
        with ThreadPoolExecutor(os.cpu_count() or 1, "encode") as pool:
            waiting = {
                pool.submit(self._run, [ids[i] for i in batch]): batch
                for batch in batches([len(row) for row in ids], MOST, BUDGET)
            }
            for done in as_completed(waiting):
                batch = waiting[done]
                for i, (vector, rows) in zip(batch, done.result(), strict=True):
                    vectors[i], tokens[i] = vector, rows
                if progress:
                    progress(len(batch))
        return vectors, tokens

    def encode_questions(self, texts: Sequence[str]) -> Encoded:
        """Encode with the prompt that the model wants before a question."""
        vectors, tokens = self._empty(len(texts))
        for i, ids in enumerate(self._tokens(self._stamp.query_prompt, texts)):
            [(vectors[i], tokens[i])] = self._run([ids])
        return vectors, tokens

    def token_spans(self, text: str) -> Spans:
        """Where the tokens stand in `text`, without the prompt."""
        prompt = self._stamp.query_prompt
        found = self._tokenizer.encode(encodable(prompt + text)).offsets[1:-1]
        return np.array(found, dtype=np.int64).reshape(-1, 2) - len(prompt)

    def _empty(self, count: int) -> tuple[Vectors, list[Vectors]]:
        vectors = np.empty((count, self._stamp.dimension), dtype=np.float32)
        return vectors, [vectors[:0]] * count

    def _tokens(self, prompt: str, texts: Sequence[str]) -> list[Tokens]:
        given = [encodable(prompt + text) for text in texts]
        return [np.asarray(found.ids, dtype=np.int64) for found in self._tokenizer.encode_batch(given)]

    def _run(self, rows: Sequence[Tokens]) -> list[tuple[Vectors, Vectors]]:
        """The vector and the token vectors of each text, given as token numbers."""
        width = max(len(row) for row in rows)
        ids = np.full((len(rows), width), self._recipe.pad, dtype=np.int64)
        mask = np.zeros((len(rows), width), dtype=np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row)], mask[i, : len(row)] = row, 1
        [hidden] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        # The first and the last token are the model's own marks, not the text's.
        return [
            (self._pooled(hidden[i, : len(row)]), unit(hidden[i, 1 : len(row) - 1]))
            for i, row in enumerate(rows)
        ]

    def _pooled(self, hidden: Vectors) -> Vectors:
        pooling = self._recipe.pooling
        vector = hidden.mean(axis=0) if pooling == "mean" else hidden[0 if pooling == "cls" else -1]
        for weight, bias, activation in self._dense:
            vector = vector @ weight.T + bias
            if activation == "tanh":
                vector = np.tanh(vector)
        return unit(vector)


def _session(export: Export) -> Any:
    content = export.content(MODEL)
    try:
        return session(content)
    except Exception as error:
        raise ExportDamaged(f"onnxruntime does not take the encoder of the store: {error}") from error


def _dense(export: Export) -> list[tuple[Vectors, Vectors, str]]:
    if not export.recipe.dense:
        return []
    from safetensors.numpy import load

    found = load(export.content(DENSE))
    return [(found[f"{n}.weight"], found[f"{n}.bias"], name) for n, name in enumerate(export.recipe.dense)]
