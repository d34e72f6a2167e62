"""Quotes made of one sentence, for the tests of what quotes add up to."""

from __future__ import annotations

from index.annotate import annotate
from index.language import detect_question
from index.types import Document, Passage, Role, Span
from qa.types import Quote


def quote(text: str, doc_id: str = "a", published: str | None = None) -> Quote:
    """A quote of an article of one sentence, annotated as the index annotates it."""
    document = Document(doc_id, text, doc_id, "", published=published, language=detect_question(text))
    passage = Passage(f"{doc_id}-{text}", doc_id, Span.cut(text, 0, len(text)), Role.SENTENCE)
    return Quote(annotate(document, (passage,))[0], document, "", "", 0.9)
