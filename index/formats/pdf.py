"""PDF by pypdf: the text of its pages, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import re
from collections import Counter

from index.formats.extract import Contents, Extract, FormatError

MOST_PAGES, MOST_CHARACTERS = 2_000, 8_000_000
# Running heads and feet stand among the first or last lines of a page.
_EDGE = 2
_ENDS = re.compile(r"[.!?…:](?:\s?[»”\"’)\]]*)$")
_SHORT = 0.75  # of the widest line: such a line ends a paragraph


def read(data: bytes, name: str) -> Contents:
    """The article of a PDF; raises FormatError for one that is locked, damaged or without text."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("the PDF is locked.", "Save it without a password.")
        if len(reader.pages) > MOST_PAGES:
            raise FormatError(
                f"the PDF has {len(reader.pages)} pages, more than {MOST_PAGES}.",
                "Cut it into one file an article.",
                "too_large",
            )
        pages, size = [], 0
        for page in reader.pages:
            pages.append(_lines(page.extract_text()))
            size += sum(map(len, pages[-1]))
            if size > MOST_CHARACTERS:
                raise FormatError(
                    f"the PDF has more than {MOST_CHARACTERS} characters.",
                    "Cut it into one file an article.",
                    "too_large",
                )
        title = " ".join(str(getattr(reader.metadata, "title", None) or "").split())
    except (PyPdfError, RecursionError) as error:
        raise FormatError("the PDF is damaged.", "Save it again, or send its text.") from error
    text = reflow(without_edges(pages))
    if not text:
        raise FormatError(
            "there is no text in the PDF (pages scanned as pictures?).", "Send its text.", "empty"
        )
    # The day a file was made is not the day an article was published.
    return Contents((Extract(text, fields={"title": title if len(title.split()) > 2 else None}),))


def without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that run along their tops and bottoms, and without page numbers."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    running = {key for key, times in seen.items() if times >= 3 and times * 2 > len(pages)}
    return [
        [
            line
            for number, line in enumerate(page)
            if _EDGE <= number < len(page) - _EDGE
            or not (_key(line) in running or re.fullmatch(r"[\W\d]*", line))
        ]
        for page in pages
    ]


def reflow(pages: list[list[str]]) -> str:
    """Paragraphs, apart by blank lines, of lines that were broken at a fixed width."""
    lines = [line for page in pages for line in page]
    width = max(map(len, lines), default=0)
    blocks: list[str] = []
    ended = True
    for line in lines:
        if ended or not line:
            blocks.append(line)
        elif blocks[-1].endswith("-") and line[0].islower():
            blocks[-1] = blocks[-1][:-1] + line
        else:
            blocks[-1] += " " + line
        # A paragraph ends in a stop on a line that is not full; a heading is short and has no stop.
        heading = len(line) < width * _SHORT and not _ENDS.search(line) and blocks[-1] == line
        ended = not line or heading or bool(len(line) < width * _SHORT and _ENDS.search(line))
    return "\n\n".join(block for block in blocks if block)


def _lines(text: str) -> list[str]:
    return [" ".join(line.replace("\u00ad", "").split()) for line in text.splitlines() if line.strip()]


def _edge_lines(page: list[str]) -> list[str]:
    return [*page[:_EDGE], *page[-_EDGE:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)
