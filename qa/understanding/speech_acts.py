"""What a question asks about somebody's words: that they say, assert, deny, doubt, or are silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.lexical import fold
from index.types import VoiceStance
from qa.tables import any_of, read_table
from qa.types import LANGUAGES


def acts(text: str, language: str) -> frozenset[str]:
    """Which speech acts a question, or a word of it, asks about: says, asserts, denies, doubts, silent.

    `language` is the question's: « comment ? » asks how, "comment" for somebody's words.
    """
    folded = fold(text)
    asked = _patterns("acts", language)
    return frozenset(act for act, pattern in asked.items() if pattern.search(folded))


def position(word: str, language: str) -> VoiceStance | None:
    """The position that a folded word of a question asks for and nothing else; None for most words."""
    taken = _patterns("takes", language)
    return next((VoiceStance(name) for name, pattern in taken.items() if pattern.fullmatch(word)), None)


def judges(cue: str) -> bool:
    """Whether the words by which somebody speaks only take sides: « dénonce », "condemned"."""
    folded = fold(cue)
    return any(_patterns("judges", language)["blames"].search(folded) for language in LANGUAGES)


def without_acts(text: str) -> str:
    """`text`, folded, without the words that ask about somebody's words, of either language."""
    folded = fold(text)
    for language in LANGUAGES:
        for pattern in _patterns("acts", language).values():
            folded = pattern.sub(" ", folded)
    return folded


@cache
def _patterns(table: str, language: str) -> Mapping[str, re.Pattern[str]]:
    data = read_table(__file__, "speech_acts.toml")
    return {act: any_of([said]) for act, said in data[table][language].items()}
