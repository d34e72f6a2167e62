"""The words of a version: an analyser for French and English, and BM25 over its terms.

A passage is analysed in its document's language; a question in both, so that names
and cognates meet across languages. Analysis works on copies; quotes stay verbatim.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreDamaged
from index.stopwords import ENGLISH, FRENCH

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\w+(?:'(?=\w))?")
_SEPARATOR = re.compile(r"[.,\u00a0\u202f\u2009 ]")
# l', d', qu', jusqu' …: what stands before the apostrophe in French is grammar.
_ELISIONS = frozenset(["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
_STOP = {"fr": FRENCH, "en": ENGLISH}
_STEMMERS = {"fr": "french", "en": "english"}


def fold(text: str) -> str:
    """Lower-cased, without accents, ligatures opened, apostrophes straight; may change length."""
    opened = text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", opened.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of `text`: elisions cut off, « 12 000 » and « 12.000 » as 12000."""
    found = []
    for match in _WORD.finditer(fold(text)):
        word = match.group().rstrip("'")
        if match.group().endswith("'") and word in _ELISIONS:
            continue
        if word[0].isdigit() and not word.isdigit():
            word = _SEPARATOR.sub("", word)
        found.append(word)
    return found


def terms(text: str, language: str | None) -> list[str]:
    """The stems that count in `text`, in order: stop words of the language left out."""
    stop = _STOP.get(language or "", frozenset())
    return _stem([word for word in words(text) if word not in stop], language)


def question_terms(text: str) -> list[str]:
    """The folded words of a question that carry its matter, each once, in order."""
    return list(dict.fromkeys(w for w in words(text) if w not in FRENCH and w not in ENGLISH))


def _stems(word: str) -> set[str]:
    """A question's word as it may stand in the index: stemmed as French and as English."""
    return {stem for language in _STEMMERS for stem in _stem([word], language)}


def _stem(tokens: Sequence[str], language: str | None) -> list[str]:
    if language not in _STEMMERS:
        return list(tokens)
    return list(_stemmer(language, threading.get_ident()).stemWords(list(tokens)))


@lru_cache(maxsize=64)
def _stemmer(language: str, _thread: int) -> Any:
    # A Snowball stemmer must not be shared by threads, hence the key.
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])


class LexicalIndex:
    """BM25 over the passages of a version; document i is passage number i."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def from_terms(cls, passages: Iterable[Sequence[str]]) -> LexicalIndex:
        """Index the terms of each passage, in passage order."""
        import bm25s

        index = bm25s.BM25(method="lucene", k1=1.2, b=0.5)
        corpus = [list(tokens) for tokens in passages]
        # bm25s cannot index a corpus without a single word; an own word stands in.
        if not any(corpus):
            corpus = [[*tokens, "\0"] for tokens in corpus]
        index.index(corpus, show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        import bm25s

        try:
            return cls(bm25s.BM25.load(str(folder), load_corpus=False))
        except (OSError, ValueError, KeyError) as error:
            raise StoreDamaged(
                f"The words {folder.name!r} cannot be read.", "Build the store again: selon build"
            ) from error

    def save(self, folder: Path) -> None:
        self._index.save(str(folder), show_progress=False)

    def shares(self, question: Sequence[str]) -> NDArray[np.float32]:
        """How much of what the words of `question` could reach each passage reaches, 0 to 1.

        By BM25, shape (passages,). A word weighs its rarity; one that the corpus does not
        hold weighs most and is reached by none, so shares are comparable between questions.
        """
        scores = np.zeros(self._index.scores["num_docs"], dtype=np.float32)
        reachable = 0.0
        for word in question:
            known = [stem for stem in _stems(word) if stem in self._index.vocab_dict]
            if known:
                scores += self._index.get_scores(known)
            reachable += max((self._ceiling(stem) for stem in known), default=self._unknown())
        return np.clip(scores / reachable, 0.0, 1.0) if reachable else scores

    def _ceiling(self, stem: str) -> float:
        matrix, number = self._index.scores, self._index.vocab_dict[stem]
        return float(matrix["data"][matrix["indptr"][number] : matrix["indptr"][number + 1]].max())

    def _unknown(self) -> float:
        return float(np.log1p((self._index.scores["num_docs"] + 0.5) / 0.5))
