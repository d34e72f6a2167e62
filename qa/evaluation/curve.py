"""Risk against coverage: how often the first quote is wrong, when only the surest questions are answered.

Questions are ordered by the score of their first quote. Answering one that has no answer
is a mistake, as is quoting the wrong passage first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from qa.composing.svg import STYLE, picture, safe
from qa.evaluation.judge import Result

Curve = list[tuple[float, float]]
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 640, 420, 64, 48, 24, 56
# Told apart by dashes as well as by colour.
_LINES = (("#1f5fae", ""), ("#a86200", "7 4"), ("#1b7a3d", "2 3"), ("#6a3fa0", "10 3 2 3"))


def risk_coverage(results: Sequence[Result]) -> Curve:
    """Points (coverage, risk), both 0 to 1, from the surest question to all; equal scores come at once."""
    ordered = sorted(results, key=lambda result: -result.score)
    curve: Curve = []
    wrong = 0
    for number, result in enumerate(ordered, 1):
        wrong += not result.right
        if number == len(ordered) or ordered[number].score < result.score:
            curve.append((round(number / len(ordered), 4), round(wrong / number, 4)))
    return curve


def area(curve: Curve) -> float | None:
    """The mean risk over all coverages (AURC): lower is better."""
    if not curve:
        return None
    steps = [0.0, *(coverage for coverage, _ in curve)]
    shares = [after - before for before, after in pairwise(steps)]
    return round(sum(share * risk for share, (_, risk) in zip(shares, curve, strict=True)), 4)


def curves_by_language(results: Sequence[Result]) -> dict[str, Curve]:
    """A curve for each language of the questions."""
    languages = sorted({result.query.language for result in results})
    return {
        language: risk_coverage([result for result in results if result.query.language == language])
        for language in languages
    }


def draw(curves: Mapping[str, Curve], title: str) -> str:
    """The curves as an SVG picture, without script."""
    body = [_grid()]
    for number, (name, curve) in enumerate(curves.items()):
        colour, dashes = _LINES[number % len(_LINES)]
        dash = f" stroke-dasharray='{dashes}'" if dashes else ""
        points = " ".join(f"{_x(coverage)},{_y(risk)}" for coverage, risk in curve)
        body.append(f"<polyline points='{points}' fill='none' stroke='{colour}' stroke-width='2.5'{dash}/>")
        place = _LEFT + 12 + 170 * number
        label = safe(f"{name} (mean risk {area(curve):.3f})")
        line = f"stroke='{colour}' stroke-width='2.5'{dash}"
        body.append(f"<line x1='{place}' y1='38' x2='{place + 24}' y2='38' {line}/>")
        body.append(f"<text x='{place + 30}' y='42' {STYLE}>{label}</text>")
    return picture(_WIDTH, _HEIGHT, title, body, longest=80)


def _grid() -> str:
    lines = []
    for step in range(6):
        share = step / 5
        lines.append(
            f"<line x1='{_LEFT}' y1='{_y(share)}' x2='{_WIDTH - _RIGHT}' y2='{_y(share)}' stroke='#dadce0'/>"
            f"<text x='{_LEFT - 8}' y='{_y(share) + 4}' text-anchor='end' {STYLE}>{share:.0%}</text>"
            f"<text x='{_x(share)}' y='{_HEIGHT - 36}' text-anchor='middle' {STYLE}>{share:.0%}</text>"
        )
    middle, height = (_LEFT + _WIDTH - _RIGHT) / 2, _y(0.5)
    lines.append(
        f"<text x='{middle}' y='{_HEIGHT - 12}' text-anchor='middle' {STYLE}>questions answered</text>"
        f"<text x='14' y='{height}' transform='rotate(-90 14 {height})' text-anchor='middle' {STYLE}>"
        "first quotes that are wrong</text>"
    )
    return "".join(lines)


def _x(share: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * share, 1)


def _y(share: float) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share, 1)
