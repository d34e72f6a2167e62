"""Records as the JSON of the contract, in its shapes. Every span in it is cut from the document it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from index.types import Document, Figure, Passage, Profile, Span, Stance, Voice
from qa.http.arrivals import Fate
from qa.http.jobs import Job
from qa.http.status import error_json
from qa.ranking.why import Part, why
from qa.types import (
    Answer,
    Contradiction,
    Coverage,
    FigureRow,
    Filters,
    IndexInfo,
    Position,
    Quote,
    Spread,
    Suggestion,
)
from qa.understanding.parts import ALL

if TYPE_CHECKING:
    from index.storage.manifest import Manifest
    from qa.http import shapes


def answer_json(answer: Answer, explained: bool = False) -> shapes.Answer:
    """An answer as `POST /ask` and `selon ask --json` give it; `explained` adds `why` to each quote."""
    return {
        "question": answer.question.text,
        "language": answer.question.language,
        "rewritten": answer.question.rewritten,
        "answered": answer.answered,
        "reason": answer.reason,
        "quotes": [
            _explained(quote, answer.question.language) if explained else _quote(quote)
            for quote in answer.quotes
        ],
        "figures": [_row(row) for row in answer.figures],
        "spread": _spread(answer.spread),
        "positions": [_position(position) for position in answer.positions],
        "contradictions": [_contradiction(pair) for pair in answer.contradictions],
        "suggestions": [_suggestion(suggestion) for suggestion in answer.suggestions],
        "stances": _counts(answer.stances),
        "coverage": coverage_json(answer.coverage),
        "index": index_json(answer.index),
        "took_ms": answer.took_ms,
    }


def coverage_json(searched: Coverage | Manifest) -> shapes.Coverage:
    """How much an answer was looked for in, or a version holds."""
    return {
        "documents": searched.documents,
        "passages": searched.passages,
        "undated": searched.undated,
    }


def index_json(version: IndexInfo | Manifest) -> shapes.Index:
    """Which version it is, by which model, of when."""
    return {"version": version.version, "model": version.model.name, "built": version.built}


def job_json(job: Job) -> shapes.Job:
    """A rebuild as it stands."""
    return {
        "id": job.number,
        "state": job.state,
        "documents_read": job.documents_read,
        "passages_encoded": job.passages_encoded,
        "passages_total": job.passages_total,
        "seconds_left": job.seconds_left,
        "started": job.started,
        "ended": job.ended,
        "published": job.published,
        "version": job.version,
        "skipped": [{"path": skip.path, "error": error_json(skip.error)["error"]} for skip in job.skipped],
        "error": error_json(job.error)["error"] if job.error else None,
    }


def fate_json(fate: Fate) -> shapes.Fate:
    """What became of a file that was sent."""
    return {
        "name": fate.name,
        "documents": list(fate.documents),
        "notes": list(fate.notes),
        "error": error_json(fate.error)["error"] if fate.error else None,
    }


def document_json(document: Document) -> shapes.Document:
    """A document without its text."""
    return {
        "id": document.doc_id,
        "title": document.title,
        "publisher": document.publisher,
        "url": document.url,
        "published": document.published,
        "published_from": document.published_from,
        "language": document.language,
        "sha256": document.sha256,
        "stance": _profile(document.profile),
    }


def passage_json(passage: Passage) -> shapes.Passage:
    """A passage with its annotations."""
    return {
        "passage_id": passage.passage_id,
        "start": passage.span.start,
        "end": passage.span.end,
        "text": passage.span.text,
        "heading": passage.heading.text if passage.heading else None,
        "asked": _span(passage.asked),
        "stance": passage.stance,
        "cue": _span(passage.cue),
        "voices": [_voice(voice) for voice in passage.voices],
        "speaker": _voice(passage.speaker) if passage.speaker else None,
        "figures": [_figure(figure) for figure in passage.figures],
    }


def _explained(quote: Quote, language: str) -> shapes.ExplainedQuote:
    return {**_quote(quote), "why": [_weighed(part) for part in why(quote, language)]}


def _weighed(part: Part) -> shapes.Part:
    return {
        "feature": part.feature,
        "meaning": part.meaning,
        "value": part.value,
        "weight": part.weight,
        "share": part.share,
    }


def _quote(quote: Quote) -> shapes.Quote:
    return {
        **passage_json(quote.passage),
        "document": document_json(quote.document),
        "score": quote.score,
        "before": quote.before,
        "after": quote.after,
        "also_in": [_copy(passage, document) for passage, document in quote.also_in],
    }


def _copy(passage: Passage, document: Document) -> shapes.Copy:
    return {
        "passage_id": passage.passage_id,
        **_cut(passage.span),
        "document": document_json(document),
    }


def _row(row: FigureRow) -> shapes.FigureRow:
    return {
        "figure": _figure(row.figure),
        "quote": row.quote,
        "holder": row.holder,
        "stance": row.stance,
        "published": row.published,
        "group": row.group,
        "origins": row.origins,
        "apart": row.apart,
        "part": _part(row.part),
    }


def _spread(spread: Spread | None) -> shapes.Spread | None:
    if spread is None:
        return None
    return {
        "low": spread.low,
        "high": spread.high,
        "kind": spread.kind,
        "part": _part(spread.part),
        "groups": spread.groups,
    }


def _part(part: str) -> str | None:
    """None where a figure counts its kind as a whole."""
    return part if part not in ("", ALL) else None


def _position(position: Position) -> shapes.Position:
    return {
        "stance": position.stance,
        "holder": position.holder,
        "actor": position.actor,
        "quotes": list(position.quotes),
        "steps": [
            {"stance": step.stance, "quotes": list(step.quotes), "published": step.published}
            for step in position.steps
        ],
        "dated": position.dated,
    }


def _contradiction(pair: Contradiction) -> shapes.Contradiction:
    figures = [None if figure is None else _figure(figure) for figure in pair.figures]
    return {"kind": pair.kind, "quotes": list(pair.quotes), "figures": figures}


def _suggestion(suggestion: Suggestion) -> shapes.Suggestion:
    return {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "question": suggestion.question,
        "filters": filters_json(suggestion.filters),
    }


def filters_json(filters: Filters) -> shapes.Filters:
    """Filters as `POST /ask` takes them; those that restrict nothing are left out."""
    every = {name: value for name, value in asdict(filters).items() if value}
    return cast("shapes.Filters", every)


def _voice(voice: Voice) -> shapes.Voice:
    return {
        "holder": _cut(voice.holder),
        "stance": voice.stance,
        "cue": _span(voice.cue),
        "resolved": _span(voice.resolved),
    }


def _figure(figure: Figure) -> shapes.Figure:
    return {
        **_cut(figure.span),
        "low": figure.low,
        "high": figure.high,
        "approx": figure.approx,
        "unit": _span(figure.unit),
        "kind": figure.kind,
    }


def _span(span: Span | None) -> shapes.Span | None:
    return None if span is None else _cut(span)


def _cut(span: Span) -> shapes.Span:
    return {"text": span.text, "start": span.start, "end": span.end}


def _profile(profile: Profile | None) -> shapes.Profile | None:
    return None if profile is None else {"label": profile.label, "counts": _counts(profile.counts)}


def _counts(counts: Mapping[Stance, int]) -> dict[Stance, int]:
    return {stance: counts.get(stance, 0) for stance in Stance}
