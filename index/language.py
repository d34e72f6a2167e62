"""Which language a text, or a question, is written in.

py3langid decides for texts: small (4 MB), offline and deterministic. It is loaded at
the first call (about a second), so importing this module costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import cast

from index.lexical import fold

# Fewer letters than this prove no language.
_FEWEST_LETTERS = 12
# A language is plain after this many characters; a longer text costs time only.
_ENOUGH = 20_000
# Log-probabilities: on a single word a smaller lead is chance.
_MARGIN = 1.5
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Apostrophes and hyphens that are typed more rarely.
_PLAIN = str.maketrans({"ʼ": "'", "‑": "-"})


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None when it has too few letters to tell."""
    head = text[:_ENOUGH]
    if sum(char.isalpha() for char in head) < _FEWEST_LETTERS:
        return None
    from py3langid import classify

    return cast(str, classify(head)[0])


def detect_question(text: str) -> str:
    """`fr` or `en`, for a question that may be terse, misspelt or without accents.

    Question words and function words decide; where they are equal the library does, if it
    plainly prefers one of the two. Else French: the sample articles and most readers are,
    and a name alone (« Koursk ? ») belongs to both languages.
    """
    folded = fold(text[:_ENOUGH].translate(_PLAIN))
    words = [part for word in _WORD.findall(folded) for part in (word, *_parts(word))]
    french, english = (_weight(words, code) for code in ("fr", "en"))
    if french != english:
        return "fr" if french > english else "en"
    return "en" if words and _prefers_english(" ".join(words)) else "fr"


def _prefers_english(text: str) -> bool:
    from py3langid import rank

    scores = dict(rank(text))
    return bool(scores["en"] - scores["fr"] > _MARGIN)


def _parts(word: str) -> list[str]:
    """The pieces of « qu'est-ce », beside the word itself."""
    parts = re.split(r"['-]", word)
    return parts if len(parts) > 1 else []


def _weight(words: list[str], code: str) -> int:
    asks, others = _known()[code]
    return sum(2 if word in asks else 1 for word in words if word in asks or word in others)


@cache
def _known() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    data = tomllib.loads(resources.files("index").joinpath("language.toml").read_text("utf-8"))
    return {code: (frozenset(lists["asks"]), frozenset(lists["words"])) for code, lists in data.items()}
