"""What the files of the sources looked like when they were last read, so that a rebuild
need not read what did not change.

A memory, not a part of any version: it maps the look of a file to what the file says.
Where it is lost or in doubt, the file is read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged
from index.storage import disk
from index.storage.seal import sealed, unseal

# A file touched so shortly before it was looked at may change again without its time
# showing it: clocks of file systems tick every few milliseconds, of some every two seconds.
_TICK_NS = 2_000_000_000

Look = tuple[int, int, int, int, str]
# The id and the reading of a document.
Said = tuple[str, str]


def look(path: Path, described: str) -> Look | None:
    """The look of a file, of which the sidecar says `described`; None where it is too fresh to be trusted.

    Size, time of the last writing, time of the last change (which no program can set
    back), inode. Look before you read: a change in between shows the next time.
    """
    now = time.time_ns()
    try:
        facts = os.stat(path)
    except OSError:
        return None
    if now - max(facts.st_mtime_ns, facts.st_ctime_ns) < _TICK_NS:
        return None
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, described


class Seen:
    """The memory. It holds for one set of rules of reading, named by `fingerprint`."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._path = path
        self._fingerprint = fingerprint
        self._files: dict[str, dict[str, list[Any]]] = {}
        try:
            raw = unseal(path)
            if raw["fingerprint"] == fingerprint:
                self._files = raw["files"]
        except (OSError, ValueError, KeyError, TypeError, StoreDamaged):
            pass
        self._before = {source: dict(files) for source, files in self._files.items()}

    def known(self, source: str, path: Path, now: Look | None) -> list[Said] | None:
        """The documents in a file that still looks the same, in its order, or None."""
        entry = self._files.get(source, {}).get(str(path))
        if entry is None or now is None or tuple(entry[:-1]) != now:
            return None
        return [(doc_id, reading) for doc_id, reading in entry[-1]]

    def note(self, source: str, path: Path, now: Look | None, said: Sequence[Said]) -> None:
        """Remember what a file says, and with which look; without one it is read again each time."""
        self._files.setdefault(source, {})[str(path)] = [*(now or ()), [list(pair) for pair in said]]

    def said(self, source: str, outside: Sequence[Path]) -> set[Said]:
        """What stood in the files of a source before this walk, but for files in `outside`."""
        return {
            (own, reading)
            for path, entry in self._before.get(source, {}).items()
            if not any(Path(path).is_relative_to(folder) for folder in outside)
            for own, reading in entry[-1]
        }

    def keep_only(self, source: str, paths: Collection[str]) -> None:
        """Forget the files of a source that are no longer there."""
        files = self._files.get(source, {})
        self._files[source] = {path: files[path] for path in files if path in paths}

    def forget(self, doc_id: str) -> None:
        """Forget every file that said something under this id."""
        for source, files in self._files.items():
            self._files[source] = {
                path: entry for path, entry in files.items() if all(pair[0] != doc_id for pair in entry[-1])
            }

    def save(self) -> None:
        """Write what changed since it was loaded, if anything did."""
        if self._files != self._before:
            disk.replace_file(self._path, sealed({"fingerprint": self._fingerprint, "files": self._files}))
