"""Words given to somebody: the record that the readers of speech hand on."""

from __future__ import annotations

from dataclasses import dataclass

from index.annotation.words import Words
from index.types import VoiceStance

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Speech:
    """Words given to somebody. Places are characters of the sentence, ends exclusive.

    `rule` is the class of the cue; `scope` is main, inside (a subordinate clause),
    aside (a participle) or noun; `content` is where the words given begin.
    """

    rule: str
    stance: VoiceStance
    cue: Place
    holders: tuple[Place, ...]
    scope: str
    content: int


def characters(words: Words, place: tuple[int, int]) -> Place:
    """The characters of a stretch of words, without the signs that only close it."""
    first, last = place
    while last - first > 1 and words.words[last - 1] in '"«“-–—':
        if words.words[last - 1] == '"' and words.words[first:last].count('"') % 2 == 0:
            break
        last -= 1
    # « they're saying »
    short = words.words[last - 1].endswith("'") and len(words.words[last - 1]) > 1
    return words.starts[first], words.ends[last - 1] - short
