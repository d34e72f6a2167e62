"""Cuts a document into passages: sentences, title, headings and lines, in text order.

Passages, furniture, white space and the marks that open a Markdown heading or item together
cover the text exactly; no character is lost, altered or said twice.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.layout import Paragraph, Shape, bare_heading, first_title, paragraphs
from index.sentences import sentences
from index.types import Document, Passage, Role, Span

# The longest passage, in characters: beyond it, text without an end is cut at a
# clause, else at a space, else in the middle of a word.
LONGEST = 2_000
_TITLE_DEPTH = 8
# « # La trêve », « - Un pont rouvre »: the mark is the file's, no word of the article's.
_MARK = re.compile(r"(?:#{1,6}|[-*+])\s+(?=\S)")


def split(document: Document, furniture: Sequence[Span]) -> tuple[Passage, ...]:
    """The passages of `document` outside `furniture`, in text order, none empty.

    `heading` is the section heading above a sentence; the title, and a heading itself,
    have none. `passage_id` is 16 hexadecimal digits that depend on the document's id,
    the passage's text and how many times that text stood before it, and on nothing else.
    """
    text = document.text
    found = paragraphs(text, furniture)
    title = _title(document, found)
    seen: Counter[str] = Counter()
    heading: Span | None = None
    passages: list[Passage] = []
    for number, paragraph in enumerate(found):
        role = _role(paragraph, title)
        for start, end in _parts(text, paragraph, role):
            span = Span.cut(text, start, end)
            passages.append(
                Passage(
                    passage_id=_passage_id(document.doc_id, span.text, seen[span.text]),
                    doc_id=document.doc_id,
                    span=span,
                    role=role,
                    paragraph=number,
                    heading=heading if role is Role.SENTENCE else None,
                )
            )
            seen[span.text] += 1
            if role is Role.HEADING:
                heading = span
    return tuple(passages)


def _title(document: Document, found: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph that says the document's title, else the first that looks like one."""
    wanted = _plain(document.title)
    for paragraph in found[:_TITLE_DEPTH]:
        if wanted and _plain(document.text[paragraph.start : paragraph.end]) == wanted:
            return paragraph
    return first_title(document.text, found)


def _plain(title: str) -> str:
    return " ".join(bare_heading(title).replace("’", "'").casefold().split())


def _role(paragraph: Paragraph, title: Paragraph | None) -> Role:
    if paragraph is title:
        return Role.TITLE
    return Role.HEADING if paragraph.shape is Shape.HEADING else Role.SENTENCE


def _parts(text: str, paragraph: Paragraph, role: Role) -> Iterator[tuple[int, int]]:
    whole = role is not Role.SENTENCE or paragraph.shape is Shape.ROW
    mark = _MARK.match(text[paragraph.start : paragraph.end])
    first = paragraph.start + (mark.end() if mark else 0)
    parts = [(0, paragraph.end - first)] if whole else sentences(text[first : paragraph.end])
    for start, end in parts:
        yield from _capped(text, first + start, first + end)


def _capped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`text[start:end]`, which neither begins nor ends with white space, in parts that are not too long."""
    while end - start > LONGEST:
        part = text[start : start + LONGEST]
        cut = max(part.rfind(mark, LONGEST // 2) for mark in ("; ", ": ", ", ")) + 1
        cut = cut or part.rfind(" ", LONGEST // 2) + 1 or LONGEST
        yield start, start + len(part[:cut].rstrip())
        start += cut
        while text[start].isspace():
            start += 1
    yield start, end


def _passage_id(doc_id: str, text: str, occurrence: int) -> str:
    parts = f"{doc_id}\x00{text}\x00{occurrence}"
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
