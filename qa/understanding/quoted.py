"""What a question quotes: the words between its quotation marks."""

from __future__ import annotations

import re

from index.lexical import words

_QUOTED = re.compile(r"«([^«»]+)»|[“„]([^“„”]+)”|\"([^\"]+)\"")


def quotations(text: str) -> list[tuple[int, int]]:
    """Where a question holds something in quotation marks, the marks with it."""
    return [match.span() for match in _QUOTED.finditer(text)]


def quoted(text: str) -> list[tuple[str, ...]]:
    """The folded words of each stretch of two words or more that a question holds in quotation marks."""
    found = (tuple(words(text[start + 1 : end - 1])) for start, end in quotations(text))
    return [phrase for phrase in found if len(phrase) > 1]
