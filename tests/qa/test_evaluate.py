"""The measures are what their definitions say, checked by cases computed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from encoders import TrigramEncoder
from floors import fallen, floors

from index.encode import load_encoder
from index.errors import InputError
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.evaluate import auroc, calibration, calibration_error, summarize
from qa.evaluation.compare import changed, compare, sign_test
from qa.evaluation.curve import area, curves_by_language, draw, risk_coverage
from qa.evaluation.judge import DEPTH, Result, judge
from qa.evaluation.labelled import Judged, LabelledQuestion, read_questions, touches
from qa.evaluation.place import placed
from qa.evaluation.trial import run
from qa.rank import weights_of
from qa.ranking.why import meanings, why
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


def test_one_quote_may_hold_several_spans(answer: Answer) -> None:
    """Of eight relevant spans, two quotes of five hold all: recall is whole, and no more than that."""
    parts = []
    for rank in (1, 2):
        whole = span(answer, rank)
        borders = [whole.start + number * (whole.end - whole.start) // 4 for number in range(5)]
        parts += [replace(whole, start=start, end=end) for start, end in pairwise(borders)]
    assert judge(query(parts, parts[:1]), answer).recall_at_5 == 1


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


def test_no_question_is_counted_twice_in_a_group(answer: Answer) -> None:
    """Languages and types are groups of their own, whatever they are called."""

    def counted(*named: tuple[str, str]) -> dict[str, object]:
        questions = [replace(query([], []), language=language, type=sort) for language, sort in named]
        table = summarize([judge(one, answer) for one in questions])
        return {group: row["questions"] for group, row in table.items()}

    assert counted(("fr", "what"), ("en", "what")) == {"all": 2, "en": 1, "fr": 1, "what": 2}
    assert counted(("?", "?")) == {"all": 1, "?": 1, "type ?": 1}
    assert counted(("fr", "fr"), ("en", "all")) == {"all": 2, "en": 1, "fr": 1, "type all": 1, "type fr": 1}


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


SPANS = '{"query_id": "a", "text": "a", "best": [], "relevant": [%s]}'


@pytest.mark.parametrize(
    "line",
    [
        *("{", "[]", '{"query_id": "a"}', '{"text": "a", "query_id": "a"}'),
        SPANS % '{"doc": "a", "start": "0", "end": 5}',
        SPANS % '{"doc": ["a"], "start": 0, "end": 5}',
        SPANS % '{"doc": "a", "start": 5, "end": 5}',
        SPANS % '"a"',
        *(SPANS.replace("[%s]", wrong) for wrong in ("null", "{}", '"a"', "[null]")),
        SPANS.replace('"best": [], ', "") % '{"doc": "a", "text": " "}',
        SPANS.replace('"best": [], ', "") % '{"doc": "a", "text": 5}',
        SPANS.replace('"best": [], ', "") % '{"doc": "a", "end": 5}',
        SPANS.replace('"best": [], ', "") % '{"doc": 5}',
        # No best one of the relevant, one that is not among them, one where none is relevant.
        SPANS % '{"doc": "a", "start": 0, "end": 5}',
        SPANS.replace("[]", "[%s]")
        % ('{"doc": "a", "start": 0, "end": 5}', '{"doc": "a", "start": 5, "end": 9}'),
        SPANS.replace("[]", "[%s]") % ('{"doc": "a", "start": 0, "end": 5}', ""),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """File and line are said."""
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:2"):
        read_questions(path)


def test_what_is_no_list_of_labels_is_shown_as_it_was_written(tmp_path: Path) -> None:
    """{} would else be taken for « no answer », and the message be in words of Python."""
    path = tmp_path / "bad.jsonl"
    path.write_text('{"query_id": "a", "text": "a", "relevant": {"doc": null}}', encoding="utf-8")
    with pytest.raises(InputError, match=r'"relevant", which is {"doc": null} and no list of objects'):
        read_questions(path)


def test_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    """A comparison could not tell them apart."""
    path = tmp_path / "twice.jsonl"
    path.write_text(f"{SPANS % ''}\n{SPANS % ''}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"twice\.jsonl:2 is a second question 'a'"):
        read_questions(path)


def test_a_stretch_may_be_named_by_its_words(tmp_path: Path, snapshot: Snapshot, answer: Answer) -> None:
    """Nobody need count characters; without "best", every relevant stretch is as good."""
    passage = answer.quotes[0].passage
    path = tmp_path / "words.jsonl"
    spans = [{"doc": passage.doc_id, "text": passage.span.text}]
    path.write_text(json.dumps({"query_id": "a", "text": "a", "relevant": spans}), encoding="utf-8")
    found = placed(read_questions(path)[0], snapshot.corpus)
    assert found.relevant == found.best == (span(answer, 1),)


def test_a_whole_document_may_be_the_answer(tmp_path: Path, snapshot: Snapshot, answer: Answer) -> None:
    """Pages of help are judged so: whatever is quoted of the right one is right."""
    doc = answer.quotes[0].passage.doc_id
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"query_id": "a", "text": "a", "relevant": [{"doc": doc}]}), encoding="utf-8")
    found = placed(read_questions(path)[0], snapshot.corpus)
    assert found.relevant == (Judged(doc, 0, len(snapshot.corpus.document(doc).text)),)
    assert all(
        touches(span(answer, n), found.relevant) == (quote.passage.doc_id == doc)
        for n, quote in enumerate(answer.quotes, 1)
    )


def test_a_stretch_that_no_document_has_is_named(snapshot: Snapshot, answer: Answer) -> None:
    """A label that cannot be met is no miss of the answers."""
    doc = answer.quotes[0].passage.doc_id
    length = len(snapshot.corpus.document(doc).text)
    wrong = {
        "which the store lacks": Judged("no such document", 0, 5),
        f"has {length} characters": Judged(doc, 0, length + 1),
        "nowhere": Judged(doc, text="words that nobody wrote"),
        "times": Judged(doc, text=" "),
    }
    for reason, judged in wrong.items():
        with pytest.raises(InputError, match=f"The question q is judged on .*{reason}"):
            placed(query([judged], [judged]), snapshot.corpus)


def test_a_question_that_cannot_be_asked_is_named(snapshot: Snapshot) -> None:
    """In a long file the reason alone helps little."""
    with pytest.raises(InputError, match=r"^q: The question '\?' says nothing"):
        run(snapshot, TrigramEncoder(), [query([], [])], None)


def test_a_line_ends_at_its_line_feed_alone(tmp_path: Path) -> None:
    """Other separators may stand in a text as they are."""
    path = tmp_path / "odd.jsonl"
    path.write_text(SPANS.replace('"text": "a"', '"text": "a\u2028b\x85c"') % "" + "\r\n", encoding="utf-8")
    assert read_questions(path)[0].text == "a\u2028b\x85c"


def made(score: float, right: bool | None, number: int = 0) -> Result:
    """A result by hand: its first quote is right, wrong, or (None) there was no answer to find."""
    query = LabelledQuestion(
        f"q{number}", "?", "fr", "what", (Judged("a", 0, 9),) if right is not None else (), ()
    )
    hit = None if right is None else float(right)
    return Result(query, hit, hit, hit, hit, hit, hit, None, score, first="…" if score else None)


def test_ndcg_by_hand(answer: Answer) -> None:
    """Best span (2) at rank 2, another relevant one (1) at rank 1: 1/log 2 + 2/log 3 over the ideal order."""
    from math import log2

    found = judge(query([span(answer, 1), span(answer, 2)], [span(answer, 2)]), answer).ndcg_at_10
    gained = 1 / log2(2) + 2 / log2(3)
    assert found == pytest.approx(gained / (2 / log2(2) + 1 / log2(3)), abs=1e-4)


def test_what_was_found_instead_is_kept(answer: Answer) -> None:
    """The rank of the first right quote, and the words of the first."""
    result = judge(query([span(answer, 3)], []), answer)
    assert result.rank == 3
    assert result.first
    assert " ".join(answer.quotes[0].passage.span.text.split()).startswith(result.first)


def test_the_curve_by_hand() -> None:
    """Right at .9, wrong at .8, then a right and an unanswerable one at .5, which come together."""
    results = [made(0.9, True), made(0.8, False), made(0.5, True), made(0.5, None)]
    curve = risk_coverage(results)
    assert curve == [(0.25, 0.0), (0.5, 0.5), (1.0, 0.5)]
    assert area(curve) == pytest.approx(0.25 * 0 + 0.25 * 0.5 + 0.5 * 0.5)
    assert area([]) is None


def test_the_picture_of_the_curve_is_safe() -> None:
    """One line a language, names escaped, no script."""
    from xml.etree import ElementTree

    curves = curves_by_language([made(0.9, True), made(0.2, False)])
    root = ElementTree.fromstring(draw(curves, "<script>&\x01"))
    names = [node.tag.rpartition("}")[2] for node in root.iter()]
    assert names.count("polyline") == 1
    assert "script" not in names


def test_calibration_by_hand() -> None:
    """Two at .9 of which one is right, one at .1 that is wrong: a gap of .4 twice and .1 once."""
    bins = calibration([made(0.9, True), made(0.9, False), made(0.1, False), made(0.0, None)])
    assert [(one.questions, one.right) for one in bins] == [(1, 0.0), (2, 0.5)]
    assert calibration_error(bins) == pytest.approx((0.1 + 2 * 0.4) / 3, abs=1e-4)
    assert calibration_error(()) is None


def test_two_sides_are_compared_question_by_question() -> None:
    """Three gained and one lost of eight: their difference, its sign test, and the four that changed."""
    first = [made(0.5, n < 3, n) for n in range(8)]
    second = [made(0.5, n in (1, 2, 3, 4, 5), n) for n in range(8)]
    row = next(row for row in compare(first, second) if row.measure == "hit@1")
    assert (row.first, row.second, row.difference) == (0.375, 0.625, 0.25)
    assert (row.better, row.worse) == (3, 1)
    assert row.low <= row.difference <= row.high
    assert row.chance == sign_test(3, 1) == pytest.approx(2 * 5 / 16)
    assert [one.query.query_id for one, _ in changed(first, second)] == ["q0", "q3", "q4", "q5"]
    assert sign_test(0, 0) == 1.0


def test_the_parts_of_a_score_add_up_to_it(answer: Answer, snapshot: Snapshot) -> None:
    """1 / (1 + exp(-sum of the shares)) is the score, a follow-up's too, and every feature has its words."""
    from math import exp

    history = ["How many North Korean soldiers were killed?"]
    followed = ask(snapshot, TrigramEncoder(), "et selon Kiev ?", history=history, limit=50, threshold=0.0)
    assert any("nearby" in quote.why for quote in followed.quotes)
    for told, quote in [(one, quote) for one in (answer, followed) for quote in one.quotes]:
        parts = why(quote, told.question.language)
        assert 1 / (1 + exp(-sum(part.share for part in parts))) == pytest.approx(quote.score, abs=1e-4)
        assert [abs(part.share) for part in parts] == sorted(
            (abs(part.share) for part in parts), reverse=True
        )
    assert set(meanings()) == set(weights_of("fr")) == set(weights_of("en"))


@pytest.mark.real
def test_the_command_reports_compares_and_draws(
    run_selon: Callable[..., CompletedProcess[str]], real_store: Path, tmp_path: Path
) -> None:
    """All measures as JSON, rows on the terminal, a store against itself differs in nothing, a picture."""
    lines = (ROOT / "seeds" / "questions.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    (tmp_path / "few.jsonl").write_text("\n".join(lines), encoding="utf-8")
    few = ("evaluate", str(tmp_path / "few.jsonl"), "--store", str(real_store))
    curve = tmp_path / "curve.svg"
    done = run_selon(*few, "--json", "--curve", str(curve), "--against", str(real_store))
    found = json.loads(done.stdout)
    assert found["measures"]["all"]["questions"] == len(found["questions"]) == 6
    assert found["against"]["changed"] == []
    assert {row["difference"] for row in found["against"]["differences"]} == {0}
    assert curve.read_text(encoding="utf-8").startswith("<svg")
    shown = run_selon(*few, "--rows").stdout
    assert "nDCG@10" in shown
    assert found["questions"][0]["query_id"] in shown


@pytest.mark.real
def test_an_answer_is_explained_on_demand_alone(
    run_selon: Callable[..., CompletedProcess[str]], real_store: Path
) -> None:
    """`--why` adds to each quote what its score is made of; without it nothing changes."""
    asked = ("ask", "Combien de soldats ?", "-k", "1", "--store", str(real_store))
    plain, told = (json.loads(run_selon(*asked, "--json", *more).stdout) for more in ((), ("--why",)))
    assert told["quotes"][0].pop("why")[0]["meaning"]
    assert {**plain, "took_ms": 0} == {**told, "took_ms": 0}
    assert meanings()["words"] in " ".join(run_selon(*asked, "--why").stdout.split())


@pytest.mark.real
def test_the_development_scores_do_not_fall(
    run_selon: Callable[..., CompletedProcess[str]], real_store: Path
) -> None:
    """With the shipped model; a floor is one question under what was measured, and may only rise."""
    questions = str(ROOT / "seeds" / "questions.jsonl")
    done = run_selon("evaluate", questions, "--store", str(real_store), "--json")
    measured = json.loads(done.stdout)["measures"]
    for language in ("fr", "en"):
        assert not fallen(measured[language], floors()["retrieval"][language]), language


@pytest.mark.real
def test_unseen_news_is_answered_as_well_as_before(
    run_selon: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    """Invented news that taught no model and chose no weight, with near misses; the floors may only rise."""
    kept = ROOT / "tests" / "gold" / "dossiers" / "kept"
    store = ("--store", str(tmp_path / "store"))
    run_selon("build", str(kept / "articles.jsonl"), *store)
    found = json.loads(run_selon("evaluate", str(kept / "questions.jsonl"), *store, "--json").stdout)
    measured = {**found["measures"]["all"], "AUROC": found["AUROC"]}
    assert not fallen(measured, floors()["dossiers"])


@pytest.mark.real
def test_follow_ups_find_their_answers(real_store: Path) -> None:
    """Asked after the questions before it, a follow-up finds more than alone, and no less than it did.

    With the shipped model; a floor is one question under what was measured, and may only rise.
    """
    gold = ROOT / "tests" / "gold"
    dialogues = [
        json.loads(line)["turns"] for line in (gold / "dialogues.jsonl").read_text("utf-8").splitlines()
    ]
    snapshot, encoder = open_snapshot(real_store), load_encoder()

    def measured(remembers: bool) -> dict[str, float]:
        results = []
        for turns in dialogues:
            for number, turn in enumerate(turns[1:], 1):
                history = [earlier["text"] for earlier in turns[:number] if remembers]
                relevant, best = ([Judged(**one) for one in turn[name]] for name in ("relevant", "best"))
                found = ask(snapshot, encoder, turn["text"], limit=DEPTH, history=history)
                results.append(judge(query(relevant, best), found))
        return summarize(results)["all"]

    followed, alone = measured(True), measured(False)
    assert followed["MRR"] > alone["MRR"]
    assert not fallen(followed, floors()["dialogues"])
