"""Titles that a file carries beside its text: those that a person gave, not the program that wrote it."""

from __future__ import annotations

import re

from index.formats.extract import one_line

_OF_A_PROGRAM = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|indd|qxp|qxd|pages|tex|html?|tmp)\b|\A(?:microsoft|untitled|sans titre)\b",
    re.IGNORECASE,
)


def stated(title: object) -> str | None:
    """The title, or None for a file's name, a program's own words, or a word or two."""
    line = one_line(title)
    return line if len(line.split()) > 2 and not _OF_A_PROGRAM.search(line) else None
