"""Web pages: the main text by trafilatura, with what the page says of itself. Nothing is fetched or run."""

from __future__ import annotations

import re
from typing import Any

from index.formats.decode import decode
from index.formats.extract import Contents, Extract, Fields, FormatError

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([\w-]{2,30})""", re.IGNORECASE)
# A day that the page states, not one that its text or its copyright line happens to hold; and the
# same whenever it is read, where the library would allow no day after today.
_STATED_DAY = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_BLOCKS = (
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
    " hr li main ol p pre section table td th tr ul"
).split()


def read(data: bytes, name: str) -> Contents:
    """The article of a page; raises FormatError where it holds none."""
    declared = _DECLARED.search(data[:4096])
    text, note = decode(data, declared[1].decode("ascii") if declared else None)
    return Contents((article(text),), notes=(note,) if note else ())


def article(page: str) -> Extract:
    """The main text of a page, a paragraph or heading at a time; raises FormatError."""
    import trafilatura

    # A declaration of an encoding would contradict the decoded text.
    found: Any = trafilatura.bare_extraction(
        re.sub(r"\A\s*<\?xml[^>]*\?>", "", page),
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_STATED_DAY,
    )
    body = paragraphs(found.text) if found and found.text else ""
    if not body:
        raise FormatError("no article was found in the page.", "Save its text as .txt or .md.", "empty")
    title = _line(found.title)
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    fields: Fields = {
        "title": title,
        "publisher": _line(found.sitename),
        "url": found.url,
        "published": found.date,
        "language": None,
    }
    return Extract(body, fields=fields, origin="page")


def plain(fragment: str) -> str:
    """The text of a piece of HTML (a feed's summary, a mail), its blocks apart by blank lines."""
    from lxml import html

    try:
        root = html.fromstring(f"<div>{fragment}</div>")
    except (ValueError, html.etree.ParserError):
        return ""
    for dropped in root.xpath("//script | //style | //template | //head | //comment()"):
        dropped.drop_tree()
    for block in root.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
        block.text = "\n" + (block.text or "")
    return paragraphs(str(root.text_content()))


def paragraphs(text: str) -> str:
    """Lines of `text`, each without white space around it, apart by blank lines."""
    return "\n\n".join(line for raw in text.splitlines() if (line := " ".join(raw.split())))


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
