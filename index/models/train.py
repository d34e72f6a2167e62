"""Train the bundled French-English sentence encoder (multilingual distillation).

The student starts as all-MiniLM-L6-v2 (Apache-2.0).  Its vocabulary loses the
scripts that are not served and gains French word pieces; the vector of a new
whole word starts as the mean of the vectors of its English translations, as a
word-translation model (IBM model 1) finds them in the pairs.  The student then
learns to give French sentences, and English ones, the vectors that the
untouched English model (the teacher) gives the English side.  A second stage
(train_answers.py) leads questions to the sentences that answer them.

Losses, summed:
  * distance to the teacher's sentence vector;
  * contrast (temperature 1/20) against a bank of the teacher's vectors, and in
    the batch in the other direction;
  * late interaction: contrast and distance of MaxSim scores between the
    student's and the teacher's token vectors.

Data needed, none of it part of this project:
  PAIRS/train.tsv.gz    origin <tab> French <tab> English, one pair a line;
  TEACHER               a folder with all-MiniLM-L6-v2 (config.json,
                        tokenizer.json, model.safetensors).

  python -m index.models.train --pairs PAIRS --teacher TEACHER --out OUT --minutes 46.5

The learning rate follows the clock, so that a busy machine gives a shorter run
and not an unfinished one.  `OUT` receives a float32 folder; `export.py` makes
the 8-bit file that ships.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, normalizers
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer, Replace
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from tokenizers.trainers import WordPieceTrainer
from torch.nn import functional as fn
from transformers import BertConfig, BertModel

from index.models.run import Run, begin
from index.models.train_questions import make_questions

Pairs = list[tuple[str, str]]
Meaning = dict[str, list[tuple[str, float]]]
Row = tuple[list[int], str]  # French ids, English text

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
MAX_TOKENS = 80  # longer training sentences are left out: they cost the most time
BATCH_TOKENS = 2600
BANK = 4096
LI_TOKENS = 1800


# ---------------------------------------------------------------- pairs


def read_pairs(folder: Path) -> tuple[Pairs, Pairs]:
    """Pairs to learn from and 1,000 held out (500 news, 500 everyday) for decisions."""
    news: Pairs = []
    other: Pairs = []
    with gzip.open(folder / "train.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            origin, fr, en = line.rstrip("\n").split("\t")[:3]
            if fr != fr.rstrip() or not fr.strip() or not en.strip():
                continue  # cut-off sentences
            (news if origin.startswith("news") else other).append((fr, en))
    rng = random.Random(1)
    everyday = [p for p in other if len(p[0]) < 200]
    held = rng.sample(sorted(set(news)), 500) + rng.sample(sorted(set(everyday)), 500)
    left_fr, left_en = {p[0] for p in held}, {p[1] for p in held}
    train = [p for p in news + other if p[0] not in left_fr and p[1] not in left_en]
    return list(dict.fromkeys(train)), held


def is_question(text: str) -> bool:
    return text.rstrip(' "»”\u00a0').endswith("?")


# ---------------------------------------------------------------- vocabulary


def normalizer() -> normalizers.Normalizer:
    """Accents, case, apostrophes and quotation marks written alike; l', d', qu' split off."""
    same = [
        ("’", "'"),
        ("‘", "'"),
        ("ʼ", "'"),
        ("´", "'"),
        ("«", '"'),
        ("»", '"'),
        ("“", '"'),
        ("”", '"'),
        ("„", '"'),
        ("œ", "oe"),
        ("Œ", "oe"),
        ("æ", "ae"),
        ("Æ", "ae"),
    ]
    steps: list[normalizers.Normalizer] = [Replace(a, b) for a, b in same]
    steps.append(
        BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True)
    )
    steps.append(Replace(Regex(r"(?<=\b[ldjmtsnc])'(?=[a-z])"), " "))
    steps.append(Replace(Regex(r"(?<=\b(?:qu))'(?=[a-z])"), " "))
    return normalizers.Sequence(steps)


_NORMALIZER, _SPLIT = normalizer(), BertPreTokenizer()


def words_of(text: str) -> list[str]:
    return [w for w, _ in _SPLIT.pre_tokenize_str(_NORMALIZER.normalize_str(text))]


def served(piece: str) -> bool:
    """Whether a piece of the teacher is Latin, a digit, punctuation or a currency sign."""
    return piece in SPECIAL or all(
        ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2070 or 0x20A0 <= ord(c) < 0x20D0 or c in "™²³½" for c in piece
    )


def make_tokenizer(vocab: dict[str, int]) -> Tokenizer:
    tok = Tokenizer(WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
    tok.normalizer, tok.pre_tokenizer = normalizer(), BertPreTokenizer()
    tok.add_special_tokens(SPECIAL)
    tok.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(s, vocab[s]) for s in ("[CLS]", "[SEP]")],
    )
    return tok


def build_vocab(
    old: dict[str, int], french: list[str], size: int, least: int = 3
) -> tuple[dict[str, int], list[str]]:
    """The teacher's served pieces, then the French pieces used most."""
    kept = [p for p in sorted(old, key=old.__getitem__) if served(p) and not p.startswith("[unused")]
    learner = Tokenizer(WordPiece(unk_token="[UNK]"))
    learner.normalizer, learner.pre_tokenizer = normalizer(), BertPreTokenizer()
    learner.train_from_iterator(
        french,
        WordPieceTrainer(vocab_size=24_000, min_frequency=least, special_tokens=SPECIAL, show_progress=False),
    )
    have = set(kept)
    new = [p for p in learner.get_vocab() if p not in have and served(p)]
    counts = Counter(w for text in french for w in words_of(text))
    both = kept + new
    trial = make_tokenizer({p: i for i, p in enumerate(both)})
    used: Counter[str] = Counter()
    for word, n in counts.items():
        for piece in trial.encode(word, add_special_tokens=False).tokens:
            used[piece] += n
    new = sorted((p for p in new if used[p] >= least), key=lambda p: (-used[p], p))[:size]
    return {p: i for i, p in enumerate(kept + new)}, new


def translations(pairs: Pairs, rounds: int = 5) -> Meaning:
    """IBM model 1: for each French word its likely English words with probabilities."""
    fr_ids: dict[str, int] = defaultdict(lambda: len(fr_ids))
    en_ids: dict[str, int] = defaultdict(lambda: len(en_ids))
    f_list, e_list, slot_list, slot = [], [], [], 0
    for fr, en in pairs:
        f = [fr_ids[w] for w in words_of(fr)[:60]]
        e = [en_ids[w] for w in words_of(en)[:60]]
        for x in e:  # each English word is explained by one French word of its pair
            f_list += f
            e_list += [x] * len(f)
            slot_list += [slot] * len(f)
            slot += 1
    f_arr, e_arr, slots = np.array(f_list), np.array(e_list), np.array(slot_list)
    cell, where = np.unique(f_arr.astype(np.int64) * len(en_ids) + e_arr, return_inverse=True)
    cell_f, cell_e = cell // len(en_ids), cell % len(en_ids)
    prob = np.full(len(cell), 1.0)
    for _ in range(rounds):
        p = prob[where]
        p /= np.bincount(slots, p)[slots]
        count = np.bincount(where, p, len(cell))
        prob = count / np.bincount(cell_f, count)[cell_f]
    best: dict[str, list[tuple[str, float]]] = defaultdict(list)
    fr_names, en_names = list(fr_ids), list(en_ids)
    for i in np.flatnonzero(prob > 0.08):
        best[fr_names[cell_f[i]]].append((en_names[cell_e[i]], float(prob[i])))
    return {f: sorted(es, key=lambda x: -x[1])[:3] for f, es in best.items()}


def start_student(
    teacher: BertModel, old_tok: Tokenizer, vocab: dict[str, int], meaning: Meaning
) -> BertModel:
    """The teacher with the new vocabulary."""
    old = old_tok.get_vocab()
    table = teacher.embeddings.word_embeddings.weight.detach()
    norm = table.norm(dim=1).mean()

    def pieces_vector(text: str) -> torch.Tensor:
        ids = old_tok.encode(text, add_special_tokens=False).ids
        return table[ids or [old["[UNK]"]]].mean(0)

    rows = torch.empty(len(vocab), table.shape[1])
    for piece, i in vocab.items():
        if piece in old:
            rows[i] = table[old[piece]]
            continue
        vec = pieces_vector(piece.removeprefix("##"))
        if piece in meaning:
            total = sum(p for _, p in meaning[piece])
            sense = sum(p * pieces_vector(w) for w, p in meaning[piece]) / total
            share = min(0.9, total + 0.2)
            vec = share * sense + (1 - share) * vec
        rows[i] = vec * (0.9 * norm / vec.norm().clamp_min(1e-6)).clamp(max=1.6)
    config = BertConfig.from_dict(
        {
            **teacher.config.to_dict(),
            "vocab_size": len(vocab),
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "pad_token_id": vocab["[PAD]"],
        }
    )
    student = BertModel(config, add_pooling_layer=False)
    state = {k: v for k, v in teacher.state_dict().items() if not k.startswith("pooler")}
    state["embeddings.word_embeddings.weight"] = rows
    student.load_state_dict(state)
    return student


# ---------------------------------------------------------------- encoding


def forward(
    model: BertModel, ids: list[list[int]], pad: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token vectors (unit length), sentence vectors (mean, unit length), mask without the marks."""
    width = max(map(len, ids))
    x = torch.full((len(ids), width), pad)
    mask = torch.zeros(len(ids), width)
    for row, i in enumerate(ids):
        x[row, : len(i)] = torch.tensor(i)
        mask[row, : len(i)] = 1
    h = model(input_ids=x, attention_mask=mask.long()).last_hidden_state
    mean = (h * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    inner = mask.clone()
    inner[:, 0] = 0  # [CLS]
    inner[torch.arange(len(ids)), mask.sum(1).long() - 1] = 0  # [SEP]
    return fn.normalize(h, dim=-1), fn.normalize(mean, dim=-1), inner


def encode(model: BertModel, tok: Tokenizer, texts: list[str], limit: int = 128) -> torch.Tensor:
    model.eval()
    tok.no_padding()
    tok.enable_truncation(limit)
    ids = [e.ids for e in tok.encode_batch(texts)]
    tok.no_truncation()
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out = torch.empty(len(ids), model.config.hidden_size)
    with torch.inference_mode():
        for at in range(0, len(order), 64):
            part = order[at : at + 64]
            out[part] = forward(model, [ids[i] for i in part], model.config.pad_token_id)[1]
    return out


class Teacher:
    """The English model's sentence and token vectors, each text encoded once."""

    def __init__(self, model: BertModel, tok: Tokenizer, room: int = 150_000):
        self.model, self.tok = model.eval(), tok
        self.index: dict[str, int] = {}
        self.tok.no_padding()
        self.tok.enable_truncation(128)
        self.vectors = torch.zeros(room, model.config.hidden_size)
        self.tokens: list[torch.Tensor] = []

    def __call__(self, texts: list[str]) -> torch.Tensor:
        missing = [t for t in dict.fromkeys(texts) if t not in self.index]
        missing.sort(key=len)
        with torch.no_grad():
            for at in range(0, len(missing), 64):
                part = missing[at : at + 64]
                ids = [e.ids for e in self.tok.encode_batch(part)]
                tokens, vectors, inner = forward(self.model, ids, 0)
                for text, t, v, keep in zip(part, tokens, vectors, inner.bool(), strict=True):
                    self.vectors[len(self.tokens)] = v
                    self.index[text] = len(self.tokens)
                    self.tokens.append(t[keep].half())
        return torch.tensor([self.index[t] for t in texts])


# ---------------------------------------------------------------- training


def slips(text: str, rng: random.Random) -> str:
    """The same question as typed in haste."""
    if rng.random() < 0.3:
        text = re.sub(r"[\s\u00a0]*\?\s*$", "", text)
    if rng.random() < 0.15:
        words = text.split(" ")
        for i, w in enumerate(words):
            if len(w) > 4 and rng.random() < 0.25:
                at = rng.randrange(1, len(w) - 1)
                kind = rng.randrange(3)
                words[i] = (
                    w[:at] + w[at + 1 :]
                    if kind == 0
                    else w[:at] + w[at] + w[at:]
                    if kind == 1
                    else w[:at] + w[at + 1] + w[at] + w[at + 2 :]
                )
        text = " ".join(words)
    return text


def batches(items: list[Row], lengths: list[int], rng: random.Random) -> list[list[Row]]:
    """Shuffled, of like length, and of about as many tokens each."""
    order = list(range(len(items)))
    rng.shuffle(order)
    out = []
    for at in range(0, len(order), 6000):
        part = sorted(order[at : at + 6000], key=lambda i: lengths[i])
        batch: list[int] = []
        for i in part:
            if (batch and (len(batch) + 1) * lengths[i] > BATCH_TOKENS) or len(batch) >= 220:
                out.append(batch)
                batch = []
            batch.append(i)
        if len(batch) > 16:
            out.append(batch)
    rng.shuffle(out)
    return [[items[i] for i in b] for b in out]


def late_interaction(
    tokens: torch.Tensor, inner: torch.Tensor, wanted: list[torch.Tensor]
) -> tuple[torch.Tensor, torch.Tensor]:
    """MaxSim both ways between student rows and the teacher's tokens: contrast, distance."""
    n = len(wanted)
    width = max(len(w) for w in wanted)
    other = torch.zeros(n, width, tokens.shape[-1])
    there = torch.zeros(n, width)
    for i, w in enumerate(wanted):
        other[i, : len(w)] = w.float()
        there[i, : len(w)] = 1
    t = tokens.shape[1]
    sim = (tokens.reshape(n * t, -1) @ other.reshape(n * width, -1).T).view(n, t, n, width)
    forth = sim.masked_fill(there[None, None] == 0, -1).amax(3)  # n, t, n
    forth = (forth * inner[:, :, None]).sum(1) / inner.sum(1).clamp_min(1)[:, None]
    back = sim.masked_fill(inner[:, :, None, None] == 0, -1).amax(1)  # n, n, width
    back = (back * there[None]).sum(2) / there.sum(1).clamp_min(1)[None]
    gold = torch.arange(n)
    loss = sum(fn.cross_entropy(s * 20, gold) for s in (forth, forth.T, back, back.T)) / 4
    return loss, (2 - forth.diagonal().mean() - back.diagonal().mean())


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--pairs", type=Path, required=True)
    ap.add_argument("--teacher", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--minutes", type=float, default=40)
    ap.add_argument("--pieces", type=int, default=10_000, help="French word pieces to add")
    ap.add_argument(
        "--questions-from",
        type=float,
        default=0.27,
        help="share of the time after which made questions and phrases join",
    )
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--start", type=Path, help="go on from this trained folder, its vocabulary kept")
    args = ap.parse_args()
    rng, say = begin(args.out, args.threads)

    train, held = read_pairs(args.pairs)
    say(len(train), "pairs,", sum(is_question(f) for f, _ in train), "questions")
    old_tok = Tokenizer.from_file(str(args.teacher / "tokenizer.json"))
    old_tok.no_padding()
    old_tok.no_truncation()
    teacher_model = BertModel.from_pretrained(args.teacher)
    if args.start:
        tok = Tokenizer.from_file(str(args.start / "tokenizer.json"))
        vocab = tok.get_vocab()
    else:
        vocab, new = build_vocab(old_tok.get_vocab(), [f for f, _ in train], args.pieces)
        tok = make_tokenizer(vocab)
        say("of the vocabulary new", len(new))
    say("vocabulary", len(vocab))
    meaning = translations(train)
    say(
        "words with translations",
        len(meaning),
        {w: meaning.get(w) for w in ("gouvernement", "soldats", "elections", "combien", "pourquoi")},
    )
    student = (
        BertModel.from_pretrained(args.start, add_pooling_layer=False)
        if args.start
        else start_student(teacher_model, old_tok, vocab, meaning)
    )
    pad = vocab["[PAD]"]
    teacher = Teacher(teacher_model, old_tok)

    def ids_of(texts: list[str]) -> list[list[int]]:
        tok.no_padding()
        tok.enable_truncation(96)
        return [e.ids for e in tok.encode_batch(texts)]

    def measure() -> list[float]:
        a = encode(student, tok, [f for f, _ in held])
        b = teacher.vectors[teacher([e for _, e in held])]
        s = a @ b.T
        g = torch.arange(500)
        return [
            round(float((part.argmax(d) == g).float().mean()), 4)
            for part in (s[:500, :500], s[500:, 500:])
            for d in (1, 0)
        ] + [round(float(s.diagonal().mean()), 4)]

    say("before training: held-out news and everyday, there and back; cosine", measure())
    run = Run(student, tok, rate=2.5e-4, table_rate=1e-3, smooth=0.995)
    start, epoch = time.time(), 0
    made: Pairs = []
    log: dict[str, list[float]] = defaultdict(list)
    next_note, next_measure, done = 0.0, 0.2, False
    while not done:
        epoch += 1
        items = []
        for pair in train:
            items += [pair] * (3 if is_question(pair[0]) else 1)
        if made:
            items += rng.sample(made, min(len(made), 14_000))
        items = [(slips(f, rng) if is_question(f) else f, e) for f, e in items]
        ids = ids_of([f for f, _ in items])
        rows = [(i, e) for i, (_, e) in zip(ids, items, strict=True) if len(i) <= MAX_TOKENS]
        plan = batches(rows, [len(i) for i, _ in rows], rng)
        say("epoch", epoch, "items", len(rows), "batches", len(plan))
        student.train()
        for batch in plan:
            gone = (time.time() - start) / 60 / args.minutes
            if gone >= 1:
                done = True
                break
            if not made and gone >= args.questions_from:
                made = make_questions(train, meaning, rng)
                say("made questions and phrases", len(made), rng.sample(made, 8))
                break  # a new plan with them
            rate = min(1.0, gone / 0.04 + 0.02) * max(1.0 - gone, 0.0) / 0.96
            target_at = teacher([e for _, e in batch])
            target = teacher.vectors[target_at]
            n = len(batch)
            some = rng.sample(range(n), max(4, n // 4))
            english = ids_of([batch[i][1] for i in some])
            # French and English in one pass
            tokens, vectors, inner = forward(student, [i for i, _ in batch] + english, pad)
            wanted = torch.cat([target, target[some]])
            pull = 1 - (vectors * wanted).sum(1)
            pull_fr, pull_en = pull[:n].mean(), pull[n:].mean()
            bank = torch.randint(len(teacher.tokens), (BANK,))
            pool = torch.cat([target, teacher.vectors[bank]])
            scores = vectors @ pool.T * 20
            gold = torch.cat([torch.arange(n), torch.tensor(some)])
            like = wanted @ pool.T > 0.9  # the same sentence, or nearly
            like[torch.arange(len(gold)), gold] = False
            there = fn.cross_entropy(scores.masked_fill(like, -1e4), gold)
            square = scores[:n, :n].T.masked_fill(like[:n, :n].T, -1e4)
            back = fn.cross_entropy(square, torch.arange(n))
            width = tokens.shape[1]
            take = rng.sample(range(n), min(n, max(12, LI_TOKENS // width)))
            # each English sentence once
            take = list({int(target_at[i]): i for i in reversed(take)}.values())[::-1]
            li, li_far = late_interaction(
                tokens[take], inner[take], [teacher.tokens[target_at[i]] for i in take]
            )
            # English token vectors keep their places too (own sentence only)
            few = range(min(8, len(some)))
            _, en_far = late_interaction(
                tokens[n : n + len(few)],
                inner[n : n + len(few)],
                [teacher.tokens[target_at[some[i]]] for i in few],
            )
            loss = (
                2.5 * pull_fr
                + 1.2 * pull_en
                + 0.5 * there
                + 0.5 * back
                + 0.4 * li
                + 0.7 * li_far
                + 0.35 * en_far
            )
            run.step(loss, min(rate, 1.0))
            for name, value in (
                ("fr", pull_fr),
                ("en", pull_en),
                ("there", there),
                ("back", back),
                ("li", li),
                ("li_far", li_far),
                ("en_far", en_far),
                ("tokens", tokens.shape[0] * tokens.shape[1]),
            ):
                log[name].append(float(torch.as_tensor(value).detach()))
            if gone >= next_note:
                say(f"step {run.steps} {gone:.3f}", {k: round(float(np.mean(v)), 3) for k, v in log.items()})
                log.clear()
                next_note = gone + 0.025
            if gone >= next_measure:
                say("held out", measure())
                run.save(args.out / "last")
                student.train()
                next_measure += 0.2
    student.load_state_dict(run.average)
    say("end: held out", measure())
    run.save(args.out)
    (args.out / "log.json").write_text(json.dumps({"steps": run.steps, "epochs": epoch}))


if __name__ == "__main__":
    main()
