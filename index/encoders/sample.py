"""Passages of the corpus to try an encoder on: few, and from all over it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from index.prepare import encoder_input
from index.storage.records import passage_from_json

SAMPLE = 200


def sample(parts: Sequence[tuple[int, Callable[[int], str]]], most: int = SAMPLE) -> list[str]:
    """What an encoder is given of at most `most` passages, evenly spread over the corpus.

    Each of `parts` is how many passages it has, and the record of each by its row.
    """
    total = sum(size for size, _ in parts)
    wanted = iter(sorted({total * i // most for i in range(most)} if total else ()))
    texts, before, position = [], 0, next(wanted, None)
    for size, record in parts:
        while position is not None and position < before + size:
            texts.append(encoder_input(passage_from_json(json.loads(record(position - before)))))
            position = next(wanted, None)
        before += size
    return list(dict.fromkeys(texts))
