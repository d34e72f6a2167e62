"""Chooses the weights of `qa/weights.toml` on labelled questions, by cross-validation.

    python tests/benchmarks/fit_weights.py --corpus ARTICLES QUESTIONS.jsonl [--corpus …]
        [--beside ARTICLES QUESTIONS.jsonl ORDER CHANCE …] [--penalty 0.05]

A candidate is right where it overlaps a relevant span. Two linear models weigh the named
features, both with an L2 penalty. The order, by which hits are moved as `qa.rank` does it,
is a softmax over all candidates of a question that has an answer. The chance is a logistic
regression over the candidates that the order puts first: what tells a right sentence from a
hundred wrong ones is not what tells it from the best wrong one.
Corpora of another kind than news go in by `--beside`, with a share of the weight in each.
Questions judged on one article are always left out together. Printed are hit@1, best@5,
the mean reciprocal rank of the right article, the area under the curve (first score,
answerable against not), and what is refused where 93 % are kept.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
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
ORDER_PENALTY = 10.0
# How many candidates of a question the chance is fitted on.
FIRST = 8


@dataclass(frozen=True)
class Example:
    """One question: its candidates' features (n, f), their articles, and which are relevant and best.

    `shares` are its weights in the order and in the chance.
    """

    corpus: str
    query: LabelledQuestion
    language: str
    rows: np.ndarray
    docs: tuple[str, ...]
    relevant: np.ndarray
    best: np.ndarray
    group: str
    shares: tuple[float, float]


@dataclass(frozen=True)
class Weights:
    """In the features' own units: `order` (own columns,), `chance` (columns,) and its `bias`."""

    order: np.ndarray
    chance: np.ndarray
    bias: float


@dataclass(frozen=True)
class Scores:
    """The log-odds of a question's candidates (n,): of their chances, and the standing that orders them."""

    chances: np.ndarray
    standing: np.ndarray

    @property
    def most(self) -> float:
        """The best chance: what decides whether the question is answered."""
        return float(self.chances.max())


def examples(corpus: Path, file: Path, shares: tuple[float, float]) -> tuple[list[Example], list[str]]:
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
                    docs=tuple(span.doc_id for span in spans),
                    relevant=np.array([touches(span, query.relevant) for span in judged]),
                    best=np.array([touches(span, query.best) for span in judged]),
                    group=query.relevant[0].doc if query.relevant else f"none {number % 9}",
                    shares=shares,
                )
            )
    return found, names


def widened(example: Example, names: Sequence[str]) -> np.ndarray:
    """The rows with the language's own columns behind them."""
    own = example.rows[:, [names.index(name) for name in BY_LANGUAGE]]
    french = float(example.language == "fr")
    flag = np.full((len(own), 1), french)
    return np.hstack([example.rows, own * french, flag])


def moving(names: Sequence[str]) -> np.ndarray:
    """Which of the widened columns differ between candidates, shape (columns,): the order's own."""
    every = [*names, *BY_LANGUAGE, "q_french"]
    return np.array([not name.startswith("q_") for name in every])


def fit(chosen: Sequence[Example], names: Sequence[str], penalty: float) -> Weights:
    """Both sets of weights."""
    rows, own = [widened(example, names) for example in chosen], moving(names)
    asked = [(own_rows[:, own], e) for own_rows, e in zip(rows, chosen, strict=True) if e.relevant.any()]
    order = fit_order(
        [each for each, _ in asked], [e.relevant for _, e in asked], [e.shares[0] for _, e in asked]
    )
    first = [np.argsort(-(own_rows[:, own] @ order), kind="stable")[:FIRST] for own_rows in rows]
    every = np.vstack([own_rows[at] for own_rows, at in zip(rows, first, strict=True)])
    right = np.concatenate([e.relevant[at] for e, at in zip(chosen, first, strict=True)])
    shares = np.concatenate([np.full(len(at), e.shares[1]) for e, at in zip(chosen, first, strict=True)])
    scaler = StandardScaler().fit(every, sample_weight=shares)
    model = LogisticRegression(C=penalty, max_iter=5_000)
    model.fit(scaler.transform(every), right, sample_weight=shares)
    chance = model.coef_[0] / scaler.scale_
    return Weights(order, chance, float(model.intercept_[0] - chance @ scaler.mean_))


def fit_order(rows: list[np.ndarray], relevant: list[np.ndarray], shares: list[float]) -> np.ndarray:
    """Weights by which the candidates that are relevant come first, shape (columns,)."""
    # News alone set the scale, so that the penalty means the same whatever is fitted beside.
    scaler = StandardScaler().fit(np.vstack([r for r, share in zip(rows, shares, strict=True) if share == 1]))
    every, right, share = scaler.transform(np.vstack(rows)), np.concatenate(relevant), np.array(shares)
    sizes = [len(each) for each in rows]
    first, question = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(rows)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = every @ weights
        raised = np.exp(odds - np.maximum.reduceat(odds, first)[question])
        all_, those = np.add.reduceat(raised, first), np.add.reduceat(raised * right, first)
        pull = share[question] * (raised / all_[question] - raised * right / those[question])
        missed = float((share * np.log(all_ / those)).sum() + ORDER_PENALTY * (weights @ weights) / 2)
        return missed, every.T @ pull + ORDER_PENALTY * weights

    found = minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x / scaler.scale_)


def scored(example: Example, names: Sequence[str], weights: Weights) -> Scores:
    """The log-odds of the candidates' chances, and their standing, as `qa.rank` reckons them."""
    rows = widened(example, names)
    chances, order = rows @ weights.chance + weights.bias, rows[:, moving(names)] @ weights.order
    return Scores(chances, chances + order - order.max(initial=-np.inf))


def cross_validated(all_: Sequence[Example], names: Sequence[str], penalty: float) -> list[Scores]:
    """The scores of every question's candidates, by weights that never saw its article."""
    groups = sorted({(example.corpus, example.group) for example in all_})
    order = np.random.RandomState(0).permutation(len(groups))
    fold = {groups[g]: i % FOLDS for i, g in enumerate(order)}
    scores: dict[int, Scores] = {}
    for held_out in range(FOLDS):
        inside = [fold[example.corpus, example.group] == held_out for example in all_]
        weights = fit([e for e, out in zip(all_, inside, strict=True) if not out], names, penalty)
        scores |= {n: scored(all_[n], names, weights) for n, out in enumerate(inside) if out}
    return [scores[number] for number in range(len(all_))]


def reciprocal(example: Example, standing: np.ndarray) -> float:
    """1 / the rank of the first article that holds something relevant; 0 where none was found."""
    ranked = list(dict.fromkeys(example.docs[n] for n in np.argsort(-standing, kind="stable")))
    right = {doc for doc, good in zip(example.docs, example.relevant, strict=True) if good}
    return max((1 / (ranked.index(doc) + 1) for doc in right), default=0.0)


def report(all_: Sequence[Example], scores: Sequence[Scores]) -> None:
    """Print the measures by corpus and language."""
    for corpus, language in sorted({(e.corpus, e.query.language) for e in all_}):
        own = [
            (e, s)
            for e, s in zip(all_, scores, strict=True)
            if (e.corpus, e.query.language) == (corpus, language)
        ]
        yes = [(e, s) for e, s in own if e.query.relevant]
        top = sorted(s.most for _, s in yes)
        no = [s.most for e, s in own if not e.query.relevant]
        hit = np.mean([e.relevant[s.standing.argmax()] for e, s in yes])
        best = np.mean([e.best[np.argsort(-s.standing)[:5]].any() for e, s in yes])
        mrr = np.mean([reciprocal(e, s.standing) for e, s in yes])
        area = np.mean([[(a > b) + 0.5 * (a == b) for b in no] for a in top]) if no else float("nan")
        line = top[int(len(top) * (1 - KEPT))]
        refused = np.mean([score < line for score in no]) if no else float("nan")
        print(
            f"{Path(corpus).name:10} {language} {len(yes):3} + {len(no):2}  hit@1 {hit:.3f}  "
            f"best@5 {best:.3f}  MRR {mrr:.3f}  AUROC {area:.3f}  refused at 93 % kept {refused:.2f}"
        )


def thresholds(all_: Sequence[Example], scores: Sequence[Scores]) -> dict[str, float]:
    """The chances that keep 80, 93 and 98 % of the answerable questions about news."""
    news = [(e, s) for e, s in zip(all_, scores, strict=True) if e.query.relevant and e.shares == (1, 1)]
    top = [1 / (1 + np.exp(-s.most)) for _, s in news]
    share = {"careful": 0.20, "default": 0.07, "eager": 0.02}
    return {name: round(float(np.quantile(top, lost)), 3) for name, lost in share.items()}


def as_toml(weights: Weights, names: Sequence[str]) -> str:
    """The weights as `qa/weights.toml` holds them, without thresholds."""
    own = [name for name in names if not name.startswith("q_")]
    biases = {"": weights.bias, "fr": weights.bias + weights.chance[-1]}
    # The last column tells French from English: it is the difference of the biases.
    return tables("", names, weights.chance[:-1], biases) + "\n" + tables("order.", own, weights.order, {})


def tables(prefix: str, names: Sequence[str], values: np.ndarray, biases: dict[str, float]) -> str:
    """The tables [both], [en] and [fr] of the features `names`, whose weights begin `values`."""
    named = [name for name in BY_LANGUAGE if name in names]
    value = dict(zip(names, values, strict=False))
    apart = dict(zip(named, values[len(names) :], strict=True))
    lines = [f"[{prefix}both]"]
    lines += [f"bias = {biases['']:.4f}"] if biases else []
    lines += [f"{name} = {weight:.4f}" for name, weight in value.items() if name not in BY_LANGUAGE]
    lines += ["", f"[{prefix}en]", *(f"{name} = {value[name]:.4f}" for name in named)]
    lines += ["", f"[{prefix}fr]", *([f"bias = {biases['fr']:.4f}"] if biases else [])]
    lines += [f"{name} = {value[name] + apart[name]:.4f}" for name in named]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--corpus", nargs=2, action="append", required=True, type=Path, metavar=("ARTICLES", "QUESTIONS")
    )
    parser.add_argument(
        "--beside", nargs=4, action="append", default=[], metavar=("ARTICLES", "QUESTIONS", "ORDER", "CHANCE")
    )
    parser.add_argument("--penalty", type=float, help="fit with this and print weights.toml's tables")
    given = parser.parse_args()
    all_: list[Example] = []
    names: list[str] = []
    for corpus, file, *shares in [[*news, 1, 1] for news in given.corpus] + given.beside:
        found, names = examples(Path(corpus), Path(file), (float(shares[0]), float(shares[1])))
        all_ += found
    for penalty in [given.penalty] if given.penalty else [0.005, 0.01, 0.02, 0.05, 0.1]:
        print(f"\npenalty C = {penalty}")
        scores = cross_validated(all_, names, penalty)
        report(all_, scores)
        print("thresholds", thresholds(all_, scores))
    if given.penalty:
        print("\n" + as_toml(fit(all_, names, given.penalty), names))


if __name__ == "__main__":
    main()
