"""What the store costs: building, adding one article, opening, asking; at 10^3, 10^4 and 10^5 passages.

    python tests/benchmarks/store.py [--sizes 1000 10000 100000]

The articles and the vectors (384 numbers a passage, no token vectors) are made up, so
that the store is measured and not a model; cutting and annotating are the real ones. Each
step runs in a process of its own, which reports its time and its largest memory.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.types import ModelStamp  # noqa: E402

DIMENSION, SENTENCES, VOCABULARY = 384, 10, 30_000
STEPS = ("build", "unchanged", "add one", "change one", "remove one", "open", "ask")
QUESTIONS = 40
# What the file system's clock needs until the look of a file is trusted.
TICK = 2.2


class MadeUp:
    """An encoder whose vectors depend on the text alone, and mean nothing."""

    stamp = ModelStamp("made-up", "1", DIMENSION)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[np.ndarray[Any, Any], None]:
        rows = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
            row[:] = np.random.default_rng(seed).standard_normal(DIMENSION, dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows, None

    encode_questions = encode_passages


def article(number: int) -> str:
    """A title and sentences of words with the frequencies of a natural language."""
    chance = random.Random(number)
    ranks = np.random.default_rng(number).zipf(1.3, SENTENCES * 18) % VOCABULARY
    words = [f"mot{rank}" for rank in ranks]
    lines = [" ".join(words[18 * i : 18 * (i + 1)]) for i in range(SENTENCES - 1)]
    lines = [f"Le {line} compte {chance.randrange(2, 9_000)} soldats." for line in lines]
    return f"Le numéro {number} paraît à l'heure dite\n\n" + " ".join(lines) + "\n"


def write_articles(folder: Path, count: int) -> None:
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), encoding="utf-8")


def step(name: str, place: Path, size: int) -> dict[str, float]:
    """Do one step, and measure it in milliseconds and megabytes."""
    from index.build import build
    from index.storage.snapshot import open_snapshot
    from qa.answer import ask

    news, store = place / "news", place / "store"
    last = news / "999" / "added.txt"
    if name == "add one":
        last.parent.mkdir(exist_ok=True)
        last.write_text(article(size), encoding="utf-8")
    elif name == "change one":
        last.write_text(article(size + 1), encoding="utf-8")
    elif name == "remove one":
        last.unlink()
    elif name == "ask":
        snapshot, encoder, chance = open_snapshot(store), MadeUp(), random.Random(7)
        ask(snapshot, encoder, "mot1 combien ?")
        times = []
        for _ in range(QUESTIONS):
            words = " ".join(f"mot{chance.randrange(3, 300)}" for _ in range(4))
            started = time.perf_counter()
            ask(snapshot, encoder, f"Combien de {words} ?", threshold=0.0)
            times.append((time.perf_counter() - started) * 1000)
        return {"ms": statistics.median(times), "p95": sorted(times)[int(QUESTIONS * 0.95)], "MB": memory()}
    started = time.perf_counter()
    if name == "open":
        passages = open_snapshot(store).manifest.passages
    else:
        passages = build(store, [news], MadeUp()).manifest.passages
    return {"ms": (time.perf_counter() - started) * 1000, "MB": memory(), "passages": passages}


def memory() -> float:
    """The largest resident size of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, place: Path, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--step", name, "--place", str(place), "--sizes", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="PASSAGES")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(step(given.step, given.place, given.sizes[0] // SENTENCES)))
        return
    print(f"| passages | documents | build, passages/s | {' | '.join(f'{name}, ms' for name in STEPS[1:])} "
          "| ask p95, ms | build, MB | serve, MB | on disk, MB |")  # fmt: skip
    print("|" + "---|" * 13)
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            write_articles(place / "news", size // SENTENCES)
            time.sleep(TICK)
            found = {}
            for name in STEPS:
                found[name] = measured(name, place, size)
                if name in ("add one", "change one"):
                    time.sleep(TICK)
            built = found["build"]
            disk = sum(path.stat().st_size for path in (place / "store").rglob("*") if path.is_file()) / 1e6
            speeds = " | ".join(f"{found[name]['ms']:.0f}" for name in STEPS[1:])
            print(
                f"| {built['passages']:.0f} | {size // SENTENCES} "
                f"| {built['passages'] / built['ms'] * 1000:.0f} "
                f"| {speeds} | {found['ask']['p95']:.0f} | {built['MB']:.0f} | {found['ask']['MB']:.0f} "
                f"| {disk:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
