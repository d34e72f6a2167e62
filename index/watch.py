"""Following a folder: tells when its files have changed and are whole.

`watchfiles` hears of changes; what is added here is patience. A file that is still being
written is waited for, and so is a folder that vanishes (an unplugged disk, a volume that
is mounted anew) until it comes back. Where the system does not tell of changes (a folder
without rights within, too many folders), they are looked for.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

_STEP = 0.25  # seconds between two looks at a file that may still grow
_PATIENCE = 60.0  # seconds after which the others no longer wait for one that never stops growing
_POLL_MS = 500  # how soon the end, or a vanished folder, is noticed
_EVERY = 2.0  # seconds between two looks at a folder of which the system does not tell

_log = logging.getLogger(__name__)

Look = tuple[int, int] | None
Counts = Callable[[Path], bool]


def changes(folder: Path, stop: Event, besides: Path | None = None) -> Iterator[list[Path]]:
    """The paths that changed, each time some did and are whole; ends soon after `stop` is set.

    Hidden files and folders are passed over, and so is the folder `besides`. The folder
    itself is told when the watch begins, when it vanishes, and when it is back.
    """
    folder, besides = folder.resolve(), besides.resolve() if besides else None
    told = _told
    while not stop.is_set():
        watched, begun = _identity(folder), False
        if watched is None:
            stop.wait(_STEP)
            continue
        try:
            for heard in told(folder, lambda path: _counts(path, folder, besides), stop):
                # What came before the watch began is told as the folder itself.
                paths = sorted(heard) if begun else [folder]
                replaced = begun and folder in paths
                begun = True
                if paths and settled(paths, stop):
                    yield paths
                # A new folder may have the number of the old, whose watch is dead.
                if replaced or _identity(folder) != watched:
                    break
        except (FileNotFoundError, NotADirectoryError):
            continue  # It vanished between the look and the watch.
        except (OSError, RuntimeError) as error:  # watchfiles has a RuntimeError of its own
            _log.warning(
                "%s: the system does not tell of its changes (%s); it is looked over every %.0f seconds.",
                *(folder, error, _EVERY),
            )
            told = _looked_for
            continue
        if not stop.is_set() and _identity(folder) is None:
            yield [folder]


def _told(folder: Path, counts: Counts, stop: Event) -> Iterator[set[Path]]:
    """What changed, as the system tells it, and nothing now and then."""
    from watchfiles import watch

    for heard in watch(
        folder,
        watch_filter=lambda _, path: counts(Path(path)),
        stop_event=stop,
        rust_timeout=_POLL_MS,
        yield_on_timeout=True,
        # To ignore it would leave out, unsaid, whatever is listed after such a folder.
        ignore_permission_denied=False,
    ):
        yield {Path(path) for _, path in heard}


def _looked_for(folder: Path, counts: Counts, stop: Event) -> Iterator[set[Path]]:
    """What changed from one look to the next, maybe nothing."""
    before = _within(folder, counts)
    yield set()
    while not stop.wait(_EVERY):
        now = _within(folder, counts)
        yield {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        before = now


def _within(folder: Path, counts: Counts) -> dict[Path, Look]:
    """All that a folder holds, at any depth, and how it looks."""
    found: dict[Path, Look] = {}
    for place, folders, files in os.walk(folder):
        inner = {name: Path(place, name) for name in (*folders, *files)}
        found |= {path: _look(path) for path in inner.values() if counts(path)}
        folders[:] = [name for name in folders if counts(inner[name])]
    return found


def settled(paths: Iterable[Path], stop: Event) -> bool:
    """Wait until no file of `paths` changes any more; False where `stop` came first."""
    until, before = time.monotonic() + _PATIENCE, None
    while time.monotonic() < until:
        now = [_look(path) for path in paths]
        if now == before:
            return True
        before = now
        if stop.wait(_STEP):
            return False
    return True


def _counts(path: Path, folder: Path, besides: Path | None) -> bool:
    if besides is not None and path.is_relative_to(besides):
        return False
    inside = path.relative_to(folder).parts if path.is_relative_to(folder) else ()
    return not any(part.startswith(".") for part in inside)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another that takes its place; None where there is none."""
    try:
        facts = os.stat(folder)
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _look(path: Path) -> Look:
    try:
        facts = os.stat(path)
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns
