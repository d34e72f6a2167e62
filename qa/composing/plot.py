"""Figures as a picture: a dot or a range for each, written by hand as SVG.

Rows follow the days where all are known, else the order of the answer; far-apart figures get a
logarithmic scale. Stance shows in the shape as well as in the colour, and in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.types import Stance
from qa.composing.export import labels
from qa.composing.svg import STYLE, picture, safe, short
from qa.types import Answer, FigureRow

WIDTH, ROW, TOP, LEFT, RIGHT = 860, 34, 74, 330, 40
_FAR_APART = 20
# The characters that fit left of the scale.
_LABEL = 46
_ENTRY = 168  # the width of « l’article reste neutre » and its sign
_COLOURS = {
    Stance.ASSERTS: "#1b7a3d",
    Stance.REPORTS: "#1f5fae",
    Stance.DOUBTS: "#a86200",
    Stance.DENIES: "#b3261e",
    Stance.NEUTRAL: "#5f6368",
}


def plot(answer: Answer) -> str:
    """The figures asked for as an SVG picture, without script; one without rows where there are none."""
    rows = [row for row in answer.figures if not row.apart]
    if rows and all(row.published for row in rows):
        rows.sort(key=lambda row: (row.published or "", row.group))
    height = TOP + ROW * max(1, len(rows)) + 46
    scale = _Scale([end for row in rows for end in (row.figure.low, row.figure.high) if end is not None])
    words = labels(answer.question.language)["stance"]
    body = [_axis(scale, height)] if rows else []
    body += [
        _row(row, words[row.stance], scale, TOP + ROW * number + ROW / 2) for number, row in enumerate(rows)
    ]
    title = answer.question.rewritten or answer.question.text
    return picture(WIDTH, height, title, [_legend(rows, words), *body])


class _Scale:
    """Where a number lies from left to right."""

    def __init__(self, ends: Sequence[float]) -> None:
        least, most = min(ends, default=0.0), max(ends, default=1.0)
        # A logarithm needs numbers above zero, and helps only where they lie far apart.
        self.logarithmic = least > 0 and most / least > _FAR_APART
        if self.logarithmic:
            self.least, self.most = _power(math.floor(math.log10(least))), _power(math.ceil(math.log10(most)))
        else:
            self.least, self.most = min(0.0, least), most * 1.1 if most > 0 else 1.0

    def x(self, value: float) -> float:
        low, high, here = self.least, self.most, max(value, self.least)
        if self.logarithmic:
            low, high, here = math.log10(low), math.log10(high), math.log10(here)
        return round(float(LEFT) + (WIDTH - LEFT - RIGHT) * (here - low) / ((high - low) or 1.0), 1)

    def ticks(self) -> list[float]:
        if self.logarithmic:
            first, last = round(math.log10(self.least)), round(math.log10(self.most))
            return [_power(exponent) for exponent in range(first, last + 1)]
        span = self.most - self.least
        step = _power(math.floor(math.log10(span)))
        step *= 0.5 if span / step < 3 else 2 if span / step > 6 else 1
        return [self.least + step * number for number in range(int(span / step) + 1)]


def _power(exponent: int) -> float:
    return float(10.0**exponent)


def _axis(scale: _Scale, height: int) -> str:
    marks = []
    for tick in scale.ticks():
        x, shown = scale.x(tick), f"{tick:,.10g}".replace(",", "\u202f")
        marks.append(f"<line x1='{x}' y1='{TOP}' x2='{x}' y2='{height - 40}' stroke='#dadce0'/>")
        marks.append(f"<text x='{x}' y='{height - 22}' {STYLE} text-anchor='middle'>{shown}</text>")
    kind = f"<text x='16' y='{height - 22}' {STYLE}>log</text>" if scale.logarithmic else ""
    return "".join(marks) + kind


def _row(row: FigureRow, stance: str, scale: _Scale, y: float) -> str:
    figure = row.figure
    who = " · ".join(part for part in (row.published, row.holder, figure.span.text) if part)
    unit = f" {figure.unit.text}" if figure.unit else ""
    told = f"{row.quote + 1}. {who}{unit} ({stance})"
    colour = _COLOURS[row.stance]
    low, high = figure.low, figure.high
    left = scale.x(low) if low is not None else float(LEFT)
    right = scale.x(high) if high is not None else float(WIDTH - RIGHT)
    line = ""
    if left != right:
        # An end without a bound is drawn open: dashes that run to the edge.
        open_end = " stroke-dasharray='4 4'" if low is None or high is None else ""
        line = (
            f"<line x1='{left}' y1='{y}' x2='{right}' y2='{y}' stroke='{colour}' stroke-width='3'{open_end}/>"
        )
    dots = {scale.x(end) for end in (low, high) if end is not None}
    shapes = "".join(_shape(row.stance, x, y, colour) for x in sorted(dots))
    text = f"<text x='16' y='{y + 4}' {STYLE}>{safe(_label(row))}</text>"
    return f"<g><title>{safe(told)}</title>{text}{line}{shapes}</g>"


def _label(row: FigureRow) -> str:
    """Who gives the figure, and the figure; a long name gives way, the figure never."""
    figure = short(row.figure.span.text, _LABEL - 6)
    day = f"{row.published} · " if row.published else ""
    left = _LABEL - len(f"{row.quote + 1}. {day} · {figure}")
    name = f"{short(row.holder, left)} · " if row.holder and left > 3 else ""
    return f"{row.quote + 1}. {day}{name}{figure}"


def _shape(stance: Stance, x: float, y: float, colour: str) -> str:
    """A filled dot asserts, a ring reports, a triangle doubts, a cross denies, a square is neutral."""
    if stance is Stance.ASSERTS:
        return f"<circle cx='{x}' cy='{y}' r='6' fill='{colour}'/>"
    if stance is Stance.REPORTS:
        return f"<circle cx='{x}' cy='{y}' r='5' fill='#ffffff' stroke='{colour}' stroke-width='3'/>"
    if stance is Stance.DOUBTS:
        return f"<path d='M{x} {y - 7}l7 12h-14z' fill='#ffffff' stroke='{colour}' stroke-width='2.5'/>"
    if stance is Stance.DENIES:
        return f"<path d='M{x - 6} {y - 6}l12 12m0-12l-12 12' stroke='{colour}' stroke-width='3.5'/>"
    return f"<rect x='{x - 5}' y='{y - 5}' width='10' height='10' fill='{colour}'/>"


def _legend(rows: Sequence[FigureRow], words: Mapping[str, str]) -> str:
    stances = [stance for stance in Stance if any(row.stance is stance for row in rows)]
    return "".join(
        f"{_shape(stance, 24 + _ENTRY * number, 50, _COLOURS[stance])}"
        f"<text x='{38 + _ENTRY * number}' y='54' {STYLE}>{words[stance]}</text>"
        for number, stance in enumerate(stances)
    )
