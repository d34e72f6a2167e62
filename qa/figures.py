"""How many, side by side: the figures of the quotes, who gives them, the same ones together.

No figure is computed: a row is a figure as written. Figures of another thing than asked
stand apart, measures of another sort (kilometres, euros) are left out.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.lexical import words
from index.types import Figure
from qa.speakers import key_of, name_of, speaker_of
from qa.types import FigureRow, Question, Quote, Spread, Wants

Key = tuple[float | None, float | None, str, bool]


def figure_table(question: Question, quotes: Sequence[Quote]) -> tuple[FigureRow, ...]:
    """A row for each figure that a how-many question may mean, those asked for first, grouped.

    Empty for any other question.
    """
    if question.wants is not Wants.NUMBER:
        return ()
    asked = _asked_kind(question)
    rows: list[tuple[Key, FigureRow]] = []
    sources: dict[Key, set[str]] = {}
    for number, quote in enumerate(quotes):
        for figure in quote.passage.figures:
            apart = not _answers(question, asked, figure)
            if apart and figure.kind in _table()["measures"]:
                continue
            voice = speaker_of(quote.passage, figure.span)
            key = (figure.low, figure.high, _counted(figure), apart)
            # Articles that repeat one speaker are one origin; what nobody is named for is the article's.
            sources.setdefault(key, set()).add(key_of(voice) if voice else f"\0{quote.document.doc_id}")
            holder = name_of(voice) if voice else None
            stance, day = quote.passage.stance, quote.document.published
            rows.append((key, FigureRow(figure, number, holder, stance, day, apart=apart)))
    order = {
        key: place
        for place, key in enumerate(dict.fromkeys(sorted((key for key, _ in rows), key=lambda k: k[3])))
    }
    grouped = [replace(row, group=order[key], origins=len(sources[key])) for key, row in rows]
    return tuple(sorted(grouped, key=lambda row: (row.group, row.quote)))


def spread_of(rows: Sequence[FigureRow]) -> Spread | None:
    """The lowest and the highest of the figures asked for; None where they do not differ."""
    meant = [row for row in rows if not row.apart]
    kinds = Counter(row.figure.kind for row in meant)
    groups = {row.group for row in meant}
    if len(groups) < 2:
        return None
    ends = [end for row in meant for end in (row.figure.low, row.figure.high) if end is not None]
    return Spread(min(ends), max(ends), kinds.most_common(1)[0][0], len(groups))


def _asked_kind(question: Question) -> str | None:
    asked = words(question.rewritten or question.text)
    for kind, beginnings in _table().items():
        if kind.startswith("asked ") and any(word.startswith(beginnings) for word in asked):
            return kind.removeprefix("asked ")
    return None


def _answers(question: Question, asked: str | None, figure: Figure) -> bool:
    """Whether a figure counts what is asked for, as far as the kinds and words show."""
    unit = {word[:5] for word in words(figure.unit.text)} if figure.unit else set()
    terms = {word[:5] for word in question.terms}
    if asked is not None:
        return figure.kind == asked or (figure.kind == "other" and bool(unit & terms))
    if figure.kind in _table()["measures"]:
        return bool(unit & terms)
    if figure.kind in _table()["cases"]:
        return False
    people = _table()["people"]
    wants_people = any(term.startswith(people) for term in question.terms)
    counts_people = not unit or any(
        word.startswith(people) for word in words(figure.unit.text if figure.unit else "")
    )
    return not wants_people or counts_people or bool(unit & terms)


def _counted(figure: Figure) -> str:
    """What a figure counts, so that « soldats » and « hommes » of one kind meet."""
    unit = words(figure.unit.text) if figure.unit else []
    if not unit or any(word.startswith(_table()["people"]) for word in unit):
        return figure.kind
    return f"{figure.kind} {unit[0][:5]}"


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
    asked = {f"asked {kind}": tuple(line.split()) for kind, line in data["asked"].items()}
    return {
        **asked,
        "measures": tuple(data["measures"]["kinds"].split()),
        "cases": tuple(data["cases"]["kinds"].split()),
        "people": tuple(data["people"]["words"].split()),
    }
