"""RSS and Atom by feedparser: one article an entry, with its title, link and day."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from index.formats.extract import Contents, Extract, FormatError, Refused, one_line
from index.formats.html import plain

MOST_ENTRIES = 10_000


def read(data: bytes, name: str) -> Contents:
    """The articles of a feed; raises FormatError where it is none."""
    import feedparser

    # As a stream: given a text, feedparser would take it for an address and fetch it.
    found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not found.entries or not found.version:
        raise FormatError(
            "no feed was found in it.", "Send an RSS or Atom feed, or its articles.", "not_a_feed"
        )
    if len(found.entries) > MOST_ENTRIES:
        raise FormatError(
            f"the feed has {len(found.entries)} entries, more than {MOST_ENTRIES}.",
            "Cut it into several files.",
            "too_large",
        )
    publisher = one_line(found.feed.get("title"))
    articles: list[Extract] = []
    refused: list[Refused] = []
    for number, entry in enumerate(found.entries, start=1):
        part = f"#{number}"
        text = _content(entry)
        title = one_line(plain(str(entry.get("title") or "")))
        if not text:
            refused.append(
                Refused(part, "there is no text in the entry.", "Send the article itself.", "empty")
            )
            continue
        fields = {
            "title": title,
            "publisher": publisher,
            "url": entry.get("link"),
            "published": _day(entry, "published") or _day(entry, "updated"),
        }
        whole = f"{title}\n\n{text}" if title and not text.startswith(title) else text
        articles.append(Extract(whole, part, fields, "feed"))
    return Contents(tuple(articles), tuple(refused))


def _content(entry: Any) -> str:
    """The text of the whole article where the feed has it, else of its summary: the longest."""
    bodies = [str(body.get("value") or "") for body in entry.get("content", ())]
    return max(map(plain, [*bodies, str(entry.get("summary") or "")]), key=len)


def _day(entry: Any, name: str) -> str | None:
    """The day as the feed writes it, in its own time zone; else as feedparser reads it."""
    written = str(entry.get(name) or "").strip()
    for form in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError):
            return form(written).date().isoformat()
    when = entry.get(f"{name}_parsed")
    return f"{when.tm_year:04}-{when.tm_mon:02}-{when.tm_mday:02}" if when else None
