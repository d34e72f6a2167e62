"""How a sentence commits its article: asserts, reports, doubts, denies or neutral."""

from __future__ import annotations

import re

from index.types import Span, Stance

_REPORTS = re.compile(
    r"\b(?:selon|d[’']après|affirm\w+|déclar\w+|a(?:urait|uraient) |serai(?:t|ent)\b|according to|said\b|reportedly)",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(?:aucune preuve|prétend\w*|sans preuve|no evidence|without evidence)\b", re.IGNORECASE
)


def decide(text: str, span: Span, language: str | None) -> tuple[Stance, Span | None]:
    """The stance of `text[span.start:span.end]` and the cue that decided, if any."""
    sentence = span.text
    if language not in ("fr", "en") or sentence.rstrip(' »”"').endswith("?"):
        return Stance.NEUTRAL, None
    for stance, pattern in ((Stance.DOUBTS, _DOUBTS), (Stance.REPORTS, _REPORTS)):
        if found := pattern.search(sentence):
            return stance, Span.cut(text, span.start + found.start(), span.start + found.end())
    if not re.search(r"[.!…][»”\")\s]*$", sentence):
        return Stance.NEUTRAL, None
    return Stance.ASSERTS, None
