"""Which reader reads which ending. A composer: it knows all formats."""

from __future__ import annotations

from index.formats import docx, feed, html, jsonl, mail, pdf
from index.formats.decode import decode
from index.formats.extract import Contents, Extract


def text(data: bytes, name: str) -> Contents:
    """A plain text or Markdown file, to the letter."""
    found, note = decode(data)
    return Contents((Extract(found, plain=True),), notes=(note,) if note else ())


PLAIN = {".txt": text, ".md": text}
# Read in a process of their own.
PARSED = {
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".eml": mail.read,
    ".rss": feed.read,
    ".atom": feed.read,
    ".xml": feed.read,
    ".jsonl": jsonl.read,
}
SUFFIXES = (*PLAIN, *PARSED)
