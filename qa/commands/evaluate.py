"""`selon evaluate`: labelled questions put to a store, and to another one to compare."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from qa.commands import OK
from qa.commands.resources import matching_encoder, opened, write_picture
from qa.evaluation.curve import curves_by_language, draw
from qa.evaluation.labelled import LabelledQuestion, holds_nothing, read_questions
from qa.evaluation.tables import show_report
from qa.evaluation.trial import Trial, report, run


def evaluate(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    questions = read_questions(given.file)
    if not questions:
        raise holds_nothing(given.file)
    trial = _trial(settings, questions)
    there = {"store": given.against, "model": given.against_model}
    changed = {name: value for name, value in there.items() if value}
    other = _trial({**settings, **changed}, questions) if changed else None
    if given.curve:
        title = f"{given.file.name}: wrong first quotes by share of questions answered"
        write_picture(given.curve, draw(curves_by_language(trial.unrefused), title))
    found = report(trial, other)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show_report(found, given.rows)
    return OK


def _trial(settings: dict[str, Any], questions: Sequence[LabelledQuestion]) -> Trial:
    encoder = matching_encoder(settings)
    return run(opened(settings["store"], encoder.stamp), encoder, questions, settings["threshold"])
