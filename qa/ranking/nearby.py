"""A follow-up question stays where the conversation is: near what answered the question before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.rank import in_order, weights_of
from qa.types import Hit

# Chosen on development dialogues: sentences on each side, earlier hits looked at.
_REACH, _EARLIER = 6, 2


def nearby(hits: Sequence[Hit], earlier: Sequence[Hit], language: str) -> list[Hit]:
    """`hits` with a better chance for those near the best of `earlier` in the same article; best first.

    They gain the feature `nearby`. `language` is the question's.
    """
    places = [(hit.passage.doc_id, hit.number) for hit in earlier[:_EARLIER]]
    gain = weights_of(language)["nearby"]
    return in_order(_nearer(hit, gain) if _is_near(hit, places) else hit for hit in hits)


def _is_near(hit: Hit, places: Sequence[tuple[str, int]]) -> bool:
    # Passages of one article are numbered in a row.
    return any(hit.passage.doc_id == doc and abs(hit.number - number) <= _REACH for doc, number in places)


def _nearer(hit: Hit, gain: float) -> Hit:
    return replace(hit, odds=hit.odds + gain, parts={**hit.parts, "nearby": 1.0})
