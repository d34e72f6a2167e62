"""What was found for a question, as numbers: the record between retrieval and ranking."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Passage
from qa.concepts import NamedConcept

Floats = NDArray[np.float32]
Spans = NDArray[np.int64]


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
