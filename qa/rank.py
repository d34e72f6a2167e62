"""From candidates to hits: named features, one set of weights a language, one calibrated score.

The score is a logistic of the features, so it means the chance that the passage
answers, is comparable between questions, and one threshold decides when to refuse.
The weights stand in weights.toml, with where they come from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from qa.features import features
from qa.found import Found
from qa.types import Hit, Question


def rank(question: Question, found: Found) -> list[Hit]:
    """Hits, best first; equal scores in order of passage id."""
    columns, weights = features(question, found), weights_of(question.language)
    odds = np.full(len(found.numbers), weights["bias"])
    for name, column in columns.items():
        odds += weights[name] * column
    chances = np.round(1 / (1 + np.exp(-odds)), 4).tolist()
    parts = [dict(zip(columns, row, strict=True)) for row in np.transpose([*columns.values()]).tolist()]
    hits = [Hit(*each) for each in zip(found.numbers, found.passages, chances, parts, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.passage_id))


def threshold(caution: str = "default") -> float:
    """The least chance that is answered: "careful", "default" or "eager"."""
    return float(_data()["threshold"][caution])


def weights_of(language: str) -> Mapping[str, float]:
    """What each feature adds to the log-odds of answering, and the `bias`."""
    return {**_data()["conversation"], **_data()["both"], **_data().get(language, {})}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
