"""From candidates to hits: named features, weighed once for the chance and once for the order.

Whether a candidate answers and which one comes first are two questions, and the same
features weigh differently in them. The score is a logistic of the features, so it means
the chance that the passage answers, is comparable between questions, and one threshold
decides when to refuse. The weights of [order] tell how far each candidate is behind the
likeliest, which moves its place and not its score. What they put first is read again,
together with the question (`qa.ranking.reread`), which is a feature like the others. All weights
stand in weights.toml, with where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from index.types import ModelStamp, Role
from qa.ranking.features import Column, features
from qa.ranking.found import Found
from qa.ranking.reread import MOST, reread
from qa.tables import read_table
from qa.types import Hit, Parts, Question, Wants

READ = "read"


def rank(question: Question, found: Found, model: ModelStamp) -> list[Hit]:
    """Hits, best first; equal ones in order of passage id. `model` made the vectors of `found`."""
    hits = _hits(question, found, model)
    sentences = [n for n, passage in enumerate(found.passages) if passage.role is Role.SENTENCE]
    if question.wants is not Wants.ROLE or len(sentences) in (0, len(hits)):
        return in_order(hits)
    # « Ann Lee, préfète » in a line by itself tells what a sentence tells as well, and would outdo it.
    others = [hit for hit in hits if hit.passage.role is not Role.SENTENCE]
    return in_order([*_hits(question, found.only(sentences), model), *others])


def _hits(question: Question, found: Found, model: ModelStamp) -> list[Hit]:
    weights, order = weights_of(question.language), order_of(question.language)
    columns = features(question, found)
    columns[READ] = reread(found, first_of(columns, found, order), model)
    odds = (weights["bias"] + _weighed(columns, weights)).tolist()
    behind = _behind(columns, found, order).tolist()
    parts = [Parts(columns, row) for row in range(len(odds))]
    return [Hit(*each) for each in zip(found.numbers, found.passages, odds, behind, parts, strict=True)]


def first_of(columns: Mapping[str, Column], found: Found, order: Mapping[str, float]) -> list[int]:
    """The positions of the sentences worth reading again: what `order` puts first without it."""
    likely = _weighed({name: columns[name] for name in order if name != READ}, order)
    ahead = np.argsort(-likely, kind="stable").tolist()
    return [n for n in ahead if found.passages[n].role is Role.SENTENCE][:MOST]


def in_order(hits: Iterable[Hit]) -> list[Hit]:
    """The best standing first, then by passage id."""
    return sorted(hits, key=lambda hit: (-hit.standing, hit.passage.passage_id))


def threshold(caution: str = "default") -> float:
    """The least chance that is answered: "careful", "default" or "eager"."""
    return float(_data()["threshold"][caution])


def weights_of(language: str) -> Mapping[str, float]:
    """What each feature adds to the log-odds of answering, and the `bias`."""
    return {**_data()["beside"], **_data()["both"], **_data().get(language, {})}


def order_of(language: str) -> Mapping[str, float]:
    """What each feature adds to the log-odds of coming before another candidate."""
    order = _data()["order"]
    return {**order["both"], **order.get(language, {})}


def _behind(columns: Mapping[str, Column], found: Found, order: Mapping[str, float]) -> Column:
    """How far each candidate is behind the likeliest sentence, as log-odds, 0 or more."""
    likely = _weighed({name: columns[name] for name in order}, order)
    sentences = [n for n, passage in enumerate(found.passages) if passage.role is Role.SENTENCE]
    ahead = likely[sentences].max() if sentences else likely.max(initial=0.0)
    return np.asarray(np.maximum(0.0, ahead - likely))


def _weighed(columns: Mapping[str, Column], weights: Mapping[str, float]) -> Column:
    total = np.zeros(len(next(iter(columns.values()))))
    for name, column in columns.items():
        total += weights[name] * column
    return total


@cache
def _data() -> dict[str, Any]:
    return read_table(__file__, "weights.toml")
