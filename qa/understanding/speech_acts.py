"""What a question asks about somebody's words: that they say, assert, deny, doubt, or are silent."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from index.lexical import fold, words
from index.types import VoiceStance
from qa.tables import any_of, read_table
from qa.types import LANGUAGES


def acts(text: str, language: str) -> frozenset[str]:
    """Which speech acts a question, or a word of it, asks about: says, asserts, denies, doubts, silent.

    `language` is the question's: « comment ? » asks how, "comment" for somebody's words.
    """
    folded = fold(text)
    asked = [*_patterns("acts", language).items(), *_patterns("phrases", language).items()]
    return frozenset(act for act, pattern in asked if pattern.search(folded))


def position(word: str, language: str) -> VoiceStance | None:
    """The position that a folded word of a question asks for and nothing else; None for most words."""
    taken = _patterns("takes", language)
    return next((VoiceStance(name) for name, pattern in taken.items() if pattern.fullmatch(word)), None)


def taken_by(text: str, terms: Collection[str], language: str) -> dict[str, VoiceStance]:
    """Which of the folded words `terms` of a question ask for a position and nothing else.

    Several words that ask for one together (« refuse de commenter ») do only where they are all that the
    question names: beside other matter each of them leads to it as well.
    """
    found = {word: taken for word in terms if (taken := position(word, language))}
    for stance, pattern in _patterns("phrases", language).items():
        said = {word for match in pattern.finditer(fold(text)) for word in words(match.group())}
        if said.issuperset(terms):
            found |= dict.fromkeys(terms, VoiceStance(stance))
    return found


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


def hearers(text: str, language: str) -> frozenset[str]:
    """The folded words for those to whom somebody speaks: "what did she tell reporters"."""
    return frozenset(found.group() for found in _patterns("hearers", language)["to"].finditer(fold(text)))


def asks_of_another(text: str, language: str) -> bool:
    """Whether somebody is spoken of rather than asked for their words: « que dit-on de … », "about …"."""
    return bool(_patterns("of_another", language)["told"].search(fold(text)))


def in_front_of_matter(text: str, language: str) -> str:
    """« que dit Anne Morel » of « que dit Anne Morel sur le pont ? », folded; "" where no matter is told."""
    folded = fold(text)
    found = _patterns("matter", language)["on"].search(folded)
    asked = found and _patterns("acts", language)["says"].search(folded[: found.end()])
    return folded[: found.start()] if found and asked else ""


def in_front_of_side(text: str, language: str) -> str:
    """ "did the mayor" of "did the mayor deny it?", folded; "" where nobody is asked to have taken a side."""
    folded = fold(text)
    sides = [*_patterns("acts", language).values(), *_patterns("judges", language).values()]
    sides += _patterns("sides", language).values()
    starts = [found.start() for pattern in sides if (found := pattern.search(folded))]
    front = folded[: min(starts)] if starts else ""
    return "" if _patterns("done_to", language)["passive"].search(front) else front


@cache
def _patterns(table: str, language: str) -> Mapping[str, re.Pattern[str]]:
    data = read_table(__file__, "speech_acts.toml")
    return {act: any_of([said]) for act, said in data[table][language].items()}
