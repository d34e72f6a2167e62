"""Reads files in a process of its own, within limits of time and memory.

One process serves many files, since starting one costs most of a second. One that hangs is
killed, one that dies is replaced; the file that did it is refused, the others go on.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from index.formats.extract import Contents, FormatError
from index.formats.worker import contents

SECONDS = 20.0
MOST_ANSWER = 512 * 1024 * 1024  # bytes
_ROOT = Path(__file__).parents[2]


class Bounded:
    """The process. Safe to share between threads, which take turns."""

    def __init__(self, seconds: float = SECONDS, module: str = "index.formats.worker") -> None:
        self._seconds = seconds
        self._module = module
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, suffix: str, data: bytes, name: str) -> Contents:
        """What is in a file; raises FormatError, also where reading takes too long or kills the process."""
        with self._lock:
            used = self._alive()
            try:
                return self._attempt(suffix, data, name)
            except FormatError as error:
                # What earlier files left in a process may be to blame, so that a new one tries again.
                if not used or self._alive() or error.code == "too_slow":
                    raise
                return self._attempt(suffix, data, name)

    def _attempt(self, suffix: str, data: bytes, name: str) -> Contents:
        try:
            process = self._running()
        except OSError as problem:
            raise FormatError(
                f"no process to read it could be started ({problem.strerror}).", "Try again."
            ) from problem
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        watch = threading.Timer(self._seconds, expire)
        watch.start()
        try:
            return contents(_exchange(process, suffix, data, name))
        except FormatError:
            raise
        except MemoryError:
            self._end()
            raise FormatError(
                "it takes too much memory to read.", "Cut it into smaller files.", "too_large"
            ) from None
        except (OSError, EOFError, ValueError, KeyError, TypeError):
            self._end()
            if expired.is_set():
                raise FormatError(
                    f"reading it takes more than {self._seconds:.0f} seconds.",
                    "Save its text as .txt.",
                    "too_slow",
                ) from None
            raise FormatError(
                "reading it broke the process that read it.", "Save its text as .txt."
            ) from None
        finally:
            watch.cancel()

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or not self._alive():
            self._end()
            path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"},
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()
            self._process.wait()
            self._process = None


def _exchange(process: subprocess.Popen[bytes], suffix: str, data: bytes, name: str) -> dict[str, object]:
    assert process.stdin
    assert process.stdout
    header = json.dumps({"suffix": suffix, "name": name}).encode()
    process.stdin.write(struct.pack(">QQ", len(header), len(data)) + header)
    process.stdin.write(data)
    process.stdin.flush()
    start = process.stdout.read(8)
    if len(start) < 8:
        raise EOFError
    size = struct.unpack(">Q", start)[0]
    if size > MOST_ANSWER:
        raise EOFError
    body = process.stdout.read(size)
    if len(body) < size:
        raise EOFError
    found: dict[str, object] = json.loads(body)
    return found


_shared = Bounded()
atexit.register(_shared.close)


def parse(suffix: str, data: bytes, name: str) -> Contents:
    """`Bounded.read` by a process that is shared and kept."""
    return _shared.read(suffix, data, name)
