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

# How many of the nearest are read, by vector and by words each: a quarter of the passages
# within these bounds. Among a few hundred passages 30 answered 302 questions as well as 60;
# among 13,609 an answer stood among the first five .012 more often with 60.
LEAST, MOST = 30, 60
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
    """The union of the best by vector and by words, among those that `keep` admits.

    `vector` is the question's, shape (d,), `tokens` those of its tokens, shape (t, d), and
    `spans` where these stand in its text, shape (t, 2).
    """
    named = concepts(question.text, snapshot.lexical.holds, snapshot.lexical.vocabulary)
    parts = snapshot.lexical.parts([concept.alternatives for concept in named])
    numbers, passages = _nearest(snapshot, vector, parts, keep)
    # Beside a passage stand its neighbours and the first of its article, most often the title.
    first, last = snapshot.corpus.borders(numbers)
    own = np.array(numbers, dtype=np.int64)
    before, after = np.maximum(own - 1, first), np.minimum(own + 1, last)
    read = np.unique([own, before, first])
    cosines = snapshot.vectors.cosines(vector, read)
    asked = tokens if tokens is not None and snapshot.tokens else np.empty((0, len(vector)), np.float32)
    met = snapshot.tokens.met(asked, read.tolist())
    at, at_before, at_first = (np.searchsorted(read, numbers) for numbers in (own, before, first))
    reached = parts[:, numbers]
    return Found(
        numbers=tuple(numbers),
        passages=passages,
        languages=tuple(snapshot.corpus.document(passage.doc_id).language for passage in passages),
        cosines=cosines[at],
        cosines_before=np.where(before == own, np.float32(0), cosines[at_before]),
        reached=reached,
        around=np.maximum.reduce([reached, *(parts[:, other] for other in (before, after, first))]),
        met=met[at],
        met_around=np.maximum.reduce([met[at], met[at_before], met[at_first]]),
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
    total, shares = len(snapshot.vectors), parts.sum(axis=0)
    depth = least = min(max(total // 4, LEAST), MOST)
    while True:
        worded = np.argsort(-shares, kind="stable")[:depth].tolist()
        numbers = sorted({*snapshot.vectors.search(vector, depth), *(n for n in worded if shares[n] > 0)})
        found = [(n, passage) for n in numbers if admitted(passage := snapshot.corpus.passage(n), keep)]
        # A filter may leave too few of the nearest: look deeper until enough, or all, are seen.
        if keep is None or len(found) >= least or depth >= total:
            return [n for n, _ in found], tuple(passage for _, passage in found)
        depth *= 4


def admitted(passage: Passage, keep: Callable[[Passage], bool] | None) -> bool:
    return keep is None or keep(passage)
