"""What both stages of the training share: their beginning, optimiser, averaged weights and folder."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertModel


def begin(out: Path, threads: int) -> tuple[random.Random, Callable[..., None]]:
    """Fix the seeds and make `out`; returns what to draw from, and a `print` with the minutes since."""
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    out.mkdir(parents=True, exist_ok=True)
    zero = time.time()

    def say(*words: object) -> None:
        print(f"[{(time.time() - zero) / 60:5.1f}]", *words, flush=True)

    return random.Random(1), say


class Run:
    """A student on its way.  Its word vectors learn at a rate of their own; a running average is kept.

    `smooth` is the most of the average that a step leaves as it is.
    """

    def __init__(
        self, student: BertModel, tok: Tokenizer, rate: float, table_rate: float, smooth: float
    ) -> None:
        self._student, self._tok, self._smooth = student, tok, smooth
        table = student.embeddings.word_embeddings.weight
        others = [p for p in student.parameters() if p is not table]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": [table], "lr": table_rate, "weight_decay": 0.0},
                {"params": others, "lr": rate, "weight_decay": 0.01},
            ],
            betas=(0.9, 0.98),
            fused=True,
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        self.average = {k: v.clone() for k, v in student.state_dict().items()}
        self.steps = 0

    def step(self, loss: torch.Tensor, share: float) -> None:
        """One step down at this share (0 to 1) of the rates."""
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._student.parameters(), 1.0)
        self._optimizer.step()
        self.steps += 1
        keep = min(self._smooth, self.steps / (self.steps + 10))
        with torch.no_grad():
            for k, v in self._student.state_dict().items():
                self.average[k].lerp_(v, 1 - keep)

    def save(self, folder: Path) -> None:
        """Write the average in the form that `BertModel.from_pretrained` reads, its tokenizer beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        save_file({k: v.contiguous() for k, v in self.average.items()}, folder / "model.safetensors")
        self._student.config.save_pretrained(folder)
        self._tok.no_truncation()
        self._tok.save(str(folder / "tokenizer.json"))
