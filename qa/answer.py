"""The composer of an answer: understand, retrieve, rank, refuse or quote.

The only place that knows the order of these stages. It writes no sentence: all that
an answer says of the news is a passage, cut from its article to the letter.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from index.encode import Encoder
from index.engine import Engine
from index.types import Document, Passage, Role, Stance
from qa.composing.balance import balance, in_turns
from qa.composing.contradictions import contradictions
from qa.composing.figures import figure_table, spread_of
from qa.composing.origins import Told, tell_once
from qa.composing.positions import positions
from qa.composing.reasons import with_reasons
from qa.composing.rebuttals import with_rebuttals
from qa.composing.refusal import reason
from qa.composing.suggestions import suggestions
from qa.limits import QUOTES, USUAL_QUOTES, check_limit
from qa.question import understand
from qa.rank import rank
from qa.rank import threshold as default_threshold
from qa.ranking.found import Found
from qa.ranking.held import held_to_speaker
from qa.ranking.nearby import nearby
from qa.ranking.rivals import with_rivals
from qa.ranking.sequels import with_sequels
from qa.reading import read
from qa.retrieve import retrieve
from qa.types import Answer, Coverage, Filters, Hit, IndexInfo, Question, Quote
from qa.understanding.filters import admits, check_voice
from qa.understanding.spelling import spelt

CONTEXT = 240
_OPENING, _CLOSING = "«“\"‘'", " \u00a0\u202f»”\"’'"
# How many of the passages that answered a question before tell what a follow-up means, however
# many are shown.
_LOOKED_AT = 5


def ask(
    snapshot: Engine,
    encoder: Encoder,
    text: str,
    *,
    limit: int = USUAL_QUOTES,
    history: Sequence[str] = (),
    language: str | None = None,
    filters: Filters | None = None,
    threshold: float | None = None,
) -> Answer:
    """Answer `text` with at most `limit` quotes (`QUOTES`), or refuse with a reason.

    `history` holds the earlier questions of the conversation, oldest first; the last
    `qa.conversation.DEEPEST` count.

    Raises InputError for an empty or overlong question, a wrong limit or filter.
    """
    started = time.perf_counter()
    check_limit(limit, QUOTES, "quotes")
    keep = admits(filters, snapshot.corpus) if filters and filters != Filters() else None
    least = default_threshold() if threshold is None else threshold

    def answers(other: Question) -> list[Hit]:
        return _search(snapshot, encoder, [other], None, keep, least)[1][0]

    understood = read(
        text,
        history,
        language,
        lambda one: spelt(one, snapshot.lexical.holds, encoder.token_spans),
        lambda other: [hit.passage for hit in answers(other)[:_LOOKED_AT]],
    )
    question = understood.question
    found, likely = _search(snapshot, encoder, understood.readings, understood.before, keep, least)
    hits = in_turns([balance(one) for one in likely])
    if filters and not found.numbers:
        check_voice(filters, snapshot.corpus)
    # Of what was searched for: a follow-up's own words may name nothing.
    passages, filtered = snapshot.manifest.passages, keep is not None
    refused = None if hits else reason(understood.readings[0], found, passages=passages, filtered=filtered)
    told = with_rebuttals(snapshot, tell_once(snapshot, hits, keep), keep)
    told = with_reasons(question, snapshot, told, keep)
    # A suggestion asks the first reading alone: what only another found would not answer it.
    alone = {hit.number for hit in likely[0]}
    quotes = tuple(_quote(snapshot, one) for one in told[:limit])
    rows = figure_table(question, quotes)
    return Answer(
        question=question,
        answered=bool(quotes),
        reason=refused,
        quotes=quotes,
        figures=rows,
        stances=_stances([one.hit for one in told]),
        coverage=Coverage(snapshot.manifest.documents, snapshot.manifest.passages, snapshot.manifest.undated),
        index=IndexInfo(snapshot.manifest.version, snapshot.manifest.model, snapshot.manifest.built),
        spread=spread_of(rows),
        positions=positions(question, quotes),
        contradictions=contradictions(quotes),
        suggestions=suggestions(
            question,
            filters or Filters(),
            [quote.passage for quote in quotes],
            [one.hit.passage for one in told if one.hit.number in alone],
            rows,
            snapshot.corpus.document,
            lambda other: bool(answers(understand(other))),
        ),
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _search(
    snapshot: Engine,
    encoder: Encoder,
    readings: Sequence[Question],
    before: Question | None,
    keep: Callable[[Passage], bool] | None,
    least: float,
) -> tuple[Found, list[list[Hit]]]:
    """What was found for the first reading, and for each the hits that reach `least`, best first."""
    asked = [*readings, before] if before else list(readings)
    vectors, tokens = encoder.encode_questions([one.text for one in asked])
    found = [
        retrieve(
            snapshot,
            one,
            vectors[number],
            tokens[number] if tokens else None,
            encoder.token_spans(one.text) if tokens else None,
            keep,
        )
        for number, one in enumerate(asked)
    ]
    ranked = [rank(one, there, encoder.stamp) for one, there in zip(asked, found, strict=True)]
    likely = [_answers([hit for hit in hits if hit.score >= least]) for hits in ranked[: len(readings)]]
    if before:
        likely = [nearby(hits, _answers(ranked[-1]), readings[0].language) for hits in likely]
    likely = [
        with_sequels(one, there, hits, all_, snapshot.corpus.document)
        for one, there, hits, all_ in zip(readings, found, likely, ranked, strict=False)
    ]
    likely = [
        with_rivals(one, hits, all_, snapshot.corpus.document)
        for one, hits, all_ in zip(readings, likely, ranked, strict=False)
    ]
    likely = [held_to_speaker(*each) for each in zip(readings, found, likely, strict=False)]
    return found[0], likely


def _answers(hits: list[Hit]) -> list[Hit]:
    """Sentences answer; a title or heading does only where no sentence can, and a question never does."""
    told = [hit for hit in hits if not _asks(hit.passage)]
    return [hit for hit in told if hit.passage.role is Role.SENTENCE] or told


def _asks(passage: Passage) -> bool:
    """« Pourquoi ce silence ? », where nobody is said to ask it and no quotation ends with the mark."""
    text = passage.span.text.rstrip()
    whole = text.rstrip(_CLOSING)
    return whole.endswith("?") and (whole == text or text[0] in _OPENING) and not passage.voices


def _quote(snapshot: Engine, told: Told) -> Quote:
    hit = told.hit
    document = snapshot.corpus.document(hit.passage.doc_id)
    before, after = _around(document, hit.passage)
    also_in = tuple((passage, snapshot.corpus.document(passage.doc_id)) for passage in told.also_in)
    return Quote(hit.passage, document, before, after, hit.score, dict(hit.parts), also_in)


def _around(document: Document, passage: Passage) -> tuple[str, str]:
    """The text before and after a passage, up to `CONTEXT` characters, within its paragraph."""
    text, start, end = document.text, passage.span.start, passage.span.end
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + CONTEXT].partition("\n")[0]
    return before, after


def _stances(hits: Sequence[Hit]) -> dict[Stance, int]:
    counts = Counter(hit.passage.stance for hit in hits)
    return {stance: counts[stance] for stance in Stance}
