"""The blocks of a web page, and what an extractor of articles makes of them, mended by them.

trafilatura finds the article in a page. Of a short page, and of an item or a cell that holds a
heading and paragraphs, it makes one line; the lines between a title and its text, corrections and
boxes it takes for the page's own. The page itself knows better: its blocks are its lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.layout import runs_on

_BLOCKS = (
    "address article aside blockquote dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr li main ol p pre section table td th tr ul"
).split()
# What is no part of the text that a reader sees.
_UNSEEN = (
    "//script | //style | //template | //noscript | //head | //comment()"
    " | //*[@hidden or contains(translate(@style, ' ', ''), 'display:none')][parent::*][not(self::body)]"
)
# What is struck out, and the mark of a footnote, which would be glued to a word or to a number.
_STRUCK = (
    "//del | //s | //strike | //sup[.//a[starts-with(@href, '#')] or parent::a[starts-with(@href, '#')]]"
)
# Elements that trafilatura drops, or breaks the line for, within a sentence.
_INLINE = (
    "//p//q | //p//*[self::time or self::label or self::button][following-sibling::text()[normalize-space()]]"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LINE_BREAK = "\u2028"
# How a block is looked for: by its first letters, so often, with so many others left out between.
_START, _TRIED, _LEFT_OUT = 4, 50, 12
# A paragraph has a sentence; a title and the lines that lead in to the article stand close together.
_PROSE_CHARS, _LEAD_BLOCKS = 60, 30
_CORRECTION = re.compile(
    r"(?:corrections?|clarification|update|rectifica(?:tif|tion)|errat(?:um|a)|mise à jour)\b[^:]{0,40}:",
    re.IGNORECASE,
)


def as_shown(root: Any) -> None:
    """Make the words of a page those that a reader takes from it: corrected, and with the quotation
    marks that browsers put around <q>."""
    for struck in root.xpath(_STRUCK):
        if struck.getparent() is not None:
            struck.drop_tree()
    french = str(root.get("lang") or "").lower().startswith("fr")
    opens, closes = ("« ", " »") if french else ("“", "”")
    for quotation in root.iter("q"):
        quotation.text = opens + (quotation.text or "")
        quotation.tail = closes + (quotation.tail or "")
    for within in root.xpath(_INLINE):
        within.tag = "span"


def broken(root: Any) -> str:
    """The text under an element, its blocks in lines of their own, as a browser shows it."""
    for dropped in root.xpath(_UNSEEN):
        dropped.drop_tree()
    for element in root.iter():
        if element.text and element.tag != "pre":
            element.text = _SPACES.sub(" ", element.text)
        if element.tail:
            element.tail = _SPACES.sub(" ", element.tail)
    for block in root.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
        block.text = "\n" + (block.text or "")
    for end in root.iter("br"):
        end.tail = _LINE_BREAK + (end.tail or "")
    return str(root.text_content())


def lines(text: str) -> list[str]:
    """The lines of `text` that are not empty, without what is not seen.

    Those of a block are joined where one goes on with the sentence of the one before.
    """
    return [
        line
        for block in text.translate(_INVISIBLE).split("\n")
        for line in joined(filter(None, (" ".join(raw.split()) for raw in block.splitlines())))
    ]


def joined(found: Iterable[str]) -> Iterator[str]:
    """The lines, joined where a break stands within a sentence."""
    parts: list[str] = []
    for line in found:
        if parts and not runs_on(" ".join(parts[-2:]), line):
            yield " ".join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield " ".join(parts)


def apart(found: Sequence[str], blocks: Sequence[str]) -> Iterator[str]:
    """The lines that were found on a page; where several of its blocks were run together, these."""
    keys = [_key(block) for block in blocks]
    known = set(keys)
    begins = defaultdict(list)
    for number, key in enumerate(keys):
        begins[key[:_START]].append(number)
    for line in found:
        row = line[0] == "|"
        cells = [cell for part in line.split(" | ") if (cell := part.strip("| "))] if row else [line]
        made = [
            [] if key in known else [blocks[number] for number in _made_of(key, keys, begins)]
            for key in map(_key, cells)
        ]
        # A table that holds paragraphs is there for the layout, not for its rows.
        if any(len(parts) > 1 and (not row or max(map(len, parts)) > _PROSE_CHARS) for parts in made):
            for cell, parts in zip(cells, made, strict=True):
                yield from parts or [cell]
        else:
            yield line


def completed(found: Sequence[str], blocks: Sequence[str], titles: Iterable[str]) -> Iterator[str]:
    """The lines with the sentences between the title and the first paragraph, as newspapers lead in
    to an article, and with the corrections at its end."""
    keys = [_key(block) for block in blocks]
    headed = {_key(title) for title in titles}
    known = {_key(line) for line in found} | headed
    first = next((line for line in found if _is_prose(line)), "")
    at = keys.index(_key(first)) if _key(first) in keys else 0
    above = max((number for number in range(at) if keys[number] in headed), default=at)
    last = max((number for number in range(at, len(keys)) if keys[number] in known), default=at)
    lead = range(above + 1, at) if at - above <= _LEAD_BLOCKS else ()
    for line in found:
        if line is first:
            yield from (blocks[n] for n in lead if keys[n] not in known and _is_prose(blocks[n]))
        yield line
    behind = range(at, min(len(keys), last + _LEAD_BLOCKS))
    yield from (blocks[n] for n in behind if keys[n] not in known and _CORRECTION.match(blocks[n]))


def keep_boxes(root: Any) -> None:
    """Make blocks of the text of the boxes beside an article that lead nowhere and repeat nothing.

    Others are lists of links, forms, or sentences of the article set out in large letters.
    """
    boxes = root.xpath("(//article//aside | //main//aside)[not(.//a | .//form | .//button | .//input)]")
    whole = _key(str(root.text_content())) if boxes else ""
    for box in boxes[:_TRIED]:
        text = str(box.text_content())
        if len(text) > _PROSE_CHARS and whole.count(_key(text)) == 1:
            box.tag = "div"


def _made_of(key: str, keys: Sequence[str], begins: dict[str, list[int]]) -> list[int]:
    """The numbers of the blocks that make up a line, in order, of which a few may have been left out."""
    for first in begins[key[:_START]][:_TRIED] if len(key) > _START else ():
        numbers: list[int] = []
        at = 0
        for number in range(first, len(keys)):
            if at == len(key) or number - (numbers[-1] if numbers else first) > _LEFT_OUT:
                break
            if keys[number] and key.startswith(keys[number], at):
                at += len(keys[number])
                numbers.append(number)
        if at == len(key):
            return numbers
    return []


def _is_prose(line: str) -> bool:
    return len(line) > _PROSE_CHARS and line.rstrip(' »”"’)')[-1:] in ".!?…"


def _key(line: str) -> str:
    """The letters and digits of a line, by which it is known again."""
    return "".join(filter(str.isalnum, line))
