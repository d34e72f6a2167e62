"""The second reading: the question and one passage together, token by token.

Features compare a question's tokens with a passage's one by one, so a passage that speaks of
the same things answers as well as one that tells what is asked. Here a small network looks at
both at once: from each token of the question into the passage, then among the question's own
tokens (late cross-attention over the encoder's token vectors, as in PreTTR, MacAvaney et al.
2020, and MORES, Gao et al. 2020). Each passage costs time, so it reads only the candidates
that the order puts first.

`index/models/train_reader.py` made it; it goes with the model that ships, whose
token vectors it reads. Any other model has none, and nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.session import session
from index.models import DEFAULT_MODEL
from index.models.load import SHA256, reader_network
from index.types import ModelStamp
from qa.ranking.found import Floats, Found

# How many candidates are read again, and how many tokens of each. Eight are ordered and told
# from those that do not answer no better than six, on 1,141 questions over 31 articles.
MOST, LONGEST = 6, 96
# Log-odds of this size count as certain: the feature lies between -1 and 1.
_CERTAIN = 8.0


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
    odds = read(_network(), found.asked, [*passages.values()], met[readable], found.cosines[readable])
    sure[:] = np.clip(odds.min() / _CERTAIN, -1, 1)
    sure[readable] = np.clip(odds / _CERTAIN, -1, 1)
    return sure


def reads(model: ModelStamp) -> bool:
    """Whether the reader knows the token vectors of `model`."""
    return (model.name, model.revision) == (DEFAULT_MODEL, SHA256[:12])


def read(network: Any, asked: Floats, passages: Sequence[Floats], met: Floats, cosines: Floats) -> Floats:
    """The log-odds, shape (n,), by a session that each of n passages answers rather than none.

    `asked` (t, d) and each of `passages` (u, d) are unit vectors of tokens, `cosines` (n,) those
    of the whole texts. `met` (n, t, 4) tells how well each token of the question is met in the
    passage, in the one before it, in the first of its article, and how much better elsewhere.
    """
    n, widest = len(passages), max(len(rows) for rows in passages)
    padded = np.zeros((n, widest, asked.shape[1]), dtype=np.float32)
    inner = np.zeros((n, widest), dtype=np.float32)
    for number, rows in enumerate(passages):
        padded[number, : len(rows)], inner[number, : len(rows)] = rows, 1
    given = {"asked": asked, "passages": padded, "inner": inner, "met": met, "cosines": cosines}
    [odds] = network.run(None, given)
    return np.asarray(odds)


@cache
def _network() -> Any:
    return session(reader_network())
