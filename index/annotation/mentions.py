"""Whom a pronoun may mean: the voices of a sentence, and where it has none its subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.annotation import holders, noun_phrases
from index.annotation.spoken import Place, characters
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.capitals import CAPITALS
from index.cues import Lexicon
from index.types import Span, Voice, VoiceStance

_NAME = re.compile(rf"\b[{CAPITALS}][\w’'-]+ [{CAPITALS}][\w’'-]+")
_WORD = re.compile(r"\w+'?")
_LONGEST = 8  # words of a subject that is surely read
# What ends the head of a noun phrase: « the owner | of the bank ».
_HEAD_ENDS = re.compile(r",| (?:of|for|in|at|from|de|du|des|d['’]\w+) ")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named; `start` is where, `span` is None where it cannot be read.

    `known` tells a person or a body from a thing, `speaks` a voice from a mere subject;
    `fronted` is the subject of a clause before the main one: « Quand X est parti, il a dit … ».
    """

    start: int
    span: Span | None
    known: bool
    speaks: bool
    fronted: bool = False


def of_voices(voices: Sequence[Voice]) -> list[Mention]:
    """The voices as mentions, in their order; a pronoun stands for whom it means."""
    return [Mention(v.holder.start, v.resolved or v.holder, True, True) for v in voices]


def of_subjects(text: str, words: Words, verbs: list[Verb], lexicon: Lexicon) -> list[Mention]:
    """The subjects of a sentence's main clauses, and of a clause before them, in order.

    First comes a mention without a span where a further name, or a subject that is not
    found, might be meant too: read from the end, it counts where no subject fits.
    """
    named = lexicon.words
    finite = [v for v in verbs if v.use in FINITE and not words.quoted[v.head]]
    main = [v for v in finite if v.opener is None]
    first = main[0].start if main else len(words.words)
    found: dict[Place, Mention] = {}
    read = not main
    for verb in finite:
        if (verb.opener is not None and verb.start > first) or _inverted(words, verb, named):
            read = True
            continue
        for start, end in holders.before(words, verb, verbs, lexicon):
            read = True
            if end == start + 1 and words.words[start] in named["pronouns"] | named["mute_pronouns"]:
                continue
            a, b = characters(words, (start, end))
            span = Span.cut(text, words.offset + a, words.offset + b)
            if named["things"].isdisjoint(words.words[start:end]):
                known = end - start <= _LONGEST and _names(words, start, end, named)
                found[a, b] = Mention(span.start, span, known, False, verb.opener is not None)
    for a, b in _topic(words, verbs, lexicon):
        span = Span.cut(text, words.offset + a, words.offset + b)
        found.setdefault((a, b), Mention(span.start, span, True, False, fronted=True))
    names = (m.span() for m in _NAME.finditer(words.text) if not words.quoted[words.at(m.start())])
    further = any(not any(a <= x and y <= b for a, b in found) for x, y in names)
    unread = [Mention(words.offset, None, False, False)] if further or not read else []
    return [*unread, *sorted(found.values(), key=lambda m: m.start)]


def _topic(words: Words, verbs: list[Verb], lexicon: Lexicon) -> list[Place]:
    """Whom « Quant à l'ONU, elle … » names first."""
    named = lexicon.words
    opens = len(words.words) > 2 and words.words[0] in named["topic"]
    if not opens or words.words[1] not in named["topic_of"]:
        return []
    return [characters(words, place) for place in noun_phrases.after(words, 2, verbs, lexicon)]


def within(
    voice: Voice,
    left: str,
    subjects: Sequence[Mention],
    voices: Sequence[Voice],
    named: dict[str, frozenset[str]],
) -> list[Mention]:
    """What the sentence of `voice` itself mentions, in order: its `subjects` and earlier `voices`.

    `left` is the sentence before the holder. « X est parti, a-t-il dit »: what is said
    before its speaker tells nothing of him. But « X compte onze morts qui, selon elle,
    manquent »: the clause of « selon » is another than that of X, and so is what stands behind
    the colon of "X was less sure: one of them, she said, had fled".
    """
    tail = voice.cue is None or voice.cue.start < voice.holder.start or left.rstrip().endswith(",")
    start = voice.holder.start - len(left)
    governed = left.endswith(" ") and voice.holder.text.lower() in named["alone"]
    outer = {m.start for m in subjects if governed and m.span and _opens(left[m.span.end - start :], named)}
    colon = start + left.rfind(": ")
    # « St Brendan's says she was let go, which she denies »: who says so does not deny it.
    last = frozenset(_spoken(left)[-1:])
    if voice.stance is VoiceStance.DENIES and last & (named["relatives"] | named["that"]):
        sayers = {one.holder.start for one in voices if one.stance is VoiceStance.ASSERTS}
        voices = [one for one in voices if one.holder.start not in sayers]
        subjects = [one for one in subjects if one.start not in sayers]
    kept = [
        m
        for m in subjects
        if m.span is not None and (m.fronted or not tail or m.start in outer or m.start < colon)
    ]
    return sorted([*kept, *of_voices(voices)], key=lambda mention: mention.start)


def _opens(text: str, named: dict[str, frozenset[str]]) -> bool:
    """Whether a subordinate clause opens in `text`."""
    return not named["subordinators"].isdisjoint(_spoken(text))


def _spoken(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _inverted(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« a-t-il dit »: the subject stands behind; but « Le ministre a-t-il dit … ? »."""
    if verb.start and words.words[verb.start - 1][0].isalnum():
        return False
    group = range(verb.start, min(verb.head + 2, len(words.words)))
    clitics = (k for k in group if words.words[k] in named["subject_clitics"])
    return any(words.hyphened(k) for k in clitics)


def _names(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a noun phrase names people, or is a name of two words: one may be a place."""
    if not named["people"].isdisjoint(words.words[start : min(end, start + 4)]):
        return True
    k = start + 1 if words.words[start] in named["determiners"] else start
    if (
        k > start
        and k < end
        and len(words.words[k]) > 2
        and words.text[words.starts[k] : words.ends[k]].isupper()
    ):
        return True  # « la CGT des Chimies »
    return k + 1 < end and words.capital(k) and words.capital(k + 1)


def several(text: str, named: dict[str, frozenset[str]]) -> bool:
    """Whether the ending of an English phrase's head tells more than one: « police officers in Leeds »."""
    head = _HEAD_ENDS.split(text)[0].split() or [""]
    last = head[-1].lower()
    common = last in named["people"] or head[-1] == last  # « Paris » is one
    return common and last.endswith(tuple(named["plural_noun_end"])) and not last.endswith("ss")


def body(text: str, named: dict[str, frozenset[str]]) -> bool:
    """Whether an English phrase is no single person: « the Times », « police », « the bank »."""
    head = _HEAD_ENDS.split(text)[0].split()
    low = [word.lower() for word in head]
    persons = named["people"] - named["bodies"]
    if not named["bodies"].isdisjoint(low[-2:]):
        return True
    return len(head) > 1 and low[0] == "the" and head[1][0].isupper() and persons.isdisjoint(low)
