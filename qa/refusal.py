"""Why a question was refused. It speaks of the search, never of the news: no refusal denies anything.

Looked at are the passages near in matter. If they do not know an actor that the question
names, they speak of another; if they count nothing of what it counts, no figure is given.
"""

from __future__ import annotations

import re

import numpy as np

from index.lexical import fold, stems
from qa.counted import suits
from qa.found import Found
from qa.question import content_spans
from qa.types import Question, Reason, Wants

# Cosines of the shipped model on development questions. Near in matter: most other matter stays below
# .30, and an unknown name weighs a question down to .33. A name is met by tokens of the other
# language (Korean, « coréen ») at .75 or more, an absent one at .66 or less.
_NEAR, _NEAREST, _MET = 0.3, 10, 0.7


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
    foreign = any(found.languages[n] != question.language for n in near)
    for concept, reached in zip(found.concepts, found.around[:, near], strict=True):
        if not concept.name or reached.any():
            continue
        own = {stem for alternative in concept.alternatives for stem in alternative}
        tokens = _tokens(question, found, own)
        # Words alone cannot tell whether an article in another language has the name.
        met = found.met_around[near][:, tokens].mean(axis=1).max() >= _MET if tokens else foreign
        # « A380 » is a thing.
        if not met and not any(character.isdigit() for stem in own for character in stem):
            return True
    return False


def _tokens(question: Question, found: Found, own: set[str]) -> list[int]:
    """The tokens of the question's words that have one of the stems; none where they cannot be told."""
    spans = content_spans(question)
    if len(spans) != len(found.words) or not found.met_around.size:
        return []
    return [
        token
        for (start, end), word in zip(spans, found.words, strict=True)
        if own & {stem for part in re.findall(r"\w+", question.text[start:end]) for stem in stems(fold(part))}
        for token in word
    ]
