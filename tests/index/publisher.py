"""A process that publishes versions without end in a child, and kills it at random instants.

Run as `python publisher.py STORE NEWS ROUNDS SEED`, the repository and its `tests` on the
path. Each round forks a child that rewrites the articles and builds, over and over, until
SIGKILL; prints a line a round.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from encoders import TrigramEncoder
from newsroom import write

from index.build import build

STATIONS = ("Alba", "Bruma", "Cardo")


def articles(state: str) -> dict[str, str]:
    """The articles of one state: each says the state, so that a mixture would show."""
    return {
        f"{name.lower()}.txt": f"Station {name}\n\nLe relevé {state} compte {len(state)} soldats à {name}."
        for name in STATIONS
    }


def publish(store: Path, news: Path, number: int) -> None:
    for step in range(10_000):
        write(news, articles(f"r{number}s{step}"))
        build(store, [news], TrigramEncoder())


def main(store: Path, news: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    # Everything is loaded before the first fork, so that a child builds at once.
    build(store.with_name("warm"), [write(news, articles("warm"))], TrigramEncoder())
    for number in range(rounds):
        child = os.fork()
        if not child:
            try:
                publish(store, news, number)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.0, 0.35))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
