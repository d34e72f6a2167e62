"""Finds the labelled stretches of a question in the documents of a store."""

from __future__ import annotations

from dataclasses import replace

from index.errors import InputError, UnknownDocument
from index.storage.corpus import Corpus
from qa.evaluation.labelled import Judged, LabelledQuestion


def placed(query: LabelledQuestion, corpus: Corpus) -> LabelledQuestion:
    """The question with every stretch by its place; raises InputError where one stands in no document."""
    relevant, best = (
        tuple(_placed(span, query.query_id, corpus) for span in spans)
        for spans in (query.relevant, query.best)
    )
    return replace(query, relevant=relevant, best=best)


def _placed(span: Judged, query_id: str, corpus: Corpus) -> Judged:
    judged = f"The question {query_id} is judged on"
    try:
        whole = corpus.document(span.doc).text
    except UnknownDocument as error:
        raise InputError(
            f"{judged} {span.doc!r}, which the store lacks.",
            "Build the store of the documents that the questions were written for.",
        ) from error
    if span == Judged(span.doc):
        return Judged(span.doc, 0, len(whole))
    if not span.text:
        if span.end > len(whole):
            raise InputError(
                f"{judged} {span.doc!r} up to {span.end}, and it has {len(whole)} characters.",
                "Count code points in the text that GET /documents/{id} gives.",
            )
        return span
    times = whole.count(span.text)
    if times != 1:
        found = f"{times} times" if times else "nowhere"
        cure = "Give more of the words around it." if times else "Copy the words to the letter."
        raise InputError(f"{judged} words that stand {found} in {span.doc!r}: « {span.text:.80} ».", cure)
    start = whole.index(span.text)
    return Judged(span.doc, start, start + len(span.text))
