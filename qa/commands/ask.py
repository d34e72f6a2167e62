"""`selon ask`: one question, answered for a person or a program, or a file of them, an answer a line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from index.errors import InputError, shown
from qa import answer
from qa.commands import NO_ANSWER, OK, WRONG
from qa.commands.resources import matching_encoder, opened, write_picture
from qa.commands.terminal import show
from qa.composing.export import written
from qa.composing.plot import plot
from qa.evaluation.labelled import holds_nothing, read_lines
from qa.http.status import error_json
from qa.http.wire import answer_json
from qa.types import JSON, Answer
from qa.understanding.filters import NAMES, read_filters

Ask = Callable[[str, list[str]], Answer]


def ask(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    given.question = " ".join(given.question) if given.question else None
    form = _form(given)
    filters = read_filters({name: getattr(given, name) for name in NAMES})
    # A bad file is said before a model is loaded.
    lines = [raw for _, raw in read_lines(given.source)] if given.source else []
    if given.source and not lines:
        raise holds_nothing(given.source)
    encoder = matching_encoder(settings)
    snapshot = opened(settings["store"], encoder.stamp)

    def asked(text: str, history: list[str]) -> Answer:
        return answer.ask(
            snapshot,
            encoder,
            text,
            limit=given.k,
            history=history,
            filters=filters,
            threshold=settings["threshold"],
        )

    if given.source:
        return _say_lines(lines, asked, given.why)
    found = asked(given.question, given.history)
    if given.plot:
        draw_figures(found, given.plot)
    _say(found, form, given.why)
    return OK if found.answered else NO_ANSWER


def _form(given: argparse.Namespace) -> str | None:
    """How the answer is written, None for a terminal. Raises InputError for options that do not fit."""
    if (given.question is None) == (given.source is None):
        raise InputError("Ask one question, or give a file of them.", 'selon ask "how many soldiers?"')
    if given.json and given.format not in (None, "json"):
        raise InputError(f"--json and --format {given.format} are two forms.", "Give one of them.")
    form: str | None = "json" if given.json else given.format
    if given.why and form not in (None, "json"):
        raise InputError(f"The form {form} has no place for --why.", "Take --json, or no form.")
    if given.source and (form != "json" or given.plot):
        raise InputError("A file of questions is answered in JSON.", "Add --json, and leave --plot out.")
    if given.source and given.history:
        raise InputError("A file of questions brings its own history.", 'Write "history" into its lines.')
    return form


def _say(found: Answer, form: str | None, explained: bool) -> None:
    if form is None:
        show(found, explained)
    elif form == "json":
        print(json.dumps(answer_json(found, explained), ensure_ascii=False, indent=2))
    else:
        print(written(found, form), end="")


def draw_figures(found: Answer, file: Path) -> None:
    """Draw the figures of an answer into `file`, or say that none answers."""
    if all(row.apart for row in found.figures):
        print("selon: no figure answers this question; nothing was drawn.", file=sys.stderr)
    else:
        write_picture(file, plot(found))


def _say_lines(lines: Iterable[JSON], asked: Ask, explained: bool) -> int:
    """An answer a line; a question that cannot be asked gets an error in its line, and the rest go on."""
    code = OK
    for raw in lines:
        line: Mapping[str, object]
        try:
            line = answer_json(asked(raw["text"], _history(raw)), explained)
        except InputError as error:
            line, code = error_json(error), WRONG
        print(json.dumps({"query_id": raw.get("query_id"), **line}, ensure_ascii=False))
    return code


def _history(raw: JSON) -> list[str]:
    history = raw.get("history") or []
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise InputError(
            f"The history {shown(history)} is no list of questions.",
            'Write "history": ["an earlier question", "…"].',
            code="bad_request",
        )
    return history
