"""An ask, beside what two other libraries take for a search with the same model on the same passages.

  python tests/benchmarks/ask.py [--rounds 3] [--model FOLDER]

Selon encodes the question, searches and composes a whole answer; LangChain (with FAISS)
and txtai encode and return the five nearest texts. Both are optional: one that is not
installed is left out (pip install langchain-community langchain-huggingface txtai). The
systems take turns question by question, so that all meet the same machine. The model is
the shipped one, or that of FOLDER.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.build import build  # noqa: E402
from index.encode import load_encoder  # noqa: E402
from index.models import DEFAULT_MODEL  # noqa: E402
from index.models.load import load_bundled  # noqa: E402
from index.prepare import encoder_input  # noqa: E402
from index.storage.snapshot import Snapshot, open_snapshot  # noqa: E402
from qa.answer import ask  # noqa: E402

GOALS = {"LangChain + FAISS": 0.45, "txtai": 0.30}
Asker = Callable[[str], object]
# Seconds before each turn: threads of the one before may spin for a while.
REST = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a sentence-transformers folder")
    given = parser.parse_args()
    lines = (ROOT / "seeds" / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in lines]
    with tempfile.TemporaryDirectory() as place:
        store, folder = Path(place, "store"), given.model
        build(store, [ROOT / "seeds" / "articles"], load_encoder(given.model, store=store))
        if given.model == DEFAULT_MODEL:
            folder = str(Path(place, "model"))
            load_bundled().save(folder)
        encoder = load_encoder(given.model, store=store)
        snapshot = open_snapshot(store, encoder.stamp)
        texts = [encoder_input(passage) for entry in snapshot.corpus.entries() for passage in entry.passages]
        askers: dict[str, Asker] = {
            "Selon": lambda question: ask(snapshot, encoder, question),
            "Selon, the encoder alone": lambda question: encoder.encode_questions([question]),
        }
        for name, make in {"LangChain + FAISS": langchain, "txtai": txtai}.items():
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    askers[name] = make(folder, texts)
            except ImportError as missing:
                print(f"{name} is left out: {missing}")
        measure(askers, questions, given.rounds, snapshot)


def langchain(folder: str, texts: list[str]) -> Asker:
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=folder, model_kwargs={"device": "cpu"})
    found = FAISS.from_texts(texts, embeddings)
    return lambda question: found.similarity_search_with_score(question, k=5)


def txtai(folder: str, texts: list[str]) -> Asker:
    from txtai import Embeddings

    found = Embeddings(path=folder, content=True, gpu=False)
    found.index(texts)
    return lambda question: found.search(question, 5)


def measure(askers: dict[str, Asker], questions: list[str], rounds: int, snapshot: Snapshot) -> None:
    taken: dict[str, list[float]] = {name: [] for name in askers}
    for round_ in range(rounds + 1):
        for question in questions:
            for name, asker in askers.items():
                time.sleep(REST)
                started = time.perf_counter()
                asker(question)
                if round_:  # The first round warms up.
                    taken[name].append((time.perf_counter() - started) * 1000)
    covered = snapshot.manifest
    print(
        f"{covered.passages} passages of {covered.documents} documents, {len(questions)} questions,", end=" "
    )
    print(f"{rounds} rounds, model {covered.model.name}")
    ours = statistics.median(taken["Selon"])
    for name, times in taken.items():
        middle = statistics.median(times)
        line = f"{name:26} median {middle:7.2f} ms   fastest tenth {quantile(times):7.2f} ms"
        if name in GOALS:
            line += f"   Selon takes {ours / middle:.2f} of it (goal: at most {GOALS[name]:.2f})"
        print(line)


def quantile(times: list[float]) -> float:
    return sorted(times)[len(times) // 10]


if __name__ == "__main__":
    main()
