"""Names by their sign: a capital inside a sentence, in French and in English."""

from __future__ import annotations

import re

# What may stand before the space in front of a name. After a full stop, or the mark that opens a
# quotation, any word has a capital; after « l' » none but a name.
_NAME = re.compile(r"(?:(?<=[\w,;:»’')-] )|(?<=\w['’]))[A-ZÀ-ÖØ-Þ][\w-]+")


def capitalised(text: str) -> list[str]:
    """The words of `text` that a capital shows to be names, in order.

    The first word has a capital for its place, and so is none.
    """
    return _NAME.findall(text)
