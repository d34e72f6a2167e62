"""Chooses the weights of `qa/weights.toml` on labelled questions, by cross-validation.

    python tests/benchmarks/fit_weights.py --corpus ARTICLES QUESTIONS.jsonl [--corpus …]
        [--beside ARTICLES QUESTIONS.jsonl ORDER CHANCE …] [--penalty 0.05]

A candidate is right where it overlaps a relevant span. Two linear models weigh the named
features, both with an L2 penalty on how far they move from the weights in force: those know
questions that are not at hand any more. The order, by which hits are moved as `qa.rank` does it,
is a softmax over all candidates of a question that has an answer. The chance is a logistic
regression over the candidates that the order puts first: what tells a right sentence from a
hundred wrong ones is not what tells it from the best wrong one. Those are also the ones that
are read again with the question (`qa.ranking.reread`). An answered question counts once more with its
answers taken away, so that the chance falls where the best is wrong, and once more with one of
its names exchanged for another's, so that it falls where the articles speak of somebody else.
Corpora of another kind than plain questions on news go in by `--beside`, with a share of the
weight in each; the thresholds do not rest on them.
Questions judged on one article are always left out together. Printed are hit@1, best@5,
the mean reciprocal rank of the right article, the area under the curve (first score,
answerable against not, against bare and against renamed), and what is refused where 93 % are kept.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.preprocessing import StandardScaler

from index.build import build
from index.capitals import CAPITALS
from index.encode import Encoder, load_encoder
from index.engine import Engine
from index.lexical import words
from index.storage.snapshot import open_snapshot
from index.types import Passage, Role
from qa.evaluation.labelled import Judged, LabelledQuestion, read_questions, touches
from qa.question import understand
from qa.rank import READ, order_of, weights_of
from qa.ranking.features import features
from qa.ranking.reread import MOST, reread
from qa.retrieve import retrieve
from qa.understanding.spelling import spelt

# Weighed apart in French and English (an English word is unknown to French articles as a matter of course);
# all others share one weight.
BY_LANGUAGE = (
    *("cosine", "words", "words_akin", "tokens", "tokens_weakest"),
    *("q_words", "q_cosine", "q_tokens", "q_unknown"),
)
# Too few of these questions tell them; weights.toml says what they were chosen on.
BY_HAND = (
    "position_alone",
    "lacks_role",
    "names_holder",
    "lacks_holder",
    "speaks_alone",
    "lacks_voice",
    "cosine_around",
)
FOLDS, KEPT = 8, 0.93
ORDER_PENALTY = 10.0
# What an answered question counts in the chance once it is varied so that nothing answers.
VARIED = 0.5
# One or more words that a capital shows to be a name, and what before one shows it to be a place's.
NAME = re.compile(rf"(?:(?<=[\w,] )|(?<=['’]))[{CAPITALS}][\w’-]+(?: [{CAPITALS}][\w’-]+)*")
AT = re.compile(r"\b(?:à|en|aux?|in|at|to|from|near) $", re.IGNORECASE)

# Names by file of questions, and by whether they are places.
Names = Mapping[tuple[Path, bool], Sequence[str]]


class Variant(StrEnum):
    """How a labelled question is asked: as it is, with its answers taken away, of another name."""

    ASKED = "asked"
    BARE = "bare"
    RENAMED = "renamed"


@dataclass(frozen=True)
class Example:
    """One question: its candidates' features (n, f), their articles, and which are relevant and best.

    The last feature is the second reading, here of all candidates. `plain` says that the
    thresholds rest on it. `shares` are the question's weights in the order and in the chance.
    """

    corpus: str
    file: str
    query: LabelledQuestion
    language: str
    rows: np.ndarray
    docs: tuple[str, ...]
    relevant: np.ndarray
    best: np.ndarray
    group: str
    shares: tuple[float, float]
    plain: bool
    variant: Variant

    @property
    def answered(self) -> bool:
        """Whether the question has an answer, and is asked as it is."""
        return bool(self.query.relevant) and self.variant is Variant.ASKED


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


def examples(
    corpus: Path, file: Path, shares: tuple[float, float], plain: bool, names: Names
) -> tuple[list[Example], list[str]]:
    """The labelled questions of `file` over the articles of `corpus`, and the features' names."""
    encoder = load_encoder()
    columns: list[str] = []
    found = []
    with tempfile.TemporaryDirectory() as place:
        build(Path(place, "store"), [corpus], encoder)
        snapshot = open_snapshot(Path(place, "store"))
        for number, query in enumerate(read_questions(file)):
            texts = {Variant.ASKED: query.text}
            if query.relevant:
                texts[Variant.BARE] = query.text
                if other := renamed(query.text, file, names):
                    texts[Variant.RENAMED] = other
            for variant, text in texts.items():
                kept = partial(wrong, query) if variant is Variant.BARE else None
                language, measured, spans = measure(snapshot, encoder, text, kept)
                columns = list(measured)
                judged = [Judged(p.doc_id, p.span.start, p.span.end) for p in spans]
                answers = query.relevant if variant is Variant.ASKED else ()
                best = query.best if variant is Variant.ASKED else ()
                found.append(
                    Example(
                        corpus=str(corpus),
                        file=file.stem,
                        query=query,
                        language=language,
                        rows=np.transpose([*measured.values()]),
                        docs=tuple(span.doc_id for span in spans),
                        relevant=np.array([touches(span, answers) for span in judged], dtype=bool),
                        best=np.array([touches(span, best) for span in judged], dtype=bool),
                        group=query.relevant[0].doc if query.relevant else f"none {number % 9}",
                        shares=(shares[0], shares[1] * (1 if variant is Variant.ASKED else VARIED)),
                        plain=plain,
                        variant=variant,
                    )
                )
    return [one for one in found if len(one.rows)], columns


def measure(
    snapshot: Engine, encoder: Encoder, text: str, keep: Callable[[Passage], bool] | None
) -> tuple[str, dict[str, np.ndarray], list[Passage]]:
    """A question's language, its features by name over the sentences found, and these sentences."""
    question = spelt(understand(text), snapshot.lexical.holds, encoder.token_spans)
    vectors, tokens = encoder.encode_questions([question.text])
    near = retrieve(
        snapshot,
        question,
        vectors[0],
        tokens[0] if tokens else None,
        encoder.token_spans(question.text),
        keep,
    )
    columns = features(question, near)
    sentences = [i for i, passage in enumerate(near.passages) if passage.role is Role.SENTENCE]
    columns[READ] = reread(near, sentences, encoder.stamp)
    own = {name: column[sentences] for name, column in columns.items()}
    return question.language, own, [near.passages[i] for i in sentences]


def names_in(files: Sequence[Path]) -> Names:
    """The names in the questions of `files`, each once."""
    found: defaultdict[tuple[Path, bool], set[str]] = defaultdict(set)
    for file in files:
        for query in read_questions(file):
            for match in NAME.finditer(query.text):
                found[file, at_place(match)].add(match.group())
    return {key: sorted(names) for key, names in found.items()}


def at_place(name: re.Match[str]) -> bool:
    return bool(AT.search(name.string[: name.start()]))


def renamed(text: str, file: Path, names: Names) -> str | None:
    """The question with one of its names exchanged for another: of its file as often as of any other.

    The same at each run. None where it has no name.
    """
    chance = random.Random(zlib.crc32(text.encode()))
    standing = list(NAME.finditer(text))
    if not standing:
        return None
    name = chance.choice(standing)
    own, others = (
        [
            other
            for (place, is_place), known in names.items()
            if (place == file) is same and is_place is at_place(name)
            for other in known
            if not set(words(other)) & set(words(text))
        ]
        for same in (True, False)
    )
    pools = [pool for pool in (own, others) if pool]
    if not pools:
        return None
    return text[: name.start()] + chance.choice(chance.choice(pools)) + text[name.end() :]


def wrong(query: LabelledQuestion, passage: Passage) -> bool:
    """Whether a passage does not answer."""
    return not touches(Judged(passage.doc_id, passage.span.start, passage.span.end), query.relevant)


def widened(example: Example, names: Sequence[str], order: np.ndarray | None) -> np.ndarray:
    """The rows with the language's own columns behind them, as the service sees them.

    Only what `order` puts first is read again, the others count as the least of these; nothing
    is read where there is no order yet.
    """
    own = example.rows[:, [names.index(name) for name in BY_LANGUAGE]]
    french = float(example.language == "fr")
    flag = np.full((len(own), 1), french)
    rows = np.hstack([example.rows, own * french, flag])
    at = names.index(READ)
    read = rows[:, at].copy()
    rows[:, at] = 0
    if order is not None:
        once = np.where(np.arange(rows.shape[1])[moving(names)] == at, 0, order)
        first = np.argsort(-(rows[:, moving(names)] @ once), kind="stable")[:MOST]
        rows[:, at] = read[first].min()
        rows[first, at] = read[first]
    return rows


def moving(names: Sequence[str]) -> np.ndarray:
    """Which of the widened columns differ between candidates, shape (columns,): the order's own."""
    every = [*names, *BY_LANGUAGE, "q_french"]
    return np.array([not name.startswith("q_") for name in every])


def free(names: Sequence[str]) -> np.ndarray:
    """Which of the widened columns are fitted, shape (columns,)."""
    return np.array([name not in BY_HAND for name in (*names, *BY_LANGUAGE, "q_french")])


def fit(chosen: Sequence[Example], names: Sequence[str], penalty: float) -> Weights:
    """Both sets of weights. The order is fitted twice: to know what is read, and with what was read."""
    own, before, order = moving(names), in_force(names), None
    for _ in range(2):
        rows = [widened(example, names, order) for example in chosen]
        asked = [
            (r[:, own], e) for r, e in zip(rows, chosen, strict=True) if e.relevant.any() and e.shares[0]
        ]
        order = fit_order(
            [each for each, _ in asked],
            [e.relevant for _, e in asked],
            [e.shares[0] for _, e in asked],
            before.order,
            free(names)[own],
        )
    rows = [widened(example, names, order) for example in chosen]
    first = [np.argsort(-(own_rows[:, own] @ order), kind="stable")[:MOST] for own_rows in rows]
    every = np.vstack([own_rows[at] for own_rows, at in zip(rows, first, strict=True)])
    right = np.concatenate([e.relevant[at] for e, at in zip(chosen, first, strict=True)])
    shares = np.concatenate([np.full(len(at), e.shares[1]) for e, at in zip(chosen, first, strict=True)])
    return Weights(order, *fit_chance(every, right, shares, before.chance, free(names), penalty))


def fit_chance(
    rows: np.ndarray,
    right: np.ndarray,
    shares: np.ndarray,
    before: np.ndarray,
    fitted: np.ndarray,
    penalty: float,
) -> tuple[np.ndarray, float]:
    """A logistic regression, near `before` where the questions say nothing: weights (columns,) and bias.

    What is not `fitted` stays as it was before.
    """
    scaler = StandardScaler().fit(rows, sample_weight=shares)
    every, known = scaler.transform(rows), before * scaler.scale_

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds, moved = every @ weights[:-1] + weights[-1], weights[:-1] - known
        missed = float((shares * np.logaddexp(0, np.where(right, -odds, odds))).sum())
        pull = shares * (expit(odds) - right)
        down = fitted * (every.T @ pull + moved / penalty)
        return missed + moved @ moved / penalty / 2, np.append(down, pull.sum())

    found = minimize(loss, np.append(known, 0.0), jac=True, method="L-BFGS-B", options={"maxiter": 1_000}).x
    chance = found[:-1] / scaler.scale_
    return chance, float(found[-1] - chance @ scaler.mean_)


def fit_order(
    rows: list[np.ndarray],
    relevant: list[np.ndarray],
    shares: list[float],
    before: np.ndarray,
    fitted: np.ndarray,
) -> np.ndarray:
    """Weights by which the candidates that are relevant come first, shape (columns,); near `before`.

    What is not `fitted` stays as it was before.
    """
    # News alone set the scale, so that the penalty means the same whatever is fitted beside.
    scaler = StandardScaler().fit(np.vstack([r for r, share in zip(rows, shares, strict=True) if share == 1]))
    every, right, share = scaler.transform(np.vstack(rows)), np.concatenate(relevant), np.array(shares)
    sizes = [len(each) for each in rows]
    first, question = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(rows)), sizes)
    known = before * scaler.scale_

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds, moved = every @ weights, weights - known
        raised = np.exp(odds - np.maximum.reduceat(odds, first)[question])
        all_, those = np.add.reduceat(raised, first), np.add.reduceat(raised * right, first)
        pull = share[question] * (raised / all_[question] - raised * right / those[question])
        missed = float((share * np.log(all_ / those)).sum() + ORDER_PENALTY * (moved @ moved) / 2)
        return missed, fitted * (every.T @ pull + ORDER_PENALTY * moved)

    found = minimize(loss, known, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return np.asarray(found.x / scaler.scale_)


def in_force(names: Sequence[str]) -> Weights:
    """The weights of `qa/weights.toml` by column; 0 for a feature that it does not know yet."""
    chances, orders = ({lang: of(lang) for lang in ("en", "fr")} for of in (weights_of, order_of))

    def columns(tables: dict[str, Mapping[str, float]]) -> list[float]:
        english, french = tables["en"], tables["fr"]
        apart = [french.get(name, 0.0) - english.get(name, 0.0) for name in BY_LANGUAGE]
        return [*(english.get(name, 0.0) for name in names), *apart]

    chance = np.array([*columns(chances), chances["fr"]["bias"] - chances["en"]["bias"]])
    return Weights(np.array([*columns(orders), 0.0])[moving(names)], chance, chances["en"]["bias"])


def scored(example: Example, names: Sequence[str], weights: Weights) -> Scores:
    """The log-odds of the candidates' chances, and their standing, as `qa.rank` reckons them."""
    rows = widened(example, names, weights.order)
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
    """Print the measures by file of questions and language."""
    for file, language in sorted({(e.file, e.query.language) for e in all_}):
        own = [
            (e, s)
            for e, s in zip(all_, scores, strict=True)
            if (e.file, e.query.language) == (file, language)
        ]
        yes = [(e, s) for e, s in own if e.answered]
        top = sorted(s.most for _, s in yes)
        no = [s.most for e, s in own if not e.query.relevant]
        bare, other = (
            [s.most for e, s in own if e.variant is variant] for variant in (Variant.BARE, Variant.RENAMED)
        )
        hit = np.mean([e.relevant[s.standing.argmax()] for e, s in yes])
        best = np.mean([e.best[np.argsort(-s.standing)[:5]].any() for e, s in yes])
        mrr = np.mean([reciprocal(e, s.standing) for e, s in yes])
        area, area_bare, area_other = (area_under(top, those) for those in (no, bare, other))
        line = top[int(len(top) * (1 - KEPT))]
        refused = np.mean([score < line for score in no]) if no else float("nan")
        print(
            f"{file:10} {language} {len(yes):3} + {len(no):2}  hit@1 {hit:.3f}  "
            f"best@5 {best:.3f}  MRR {mrr:.3f}  AUROC {area:.3f}, bare {area_bare:.3f}, "
            f"renamed {area_other:.3f}  "
            f"refused at 93 % kept {refused:.2f}"
        )


def area_under(yes: Sequence[float], no: Sequence[float]) -> float:
    """How often one of `yes` is above one of `no`."""
    pairs = np.array(yes)[:, None] - np.array(no)[None]
    return float(np.mean((pairs > 0) + 0.5 * (pairs == 0))) if pairs.size else float("nan")


def thresholds(all_: Sequence[Example], scores: Sequence[Scores]) -> dict[str, float]:
    """The chances that keep 85, 98 and 99.5 % of the plain questions that have an answer."""
    plain = [s for e, s in zip(all_, scores, strict=True) if e.answered and e.plain]
    top = [expit(s.most) for s in plain]
    share = {"careful": 0.15, "default": 0.02, "eager": 0.005}
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
    others = names_in([*(file for _, file in given.corpus), *(Path(file) for _, file, _, _ in given.beside)])
    for corpus, file in given.corpus:
        found, names = examples(corpus, file, (1, 1), True, others)
        all_ += found
    for corpus, file, order, chance in given.beside:
        found, names = examples(Path(corpus), Path(file), (float(order), float(chance)), False, others)
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
