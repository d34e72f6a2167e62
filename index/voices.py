"""The voices of a passage: who in it takes a position, other than the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.spoken import Speech
from index.types import Passage, Span, Voice, VoiceStance

_SIGNATURE = re.compile(r"[—–-]?\s*(?:[A-ZÀ-Ý][\w.'’-]+\s+){1,3}[A-ZÀ-Ý][\w.'’-]+,\s+[^\W\d_][^.!?:;]{3,80}")
_PLURAL = frozenset("les des ces plusieurs certains certaines divers diverses nos leurs ses".split())
_FEMALE = frozenset("la une cette sa".split())
_PRONOUNS = {
    "il": (False, False), "lui": (False, False), "he": (False, False), "him": (False, False),
    "elle": (False, True), "she": (False, True), "her": (False, True),
    "ils": (True, False), "eux": (True, False), "they": (True, None), "them": (True, None),
    "elles": (True, True),
}  # fmt: skip
# How many passages back a pronoun is followed.
_BACK = 3


def find(text: str, offset: int, speeches: Iterable[Speech]) -> tuple[Voice, ...]:
    """The voices behind `speeches` of the sentence that starts at `offset` in `text`.

    One holder has one voice for each position it takes; the first cue counts.
    """
    voices: list[Voice] = []
    taken: set[tuple[int, VoiceStance]] = set()
    named: list[tuple[int, int]] = []
    ordered = sorted(speeches, key=lambda s: (s.scope != "main", s.cue))
    relayed = any(speech.rule == "according" for speech in ordered)
    for speech in ordered:
        # « Selon X, Y détient des preuves »: X alone speaks.
        if relayed and speech.rule == "evidence":
            continue
        for start, end in speech.holders:
            key = (start, speech.stance)
            within = any(a <= start and end <= b for a, b in named)
            if key in taken or (speech.scope in ("aside", "noun") and within):
                continue
            taken.add(key)
            named.append((start, end))
            holder = Span.cut(text, offset + start, offset + end)
            cue = Span.cut(text, offset + speech.cue[0], offset + speech.cue[1])
            voices.append(Voice(holder, speech.stance, cue))
    return tuple(sorted(voices, key=lambda voice: (voice.holder.start, voice.holder.end)))


def resolve(voice: Voice, before: Sequence[Passage], within: Sequence[Voice]) -> Span | None:
    """Whom the pronoun of a voice means: the last holder that fits it in number and gender.

    `before` are the passages read so far, `within` the voices that stand earlier in
    the same one. None for a holder that is no pronoun, and where nobody fits.
    """
    wanted = _PRONOUNS.get(voice.holder.text.lower())
    if wanted is None:
        return None
    ordered = [
        *(v for p in before[-_BACK:] for v in p.voices),
        *(v for v in within if v.holder.end <= voice.holder.start),
    ]
    for other in reversed(ordered):
        span = other.resolved or other.holder
        if span.text.lower() in _PRONOUNS:
            continue
        return span if _fits(span.text, wanted) else None
    return None


def signature(line: str) -> bool:
    """Whether a line is a name with an office, « Anne Morel, cheffe des secours », and nothing else."""
    return _SIGNATURE.fullmatch(line.strip()) is not None


def _fits(holder: str, wanted: tuple[bool, bool | None]) -> bool:
    first = holder.replace("’", "'").split()[0].lower()
    plural = first in _PLURAL
    if plural != wanted[0]:
        return False
    known = first in _FEMALE or first in ("le", "un", "ce", "son")
    return plural or not known or wanted[1] is None or (first in _FEMALE) == wanted[1]
