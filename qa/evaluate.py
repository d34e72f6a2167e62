"""How good are the answers? The measures of a labelled question file, by language and type.

A quote hits a labelled span when their overlap is at least half of the shorter one.
Per-question results come first; means are taken over them. A refused question scores 0.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from index.errors import InputError
from qa.types import Answer

DEPTH = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled stretch of a document, end exclusive."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with every relevant span and the best ones; none: the documents hold no answer."""

    query_id: str
    text: str
    language: str
    type: str
    relevant: tuple[Judged, ...]
    best: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One question's measures; None where a measure does not apply to it."""

    query: LabelledQuestion
    hit_at_1: float | None
    best_at_5: float | None
    recall_at_5: float | None
    reciprocal_rank: float | None
    kept: float | None
    refused: float | None
    score: float


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Labelled questions, one JSON object a line; raises InputError naming file, line and cure."""
    return [_labelled(raw, f"{path}:{number}") for number, raw in read_lines(path)]


def read_lines(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    """The numbered JSON objects of a file with one a line; empty lines are passed over."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise InputError(
            f"The file {str(path)!r} cannot be read: {reason}.", "Check its name.", code="bad_file"
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"{path}:{number} is not JSON: {error}.", "Write one object a line.", code="bad_file"
            ) from error
        if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
            raise InputError(
                f'{path}:{number} has no "text".', 'Write {"query_id": "q1", "text": "…"}.', code="bad_file"
            )
        yield number, raw


def judge(query: LabelledQuestion, answer: Answer) -> Result:
    """Measure one answer, made with a limit of `DEPTH` quotes."""
    quotes = [Judged(q.document.doc_id, q.passage.span.start, q.passage.span.end) for q in answer.quotes]
    top = answer.quotes[0].score if answer.quotes else 0.0
    if not query.relevant:
        return Result(query, None, None, None, None, None, float(not answer.quotes), top)
    ranks = [rank for rank, quote in enumerate(quotes, 1) if touches(quote, query.relevant)]
    found = sum(any(_overlaps(quote, span) for quote in quotes[:5]) for span in query.relevant)
    return Result(
        query,
        hit_at_1=float(ranks[:1] == [1]),
        best_at_5=float(any(touches(quote, query.best) for quote in quotes[:5])),
        recall_at_5=found / min(5, len(query.relevant)),
        reciprocal_rank=1 / ranks[0] if ranks else 0.0,
        kept=float(answer.answered),
        refused=None,
        score=top,
    )


MEASURES: Mapping[str, Callable[[Result], float | None]] = {
    "hit@1": lambda result: result.hit_at_1,
    "best@5": lambda result: result.best_at_5,
    "recall@5": lambda result: result.recall_at_5,
    "MRR": lambda result: result.reciprocal_rank,
    "kept": lambda result: result.kept,
    "refused": lambda result: result.refused,
}


def summarize(results: Sequence[Result]) -> dict[str, dict[str, float | int | None]]:
    """Means and counts by group: all, each language, each type of question."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        for group in ("all", result.query.language, result.query.type):
            groups[group].append(result)
    order = ["all", *sorted({r.query.language for r in results}), *sorted({r.query.type for r in results})]
    return {group: _means(groups[group]) for group in order}


def auroc(results: Sequence[Result]) -> float | None:
    """The chance that an answerable question's first score exceeds an unanswerable one's."""
    yes = [result.score for result in results if result.query.relevant]
    no = [result.score for result in results if not result.query.relevant]
    if not yes or not no:
        return None
    return fmean((a > b) + 0.5 * (a == b) for a in yes for b in no)


def _means(results: Sequence[Result]) -> dict[str, float | int | None]:
    row: dict[str, float | int | None] = {"questions": len(results)}
    for name, measure in MEASURES.items():
        values = [value for result in results if (value := measure(result)) is not None]
        row[name] = round(fmean(values), 4) if values else None
    return row


def _labelled(raw: Mapping[str, Any], place: str) -> LabelledQuestion:
    try:
        return LabelledQuestion(
            query_id=str(raw["query_id"]),
            text=raw["text"],
            language=str(raw.get("language", "?")),
            type=str(raw.get("type", "?")),
            relevant=tuple(Judged(s["doc"], s["start"], s["end"]) for s in raw["relevant"]),
            best=tuple(Judged(s["doc"], s["start"], s["end"]) for s in raw["best"]),
        )
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{place} lacks or garbles {error}.",
            'A labelled question has "query_id", "text", "relevant" and "best" (lists of doc, start, end).',
            code="bad_file",
        ) from error


def touches(quote: Judged, spans: Iterable[Judged]) -> bool:
    """Whether a quote hits any of the spans: at least half of the shorter of the two is shared."""
    return any(_overlaps(quote, span) for span in spans)


def _overlaps(a: Judged, b: Judged) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return a.doc == b.doc and 2 * shared >= min(a.end - a.start, b.end - b.start) and shared > 0
