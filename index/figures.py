"""The quantities of a sentence, as written."""

from __future__ import annotations

import re

from index.types import Figure, Span

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|(?<![\w.,-])\d{1,9}(?![\w.,-]*\d)")
_MONTH = re.compile(
    r"\s*(?:er\s+)?(?:janv|févr|mars|avril|mai|juin|juil|août|sept|oct|nov|déc)", re.IGNORECASE
)


def find(text: str, span: Span) -> tuple[Figure, ...]:
    """Every plain number in digits of `text[span.start:span.end]` that is not a date."""
    found = []
    for match in _NUMBER.finditer(text, span.start, span.end):
        value = float(re.sub(r"\D", "", match[0]))
        if _MONTH.match(text, match.end()) or (match[0].isdigit() and 1900 <= value <= 2100):
            continue
        found.append(Figure(Span.cut(text, *match.span()), value, value, False, None, "other"))
    return tuple(found)
