"""Makes articles and labelled questions of tests/gold/press, for `selon evaluate` and fit_weights.py.

    python tests/benchmarks/press.py --pairs PAIRS --out FOLDER

The questions are ours, the articles are not: they stand in train.tsv.gz in PAIRS (WMT news),
whose lines the questions name. A row is: all lines that answer, the best of them, the language,
the kind and the question; a minus where nothing answers. FOLDER gets `chosen/articles` with
questions on which weights were chosen, and `kept/articles` with those on which none was: plain
ones; reworded ones, which say it in their own words as often as not; hard ones, in words that the
articles do not use. No line of either taught the second stage of the model
(`index/models/train_left_out.txt`).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from index.models.train_asked import read_lines

ROOT = Path(__file__).parents[2]
ROWS = ROOT / "tests" / "gold" / "press"
# The first of the left-out articles, in the order of that file, are those that weights were chosen on.
CHOSEN = 26
FILES = {
    "chosen": ("plain", "reworded", "hard", "quoting", "roles"),
    "kept": ("kept_plain", "kept_reworded", "kept_hard"),
}

Place = tuple[str, int, int]


def articles(folder: Path, ranges: list[tuple[int, int]], lines: list[str]) -> dict[int, Place]:
    """Write a file an article, a line a paragraph; tells where each line stands."""
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[int, Place] = {}
    for first, last in ranges:
        name, at = f"press-{first:05}.txt", 0
        for number in range(first, last + 1):
            places[number] = name, at, at + len(lines[number - 1])
            at += len(lines[number - 1]) + 2
        (folder / name).write_text("\n\n".join(lines[first - 1 : last]) + "\n", encoding="utf-8")
    return places


def questions(file: Path, places: dict[int, Place]) -> list[dict[str, object]]:
    """The rows of a file in the form that `selon evaluate` reads."""
    found = []
    for number, row in enumerate(file.read_text("utf-8").splitlines(), 1):
        every, best, language, kind, text = row.split("\t")
        relevant, first = (
            [
                dict(zip(("doc", "start", "end"), places[int(n)], strict=True))
                for n in one.split(",")
                if n != "-"
            ]
            for one in (every, best)
        )
        found.append(
            {
                "query_id": f"{file.stem}-{number:03}",
                "language": language,
                "type": kind if relevant else "none",
                "text": text,
                "relevant": relevant,
                "best": first,
            }
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    lines = read_lines(given.pairs).french
    left_out = (ROOT / "index" / "models" / "train_left_out.txt").read_text("utf-8").split()
    ranges = [(int(first), int(last)) for first, _, last in (one.partition("-") for one in left_out)]
    for name, own in {"chosen": ranges[:CHOSEN], "kept": ranges[CHOSEN:]}.items():
        places = articles(given.out / name / "articles", own, lines)
        for file in FILES[name]:
            labelled = questions(ROWS / f"{file}.tsv", places)
            target = given.out / name / f"{file.removeprefix('kept_')}.jsonl"
            target.write_text(
                "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in labelled), "utf-8"
            )


if __name__ == "__main__":
    main()
