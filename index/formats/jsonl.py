"""Exports of articles, one JSON object a line: its text, and what is known of it."""

from __future__ import annotations

import json

from index.formats.decode import decode
from index.formats.extract import Contents, Extract, Fields, FormatError, Refused
from index.formats.html import is_html, plain

MOST_LINES = 100_000
_TEXTS = ("text", "body", "content")
_FIELDS = ("title", "publisher", "url", "published", "language")
_FORM = '{"text": "…", "title": "…"}'


def read(data: bytes, name: str) -> Contents:
    """The articles of an export; a line that holds none stops no other."""
    text, note = decode(data)
    if text.lstrip().startswith("["):
        raise FormatError("it is one JSON list, not an object a line.", f"Give each article a line: {_FORM}")
    articles: list[Extract] = []
    refused: list[Refused] = []
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise FormatError(f"it has more than {MOST_LINES} lines.", "Cut it into several files.", "too_large")
    for number, line in enumerate(lines, start=1):
        try:
            articles.append(_article(line, f"#{number}"))
        except FormatError as error:
            refused.append(Refused.of(f"#{number}", error))
    return Contents(tuple(articles), tuple(refused), (note,) if note else ())


def _article(line: str, part: str) -> Extract:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise FormatError("the line is not valid JSON.", f"Write {_FORM}.") from problem
    if not isinstance(raw, dict):
        raise FormatError("the line is no JSON object.", f"Write {_FORM}.")
    if "query_id" in raw:
        raise FormatError("the line is a question of a test, not an article.", "Build without this file.")
    found = {key: raw[key] for key in _TEXTS if raw.get(key)}
    body = next((value for value in found.values() if isinstance(value, str)), "")
    if found and not body:
        raise FormatError(f"`{next(iter(found))}` is not a text.", f"Write {_FORM}.")
    if is_html(body):
        body = plain(body)
    if not any(char.isalnum() for char in body):
        raise FormatError("there is no text in the line.", f"Write {_FORM}.", "empty")
    fields: Fields = {key: raw.get(key) for key in _FIELDS}
    for key, value in fields.items():
        # What stands in lists and objects, however deep, is nobody's title.
        if isinstance(value, list | dict):
            raise FormatError(f"`{key}` is a list, not a text.", f"Write {_FORM}.")
    return Extract(body, part, fields, "export")
