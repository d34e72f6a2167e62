"""Reads articles from files: every error names the file and the cure, and stops no other file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.dateline import dateline
from index.errors import DocumentError
from index.formats import archive
from index.formats.bounded import parse
from index.formats.extract import Contents, Extract, FormatError, Refused
from index.formats.readers import PLAIN
from index.formats.readers import SUFFIXES as OF_ARTICLES
from index.language import detect
from index.layout import bare_heading, first_title, front_matter, paragraphs
from index.sources.files import (
    READ,
    check_size,
    content_of,
    is_read,
    name_in_source,
    of_another_kind,
    suffix_of,
)
from index.sources.metadata import SIDECAR, Metadata, from_fields, from_file, from_front_matter, from_sidecar
from index.types import Document, Span

NOTHING = Metadata()
# Without knowing furniture, a shorter first line is more likely a section's name.
_TITLE_WORDS = 5
# Of one article, whatever its format: each stop or line may end a passage.
MOST_CHARACTERS, MOST_STOPS = 8_000_000, 200_000
_TRAIL = re.compile(r"\s[>›»]\s+\w")
# Of a file's parts that cannot be read, so many are named: it may have a hundred thousand lines.
MOST_NAMED = 100
_STOPS = re.compile(r"[.!?…\n]\W*")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a part of one, that was left out, and why."""

    path: str
    error: DocumentError


@dataclass(frozen=True, slots=True)
class Readout:
    """What was read of one file. `notes` say how, where that is not plain."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()


def read_file(path: Path, source: Path) -> Readout:
    """The articles in `path`; `source` is the file or folder it was found under.

    Of plain text `text` is the decoded file to the letter, without its byte-order mark; of
    other kinds what was read of it. `doc_id` is the url where one is given, else the path
    relative to `source` with slashes, and in a file of several articles their place in it.
    `title` is that of the front matter, of the sidecar, of the file, of the text; "" where none
    of them has one.

    Raises DocumentError where nothing can be read.
    """
    name = name_in_source(path, source)
    sidecar = from_sidecar(path, name_in_source(path.with_name(SIDECAR), source))
    return _readout(content_of(path, name), name, sidecar)


def read_bytes(data: bytes, name: str, known: Metadata = NOTHING) -> Readout:
    """What is in a file that somebody sent under `name`; `known` is what he knows of it beside.

    The name's ending says how it is read, and it is no path. Raises DocumentError as
    `read_file` does.
    """
    name = unicodedata.normalize("NFC", name)
    if not is_read(name):
        raise of_another_kind(name)
    check_size(len(data), name)
    return _readout(data, name, known)


def _readout(data: bytes, name: str, known: Metadata) -> Readout:
    try:
        zipped = suffix_of(name) == ".zip"
        found = archive.read(data, _contents, OF_ARTICLES) if zipped else _contents(data, name)
    except FormatError as error:
        raise _refusal(name, error) from error
    documents: list[Document] = []
    skipped = [Skipped(at := _id(name, part.part), _refusal(at, part)) for part in found.refused]
    for article in found.articles:
        try:
            documents.append(_article(article, name, known))
        except DocumentError as error:
            if not article.part:
                raise
            skipped.append(Skipped(_id(name, article.part), error))
    if not documents:
        first = skipped[0].error if skipped else None
        raise first or DocumentError(f"{name}: there is no article in it.", READ, code="empty")
    if len(skipped) > MOST_NAMED:
        more = f"{name}: {len(skipped) - MOST_NAMED:,} more parts of it cannot be read."
        hint = "Mend those that are named first."
        skipped[MOST_NAMED:] = [Skipped(name, DocumentError(more, hint, code="unreadable"))]
    return Readout(tuple(documents), tuple(skipped), found.notes)


def _refusal(doc_id: str, why: FormatError | Refused) -> DocumentError:
    return DocumentError(f"{doc_id}: {why.message}", why.hint, code=why.code)


def _contents(data: bytes, name: str) -> Contents:
    suffix = suffix_of(name)
    return PLAIN[suffix](data, name) if suffix in PLAIN else parse(suffix, data, name)


def _article(article: Extract, name: str, known: Metadata) -> Document:
    doc_id = _id(name, article.part)
    # A half of a character, which no quote could be sent as, becomes a question mark.
    text = article.text.encode("utf-8", "replace").decode()
    body, matter = front_matter(text) if article.plain else (0, "")
    _check_text(text, body, doc_id)
    inside = from_front_matter(matter, doc_id) if matter else NOTHING
    # What somebody wrote for this purpose is checked; what a page says of itself is taken where it can be.
    found_in = from_fields if article.origin == "export" else from_file
    beside = from_fields(article.known, doc_id, "sidecar").over(
        found_in(article.fields, doc_id, article.origin)
    )
    # What is known of a file of several articles holds for its parts, but for what names one of them.
    given = known if not article.part else Metadata(publisher=known.publisher, language=known.language)
    dated = dateline(text, body)
    told = Metadata(published=dated.day, published_from="dateline") if dated.day else NOTHING
    found = inside.over(given).over(beside).over(told)
    return Document(
        doc_id=found.url or doc_id,
        text=text,
        title=found.title or _title(text, body, dated.lines) or "",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        publisher=found.publisher,
        url=found.url,
        published=found.published,
        language=found.language or detect(text[body:]),
        published_from=found.published_from,
    )


def _id(name: str, part: str) -> str:
    """What names an article: its file, and its place in it where the file holds several."""
    return name + part if part.startswith("#") or not part else f"{name}/{part}"


def _check_text(text: str, body: int, doc_id: str) -> None:
    """Refuse what has no words from `body` on, or too many to be cut and annotated."""
    if not any(char.isalnum() for char in text[body:]):
        raise DocumentError(
            f"{doc_id}: there is no text in it.", "Write its text, or remove it.", code="empty"
        )
    if len(text) > MOST_CHARACTERS or sum(1 for _ in _STOPS.finditer(text)) > MOST_STOPS:
        raise DocumentError(
            f"{doc_id}: more than {MOST_CHARACTERS:,} characters or {MOST_STOPS:,} sentences and lines.",
            "Cut it into one file an article.",
            code="too_large",
        )


def _title(text: str, body: int, without: Sequence[Span]) -> str | None:
    """The first heading of the text from `body` on, outside `without`, where it is plainly a title."""
    head = text[: body + 4_000]
    found = paragraphs(head, (Span.cut(text, 0, body), *without))
    title = first_title(head, [part for part in found if _plainly(head[part.start : part.end])])
    return " ".join(bare_heading(head[title.start : title.end]).split()) if title else None


def _plainly(line: str) -> bool:
    """Whether a heading is plainly a title: no section's name, and no trail (« Accueil > Monde »)."""
    words = [word for word in line.split() if any(map(str.isalnum, word))]
    return line.startswith("#") or (len(words) >= _TITLE_WORDS and not _TRAIL.search(line))
