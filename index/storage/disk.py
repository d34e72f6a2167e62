"""Every effect that the store has on the disk, one function each.

All that is written, flushed, renamed or removed passes here and is looked up here at the
moment of the call (`disk.write(…)`), so a test can put a failing disk in its place and
crash the store at each step. Errors are plain OSErrors; `index.store.writing` words them.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_CURES = {
    "Free some space": {errno.ENOSPC, errno.EDQUOT, errno.EFBIG},
    "Check the rights of the folder": {errno.EACCES, errno.EPERM, errno.EROFS},
    "Put a folder in place of what is there": {errno.ENOTDIR, errno.EEXIST},
}


def cure(error: OSError) -> str:
    """What helps where the disk refused, as the beginning of a sentence."""
    return next((said for said, codes in _CURES.items() if error.errno in codes), "Check the disk")


def write(path: Path, chunks: Iterable[Any]) -> tuple[str, int]:
    """Make the new file `path` of `chunks` (bytes or C-contiguous buffers).

    Returns the SHA-256, in hexadecimal, and the size in bytes of what was asked to be
    written. Nothing is safe from a power cut before `flush`.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks:
            view = memoryview(chunk).cast("B") if len(chunk) else b""
            digest.update(view)
            size += file.write(view)
    return digest.hexdigest(), size


def flush(path: Path) -> None:
    """Put a file's content, or a folder's list of names, out of reach of a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    path.mkdir()


def rename(source: Path, target: Path) -> None:
    """Give a file or folder another name at once; a file there before is replaced."""
    os.replace(source, target)


def remove(path: Path) -> None:
    """Remove a file, a link, or an empty folder."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink()


def remove_tree(path: Path) -> None:
    """Remove a folder with all that is in it, or a file, step by step."""
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(path.iterdir()):
            remove_tree(inner)
    remove(path)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Make `path` hold `content`: a crash at any instant leaves the old content or the new."""
    aside = path.with_name(path.name + ".tmp")
    write(aside, [content])
    flush(aside)
    rename(aside, path)
    flush(path.parent)
