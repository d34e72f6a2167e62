"""Lines that were broken at a width, of a page or a mail, joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

_ENDS = re.compile(r"[.!?…:](?:\s?[»”\"’)\]]*)$")
_SHORT = 0.75  # of a full line: such a line ends a paragraph
_WIDEST = 160  # characters: longer lines were not broken
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_HEAD, _TAIL = re.compile(r"([^\W\d_]+)-\Z"), re.compile(r"[^\W\d_]+")
# A hyphen before or after these belongs to the word, wherever a line ends.
_AFTER = frozenset(
    "il elle on ils elles je tu nous vous ce ci là moi toi lui leur y en être même mêmes".split()
)
_BEFORE = frozenset("ex non vice demi mi quasi semi self well half c est au a".split())


def reflow(lines: Sequence[str]) -> str:
    """Paragraphs apart by blank lines.

    An empty line ends a paragraph; so does a short line with a stop, or a heading.
    """
    widths = sorted(len(line) for line in lines if line)
    # Nearly the widest: a table may be wider than all else.
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    if width > _WIDEST:
        return "\n\n".join(filter(None, lines))
    compounds = {word.lower() for line in lines for word in _COMPOUND.findall(line)}
    blocks: list[list[str]] = []
    ended = stops = True
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        short = len(line) < width * _SHORT
        # A byline or a heading without room above and below it.
        alone = short and stops and not _ENDS.search(line) and bool(following) and not following[0].islower()
        stops = bool(_ENDS.search(line))
        if line and (ended or alone):
            blocks.append([line])
        elif line:
            _add(blocks[-1], line, compounds)
        # A heading is short, stands alone, and has no stop.
        heading = short and not stops and bool(line) and blocks[-1] == [line]
        ended = not line or heading or (short and stops)
    return "\n\n".join("".join(block) for block in blocks)


def _add(block: list[str], line: str, compounds: set[str]) -> None:
    """Put a line after those of its paragraph: with a space, or within the word that was cut."""
    before = block[-1]
    if not (before.endswith("-") and before[-2:-1].isalnum()):
        block.append(" ")
    elif _was_cut(before, line, compounds):
        block[-1] = before[:-1]
    block.append(line)


def _was_cut(before: str, line: str, compounds: set[str]) -> bool:
    """Whether the hyphen at the end of a line is there for the end of the line alone."""
    head, tail = _HEAD.search(before), _TAIL.match(line)
    if not head or not tail or not line[0].islower():
        return False
    parts = head[1].lower(), tail.group().lower()
    return not (parts[0] in _BEFORE or parts[1] in _AFTER or "-".join(parts) in compounds)
