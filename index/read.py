"""Reads articles from files: every error names the file and the cure, and stops no other file."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError
from index.language import detect
from index.layout import bare_heading, first_title, front_matter, paragraphs
from index.metadata import Metadata, from_front_matter, from_sidecar
from index.types import Document, Span

SUFFIXES = (".txt", ".md")
LARGEST = 16 * 1024 * 1024  # bytes: a novel is 1 MB
_UTF16_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
NOTHING = Metadata()
# Without knowing furniture, a shorter first line is more likely a section's name.
_TITLE_WORDS = 5


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


def find_files(source: Path) -> Iterator[Path]:
    """The articles of `source`, a file or a folder, in sorted order.

    In a folder: .txt and .md files at any depth. Hidden files and folders, files named
    metadata, linked folders, and links that leave the folder are passed over.
    Raises DocumentError when `source` does not exist or is a file of another kind.
    """
    if not source.exists():
        raise DocumentError(f"{source}: no such file or folder.", "Check the path.", code="unreadable")
    if source.is_dir():
        return _walk(source, source.resolve())
    if source.suffix.lower() not in SUFFIXES:
        raise DocumentError(
            f"{source.name}: only .txt and .md files are read.", "Save it as text.", code="not_text"
        )
    return iter((source,))


def read_file(path: Path, source: Path) -> Document:
    """The article in `path`; `source` is the file or folder it was found under.

    `text` is the decoded file to the letter, without its byte-order mark. `doc_id` is the
    url where one is given, else the path relative to `source` with slashes. `title` is
    that of the front matter, of the sidecar, of the text, else the file's stem.

    Raises DocumentError, with code not_text, empty, not_utf8, unreadable, too_large or
    bad_metadata.
    """
    name = _name(path, source)
    sidecar = from_sidecar(path, _name(path.with_name("metadata.json"), source))
    return _article(_bytes(path, name), name, sidecar, path.stem)


def read_bytes(data: bytes, name: str, known: Metadata = NOTHING) -> Readout:
    """What is in a file that somebody sent under `name`; `known` is what he knows of it beside.

    The name's ending says how it is read, and it is no path. Raises DocumentError as
    `read_file` does.
    """
    name = unicodedata.normalize("NFC", name)
    stem, _, suffix = name.rpartition(".")
    if f".{suffix.lower()}" not in SUFFIXES:
        raise DocumentError(f"{name}: only .txt and .md files are read.", "Send it as text.", code="not_text")
    _check_size(len(data), name)
    return Readout((_article(data, name, known, stem),))


def _article(data: bytes, name: str, known: Metadata, stem: str) -> Document:
    text = _decode(data, name)
    matter = front_matter(text)
    body = matter[1] if matter else 0
    if not any(char.isalnum() for char in text[body:]):
        raise DocumentError(f"{name}: there is no text in it.", "Write its text, or remove it.", code="empty")
    inside = from_front_matter(matter[2], name) if matter else Metadata()
    known = inside.over(known)
    return Document(
        doc_id=known.url or name,
        text=text,
        title=known.title or _title(text, body) or stem,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        publisher=known.publisher,
        url=known.url,
        published=known.published,
        language=known.language or detect(text[body:]),
    )


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif path.suffix.lower() in SUFFIXES and path.stem.lower() != "metadata" and _inside(path, root):
            yield path


def _inside(path: Path, root: Path) -> bool:
    """Whether a file, its links followed, lies under `root`; a broken link does not."""
    try:
        return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(root))
    except (OSError, RuntimeError):
        return False


def _name(path: Path, source: Path) -> str:
    """The path relative to its source folder, with slashes; a single file's own name."""
    name = (
        path.relative_to(source).as_posix() if path != source and path.is_relative_to(source) else path.name
    )
    return unicodedata.normalize("NFC", name)


def _bytes(path: Path, name: str) -> bytes:
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode()
        raise _unreadable(shown, "its name is not UTF-8", "Rename it.") from None
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise _unreadable(name, "not a file", "Give a .txt or .md file.")
        _check_size(facts.st_size, name)
        return path.read_bytes()
    except OSError as problem:
        raise _unreadable(name, problem.strerror or str(problem), "Check its permissions.") from problem


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        raise DocumentError(
            f"{name}: {size / 1024 / 1024:.0f} MB, more than the {LARGEST // 1024 // 1024} MB that are read.",
            "Cut it into one file an article.",
            code="too_large",
        )


def _unreadable(name: str, why: str, hint: str) -> DocumentError:
    return DocumentError(f"{name}: cannot be read ({why}).", hint, code="unreadable")


def _decode(data: bytes, name: str) -> str:
    if not data.strip():
        raise DocumentError(f"{name}: the file is empty.", "Write its text, or remove it.", code="empty")
    if data.startswith(_UTF16_32):
        raise _not_utf8(name, "it is UTF-16 or UTF-32")
    if b"\x00" in data or len(_CONTROL.findall(data[:65_536])) > len(data[:65_536]) / 20:
        raise DocumentError(f"{name}: not a text file.", "Export its text as UTF-8.", code="not_text")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise _not_utf8(name, f"byte {data[problem.start]:#04x} in line {line}") from problem


def _not_utf8(name: str, why: str) -> DocumentError:
    return DocumentError(
        f"{name}: not UTF-8 ({why}).", "Save it as UTF-8: iconv -f WINDOWS-1252 -t UTF-8.", code="not_utf8"
    )


def _title(text: str, body: int) -> str | None:
    """The first heading of the text, where it is plainly a title."""
    head = text[: body + 4_000]
    found = paragraphs(head, (Span.cut(text, 0, body),))
    title = first_title(head, [part for part in found if _plainly(head[part.start : part.end])])
    return " ".join(bare_heading(head[title.start : title.end]).split()) if title else None


def _plainly(line: str) -> bool:
    return line.startswith("#") or len(line.split()) >= _TITLE_WORDS
