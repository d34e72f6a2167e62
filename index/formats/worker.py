"""The process that reads files of others: `python -m index.formats.worker`, spoken to over pipes.

It answers each file with JSON. The system lets it take little memory and time and write nothing
into a file. Python keeps it from starting a program, opening a connection and changing a file:
that hinders what a file makes its reader do in Python, and is no sandbox for what a library
does in C.
"""

from __future__ import annotations

import ctypes  # noqa: F401 - numpy imports it, and doing so opens a library, which is refused later on
import json
import os
import signal
import struct
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO

from index.formats.extract import Contents, Extract, FormatError, Refused

MOST_MEMORY = 2 * 1024**3  # bytes of address space
MOST_CPU = 60  # seconds a file: whoever asked waits less, unless he is gone
# The beginnings of what Python tells its auditors before it does it.
_FORBIDDEN = (
    *(f"socket.{name}" for name in "bind connect getaddrinfo gethostby getnameinfo sendmsg sendto".split()),
    *(f"os.{name}" for name in "exec fork posix_spawn spawn startfile system kill".split()),
    *(f"os.{name}" for name in "chmod chown link mkdir remove rename rmdir symlink truncate utime".split()),
    *"ctypes.dlopen pty.spawn shutil. subprocess.Popen".split(),
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Answer files until the pipe closes."""
    pipe_in, pipe_out = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # A library that prints must not speak into the pipe.
    confine()
    while (asked := receive(pipe_in)) is not None:
        limit_time()
        header, data = asked
        send(pipe_out, answer(header["suffix"], data, header["name"]))


def answer(suffix: str, data: bytes, name: str) -> dict[str, Any]:
    """What a reader found in a file, or why it found nothing, ready for JSON."""
    from index.formats.readers import PARSED

    try:
        return asdict(PARSED[suffix](data, name))
    except FormatError as error:
        return {"error": [error.message, error.hint, error.code]}
    except MemoryError:
        return {"exhausted": True}
    except Exception as error:  # noqa: BLE001 - whatever a reader's library raises on a wrong file
        return {"error": [f"it is damaged ({type(error).__name__}).", "Save it again, or send its text.", ""]}


def confine() -> None:
    """Give up what no reader needs; end with whoever asks, not with the terminal he sits at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, told: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN) or (event == "open" and told[2] & _WRITES):
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(refuse)


def limit_time() -> None:
    """Let the system end this process where the next file takes `MOST_CPU` seconds."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + MOST_CPU
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def send(pipe: BinaryIO, answered: dict[str, Any]) -> None:
    body = json.dumps(answered).encode()
    pipe.write(struct.pack(">Q", len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next file: its header and its bytes; None where the pipe is closed."""
    sizes = pipe.read(16)
    if len(sizes) < 16:
        return None
    header, data = struct.unpack(">QQ", sizes)
    return json.loads(pipe.read(header)), pipe.read(data)


def contents(answered: dict[str, Any]) -> Contents:
    """What `answer` said, as it was found; raises FormatError, and MemoryError where that ran out."""
    if "exhausted" in answered:
        raise MemoryError
    if "error" in answered:
        message, hint, code = answered["error"]
        raise FormatError(message, hint, code or "unreadable")
    return Contents(
        tuple(Extract(**article) for article in answered["articles"]),
        tuple(Refused(**refused) for refused in answered["refused"]),
        tuple(answered["notes"]),
    )


if __name__ == "__main__":
    main()
