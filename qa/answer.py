"""The composer of an answer: understand, retrieve, rank, refuse or quote.

The only place that knows the order of these stages. It writes no sentence: all that
an answer says of the news is a passage, cut from its article to the letter.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from index.encode import Encoder
from index.errors import InputError
from index.snapshot import Snapshot
from index.types import Document, Passage, Role, Stance
from qa.filters import admits
from qa.origins import Told, tell_once
from qa.question import understand
from qa.rank import rank
from qa.rank import threshold as default_threshold
from qa.retrieve import Found, retrieve
from qa.types import (
    Answer,
    Coverage,
    FigureRow,
    Filters,
    Hit,
    IndexInfo,
    Question,
    Quote,
    Reason,
    Wants,
)

LIMITS = range(1, 51)
CONTEXT = 240


def ask(
    snapshot: Snapshot,
    encoder: Encoder,
    text: str,
    *,
    limit: int = 5,
    language: str | None = None,
    filters: Filters | None = None,
    threshold: float | None = None,
) -> Answer:
    """Answer `text` with at most `limit` (1 to 50) quotes, or refuse with a reason.

    Raises InputError for an empty or overlong question, a wrong limit or filter.
    """
    started = time.perf_counter()
    if limit not in LIMITS:
        raise InputError(
            f"The limit {limit} is not served.",
            f"Ask for {LIMITS.start} to {LIMITS.stop - 1} quotes.",
            code="bad_limit",
        )
    question = understand(text, language)
    keep = admits(filters, snapshot.corpus) if filters and filters != Filters() else None
    vectors, tokens = encoder.encode_questions([question.text])
    found = retrieve(snapshot, question, vectors[0], tokens[0] if tokens else None, keep)
    hits = rank(question, found)
    least = default_threshold() if threshold is None else threshold
    relevant = _answers([hit for hit in hits if hit.score >= least])
    reason = None if relevant else _reason(snapshot, question, found, keep)
    told = tell_once(snapshot, relevant, keep)
    quotes = tuple(_quote(snapshot, one) for one in told[:limit])
    return Answer(
        question=question,
        answered=bool(quotes),
        reason=reason,
        quotes=quotes,
        figures=_figures(question, quotes),
        stances=_stances([one.hit for one in told]),
        coverage=Coverage(snapshot.manifest.documents, snapshot.manifest.passages, snapshot.manifest.undated),
        index=IndexInfo(snapshot.manifest.version, snapshot.manifest.model, snapshot.manifest.built),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _answers(hits: list[Hit]) -> list[Hit]:
    """Sentences answer; a title or heading does only where no sentence can."""
    return [hit for hit in hits if hit.passage.role is Role.SENTENCE] or hits


def _reason(
    snapshot: Snapshot, question: Question, found: Found, keep: Callable[[Passage], bool] | None
) -> Reason:
    """Why nothing is quoted. It speaks of the search, never of the news."""
    if not snapshot.manifest.passages:
        return Reason.EMPTY_INDEX
    if keep is not None and not found.candidates:
        return Reason.FILTERED_OUT
    if question.wants is Wants.NUMBER and not any(c.passage.figures for c in found.candidates):
        return Reason.NO_FIGURE
    return Reason.NOTHING_NEAR


def _quote(snapshot: Snapshot, told: Told) -> Quote:
    hit = told.hit
    document = snapshot.corpus.document(hit.passage.doc_id)
    before, after = _around(document, hit.passage)
    also_in = tuple((passage, snapshot.corpus.document(passage.doc_id)) for passage in told.also_in)
    return Quote(hit.passage, document, before, after, hit.score, hit.parts, also_in)


def _around(document: Document, passage: Passage) -> tuple[str, str]:
    """The text before and after a passage, up to `CONTEXT` characters, within its paragraph."""
    text, start, end = document.text, passage.span.start, passage.span.end
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    return before, after


def _figures(question: Question, quotes: Sequence[Quote]) -> tuple[FigureRow, ...]:
    if question.wants is not Wants.NUMBER:
        return ()
    return tuple(
        FigureRow(
            figure=figure,
            quote=number,
            holder=quote.passage.voices[0].holder.text if quote.passage.voices else None,
            stance=quote.passage.stance,
            published=quote.document.published,
        )
        for number, quote in enumerate(quotes)
        for figure in quote.passage.figures
    )


def _stances(hits: Sequence[Hit]) -> dict[Stance, int]:
    counts = Counter(hit.passage.stance for hit in hits)
    return {stance: counts[stance] for stance in Stance}
