"""Record what sentence-transformers says with the shipped model, as the measure of other ways to run it.

  python -m index.models.reference

Texts are the sample's questions and the sample articles' passages, every other one.
A build then compares its export with the record, and needs no torch for it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from index.encode import load_encoder
from index.models.load import FOLDER, REFERENCE
from index.prepare import encoder_input, prepare
from index.read import read_file
from index.sources.files import find_files

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def main() -> None:
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    articles = SEEDS / "articles"
    entries = [
        prepare(document, str(articles))
        for path in find_files(articles)
        for document in read_file(path, articles).documents
    ]
    passages = [encoder_input(passage) for entry in entries for passage in entry.passages][::2]
    lines = (SEEDS / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in lines]
    encoder = load_encoder()
    np.savez_compressed(
        FOLDER / REFERENCE,
        questions=np.array(questions),
        passages=np.array(passages),
        question_vectors=encoder.encode_questions(questions)[0],
        passage_vectors=encoder.encode_passages(passages)[0],
    )
    print(f"{len(questions)} questions and {len(passages)} passages")


if __name__ == "__main__":
    main()
