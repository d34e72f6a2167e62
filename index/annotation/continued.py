"""A quotation goes on: « "We lost," said Ann Lee. "We will be back." »

The second sentence names nobody, and means nothing without whoever spoke before it. It is
theirs where it is quoted from end to end, right behind a sentence in which one alone speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.annotation.interviews import said_by
from index.types import Document, Passage, Role, Span, VoiceStance
from index.voices import is_pronoun


def read_continued(
    document: Document, passages: Sequence[Passage], quotes: Sequence[tuple[int, int]]
) -> list[Passage]:
    """The passages, those that go on with what somebody said with whoever it is.

    `quotes` are the document's quotations.
    """
    filled = list(passages)
    for i in range(1, len(filled)):
        before, passage = filled[i - 1], filled[i]
        sentences = before.role is passage.role is Role.SENTENCE
        if sentences and not passage.heard and any(_holds(quote, passage.span) for quote in quotes):
            speaker = _speaker(before)
            filled[i] = passage if speaker is None else said_by(document, passage, speaker)
    return filled


def _holds(quote: tuple[int, int], span: Span) -> bool:
    return quote[0] <= span.start and span.end <= quote[1]


def _speaker(passage: Passage) -> Span | None:
    """Who alone speaks in a passage; None where several do, or a pronoun stands for nobody known."""
    speaking = {voice.resolved or voice.holder for voice in passage.heard}
    if len(speaking) != 1 or any(voice.stance is VoiceStance.SILENT for voice in passage.heard):
        return None
    found = speaking.pop()
    return None if is_pronoun(found.text) else found
