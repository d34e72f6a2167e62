"""What may open a sentence and is no part of it: « 18 h 40. La préfecture dément. », "2) Police say"."""

from __future__ import annotations

import re

from index.capitals import CAPITALS

_CLOCK = r"\d{1,2}(?:\s?h(?:\s?\d\d)?|[:.]\d\d)(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
# A time goes with any mark behind it, or with none before a capital. A capital and a stop are a name's.
_LABEL = re.compile(
    rf"[\W_]{{0,3}}(?:(?:{_CLOCK})[\])*_]{{0,3}}(?:\s?[.:|–—-]|(?=\s[{CAPITALS}]))"
    r"|\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z]\))[*_]{0,2}\s+(?=\S)"
)


def past_label(text: str, start: int, end: int) -> int:
    """Where `text[start:end]` begins behind the time or the number that labels it; `start` without one."""
    found = _LABEL.match(text, start, end)
    return found.end() if found else start
