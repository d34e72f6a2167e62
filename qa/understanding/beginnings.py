"""Words known by how they begin, as the tables of words write them.

`bless` knows « blessés », `feu=` the whole word alone, `hors_de_controle` a phrase.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Mark = TypeVar("Mark", bound=Hashable)


class Beginnings(Generic[Mark]):
    """Which marks a folded word carries."""

    def __init__(self, marks: Mapping[Mark, Iterable[str]]) -> None:
        """`marks` gives the entries of each mark."""
        self._starts: defaultdict[str, set[Mark]] = defaultdict(set)
        self._wholes: defaultdict[str, set[Mark]] = defaultdict(set)
        self._phrases: defaultdict[str, set[Mark]] = defaultdict(set)
        for mark, entries in marks.items():
            for entry in entries:
                if "_" in entry:
                    self._phrases[entry.replace("_", " ")].add(mark)
                elif entry.endswith("="):
                    self._wholes[entry[:-1]].add(mark)
                else:
                    self._starts[entry].add(mark)

    def of(self, word: str) -> set[Mark]:
        """The marks of one folded word; none for a word that is not known."""
        found = set(self._wholes.get(word, ()))
        for end in range(2, len(word) + 1):
            found |= self._starts.get(word[:end], set())
        return found

    def among(self, words: Iterable[str]) -> set[Mark]:
        """The marks of all words together, and of the phrases that they make."""
        told = list(words)
        text = f" {' '.join(told)} "
        found = {mark for phrase, marks in self._phrases.items() if f" {phrase} " in text for mark in marks}
        return found.union(*map(self.of, told))
