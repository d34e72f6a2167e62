"""The files of a source: which of a folder are articles, what they are called there, and their bytes."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import DocumentError
from index.formats.readers import SUFFIXES as OF_ARTICLES

SUFFIXES = (*OF_ARTICLES, ".zip")
READ = "What is read: .txt, .md, .html, .pdf, .docx, .eml, .rss, .atom, .xml, .jsonl, and .zip of these."
LARGEST = 16 * 1024 * 1024  # bytes: a novel is 1 MB
LARGEST_ARCHIVE = 64 * 1024 * 1024


def _fail(_: Path, error: DocumentError) -> None:
    """Stop at what cannot be read."""
    raise error


def find_files(
    source: Path,
    refused: Callable[[Path, DocumentError], None] = _fail,
    passed: Callable[[Path], None] = lambda path: None,
) -> Iterator[Path]:
    """The articles of `source`, a file or a folder, in sorted order.

    In a folder: files of the kinds in `SUFFIXES`, at any depth. Hidden files and folders, files named
    metadata, linked folders, and links that leave the folder are passed over. `refused` is told of
    a folder that cannot be listed; where it returns, the others go on. `passed` is told of files of
    other kinds.
    Raises DocumentError when `source` does not exist or is a file of another kind.
    """
    if not source.exists():
        raise DocumentError(f"{source}: no such file or folder.", "Check the path.", code="unreadable")
    if source.is_dir():
        return _walk(source, source, refused, passed)
    if not is_read(source.name):
        raise of_another_kind(source.name)
    return iter((source,))


def _walk(
    folder: Path,
    source: Path,
    refused: Callable[[Path, DocumentError], None],
    passed: Callable[[Path], None],
) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        refused(folder, _refused(name_in_source(folder, source), problem))
        return
    for entry in entries:
        path = Path(entry.path)
        # « ~$note.docx »: what Word leaves beside a document that is open.
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, source, refused, passed)
        elif path.stem.lower() != "metadata" and _inside(entry, source):
            if path.suffix.lower() in SUFFIXES:
                yield path
            else:
                passed(path)


def _inside(entry: os.DirEntry[str], source: Path) -> bool:
    """Whether a file, its links followed, lies under `source`; a broken link does not."""
    try:
        if not entry.is_symlink():
            return entry.is_file()
        return entry.is_file() and Path(entry).resolve().is_relative_to(source.resolve())
    except (OSError, RuntimeError):
        return False


def is_read(name: str) -> bool:
    """Whether files of this name are read, by its ending."""
    return suffix_of(name) in SUFFIXES


def of_another_kind(name: str) -> DocumentError:
    """What is said of a file whose kind is not read."""
    return DocumentError(f"{name}: files of its kind are not read.", READ, code="not_text")


def suffix_of(name: str) -> str:
    """The ending by which a file is read, in small letters."""
    return "." + name.rpartition(".")[2].lower()


def name_in_source(path: Path, source: Path) -> str:
    """The path relative to its source folder, with slashes; a single file's own name."""
    name = (
        path.relative_to(source).as_posix() if path != source and path.is_relative_to(source) else path.name
    )
    return unicodedata.normalize("NFC", name)


def check_size(size: int, name: str) -> None:
    """Raises DocumentError for a file of more bytes than are read."""
    most = LARGEST_ARCHIVE if suffix_of(name) == ".zip" else LARGEST
    if size > most:
        raise DocumentError(
            f"{name}: {size / 1024 / 1024:.0f} MB, more than the {most // 1024 // 1024} MB that are read.",
            "Cut it into one file an article.",
            code="too_large",
        )


def content_of(path: Path, name: str) -> bytes:
    """The bytes of a file, called `name` in errors; raises DocumentError where it cannot be read."""
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode()
        raise _unreadable(shown, "its name is not UTF-8", "Rename it.") from None
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise _unreadable(name, "not a file", "Give a file of text.")
        check_size(facts.st_size, name)
        return path.read_bytes()
    except OSError as problem:
        raise _refused(name, problem) from problem


def _unreadable(name: str, why: str, hint: str) -> DocumentError:
    return DocumentError(f"{name}: cannot be read ({why}).", hint, code="unreadable")


def _refused(name: str, problem: OSError) -> DocumentError:
    """Its cause goes with it, to tell what the disk does not give from what is no article."""
    gone = isinstance(problem, FileNotFoundError)
    hint = "It went while the folder was read: build again." if gone else "Check its permissions."
    error = _unreadable(name, problem.strerror or str(problem), hint)
    error.__cause__ = problem
    return error
