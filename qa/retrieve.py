"""Candidates for a question: the passages nearest by vector and by words, and all that was measured.

Passages near a candidate and the title above it lend it context: what the question
names may stand there. Late interaction compares the question's tokens with each
candidate's, where the model gives token vectors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.engine import Engine
from index.types import Passage
from qa.question import content_spans
from qa.ranking.found import STEP, Floats, Found, Spans
from qa.types import Question
from qa.understanding.concepts import asked_positions, concepts

Numbers = NDArray[np.integer[Any]]

# How many of the nearest are read, by vector and by words each: a quarter of the passages
# within these bounds. Among a few hundred passages 30 answered 302 questions as well as 60;
# among 13,609 an answer stood among the first five .012 more often with 60.
LEAST, MOST = 30, 60

# How far context reaches, in passages on each side: by words, and by vector, which tell what it is about.
REACH, WIDE = 3, 20
# So many steps away a name counts that stands elsewhere in the article.
FAR = 8


def retrieve(
    snapshot: Engine,
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
    lexical = snapshot.lexical
    positions = asked_positions(question, lexical.holds)
    named = concepts(question, lexical.holds, lexical.vocabulary, positions)
    itself = [concept.alternatives for concept in named]
    parts = lexical.parts(itself)
    akin = lexical.parts(itself, [concept.akin for concept in named])
    taken = lexical.parts([[(term,)] for term in dict.fromkeys(positions.values())])
    # Another word leads to a candidate by half of what the question's own does.
    shares = (parts + akin).sum(axis=0) / 2 + taken.sum(axis=0)
    numbers, passages = _nearest(snapshot, vector, shares, keep)
    # Around a passage stand its neighbours and the first of its article, most often the title.
    first, last = snapshot.corpus.borders(numbers)
    own = np.array(numbers, dtype=np.int64)
    before = np.maximum(own - 1, first)
    read = np.unique([own, before, first])
    cosines, cosines_before, cosines_around = _near(snapshot, vector, own, first, last)
    names = np.array([concept.name for concept in named], dtype=bool)
    both = _around(np.concatenate([parts, akin]), np.tile(names, 2), own, first, last)
    asked = tokens if tokens is not None and snapshot.tokens else np.empty((0, len(vector)), np.float32)
    met = snapshot.tokens.met(asked, read.tolist())
    at, at_before, at_first = (np.searchsorted(read, numbers) for numbers in (own, before, first))
    return Found(
        numbers=tuple(numbers),
        passages=passages,
        languages=tuple(snapshot.corpus.document(passage.doc_id).language for passage in passages),
        cosines=cosines,
        cosines_before=cosines_before,
        cosines_around=cosines_around,
        reached=parts[:, own],
        around=both[: len(named)],
        akin=akin[:, own],
        akin_around=both[len(named) :],
        asked=asked,
        met=met[at],
        met_before=np.where((before == own)[:, None], np.float32(0), met[at_before]),
        met_first=met[at_first],
        token_rows=lambda position: snapshot.tokens.rows(numbers[position]),
        in_article=lambda position: akin[:, first[position] : last[position] + 1].max(axis=1) > 0,
        words=_words(question, spans, len(asked)),
        concepts=named,
        held=parts.max(axis=1, initial=0.0) > 0,
    )


def _near(
    snapshot: Engine, vector: Floats, own: Numbers, first: Numbers, last: Numbers
) -> tuple[Floats, Floats, Floats]:
    """The cosines of the passages `own`, of those before them (0: there is none), and the mean around them.

    The passage itself is among them with half of its cosine, about what is found around one that answers:
    a title alone tells little, and where nothing stands beside it that is all there is.
    """
    numbers = own[:, None] + np.arange(-WIDE, WIDE + 1)
    inside = (numbers >= first[:, None]) & (numbers <= last[:, None])
    read = np.unique(numbers[inside])
    each = np.zeros(numbers.shape, dtype=np.float32)
    each[inside] = snapshot.vectors.cosines(vector, read)[np.searchsorted(read, numbers[inside])]
    cosines = each[:, WIDE]
    return cosines, each[:, WIDE - 1], (each.sum(axis=1) - cosines / 2) / inside.sum(axis=1)


def _around(parts: Floats, names: NDArray[np.bool_], own: Numbers, first: Numbers, last: Numbers) -> Floats:
    """What of each concept stands in the passages `own` or around them.

    The first of the article, most often the title, is around all of it. So is for what is a name, by `names`
    (c,), the one behind, which tells who and where; and less so all else in it. `parts` (c, passages) tells
    of each passage what it holds; `first` and `last` are the borders of its article.
    """
    around: Floats = np.maximum(parts[:, own], STEP * parts[:, first])
    if names.any():
        lead = STEP * parts[names][:, np.minimum(first + 1, last)]
        whole = STEP**FAR * _in_whole(parts[names], first, last)
        around[names] = np.maximum(around[names], np.maximum(lead, whole))
    for step in range(1, REACH + 1):
        for beside in (np.maximum(own - step, first), np.minimum(own + step, last)):
            around = np.maximum(around, STEP**step * parts[:, beside])
    return around


def _in_whole(parts: Floats, first: Numbers, last: Numbers) -> Floats:
    """The most of each concept in the articles between `first` and `last`, shape (c, len(first))."""
    starts, index, back = np.unique(first, return_index=True, return_inverse=True)
    borders = np.stack([starts, last[index] + 1], axis=1).ravel()
    # The last border of all may stand behind the last passage.
    padded = np.pad(parts, ((0, 0), (0, 1)))
    whole: Floats = np.maximum.reduceat(padded, borders, axis=1)[:, ::2][:, back]
    return whole


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
    snapshot: Engine, vector: Floats, shares: Floats, keep: Callable[[Passage], bool] | None
) -> tuple[list[int], tuple[Passage, ...]]:
    total = len(snapshot.vectors)
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
