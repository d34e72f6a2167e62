"""Measure an encoder on translation pairs and on questions over articles.

  python -m index.models.evaluate --pairs PAIRS --gold GOLD [--teacher TEACHER] [--model FOLDER ...]

PAIRS holds eval.*.tsv.gz (French <tab> English); GOLD holds passages_dev.jsonl and
questions_dev.jsonl; TEACHER is a folder with all-MiniLM-L6-v2, or with any model whose
English vectors are to be compared.  Without --model, the model that ships with Selon is
measured.  None of the data are part of this project, and none of them were trained on.

Printed for each model: the share of sentences whose nearest neighbour on the other
side is their translation, each way; the cosine between the teacher's and the model's
vectors of English sentences; the cosine of the same question in French and English;
and how often the first passage answers, by vectors alone and by late interaction (for
each question token the best passage token, averaged, special tokens left out).
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

SETS = ("tatoeba-1000", "newstest2014", "flores101-devtest")


def load(place: str) -> Any:
    """A sentence-transformers model from a folder, or from what train.py writes."""
    if place == "bundled":
        from index.models.load import load_bundled

        return load_bundled()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    if (Path(place) / "modules.json").is_file():
        return SentenceTransformer(place, device="cpu")
    from transformers import PreTrainedTokenizerFast

    marks = {f"{n}_token": f"[{n.upper()}]" for n in ("pad", "unk", "cls", "sep", "mask")}
    PreTrainedTokenizerFast(
        tokenizer_file=f"{place}/tokenizer.json", model_max_length=256, **marks
    ).save_pretrained(place)
    return SentenceTransformer(
        modules=[Transformer(place, max_seq_length=256), Pooling(384, pooling_mode="mean"), Normalize()],
        device="cpu",
    )


def vectors(model: Any, texts: list[str]) -> NDArray[np.float32]:
    return np.asarray(
        model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False), np.float32
    )


def tokens(model: Any, texts: list[str]) -> list[torch.Tensor]:
    """Unit token vectors of each text, without [CLS] and [SEP]."""
    out = []
    for text in texts:
        batch = model.tokenizer([text], return_tensors="pt", truncation=True, max_length=256)
        with torch.inference_mode():
            hidden = model[0].auto_model(**batch).last_hidden_state[0, 1:-1]
        out.append(torch.nn.functional.normalize(hidden, dim=-1))
    return out


def hits(question: dict[str, Any], passage: dict[str, Any]) -> bool:
    for span in question["relevant"]:
        both = min(span["end"], passage["end"]) - max(span["start"], passage["start"])
        least = min(span["end"] - span["start"], passage["end"] - passage["start"])
        if span["doc"] == passage["doc"] and both * 2 >= least:
            return True
    return False


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--teacher", type=str)
    ap.add_argument("--model", action="append", default=[])
    ap.add_argument("--only-questions", action="store_true")
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)

    def read(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (args.gold / name).read_text("utf-8").splitlines()]

    passages, questions = read("passages_dev.jsonl"), read("questions_dev.jsonl")
    by_id = {q["query_id"]: q for q in questions}
    twins = [
        (q, by_id[t])
        for q in questions
        if q["language"] == "fr"
        and (t := f"q{int(q['query_id'][1:]) + 1:03d}") in by_id
        and by_id[t]["language"] == "en"
        and q["relevant"]
        and q["relevant"] == by_id[t]["relevant"]
    ]
    teacher = load(args.teacher) if args.teacher else None
    known: dict[str, NDArray[np.float32]] = {}
    for place in args.model or ["bundled"]:
        model = load(place)
        print(f"== {place}")
        for name in () if args.only_questions else SETS:
            with gzip.open(args.pairs / f"eval.{name}.tsv.gz", "rt", encoding="utf-8") as lines:
                fr, en = zip(*(line.rstrip("\n").split("\t")[:2] for line in lines), strict=True)
            a, b = vectors(model, list(fr)), vectors(model, list(en))
            if teacher and name not in known:
                known[name] = vectors(teacher, list(en))
            likeness = f"{(b * known[name]).sum(1).mean():.4f}" if teacher else "not asked"
            score = a @ b.T
            gold = np.arange(len(a))
            print(
                f"{name:20} French to English {(score.argmax(1) == gold).mean():.4f}  "
                f"English to French {(score.argmax(0) == gold).mean():.4f}  "
                f"pair cosine {score.diagonal().mean():.3f}  "
                f"English: teacher and model {likeness}",
                flush=True,
            )
        near = [float(vectors(model, [f["text"]])[0] @ vectors(model, [e["text"]])[0]) for f, e in twins]
        print(
            f"the same question in both languages ({len(near)}): cosine {np.mean(near):.3f}",
            [round(n, 2) for n in near],
        )
        p_vec, p_tok = (
            vectors(model, [p["text"] for p in passages]),
            tokens(model, [p["text"] for p in passages]),
        )
        for language in ("fr", "en"):
            asked = [q for q in questions if q["language"] == language and q["relevant"]]
            flat = late = 0
            for q in asked:
                flat += hits(q, passages[int((p_vec @ vectors(model, [q["text"]])[0]).argmax())])
                t = tokens(model, [q["text"]])[0]
                late += hits(
                    q,
                    passages[max(range(len(passages)), key=lambda i: float((t @ p_tok[i].T).amax(1).mean()))],
                )
            print(
                f"questions {language} ({len(asked)}): hit@1 vectors {flat / len(asked):.3f}, "
                f"late interaction {late / len(asked):.3f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
