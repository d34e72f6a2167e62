"""A reading process for tests: its "ending" tells what it does wrong."""

from __future__ import annotations

import ctypes
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

TEMPORARY = Path(tempfile.gettempdir())  # found by writing there


def tries() -> list[str]:
    """What the confined process could do of all that it should not."""
    here, new = Path(__file__), TEMPORARY / f"selon-{os.getpid()}"

    def fork() -> None:
        if os.fork() == 0:
            os._exit(0)

    def send() -> None:
        with socket.socket(type=socket.SOCK_DGRAM) as datagrams:
            datagrams.sendto(b"x", ("127.0.0.1", 9))

    attempts: dict[str, Callable[[], object]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "send": send,
        "ask for a name": lambda: socket.gethostbyname("localhost"),
        "run": lambda: subprocess.run(["true"], check=False),
        "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "fork": fork,
        "signal": lambda: os.kill(os.getpid(), 0),
        "call C": lambda: ctypes.CDLL(None),
        "write": lambda: new.write_bytes(b"x" * 10),
        "create": lambda: new.touch(),
        "make a folder": lambda: new.mkdir(),
        "link": lambda: new.symlink_to(here),
        "rename": lambda: here.rename(here),
        "change": lambda: here.chmod(here.stat().st_mode),
        "remove": lambda: new.with_suffix(".gone").unlink(),
        "take memory": lambda: bytearray(4 * 1024**3),
    }
    done = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except (PermissionError, MemoryError):
            continue
        except OSError:
            pass  # Nobody kept it from trying.
        done.append(name)
    return done


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
                answer["notes"] = ["tried", *tries()]
        send(sys.stdout.buffer, answer)


main()
