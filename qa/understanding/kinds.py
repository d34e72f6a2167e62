"""The words by which kinds, people and nations are known, as kinds.toml lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from index.lexical import words
from qa.tables import read_table
from qa.understanding.beginnings import Beginnings

ALIKE = 5  # letters by which two words are told to be one
# « soliders » is as near to "soldier".
_LIKELY = 0.75


def is_case(word: str) -> bool:
    """Whether a folded word tells what became of people: « blesses », "killed"."""
    return not listed("of_people").isdisjoint(known("asked").of(word))


def is_people(word: str) -> bool:
    """Whether a folded word names people: « grevistes », "soldiers"."""
    return bool(groups((word,)))


@lru_cache(maxsize=4096)
def groups(unit: tuple[str, ...]) -> frozenset[str]:
    """Which groups of people the words name; none for things. A nation by itself is people."""
    found = frozenset(known("people").among(unit))
    return found or (frozenset({"anyone"}) if are_a_nation(unit) else found)


@lru_cache(maxsize=4096)
def nations(unit: tuple[str, ...]) -> frozenset[str]:
    """Whose people or things the words name: « soldats nord-coréens »."""
    return frozenset(known("nations").among([*unit, *map("-".join, pairwise(unit))]))


def are_a_nation(unit: tuple[str, ...]) -> bool:
    """Whether the words are one nation's name and nothing else: « Nord-Coréens », no "Russian planes"."""
    names = known("nations")
    if len(unit) == 2:
        return bool(names.of("-".join(unit)) - names.of(unit[0]))
    return len(unit) == 1 and bool(names.of(unit[0]))


def misspelt(kind: str, noun: tuple[str, ...]) -> frozenset[str]:
    """The groups or nations that words like « soliders » may mean."""
    return frozenset(
        name
        for name, line in _lines()[kind].items()
        for start in line.split()
        for word in noun
        if not start.endswith("=") and word[0] == start[0] and _is_like(word, start)
    )


def _is_like(word: str, start: str) -> bool:
    return OSA.normalized_similarity(word, start, score_cutoff=_LIKELY) > 0


def alike(one: str, other: str) -> bool:
    """Whether two folded words are forms of one, or begin alike: « soldat » and "soldiers" do not."""
    return one == other or (len(one) >= ALIKE and one[:ALIKE] == other[:ALIKE])


# Figures of two articles may be equal, in one place of each: what is kept goes by words.
@lru_cache(maxsize=4096)
def carrying(unit: str) -> tuple[str, ...]:
    """The folded words of what is counted; none for « autres »."""
    return tuple(word for word in words(unit) if not known("nothing").of(word))


@cache
def listed(name: str) -> frozenset[str]:
    """The kinds of figures that a table lists: « cases », « measures »."""
    return frozenset(_lines()[name]["kinds"].split())


@cache
def known(name: str) -> Beginnings[str]:
    """The words of a table, marked by the kind, the group or the nation that they tell, else by its name."""
    own = _lines()[name]
    return Beginnings({name if mark == "words" else mark: line.split() for mark, line in own.items()})


@cache
def _lines() -> Mapping[str, Mapping[str, str]]:
    return read_table(__file__, "kinds.toml")
