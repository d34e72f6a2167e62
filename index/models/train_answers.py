"""Second stage: teach the trained encoder to lead from a question to the sentence that answers it.

Translation teaches that a sentence lies near its translation; a question lies near its
answer only as far as the English teacher knew.  Here questions written for this purpose
(`train_answers.tsv`: the numbers of the lines of train.tsv.gz that answer, best first, and the
question) are drawn to their sentence and away from the other sentences of its article
and of the batch, by sentence vectors and by late interaction.  A passage is taken in
English now and then, a question is typed in haste now and then.  Every step also repeats
a part of the first stage, so that the two languages and the teacher's space stay where
they are.

  python -m index.models.train_answers --pairs PAIRS --teacher TEACHER --start OUT --out OUT2 --minutes 30

The learning rate follows the clock, as in train.py; `OUT2` has the same form as `OUT`.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as fn
from transformers import BertModel

from index.lexical import fold
from index.models.run import Run, begin
from index.models.train import Teacher, forward, late_interaction, read_pairs, slips
from index.stopwords import ENGLISH, FRENCH

STOP = {"fr": FRENCH, "en": ENGLISH}
WHEN = re.compile(
    r"\b(19|20)\d\d\b|[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|day\b|janvier|mars|juin|May|June"
)
WHY = re.compile(r"\b(car|parce|cause|raison|because|since|due|afin|pour|to)\b")
LEADS = {
    "fr": {
        "what": ["", "", "que sait-on", "quel", "quelle", "qu'est-ce que", "comment"],
        "who": ["qui", "qui a dit", "selon qui", "qui"],
        "where": ["où", "ou", "dans quel pays"],
        "how_many": ["combien", "combien de", "combien de", "nombre de", "quel nombre de"],
        "when": ["quand", "depuis quand", "date"],
        "why": ["pourquoi", "pour quelle raison"],
    },
    "en": {
        "what": ["", "", "what", "what about", "which", "how"],
        "who": ["who", "who said", "according to whom", "who"],
        "where": ["where", "in which country"],
        "how_many": ["how many", "how many", "how much", "number of"],
        "when": ["when", "since when", "date"],
        "why": ["why", "reason for"],
    },
}
ASKED = Path(__file__).with_name("train_answers.tsv")
# The articles on which retrieval is judged.
LEFT_OUT = Path(__file__).with_name("train_left_out.txt")
QUESTIONS, HARD, NEAR = 28, 3, 12
REPEATED, REPEATED_QUESTIONS, ENGLISH_TOO = 32, 10, 16
MAX_TOKENS = 72


@dataclass(frozen=True)
class Asked:
    """A question and the numbers of the lines that answer it, best first."""

    question: str
    lines: tuple[int, ...]


def terse(text: str, language: str, rng: random.Random) -> str | None:
    """A question as typed in haste, made of some words of a sentence; None for a sentence of few words.

    Its first word fits the sentence: how many where a number stands, when where a day does.
    """
    words = [w for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text) if fold(w) not in STOP[language]]
    if len(words) < 6:
        return None
    at = rng.randrange(len(words) - 3)
    near = words[at : at + rng.randrange(4, 9)]
    kept = sorted(rng.sample(range(len(near)), min(len(near), rng.randrange(2, 5))))
    matter = [near[i] for i in kept if not near[i].isdigit()]
    if not matter:
        return None
    kinds = ["what", "who", "where"] + ["how_many"] * 3 * bool(re.search(r"\d", text))
    kinds += ["when"] * bool(WHEN.search(text)) + ["why"] * 2 * bool(WHY.search(fold(text)))
    lead = rng.choice(LEADS[language][rng.choice(kinds)])
    said = " ".join([*matter, lead] if rng.random() < 0.15 else [lead, *matter])
    said = said.lower() if rng.random() < 0.4 else said
    return said.strip() + rng.choice(["", " ?", "?"])


def read_asked(file: Path, left_out: set[int]) -> list[Asked]:
    """The questions none of whose lines is left out."""
    found = []
    for row in file.read_text("utf-8").splitlines():
        numbers, _, question = row.partition("\t")
        lines = tuple(int(number) for number in numbers.split(","))
        if question.strip() and not left_out & set(lines):
            found.append(Asked(question.strip(), lines))
    return found


def read_lines(folder: Path) -> tuple[list[str], list[str], list[bool]]:
    """The French and the English side of every line, and which lines are news, counted from 0."""
    fr, en, news = [], [], []
    with gzip.open(folder / "train.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            origin, french, english = line.rstrip("\n").split("\t")[:3]
            fr.append(french)
            en.append(english)
            news.append(origin.startswith("news"))
    return fr, en, news


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


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, required=True)
    ap.add_argument("--start", type=Path, required=True, help="the folder train.py wrote")
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--asked", type=Path, default=ASKED)
    ap.add_argument(
        "--leave-out",
        type=Path,
        default=LEFT_OUT,
        help="numbers of lines not to learn from, FIRST-LAST, one range a line",
    )
    ap.add_argument("--minutes", type=float, default=42)
    ap.add_argument("--made", type=float, default=0.25, help="share of the questions that are made")
    ap.add_argument("--rate", type=float, default=5e-5)
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    rng, say = begin(args.out, args.threads)

    left_out: set[int] = set()
    for row in args.leave_out.read_text("utf-8").split():
        first, _, last = row.partition("-")
        left_out |= set(range(int(first), int(last or first) + 1))
    fr, en, news = read_lines(args.pairs)
    asked = read_asked(args.asked, left_out)
    pairs, _ = read_pairs(args.pairs)
    gone_fr = {fr[n - 1] for n in left_out}
    pairs = [pair for pair in pairs if pair[0] not in gone_fr]
    questions_too = [pair for pair in pairs if pair[1].endswith("?")]
    told = [
        n for n in range(1, len(fr) + 1) if news[n - 1] and n not in left_out and 60 < len(fr[n - 1]) < 300
    ]
    say(len(asked), "questions,", len(pairs), "pairs, of them questions", len(questions_too))
    tok = Tokenizer.from_file(str(args.start / "tokenizer.json"))
    student = BertModel.from_pretrained(args.start, add_pooling_layer=False)
    pad = student.config.pad_token_id
    old_tok = Tokenizer.from_file(str(args.teacher / "tokenizer.json"))
    old_tok.no_padding()
    teacher = Teacher(BertModel.from_pretrained(args.teacher), old_tok)

    def ids_of(texts: list[str]) -> list[list[int]]:
        tok.no_padding()
        tok.enable_truncation(MAX_TOKENS)
        return [e.ids for e in tok.encode_batch(texts)]

    run = Run(student, tok, rate=args.rate, table_rate=3 * args.rate, smooth=0.98)
    log: dict[str, list[float]] = defaultdict(list)
    start, noted = time.time(), 0.0
    queue: list[Asked] = []
    student.train()
    while (gone := (time.time() - start) / 60 / args.minutes) < 1:
        if len(queue) < QUESTIONS:
            queue = rng.sample(asked, len(asked))
        written = round(QUESTIONS * (1 - args.made))
        batch, queue = queue[:written], queue[written:]
        while len(batch) < QUESTIONS:
            n = rng.choice(told)
            language = rng.choice(("fr", "en"))
            if question := terse((fr if language == "fr" else en)[n - 1], language, rng):
                batch.append(Asked(question, (n,)))
        rate = min(1.0, gone / 0.05 + 0.02) * (1.0 - gone)
        texts, lines = [], []
        for one in batch:
            side = en if rng.random() < 0.2 else fr
            texts.append(side[one.lines[0] - 1])
            lines.append(one.lines[0])
        answers = {n for one in batch for n in one.lines}
        for one in batch:
            n = one.lines[0]
            near = [
                m
                for m in range(max(1, n - NEAR), min(len(fr), n + NEAR) + 1)
                if m not in answers and news[m - 1] and len(fr[m - 1]) > 30
            ]
            for m in rng.sample(near, min(HARD, len(near))):
                texts.append(fr[m - 1])
                lines.append(m)
        questions = [slips(one.question, rng) for one in batch]
        q_tok, q_vec, q_in = forward(student, ids_of(questions), pad)
        p_tok, p_vec, p_in = forward(student, ids_of(texts), pad)
        # Other lines that answer are no wrong answers.
        right = torch.zeros(len(batch), len(texts), dtype=torch.bool)
        for i, one in enumerate(batch):
            for j, n in enumerate(lines):
                right[i, j] = n in one.lines and j != i
        gold = torch.arange(len(batch))
        by_vector = fn.cross_entropy((q_vec @ p_vec.T * 20).masked_fill(right, -1e4), gold)
        late = meet(q_tok, q_in, p_tok, p_in) * 25
        by_token = fn.cross_entropy(late.masked_fill(right, -1e4), gold)
        # What was learnt before is repeated.
        again = rng.sample(pairs, REPEATED - REPEATED_QUESTIONS) + rng.sample(
            questions_too, REPEATED_QUESTIONS
        )
        at = teacher([e for _, e in again])
        target = teacher.vectors[at]
        few = rng.sample(range(REPEATED), ENGLISH_TOO)
        tokens, vectors, inner = forward(
            student, ids_of([f for f, _ in again] + [again[i][1] for i in few]), pad
        )
        far = 1 - (vectors * torch.cat([target, target[few]])).sum(1)
        pull, pull_en = far[:REPEATED].mean(), far[REPEATED:].mean()
        back = fn.cross_entropy(vectors[:REPEATED] @ target.T * 20, torch.arange(REPEATED))
        _, li_far = late_interaction(tokens[:REPEATED], inner[:REPEATED], [teacher.tokens[i] for i in at])
        loss = by_vector + by_token + 3.0 * pull + 5.0 * pull_en + 0.5 * back + 0.7 * li_far
        run.step(loss, rate)
        found = late.masked_fill(right, -1e4).argmax(1) == gold
        values = {
            "vector": by_vector,
            "token": by_token,
            "pull": pull,
            "pull_en": pull_en,
            "back": back,
            "li_far": li_far,
        }
        for name, value in values.items():
            log[name].append(float(value.detach()))
        log["first"].append(float(found.float().mean()))
        if gone >= noted:
            say(f"step {run.steps} {gone:.3f}", {k: round(float(np.mean(v)), 3) for k, v in log.items()})
            log.clear()
            noted = gone + 0.05
            run.save(args.out / "last")
    run.save(args.out)
    say("end", run.steps)


if __name__ == "__main__":
    main()
