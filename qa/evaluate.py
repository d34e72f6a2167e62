"""How good are the answers? Means by language and type, and whether a score means what it says.

Per-question results come first; means are taken over them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from qa.evaluation.judge import MEASURES, Result

Row = dict[str, float | int | None]
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """First quotes whose scores lie from `low` to `high`: how many, their mean score, and how many answer."""

    low: float
    high: float
    questions: int
    claimed: float
    right: float


def summarize(results: Sequence[Result]) -> dict[str, Row]:
    """Means and counts by group: all, each language, each type of question.

    A type that is called as a language is told as "type …".
    """
    groups = {"all": list(results)}
    for kind in ("language", "type"):
        named: dict[str, list[Result]] = defaultdict(list)
        for result in results:
            named[getattr(result.query, kind)].append(result)
        groups |= {f"{kind} {name}" if name in groups else name: named[name] for name in sorted(named)}
    return {group: _means(own) for group, own in groups.items()}


def auroc(results: Sequence[Result]) -> float | None:
    """The chance that an answerable question's first score exceeds an unanswerable one's."""
    yes = [result.score for result in results if result.query.relevant]
    no = [result.score for result in results if not result.query.relevant]
    if not yes or not no:
        return None
    return fmean((a > b) + 0.5 * (a == b) for a in yes for b in no)


def calibration(results: Sequence[Result]) -> tuple[Bin, ...]:
    """The scores of the first quotes against how often these answer, in `BINS` equal parts of 0 to 1."""
    bins: dict[int, list[Result]] = defaultdict(list)
    for result in results:
        if result.first is not None:
            bins[min(BINS - 1, int(result.score * BINS))].append(result)
    return tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(own),
            round(fmean(result.score for result in own), 4),
            round(fmean(result.right for result in own), 4),
        )
        for number, own in sorted(bins.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean gap between what scores claim and what is right (expected calibration error), 0 to 1."""
    total = sum(one.questions for one in bins)
    if not total:
        return None
    return round(sum(one.questions * abs(one.claimed - one.right) for one in bins) / total, 4)


def _means(results: Sequence[Result]) -> Row:
    row: Row = {"questions": len(results)}
    for name, measure in MEASURES.items():
        values = [value for result in results if (value := measure(result)) is not None]
        row[name] = round(fmean(values), 4) if values else None
    return row
