"""Candidates for a question: the passages nearest by vector and by words, and all that was measured.

Passages beside a candidate and the title above it lend it context: what the question
names may stand there. Late interaction compares the question's tokens with each
candidate's, where the model gives token vectors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.snapshot import Snapshot
from index.types import Passage
from qa.concepts import NamedConcept, concepts
from qa.types import Question

DEPTH = 60
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and its raw nearness to the question.

    `reached` and `around` say how much of each concept the passage itself, and it with
    its context, reach (shape (concepts,), columns of BM25 shares). `tokens` are the
    cosines by which each token of the question is met, ascending; empty without tokens.
    """

    number: int
    passage: Passage
    language: str | None
    cosine: float
    cosine_before: float
    reached: Floats
    around: Floats
    tokens: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates, the question's concepts, and which of them the whole corpus reaches."""

    candidates: tuple[Candidate, ...]
    concepts: tuple[NamedConcept, ...]
    held: NDArray[np.bool_]


def retrieve(
    snapshot: Snapshot,
    question: Question,
    vector: Floats,
    tokens: Floats | None,
    keep: Callable[[Passage], bool] | None = None,
) -> Found:
    """The union of the `DEPTH` best by vector and by words, among those that `keep` admits.

    `vector` is the question's, shape (d,), `tokens` those of its tokens, shape (t, d).
    """
    named = concepts(question.text, snapshot.lexical.holds, snapshot.lexical.vocabulary)
    parts = snapshot.lexical.parts([concept.alternatives for concept in named])
    numbers, passages = _nearest(snapshot, vector, parts, keep)
    context = [_context(snapshot, number, passages[number].doc_id) for number in numbers]
    before = [
        number - 1 if number - 1 in around else number
        for number, around in zip(numbers, context, strict=True)
    ]
    cosines = snapshot.vectors.cosines(vector, numbers)
    cosines_before = snapshot.vectors.cosines(vector, before)
    met = _late_interaction(snapshot, tokens, numbers)
    candidates = tuple(
        Candidate(
            number=number,
            passage=passages[number],
            language=snapshot.corpus.document(passages[number].doc_id).language,
            cosine=float(cosines[i]),
            cosine_before=float(cosines_before[i]) if before[i] != number else 0.0,
            reached=parts[:, number],
            around=parts[:, [number, *context[i]]].max(axis=1),
            tokens=met[i],
        )
        for i, number in enumerate(numbers)
    )
    return Found(candidates, named, parts.max(axis=1, initial=0.0) > 0)


def _nearest(
    snapshot: Snapshot, vector: Floats, parts: Floats, keep: Callable[[Passage], bool] | None
) -> tuple[list[int], dict[int, Passage]]:
    total, shares, depth = len(snapshot.vectors), parts.sum(axis=0), DEPTH
    while True:
        worded = np.argsort(-shares, kind="stable")[:depth]
        numbers = sorted(
            {*snapshot.vectors.search(vector, depth), *(int(n) for n in worded if shares[n] > 0)}
        )
        passages = {number: snapshot.corpus.passage(number) for number in numbers}
        kept = [number for number in numbers if keep is None or keep(passages[number])]
        # A filter may leave too few of the nearest: look deeper until enough, or all, are seen.
        if keep is None or len(kept) >= DEPTH or depth >= total:
            return kept, passages
        depth *= 4


def _context(snapshot: Snapshot, number: int, doc_id: str) -> list[int]:
    """The passages that lend a passage context: those beside it, and the first, most often the title."""
    own = snapshot.corpus.numbers_of(doc_id)
    return [n for n in (number - 1, number + 1, own[0]) if n in own and n != number]


def _late_interaction(snapshot: Snapshot, tokens: Floats | None, numbers: list[int]) -> list[Floats]:
    """For each passage, the best cosine of every token of the question, ascending."""
    nothing = np.empty(0, dtype=np.float32)
    if tokens is None or not len(tokens) or not snapshot.tokens:
        return [nothing] * len(numbers)
    found = snapshot.tokens.of_many(numbers)
    return [nothing if matrix is None else np.sort((matrix @ tokens.T).max(axis=0)) for matrix in found]
