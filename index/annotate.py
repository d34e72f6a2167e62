"""Stance, voices and figures of every passage: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index import figures, stance
from index.types import Document, Passage, Profile, Stance


def annotate(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages in the same order, with stance, cue, voices and figures filled."""
    done = []
    for passage in passages:
        label, cue = stance.decide(document.text, passage.span, document.language)
        done.append(
            replace(passage, stance=label, cue=cue, figures=figures.find(document.text, passage.span))
        )
    return tuple(done)


def profile(passages: Iterable[Passage]) -> Profile:
    """How the article as a whole commits itself; counts are keyed in the order of `Stance`."""
    counts = dict.fromkeys(Stance, 0)
    for passage in passages:
        counts[passage.stance] += 1
    claims = {s: n for s, n in counts.items() if s is not Stance.NEUTRAL and n}
    if not claims:
        return Profile(Stance.NEUTRAL.value, counts)
    first = max(claims, key=lambda s: claims[s])
    label = first.value if claims[first] * 2 > sum(claims.values()) else "mixed"
    return Profile(label, counts)
