"""PDF by pypdf: the text of its pages, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import re
from collections import Counter

from index.formats.extract import Contents, Extract, FormatError
from index.formats.lines import reflow
from index.formats.titles import stated

MOST_PAGES, MOST_CHARACTERS = 2_000, 8_000_000
# Running heads and feet stand among the first or last lines of a page.
_EDGE = 2
# Letters that fonts draw together, which nobody types.
_DRAWN = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_TITLE_WORDS = 5


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
        title = stated(getattr(reader.metadata, "title", None))
    except (PyPdfError, RecursionError) as error:
        raise FormatError("the PDF is damaged.", "Save it again, or send its text.") from error
    text = reflow([line for page in without_edges(pages) for line in page])
    if not text:
        raise FormatError(
            "there is no text in the PDF (pages scanned as pictures?).", "Send its text.", "empty"
        )
    # The day a file was made is not the day an article was published.
    return Contents((Extract(text, fields={"title": title}),))


def without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that run along their tops and bottoms, and without page numbers.

    A title may run along them: what looks like one stays where it stands first.
    """
    seen = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    running = {key for key, times in seen.items() if times >= 3 and times * 3 > len(pages)}
    once = {key for key in running if len(key.split()) >= _TITLE_WORDS and "0" not in key}
    kept: list[list[str]] = []
    for page in pages:
        kept.append([])
        for number, line in enumerate(page):
            edge, key = not _EDGE <= number < len(page) - _EDGE, _key(line)
            if edge and (re.fullmatch(r"[\W\d]*", line) or (key in running and key not in once)):
                continue
            if edge:
                once.discard(key)
            kept[-1].append(line)
    return kept


def _lines(text: str) -> list[str]:
    """The lines of a page; a soft hyphen counts at the end of one alone."""
    bare = (" ".join(line.translate(_DRAWN).split()) for line in text.splitlines())
    cut = (f"{line[:-1]}-" if line.endswith("\u00ad") else line for line in bare if line)
    return [line.replace("\u00ad", "") for line in cut]


def _edge_lines(page: list[str]) -> list[str]:
    return [*page[:_EDGE], *page[-_EDGE:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)
