"""The measures are what their definitions say, checked by cases computed by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from encoders import TrigramEncoder

from index.errors import InputError
from index.snapshot import Snapshot
from qa.answer import ask
from qa.evaluate import Judged, LabelledQuestion, auroc, judge, read_questions, summarize
from qa.types import Answer

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def answer(snapshot: Snapshot) -> Answer:
    """Any answer with more than five quotes."""
    found = ask(snapshot, TrigramEncoder(), "soldats nord-coréens", limit=50, threshold=0.0)
    assert len(found.quotes) > 5
    return found


def span(answer: Answer, rank: int, start: int = 0, end: int = 0) -> Judged:
    """The quote at `rank` (from 1) as a judged span, its ends moved."""
    passage = answer.quotes[rank - 1].passage
    return Judged(passage.doc_id, passage.span.start + start, passage.span.end + end)


def query(relevant: list[Judged], best: list[Judged]) -> LabelledQuestion:
    return LabelledQuestion("q", "?", "fr", "what", tuple(relevant), tuple(best))


def test_a_first_hit(answer: Answer) -> None:
    """Relevant at rank 1 and 3, best at 3: all measures by hand."""
    result = judge(query([span(answer, 1), span(answer, 3)], [span(answer, 3)]), answer)
    assert (result.hit_at_1, result.best_at_5, result.recall_at_5, result.reciprocal_rank) == (1, 1, 1, 1)


def test_a_late_hit(answer: Answer) -> None:
    """Relevant at rank 4 and 6 alone: MRR 1/4, half of the two within five, best outside."""
    result = judge(query([span(answer, 4), span(answer, 6)], [span(answer, 6)]), answer)
    assert (result.hit_at_1, result.best_at_5, result.recall_at_5, result.reciprocal_rank) == (
        0,
        0,
        0.5,
        0.25,
    )


def test_half_of_the_shorter_is_a_hit(answer: Answer) -> None:
    """Overlap counts against the shorter span: exactly half hits, less does not."""
    whole = span(answer, 1)
    length = whole.end - whole.start
    half = replace(whole, start=whole.end - length // 2, end=whole.end + length // 2)
    less = replace(whole, start=whole.end - length // 2 + 2, end=whole.end + length // 2 + 2)
    assert judge(query([half], [half]), answer).hit_at_1 == 1
    assert judge(query([less], [less]), answer).hit_at_1 == 0


def test_another_document_is_no_hit(answer: Answer) -> None:
    """The same offsets elsewhere do not count."""
    moved = replace(span(answer, 1), doc="elsewhere.txt")
    assert judge(query([moved], [moved]), answer).reciprocal_rank == 0


def test_a_refusal(snapshot: Snapshot, answer: Answer) -> None:
    """A refused question scores 0 in each; without relevant spans it is what was wanted."""
    refusal = ask(snapshot, TrigramEncoder(), "riz", threshold=1.0)
    wrong = judge(query([span(answer, 1)], [span(answer, 1)]), refusal)
    right = judge(query([], []), refusal)
    assert (wrong.hit_at_1, wrong.kept, wrong.refused) == (0, 0, None)
    assert (right.hit_at_1, right.kept, right.refused) == (None, None, 1)
    table = summarize([wrong, right])
    assert table["all"]["hit@1"] == 0
    assert table["all"]["refused"] == 1


def test_auroc_by_hand(answer: Answer) -> None:
    """Two answerable (0.9, 0.4), two not (0.4, 0.1): (1 + 1 + 0.5 + 1) / 4."""
    base = judge(query([span(answer, 1)], []), answer)
    no = judge(query([], []), answer)
    results = [
        replace(base, score=0.9),
        replace(base, score=0.4),
        replace(no, score=0.4),
        replace(no, score=0.1),
    ]
    assert auroc(results) == pytest.approx(3.5 / 4)
    assert auroc(results[:2]) is None


def test_the_sample_questions_are_read() -> None:
    """Every judged span of the sample questions lies in its article."""
    questions = read_questions(ROOT / "seeds" / "questions.jsonl")
    assert len(questions) == 40
    for question in questions:
        for judged in (*question.relevant, *question.best):
            text = (ROOT / "seeds" / "articles" / judged.doc).read_text(encoding="utf-8")
            assert 0 <= judged.start < judged.end <= len(text)


@pytest.mark.parametrize("line", ["{", "[]", '{"query_id": "a"}', '{"text": "a", "query_id": "a"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """File and line are said."""
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:2"):
        read_questions(path)
