"""Web pages: the main text by trafilatura, with what the page says of itself. Nothing is fetched or run."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from index.formats.blocks import apart, as_shown, broken, completed, joined, keep_boxes, lines
from index.formats.decode import decode
from index.formats.extract import Contents, Extract, FormatError, one_line

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([\w-]{2,30})""", re.IGNORECASE)
# A day that the page states, not one that its text or its copyright line happens to hold; and the
# same whenever it is read, where the library would allow no day after today.
_STATED_DAY = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_MARKUP = re.compile(
    r"(?:<|&lt;)/(?:p|div|li|h[1-6]|a|strong|em|span|td|blockquote)(?:>|&gt;)|<br ?/?>"
    r"|&(?:nbsp|[lr]squo|[a-z]acute|[a-z]grave);",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(?:p|br|div|li|ul|ol|h[1-6]|table|section|article|blockquote)\b", re.IGNORECASE)
_ESCAPED = 3  # times, at most


def read(data: bytes, name: str) -> Contents:
    """The article of a page; raises FormatError where it holds none."""
    declared = _DECLARED.search(data[:4096])
    text, note = decode(data, declared[1].decode("ascii") if declared else None)
    return Contents((article(text),), notes=(note,) if note else ())


def article(page: str) -> Extract:
    """The main text of a page, a paragraph or heading at a time; raises FormatError."""
    import trafilatura

    # A declaration of an encoding would contradict the decoded text.
    whole = re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)
    # trafilatura refuses what does not say at once that it is a page: bodies as newsrooms export
    # them, pages below a long comment.
    root: Any = trafilatura.load_html(whole if "html" in whole[:50].lower() else f"<!doctype html>\n{whole}")
    if root is None:
        raise FormatError("it is no web page.", "Save its text as .txt or .md.", "empty")
    as_shown(root)
    keep_boxes(root)
    blocks = lines(broken(deepcopy(root)))
    headed = [str(heading.text_content()) for heading in root.iter("h1")]
    found: Any = trafilatura.bare_extraction(
        root, include_comments=False, with_metadata=True, date_extraction_params=_STATED_DAY
    )
    text = list(apart(list(joined(lines(found.text))), blocks)) if found and found.text else []
    if not text:
        raise FormatError("no article was found in the page.", "Save its text as .txt or .md.", "empty")
    title = one_line(found.title)
    body = "\n\n".join(completed(text, blocks, [title, *headed]))
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    publisher = one_line(found.sitename)
    fields = {"title": title, "publisher": publisher, "url": found.url, "published": found.date}
    return Extract(body, fields=fields, origin="page")


def plain(fragment: str) -> str:
    """The text of a piece of HTML (a feed's summary, a mail), its blocks apart by blank lines.

    Where its author escaped it once more than was needed, what comes out is HTML again.
    """
    from lxml import html

    text = fragment
    for _ in range(_ESCAPED):
        if not _BLOCK.search(text):
            # Text with a link or an entity in it: its line ends are its own.
            text = text.strip().replace("\n", "<br>")
        root: Any = html.fromstring(f"<div>{text}</div>")
        as_shown(root)
        text = "\n\n".join(lines(broken(root)))
        if not is_html(text):
            break
    return text


def is_html(text: str) -> bool:
    """Whether a text is plainly written in HTML, not about it: it has a paragraph's or a link's end."""
    return bool(_MARKUP.search(text))
