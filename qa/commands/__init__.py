"""The commands of `selon`, each a function of what was typed and of the settings that gives its exit code."""

from __future__ import annotations

OK, NO_ANSWER, WRONG = 0, 1, 2


def counted(number: int, noun: str) -> str:
    """« 1 document », « 5 documents »."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def size_of(documents: int, passages: int, bytes_: int) -> str:
    """What a version holds, for people."""
    return f"{counted(documents, 'document')}, {counted(passages, 'passage')}, {bytes_ / 1e6:.1f} MB"
