"""Scores annotations against labelled sentences, as the labelling rules say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.types import Passage, Stance

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Scores:
    """Shares between 0 and 1; `misses` says, sentence by sentence, what went wrong."""

    sentences: int
    accuracy: float
    kappa: float
    voices: float
    figures: float
    misses: tuple[str, ...]


def score(rows: Iterable[Mapping[str, Any]], passages: Mapping[str, Sequence[Passage]]) -> Scores:
    """Compares gold rows (doc, start, end, stance labels, voices, figures) with passages by document."""
    pairs: list[tuple[str, str]] = []
    voice, figure = [0, 0, 0], [0, 0, 0]
    misses: list[str] = []
    for row in rows:
        passage = max(
            passages[row["doc"]], key=lambda p: min(p.span.end, row["end"]) - max(p.span.start, row["start"])
        )
        mine = passage.stance.value
        pairs.append((mine if mine in row["stance"] else row["stance"][0], mine))
        problems = [] if mine in row["stance"] else [f"stance {mine}, not {'/'.join(row['stance'])}"]
        problems += _count(voice, row["voices"], passage.voices, _same_voice, "voice")
        problems += _count(figure, row["figures"], passage.figures, _same_figure, "figure")
        if problems:
            misses.append(f"{row['doc']} {row['text']}\n    " + "\n    ".join(problems))
    right = sum(gold == mine for gold, mine in pairs) / max(1, len(pairs))
    chance = sum(
        sum(g == s for g, _ in pairs) * sum(m == s for _, m in pairs) for s in (x.value for x in Stance)
    ) / max(1, len(pairs) ** 2)
    kappa = (right - chance) / (1 - chance) if chance < 1 else 1.0
    return Scores(len(pairs), right, kappa, _f1(voice), _f1(figure), tuple(misses))


def _count(tally: list[int], gold: Sequence[Any], mine: Sequence[Any], same: Any, name: str) -> list[str]:
    """Adds hits, found and wanted to a tally; an optional gold entry counts neither way."""
    problems, free = [], list(gold)
    for found in mine:
        match = next((g for g in free if same(g, found)), None)
        if match is None:
            tally[1] += 1
            problems.append(f"{name} too many: {_show(found)}")
            continue
        free.remove(match)
        if not match.get("optional"):
            tally[0] += 1
            tally[1] += 1
            tally[2] += 1
    for wanted in free:
        if not wanted.get("optional"):
            tally[2] += 1
            problems.append(f"{name} missing: {wanted}")
    return problems


def _show(found: Any) -> str:
    if hasattr(found, "holder"):
        return f"{found.holder.text} | {found.stance.value} | {found.cue.text if found.cue else ''}"
    return f"{found.span.text} | {found.low} {found.high} {found.unit.text if found.unit else ''}"


def _same_voice(gold: Mapping[str, Any], voice: Any) -> bool:
    """Whether a voice is the one wanted: one holder has all the words of the other, and may have more."""
    mine, theirs = _words(voice.holder.text), _words(gold["holder"])
    return voice.stance.value in gold["stance"].split("/") and (mine <= theirs or theirs <= mine)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _same_figure(gold: Mapping[str, Any], figure: Any) -> bool:
    return gold["low"] == figure.low and gold["high"] == figure.high


def _f1(tally: Sequence[int]) -> float:
    hits, found, wanted = tally
    return 2 * hits / (found + wanted) if found + wanted else 1.0
