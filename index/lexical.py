"""Words: an analyser for French and English. `index.storage.postings` keeps what it finds.

A passage is analysed in its document's language; a question in both, so that names
and cognates meet across languages. Analysis works on copies; quotes stay verbatim.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from index.capitals import NO_PRONOUNS
from index.stopwords import ENGLISH, FRENCH
from index.types import VoiceStance

_WORD = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\w+(?:'(?=\w))?")
_SEPARATOR = re.compile(r"[.,\u00a0\u202f\u2009 ]")
# l', d', qu', jusqu' …: what stands before the apostrophe in French is grammar.
_ELISIONS = frozenset(["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
# They keep their capitals, and so are no stop words.
_ACRONYM = re.compile(rf"\b(?:{'|'.join(sorted(NO_PRONOUNS))})\b")
# How many letters an acronym has, and what gives none of them: « agence régionale de santé » is ARS.
_FEWEST, _MOST = 3, 5
_JOINING = frozenset("au aux de des du en et la le les of the and for in on to".split())
# What no word begins with: `_WORD` finds letters and digits alone.
_MARK = "="
_STOP = {"fr": FRENCH, "en": ENGLISH}
_STEMMERS = {"fr": "french", "en": "english"}


class _Unmarked(dict[int, int | None]):
    """A table for `str.translate` that drops combining marks; it learns each character once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_UNMARKED = _Unmarked()


def fold(text: str) -> str:
    """Lower-cased, without accents, ligatures opened, apostrophes straight; may change length."""
    opened = text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", opened.lower())
    return decomposed if decomposed.isascii() else decomposed.translate(_UNMARKED)


def words(text: str) -> list[str]:
    """The folded words of `text`: elisions cut off, « 12 000 » and « 12.000 » as 12000, WHO as it stands."""
    found = []
    for match in _WORD.finditer(_folded(text)):
        word = match.group().rstrip("'")
        if match.group().endswith("'") and word in _ELISIONS:
            continue
        if word[0].isdigit() and not word.isdigit():
            word = _SEPARATOR.sub("", word)
        found.append(word)
    return found


def _folded(text: str) -> str:
    """`text` folded, but for acronyms that are spelt like pronouns."""
    # In a line of capitals nothing tells them.
    if text.isupper() and " " in text.strip():
        return fold(text)
    parts, at = [], 0
    for match in _ACRONYM.finditer(text):
        parts += [fold(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*parts, fold(text[at:])])


def terms(text: str, language: str | None) -> list[str]:
    """The stems that count in `text`, in order: stop words of the language left out."""
    stop = _STOP.get(language or "", frozenset())
    return stemmed([word for word in words(text) if word not in stop], language)


def question_terms(text: str) -> list[str]:
    """The folded words of a question that carry its matter, each once, in order."""
    return list(dict.fromkeys(w for w in words(text) if w not in FRENCH and w not in ENGLISH))


def position_term(position: VoiceStance) -> str:
    """The term of all passages in which somebody takes a position; no word has its form."""
    return f"{_MARK}{position.value}"


def acronym_term(acronym: str) -> str:
    """The term of all passages in which somebody speaks whose name `acronym` may stand for."""
    return f"{_MARK}{acronym.lower()}"


@lru_cache(maxsize=4096)
def acronyms(name: str) -> frozenset[str]:
    """The terms of what a name may be shortened to: the first letters of three to five neighbouring words."""
    letters = "".join(word[0] for word in words(name) if len(word) > 1 and word not in _JOINING)
    return frozenset(
        acronym_term(letters[first : first + size])
        for size in range(_FEWEST, _MOST + 1)
        for first in range(len(letters) - size + 1)
    )


def may_be_acronym(word: str) -> bool:
    """Whether a word has as many letters as the acronyms of `acronyms`."""
    return word.isalpha() and _FEWEST <= len(word) <= _MOST


def is_word(term: str) -> bool:
    """Whether a term of the index is the stem of a word, and not that of a position or of an acronym."""
    return not term.startswith(_MARK)


def stems(word: str) -> set[str]:
    """A question's word as it may stand in the index: stemmed as French and as English."""
    return {stem for language in _STEMMERS for stem in stemmed([word], language)}


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of `text`, as they may stand in the index: in French and in English."""
    return frozenset(stem for word in words(text) for stem in stems(word))


def stemmed(tokens: Sequence[str], language: str | None) -> list[str]:
    """The stem of each folded word, in their order; the word itself in a language without a stemmer."""
    if language not in _STEMMERS:
        return list(tokens)
    return list(_stemmer(language, threading.get_ident()).stemWords(list(tokens)))


@lru_cache(maxsize=64)
def _stemmer(language: str, _thread: int) -> Any:
    # A Snowball stemmer must not be shared by threads, hence the key.
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])
