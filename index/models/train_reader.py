"""Third stage: teach a small network to read a question and a passage together (`qa/ranking/reread.py`).

It reads the token vectors of an encoder.  That encoder knows by heart the questions it learnt
from, and readers of those would see answers stand out as they never do in service; so the
questions of `train_answers.tsv` are read as the encoder left them that had not met them
(`--before-news`; `--met` names the few it had), those of `train_dossiers.txt` likewise
(`--before-dossiers`).  `train_twins.tsv` says questions in the other language.

What it learns is which of the eight likeliest sentences answers, or that none does.  Near
misses have a wording of their own: three of four are known by the question alone.  A reader
that learnt this would know their writer and not the answer.  Therefore every other question
loses its answer, and a guess from the question alone, made by a network that never saw this
question, is added to the odds while the reader learns (a product of experts, Clark et al.
2019): what the guess explains the reader need not.

  python -m index.models.train_reader --pairs PAIRS --before-news A --before-dossiers B \\
      --met OLD/train_answers.tsv --out reader.onnx

Prints, on every twentieth article, how often the answer comes first among the eight, and how
often the best of them stands higher than the best of another question without its answer.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier
from torch import nn
from torch.nn import functional as fn

from index.encoders.trace import traced
from index.models.load import DIMENSION as SIZE
from index.models.train_answers import ASKED, DOSSIERS, LEFT_OUT, Student
from index.models.train_asked import read_asked, read_dossiers, read_lines, read_ranges

TWINS = Path(__file__).with_name("train_twins.tsv")
# Candidates of a question; how far from its lines they stand; what a step from a passage leaves.
CANDIDATES, AROUND, STEP = 8, 25, 0.9
HEADS, LONGEST, HELD_OUT = 4, 64, 20
NONE = -1

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Question:
    """A question, the passages it is asked of, and those that answer, by number; `group` is its article."""

    text: str
    among: tuple[int, ...]
    answers: frozenset[int]
    group: int


@dataclass(frozen=True)
class Corpus:
    """Passages, the one before each and the first of its article (or NONE), questions."""

    passages: list[str]
    before: list[int]
    first: list[int]
    questions: list[Question]


@dataclass(frozen=True)
class Tokens:
    """Token vectors of many texts behind one another, where each begins, and the texts' own vectors."""

    rows: NDArray[np.float16]
    starts: NDArray[np.int64]
    vectors: Floats

    def of(self, number: int) -> Floats:
        return self.rows[self.starts[number] : self.starts[number + 1]].astype(np.float32)


@dataclass(frozen=True)
class Example:
    """A question by number, its candidates, which are right, and how near they are.

    `qa.ranking.reread.read` tells of the last.
    """

    question: int
    candidates: NDArray[np.int64]
    right: NDArray[np.bool_]
    cosines: Floats
    met: Floats
    group: int


# ---------------------------------------------------------------- what is asked


def news(folder: Path, met: Path, left_out: set[int]) -> Corpus:
    """The questions on the pairs that stand not in `met`, asked of the French lines around their own."""
    lines = read_lines(folder)
    known = set(read_asked(met, left_out))
    new = [one for one in read_asked(ASKED, left_out) if one not in known]
    size = len(lines.french)
    told = [lines.in_order[n] and n + 1 not in left_out for n in range(size)]
    questions = []
    for one in new:
        own = {n - 1 for n in one.lines}
        near = {m for n in own for m in range(max(0, n - AROUND), min(size, n + AROUND + 1)) if told[m]}
        answers = frozenset(own if one.answered else ())
        questions.append(Question(one.question, tuple(sorted(near)), answers, one.lines[0] // 60))
    before = [n - 1 if n and told[n - 1] else NONE for n in range(size)]
    return Corpus(lines.french, before, [NONE] * size, questions)


def dossiers(file: Path) -> Corpus:
    """The questions on the dossiers, each asked of all sentences of its own."""
    corpus = Corpus([], [], [], [])
    for group, dossier in enumerate(read_dossiers(file), 1):
        titles, places, first = dict(dossier.titles), [], NONE
        for at, sentence in enumerate(dossier.sentences):
            before = len(corpus.passages) - 1
            if at in titles:
                before, first = NONE, len(corpus.passages)
                _add(corpus, titles[at], NONE, NONE)
            places.append(len(corpus.passages))
            _add(corpus, sentence, before, first)
        for one in dossier.asked:
            answers = frozenset(places[n - 1] for n in one.lines if one.answered)
            corpus.questions.append(Question(one.question, tuple(places), answers, group))
    return corpus


def _add(corpus: Corpus, text: str, before: int, first: int) -> None:
    corpus.passages.append(text)
    corpus.before.append(before)
    corpus.first.append(first)


def with_twins(corpus: Corpus, file: Path) -> Corpus:
    """The questions, and behind them each once more in the other language where that is known."""
    rows = (row.partition("\t") for row in file.read_text("utf-8").splitlines())
    twins = {said: again for said, _, again in rows}
    also = [replace(one, text=twins[one.text]) for one in corpus.questions if one.text in twins]
    return replace(corpus, questions=corpus.questions + also)


# ---------------------------------------------------------------- what the encoder makes of it


def encode(student: Student, texts: Sequence[str], batch: int = 48) -> Tokens:
    """Token vectors without the marks at both ends."""
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    rows: list[NDArray[np.float16]] = [np.empty((0, 0), np.float16)] * len(texts)
    vectors = np.empty((len(texts), student.model.config.hidden_size), np.float32)
    student.model.eval()
    for at in range(0, len(order), batch):
        chosen = order[at : at + batch]
        with torch.inference_mode():
            tokens, whole, inner = student.encode([texts[n] for n in chosen])
        for n, own, vector, there in zip(chosen, tokens, whole, inner, strict=True):
            rows[n], vectors[n] = own[there > 0].half().numpy(), vector.numpy()
    return Tokens(np.concatenate(rows), np.cumsum([0, *map(len, rows)]), vectors)


def examples(corpus: Corpus, questions: Tokens, passages: Tokens) -> Iterator[Example]:
    """The likeliest passages of each question; one that answers is always among them."""
    for number, one in enumerate(corpus.questions):
        words = questions.of(number)
        if not len(words) or not one.among:
            continue
        own = _met(words, one.among, passages)
        before = _met(words, [corpus.before[n] for n in one.among], passages)
        first = _met(words, [corpus.first[n] for n in one.among], passages)
        seen = _around(own, before, first)
        cosines = passages.vectors[list(one.among)] @ questions.vectors[number]
        likely = np.argsort(-(own.mean(1) + 0.3 * seen.mean(1) + 0.3 * cosines), kind="stable")
        right = np.array([n in one.answers for n in one.among])
        kept = likely[:CANDIDATES]
        if right.any() and not right[kept].any():
            kept[-1] = likely[right[likely]][0]
        met = np.stack([own, before, first, seen.max(0) - seen], -1)[kept]
        yield Example(number, np.array(one.among)[kept], right[kept], cosines[kept], met, one.group)


def _met(words: Floats, numbers: Sequence[int], passages: Tokens) -> Floats:
    """How well each token is met in each passage, shape (passages, tokens); 0 in none."""
    found = np.zeros((len(numbers), len(words)), np.float32)
    for at, number in enumerate(numbers):
        if number != NONE and len(rows := passages.of(number)):
            found[at] = (rows @ words.T).max(0)
    return found


def _around(own: Floats, before: Floats, first: Floats) -> Floats:
    """How well each token is met in a passage or its context, as `qa.ranking.found` has it."""
    return np.maximum(own, STEP * np.maximum(before, first))


def without_answer(example: Example) -> Example:
    """The same question where nothing answers it."""
    wrong = ~example.right
    met = example.met[wrong]
    if len(met):
        seen = _around(met[..., 0], met[..., 1], met[..., 2])
        met[..., 3] = seen.max(0) - seen
    return replace(
        example,
        candidates=example.candidates[wrong],
        right=example.right[wrong],
        cosines=example.cosines[wrong],
        met=met,
    )


def guessed(all_: Sequence[Example], questions: Tokens) -> Floats:
    """The log-odds that a question is answered, from its words alone, where half lose their answer.

    By question number; each by a network that saw no question of its article.
    """
    asked = questions.vectors[[one.question for one in all_]]
    answered, groups = np.array([one.right.any() for one in all_]), np.array([one.group for one in all_])
    chance = np.zeros(len(all_))
    for seen, unseen in GroupKFold(4).split(asked, answered, groups):
        network = MLPClassifier((64,), max_iter=6, random_state=0, alpha=1e-3)
        chance[unseen] = network.fit(asked[seen], answered[seen]).predict_proba(asked[unseen])[:, 1]
    chance = chance.clip(0.02, 0.98) / 2
    odds = np.zeros(len(questions.vectors), np.float32)
    odds[[one.question for one in all_]] = np.log(chance / (1 - chance))
    return odds


# ---------------------------------------------------------------- the reader


class Layer(nn.Module):  # type: ignore[misc]
    """From the question's tokens into the passage, among themselves, and a network for each."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.ln1, self.ln2, self.ln3 = (nn.LayerNorm(width) for _ in range(3))
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.beta = nn.Parameter(torch.full((HEADS,), 8.0))
        self.qkv, self.o2 = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(
        self,
        state: torch.Tensor,
        rows: torch.Tensor,
        alike: torch.Tensor,
        absent: torch.Tensor,
        own: torch.Tensor,
    ) -> torch.Tensor:
        into = self.beta[:, None, None] * alike + absent
        state = state + self.o(attend(self.q(self.ln1(state)), self.k(rows), self.v(rows), into))
        query, key, value = self.qkv(self.ln2(state)).chunk(3, -1)
        state = state + self.o2(attend(query, key, value, own))
        return state + self.f2(fn.gelu(self.f1(self.ln3(state))))


def attend(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, pull: torch.Tensor) -> torch.Tensor:
    """Attention by `HEADS` heads; `pull` is added to its logits (n, heads, t, u)."""
    n, t, width = query.shape
    query, key, value = (x.view(n, -1, HEADS, width // HEADS).transpose(1, 2) for x in (query, key, value))
    near = (query @ key.transpose(2, 3) / (width // HEADS) ** 0.5 + pull).softmax(-1)
    return (near @ value).transpose(1, 2).reshape(n, t, width)


class Reader(nn.Module):  # type: ignore[misc]
    """`qa.ranking.reread` tells what goes in and what comes out."""

    def __init__(self, width: int, layers: int, drop: float = 0.1) -> None:
        super().__init__()
        self.wq, self.wp, self.sc, self.cos = (nn.Linear(n, width) for n in (SIZE, SIZE, 4, 1))
        self.layers = nn.ModuleList(Layer(width) for _ in range(layers))
        self.ln, self.h1, self.h2 = nn.LayerNorm(2 * width), nn.Linear(2 * width, width), nn.Linear(width, 1)
        self.lin, self.drop = nn.Linear(4, 1), nn.Dropout(drop)
        nn.init.zeros_(self.h2.weight)

    def forward(
        self,
        asked: torch.Tensor,
        there: torch.Tensor,
        passage: torch.Tensor,
        inner: torch.Tensor,
        met: torch.Tensor,
        cosines: torch.Tensor,
    ) -> torch.Tensor:
        """`there` (n, t) and `inner` (n, u) tell which tokens are a text's own."""
        alike, absent = (asked @ passage.transpose(1, 2))[:, None], (inner[:, None, None] - 1) * 1e4
        own = (there[:, None, None] - 1) * 1e4
        state = self.drop(self.wq(asked) * 4 + self.sc(met) + self.cos(cosines[:, None])[:, None])
        rows = self.drop(self.wp(passage * 4))
        for layer in self.layers:
            state = layer(state, rows, alike, absent, own)
        mask = there[:, :, None]
        mean = (state * mask).sum(1) / mask.sum(1)
        pooled = self.ln(torch.cat([mean, state.masked_fill(mask == 0, -1e4).amax(1)], -1))
        judged = self.h2(fn.gelu(self.h1(self.drop(pooled))))
        return (judged + self.lin((met * mask).sum(1) / mask.sum(1)))[:, 0]


class Served(nn.Module):  # type: ignore[misc]
    """The reader of one question and several passages, as `qa.ranking.reread` runs it."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self,
        asked: torch.Tensor,
        passages: torch.Tensor,
        inner: torch.Tensor,
        met: torch.Tensor,
        cosines: torch.Tensor,
    ) -> torch.Tensor:
        return self.reader(asked[None], torch.ones_like(met[:1, :, 0]), passages, inner, met, cosines)


def exported(reader: Reader) -> bytes:
    """The reader as the content of an ONNX file; `qa.ranking.reread` tells what goes in and comes out."""
    asked, passages = torch.rand(6, SIZE), torch.rand(3, 9, SIZE)
    given = {
        "asked": asked,
        "passages": passages,
        "inner": torch.ones(3, 9),
        "met": torch.rand(3, 6, 4),
        "cosines": torch.rand(3),
    }
    texts, asks, reads = (torch.export.Dim(name, max=512) for name in ("passages", "asked", "longest"))
    sides = {
        "asked": {0: asks},
        "passages": {0: texts, 1: reads},
        "inner": {0: texts, 1: reads},
        "met": {0: texts, 1: asks},
        "cosines": {0: texts},
    }
    return traced(Served(reader).eval(), given, sides, "odds")


@dataclass(frozen=True)
class Kind:
    """One kind of corpus, encoded: its examples to learn from and those held out."""

    questions: Tokens
    passages: Tokens
    guess: Floats
    learnt: list[Example]
    held_out: list[Example]

    def odds(self, reader: Reader, chosen: Sequence[Example]) -> torch.Tensor:
        """The reader's log-odds of each candidate, (len(chosen), CANDIDATES); -1e4 where there is none."""
        pairs = [(at, n) for at, one in enumerate(chosen) for n in one.candidates]
        asked, there = _padded([self.questions.of(chosen[at].question) for at, _ in pairs])
        passage, inner = _padded([self.passages.of(n)[:LONGEST] for _, n in pairs])
        met, _ = _padded([row for one in chosen for row in one.met])
        cosines = torch.from_numpy(np.concatenate([one.cosines for one in chosen]))
        found = reader(asked, there, passage, inner, met, cosines)
        table = torch.full((len(chosen), CANDIDATES), -1e4)
        places = [place for one in chosen for place in range(len(one.candidates))]
        return table.index_put((torch.tensor([at for at, _ in pairs]), torch.tensor(places)), found)

    def loss(self, reader: Reader, chosen: Sequence[Example]) -> torch.Tensor:
        """How unlikely the reader and the guess find what answers; the last column stands for nothing."""
        guess = torch.from_numpy(self.guess[[one.question for one in chosen]])
        odds = fn.pad(self.odds(reader, chosen) + guess[:, None], (0, 1))
        right = torch.zeros_like(odds, dtype=torch.bool)
        for row, one in zip(right, chosen, strict=True):
            row[: len(one.right)] = torch.from_numpy(one.right)
        right[:, -1] = ~right.any(1)
        return -odds.log_softmax(1).masked_fill(~right, -1e4).logsumexp(1).mean()


def _padded(found: Sequence[Floats]) -> tuple[torch.Tensor, torch.Tensor]:
    """Matrices one above another, and which rows are theirs."""
    widest = max(map(len, found))
    rows, own = (
        np.zeros((len(found), widest, found[0].shape[1]), np.float32),
        np.zeros((len(found), widest), np.float32),
    )
    for at, matrix in enumerate(found):
        rows[at, : len(matrix)], own[at, : len(matrix)] = matrix, 1
    return torch.from_numpy(rows), torch.from_numpy(own)


def read_kind(corpus: Corpus, folder: Path) -> Kind:
    """Encode what is asked with the model in `folder`."""
    student = Student(folder)
    questions = encode(student, [one.text for one in corpus.questions])
    passages = encode(student, corpus.passages)
    all_ = list(examples(corpus, questions, passages))
    learnt = [one for one in all_ if one.group % HELD_OUT]
    held_out = [one for one in all_ if not one.group % HELD_OUT]
    return Kind(questions, passages, guessed(all_, questions), learnt, held_out)


def measured(kind: Kind, reader: Reader) -> tuple[float, float]:
    """On the examples held out: answers that come first, and answered ones above those without answer."""
    answered = [one for one in kind.held_out if one.right.any() and not one.right.all()]
    reader.eval()
    with torch.inference_mode():
        with_, bare = (
            torch.cat([kind.odds(reader, chosen[at : at + 64]) for at in range(0, len(chosen), 64)])
            for chosen in (answered, [without_answer(one) for one in answered])
        )
    reader.train()
    first = np.mean([one.right[at] for one, at in zip(answered, with_.argmax(1).tolist(), strict=True)])
    return float(first), float((with_.amax(1)[:, None] > bare.amax(1)[None]).float().mean())


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument(
        "--before-news", type=Path, required=True, help="an encoder that never met the questions on the pairs"
    )
    ap.add_argument("--before-dossiers", type=Path, required=True, help="one that never met the dossiers")
    ap.add_argument(
        "--met", type=Path, required=True, help="a train_answers.tsv that the first had learnt from"
    )
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=16)
    ap.add_argument("--width", type=int, default=64)
    ap.add_argument("--layers", type=int, default=2)
    ap.add_argument("--rate", type=float, default=1e-3)
    ap.add_argument("--batch", type=int, default=32)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    rng = random.Random(0)
    kinds = [
        read_kind(with_twins(news(args.pairs, args.met, read_ranges(LEFT_OUT)), TWINS), args.before_news),
        read_kind(with_twins(dossiers(DOSSIERS), TWINS), args.before_dossiers),
    ]
    print([len(kind.learnt) for kind in kinds], "questions", flush=True)
    reader = Reader(args.width, args.layers)
    optimizer = torch.optim.AdamW(reader.parameters(), lr=args.rate, weight_decay=0.05, betas=(0.9, 0.98))
    queues: list[list[Example]] = [[] for _ in kinds]
    start, noted, steps = time.time(), 0.1, 0
    while (done := (time.time() - start) / 60 / args.minutes) < 1:
        at = rng.randrange(len(kinds))
        if len(queues[at]) < args.batch:
            queues[at] = rng.sample(kinds[at].learnt, len(kinds[at].learnt))
        drawn = [queues[at].pop() for _ in range(args.batch)]
        bare = [one.right.any() and not one.right.all() and rng.random() < 0.5 for one in drawn]
        drawn = [without_answer(one) if b else one for one, b in zip(drawn, bare, strict=True)]
        for group in optimizer.param_groups:
            group["lr"] = args.rate * min(1.0, done / 0.05 + 0.01) * (1 - done)
        optimizer.zero_grad()
        kinds[at].loss(reader, drawn).backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        steps += 1
        if done > noted:
            noted += 0.3
            print(steps, *(measured(kind, reader) for kind in kinds), flush=True)
    print("end", steps, *(measured(kind, reader) for kind in kinds))
    args.out.write_bytes(exported(reader))


if __name__ == "__main__":
    main()
