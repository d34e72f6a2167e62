"""Puts a store to labelled questions: every question asked, every answer judged.

A composer, as `qa.answer` is: it knows the order of asking, judging and measuring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.encode import Encoder
from index.errors import InputError
from index.storage.snapshot import Snapshot
from qa.answer import ask
from qa.evaluate import auroc, calibration, calibration_error, summarize
from qa.evaluation.compare import changed, compare
from qa.evaluation.curve import area, curves_by_language
from qa.evaluation.judge import DEPTH, MEASURES, Result, judge
from qa.evaluation.labelled import LabelledQuestion
from qa.evaluation.place import placed
from qa.types import JSON, Answer


@dataclass(frozen=True, slots=True)
class Trial:
    """The results of one store and model. `unrefused` are those of the first quotes with nothing refused."""

    model: str
    version: str
    results: tuple[Result, ...]
    unrefused: tuple[Result, ...]


def run(
    snapshot: Snapshot, encoder: Encoder, questions: Sequence[LabelledQuestion], threshold: float | None
) -> Trial:
    """Ask and judge every question, once as a user would be answered and once for the surest quote of all.

    Raises InputError, naming the question, where one cannot be asked or is judged on what no document says.
    """
    queries = [placed(query, snapshot.corpus) for query in questions]

    def answer(query: LabelledQuestion, limit: int, least: float | None) -> Answer:
        try:
            return ask(snapshot, encoder, query.text, limit=limit, threshold=least)
        except InputError as error:
            raise InputError(f"{query.query_id}: {error.message}", error.hint, code=error.code) from error

    def results(limit: int, least: float | None) -> tuple[Result, ...]:
        return tuple(judge(query, answer(query, limit, least)) for query in queries)

    manifest = snapshot.manifest
    return Trial(str(manifest.model), manifest.version, results(DEPTH, threshold), results(1, 0.0))


def report(trial: Trial, other: Trial | None = None) -> JSON:
    """All that was measured, as JSON: a trial's own measures, its rows, and how another differs from it."""
    bins = calibration(trial.unrefused)
    curves = curves_by_language(trial.unrefused)
    found: JSON = {
        "index": {"model": trial.model, "version": trial.version},
        "measures": summarize(trial.results),
        "AUROC": auroc(trial.unrefused),
        "calibration": {"error": calibration_error(bins), "bins": [asdict(one) for one in bins]},
        "risk_coverage": {
            language: {"AURC": area(curve), "points": curve} for language, curve in curves.items()
        },
        "questions": [row(result) for result in trial.results],
    }
    if other:
        found["against"] = {
            "index": {"model": other.model, "version": other.version},
            "differences": [asdict(one) for one in compare(trial.results, other.results)],
            "changed": [
                {"query_id": a.query.query_id, "text": a.query.text, "here": row(a), "there": row(b)}
                for a, b in changed(trial.results, other.results)
            ],
        }
    return found


def row(result: Result) -> JSON:
    """One question's measures, the rank of its first right quote, and what was quoted first."""
    query = result.query
    measures = {name: measure(result) for name, measure in MEASURES.items()}
    return {
        "query_id": query.query_id,
        "text": query.text,
        "language": query.language,
        "type": query.type,
        "answerable": bool(query.relevant),
        "rank": result.rank,
        "score": result.score,
        "first": result.first,
        **{name: round(value, 4) for name, value in measures.items() if value is not None},
    }
