"""What was found for a question, as numbers: the record between retrieval and ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.types import Passage
from qa.understanding.concepts import NamedConcept

Floats = NDArray[np.float32]
Spans = NDArray[np.int64]

# What a step away from the passage leaves of what is met there.
STEP = 0.9


@dataclass(frozen=True)
class Found:
    """n candidates in order of their numbers, and their raw nearness to the question.

    `cosines`, `cosines_before` (of the passage before; 0 where there is none) and
    `cosines_around` (the mean of what stands around it in its article) have the shape (n,).
    `reached` and `around`, shape (c, n), say how much of each of the question's c concepts
    the passage itself, and it with its context, reaches: columns of BM25 shares.
    `akin` and `akin_around` are the same where other words for a concept count too.
    `asked` (t, d) holds the vectors of the question's tokens; t is 0 where there are none.
    `met`, `met_before` and `met_first`, shape (n, t), are the cosines by which each of them is
    met in the passage itself, in the one before it (0 where there is none), and in the first
    of its article; `token_rows` gives the token vectors of a candidate by its position, and
    `in_article` (c,) which concepts its article tells, in any words for them. `words` are the positions
    among the t of each word that carries the question. `held` (c,) tells which concepts the corpus holds.
    """

    numbers: tuple[int, ...]
    passages: tuple[Passage, ...]
    languages: tuple[str | None, ...]
    cosines: Floats
    cosines_before: Floats
    cosines_around: Floats
    reached: Floats
    around: Floats
    akin: Floats
    akin_around: Floats
    asked: Floats
    met: Floats
    met_before: Floats
    met_first: Floats
    token_rows: Callable[[int], Floats]
    in_article: Callable[[int], NDArray[np.bool_]]
    words: tuple[tuple[int, ...], ...]
    concepts: tuple[NamedConcept, ...]
    held: NDArray[np.bool_]

    def only(self, positions: Sequence[int]) -> Found:
        """The candidates at `positions` alone."""
        kept = list(positions)
        return replace(
            self,
            numbers=tuple(self.numbers[n] for n in kept),
            passages=tuple(self.passages[n] for n in kept),
            languages=tuple(self.languages[n] for n in kept),
            cosines=self.cosines[kept],
            cosines_before=self.cosines_before[kept],
            cosines_around=self.cosines_around[kept],
            reached=self.reached[:, kept],
            around=self.around[:, kept],
            akin=self.akin[:, kept],
            akin_around=self.akin_around[:, kept],
            met=self.met[kept],
            met_before=self.met_before[kept],
            met_first=self.met_first[kept],
            token_rows=lambda position: self.token_rows(kept[position]),
            in_article=lambda position: self.in_article(kept[position]),
        )

    @cached_property
    def met_around(self) -> Floats:
        """How well each token of the question is met in the passage or its context, shape (n, t)."""
        beside = np.maximum(self.met_before, self.met_first)
        return np.maximum(self.met, STEP * beside)
