"""What a question names, as the index may know it: other names of an actor, other spellings of a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index import actors
from index.lexical import position_term, question_terms, stems, words
from qa.capitals import capitalised
from qa.speech_acts import positions

# A word that the corpus does not hold may be misspelt, or a name's other-language form:
# « Copenhague » and "Copenhagen" differ by two letters of ten.
_SHORTEST, _ALIKE, _SPELLINGS = 5, 0.75, 4


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """One thing that a question names. `name` says whether it is a proper name."""

    alternatives: tuple[tuple[str, ...], ...]
    name: bool


def concepts(
    text: str, language: str, holds: Callable[[str], bool], vocabulary: Callable[[], Sequence[str]]
) -> tuple[NamedConcept, ...]:
    """The concepts of a question, in order: its actors first, then its other words.

    A word that asks for a position (« démenti ») is also met where somebody takes it.
    `language` is the question's, `holds` tells whether the index knows a stem, `vocabulary`
    gives all it knows (asked for only where a word is unknown).
    """
    table = actors.load()
    found: list[NamedConcept] = []
    taken: set[str] = set()
    for actor_id, named_by in table.mentions(text):
        if set(words(named_by)) <= taken:
            continue
        taken |= set(words(named_by))
        found.append(NamedConcept(_names(actor_id), name=True))
    capitals = {word for name in capitalised(text) for word in words(name)}
    for word in question_terms(text):
        if word in taken:
            continue
        known = tuple((stem,) for stem in sorted(stems(word)))
        if asked := positions(word, language):
            known += tuple((position_term(position),) for position in asked)
        elif not any(holds(stem) for (stem,) in known):
            known = tuple((spelling,) for spelling in _spellings(word, vocabulary())) or known
        found.append(NamedConcept(known, name=word in capitals))
    return tuple(found)


@lru_cache(maxsize=512)
def _names(actor_id: str) -> tuple[tuple[str, ...], ...]:
    """Every name of an actor as stems in either language."""
    names = set()
    for name in actors.load().names(actor_id):
        parts = question_terms(name)
        if parts:
            names |= {tuple(sorted(stems(part))[at] for part in parts) for at in (0, -1)}
    return tuple(sorted(names))


def _spellings(word: str, vocabulary: Sequence[str]) -> list[str]:
    if len(word) < _SHORTEST:
        return []
    near = process.extract(
        word, vocabulary, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_SPELLINGS
    )
    return [term for term, _, _ in near if term[:1] == word[:1] and not term.isdigit()]
