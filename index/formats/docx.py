"""Word documents: paragraphs and tables in their order, as they read with all changes accepted.

python-docx finds the body; its words are taken from the markup itself, since the library leaves
out what was inserted under « track changes », and what stands in content controls and text boxes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from index.formats.extract import Contents, Extract, FormatError
from index.formats.titles import stated

MOST_UNPACKED = 64 * 1024 * 1024  # bytes
# What was deleted or moved away, and the older copy that Word keeps of a drawing.
_GONE = {"del", "moveFrom", "Fallback", "rt"}
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read(data: bytes, name: str) -> Contents:
    """The article of a Word document; raises FormatError."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MOST_UNPACKED:
            raise FormatError(
                f"unpacked it has {size // 1024 // 1024} MB.", "Cut it into one file an article.", "too_large"
            )
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(document.element.body))
        title = stated(document.core_properties.title)
    except FormatError:
        raise
    except Exception as error:  # python-docx raises whatever a wrong part leads it to.
        raise FormatError("it is no Word document, or a damaged one.", "Save it again as .docx.") from error
    if not text:
        raise FormatError("there is no text in it.", "Write its text, or remove it.", "empty")
    # The day a file was made is not the day an article was published.
    return Contents((Extract(text, fields={"title": title}),))


def _blocks(parent: Any) -> Iterator[str]:
    """Paragraphs and rows of a body, a cell or a content control."""
    for element in parent:
        kind = _kind(element)
        if kind == "p":
            yield from _paragraph(element)
        elif kind == "tr":
            cells = [" ".join(_blocks(cell)) for cell in _cells(element)]
            if row := " | ".join(filter(None, cells)):
                yield row
        elif kind not in _GONE:
            yield from _blocks(element)


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, be they in a content control."""
    for element in row:
        if _kind(element) == "tc":
            yield element
        elif _kind(element) in ("sdt", "sdtContent"):
            yield from _cells(element)


def _paragraph(paragraph: Any) -> Iterator[str]:
    """A paragraph, cut at empty lines, and those of the text boxes that hang on it."""
    boxes: list[Any] = []
    whole = "".join(_words(paragraph, boxes))
    for part in re.split(r"\n\s*\n", whole):
        if text := " ".join(part.split()):
            yield text
    for box in boxes:
        yield from _blocks(box)


def _words(element: Any, boxes: list[Any]) -> Iterator[str]:
    for part in element:
        kind = _kind(part)
        if kind == "t":
            yield part.text or ""
        elif kind in _SPACES:
            yield _SPACES[kind]
        elif kind == "txbxContent":
            boxes.append(part)
        elif kind not in _GONE:
            yield from _words(part, boxes)


def _kind(element: Any) -> str:
    """The name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
