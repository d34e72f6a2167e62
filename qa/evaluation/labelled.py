"""Labelled question files: which stretches of which articles answer a question.

One JSON object a line: "query_id", "text", "language", "type", and "relevant" and "best",
lists of {doc, start, end}, {doc, text} or {doc}, which is all of it; "best" are among the relevant (all
of them where it is left out).
No relevant span: the articles hold no answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import InputError, shown


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled stretch of a document, end exclusive.

    One given by its `text`, or as the whole document (`end` is 0), is still to be placed there.
    """

    doc: str
    start: int = 0
    end: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with every relevant span and the best ones; none: the documents hold no answer."""

    query_id: str
    text: str
    language: str
    type: str
    relevant: tuple[Judged, ...]
    best: tuple[Judged, ...]


def read_questions(path: Path) -> list[LabelledQuestion]:
    """Labelled questions, one JSON object a line; raises InputError naming file, line and cure."""
    questions: dict[str, LabelledQuestion] = {}
    for number, raw in read_lines(path):
        question = _labelled(raw, f"{path}:{number}")
        if question.query_id in questions:
            raise InputError(
                f"{path}:{number} is a second question {shown(question.query_id)}.",
                'Give each a "query_id" of its own.',
                code="bad_file",
            )
        questions[question.query_id] = question
    return list(questions.values())


def read_lines(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    """The numbered JSON objects of a file with one a line, « - » for stdin; empty lines are passed over."""
    try:
        read = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = read.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise InputError(
            f"The file {str(path)!r} cannot be read: {reason}.",
            "Save it as UTF-8." if isinstance(error, UnicodeDecodeError) else "Check its name and rights.",
            code="bad_file",
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
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


def holds_nothing(path: Path) -> InputError:
    """That a file of questions is empty."""
    return InputError(
        f"The file {str(path)!r} holds no question.", "Write one object a line.", code="bad_file"
    )


def _labelled(raw: Mapping[str, Any], place: str) -> LabelledQuestion:
    try:
        relevant = _spans(raw, "relevant")
        best = _spans(raw, "best") if "best" in raw else relevant
        if bool(best) != bool(relevant) or not set(best) <= set(relevant):
            raise TypeError('"best", which names one or more of "relevant"')
        return LabelledQuestion(
            query_id=str(raw["query_id"]),
            text=raw["text"],
            language=str(raw.get("language", "?")),
            type=str(raw.get("type", "?")),
            relevant=relevant,
            best=best,
        )
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{place} lacks or garbles {error}.",
            'A labelled question has "query_id", "text" and "relevant", a list of {"doc": "an id", "text": '
            '"its words"}, {"doc": "an id", "start": 0, "end": 80} or {"doc": "an id"} where '
            'all of it answers; "best" names the best among them.',
            code="bad_file",
        ) from error


def _spans(raw: Mapping[str, Any], name: str) -> tuple[Judged, ...]:
    spans = raw[name]
    if not isinstance(spans, list) or not all(isinstance(one, dict) for one in spans):
        raise TypeError(f'"{name}", which is {shown(spans)} and no list of objects')
    return tuple(map(_span, spans))


def _span(raw: Mapping[str, Any]) -> Judged:
    if "start" in raw or "end" in raw:
        judged = Judged(raw["doc"], raw["start"], raw["end"])
        right = type(judged.start) is type(judged.end) is int and 0 <= judged.start < judged.end
    elif "text" in raw:
        judged = Judged(raw["doc"], text=raw["text"])
        right = isinstance(judged.text, str) and bool(judged.text.strip())
    else:
        judged, right = Judged(raw["doc"]), True
    if not right or not isinstance(judged.doc, str):
        raise TypeError(f"the span {json.dumps(raw, ensure_ascii=False):.80}")
    return judged


def touches(quote: Judged, spans: Iterable[Judged]) -> bool:
    """Whether a quote hits any of the spans: at least half of the shorter of the two is shared."""
    return any(overlaps(quote, span) for span in spans)


def overlaps(a: Judged, b: Judged) -> bool:
    """Whether two stretches share at least half of the shorter one."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return a.doc == b.doc and 2 * shared >= min(a.end - a.start, b.end - b.start) and shared > 0
