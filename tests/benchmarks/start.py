"""How long until Selon answers: `selon ask` from Enter to exit, `selon serve` until it is ready.

  python tests/benchmarks/start.py [--runs 5]

Also what the processor spent, which other programs on the machine lengthen less, and
which of the heavy packages were loaded (none of torch, transformers, sentence_transformers).
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SELON = [sys.executable, "-m", "qa.cli"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        store = ["--store", str(Path(place, "store"))]
        for name in ("build, the first", "build, nothing changed"):
            say(name, [timed([*SELON, "build", str(ROOT / "seeds" / "articles"), *store])])
        asked = [*SELON, "ask", "Combien de soldats ?", *store]
        say("ask", [timed(asked) for _ in range(runs)])
        say("serve until ready", [served([*SELON, "serve", "--port", "0", *store]) for _ in range(runs)])
        say("python alone", [timed([sys.executable, "-c", "pass"]) for _ in range(runs)])


def say(name: str, measured: list[tuple[float, float]]) -> None:
    wall, cpu = (statistics.median(column) for column in zip(*measured, strict=True))
    print(f"{name:24} {wall:6.2f} s, of processor time {cpu:5.2f} s")


def timed(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of a command."""
    before, started = spent(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - started, spent() - before


def served(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds until `GET /ready` answers; the service is ended then."""
    before, started = spent(), time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if found := re.search(r"http://\S+", line):
                with urllib.request.urlopen(found.group() + "/ready", timeout=30) as answer:
                    answer.read()
                break
        taken = time.perf_counter() - started
        running.terminate()
    return taken, spent() - before


def spent() -> float:
    """Processor seconds of the commands that ended."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    main()
