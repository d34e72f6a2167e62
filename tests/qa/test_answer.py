"""Answers are quotes to the letter, or a refusal that shows no source."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from encoders import TrigramEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import write

from index.build import build
from index.errors import InputError
from index.storage.snapshot import Snapshot, open_snapshot
from index.types import Role, Stance
from qa.answer import ask
from qa.conversation import DEEPEST
from qa.http.wire import answer_json
from qa.question import understand
from qa.rank import threshold
from qa.types import Reason, Spread
from qa.understanding.filters import read_filters
from qa.understanding.parts import ALL

ENCODER = TrigramEncoder()


def spans(value: object) -> list[dict[str, object]]:
    """Every {text, start, end} anywhere in an answer's JSON."""
    if isinstance(value, list):
        return [span for item in value for span in spans(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"text", "start", "end"} <= set(value) else []
    return own + [span for item in value.values() for span in spans(item)]


@given(
    question=st.text(alphabet="combienqusoldatRy ?'éà-1", min_size=3, max_size=40), limit=st.integers(1, 50)
)
@settings(max_examples=60)
def test_every_span_is_verbatim(snapshot: Snapshot, question: str, limit: int) -> None:
    """Whatever is asked, each span of the answer is the document's text between its offsets."""
    try:
        answer = ask(snapshot, ENCODER, question, limit=limit, threshold=0.0)
    except InputError:
        return
    assert len(answer.quotes) <= limit
    found = answer_json(answer)
    assert_pointed_spans_are_verbatim(snapshot, found)
    for quote in found["quotes"]:
        text = snapshot.corpus.document(quote["document"]["id"]).text
        for span in spans({k: value for k, value in quote.items() if k not in ("document", "also_in")}):
            assert text[span["start"] : span["end"]] == span["text"]
        for copy in quote["also_in"]:
            other = snapshot.corpus.document(copy["document"]["id"]).text
            assert other[copy["start"] : copy["end"]] == copy["text"]
        assert text[quote["start"] - len(quote["before"]) :].startswith(quote["before"] + quote["text"])
        assert text[quote["end"] :].startswith(quote["after"])


def assert_pointed_spans_are_verbatim(snapshot: Snapshot, found: dict[str, Any]) -> None:
    """A figure that stands beside the quotes is cut from the document of the quote it names."""
    pointed = [(row["quote"], row["figure"]) for row in found["figures"]]
    for pair in found["contradictions"]:
        pointed += zip(pair["quotes"], pair["figures"], strict=True)
    for number, figure in pointed:
        text = snapshot.corpus.document(found["quotes"][number]["document"]["id"]).text
        for span in spans(figure):
            assert text[span["start"] : span["end"]] == span["text"]


def test_the_figures_of_a_contradiction_are_verbatim(tmp_path: Path) -> None:
    """Each side's figure is cut from that side's document, as are the rows of the table."""
    news = {
        "a.txt": "Vireval en feu\n\nSelon la préfecture, 4 maisons ont brûlé dans l'incendie de Vireval.",
        "b.txt": "L'incendie\n\nLe maire affirme que 19 maisons ont brûlé dans l'incendie de Vireval.",
    }
    build(tmp_path / "store", [write(tmp_path / "news", news)], TrigramEncoder())
    burnt = open_snapshot(tmp_path / "store")
    question = "Combien de maisons ont brûlé à Vireval ?"
    found = answer_json(ask(burnt, TrigramEncoder(), question, threshold=0.0))
    assert len(found["figures"]) >= 2
    assert all(all(pair["figures"]) for pair in found["contradictions"])
    assert found["contradictions"]
    assert_pointed_spans_are_verbatim(burnt, found)


@pytest.mark.parametrize(("part", "told"), [("killed", "killed"), ("", None), (ALL, None)])
def test_a_spread_names_one_part_or_none(snapshot: Snapshot, part: str, told: str | None) -> None:
    """The dead alone are named so; the dead and the wounded together are their kind."""
    spread = Spread(12, 15, "killed_or_wounded", 2, part)
    answer = replace(ask(snapshot, ENCODER, "Combien de soldats ?"), spread=spread)
    assert answer_json(answer)["spread"]["part"] == told


def test_same_question_same_answer(snapshot: Snapshot) -> None:
    """Byte for byte, the time it took aside."""
    first, second = (answer_json(ask(snapshot, ENCODER, "Combien de soldats ?")) for _ in range(2))
    assert {**first, "took_ms": 0} == {**second, "took_ms": 0}


ASKED = """
import json, sys
from pathlib import Path
sys.path.append("tests")
from encoders import TrigramEncoder
from index.storage.snapshot import open_snapshot
from qa.answer import ask
from qa.http.wire import answer_json
snapshot = open_snapshot(Path(sys.argv[1]))
for question in sys.argv[2:]:
    found = ask(snapshot, TrigramEncoder(), question, limit=50, history=["Qui dément ?"], threshold=0.0)
    print(json.dumps({**answer_json(found), "took_ms": 0}))
"""


def test_another_process_gives_the_same_answer(seed_store: Path) -> None:
    """Byte for byte: no order hangs on how a process happens to hash its words."""
    command = [sys.executable, "-c", ASKED, str(seed_store), "Combien de soldats ?", "et selon Kiev ?"]
    root = Path(__file__).parent.parent.parent
    first, second = (
        subprocess.run(
            command, capture_output=True, check=True, cwd=root, env=clean_environment(PYTHONHASHSEED=seed)
        ).stdout
        for seed in ("1", "2")
    )
    assert first.count(b"\n") == 2
    assert first == second


def test_scores_are_chances(snapshot: Snapshot) -> None:
    """Scores lie in 0 to 1, rounded to 4 decimals, and none that is quoted is under the threshold."""
    scores = [quote.score for quote in ask(snapshot, ENCODER, "Combien de soldats ?", limit=50).quotes]
    assert len(scores) > 1
    assert all(threshold() <= score <= 1 and round(score, 4) == score for score in scores)


def test_a_number_is_answered_with_figures(snapshot: Snapshot) -> None:
    """« Combien » leads with passages that hold a figure, and lists the figures with their quote."""
    answer = ask(snapshot, ENCODER, "Combien de soldats nord-coréens ont été tués ou blessés ?")
    assert answer.quotes[0].passage.figures
    assert answer.figures
    for row in answer.figures:
        assert row.figure in answer.quotes[row.quote].passage.figures


def test_sentences_are_quoted_before_titles(snapshot: Snapshot) -> None:
    """A title or heading may lead to a passage; it is not what is quoted first."""
    for question in ("Soldats nord-coréens en Russie", "Une escalade du conflit ?", "lourdes pertes"):
        answer = ask(snapshot, ENCODER, question, threshold=0.0)
        assert answer.quotes[0].passage.role is Role.SENTENCE


@pytest.mark.parametrize(
    ("claim", "quoted"),
    [("« La digue de Vireval est vendue. »", True), ("La digue de Vireval serait vendue.", False)],
)
def test_a_quoted_claim_stands_with_the_doubt_behind_it(tmp_path: Path, claim: str, quoted: bool) -> None:
    """A fact-check quotes what it checks; what it found is no answer to every report of an article."""
    doubt = "Aucune preuve n'étaye cette affirmation."
    folder = write(tmp_path / "news", {"a.txt": f"{claim}\n\n{doubt}\n\nLa mairie en est propriétaire.\n"})
    build(tmp_path / "store", [folder], TrigramEncoder())
    snapshot = open_snapshot(tmp_path / "store")
    best = ask(snapshot, TrigramEncoder(), "La digue de Vireval est-elle vendue ?", threshold=0.0).quotes[0]
    likely = ask(
        snapshot, TrigramEncoder(), "La digue de Vireval est-elle vendue ?", threshold=best.score
    ).quotes
    assert [one.passage.span.text for one in likely] == [claim, *([doubt] if quoted else [])]


def test_a_question_is_no_answer(tmp_path: Path) -> None:
    """What an article only asks answers nobody; what somebody in it asks tells what they say."""
    bare, told = "Why did the Vireval bridge close?", 'The mayor said: "Why did the Vireval bridge close?"'
    text = f"{bare} {told} The Vireval bridge is old.\n"
    build(tmp_path / "store", [write(tmp_path / "news", {"a.txt": text})], ENCODER)
    found = ask(open_snapshot(tmp_path / "store"), ENCODER, bare, threshold=0.0)
    quoted = [quote.passage.span.text for quote in found.quotes]
    assert quoted[0] == told
    assert bare not in quoted


def test_a_quotation_that_asks_leaves_its_sentence_an_answer(tmp_path: Path) -> None:
    """A song, a book, a slogan may end with a question mark: what holds it is told all the same."""
    told = "Les vidéos montrent la chanteuse de Vireval qui joue « Où vont les barques ? »"
    build(tmp_path / "store", [write(tmp_path / "news", {"a.txt": f"{told}\n\nIl pleut.\n"})], ENCODER)
    found = ask(
        open_snapshot(tmp_path / "store"), ENCODER, "Que joue la chanteuse de Vireval ?", threshold=0.0
    )
    assert told in [quote.passage.span.text for quote in found.quotes]


def test_what_its_article_calls_false_is_quoted_with_that(tmp_path: Path) -> None:
    """The denial stands right behind the claim, once, and a filter that leaves it out does."""
    claim, denial = "Selon un site, la digue de Vireval aurait été vendue.", "C'est faux."
    folder = write(tmp_path / "news", {"a.txt": f"{claim} {denial} La mairie en est propriétaire.\n"})
    build(tmp_path / "store", [folder], ENCODER)
    snapshot = open_snapshot(tmp_path / "store")

    def quoted(least: float, limit: int = 5, **filters: list[str]) -> list[str]:
        asked = "La digue de Vireval a-t-elle été vendue ?"
        chosen = read_filters(filters)
        found = ask(snapshot, ENCODER, asked, limit=limit, threshold=least, filters=chosen)
        return [quote.passage.span.text for quote in found.quotes]

    best = ask(snapshot, ENCODER, "La digue de Vireval a-t-elle été vendue ?", threshold=0.0).quotes[0]
    assert quoted(best.score) == [claim, denial]
    everything = quoted(0.0)
    assert everything[:2] == [claim, denial]
    assert len(everything) == len(set(everything)) == 3
    assert quoted(best.score, limit=1) == [claim]
    assert quoted(best.score, stance=["reports"]) == [claim]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("A union says the Vireval mill hid a leak. The owner denies it. The mill is shut.", 2),
        (
            "Selon la CGT, la filature de Vireval fuit. La direction rejette ces accusations. Il pleut.",
            2,
        ),
        (
            "Selon un site, la filature de Vireval fuit. C'est faux, tranche Roy : elle est saine. Il pleut.",
            2,
        ),
        ("Residents say no siren rang at Vireval. The mayor insists that it did, at noon. It is shut.", 2),
        ("Selon la CGT, la filature de Vireval fuit. Le maire assure que non. Il pleut.", 2),
        (
            "Selon la CGT, la filature de Vireval fuit. Celle-ci dément et parle d’un essai. Il pleut.",
            2,
        ),
        ("Selon la CGT, la filature de Vireval fuit. Le maire assure au contraire la réparer. Il pleut.", 2),
        ("Selon la CGT, la filature de Vireval fuit. Son patron nie : « Tout est sain ». Il pleut.", 2),
        ("A union says the Vireval mill hid a leak. It offered no evidence. The mill is shut.", 2),
        ("« La filature de Vireval fuit » : la phrase a été vue mille fois. Elle est fausse. Il pleut.", 2),
        ("The Vireval mill hid a leak. The owner disputes this. The mill is shut.", 2),
        ("La filature de Vireval fuit. Le maire dément toute dette. Il pleut.", 1),
        ("La filature de Vireval fuit. Le tableau du maire est faux. Il pleut.", 1),
        ("Selon la CGT, la grève de Vireval touche 78 % du site. La direction parle de 31 %. Il pleut.", 2),
        ("Selon Roy, Vireval coûte 80 euros. L'État en doute, et chiffre le tout à 140 euros. Il pleut.", 2),
        ("Selon la CGT, la grève de Vireval touche 78 % du site. La direction vend 12 camions. Il pleut.", 1),
        ("La grève de Vireval touche 78 % du site. La direction parle de 31 %. Il pleut.", 1),
        ("Residents say no siren rang at Vireval. The mayor insists that it rains. It is shut.", 1),
        ("A union says the Vireval mill hid a leak. The owner denies any debt. The mill is shut.", 1),
        ("A union says the Vireval mill hid a leak. The mayor confirms it. The mill is shut.", 1),
    ],
)
def test_what_somebody_denies_in_the_next_sentence_is_quoted_with_that(
    tmp_path: Path, text: str, quoted: int
) -> None:
    """Where the denial has no matter but what stands before it; a denial of another thing has its own."""
    build(tmp_path / "store", [write(tmp_path / "news", {"a.txt": text + "\n"})], ENCODER)
    snapshot = open_snapshot(tmp_path / "store")
    claim = next(hit for hit in text.split(". ") if "Vireval" in hit)
    best = ask(snapshot, ENCODER, claim, threshold=0.0).quotes[0]
    found = ask(snapshot, ENCODER, claim, threshold=best.score)
    assert [quote.passage.span.text.rstrip(".") for quote in found.quotes] == text.split(". ")[:quoted]


@pytest.mark.parametrize(
    ("asked", "text", "quoted"),
    [
        (
            "Pourquoi le pont de Vireval est-il fermé ?",
            "Le pont de Vireval est fermé. La mairie invoque une panne. Il pleut.",
            2,
        ),
        (
            "Why is the Vireval bridge shut?",
            "The Vireval bridge is shut. The mayor blames frost. Ann left.",
            2,
        ),
        (
            "Pourquoi le pont est-il fermé ?",
            "Le pont est fermé à cause du gel. La mairie invoque une panne.",
            1,
        ),
        (
            "Le pont de Vireval est-il fermé ?",
            "Le pont de Vireval est fermé. La mairie invoque une panne.",
            1,
        ),
        (
            "Pourquoi le pont de Vireval est-il fermé ?",
            "Le pont de Vireval est fermé.\n\nLa mairie invoque une panne.",
            1,
        ),
    ],
)
def test_who_asks_why_is_shown_the_reason_given_in_the_next_sentence(
    tmp_path: Path, asked: str, text: str, quoted: int
) -> None:
    """Where the one before gives none, and no paragraph ends between them."""
    build(tmp_path / "store", [write(tmp_path / "news", {"a.txt": text + "\n"})], ENCODER)
    snapshot = open_snapshot(tmp_path / "store")
    first = text.split(". ")[0].split(".")[0]
    best = ask(snapshot, ENCODER, asked, threshold=0.0).quotes[0]
    found = ask(snapshot, ENCODER, asked, threshold=best.score)
    assert found.quotes[0].passage.span.text.startswith(first)
    assert len(found.quotes) == quoted


def test_page_furniture_is_never_quoted(snapshot: Snapshot) -> None:
    """Subscription lines are in the text and not among the passages."""
    answer = ask(
        snapshot, ENCODER, "explorer les options de sponsoring, contactez-nous", limit=50, threshold=0.0
    )
    assert any("sponsoring" in document.text for document, _ in snapshot.corpus.documents(None, 50))
    assert answer.quotes
    assert not any("sponsoring" in quote.passage.span.text for quote in answer.quotes)


def test_no_answer_shows_no_source(snapshot: Snapshot) -> None:
    """A refusal has a reason, no quote and no figure, and counts nothing."""
    answer = answer_json(ask(snapshot, ENCODER, "How do I cook rice?", threshold=0.9))
    assert answer["answered"] is False
    assert answer["reason"] == Reason.NOTHING_NEAR
    assert answer["quotes"] == answer["figures"] == []
    assert set(answer["stances"].values()) == {0}
    assert answer["coverage"]["documents"] == 5


@pytest.mark.parametrize("limit", [0, -1, 51, 1000])
def test_a_wrong_limit_is_named(snapshot: Snapshot, limit: int) -> None:
    """The value and the allowed range are said."""
    with pytest.raises(InputError, match=re.escape(str(limit))) as caught:
        ask(snapshot, ENCODER, "Combien ?", limit=limit)
    assert caught.value.code == "bad_limit"
    assert "1 to 50" in caught.value.hint


def test_stances_count_before_the_limit(snapshot: Snapshot) -> None:
    """`stances` speaks of all relevant passages, also of those that the limit cut off."""
    few = ask(snapshot, ENCODER, "Combien de soldats ?", limit=1)
    many = ask(snapshot, ENCODER, "Combien de soldats ?", limit=50)
    assert few.stances == many.stances
    assert sum(few.stances.values()) > 1


def test_filters_restrict(snapshot: Snapshot) -> None:
    """Only what passes is quoted: by stance, by voice, by document."""
    doubts = read_filters({"stance": ["doubts"]})
    answer = ask(snapshot, ENCODER, "soldats", limit=50, threshold=0.0, filters=doubts)
    assert answer.quotes
    assert {quote.passage.stance for quote in answer.quotes} == {Stance.DOUBTS}
    one = read_filters({"document": ["pertes-selon-kiev.txt"]})
    answer = ask(snapshot, ENCODER, "soldats", limit=50, threshold=0.0, filters=one)
    assert {quote.document.doc_id for quote in answer.quotes} == {"pertes-selon-kiev.txt"}


def test_a_date_filter_leaves_undated_documents_out(snapshot: Snapshot) -> None:
    """None of the samples is dated, so a date filter leaves nothing, and the reason says so."""
    answer = ask(snapshot, ENCODER, "soldats", filters=read_filters({"after": "2024-01-01"}))
    assert answer.reason is Reason.FILTERED_OUT


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({"stance": ["maybe"]}, "'maybe'"),
        ({"document": ["no.txt"]}, "'no.txt'"),
        ({"publisher": ["Nobody"]}, "'Nobody'"),
        ({"colour": "red"}, "'colour'"),
        ({"after": "yesterday"}, "'yesterday'"),
        ({"voice": 3}, "3"),
        ({"voice": " "}, "' '"),
        ({"voice": "«»"}, "'«»'"),
        ({"stance": 3}, "3"),
        ({"after": "20241216"}, "'20241216'"),
        ({"before": "2024-W01-1"}, "'2024-W01-1'"),
        ({"before": "2024-02-31"}, "'2024-02-31'"),
        ({"voice": "x" * 900_000}, "'xxx"),
        ({"document": ["no.txt" * 100_000]}, "'no.txt"),
    ],
)
def test_an_unknown_filter_value_is_named(snapshot: Snapshot, raw: dict[str, object], named: str) -> None:
    """The error says what was unknown and what is known."""
    with pytest.raises(InputError, match=named) as caught:
        ask(snapshot, ENCODER, "soldats", filters=read_filters(raw))
    assert caught.value.code == "unknown_filter"
    assert caught.value.hint
    assert len(caught.value.message) < 300


def test_the_last_of_a_long_history_count(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation of any length is followed, and costs no more than its end."""
    read: list[str] = []
    monkeypatch.setattr("qa.reading.understand", lambda text, *given: read.append(text) or understand(text))
    history = ["Combien de soldats ?"] * 5_000
    long = ask(snapshot, ENCODER, "et selon Kiev ?", history=history)
    assert len(read) < 2 * DEEPEST
    short = ask(snapshot, ENCODER, "et selon Kiev ?", history=history[-1:])
    assert long.question == short.question
