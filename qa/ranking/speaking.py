"""In which candidates somebody speaks whom the question names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import acronyms, stems_of
from index.types import Voice
from qa.ranking.found import Found
from qa.understanding.concepts import NamedConcept


def speaking(found: Found, named: Sequence[tuple[str, ...]]) -> NDArray[np.bool_]:
    """In which candidates somebody of these names, in stems, speaks."""
    if not named:
        return np.zeros(len(found.passages), dtype=bool)
    voiced = [passage.heard for passage in found.passages]
    return np.array([any(_is_named(voice, named) for voice in voices) for voices in voiced], dtype=bool)


def speaking_under(found: Found, concepts: Sequence[NamedConcept]) -> NDArray[np.bool_]:
    """In which candidates somebody whom the `concepts` name speaks.

    Under another word (« maire » for "mayor") only where nobody speaks under this one.
    """
    speaks = speaking(found, [stems for concept in concepts for stems in concept.alternatives])
    akin = [stems for concept in concepts for stems in concept.akin]
    return speaks if speaks.any() else speaking(found, akin)


def _is_named(voice: Voice, named: Sequence[tuple[str, ...]]) -> bool:
    name = (voice.resolved or voice.holder).text
    spoken = stems_of(name) | acronyms(name)
    return any(spoken.issuperset(name) for name in named)
