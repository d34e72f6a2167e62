"""Labelled examples: the labels stand inside the sentence.

One example a line: `stance || sentence`, or `stance/role || sentence`. In the
sentence `[words]{label}` marks a holder (asserts, doubts, denies, silent, or two of
them with + between), a cue (cue) or a figure (low:high, either may be empty).
Anything else raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.types import Role, Stance, VoiceStance

_MARK = re.compile(r"\[([^\[\]{}]+)\]\{([^\[\]{}]*)\}")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)?:(\d+(?:\.\d+)?)?")


@dataclass(frozen=True)
class Example:
    """A sentence without its marks, and what they said; places count characters."""

    text: str
    stance: Stance
    role: Role
    voices: tuple[tuple[int, int, VoiceStance], ...]
    figures: tuple[tuple[int, int, float | None, float | None], ...]
    cues: tuple[tuple[int, int], ...]


def parse(line: str) -> Example:
    """Reads one example; raises ValueError for unclosed or unknown marks, stances and roles."""
    head, bar, marked = line.partition(" || ")
    if not bar:
        raise ValueError(f"no « || » between the stance and the sentence: {line!r}")
    label, _, role = head.strip().partition("/")
    text, voices, figures, cues = "", [], [], []
    at = 0
    for mark in _MARK.finditer(marked):
        text += _clean(marked[at : mark.start()], line)
        start, end = len(text), len(text) + len(mark[1])
        text += mark[1]
        at = mark.end()
        if mark[2] == "cue":
            cues.append((start, end))
        elif figure := _FIGURE.fullmatch(mark[2]):
            low, high = (float(value) if value else None for value in figure.groups())
            figures.append((start, end, low, high))
        elif set(mark[2].split("+")) <= set(VoiceStance):
            voices += [(start, end, VoiceStance(stance)) for stance in mark[2].split("+")]
        else:
            raise ValueError(f"unknown mark {mark[2]!r} in {line!r}")
    text += _clean(marked[at:], line)
    return Example(text, Stance(label), Role(role or "sentence"), tuple(voices), tuple(figures), tuple(cues))


def _clean(piece: str, line: str) -> str:
    if any(sign in piece for sign in "[]{}"):
        raise ValueError(f"a mark is not closed in {line!r}")
    return piece


def read(path: Path) -> Iterator[tuple[int, Example]]:
    """The examples of a file with their line numbers; empty lines and comments are skipped."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, parse(line)
