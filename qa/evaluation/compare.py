"""Two ways of answering, question by question: what changed, and whether it may be chance."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from qa.evaluation.judge import MEASURES, Result

ROUNDS = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure's mean on both sides, and the mean difference with its 95 % interval (paired bootstrap).

    `chance` is that of so many questions gaining or losing if neither side were better (sign test).
    """

    measure: str
    questions: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    better: int
    worse: int
    chance: float


def compare(first: Sequence[Result], second: Sequence[Result]) -> list[Difference]:
    """The measures of two lists of results over the same questions, in the same order."""
    rows = []
    for name, measure in MEASURES.items():
        pairs = [
            (a, b)
            for one, other in zip(first, second, strict=True)
            if (a := measure(one)) is not None and (b := measure(other)) is not None
        ]
        if pairs:
            rows.append(_difference(name, pairs))
    return rows


def changed(first: Sequence[Result], second: Sequence[Result]) -> list[tuple[Result, Result]]:
    """The questions whose first quote is right on one side alone, or that one side alone refuses."""
    return [
        (one, other)
        for one, other in zip(first, second, strict=True)
        if (one.right, one.first is None) != (other.right, other.first is None)
    ]


def _difference(name: str, pairs: Sequence[tuple[float, float]]) -> Difference:
    gaps = [b - a for a, b in pairs]
    rng = random.Random(0)
    means = sorted(fmean(rng.choices(gaps, k=len(gaps))) for _ in range(ROUNDS))
    better, worse = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    return Difference(
        measure=name,
        questions=len(pairs),
        first=round(fmean(a for a, _ in pairs), 4),
        second=round(fmean(b for _, b in pairs), 4),
        difference=round(fmean(gaps), 4),
        low=round(means[int(0.025 * ROUNDS)], 4),
        high=round(means[int(0.975 * ROUNDS) - 1], 4),
        better=better,
        worse=worse,
        chance=round(sign_test(better, worse), 4),
    )


def sign_test(better: int, worse: int) -> float:
    """The chance of a split at least as uneven, were both sides equally good (exact, two-sided)."""
    total = better + worse
    tail = sum(math.comb(total, count) for count in range(min(better, worse) + 1)) / 2**total
    return float(min(1.0, 2 * tail))
