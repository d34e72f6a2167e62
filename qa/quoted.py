"""What a question quotes: the words between its quotation marks."""

from __future__ import annotations

import re

from index.lexical import words

_QUOTED = re.compile(r"«([^«»]+)»|[“„]([^“„”]+)”|\"([^\"]+)\"")


def quoted(text: str) -> list[tuple[str, ...]]:
    """The folded words of each stretch of two words or more that a question holds in quotation marks."""
    found = (tuple(words(next(filter(None, match.groups())))) for match in _QUOTED.finditer(text))
    return [phrase for phrase in found if len(phrase) > 1]
