"""Candidates for a question: the passages nearest by vector and by words, with what was measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.snapshot import Snapshot
from index.types import Passage
from qa.types import Question

DEPTH = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its raw nearness: cosine of the vectors, BM25 as a share of the reachable."""

    number: int
    passage: Passage
    cosine: float
    words: float


def retrieve(
    snapshot: Snapshot,
    question: Question,
    vector: NDArray[np.float32],
    keep: Callable[[Passage], bool] | None = None,
) -> list[Candidate]:
    """The union of the `DEPTH` best by vector and by words, among those that `keep` admits."""
    total = len(snapshot.vectors)
    lexical = snapshot.lexical.shares(question.terms)
    depth = DEPTH
    while True:
        near = snapshot.vectors.search(vector, depth)
        worded = [int(i) for i in np.argsort(-lexical, kind="stable")[:depth] if lexical[i] > 0]
        numbers = sorted({*near, *worded})
        passages = {number: snapshot.corpus.passage(number) for number in numbers}
        kept = [number for number in numbers if keep is None or keep(passages[number])]
        # A filter may leave too few of the nearest: look deeper until enough or all are seen.
        if len(kept) >= DEPTH or depth >= total:
            break
        depth = min(total, depth * 4) if keep else total
        if keep is None:
            break
    missing = [number for number in kept if number not in near]
    near |= dict(zip(missing, snapshot.vectors.cosines(vector, missing).tolist(), strict=True))
    return [Candidate(n, passages[n], near[n], float(lexical[n])) for n in kept]
