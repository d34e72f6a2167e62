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

from index.encode import Spans
from index.snapshot import Snapshot
from index.types import Passage
from qa.concepts import NamedConcept, concepts
from qa.question import content_spans
from qa.types import Question

DEPTH = 60
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """n candidates in order of their numbers, and their raw nearness to the question.

    `cosines` and `cosines_before` (of the passage before; 0 where there is none) have the
    shape (n,). `reached` and `around`, shape (c, n), say how much of each of the question's
    c concepts the passage itself, and it with its context, reaches: columns of BM25 shares.
    `met` and `met_around`, shape (n, t), are the cosines by which each token of the question
    is met in the passage itself, and in it with its context; t is 0 where there are no
    token vectors. `words` are the positions among the t of each word that carries the
    question. `held` (c,) tells which concepts the corpus holds.
    """

    numbers: tuple[int, ...]
    passages: tuple[Passage, ...]
    languages: tuple[str | None, ...]
    cosines: Floats
    cosines_before: Floats
    reached: Floats
    around: Floats
    met: Floats
    met_around: Floats
    words: tuple[tuple[int, ...], ...]
    concepts: tuple[NamedConcept, ...]
    held: NDArray[np.bool_]


def retrieve(
    snapshot: Snapshot,
    question: Question,
    vector: Floats,
    tokens: Floats | None,
    spans: Spans | None = None,
    keep: Callable[[Passage], bool] | None = None,
) -> Found:
    """The union of the `DEPTH` best by vector and by words, among those that `keep` admits.

    `vector` is the question's, shape (d,), `tokens` those of its tokens, shape (t, d), and
    `spans` where these stand in its text, shape (t, 2).
    """
    named = concepts(question.text, snapshot.lexical.holds, snapshot.lexical.vocabulary)
    parts = snapshot.lexical.parts([concept.alternatives for concept in named])
    numbers, passages = _nearest(snapshot, vector, parts, keep)
    # Beside a passage stand its neighbours and the first of its article, most often the title.
    before, after, first = _beside(snapshot, numbers, passages)
    cosines_before = np.where(before == numbers, 0, snapshot.vectors.cosines(vector, before))
    asked = tokens if tokens is not None and snapshot.tokens else np.empty((0, len(vector)), np.float32)
    read = np.unique([*numbers, *before, *first])
    met = snapshot.tokens.met(asked, read.tolist())
    own = met[np.searchsorted(read, numbers)]
    beside = [met[np.searchsorted(read, other)] for other in (before, first)]
    reached = parts[:, numbers]
    return Found(
        numbers=tuple(numbers),
        passages=passages,
        languages=tuple(snapshot.corpus.document(passage.doc_id).language for passage in passages),
        cosines=snapshot.vectors.cosines(vector, numbers),
        cosines_before=cosines_before.astype(np.float32),
        reached=reached,
        around=np.maximum.reduce([reached, *(parts[:, other] for other in (before, after, first))]),
        met=own,
        met_around=np.maximum.reduce([own, *beside]),
        words=_words(question, spans, len(asked)),
        concepts=named,
        held=parts.max(axis=1, initial=0.0) > 0,
    )


def _words(question: Question, spans: Spans | None, size: int) -> tuple[tuple[int, ...], ...]:
    """The tokens of each word that carries the question; each token by itself where spans are unknown."""
    if spans is None:
        return tuple((token,) for token in range(size))
    inside = [
        tuple(np.flatnonzero((spans[:size, 0] < end) & (spans[:size, 1] > start)).tolist())
        for start, end in content_spans(question)
    ]
    return tuple(filter(None, inside))


def _nearest(
    snapshot: Snapshot, vector: Floats, parts: Floats, keep: Callable[[Passage], bool] | None
) -> tuple[list[int], tuple[Passage, ...]]:
    total, shares, depth = len(snapshot.vectors), parts.sum(axis=0), DEPTH
    while True:
        worded = np.argsort(-shares, kind="stable")[:depth].tolist()
        numbers = sorted({*snapshot.vectors.search(vector, depth), *(n for n in worded if shares[n] > 0)})
        found = [(n, passage) for n in numbers if admitted(passage := snapshot.corpus.passage(n), keep)]
        # A filter may leave too few of the nearest: look deeper until enough, or all, are seen.
        if keep is None or len(found) >= DEPTH or depth >= total:
            return [n for n, _ in found], tuple(passage for _, passage in found)
        depth *= 4


def admitted(passage: Passage, keep: Callable[[Passage], bool] | None) -> bool:
    return keep is None or keep(passage)


def _beside(snapshot: Snapshot, numbers: list[int], passages: tuple[Passage, ...]) -> NDArray[np.int64]:
    """The numbers before, after and first in the article of each passage, shape (3, n).

    Its own number where it has no such neighbour.
    """
    beside = np.empty((3, len(numbers)), dtype=np.int64)
    for place, (number, passage) in enumerate(zip(numbers, passages, strict=True)):
        own = snapshot.corpus.numbers_of(passage.doc_id)
        beside[:, place] = max(number - 1, own[0]), min(number + 1, own[-1]), own[0]
    return beside
