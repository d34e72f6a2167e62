"""The second reading: the question and one passage together, token by token.

Features compare a question's tokens with a passage's one by one, so a passage that speaks of
the same things answers as well as one that tells what is asked. Here a small network looks at
both at once: from each token of the question into the passage, then among the question's own
tokens (late cross-attention over the encoder's token vectors, as in PreTTR, MacAvaney et al.
2020, and MORES, Gao et al. 2020). Each passage costs time, so it reads only the candidates
that the order puts first.

`index/models/train_reader.py` made its weights; they go with the model that ships, whose
token vectors it reads. Any other model has none, and nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.models import DEFAULT_MODEL
from index.models.load import SHA256, reader_weights
from index.types import ModelStamp
from qa.found import Floats, Found

# How many candidates are read again, and how many tokens of each.
MOST, LONGEST = 8, 96
# Log-odds of this size count as certain: the feature lies between -1 and 1.
_CERTAIN = 8.0
_HEADS = 4

Weights = Mapping[str, Floats]


def reread(found: Found, first: Sequence[int], model: ModelStamp) -> NDArray[np.float64]:
    """How surely each candidate answers, -1 to 1, shape (n,); zeros where the model has no reader.

    Those at the positions `first` are read; the others count as the least sure of them.
    """
    sure = np.zeros(len(found.numbers))
    if not reads(model) or not found.met.size:
        return sure
    passages = {n: rows[:LONGEST] for n in first if len(rows := found.token_rows(n))}
    if not passages:
        return sure
    readable = [*passages]
    seen = found.met_around
    met = np.stack([found.met, found.met_before, found.met_first, seen.max(axis=0) - seen], axis=-1)
    odds = read(_weights(), found.asked, [*passages.values()], met[readable], found.cosines[readable])
    sure[:] = np.clip(odds.min() / _CERTAIN, -1, 1)
    sure[readable] = np.clip(odds / _CERTAIN, -1, 1)
    return sure


def reads(model: ModelStamp) -> bool:
    """Whether the reader knows the token vectors of `model`."""
    return (model.name, model.revision) == (DEFAULT_MODEL, SHA256[:12])


def read(weights: Weights, asked: Floats, passages: Sequence[Floats], met: Floats, cosines: Floats) -> Floats:
    """The log-odds, shape (n,), that each of n passages answers rather than none.

    `asked` (t, d) and each of `passages` (u, d) are unit vectors of tokens, `cosines` (n,) those
    of the whole texts. `met` (n, t, 4) tells how well each token of the question is met in the
    passage, in the one before it, in the first of its article, and how much better elsewhere.
    """
    n, widest = len(passages), max(len(rows) for rows in passages)
    padded = np.zeros((n, widest, asked.shape[1]), dtype=np.float32)
    absent = np.full((n, 1, 1, widest), -1e4, dtype=np.float32)
    for number, rows in enumerate(passages):
        padded[number, : len(rows)] = rows
        absent[number, ..., : len(rows)] = 0
    alike = (asked @ padded.transpose(0, 2, 1))[:, None]
    state = _linear(weights, "wq", asked) * 4 + _linear(weights, "sc", met)
    state = state + _linear(weights, "cos", cosines[:, None])[:, None]
    rows = _linear(weights, "wp", padded * 4)
    layer = 0
    while f"layers.{layer}.q.weight" in weights:
        name = f"layers.{layer}."
        # Into the passage: like tokens attract from the start, by as much as was learnt.
        query = _linear(weights, name + "q", _norm(weights, name + "ln1", state))
        key, value = _linear(weights, name + "k", rows), _linear(weights, name + "v", rows)
        pull = weights[name + "beta"][:, None, None] * alike + absent
        state = state + _linear(weights, name + "o", _attend(query, key, value, pull))
        # Among the question's own tokens.
        query, key, value = np.split(
            _linear(weights, name + "qkv", _norm(weights, name + "ln2", state)), 3, axis=-1
        )
        state = state + _linear(weights, name + "o2", _attend(query, key, value, np.float32(0)))
        inner = _gelu(_linear(weights, name + "f1", _norm(weights, name + "ln3", state)))
        state = state + _linear(weights, name + "f2", inner)
        layer += 1
    pooled = _norm(weights, "ln", np.concatenate([state.mean(axis=1), state.max(axis=1)], axis=-1))
    judged = _linear(weights, "h2", _gelu(_linear(weights, "h1", pooled)))
    return np.asarray((judged + _linear(weights, "lin", met.mean(axis=1)))[:, 0])


def _linear(weights: Weights, name: str, rows: Floats) -> Floats:
    return np.asarray(rows @ weights[f"{name}.weight"].T + weights[f"{name}.bias"])


def _norm(weights: Weights, name: str, rows: Floats) -> Floats:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    return np.asarray(centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"])


def _attend(query: Floats, key: Floats, value: Floats, pull: Floats | np.float32) -> Floats:
    """Attention by `_HEADS` heads; `pull` is added to its logits (n, heads, t, u)."""
    n, t, width = query.shape
    query, key, value = (
        rows.reshape(n, -1, _HEADS, width // _HEADS).transpose(0, 2, 1, 3) for rows in (query, key, value)
    )
    logits = query @ key.transpose(0, 1, 3, 2) / np.float32((width // _HEADS) ** 0.5) + pull
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    mixed = raised / raised.sum(axis=-1, keepdims=True) @ value
    return np.asarray(mixed.transpose(0, 2, 1, 3).reshape(n, t, width))


def _gelu(rows: Floats) -> Floats:
    """By the tangent: within 0.001 of the exact one."""
    cubed = np.float32(0.044715) * rows * rows * rows
    return np.asarray(np.float32(0.5) * rows * (1 + np.tanh(np.float32((2 / np.pi) ** 0.5) * (rows + cubed))))


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return reader_weights()
