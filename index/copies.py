"""Near-copies: the same sentence in several articles, as news agencies spread it.

Outlets shorten, add an attribution, change quotation marks and small words. They do not
put one thing in the place of another: passages that differ in a number, a negation, a
name, or have each a word of matter that the other lacks, say different things however
alike they look. What remains are near-copies where all but a few words agree, in order.

A passage carries a signature made of its text alone: a hash of its words, and MinHash
bands of them. Passages of the same words are copies; those that share a band are compared;
others are not. Nothing depends on the order in which passages came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from index.capitals import CAPITALS
from index.lexical import fold, words
from index.stopwords import ENGLISH, FRENCH

# With four fifths of the words in common, a band of 3 agrees with one chance in two, and one
# of the 8 almost surely; with a third in common, one passage in four is compared in vain.
BANDS, ROWS = 8, 3
WIDTH = 1 + BANDS
_ALIKE = 0.85
_SHORTEST = 6
# What more passages than this share is a formula of the house: only its copies word for word are
# known, since a question would else read them all.
_MOST = 200
_DIGITS = re.compile(r"\d")
_NAME = re.compile(rf"(?<=[\s'’«“\"(-])[{CAPITALS}][\w’'-]*")
_NEGATIONS = frozenset(
    "ne ni pas non aucun aucune jamais rien personne sans "
    "no not never none nobody nothing without cannot t".split()
)

_GENERATOR = np.random.default_rng(20241216)
_FACTORS = _GENERATOR.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_TERMS = _GENERATOR.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)


def signature(text: str) -> NDArray[np.uint64]:
    """The signature of a passage, shape (WIDTH,). Short passages have the hash of their words alone."""
    found = words(text)
    whole = _hash(" ".join(found))
    if len(found) < _SHORTEST:
        return np.full(WIDTH, whole, dtype=np.uint64)
    hashes = np.array([_word_hash(word) for word in set(found)], dtype=np.uint64)
    mixed = hashes[:, None] * _FACTORS + _TERMS
    least = (mixed ^ (mixed >> np.uint64(29))).min(axis=0).reshape(BANDS, ROWS)
    # Passages with other numbers or negations must never meet, so these are part of every band.
    salt = repr(_fixed(found))
    bands = [_hash(f"{band}{salt}{row.tobytes().hex()}") for band, row in enumerate(least)]
    return np.array([whole, *bands], dtype=np.uint64)


def alike(first: str, second: str) -> bool:
    """Whether two texts are near-copies. Symmetric."""
    one, other = words(first), words(second)
    if one == other:
        return True
    if (
        min(len(one), len(other)) < _SHORTEST
        or _fixed(one) != _fixed(other)
        or _names(first) != _names(second)
    ):
        return False
    mine, theirs = _matter(one), _matter(other)
    if mine - theirs and theirs - mine:
        return False
    from rapidfuzz.distance import LCSseq

    return 2 * LCSseq.similarity(one, other) >= _ALIKE * (len(one) + len(other))


class Copies:
    """The near-copies of a version. `signatures` has a row a passage, shape (passages, WIDTH)."""

    def __init__(self, signatures: NDArray[np.uint64], text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._same: dict[int, NDArray[np.intp]] = {}
        self._meetings: dict[int, list[NDArray[np.intp]]] = {}
        whole = signatures[:, :1]
        for run in _runs(whole[:, 0]):
            self._same |= dict.fromkeys(run.tolist(), run)
        # Short passages have no bands.
        banded = np.flatnonzero((signatures != whole).any(axis=1))
        for column in range(1, WIDTH):
            for run in _runs(signatures[banded, column]):
                for number in banded[run].tolist() if len(run) <= _MOST else ():
                    self._meetings.setdefault(number, []).append(banded[run])
        self.of = lru_cache(10_000)(self._of)

    def _of(self, number: int) -> tuple[int, ...]:
        """The near-copies of passage `number`, ascending, without itself."""
        same = {number, *self._same.get(number, np.empty(0, np.intp)).tolist()}
        met = {other for run in self._meetings.get(number, ()) for other in run.tolist()} - same
        text = self._text_of(number) if met else ""
        near = {other for other in met if alike(text, self._text_of(other))}
        return tuple(sorted((same | near) - {number}))


def _runs(keys: NDArray[np.uint64]) -> list[NDArray[np.intp]]:
    """The places of equal keys, for each key that stands more than once; `keys` has shape (n,)."""
    if not len(keys):
        return []
    order = np.argsort(keys, kind="stable")
    changes = np.flatnonzero(np.diff(keys[order])) + 1
    bounds = np.concatenate([[0], changes, [len(keys)]])
    several = np.flatnonzero(np.diff(bounds) > 1)
    return [order[bounds[i] : bounds[i + 1]] for i in several]


def _fixed(found: Sequence[str]) -> list[str]:
    """What near-copies must share exactly: numbers and negations, in order."""
    return [word for word in found if _DIGITS.search(word) or word in _NEGATIONS]


def _names(text: str) -> list[str]:
    """Capitalised words behind the first, which may be capitalised for its place alone."""
    return [fold(name) for name in _NAME.findall(text)]


def _matter(found: Sequence[str]) -> Counter[str]:
    """The words that are not mere grammar, with how often they stand."""
    return Counter(word for word in found if word not in FRENCH and word not in ENGLISH)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return _hash(word)
