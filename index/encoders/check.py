"""Whether an export says what sentence-transformers says, on texts of the corpus itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.encode import Encoded, Encoder, Vectors

LEAST_COSINE, LEAST_SAME, DEPTH = 0.99, 0.99, 10
# A question of the check is the beginning of a passage: an index has no questions.
_QUESTION_WORDS = 9
# Nearer than this are equal: two orders of one sum differ by as much.
_EQUAL = 1e-5


@dataclass(frozen=True, slots=True)
class Parity:
    """What was measured: the worst cosine of a text or token, and in how many questions the best agree."""

    texts: int
    cosine: float
    same: float

    @property
    def good(self) -> bool:
        """Whether it may take the other's place; what was compared on nothing may not."""
        return self.texts > 0 and self.cosine >= LEAST_COSINE and self.same >= LEAST_SAME

    def __str__(self) -> str:
        return f"worst cosine {self.cosine:.4f}, the same {DEPTH} best for {self.same:.0%} of questions"


def questions_of(passages: Sequence[str]) -> list[str]:
    """As many texts of a question's length, made of the beginnings of `passages`."""
    return [" ".join(text.split()[:_QUESTION_WORDS]) + " ?" for text in passages]


def compare(known: Encoder, other: Encoder, passages: Sequence[str]) -> Parity:
    """How near `other` comes to `known` on `passages` and on questions made of them."""
    questions = questions_of(passages)
    a = known.encode_questions(questions), known.encode_passages(passages)
    b = other.encode_questions(questions), other.encode_passages(passages)
    token_cosine = min(_tokens(x, y) for x, y in zip(a, b, strict=True))
    measured = parity((a[0][0], a[1][0]), (b[0][0], b[1][0]))
    return Parity(measured.texts, min(measured.cosine, token_cosine), measured.same)


def parity(known: tuple[Vectors, Vectors], other: tuple[Vectors, Vectors]) -> Parity:
    """Two encoders' vectors of the same questions and passages, each of shape (n, dimension)."""
    cosines = [float((a * b).sum(axis=1).min(initial=1.0)) for a, b in zip(known, other, strict=True)]
    wanted, found = known[0] @ known[1].T, other[0] @ other[1].T
    depth = min(DEPTH, wanted.shape[1])
    same = [_same(a, b, depth) for a, b in zip(wanted, found, strict=True)]
    return Parity(sum(map(len, known)), min(cosines), float(np.mean(same)) if same else 1.0)


def _same(wanted: Vectors, found: Vectors, depth: int) -> bool:
    """Whether the `depth` passages that are best by `found` are best by `wanted` as well."""
    least = np.sort(wanted)[-depth] - _EQUAL
    return bool((wanted[np.argsort(-found, kind="stable")[:depth]] >= least).all())


def _tokens(known: Encoded, other: Encoded) -> float:
    """The worst cosine of two token vectors of the same place; -1 where there are not as many."""
    least = 1.0
    for a, b in zip(known[1] or [], other[1] or [], strict=True):
        if a.shape != b.shape:
            return -1.0
        least = min(least, float((a * b).sum(axis=1).min(initial=1.0)))
    return least
