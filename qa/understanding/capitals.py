"""Names by their sign: a capital inside a sentence, in French and in English."""

from __future__ import annotations

import re

from index.capitals import CAPITALS
from index.lexical import words
from index.stopwords import ENGLISH, FRENCH

# What may stand before the space in front of a name. After a full stop, or the mark that opens a
# quotation, any word has a capital; after « l' » none but a name.
_NAME = re.compile(rf"(?:(?<=[\w,;:»’')-] )|(?<=\w['’]))[{CAPITALS}][\w-]+")

# A word with a capital. It is read in one way and has one end: two would be doubled by every further
# name of a row.
NAME = rf"[{CAPITALS}][\w’'-]*\w"
NAMES = re.compile(rf"{NAME}(?: (?:(?:de|du|la|le|van|von|der|bin) ){{0,2}}(?:al-|d[’'])?{NAME})*")
# What may stand between a full stop and the sentence behind it.
_OPENS = " \n\t\u00a0\u202f«\"“'‘–—-"


def capitalised(text: str) -> list[str]:
    """The words of `text` that a capital shows to be names, in order.

    The first word has a capital for its place, and so is none.
    """
    return _NAME.findall(text)


def names(text: str) -> list[tuple[str, ...]]:
    """The names of `text` with all their words, in order: (« Ban », « Ki-moon »).

    A single word with which a sentence begins is none, unless all of it is capitals.
    """
    found = []
    for match in NAMES.finditer(text):
        name = tuple(match.group().split())
        if _begins(text, match.start()):
            if len(name) == 1 and not name[0].isupper():
                continue
            # « Selon Paul Marchand », "In Oslo"
            name = name[words(name[0])[0] in FRENCH | ENGLISH :]
        found.append(name)
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a sentence of `text` begins at `at`: the first, or one behind a full stop."""
    while at and text[at - 1] in _OPENS:
        at -= 1
    return not at or text[at - 1] in ".!?:"
