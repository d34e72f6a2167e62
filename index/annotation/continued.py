"""Whose words a sentence is, where only the one beside it tells.

A quotation goes on: « "We lost," said Ann Lee. "We will be back." » The second sentence names nobody,
and means nothing without whoever spoke before it. It is theirs where it is quoted from end to end,
right behind a sentence in which one alone speaks. And « Le pont tiendra. C'est ce qu'affirme le maire. »:
the second sentence tells who says the first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter

from index.annotation.interviews import LANGUAGES, said_by
from index.annotation.words import lower
from index.cues import load
from index.types import Document, Passage, Role, Span, VoiceStance
from index.voices import is_pronoun

_WORD = re.compile(r"[^\W\d_]+'?")
_OPENING = 8  # words that « c'est en tout cas ce qu' » may have
_SAYING = frozenset({"says", "says_that"})


def read_continued(
    document: Document, passages: Sequence[Passage], quotes: Sequence[tuple[int, int]]
) -> list[Passage]:
    """The passages, those that go on with what somebody said with whoever it is.

    `quotes` are the document's quotations, in order.
    """
    filled = list(passages)
    for i in range(1, len(filled)):
        before, passage = filled[i - 1], filled[i]
        sentences = before.role is passage.role is Role.SENTENCE
        if sentences and not passage.heard and _is_quoted(passage.span, quotes):
            speaker = _speaker(before)
            filled[i] = passage if speaker is None else said_by(document, passage, speaker)
        elif sentences and not before.heard and _points_back(passage, document.language):
            speaker = _speaker(passage) if before.paragraph == passage.paragraph else None
            filled[i - 1] = before if speaker is None else said_by(document, before, speaker)
    return filled


def _points_back(passage: Passage, language: str | None) -> bool:
    """« C'est ce qu'affirme le maire. »; but « C'est ce que dénonce le maire. »: that is told."""
    if language not in LANGUAGES:
        return False
    lexicon = load(language)
    said = _WORD.findall(lower(passage.span.text))[:_OPENING]
    mute, that = lexicon.words["mute_pronouns"], lexicon.words["that"]
    opens = len(said) > 1 and said[0] in mute and said[1] in lexicon.words["be"]
    if not opens or not any(a in mute and b in that for a, b in pairwise(said[2:])):
        return False
    cues = [voice.cue for voice in passage.voices if voice.cue and voice.stance is VoiceStance.ASSERTS]
    verbs = [lower(cue.text).rpartition(" ")[2] for cue in cues]
    lemmas = {lemma for verb in verbs for lemma, _ in lexicon.forms.get(verb, ())}
    claimed = lemmas - lexicon.words["wishes"]
    classes = [frozenset(lexicon.classes.get(lemma, ())) for lemma in claimed]
    return any(_SAYING & one and "judges" not in one for one in classes)


def _is_quoted(span: Span, quotes: Sequence[tuple[int, int]]) -> bool:
    """Whether one quotation holds all of `span`: the last that opens before it, as none overlap."""
    opened = bisect_right(quotes, span.start, key=itemgetter(0))
    return opened > 0 and span.end <= quotes[opened - 1][1]


def _speaker(passage: Passage) -> Span | None:
    """Who alone speaks in a passage; None where several do, or a pronoun stands for nobody known."""
    speaking = {voice.resolved or voice.holder for voice in passage.heard}
    if len(speaking) != 1 or any(voice.stance is VoiceStance.SILENT for voice in passage.heard):
        return None
    found = speaking.pop()
    return None if is_pronoun(found.text) else found
