"""How far passages know the names of a question: by its words, or across languages by its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.annotation.actors import load
from index.lexical import stems_of
from qa.question import content_spans
from qa.ranking.found import Found
from qa.types import Question
from qa.understanding.concepts import NamedConcept

# By the tokens of the shipped model a name is met in the other language (Korean, « coréen ») at
# .75 or more, an absent one at .66 or less.
_ABSENT, _PRESENT = 0.55, 0.75


def names_met(question: Question, found: Found) -> NDArray[np.float64]:
    """How far each name of the question is met in each passage or its context, 0 to 1.

    Shape (names, candidates), in the order of the concepts. 1 where a word of the name stands
    there; else by how near its tokens come, and 0 in a sentence of another actor. Where there are
    no tokens to tell, a passage in another language than the question's counts as one that may have
    the name.
    """
    spans = content_spans(question)
    told = len(spans) == len(found.words) and found.met_around.size
    spoken = [stems_of(question.text[start:end]) for start, end in spans] if told else []
    foreign = np.array([language != question.language for language in found.languages], dtype=np.float64)
    met = [
        np.where(reached > 0, 1.0, _near(found, tokens) if tokens else foreign)
        for concept, reached in zip(found.concepts, found.around, strict=True)
        if concept.name
        for tokens in (_tokens(found, spoken, concept),)
    ]
    others = _of_others(found)
    return np.where(others, 0.0, np.array(met, dtype=np.float64).reshape(others.shape))


def names_around(found: Found) -> NDArray[np.bool_]:
    """Whether each name of the question stands in each passage or its context, shape (names, candidates).

    « L'ONU enverra six observateurs » beside a sentence about NATO is not about NATO.
    """
    named = [concept.name for concept in found.concepts]
    return np.asarray((found.around[named] > 0) & ~_of_others(found))


def _of_others(found: Found) -> NDArray[np.bool_]:
    """Whether a passage lacks an actor that the question names and begins with one that it does not name."""
    named = [concept for concept in found.concepts if concept.name]
    known, asked = load(), {concept.actor for concept in named if concept.actor}
    openings = [_opening(passage.span.text) if asked else None for passage in found.passages]
    other = np.array(
        [one is not None and not any(known.related(one, actor) for actor in asked) for one in openings],
        dtype=bool,
    )
    actors = np.array([concept.actor is not None for concept in named], dtype=bool)
    lacking = found.reached[[concept.name for concept in found.concepts]] == 0
    return np.asarray(lacking & other & actors[:, None])


# One search looks at a passage twice, and the next one at many of the same.
@lru_cache(maxsize=4096)
def _opening(text: str) -> str | None:
    return load().opening(text)


def _near(found: Found, tokens: list[int]) -> NDArray[np.float64]:
    """How sure the nearness of `tokens` makes it that the name is there, shape (candidates,)."""
    nearness = found.met_around[:, tokens].mean(axis=1, dtype=np.float64)
    return np.asarray(np.clip((nearness - _ABSENT) / (_PRESENT - _ABSENT), 0.0, 1.0))


def _tokens(found: Found, spoken: Sequence[frozenset[str]], name: NamedConcept) -> list[int]:
    """The tokens of the question's words that are the name; `spoken` are the stems of each word, if told."""
    own = {stem for alternative in name.alternatives for stem in alternative}
    said = zip(spoken, found.words, strict=True) if spoken else ()
    return [token for stems, tokens in said if own & stems for token in tokens]
