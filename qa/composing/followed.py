"""A quote that the next sentence of its article answers or completes is shown with that sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.engine import Engine
from index.types import Passage, Role
from qa.composing.origins import Told


def with_following(
    snapshot: Engine,
    told: Sequence[Told],
    keep: Callable[[Passage], bool] | None,
    belongs: Callable[[Passage, Passage, str | None], bool],
) -> list[Told]:
    """`told`, best first, each followed by the next sentence of its article where that `belongs` to it.

    `belongs` is given the quote, the sentence behind it and their language. That sentence has the same
    chance where it was not found by itself. `keep` is the reader's filter.
    """
    own = {one.hit.number: one for one in told}
    shown: dict[int, Told] = {}
    for one in told:
        shown.setdefault(one.hit.number, one)
        number, passage = one.hit.number + 1, one.hit.passage
        if number >= snapshot.manifest.passages:
            continue
        behind = snapshot.corpus.passage(number)
        follows = behind.doc_id == passage.doc_id and behind.role is Role.SENTENCE
        if not follows or not (keep is None or keep(behind)):
            continue
        if belongs(passage, behind, snapshot.corpus.document(passage.doc_id).language):
            found = own.get(number) or Told(replace(one.hit, number=number, passage=behind), ())
            shown.setdefault(number, found)
    return list(shown.values())
