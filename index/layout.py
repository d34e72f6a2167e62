"""Where the lines and paragraphs of a text lie, and which look like a heading.

Geometry alone: no word of any language decides here. Shared by the stages that
read, clean and split, so that they agree on what a line, a paragraph and a title are.
All offsets are code points in the text given, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, zip_longest

from index.types import Span

# Atomic: the two characters of Windows are never read as two line ends as well, which
# would double the ways to read a text with each line.
_LINE_END = r"(?>\r\n|\n|\r)"
_FRONT_MATTER = re.compile(
    rf"---[ \t]*{_LINE_END}"
    rf"(?P<body>(?:[ \t]*(?:#[^\r\n]*)?{_LINE_END})*[\w-]+[ \t]*:[\s\S]*?)"
    rf"{_LINE_END}(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_ITEM = re.compile(r"(?:[-*+•‣▪●◦–—]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_HASH = re.compile(r"#{1,6}\s+\S")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What may follow the stop of a sentence: closing marks, and the mark of a footnote.
_CLOSED = r"(?:\s?[»”\"’)\]*_]|\[\^?\w{1,4}\]|[¹²³⁰-⁹])*\Z"
_ENDS = re.compile(rf"[.!?…。！？;:,]{_CLOSED}")
_STOPS = re.compile(rf"[.!?…。！？]{_CLOSED}")
_STOP_WITHIN = re.compile(r"[.!?…](?:\s?[»”\"’)])*\s")

# A file wrapped by hand or by a mailer keeps its lines within these widths.
_WRAP_WIDTHS = (40, 130)
_HEADING_CHARS, _HEADING_WORDS = 130, 20
_KICKER_WORDS = 3
# Only a paragraph this near the top can be the title.
_TITLE_DEPTH = 8


class Shape(StrEnum):
    """What a paragraph looks like, before any word of it is read."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text[start:end]`, without white space at either end, never empty."""

    start: int
    end: int
    shape: Shape


def front_matter(text: str) -> tuple[int, str]:
    """Where the front matter at the top ends, and its YAML source; 0 and "" where there is none."""
    found = _FRONT_MATTER.match(text[:65_536])
    return (found.end(), found["body"]) if found else (0, "")


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Start and end of every line of `text[start:end]` that is not blank, white space around it left out."""
    for line in text[start:end].splitlines(keepends=True):
        if bare := line.strip():
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(bare)
        start += len(line)


def paragraphs(text: str, without: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` outside the spans of `without`, in order.

    A line is a paragraph of its own unless the lines around it show that the text was
    wrapped at a fixed width; then the lines up to the next blank one are joined.
    """
    joined = [part for block in _blocks(text, without) for part in _join(text, block)]
    return tuple(
        Paragraph(start, end, _shape(text, start, end, following))
        for (start, end), following in zip_longest(joined, joined[1:])
    )


def first_title(text: str, found: Sequence[Paragraph]) -> Paragraph | None:
    """The heading that stands before all prose: the title, where a text has one."""
    for paragraph in found[:_TITLE_DEPTH]:
        if paragraph.shape is Shape.HEADING:
            words = text[paragraph.start : paragraph.end].split()
            if len(words) >= 3:
                return paragraph
        elif paragraph.shape is Shape.PROSE:
            return None
    return None


def bare_heading(text: str) -> str:
    """A heading without the marks that Markdown puts around it."""
    bare = re.sub(r"\A#{1,6}\s+", "", text)
    closed = bare.rstrip("#")
    return (closed if closed[-1:].isspace() else bare).strip("*_ \t\r\n")


def _blocks(text: str, without: Sequence[Span]) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines with neither a blank line nor a removed span between them."""
    position = 0
    for span in sorted([*without, Span.cut(text, len(text), len(text))]):
        block: list[tuple[int, int]] = []
        for line in lines(text, position, span.start):
            if block and not _adjacent(text, block[-1][1], line[0]):
                yield block
                block = []
            block.append(line)
        if block:
            yield block
        position = span.end


def _adjacent(text: str, end: int, start: int) -> bool:
    """Whether no blank line lies between two lines."""
    return len(_BREAK.findall(text, end, start)) <= 1


def _join(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a block: all of a wrapped run at once, else line by line."""
    wrapped = _wrapped(text, block)
    start, end = block[0]
    for first, last in block[1:]:
        line = text[first:last]
        apart = _ITEM.match(line) or _HASH.match(line) or line[0] == "|" or _HASH.match(text, start)
        if apart or not (wrapped or runs_on(text[max(start, end - 80) : end], line)):
            yield start, end
            start = first
        end = last
    yield start, end


def _wrapped(text: str, block: list[tuple[int, int]]) -> bool:
    """Whether each line ends where the next word would not have fitted."""
    width = max(end - start for start, end in block)
    if len(block) < 2 or not _WRAP_WIDTHS[0] <= width <= _WRAP_WIDTHS[1]:
        return False
    lower = full = 0
    for (start, end), (first, last) in pairwise(block):
        word = text[first:last].split(maxsplit=1)[0]
        full += end - start + 1 + len(word) > width - 4
        lower += word[0].islower()
    pairs = len(block) - 1
    return full >= 0.8 * pairs and lower >= max(1, 0.25 * pairs)


def runs_on(before: str, line: str) -> bool:
    """Whether a line plainly goes on with the sentence of the one before."""
    return line[0].islower() and len(before) >= 40 and (before[-1] == "," or not _ENDS.search(before[-8:]))


def _shape(text: str, start: int, end: int, following: tuple[int, int] | None) -> Shape:
    head = text[start : min(end, start + 12)]
    if _HASH.match(head):
        return Shape.HEADING
    if head[0] == "|":
        return Shape.ROW
    if _ITEM.match(head):
        return Shape.ITEM
    if following is None or not _looks_like_heading(text, start, end):
        return Shape.PROSE
    # Where no blank line sets it off, only a heading over prose is believed:
    # a run of short lines is a list.
    if _adjacent(text, end, following[0]) and not _is_prose(text, *following):
        return Shape.PROSE
    return Shape.HEADING


def _looks_like_heading(text: str, start: int, end: int) -> bool:
    if end - start > _HEADING_CHARS:
        return False
    line = text[start:end]
    first = next((char for char in line if char.isalnum()), "")
    if not first or first.islower() or "\n" in line or len(line.split()) > _HEADING_WORDS:
        return False
    if not _ENDS.search(line):
        return True
    # A question may head a section (« Kaltes. Qui paiera ? »); several sentences of which the last
    # one asks are prose.
    asks = line.rstrip('»”"’)]*_ \u00a0\u202f')[-1:] == "?"
    first, *more = _STOP_WITHIN.split(line)
    return asks and (not more or (len(more) == 1 and len(first.split()) <= _KICKER_WORDS))


def _is_prose(text: str, start: int, end: int) -> bool:
    return end - start > _HEADING_CHARS or bool(_STOPS.search(text[max(start, end - 16) : end]))
