"""Reads a sentence the way the tests need it: one document, one passage."""

from __future__ import annotations

from pathlib import Path

from index.annotate import annotate
from index.types import Document, Passage, Role, Span

GOLD = Path(__file__).parent.parent / "gold"


def read(text: str, language: str | None = "fr", role: Role = Role.SENTENCE) -> Passage:
    """`text` annotated as one passage of its own document."""
    document = Document("d", text, "", "", language=language)
    return annotate(document, (Passage("p", "d", Span.cut(text, 0, len(text)), role),))[0]


def article(*lines: str, language: str = "fr") -> tuple[Passage, ...]:
    """Lines of one article annotated together; an empty line begins a new paragraph."""
    text = "\n".join(lines)
    passages, at, paragraph = [], 0, 0
    for number, line in enumerate(lines):
        if line:
            passages.append(
                Passage(str(number), "d", Span.cut(text, at, at + len(line)), Role.SENTENCE, paragraph)
            )
        else:
            paragraph += 1
        at += len(line) + 1
    return annotate(Document("d", text, "", "", language=language), passages)
