"""Who a voice is: the name shown, and whether two names are one actor."""

from __future__ import annotations

import re
from functools import cache

from index.annotation.actors import load, plain
from index.lexical import fold, words
from index.types import Passage, Span, Stance, Voice, VoiceStance
from qa.tables import read_phrases
from qa.types import LANGUAGES
from qa.understanding.capitals import NAMES
from qa.understanding.heads import is_person, says_who
from qa.understanding.spoken import is_one

_ARTICLE = re.compile(r"^(?:l[ea]s? |l'|une? |des |du |the |an? )")
_OWN = re.compile(rf"(?<=\w ){NAMES.pattern}$")
_FAR = 60  # characters that a comma counts for
# Where several speak, one whose words are this far speaks of something else.
_TOO_FAR = 200


def name_of(voice: Voice) -> str:
    """The voice's name, to the letter: where a pronoun stands, that of whom it means."""
    return (voice.resolved or voice.holder).text


def actor_of(voice: Voice) -> str | None:
    """The id of the actor in the table of actors; None for one it does not know."""
    return load().resolve(name_of(voice))


def key_of(voice: Voice) -> str:
    """Equal for two voices of one actor, else for equal names."""
    # « Le préfet, Paul Durand » is « le préfet Paul Durand ».
    return actor_of(voice) or _ARTICLE.sub("", plain(_own_name(name_of(voice))).replace(",", ""))


def _own_name(name: str) -> str:
    """« Oakham » of « le groupe danois Oakham »: what a body is says no more than its name does."""
    own = _OWN.search(name)
    if own is None or _pattern("others").search(before := fold(name[: own.start()])):
        return name
    # Of somebody (« le président Durand ») the name alone may be another's.
    bodies = (
        says_who(word, language) and not is_person(word, language)
        for word in words(before)
        for language in LANGUAGES
    )
    return own.group() if any(bodies) else name


def identity(voice: Voice, doc_id: str) -> str:
    """Equal for two voices that are surely one; « le maire » is one in the article `doc_id` alone."""
    anywhere = actor_of(voice) or is_one(name_of(voice))
    return key_of(voice) if anywhere else f"{doc_id}\0{key_of(voice)}"


def speaker_of(passage: Passage, span: Span) -> Voice | None:
    """The voice that gives what stands in `span`: the nearest, a comma counting as far away.

    None where nobody speaks, or only in a clause beside, or several do and none of them near.
    Who denies or doubts a figure does not give it. Where no voice stands in the passage, whoever
    speaks all of it gives it.
    """
    if not passage.voices:
        return passage.speaker
    far = {voice: _distance(passage, voice, span) for voice in passage.voices}
    gives = (voice for voice in far if voice.stance not in (VoiceStance.DENIES, VoiceStance.DOUBTS))
    here = (voice for voice in gives if not _beside(passage, voice, span))
    near = min(here, key=lambda voice: (far[voice], voice.holder), default=None)
    return None if near is not None and len(far) > 1 and far[near] > _TOO_FAR else near


def another_speaks(one: Passage, other: Passage) -> bool:
    """Whether somebody speaks in `other`, and nobody who speaks in `one` does."""
    here, there = ({key_of(voice) for voice in passage.heard} for passage in (one, other))
    return bool(there) and here.isdisjoint(there)


def dissents(passage: Passage) -> bool:
    """Whether the article, or somebody in it, doubts or denies."""
    said = {voice.stance for voice in passage.heard}
    return passage.stance in (Stance.DOUBTS, Stance.DENIES) or bool(
        said & {VoiceStance.DOUBTS, VoiceStance.DENIES}
    )


def _distance(passage: Passage, voice: Voice, span: Span) -> int:
    near = [voice.holder] if voice.cue is None else [voice.holder, voice.cue]
    return min(_between(passage, one, span) for one in near)


def _beside(passage: Passage, voice: Voice, span: Span) -> bool:
    """Whether a voice opens a clause after the one in which `span` stands, or has closed one before it.

    « 12 morts ; 300 blessés, selon le maire » is told by the mayor, since his words close both.
    """
    near = [voice.holder] if voice.cue is None else [voice.holder, voice.cue]
    text, first = passage.span.text, passage.span.start
    opens, closes = min(one.start for one in near) - first, max(one.end for one in near) - first
    before, after = text[span.end - first : opens], text[closes : span.start - first]
    held = _pattern("held_beside").match(text) and "," not in text[:opens] and "," in after
    return bool(held or _pattern("next").search(before) or _pattern("left").match(after))


def _between(passage: Passage, one: Span, other: Span) -> int:
    first, second = sorted((one, other))
    if first.end >= second.start:
        return 0
    text = passage.span.text[first.end - passage.span.start : second.start - passage.span.start]
    return len(text) + _FAR * len(_pattern("cuts").findall(text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Where the words of speakers.toml must stand to part a voice from what is said, a name from another."""
    said = read_phrases(__file__, "speakers.toml")
    shapes = {
        "others": rf"{said['of_others']}|\b(?:{said['called_by_others']})\b",
        "cuts": rf"[,;:()]|\b(?:{said['cuts']})\b",
        "next": rf"(?i)(?:;|\b(?:{said['next']})\b)[^,;\"«»“”]{{0,30}}$",
        "left": rf"(?is)[\s»”\"]*(?:,\s*(?:{said['left_at_once']})\b|;)|.*,\s*(?:{said['left']})",
        "held_beside": rf"(?i)[\s«“\"]*(?:{said['held_beside']})\b",
    }
    return re.compile(shapes[name])
