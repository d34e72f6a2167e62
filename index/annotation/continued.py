"""A quotation goes on: « "We lost," said Ann Lee. "We will be back." »

The second sentence names nobody, and means nothing without whoever spoke before it. It is
theirs where it is quoted from end to end, right behind a sentence in which one alone speaks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from index.annotation.interviews import said_by
from index.types import Document, Passage, Role, Span, VoiceStance
from index.voices import is_pronoun


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
    return filled


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
