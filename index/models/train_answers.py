"""Second stage: teach the trained encoder to lead from a question to the sentence that answers it.

Translation teaches that a sentence lies near its translation; a question lies near its
answer only as far as the English teacher knew.  Here questions written for this purpose
(`train_answers.tsv`: the numbers of the lines of train.tsv.gz that answer, best first, and the
question; `train_dossiers.txt`: the same on news invented for it)
are drawn to their sentence and away from the other sentences of its article
and of the batch, by sentence vectors and by late interaction.  The sentence in turn is
drawn to its question and away from the others, near misses among them: questions on
the same matter that no sentence of the article answers (a number with a minus).  A
passage is taken in English now and then, a question is typed in haste now and then.
Every step also repeats a part of the first stage, so that the two languages and the
teacher's space stay where they are.

  python -m index.models.train_answers --pairs PAIRS --teacher TEACHER --start OUT --out OUT2

The learning rate follows the clock, as in train.py; `OUT2` has the same form as `OUT`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as fn
from transformers import BertModel

from index.models.run import Run, begin
from index.models.train import Teacher, forward, late_interaction, read_pairs
from index.models.train_asked import Batch, Batches, add_dossiers, read_asked, read_lines, read_ranges

ASKED = Path(__file__).with_name("train_answers.tsv")
DOSSIERS = Path(__file__).with_name("train_dossiers.txt")
# The articles on which retrieval is judged.
LEFT_OUT = Path(__file__).with_name("train_left_out.txt")
REPEATED, REPEATED_QUESTIONS, ENGLISH_TOO = 32, 10, 20
MAX_TOKENS = 72
# What each loss counts.
WEIGHTS = {
    "vector": 1.0,
    "token": 1.0,
    "to_vector": 0.5,
    "to_token": 0.5,
    "pull": 5.0,
    "pull_en": 12.0,
    "twins": 2.0,
    "back": 1.0,
    "li_far": 0.7,
}

Pairs = list[tuple[str, str]]
Encoded = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class Student:
    """The model that learns, with its tokenizer."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.model = BertModel.from_pretrained(folder, add_pooling_layer=False)

    def encode(self, texts: list[str], parts: int = 1) -> Encoded:
        """As `forward` says; the texts run in `parts` of like length, since a third would be padding."""
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        width, size = len(ids[order[-1]]), -(-len(ids) // parts)
        found = [
            forward(self.model, [ids[row] for row in order[at : at + size]], self.model.config.pad_token_id)
            for at in range(0, len(ids), size)
        ]
        back = torch.argsort(torch.tensor(order))
        tokens = torch.cat([fn.pad(part, (0, 0, 0, width - part.shape[1])) for part, _, _ in found])
        inner = torch.cat([fn.pad(part, (0, width - part.shape[1])) for _, _, part in found])
        return tokens[back], torch.cat([part for _, part, _ in found])[back], inner[back]


def meet(
    question: torch.Tensor, asked: torch.Tensor, passage: torch.Tensor, inner: torch.Tensor
) -> torch.Tensor:
    """MaxSim: for each question token the best token of each passage, averaged; (questions, passages).

    `question` (q, t, d) with `asked` (q, t) telling its own tokens, `passage` (p, u, d) with `inner` (p, u).
    """
    q, t, d = question.shape
    p, u, _ = passage.shape
    near = (question.reshape(q * t, d) @ passage.reshape(p * u, d).T).view(q, t, p, u)
    best = near.masked_fill(inner[None, None] == 0, -1).amax(3)
    return (best * asked[:, :, None]).sum(1) / asked.sum(1).clamp_min(1)[:, None]


def retrieve(student: Student, batch: Batch) -> dict[str, torch.Tensor]:
    """The losses from each question to its passage and back, and the share that is found `first`."""
    own, near_misses = len(batch.questions), len(batch.near_misses)
    q_tok, q_vec, q_in = student.encode(batch.questions + batch.near_misses)
    p_tok, p_vec, p_in = student.encode(batch.passages, parts=3)
    gold, also = torch.arange(own), torch.from_numpy(batch.also)
    # A passage is no wrong one for another question that it answers, nor that question for it.
    also_back = fn.pad(also[:, :own].T, (0, near_misses))
    whole, late = q_vec @ p_vec.T * 20, meet(q_tok, q_in, p_tok, p_in) * 25
    found = late[:own].masked_fill(also, -1e4)
    return {
        "vector": fn.cross_entropy(whole[:own].masked_fill(also, -1e4), gold),
        "token": fn.cross_entropy(found, gold),
        "to_vector": fn.cross_entropy(whole[:, :own].T.masked_fill(also_back, -1e4), gold),
        "to_token": fn.cross_entropy(late[:, :own].T.masked_fill(also_back, -1e4), gold),
        "first": (found.argmax(1) == gold).float().mean(),
    }


def repeat(
    student: Student, teacher: Teacher, pairs: Pairs, questions: Pairs, rng: random.Random
) -> dict[str, torch.Tensor]:
    """The losses of some pairs of the first stage; the questions stand last, and in English too."""
    told = REPEATED - REPEATED_QUESTIONS
    again = rng.sample(pairs, told) + rng.sample(questions, REPEATED_QUESTIONS)
    few = [*rng.sample(range(told), ENGLISH_TOO - REPEATED_QUESTIONS), *range(told, REPEATED)]
    at = teacher([english for _, english in again])
    target = teacher.vectors[at]
    tokens, vectors, inner = student.encode([fr for fr, _ in again] + [again[i][1] for i in few], parts=3)
    far = 1 - (vectors * torch.cat([target, target[few]])).sum(1)
    _, li_far = late_interaction(tokens[:REPEATED], inner[:REPEATED], [teacher.tokens[i] for i in at])
    return {
        "pull": far[:REPEATED].mean(),
        "pull_en": far[REPEATED:].mean(),
        "twins": 1 - (vectors[few] * vectors[REPEATED:]).sum(1).mean(),
        "back": fn.cross_entropy(vectors[:REPEATED] @ target.T * 20, torch.arange(REPEATED)),
        "li_far": li_far,
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, required=True)
    ap.add_argument("--start", type=Path, required=True, help="the folder train.py wrote")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--asked", type=Path, default=ASKED)
    ap.add_argument("--dossiers", type=Path, default=DOSSIERS)
    ap.add_argument(
        "--leave-out",
        type=Path,
        default=LEFT_OUT,
        help="numbers of lines not to learn from, FIRST-LAST, one range a line",
    )
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--made", type=float, default=0.15, help="share of the questions that are made")
    ap.add_argument("--rate", type=float, default=5e-5)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    rng, say = begin(args.out, args.threads)

    left_out = read_ranges(args.leave_out)
    lines, told = add_dossiers(read_lines(args.pairs), args.dossiers)
    asked = read_asked(args.asked, left_out) + told
    batches = Batches(asked, lines, left_out, args.made, rng)
    gone = {lines.french[number - 1] for number in left_out}
    pairs = [pair for pair in read_pairs(args.pairs)[0] if pair[0] not in gone]
    questions = [pair for pair in pairs if pair[1].endswith("?")]
    say(len(asked), "questions, near misses among them,", len(pairs), "pairs")
    student = Student(args.start)
    tokenizer = Tokenizer.from_file(str(args.teacher / "tokenizer.json"))
    teacher = Teacher(BertModel.from_pretrained(args.teacher), tokenizer)
    run = Run(student.model, student.tokenizer, rate=args.rate, table_rate=3 * args.rate, smooth=0.98)
    log: dict[str, list[float]] = defaultdict(list)
    start, noted = time.time(), 0.0
    student.model.train()
    while (done := (time.time() - start) / 60 / args.minutes) < 1:
        values = retrieve(student, batches.draw()) | repeat(student, teacher, pairs, questions, rng)
        loss = torch.stack([weight * values[name] for name, weight in WEIGHTS.items()]).sum()
        run.step(loss, min(1.0, done / 0.05 + 0.02) * (1.0 - done))
        for name, value in values.items():
            log[name].append(float(value.detach()))
        if done >= noted:
            say(f"step {run.steps} {done:.3f}", {k: round(float(np.mean(v)), 3) for k, v in log.items()})
            log.clear()
            noted = done + 0.05
            run.save(args.out / "last")
    run.save(args.out)
    say("end", run.steps)


if __name__ == "__main__":
    main()
