"""The voices of a passage: who in it takes a position, other than the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.annotation import mentions
from index.annotation.mentions import Mention
from index.annotation.spoken import Speech
from index.capitals import CAPITALS
from index.types import Span, Voice, VoiceStance

_SIGNATURE = re.compile(
    rf"[—–-]?\s*(?:[{CAPITALS}][\w.'’-]+\s+){{1,3}}[{CAPITALS}][\w.'’-]+,\s+[^\W\d_][^.!?:;]{{3,80}}"
)
_PLURAL = frozenset("les des ces plusieurs certains certaines divers diverses nos leurs ses".split())
_FEMALE = frozenset("la une cette sa mme mme. madame mrs mrs. ms ms. miss".split())
_MALE = frozenset("le un ce son m. monsieur mr mr.".split())
# In English a body, « the company », is none of these.
_ONE_PERSON = frozenset("he him she her".split())
_PRONOUNS = {
    "il": (False, False), "lui": (False, False), "he": (False, False), "him": (False, False),
    "elle": (False, True), "she": (False, True), "her": (False, True),
    "ils": (True, False), "eux": (True, False), "they": (True, None), "them": (True, None),
    "elles": (True, True),
}  # fmt: skip


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
        # « selon les critiques de X »: they are given to him already.
        if speech.scope == "noun" and any(a <= speech.cue[0] < b for a, b in named):
            continue
        for start, end in speech.holders:
            key = (start, speech.stance)
            within = any(a <= start and end <= b for a, b in named)
            if key in taken or (speech.scope in ("aside", "noun") and within):
                continue
            taken.add(key)
            named.append((start, end))
            holder = Span.cut(text, offset + start, offset + end)
            if relayed and speech.scope == "aside" and (of := _told(voices, offset + speech.cue[0])):
                # « selon les critiques formulées par X »: they are his.
                voices[voices.index(of)] = Voice(holder, of.stance, of.cue)
                continue
            cue = Span.cut(text, offset + speech.cue[0], offset + speech.cue[1])
            voices.append(Voice(holder, speech.stance, cue))
    return tuple(sorted(voices, key=lambda voice: (voice.holder.start, voice.holder.end)))


def _told(voices: list[Voice], cue: int) -> Voice | None:
    """The voice whose holder ends right before a cue."""
    return next((voice for voice in voices if cue - 1 <= voice.holder.end <= cue), None)


def resolve(voice: Voice, before: Sequence[Mention], named: dict[str, frozenset[str]]) -> Span | None:
    """Whom the pronoun of a voice means: the last one mentioned that fits it in number and gender.

    `before` are the mentions of the article so far, in order. None for a holder that is
    no pronoun, where nobody fits, and where the one who fits may be a thing or is not read.
    """
    wanted = _PRONOUNS.get(voice.holder.text.lower())
    if wanted is None:
        return None
    single = voice.holder.text.lower() in _ONE_PERSON
    for mention in reversed(before):
        if mention.span is None:
            return None
        text = mention.span.text
        if mention.start >= voice.holder.start or text.lower() in _PRONOUNS:
            continue
        if _fits(text, wanted, named) and not (single and mentions.body(text, named)):
            return mention.span if mention.known else None
        if mention.speaks:
            return None
    return None


def is_pronoun(text: str) -> bool:
    """Whether a holder is a pronoun alone: « elle », "they"."""
    return text.lower() in _PRONOUNS


def signature(line: str) -> bool:
    """Whether a line is a name with an office, « Anne Morel, cheffe des secours », and nothing else."""
    return _SIGNATURE.fullmatch(line.strip()) is not None


def _fits(holder: str, wanted: tuple[bool, bool | None], named: dict[str, frozenset[str]]) -> bool:
    words = holder.lower().replace("’", "'").split()
    first = words[0]
    plural = first in _PLURAL or first in named["numbers"] or mentions.several(holder, named)
    if plural != wanted[0]:
        return False
    # « son avocate » is a woman: before a vowel the word tells nothing.
    vowel = first == "son" and words[1:] and words[1][0] in "aeiouyhéèêà"
    known = first in _FEMALE or (first in _MALE and not vowel)
    return plural or not known or wanted[1] is None or (first in _FEMALE) == wanted[1]
