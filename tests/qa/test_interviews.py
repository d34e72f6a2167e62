"""Interviews are answered from, with the shipped model: the answer, its question, and whoever gives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from floors import fallen, floors

from index.build import build
from index.encode import load_encoder
from index.storage.snapshot import open_snapshot
from qa.answer import ask
from qa.composing.export import written
from qa.evaluate import auroc, summarize
from qa.evaluation.labelled import read_questions
from qa.evaluation.trial import run
from qa.service import create_app
from qa.types import Filters

GOLD = Path(__file__).parents[1] / "gold" / "interviews"
ASKED = "La préfecture a-t-elle alerté la maire ?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of interviews, pages of questions and articles that only look like them."""
    store = tmp_path_factory.mktemp("interviews") / "store"
    build(store, [GOLD / "articles"], load_encoder())
    return store


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(store, load_encoder()), base_url="http://127.0.0.1") as running:
        yield running


def test_answers_of_interviews_are_found_as_well_as_they_were(store: Path) -> None:
    trial = run(open_snapshot(store), load_encoder(), read_questions(GOLD / "questions.jsonl"), None)
    every = summarize(trial.results)["all"]
    measured = {name: every[name] or 0.0 for name in ("hit@1", "kept", "refused")}
    assert not fallen({**measured, "AUROC": auroc(trial.unrefused) or 0.0}, floors()["interviews"])


def test_whose_words_an_answer_is_can_be_asked_and_filtered(store: Path) -> None:
    snapshot, encoder = open_snapshot(store), load_encoder()
    found = ask(snapshot, encoder, "Que dit Hélène Carpentier ?").quotes
    assert len(found) > 1
    assert all(quote.document.doc_id == "maire.txt" for quote in found)
    (voice,) = {voice.holder.text for quote in found for voice in quote.passage.heard}
    assert voice == "Hélène Carpentier"
    filtered = ask(snapshot, encoder, "alerte de la préfecture", filters=Filters(voice="Carpentier"))
    assert filtered.quotes
    assert all(quote.passage.heard for quote in filtered.quotes)
    positions = ask(snapshot, encoder, "La maire a-t-elle laissé construire en zone inondable ?").positions
    assert ("Hélène Carpentier", "denies") in {(one.holder, one.stance.value) for one in positions}


def test_the_service_tells_the_question_and_the_speaker(client: TestClient) -> None:
    quote = client.post("/ask", json={"question": ASKED}).json()["quotes"][0]
    assert quote["text"] == "Oui, mais à quatre heures du matin."
    assert quote["asked"]["text"] == "Avez-vous reçu une alerte de la préfecture ?"
    assert quote["before"] == ""
    assert quote["speaker"]["holder"]["text"] == "Hélène Carpentier"
    assert quote["voices"] == []
    article = client.get("/documents/maire.txt").json()["text"]
    for span in (quote, quote["asked"], quote["speaker"]["holder"]):
        assert article[span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_an_answer_is_copied_with_its_question(store: Path, form: str) -> None:
    """« Oui » alone says nothing."""
    told = written(ask(open_snapshot(store), load_encoder(), ASKED), form, 1)
    asked, answer = "Avez-vous reçu une alerte de la préfecture ?", "Oui, mais à quatre heures du matin."
    assert told.index(asked) < told.index(answer) < told.index("Hélène Carpentier")
