"""Among equals, different articles, voices and stances first; a dissenting passage within the first five.

A stage after the ranking. The best hit stays first, and a hit moves only past hits that
are about as likely to answer: relevance before variety.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import zip_longest

from qa.types import Hit
from qa.understanding.speakers import dissents, identity

FIRST = 5
# Odds that are at least this share of others are their equals; as log-odds. A dissenting passage
# may have this share of the first one's chance.
_EQUAL, _NEAR = math.log(0.95), 0.5


def balance(hits: Sequence[Hit]) -> list[Hit]:
    """`hits`, best first, in an order that shows variety among equals. Keeps the first and all others."""
    left = list(hits)
    chosen = left[:1]
    left = left[1:]
    while left and len(chosen) < FIRST:
        equals = [hit for hit in left if hit.standing >= left[0].standing + _EQUAL]
        pick = max(equals, key=lambda hit: (_novelty(hit, chosen), hit.standing))
        chosen.append(pick)
        left.remove(pick)
    return _with_dissent(chosen, left)


def in_turns(readings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several readings of one question, told in turns, each passage once with its best score."""
    best: dict[int, Hit] = {}
    for reading in readings:
        for hit in reading:
            if hit.number not in best or best[hit.number].score < hit.score:
                best[hit.number] = hit
    turns = (hit.number for turn in zip_longest(*readings) for hit in turn if hit is not None)
    return [best[number] for number in dict.fromkeys(turns)]


def _with_dissent(first: list[Hit], rest: list[Hit]) -> list[Hit]:
    if len(first) < FIRST or any(dissents(hit.passage) for hit in first):
        return first + rest
    least = first[0].score * _NEAR
    other = next((hit for hit in rest if dissents(hit.passage) and hit.score >= least), None)
    if other is None:
        return first + rest
    # It takes the fifth place, the one that moves the fewest.
    return [*first[:-1], other, first[-1], *(hit for hit in rest if hit is not other)]


def _novelty(hit: Hit, chosen: Sequence[Hit]) -> int:
    """How much of article, speakers and stance is not yet among the chosen."""
    documents = {one.passage.doc_id for one in chosen}
    stances = {one.passage.stance for one in chosen}
    voices = {identity(voice, one.passage.doc_id) for one in chosen for voice in one.passage.heard}
    fresh = {identity(voice, hit.passage.doc_id) for voice in hit.passage.heard} - voices
    return 2 * (hit.passage.doc_id not in documents) + bool(fresh) + (hit.passage.stance not in stances)
