"""The parts of a kind: the dead and the wounded are one kind of figure and two numbers.

Which part a figure counts is told by the words of its sentence; parts.toml lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from index.lexical import fold
from index.types import Figure, Passage
from qa.tables import read_table
from qa.understanding.beginnings import Beginnings

# Several parts together: « 30 tués ou blessés », "casualties".
ALL = "all"
_TOKEN = re.compile(r"[^\W_]+|[^\w\s'’]")
# « tuant sur le coup 12 personnes »: so many characters may stand between.
_NEAR = 30

# Where in its sentence a word that tells a part begins and ends, and the part.
PartWord = tuple[int, int, str]


def part_named(kind: str, words: Iterable[str]) -> str:
    """The part of `kind` that folded words name, `ALL` where they name several, "" where none."""
    found = _table()["parts"][kind].among(words) if kind in _table()["parts"] else set()
    return found.pop() if len(found) == 1 else ALL if found else ""


def part_of(figure: Figure, passage: Passage) -> str:
    """The part of its kind that a figure of `passage` counts; `ALL` and "" as in `part_named`.

    Its unit tells it, or a word right before it (« tuant 12 personnes »), or the first word
    behind it that tells no other figure, or the last word before it.
    """
    if figure.kind not in _table()["parts"]:
        return ""
    text, told = passage.span.text, _told(figure.kind, passage.span.text)
    start, end = (place - passage.span.start for place in (figure.span.start, figure.span.end))
    if (own := _own(figure, told, passage)) is None:
        taken = [_own(other, told, passage) for other in passage.figures if other.kind == figure.kind]
        behind = [word for word in told if end <= word[0] and word not in taken]
        before = [word for word in told if word[1] <= start]
        own = behind[0] if behind else before[-1] if before else None
        if own in before and _table()["links"] & set(_tokens(text, own[1], start)):
            own = None
    return own[2] if own else ""


def _own(figure: Figure, told: Sequence[PartWord], passage: Passage) -> PartWord | None:
    """The word that tells `figure` alone: one in its unit, or one right before it."""
    places = figure.span.start, (figure.unit or figure.span).end
    start, end = (place - passage.span.start for place in places)
    for word in told:
        if start <= word[0] < end:
            return word
    near = [word for word in told if 0 <= start - word[1] <= _NEAR]
    if near and not _table()["stops"] & set(_tokens(passage.span.text, near[-1][1], start)):
        return near[-1]
    return None


# A how-many question looks at the same sentences for its ranking, its table and its contradictions.
@lru_cache(maxsize=4096)
def _told(kind: str, text: str) -> tuple[PartWord, ...]:
    """The words of `text` that tell parts of `kind`; « tués ou blessés » tell them together."""
    found: list[PartWord] = []
    parts: Beginnings[str] = _table()["parts"][kind]
    for token in _TOKEN.finditer(text):
        if part := next(iter(parts.of(fold(token.group()))), None):
            start, end = token.span()
            between = _tokens(text, found[-1][1], start) if found else []
            if between and _table()["joins"].issuperset(between):
                found[-1] = (found[-1][0], end, part if part == found[-1][2] else ALL)
            else:
                found.append((start, end, part))
    return tuple(found)


def _tokens(text: str, start: int, end: int) -> list[str]:
    return [fold(token) for token in _TOKEN.findall(text[start:end])]


@cache
def _table() -> Mapping[str, Any]:
    data = read_table(__file__, "parts.toml")
    parts = {
        kind: Beginnings({part: words.split() for part, words in own.items()})
        for kind, own in data["parts"].items()
    }
    marks = {name: frozenset(words.split()) for name, words in data["marks"].items()}
    links, joins, stops = (marks[name] for name in ("links", "joins", "stops"))
    return {"parts": parts, "links": links, "joins": links | joins, "stops": links | stops}
