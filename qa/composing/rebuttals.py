"""A claim that the next sentence of its article doubts or calls false, or somebody denies, is quoted with it.

Words that the article quotes and nobody speaks (« Tous étaient malades. ») are there to be checked: to
them a doubt is an answer as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from index.engine import Engine
from index.lexical import terms
from index.types import Passage, Stance, VoiceStance
from qa.composing.followed import with_following
from qa.composing.origins import Told
from qa.tables import read_phrases
from qa.understanding.claims import denies_before
from qa.understanding.other_counts import gives_but_a_number
from qa.understanding.quantities import count_one_thing, things_of
from qa.understanding.speakers import another_speaks, speaker_of

# What an article asserts itself, and what it denies, it seldom takes back in the next breath; but
# somebody may deny it there.
_CLAIMS = (Stance.REPORTS, Stance.DOUBTS, Stance.NEUTRAL)
# The most stems of a sentence that says but that something is false.
_OUTRIGHT = 2
# The most stems of a sentence that says little but that there is a doubt.
_SHORT = 7
_QUOTED = re.compile(r"\s*(?:«[^«»]*»|“[^“”]*”|\"[^\"]*\")[\s.]*")


def with_rebuttals(
    snapshot: Engine, told: Sequence[Told], keep: Callable[[Passage], bool] | None = None
) -> list[Told]:
    """`told`, best first, each claim with the denial right behind it in its article.

    « Un site affirme que … », « C'est faux : … », or « Le maire le dément. »: who asks for the one
    is answered by the other as well, so it has the same chance where it was not found by itself.
    `keep` is the reader's filter.
    """
    return with_following(snapshot, told, keep, _answers)


def _answers(claim: Passage, behind: Passage, language: str | None) -> bool:
    """Whether the sentence `behind` a claim denies it, doubts it or says otherwise."""
    if claim.stance not in _CLAIMS:
        near = claim.paragraph == behind.paragraph
        return _calls_false(behind, language) or (near and denies_before(behind, language))
    if behind.stance in _contesting(claim) or denies_before(behind, language):
        return True
    if _says_otherwise(claim, behind) or _doubts(claim, behind, language):
        return True
    return _counts_otherwise(claim, behind, language)


def _calls_false(other: Passage, language: str | None) -> bool:
    """Whether the article calls false what stands before, and says nothing else: « Elle est fausse. »."""
    own = other.stance is Stance.DENIES and not other.voices
    return own and len(terms(other.span.text, language)) <= _OUTRIGHT


def _doubts(claim: Passage, other: Passage, language: str | None) -> bool:
    """Whether the article itself doubts `claim` in a short sentence: "He offered no evidence."."""
    own = other.stance is Stance.DOUBTS and not other.voices and other.paragraph == claim.paragraph
    return own and len(terms(other.span.text, language)) <= _SHORT


def _says_otherwise(claim: Passage, other: Passage) -> bool:
    """Whether somebody else in `other` sets other words against `claim`: "The mayor insists that it did."."""
    if not another_speaks(claim, other):
        return False
    said = max(voice.cue.end if voice.cue else voice.holder.end for voice in other.heard)
    text, behind = other.span.text.lower(), said - other.span.start
    return bool(_pattern("contrary").search(text) or _pattern("elliptical").search(text, max(0, behind)))


def _counts_otherwise(claim: Passage, other: Passage, language: str | None) -> bool:
    """Whether somebody else in `other` gives another number of what `claim` counts.

    « La direction parle, elle, de 37 % de grévistes. », « Faux, dit la directrice : cinq ou six tout
    au plus. »: who disagrees may say more than the number. Another paragraph has to name the thing again.
    """
    if not another_speaks(claim, other):
        return False
    disagrees = any(voice.stance in (VoiceStance.DENIES, VoiceStance.DOUBTS) for voice in other.heard)
    pairs = (
        ((figure, claim), (rival, other))
        for figure in claim.figures
        for rival in other.figures
        if (figure.low, figure.high) != (rival.low, rival.high)
        and (claim.paragraph == other.paragraph or {*things_of(figure)} & {*things_of(rival)})
    )
    if disagrees:
        return any(count_one_thing(*pair, sure=False) for pair in pairs)
    return any(speaker_of(claim, pair[0][0].span) and gives_but_a_number(*pair, language) for pair in pairs)


def _contesting(claim: Passage) -> tuple[Stance, ...]:
    """By which stance the sentence behind `claim` answers it."""
    checked = not claim.voices and _QUOTED.fullmatch(claim.span.text)
    return (Stance.DENIES, Stance.DOUBTS) if checked else (Stance.DENIES,)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{read_phrases(__file__, 'rebuttals.toml')[name]})")
