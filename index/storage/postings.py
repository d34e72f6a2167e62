"""BM25 over the terms of a version, from one table of postings a segment.

A segment lists, for each term, the rows that hold it and how often; nothing in it
depends on other segments. Rarity and mean length are summed up over what is live when
a question comes, so the scores are those of one index over all passages at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import is_word
from index.storage.numbering import Numbering
from index.storage.table import Table, table_bytes

_SCHEMA = """
create table words (term text primary key, rows blob not null, counts blob not null);
create table lengths (lengths blob not null);
"""
# How fast repeated words stop to count, and how much long passages are held back.
_K1, _B = 1.2, 0.5
# What may stand for a question's words are some 50 terms each.
_CACHED_TERMS, _CACHED_CONCEPTS = 4_000, 500

# One thing a question names, as alternatives of stems: (("otan",), ("alliance", "atlant")).
Concept = Sequence[Sequence[str]]
# Passages by number, and what a term weighs in each.
Weights = tuple[NDArray[np.int32], NDArray[np.float64]]


def postings_bytes(passages: Iterable[Sequence[str]]) -> bytes:
    """The content of a postings file: the terms of each passage, in the order of the rows."""
    vocabulary: dict[str, int] = {}
    flat: list[int] = []
    sizes: list[int] = []
    # Positions and acronyms make no passage longer than its words do.
    lengths: list[int] = []
    for terms in passages:
        flat.extend(vocabulary.setdefault(term, len(vocabulary)) for term in terms)
        sizes.append(len(terms))
        lengths.append(sum(map(is_word, terms)))
    rows = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    pairs, counts = np.unique(
        np.array(flat, dtype=np.int64) * max(1, len(lengths)) + rows, return_counts=True
    )
    words, holders = np.divmod(pairs, max(1, len(lengths)))
    bounds = np.searchsorted(words, np.arange(len(vocabulary) + 1))
    holders, counts = holders.astype("<u4"), counts.astype("<u4")

    def inserts() -> Iterator[tuple[str, Sequence[Any]]]:
        for term, number in sorted(vocabulary.items()):
            here = slice(bounds[number], bounds[number + 1])
            values = (term, holders[here].tobytes(), counts[here].tobytes())
            yield "insert into words values (?, ?, ?)", values
        yield "insert into lengths values (?)", (np.array(lengths, dtype="<u4").tobytes(),)

    return table_bytes(_SCHEMA, inserts())


class PostingsPart:
    """The postings of one segment."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path)
        [(lengths,)] = self._table.rows("select lengths from lengths")
        self.lengths: NDArray[np.uint32] = np.frombuffer(lengths, dtype="<u4")

    def find(self, term: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """The rows that hold `term`, ascending, and how often each does."""
        for rows, counts in self._table.rows("select rows, counts from words where term = ?", (term,)):
            return np.frombuffer(rows, dtype="<u4"), np.frombuffer(counts, dtype="<u4")
        return np.empty(0, dtype="<u4"), np.empty(0, dtype="<u4")

    def terms(self) -> Iterator[str]:
        """Every term of the segment."""
        for (term,) in self._table.rows("select term from words"):
            yield term


class LexicalIndex:
    """BM25 over the passages of a version, by passage number."""

    def __init__(self, parts: Sequence[PostingsPart], numbering: Numbering) -> None:
        self._parts = parts
        self._numbering = numbering
        self._vocabulary: tuple[str, ...] | None = None
        self._weights = lru_cache(_CACHED_TERMS)(self._weigh)
        self._reached = lru_cache(_CACHED_CONCEPTS)(self._reach)
        lengths = np.zeros(len(numbering), dtype=np.float64)
        for part, numbers in zip(parts, numbering.numbers, strict=True):
            live = numbers >= 0
            lengths[numbers[live]] = part.lengths[: len(numbers)][live]
        mean = float(lengths.mean()) if len(lengths) else 0.0
        # What a passage's length makes of the saturation, once for all questions.
        self._saturation = _K1 * (1 - _B + _B * lengths / mean) if mean else np.full(len(lengths), _K1)

    def __len__(self) -> int:
        return len(self._numbering)

    def parts(self, concepts: Sequence[Concept], akin: Sequence[Concept] = ()) -> NDArray[np.float32]:
        """What each passage reaches of each concept by BM25, shape (concepts, passages).

        A concept is reached by the best of its alternatives; an alternative of several
        stems wants them all. A concept weighs its rarity in the whole question; one that
        the corpus does not hold weighs most and is reached by none. So a column's sum lies
        in 0 to 1, and is comparable between questions.

        `akin` gives for each concept what may stand for it: that counts as well, up to the
        concept's own weight, which it does not change.
        """
        scores = np.zeros((len(concepts), len(self)), dtype=np.float64)
        ceilings = np.zeros(len(concepts))
        for row, concept in enumerate(concepts):
            numbers, weights = self._reached(_key(concept))
            scores[row, numbers] = weights
            ceilings[row] = weights.max(initial=0.0) or self._rarity(0)
        for row, concept in enumerate(akin):
            numbers, weights = self._reached(_key(concept))
            scores[row, numbers] = np.maximum(scores[row, numbers], np.minimum(weights, ceilings[row]))
        return (scores / ceilings.sum()).astype(np.float32) if len(concepts) else scores.astype(np.float32)

    def holds(self, stem: str) -> bool:
        """Whether any live passage holds the stem."""
        return bool(len(self._weights(stem)[0]))

    def vocabulary(self) -> tuple[str, ...]:
        """Every word's term of the version, in order; read once."""
        if self._vocabulary is None:
            known = {term for part in self._parts for term in part.terms()}
            self._vocabulary = tuple(sorted(filter(is_word, known)))
        return self._vocabulary

    def _reach(self, concept: tuple[tuple[str, ...], ...]) -> Weights:
        """The passages that hold one of the alternatives or more, and what the best of them weighs there."""
        scores = np.zeros(len(self), dtype=np.float64)
        for alternative in concept:
            numbers, weights = self._together(alternative)
            if len(numbers):
                scores[numbers] = np.maximum(scores[numbers], weights)
        numbers = np.flatnonzero(scores).astype(np.int32)
        return numbers, scores[numbers]

    def _together(self, alternative: Sequence[str]) -> Weights:
        """The passages that hold all the stems, and the mean of what they weigh there."""
        numbers, weights = self._weights(alternative[0])
        for stem in alternative[1:] if len(numbers) else ():
            others, found = self._weights(stem)
            numbers, here, there = np.intersect1d(numbers, others, assume_unique=True, return_indices=True)
            weights = weights[here] + found[there]
        return numbers, weights / len(alternative)

    def _weigh(self, term: str) -> Weights:
        """The live passages that hold `term`, and what it weighs in each."""
        found, often = [np.empty(0, dtype=np.int32)], [np.empty(0, dtype=np.float64)]
        for part, numbers in zip(self._parts, self._numbering.numbers, strict=True):
            rows, counts = part.find(term)
            if len(rows):
                live = numbers[rows] >= 0
                found.append(numbers[rows[live]])
                often.append(counts[live].astype(np.float64))
        passages, frequency = np.concatenate(found), np.concatenate(often)
        return passages, self._rarity(len(passages)) * frequency / (frequency + self._saturation[passages])

    def _rarity(self, holders: int) -> float:
        return float(np.log1p((len(self) - holders + 0.5) / (holders + 0.5)))


def _key(concept: Concept) -> tuple[tuple[str, ...], ...]:
    """The concept as what was found for it is kept under."""
    return tuple(map(tuple, concept))
