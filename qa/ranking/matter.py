"""How far passages tell the matter on which somebody is asked for their words.

Who speaks says many things: « que dit le maire du pont ? » is not answered by his words on the school.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import fold, question_terms, words
from qa.question import content_spans
from qa.ranking.found import Found
from qa.types import Question
from qa.understanding.concepts import NamedConcept
from qa.understanding.speech_acts import without_acts

# By the tokens of the shipped model (137 development questions with an answer, 106 without) three in four
# other matters are met by .36 or less, and 19 in 20 of those that are told by .50 or more.
_OTHER, _TOLD = 0.35, 0.5


def matter_met(question: Question, found: Found, speakers: Sequence[NamedConcept]) -> NDArray[np.float64]:
    """How sure it is that each candidate or its context tells what `speakers` are asked on, 0 to 1.

    Shape (candidates,). By the tokens of its words, in either language. Where there are none to tell, by
    the words, and a passage in another language than the question's counts as one that may tell it. 1
    where nobody is asked on anything.
    """
    carrying = {word for term in question_terms(without_acts(question.text)) for word in words(term)}
    asked = [
        concept not in speakers and carrying.issuperset(words(concept.word)) for concept in found.concepts
    ]
    if not speakers or not any(asked):
        return np.ones(len(found.numbers))
    spans = content_spans(question)
    if len(spans) != len(found.words) or not found.met_around.size:
        foreign = np.array([language != question.language for language in found.languages], dtype=bool)
        return np.where(foreign, 1.0, (found.akin_around[asked] > 0).mean(axis=0))
    matter = {word for place in np.flatnonzero(asked) for word in words(found.concepts[place].word)}
    met = [
        found.met_around[:, list(tokens)].mean(axis=1, dtype=np.float64)
        for (start, end), tokens in zip(spans, found.words, strict=True)
        if fold(question.text[start:end]) in matter
    ]
    return np.asarray(np.clip((np.mean(met, axis=0) - _OTHER) / (_TOLD - _OTHER), 0.0, 1.0))
