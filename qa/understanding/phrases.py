"""The phrases of followups.toml, looked for in a question: at its beginning, or anywhere.

They are regular expressions over `flat` text, so that what is found has its place in the question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from index.lexical import fold, question_terms
from qa.tables import any_of, read_table


def flat(text: str) -> str:
    """`text` in lower case without accents, character by character, so that places stay."""
    text = re.sub(r"\b[oO]ù\b", "wo", text.replace("’", "'"))
    return "".join(unicodedata.normalize("NFKD", char)[0].lower()[0] for char in text)


def end_of(table: str, plain: str) -> int | None:
    """Where the longest phrase of `table` at the beginning of `plain` ends; None: it has none."""
    ends = [found.end() for pattern in _starts(table) if (found := pattern.match(plain))]
    return max(ends, default=None)


def without_start(table: str, question: str) -> str:
    """`question` without what `table` finds at its beginning, as often as it does."""
    while end := end_of(table, flat(question)):
        question = question[end:].lstrip(" ,;:")
    return question


def terms_of(text: str) -> list[str]:
    """The terms that carry a matter of their own, cut short so that « tué » meets « tués »."""
    light = _light()
    return [word.rstrip("s") for word in question_terms(text) if word not in light]


@cache
def pattern_of(table: str) -> re.Pattern[str]:
    """Any phrase of `table`, between word borders."""
    return any_of(words_of(table))


@cache
def words_of(table: str) -> tuple[str, ...]:
    """The phrases of a table of followups.toml: regular expressions over `flat` text."""
    entry = _tables()[table]
    return tuple(fold(entry).split()) if isinstance(entry, str) else tuple(entry)


@cache
def paired(table: str) -> Mapping[str, str]:
    """A table of followups.toml whose entries have names."""
    return dict(_tables()[table])


@cache
def _starts(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{phrase})(?:(?<=')|(?!\w))\s*") for phrase in words_of(table))


@cache
def _light() -> frozenset[str]:
    return frozenset(words_of("light"))


@cache
def _tables() -> dict[str, Any]:
    return read_table(__file__, "followups.toml")
