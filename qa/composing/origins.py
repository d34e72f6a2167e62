"""One origin, many outlets: what several articles copied from one another is told and counted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.engine import Engine
from index.types import Passage
from qa.types import Hit


@dataclass(frozen=True, slots=True)
class Told:
    """The best hit among near-copies, and the other ones, in order of document and text."""

    hit: Hit
    also_in: tuple[Passage, ...]


def tell_once(
    snapshot: Engine, hits: Sequence[Hit], keep: Callable[[Passage], bool] | None = None
) -> list[Told]:
    """`hits`, best first, each with its near-copies, which are not told again.

    Copies that commit themselves otherwise (« auraient tué » beside « ont tué »), or give
    a figure otherwise (« plus de 30 » beside « 30 »), stay apart. `keep` is the reader's
    filter: a copy that it leaves out is not shown either.
    """
    told: list[Told] = []
    done: set[int] = set()
    for hit in hits:
        if hit.number in done:
            continue
        copies = {number: snapshot.corpus.passage(number) for number in snapshot.copies(hit.number)}
        same = {
            number: passage
            for number, passage in copies.items()
            if _claim(passage) == _claim(hit.passage) and (keep is None or keep(passage))
        }
        done |= {hit.number, *same}
        told.append(Told(hit, tuple(same.values())))
    return told


def _claim(passage: Passage) -> tuple[object, ...]:
    return passage.stance, *((figure.low, figure.high, figure.approx) for figure in passage.figures)
