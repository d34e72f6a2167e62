"""How many sentences a second one core annotates, and how long a line of a megabyte takes.

    python tests/benchmarks/annotate.py

Prints one line a measure; the promise is at least 2,000 sentences a second.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from index.annotate import annotate
from index.types import Document, Passage, Role, Span

GOLD = Path(__file__).parent.parent / "gold"


def passages(text: str, rows: list[str]) -> list[Passage]:
    """Passages over the lines of a text, in order."""
    cut, at = [], 0
    for number, row in enumerate(rows):
        cut.append(Passage(str(number), "d", Span.cut(text, at, at + len(row)), Role.SENTENCE, number // 4))
        at += len(row) + 1
    return cut


def rate(rows: list[str], language: str, repeat: int) -> float:
    """Sentences a second over `repeat` readings, after one that loads the words."""
    text = "\n".join(rows)
    document, cut = Document("d", text, "", "", language=language), passages(text, rows)
    annotate(document, cut)
    start = time.process_time()
    for _ in range(repeat):
        annotate(document, cut)
    return repeat * len(rows) / (time.process_time() - start)


def seconds(line: str, language: str) -> float:
    """Seconds for one passage that is the whole line."""
    document = Document("d", line, "", "", language=language)
    start = time.process_time()
    annotate(document, [Passage("p", "d", Span.cut(line, 0, len(line)))])
    return time.process_time() - start


def main() -> None:
    gold = (GOLD / "passages.jsonl").read_text("utf-8").splitlines()
    french = [json.loads(line)["text"] for line in gold]
    print(f"French: {rate(french, 'fr', 5):,.0f} sentences a second")
    for name, piece in (
        ("words", "Le maire a affirmé que 30 soldats auraient fui, selon Kiev, "),
        ("quotes", "« "),
        ("straight quotes", '" a'),
        ("digits", "1 000 "),
        ("commas", ", "),
        ("letters", "a"),
    ):
        line = piece * (1_000_000 // len(piece))
        print(f"1 MB of {name}: {seconds(line, 'fr'):.1f} s")


if __name__ == "__main__":
    main()
