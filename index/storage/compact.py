"""Which segments are worth writing anew, so that neither many small ones nor dead rows pile up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

# A segment is closed at this many passages: it bounds the memory that a build needs.
SEGMENT_PASSAGES = 32_768
_FANOUT = 6
_SMALLEST = 256
_DEAD_SHARE = 0.25


def to_rewrite(sizes: Sequence[tuple[int, int]]) -> set[int]:
    """The numbers of the segments to be merged into new ones; `sizes` are (live, total) passages.

    Those with more than a quarter of dead passages, and all of one class of size (each
    eight times the one before) where that has six: a document is so rewritten a few times
    in its life, however many are added one by one.
    """
    chosen = {i for i, (live, total) in enumerate(sizes) if live < total * (1 - _DEAD_SHARE)}
    classes: defaultdict[int, list[int]] = defaultdict(list)
    for i, (live, _) in enumerate(sizes):
        if live < SEGMENT_PASSAGES // 2:
            classes[(live // _SMALLEST).bit_length() // 3].append(i)
    for members in classes.values():
        if len(members) >= _FANOUT:
            chosen.update(members)
    return chosen
