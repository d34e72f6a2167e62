"""From candidates to hits: named features, one set of weights a language, one calibrated score.

The score is a logistic of the features, so it means the chance that the passage
answers, is comparable between questions, and one threshold decides when to refuse.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.types import Role, Stance
from qa.retrieve import Candidate
from qa.types import Hit, Question, Wants

# Chosen on the development questions by `selon evaluate`; words carry more in the
# articles' own language, vectors more across languages.
WEIGHTS = {
    "fr": {
        "bias": -4.2,
        "cosine": 4.0,
        "words": 5.0,
        "figure": 0.9,
        "voice": 0.4,
        "lead": -1.5,
        "neutral": -1.2,
    },
    "en": {
        "bias": -4.0,
        "cosine": 6.0,
        "words": 3.5,
        "figure": 0.9,
        "voice": 0.4,
        "lead": -1.5,
        "neutral": -1.2,
    },
}
THRESHOLD = 0.2


def rank(question: Question, candidates: Sequence[Candidate]) -> list[Hit]:
    """Hits, best first; equal scores in order of passage id."""
    hits = [_hit(question, candidate) for candidate in candidates]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.passage_id))


def _hit(question: Question, candidate: Candidate) -> Hit:
    parts = features(question, candidate)
    weights = WEIGHTS[question.language]
    total = weights["bias"] + sum(weights[name] * value for name, value in parts.items())
    return Hit(candidate.number, candidate.passage, round(1 / (1 + math.exp(-total)), 4), parts)


def features(question: Question, candidate: Candidate) -> dict[str, float]:
    """What the score is made of, each 0 to 1 (cosine -1 to 1)."""
    passage = candidate.passage
    return {
        "cosine": round(candidate.cosine, 4),
        "words": round(candidate.words, 4),
        "figure": float(question.wants is Wants.NUMBER and bool(passage.figures)),
        "voice": float(question.wants is Wants.PERSON and bool(passage.voices)),
        "lead": float(passage.role is not Role.SENTENCE),
        "neutral": float(passage.stance is Stance.NEUTRAL),
    }
