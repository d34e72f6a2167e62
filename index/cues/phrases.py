"""Phrases of several words, looked for at every word of a sentence in one pass.

Notation: words apart by spaces; `a|b` either; `mot*` any ending; `…` up to four
words between. A phrase is tried only where its first letters stand, so the cost
grows with the sentence and not with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Between two words; an opening quotation mark may stand there.
_SPACE = {False: r"(?:,?\s+|\s*[«“\"]\s*)+", True: r",?\s*(?:[«“\"]\s*)?"}
_GAP = r"(?:,?\s+[^\s.;:!?«»\"“”]+){0,4}?"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: which list it stands in, where in the sentence, and how it was written there."""

    table: str
    start: int
    end: int
    phrase: str


class Phrases:
    """Lists of phrases by name, compiled."""

    def __init__(self, tables: dict[str, Iterable[str]]) -> None:
        self._at: dict[str, list[tuple[re.Pattern[str], str, str]]] = {}
        for table, phrases in tables.items():
            for phrase in phrases:
                pattern = re.compile(pattern_of(phrase))
                firsts = dict.fromkeys(key(_first_token(word)) for word in phrase.split()[0].split("|"))
                for first in firsts:
                    self._at.setdefault(first, []).append((pattern, table, phrase))

    def find(self, low: str, starts: Sequence[int], words: Sequence[str]) -> list[Hit]:
        """All hits in a lowered sentence whose words begin at `starts`."""
        hits = []
        for start, word in zip(starts, words, strict=True):
            for pattern, table, phrase in self._at.get(word[:3], ()):
                if found := pattern.match(low, start):
                    hits.append(Hit(table, start, found.end(), phrase))
        return hits


def key(word: str) -> str:
    """What a word is filed under: its first three letters."""
    return word[:3].rstrip("*")


def pattern_of(phrase: str) -> str:
    """The regular expression of one phrase; raises ValueError for a phrase of gaps alone."""
    parts = phrase.split()
    if not parts or parts[0] == "…" or parts[-1] == "…":
        raise ValueError(f"a phrase must begin and end with a word: {phrase!r}")
    out = ""
    for number, part in enumerate(parts):
        if part == "…":
            out += _GAP
            continue
        words = "|".join(re.escape(w).replace(r"\*", r"\w*") for w in part.split("|"))
        out += (_SPACE[_elided(parts[number - 1])] if number else "") + f"(?:{words})"
    return out + ("" if _elided(parts[-1]) else r"(?!\w)")


def _elided(part: str) -> bool:
    return any(word.endswith("'") for word in part.split("|"))


def _first_token(word: str) -> str:
    head, apostrophe, _ = word.partition("'")
    return head + apostrophe if apostrophe else word.partition("-")[0] if word.startswith("-") else word
