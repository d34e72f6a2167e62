"""Chooses the weights of `qa/weights.toml` on labelled questions, by cross-validation.

    python tests/benchmarks/fit_weights.py --corpus ARTICLES QUESTIONS.jsonl [--corpus …] [--write]

Every candidate of every question is an example: does it overlap a relevant span? A
logistic regression with an L2 penalty weighs the named features. Questions judged on one
article are always left out together. Printed are hit@1, best@5, the area under the curve
(first score, answerable against not), and what is refused where 93 % are kept.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from index.build import build
from index.encode import load_encoder
from index.snapshot import open_snapshot
from index.types import Role
from qa.features import features
from qa.labelled import Judged, LabelledQuestion, read_questions, touches
from qa.question import understand
from qa.retrieve import retrieve

# Weighed apart in French and English (an English word is unknown to French articles as a matter of course);
# all others share one weight.
BY_LANGUAGE = ("cosine", "words", "tokens", "tokens_weakest", "q_words", "q_cosine", "q_tokens", "q_unknown")
FOLDS, KEPT = 8, 0.93


@dataclass(frozen=True)
class Example:
    """One question: its candidates' features (n, f), and which are relevant and best."""

    corpus: str
    query: LabelledQuestion
    language: str
    rows: np.ndarray
    relevant: np.ndarray
    best: np.ndarray
    group: str


def examples(corpus: Path, file: Path) -> tuple[list[Example], list[str]]:
    """The labelled questions of `file` over the articles of `corpus`, and the features' names."""
    encoder = load_encoder()
    names: list[str] = []
    found = []
    with tempfile.TemporaryDirectory() as place:
        build(Path(place, "store"), [corpus], encoder)
        snapshot = open_snapshot(Path(place, "store"))
        for number, query in enumerate(read_questions(file)):
            question = understand(query.text)
            vectors, tokens = encoder.encode_questions([question.text])
            near = retrieve(
                snapshot,
                question,
                vectors[0],
                tokens[0] if tokens else None,
                encoder.token_spans(question.text),
            )
            columns = features(question, near)
            kept = [i for i, passage in enumerate(near.passages) if passage.role is Role.SENTENCE]
            spans = [near.passages[i] for i in kept]
            judged = [Judged(p.doc_id, p.span.start, p.span.end) for p in spans]
            names = list(columns)
            found.append(
                Example(
                    corpus=str(corpus),
                    query=query,
                    language=question.language,
                    rows=np.transpose([*columns.values()])[kept],
                    relevant=np.array([touches(span, query.relevant) for span in judged]),
                    best=np.array([touches(span, query.best) for span in judged]),
                    group=query.relevant[0].doc if query.relevant else f"none {number % 9}",
                )
            )
    return found, names


def widened(example: Example, names: Sequence[str]) -> np.ndarray:
    """The rows with the language's own columns behind them."""
    own = example.rows[:, [names.index(name) for name in BY_LANGUAGE]]
    french = float(example.language == "fr")
    flag = np.full((len(own), 1), french)
    return np.hstack([example.rows, own * french, flag])


def fit(chosen: Iterable[Example], names: Sequence[str], penalty: float) -> tuple[np.ndarray, float]:
    """Weights in the features' own units, shape (columns,), and the bias."""
    chosen = list(chosen)
    rows = np.vstack([widened(example, names) for example in chosen])
    labels = np.concatenate([example.relevant for example in chosen])
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=penalty, max_iter=5_000).fit(scaler.transform(rows), labels)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def cross_validated(all_: Sequence[Example], names: Sequence[str], penalty: float) -> list[np.ndarray]:
    """The log-odds of every question's candidates, by weights that never saw its article."""
    groups = sorted({(example.corpus, example.group) for example in all_})
    order = np.random.RandomState(0).permutation(len(groups))
    fold = {groups[g]: i % FOLDS for i, g in enumerate(order)}
    scores: list[np.ndarray] = [np.empty(0)] * len(all_)
    for held_out in range(FOLDS):
        inside = [fold[example.corpus, example.group] == held_out for example in all_]
        weights, bias = fit([e for e, out in zip(all_, inside, strict=True) if not out], names, penalty)
        for number, out in enumerate(inside):
            if out:
                scores[number] = widened(all_[number], names) @ weights + bias
    return scores


def report(all_: Sequence[Example], scores: Sequence[np.ndarray]) -> None:
    """Print the measures by corpus and language."""
    for corpus, language in sorted({(e.corpus, e.query.language) for e in all_}):
        own = [
            (e, s)
            for e, s in zip(all_, scores, strict=True)
            if (e.corpus, e.query.language) == (corpus, language)
        ]
        yes = [(e, s) for e, s in own if e.query.relevant]
        top = sorted(float(s.max()) for _, s in yes)
        no = [float(s.max()) for e, s in own if not e.query.relevant]
        hit = np.mean([e.relevant[s.argmax()] for e, s in yes])
        best = np.mean([e.best[np.argsort(-s)[:5]].any() for e, s in yes])
        area = np.mean([[(a > b) + 0.5 * (a == b) for b in no] for a in top]) if no else float("nan")
        line = top[int(len(top) * (1 - KEPT))]
        refused = np.mean([score < line for score in no]) if no else float("nan")
        print(
            f"{Path(corpus).name:10} {language} {len(yes):3} + {len(no):2}  hit@1 {hit:.3f}  "
            f"best@5 {best:.3f}  AUROC {area:.3f}  refused at 93 % kept {refused:.2f}"
        )


def thresholds(all_: Sequence[Example], scores: Sequence[np.ndarray]) -> dict[str, float]:
    """The chances that keep 80, 93 and 98 % of the answerable questions, over all corpora."""
    top = [1 / (1 + np.exp(-s.max())) for e, s in zip(all_, scores, strict=True) if e.query.relevant]
    share = {"careful": 0.20, "default": 0.07, "eager": 0.02}
    return {name: round(float(np.quantile(top, lost)), 3) for name, lost in share.items()}


def as_toml(weights: np.ndarray, bias: float, names: Sequence[str]) -> str:
    """The weights as `qa/weights.toml` holds them, without thresholds."""
    split = len(names)
    lines = ["[both]", f"bias = {bias:.4f}"]
    lines += [
        f"{name} = {value:.4f}"
        for name, value in zip(names, weights[:split], strict=True)
        if name not in BY_LANGUAGE
    ]
    shared = {name: weights[names.index(name)] for name in BY_LANGUAGE}
    lines += ["", "[en]", *(f"{name} = {value:.4f}" for name, value in shared.items())]
    lines += ["", "[fr]", f"bias = {bias + weights[-1]:.4f}"]
    lines += [f"{name} = {shared[name] + weights[split + i]:.4f}" for i, name in enumerate(BY_LANGUAGE)]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--corpus", nargs=2, action="append", required=True, type=Path, metavar=("ARTICLES", "QUESTIONS")
    )
    parser.add_argument("--penalty", type=float, help="fit with this and print weights.toml's tables")
    given = parser.parse_args()
    all_: list[Example] = []
    names: list[str] = []
    for corpus, file in given.corpus:
        found, names = examples(corpus, file)
        all_ += found
    for penalty in [given.penalty] if given.penalty else [0.003, 0.01, 0.03, 0.1, 0.3, 1.0]:
        print(f"\npenalty C = {penalty}")
        scores = cross_validated(all_, names, penalty)
        report(all_, scores)
        print("thresholds", thresholds(all_, scores))
    if given.penalty:
        print("\n" + as_toml(*fit(all_, names, given.penalty), names))


if __name__ == "__main__":
    main()
