"""One answer held against its labels: the rank of what is right, and what was found first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.labelled import Judged, LabelledQuestion, overlaps, touches
from qa.types import Answer

DEPTH = 50
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Result:
    """One question's measures; None where a measure does not apply to it.

    `rank` is that of the first right quote, from 1; `first` what was quoted first, cut short.
    `score` is the first quote's, 0 where nothing is quoted.
    """

    query: LabelledQuestion
    hit_at_1: float | None
    best_at_5: float | None
    recall_at_5: float | None
    reciprocal_rank: float | None
    ndcg_at_10: float | None
    kept: float | None
    refused: float | None
    score: float
    rank: int | None = None
    first: str | None = None

    @property
    def right(self) -> bool:
        """Whether the first quote answers, which no quote does where there is no answer."""
        return self.hit_at_1 == 1.0


# What each measure is called, and where it stands.
MEASURES: Mapping[str, Callable[[Result], float | None]] = {
    "hit@1": lambda result: result.hit_at_1,
    "best@5": lambda result: result.best_at_5,
    "recall@5": lambda result: result.recall_at_5,
    "MRR": lambda result: result.reciprocal_rank,
    "nDCG@10": lambda result: result.ndcg_at_10,
    "kept": lambda result: result.kept,
    "refused": lambda result: result.refused,
}


def judge(query: LabelledQuestion, answer: Answer) -> Result:
    """Measure one answer. Of fewer quotes than `DEPTH` only what tells of the first means something.

    A quote hits a labelled span when their overlap is at least half of the shorter one. A
    refused question scores 0 in each measure.
    """
    quotes = [Judged(q.document.doc_id, q.passage.span.start, q.passage.span.end) for q in answer.quotes]
    top = answer.quotes[0].score if answer.quotes else 0.0
    first = " ".join(answer.quotes[0].passage.span.text.split())[:_SHOWN] if answer.quotes else None
    if not query.relevant:
        refused = float(not answer.quotes)
        return Result(query, None, None, None, None, None, None, refused, top, None, first)
    ranks = [rank for rank, quote in enumerate(quotes, 1) if touches(quote, query.relevant)]
    found = sum(any(overlaps(quote, span) for quote in quotes[:5]) for span in query.relevant)
    reciprocal, ndcg = _standard(query, quotes)
    return Result(
        query,
        hit_at_1=float(ranks[:1] == [1]),
        best_at_5=float(any(touches(quote, query.best) for quote in quotes[:5])),
        # One quote may hold several spans, so that five can hold more than five.
        recall_at_5=min(1.0, found / min(5, len(query.relevant))),
        reciprocal_rank=reciprocal,
        ndcg_at_10=ndcg,
        kept=float(answer.answered),
        refused=None,
        score=top,
        rank=ranks[0] if ranks else None,
        first=first,
    )


def _standard(query: LabelledQuestion, quotes: Sequence[Judged]) -> tuple[float, float]:
    """Reciprocal rank and nDCG@10 by ir_measures: best spans count 2, other relevant ones 1."""
    from ir_measures import RR, Qrel, ScoredDoc, calc_aggregate, nDCG

    spans = list(dict.fromkeys([*query.best, *query.relevant]))
    qrels = [Qrel("q", f"span {n}", 2 if span in query.best else 1) for n, span in enumerate(spans)]
    run, taken = [], set()
    for rank, quote in enumerate(quotes):
        hit = next((n for n, span in enumerate(spans) if n not in taken and overlaps(quote, span)), None)
        if hit is not None:
            taken.add(hit)
        # A second quote of one span is neither right nor wrong again: it takes a place.
        run.append(ScoredDoc("q", f"span {hit}" if hit is not None else f"rank {rank}", -float(rank)))
    if not run:
        return 0.0, 0.0
    found = calc_aggregate([RR, nDCG @ 10], qrels, run)
    return float(found[RR]), float(found[nDCG @ 10])
