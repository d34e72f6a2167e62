"""What the noun at the head of a question wants: « quel chirurgien … ? », "arrest date"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from index.lexical import words
from index.stopwords import ENGLISH, FRENCH
from qa.types import Wants

# "US official"
_STOP = {"fr": FRENCH, "en": ENGLISH - {"us"}}
_ASKS = {
    "fr": frozenset("quel quelle quels quelles".split()),
    "en": frozenset("which what".split()),
}
_COPULA = frozenset("est sont etait etaient fut sera is was are were".split())
_ARTICLES = frozenset("le la les l un une son sa ses leur leurs the a an his her its their".split())
# Any of these asks for something else than the first noun.
_OTHERWISE = {
    "fr": frozenset("qui que qu quoi quand ou comment pourquoi combien est-ce".split()),
    "en": frozenset("who whom whose when where why how did does do is are was were has have had".split())
    | frozenset("will would can could should may might".split()),
}
# « l'avocat sur la peine » asks what he says, not who he is.
_OPINES = {"fr": frozenset(["sur"]), "en": frozenset(["on", "about"])}
_ADJECTIVES = 2
_POSSESSIVE = re.compile(r"['’]s\b")


def named_head(text: str, language: str) -> Wants | None:
    """The kind that the noun behind « quel », "which" or "what" wants; None where none tells it.

    `language` is the question's, "fr" or "en".
    """
    spoken = _spoken(text, language)
    asks = next((at for at, word in enumerate(spoken) if word in _ASKS[language]), None)
    return None if asks is None else _first(_phrase(spoken[asks + 1 :], language), language)


def bare_head(text: str, language: str) -> Wants | None:
    """The kind that a question of nouns alone wants (« lieu du rapt »); None where it tells nothing."""
    spoken = _spoken(text, language)
    if not spoken or spoken[0] in _ARTICLES or not _OTHERWISE[language].isdisjoint(spoken):
        return None
    phrase = _phrase(spoken, language)
    # The head of a compound comes first in French and last in English.
    found = _first(phrase[:_ADJECTIVES] if language == "fr" else phrase[-1:], language)
    opines = found is Wants.PERSON and not _OPINES[language].isdisjoint(spoken)
    return None if opines else found


def _spoken(text: str, language: str) -> list[str]:
    return words(_POSSESSIVE.sub("", text) if language == "en" else text)


def _phrase(spoken: Sequence[str], language: str) -> list[str]:
    """The words of the noun phrase that `spoken` begins with, without its article."""
    rest = spoken[1:] if spoken and spoken[0] in _COPULA else spoken
    rest = rest[1:] if rest and rest[0] in _ARTICLES else rest
    return list(takewhile(lambda word: word not in _STOP[language], rest))


def _first(phrase: Sequence[str], language: str) -> Wants | None:
    """The kind of the first noun that tells one; of a compound (« share price ») that of its last."""
    kinds = _kinds(language)
    found = [kinds.get(_singular(word, language)) for word in phrase]
    told = next((at for at, kind in enumerate(found) if kind), None)
    if told is None or (language == "fr" and told > _ADJECTIVES):
        return None
    if language == "fr":
        return found[told]
    return list(takewhile(bool, found[told:]))[-1]


def _singular(word: str, language: str) -> str:
    """A folded noun as heads.toml has it."""
    if language == "fr" and word.endswith("aux"):
        return f"{word[:-3]}al"
    if language == "en" and word.endswith("ies") and len(word) > len("dies"):
        return f"{word[:-3]}y"
    return word[:-1] if word[-1] in "sx" and not word.endswith("ss") else word


@lru_cache(maxsize=2)
def _kinds(language: str) -> Mapping[str, Wants]:
    data = tomllib.loads((Path(__file__).parent / "heads.toml").read_text(encoding="utf-8"))
    return {noun: Wants(kind) for kind, nouns in data[language].items() for noun in nouns.split()}
