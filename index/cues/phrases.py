"""Phrases of several words, looked for at every word of a sentence in one pass.

Notation: words apart by spaces; `a|b` either; `mot*` any ending; `…` up to four
words between; `~` an adverb or two, or none. A phrase is tried only where its first word stands, so the cost
grows with the sentence and not with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Between two words; an opening quotation mark may stand there. Each character is read in
# one way alone: a run of spaces could else be parted in as many ways as it has parts.
_SPACE = {False: r"(?:[\s«“\"]|,(?=\s))+", True: r",?\s*(?:[«“\"]\s*)?"}
_ADVERB = (
    r"(?:\s+(?:[«“\"]\s?)?(?:\w+(?:ly|ment)|just|quite|even|also|still|all|yet|been|almost|most|very)){0,2}"
)
_GAP = r"(?:,?\s+[^\s.;:!?«»\"“”]+){0,4}?"
_LEANING = r"(?:[^\s.;:!?«»\"“”]+)?"
_BETWEEN = {"…": _GAP, "~": _ADVERB}


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
        self._whole: dict[str, list[tuple[re.Pattern[str], str, str]]] = {}
        self._begun: dict[str, list[tuple[re.Pattern[str], str, str]]] = {}
        for table, phrases in tables.items():
            for phrase in phrases:
                entry = (re.compile(pattern_of(phrase)), table, phrase)
                for first in dict.fromkeys(_first_token(word) for word in phrase.split()[0].split("|")):
                    plain = first.isalpha() or (first[:-1].isalpha() and first.endswith("'"))
                    index, key = (self._whole, first) if plain else (self._begun, first[:3].rstrip("*"))
                    index.setdefault(key, []).append(entry)

    def find(self, low: str, starts: Sequence[int], words: Sequence[str]) -> list[Hit]:
        """All hits in a lowered sentence whose words begin at `starts`."""
        hits: dict[Hit, None] = {}
        for start, word in zip(starts, words, strict=True):
            for entries in (self._whole.get(word), self._begun.get(word[:3])):
                for pattern, table, phrase in entries or ():
                    if found := pattern.match(low, start):
                        hits[Hit(table, start, found.end(), phrase)] = None
        return list(hits)


def pattern_of(phrase: str) -> str:
    """The regular expression of one phrase; raises ValueError for a phrase of gaps alone."""
    parts = phrase.split()
    if not parts or not {parts[0], parts[-1]}.isdisjoint(_BETWEEN):
        raise ValueError(f"a phrase must begin and end with a word: {phrase!r}")
    out = ""
    for number, part in enumerate(parts):
        if part in _BETWEEN:
            # « ce qu'a affirmé »: the first word between may lean on an elided one.
            out += (_LEANING if _elided(parts[number - 1]) else "") + _BETWEEN[part]
            continue
        words = "|".join(_word(w) for w in part.split("|"))
        out += (_SPACE[_elided(parts[number - 1])] if number else "") + f"(?:{words})"
    return out


def _word(word: str) -> str:
    """« qu' » leans on what follows, any other word ends there: « que » is not the start of « questions »."""
    return re.escape(word).replace(r"\*", r"\w*") + ("" if word.endswith("'") else r"(?!\w)")


def _elided(part: str) -> bool:
    return any(word.endswith("'") for word in part.split("|"))


def _first_token(word: str) -> str:
    head, apostrophe, _ = word.partition("'")
    return head + apostrophe if apostrophe else word.partition("-")[0] if word.startswith("-") else word
