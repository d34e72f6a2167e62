"""Exports of articles, one JSON object a line: its text, and what is known of it."""

from __future__ import annotations

import json
from typing import Any

from index.formats.decode import decode
from index.formats.extract import Contents, Extract, Fields, FormatError, Refused

MOST_LINES = 100_000
_TEXTS = ("text", "body", "content")
_FIELDS = ("title", "publisher", "url", "published", "language")


def read(data: bytes, name: str) -> Contents:
    """The articles of an export; a line that holds none stops no other."""
    text, note = decode(data)
    articles: list[Extract] = []
    refused: list[Refused] = []
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise FormatError(f"it has more than {MOST_LINES} lines.", "Cut it into several files.", "too_large")
    for number, line in enumerate(lines, start=1):
        try:
            articles.append(_article(line, f"#{number}"))
        except FormatError as error:
            refused.append(Refused(f"#{number}", error.message, error.hint, error.code))
    return Contents(tuple(articles), tuple(refused), (note,) if note else ())


def _article(line: str, part: str) -> Extract:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise FormatError("the line is not valid JSON.", 'Write {"text": "…", "title": "…"}.') from problem
    if not isinstance(raw, dict):
        raise FormatError("the line is no JSON object.", 'Write {"text": "…", "title": "…"}.')
    if "query_id" in raw:
        raise FormatError("the line is a question of a test, not an article.", "Build without this file.")
    body: Any = next((raw[key] for key in _TEXTS if isinstance(raw.get(key), str)), "")
    if not any(char.isalnum() for char in body):
        raise FormatError("there is no text in the line.", 'Write {"text": "…", "title": "…"}.', "empty")
    fields: Fields = {key: raw.get(key) for key in _FIELDS}
    for key, value in fields.items():
        # What stands in lists and objects, however deep, is nobody's title.
        if isinstance(value, list | dict):
            raise FormatError(f"`{key}` is a list, not a text.", 'Write {"text": "…", "title": "…"}.')
    return Extract(body, part, fields, "export")
