"""What a question names, as the index may know it: other names of an actor, other spellings of a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.annotation import actors
from index.capitals import CAPITALS
from index.lexical import acronym_term, fold, may_be_acronym, position_term, question_terms, stems, words
from qa.types import Question
from qa.understanding.capitals import capitalised
from qa.understanding.speech_acts import taken_by
from qa.understanding.thesaurus import akin

_CAPITALS = re.compile(rf"\b[{CAPITALS}]+\b")
# A word that the corpus does not hold may be misspelt, or a name's other-language form:
# « Copenhague » and "Copenhagen" differ by two letters of ten.
_SHORTEST, _ALIKE, _SPELLINGS = 5, 0.75, 4


@dataclass(frozen=True, slots=True)
class NamedConcept:
    """One thing that a question names. `name` says whether it is a proper name, `actor` whose where known.

    `word` is what the question calls it, folded; `alternatives` are its names or spellings, `akin` other
    words that may stand for it.
    """

    word: str
    alternatives: tuple[tuple[str, ...], ...]
    name: bool
    akin: tuple[tuple[str, ...], ...] = ()
    actor: str | None = None


def concepts(
    question: Question,
    holds: Callable[[str], bool],
    vocabulary: Callable[[], Sequence[str]],
    positions: Collection[str] = (),
) -> tuple[NamedConcept, ...]:
    """The concepts of a question, in order: its actors first, then its other words.

    `holds` tells whether the index knows a stem, `vocabulary` gives all it knows (asked
    for only where a word is unknown). Words that ask for `positions` are no concepts.
    """
    table = actors.load()
    found: list[NamedConcept] = []
    taken: set[str] = set()
    for actor_id, named_by in table.mentions(question.text):
        if set(words(named_by)) <= taken:
            continue
        taken |= set(words(named_by))
        found.append(NamedConcept(fold(named_by), _names(actor_id), name=True, actor=actor_id))
    acronyms = {fold(match) for match in _CAPITALS.findall(question.text)}
    capitals = {word for name in capitalised(question.text) for word in words(name)}
    for word in question_terms(question.text):
        if word.lower() in taken or word in positions:
            continue
        known = tuple((stem,) for stem in sorted(stems(word)))
        held = any(holds(stem) for (stem,) in known)
        if not held:
            known = tuple((spelling,) for spelling in _spellings(word, vocabulary())) or known
        if may_be_acronym(word) and (word in acronyms or not held) and holds(acronym_term(word)):
            known = (*known, (acronym_term(word),))
        name = word in capitals
        found.append(NamedConcept(word, known, name, () if name else akin(word, question.language)))
    return tuple(found)


def asked_positions(question: Question, holds: Callable[[str], bool]) -> dict[str, str]:
    """The words of a question that ask for a position (« démenti »), each with the term that leads there.

    Only where the index knows of somebody who takes it.
    """
    asked = taken_by(question.text, question.terms, question.language)
    found = {word: position_term(stance) for word, stance in asked.items()}
    return {word: term for word, term in found.items() if holds(term)}


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
