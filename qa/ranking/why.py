"""What a quote's score is made of: each feature's value, weight and share, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qa.rank import weights_of
from qa.tables import read_table
from qa.types import Quote

BIAS = "bias"


@dataclass(frozen=True, slots=True)
class Part:
    """One feature of a quote. `share` = weight * value; the shares of a quote add up to its log-odds."""

    feature: str
    meaning: str
    value: float
    weight: float
    share: float


def why(quote: Quote, language: str) -> tuple[Part, ...]:
    """The parts of a quote's score, those that moved it most first; none that left it where it was.

    `language` is the question's. 1 / (1 + exp(-sum of shares)) is the score.
    """
    weights = weights_of(language)
    values: Mapping[str, float] = {BIAS: 1.0, **quote.why}
    parts = [
        Part(name, meanings()[name], round(value, 4), weights.get(name, 0.0), value * weights.get(name, 0.0))
        for name, value in values.items()
    ]
    return tuple(sorted((part for part in parts if part.share), key=lambda part: -abs(part.share)))


@cache
def meanings() -> Mapping[str, str]:
    """Each feature in words."""
    return read_table(__file__, "why.toml")
