"""Last stage of the encoder: a French question takes the vectors of its English twin.

The English side of the model has seen a billion questions with their answers, the French side only
our pairs: hard French questions, asked in English of the same French articles, find their answers far
more often.  So the model that ships is its own teacher here.  A French question is drawn to the vectors
that the teacher gives the same question in English, by sentence, by token (late interaction)
and by how it ranks passages; French passages and English questions stay where they are, and so what was
learnt from their vectors (`reader.onnx`) stays true.

Questions in both languages: `train_twins.tsv`; those made by `train_questions.py`; and the
everyday pairs of train.tsv.gz, statements among them for their words.  A part is typed in haste.

  python -m index.models.train_twins --pairs PAIRS --out OUT

The learning rate follows the clock, as in train.py; `OUT` has the same form as train.py's.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as fn

from index.language import detect_question
from index.models.load import load_bundled
from index.models.run import Run, begin
from index.models.train import Pairs, late_interaction, read_pairs, slips, translations
from index.models.train_answers import ASKED, DOSSIERS, LEFT_OUT, Encoded, Student, meet
from index.models.train_asked import add_dossiers, read_asked, read_lines, read_ranges
from index.models.train_questions import make_questions

TWINS = Path(__file__).with_name("train_twins.tsv")
# In a batch: questions of each kind, passages, how many of these stay in place, and English questions.
WRITTEN, EVERYDAY, TOLD, MADE = 44, 10, 12, 8
PASSAGES, STAYING, ENGLISH_TOO = 32, 14, 10
HELD_OUT = 400
# A passage of the articles in a batch, in characters.
SHORTEST, LONGEST = 30, 300
HASTY = 0.15
# What each loss counts.
WEIGHTS = {
    "pull": 5.0,
    "back": 0.5,
    "li": 0.3,
    "li_far": 2.0,
    "ranks": 0.5,
    "ranks_token": 1.0,
    "staying": 10.0,
    "staying_token": 10.0,
    "english": 5.0,
    "english_token": 5.0,
}


class Teacher:
    """The shipped model's sentence and token vectors, each text encoded once."""

    def __init__(self, student: Student) -> None:
        self._student = student
        self._student.model.eval()
        self._known: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}

    def __call__(self, texts: Sequence[str]) -> tuple[list[torch.Tensor], torch.Tensor]:
        """Of each text the tokens' vectors (t, d), and the sentences' vectors (n, d)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                tokens, vectors, inner = self._student.encode(new, parts=min(3, len(new)))
            for text, own, vector, keep in zip(new, tokens, vectors, inner.bool(), strict=True):
                self._known[text] = own[keep].half(), vector.float()
        found = [self._known[text] for text in texts]
        return [tokens.float() for tokens, _ in found], torch.stack([vector for _, vector in found])


def read_twins(file: Path) -> Pairs:
    """The questions of a file with a question and its twin in the other language a line, French first."""
    rows = (row.split("\t") for row in file.read_text("utf-8").splitlines())
    return [(one, other) if detect_question(one) == "fr" else (other, one) for one, other in rows]


def shuffled(items: Sequence[tuple[str, str]], rng: random.Random) -> Iterator[tuple[str, str]]:
    """All of `items` in another order each time, for ever."""
    while True:
        yield from rng.sample(items, len(items))


def padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token vectors (n, t, d) of texts of unlike length, and a mask (n, t) of what is no padding."""
    tokens = torch.nn.utils.rnn.pad_sequence(list(rows), batch_first=True)
    inner = torch.zeros(tokens.shape[:2])
    for number, own in enumerate(rows):
        inner[number, : len(own)] = 1
    return tokens, inner


def apart(tokens: torch.Tensor, inner: torch.Tensor, wanted: Sequence[torch.Tensor]) -> torch.Tensor:
    """How far each token stands from the teacher's of the same text, on average."""
    own = tokens[inner.bool()]
    return 1 - (own * torch.cat(list(wanted))).sum(-1).mean()


def learn(student: Student, teacher: Teacher, pairs: Pairs, passages: list[str]) -> dict[str, torch.Tensor]:
    """The losses of a batch of questions in both languages, and of passages that they are asked of."""
    french, english = [fr for fr, _ in pairs], [en for _, en in pairs]
    wanted, target = teacher(english)
    passage_tokens, there = teacher(passages)
    (rows, inner), (asked, asked_inner) = padded(passage_tokens), padded(wanted)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tokens, vectors, own = _floats(student.encode(french, parts=2))
        kept_tokens, kept, kept_own = _floats(student.encode(passages[:STAYING], parts=2))
        en_tokens, en, en_own = _floats(student.encode(english[:ENGLISH_TOO]))
    li, li_far = late_interaction(tokens[:48], own[:48], wanted[:48])
    return {
        "pull": 1 - (vectors * target).sum(1).mean(),
        "back": fn.cross_entropy(vectors @ target.T * 20, torch.arange(len(pairs))),
        "li": li,
        "li_far": li_far,
        "ranks": _unlike(vectors @ there.T * 20, target @ there.T * 20),
        "ranks_token": _unlike(
            meet(tokens, own, rows, inner) * 25, meet(asked, asked_inner, rows, inner) * 25
        ),
        "staying": 1 - (kept * there[:STAYING]).sum(1).mean(),
        "staying_token": apart(kept_tokens, kept_own, passage_tokens[:STAYING]),
        "english": 1 - (en * target[:ENGLISH_TOO]).sum(1).mean(),
        "english_token": apart(en_tokens, en_own, wanted[:ENGLISH_TOO]),
    }


def _floats(encoded: Encoded) -> Encoded:
    tokens, vectors, inner = encoded
    return tokens.float(), vectors.float(), inner


def _unlike(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How unlike two rankings of the same passages are, as Kullback-Leibler divergence."""
    return fn.kl_div(fn.log_softmax(scores, 1), fn.softmax(wanted, 1), reduction="batchmean")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument("--start", type=Path, help="a folder that train.py wrote; else the model that ships")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=75)
    ap.add_argument("--rate", type=float, default=1.5e-4)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    rng, say = begin(args.out, args.threads)

    start = args.start or _shipped(args.out / "start")
    student, teacher = Student(start), Teacher(Student(start))
    left_out = read_ranges(LEFT_OUT)
    lines, told = add_dossiers(read_lines(args.pairs), DOSSIERS)
    answered = {
        one.question: one.lines[0] for one in [*read_asked(ASKED, left_out), *told] if one.lines[0] > 0
    }
    gone = {lines.french[number - 1] for number in left_out} | {""}
    passages = [text for text in lines.french if text not in gone and SHORTEST < len(text) < LONGEST]
    twins = [pair for pair in read_twins(TWINS) if answered.keys() & set(pair)]
    rng.shuffle(twins)
    held, twins = twins[:HELD_OUT], twins[HELD_OUT:]
    pairs = [pair for pair in read_pairs(args.pairs)[0] if pair[0] not in gone]
    everyday = _everyday(args.pairs, {fr for fr, _ in pairs})
    questions = [pair for pair in everyday if pair[1].endswith("?")]
    made = make_questions(pairs, translations(pairs), rng)
    kinds = ((twins, WRITTEN), (questions, EVERYDAY), (everyday, TOLD), (made, MADE))
    say([(len(items), items[0]) for items, _ in kinds], len(passages), "passages")
    sources = [(shuffled(items, rng), count) for items, count in kinds]

    run = Run(student.model, student.tokenizer, rate=args.rate, table_rate=3 * args.rate, smooth=0.997)

    def check() -> dict[str, float]:
        """How near unseen questions, in French and in English, are to the teacher's English vector."""
        own = {name: value.clone() for name, value in student.model.state_dict().items()}
        student.model.load_state_dict(run.average)
        target = teacher([en for _, en in held])[1]
        with torch.no_grad():
            near = [
                (student.encode([pair[side] for pair in held])[1] * target).sum(1).mean() for side in (0, 1)
            ]
        student.model.load_state_dict(own)
        return {name: round(float(value), 4) for name, value in zip(("twins", "english"), near, strict=True)}

    say("unseen", check())
    log: dict[str, list[float]] = defaultdict(list)
    begun, noted = time.time(), 0.0
    while (done := (time.time() - begun) / 60 / args.minutes) < 1:
        batch = [next(source) for source, count in sources for _ in range(count)]
        rng.shuffle(batch)
        numbers = [number for pair in batch for one in pair if (number := answered.get(one))]
        around = [lines.side(number, english=False) for number in numbers[: PASSAGES * 3 // 4]]
        around += rng.sample(passages, PASSAGES - len(around))
        rng.shuffle(around)
        values = learn(
            student,
            teacher,
            [(slips(fr, rng) if rng.random() < HASTY else fr, en) for fr, en in batch],
            around,
        )
        loss = torch.stack([weight * values[name] for name, weight in WEIGHTS.items()]).sum()
        run.step(loss, min(1.0, done / 0.05 + 0.02) * (1.0 - done))
        for name, value in values.items():
            log[name].append(float(value.detach()))
        if done >= noted:
            say(
                f"step {run.steps} {done:.3f}",
                {k: round(float(np.mean(v)), 4) for k, v in log.items()},
                check(),
            )
            log.clear()
            noted = done + 0.04
            run.save(args.out / "last")
    run.save(args.out)
    say("end", run.steps, check())


def _shipped(folder: Path) -> Path:
    """The model that ships, written to `folder` as train.py writes one."""
    bundled = load_bundled()
    bundled[0].auto_model.save_pretrained(folder)
    bundled.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _everyday(folder: Path, among: set[str]) -> Pairs:
    """Pairs of everyday speech, short ones, whose French side is `among` those to learn from."""
    with gzip.open(folder / "train.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t")[:3] for line in lines]
    return [
        (fr, en) for origin, fr, en in rows if origin.startswith("tatoeba") and fr in among and len(fr) < 120
    ]


if __name__ == "__main__":
    main()
