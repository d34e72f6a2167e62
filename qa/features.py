"""What is measured of a question and a candidate: named features, most of them 0 to 1.

Numbers alone, no weights: `qa.rank` weighs them. What the words say holds in the
language of the articles, what the vectors say holds across languages. Features named
`q_…` are the same for all candidates of a question: they tell how near the nearest is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from index.lexical import fold, stems, words
from index.types import Passage, Stance, Voice
from qa.concepts import NamedConcept
from qa.retrieve import Candidate, Found
from qa.types import Question, Wants

_NAME = re.compile(r"(?<=[\w,;:»’'] )[A-ZÀ-ÖØ-Þ][\w’'-]+")
_LONG_PASSAGE = 300.0


def features(question: Question, found: Found) -> list[dict[str, float]]:
    """The features of each candidate, in their order."""
    asked = acts(question.text)
    names = [number for number, concept in enumerate(found.concepts) if concept.name]
    named = [found.concepts[number] for number in names]
    rows = [
        _near(candidate)
        | _missing(candidate, names)
        | _shown(question, candidate)
        | _voiced(asked, named, candidate.passage)
        for candidate in found.candidates
    ]
    shared = {
        f"q_{name}": max((row[name] for row in rows), default=0.0) for name in ("cosine", "words", "tokens")
    }
    shared["q_unknown"] = _share_of_none(found.held.tolist())
    shared["q_unknown_names"] = _share_of_none(found.held[names].tolist())
    shared["q_length"] = min(1.0, len(found.concepts) / 8)
    return [row | shared for row in rows]


def _near(candidate: Candidate) -> dict[str, float]:
    """How near the passage is by vectors, by words, and by its tokens."""
    # Lists: numpy takes longer for a dozen numbers.
    met, reached = candidate.tokens.tolist(), sum(candidate.reached.tolist())
    weakest = met[: max(1, len(met) // 3)]
    return {
        "cosine": candidate.cosine,
        "cosine_before": candidate.cosine_before,
        "words": reached,
        "words_around": sum(candidate.around.tolist()) - reached,
        "tokens": sum(met) / len(met) if met else candidate.cosine,
        # A token that nothing in the passage meets: a name, an action, a year of something else.
        "tokens_weakest": sum(weakest) / len(weakest) if met else candidate.cosine,
    }


def _missing(candidate: Candidate, names: list[int]) -> dict[str, float]:
    """How many of the question's names stand neither in the passage nor around it."""
    return {
        "names_missing": _share_of_none(candidate.reached[names].tolist()),
        "names_missing_around": _share_of_none(candidate.around[names].tolist()),
    }


def _shown(question: Question, candidate: Candidate) -> dict[str, float]:
    """What kind of passage it is, and whether it holds the kind of thing that is wanted."""
    passage = candidate.passage
    row = {
        "neutral": float(passage.stance is Stance.NEUTRAL),
        "length": min(1.0, len(passage.span.text) / _LONG_PASSAGE),
    }
    shown = evidence(question.wants, passage, candidate.language)
    for wants in (Wants.NUMBER, Wants.PERSON, Wants.PLACE, Wants.TIME, Wants.REASON):
        row[f"shows_{wants.name.lower()}"] = shown if question.wants is wants else 0.0
    return row


def _voiced(asked: frozenset[str], named: list[NamedConcept], passage: Passage) -> dict[str, float]:
    """Whether somebody the question names speaks here, and takes the position it asks for."""
    speaks = any(_is_named(voice, named) for voice in passage.voices)
    return {
        "speaks": float(speaks),
        "speaks_asked": float(speaks and "says" in asked),
        "voices_asked": float("says" in asked and not named and bool(passage.voices)),
        "position_asked": float(any(voice.stance in asked for voice in passage.voices)),
    }


def acts(text: str) -> frozenset[str]:
    """Which speech acts a question asks about: says, asserts, denies, doubts, silent."""
    folded = fold(text)
    return frozenset(act for act, pattern in _acts().items() if pattern.search(folded))


def _is_named(voice: Voice, named: list[NamedConcept]) -> bool:
    holder = voice.resolved or voice.holder
    spoken = frozenset(_stems_of(holder.text))
    return any(spoken.issuperset(alternative) for concept in named for alternative in concept.alternatives)


@lru_cache(maxsize=4096)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem for word in words(text) for stem in stems(word))


def evidence(wants: Wants, passage: Passage, language: str | None) -> float:
    """Whether the passage holds the kind of thing that is wanted, 0 to 1 (0 where anything will do)."""
    if wants is Wants.NUMBER:
        return float(bool(passage.figures))
    if wants is Wants.PERSON and passage.voices:
        return 1.0
    return _told(wants, passage.span.text, language)


@lru_cache(maxsize=20_000)
def _told(wants: Wants, text: str, language: str | None) -> float:
    pattern = _patterns(language).get(wants)
    if pattern is None or not pattern.search(fold(text)):
        return 0.0
    return 0.5 if wants in (Wants.PERSON, Wants.PLACE) and not _NAME.search(text) else 1.0


def _share_of_none(values: Sequence[float]) -> float:
    """The share of values that are 0; 0 where there is none at all."""
    return sum(not value for value in values) / len(values) if values else 0.0


@lru_cache(maxsize=1)
def _acts() -> Mapping[str, re.Pattern[str]]:
    data = tomllib.loads((Path(__file__).parent / "speech_acts.toml").read_text(encoding="utf-8"))
    return {act: re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)") for act, lines in data.items()}


@lru_cache(maxsize=8)
def _patterns(language: str | None) -> Mapping[Wants, re.Pattern[str]]:
    data = tomllib.loads((Path(__file__).parent / "evidence.toml").read_text(encoding="utf-8"))
    return {
        Wants(kind): re.compile(rf"(?<!\w)(?:{'|'.join(lines)})(?!\w)")
        for kind, lines in data.get(language or "", {}).items()
    }
