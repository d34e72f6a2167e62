"""A reading process for tests: its "ending" tells what it does wrong."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.formats.worker import confine, receive, send


def tries() -> list[str]:
    """What the confined process could not do."""

    def write() -> None:
        Path(tempfile.gettempdir(), f"selon-{os.getpid()}").write_bytes(b"x" * 10)

    attempts: dict[str, Callable[[], object]] = {
        "no connection": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "no program": lambda: subprocess.run(["true"], check=False),
        "no file": write,
        "no memory": lambda: bytearray(4 * 1024**3),
    }
    failed = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except (PermissionError, OSError, MemoryError) as error:
            if not isinstance(error, ConnectionRefusedError):
                failed.append(name)
    return failed


def main() -> None:
    confine()
    served = 0
    while (asked := receive(sys.stdin.buffer)) is not None:
        answer: dict[str, Any] = {"articles": [], "refused": [], "notes": ["read"]}
        match asked[0]["suffix"]:
            case "hangs":
                time.sleep(3600)
            case "dies":
                os._exit(11)
            case "prints":
                sys.stdout.buffer.write(b"hello hello hello hello")
                sys.stdout.buffer.flush()
                os._exit(0)
            case "lies":
                answer = {"nothing": 1}
            case "tires":
                if served:
                    os._exit(11)
                served += 1
            case "exhausts":
                answer = {"exhausted": True}
            case "tries":
                answer["notes"] = tries()
        send(sys.stdout.buffer, answer)


main()
