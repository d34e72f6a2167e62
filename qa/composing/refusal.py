"""Why a question was refused. It speaks of the search, never of the news: no refusal denies anything.

Looked at are the passages near in matter. If they do not know an actor that the question
names, they speak of another; if they count nothing of what it counts, no figure is given.
"""

from __future__ import annotations

import numpy as np

from qa.ranking.found import Found
from qa.ranking.named import names_met
from qa.types import Question, Reason, Wants
from qa.understanding.counted import suits

# Cosines of the shipped model on development questions. Near in matter: most other matter stays below
# .30, and an unknown name weighs a question down to .33.
_NEAR, _NEAREST = 0.3, 10
# A name that is less surely there is none that they know.
_MET = 0.75


def reason(question: Question, found: Found, *, passages: int, filtered: bool) -> Reason:
    """The reason of a refusal: of an index of so many `passages`, restricted by filters or not."""
    if not passages:
        return Reason.EMPTY_INDEX
    if filtered and not found.numbers:
        return Reason.FILTERED_OUT
    near = [n for n in np.argsort(-found.cosines, kind="stable")[:_NEAREST] if found.cosines[n] >= _NEAR]
    if not near:
        return Reason.NOTHING_NEAR
    # A question of a name alone has no matter that could be right with another actor.
    if not all(concept.name for concept in found.concepts) and _unmet_name(question, found, near):
        return Reason.OTHER_ACTOR
    best = max(suits(question, found.passages[n], found.languages[n]) for n in near)
    if question.wants is Wants.NUMBER and best < 1:
        return Reason.NO_FIGURE
    return Reason.NOTHING_NEAR


def _unmet_name(question: Question, found: Found, near: list[int]) -> bool:
    """Whether none of the passages, nor what stands around them, knows a name of the question."""
    names = [concept for concept in found.concepts if concept.name]
    for name, met in zip(names, names_met(question, found), strict=True):
        # « A380 » is a thing.
        numbered = any(
            character.isdigit() for word in name.alternatives for stem in word for character in stem
        )
        if met[near].max() < _MET and not numbered:
            return True
    return False
