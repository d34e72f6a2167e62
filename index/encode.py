"""Text to unit vectors, through sentence-transformers, behind one small protocol.

The default model comes with Selon, so it needs no network after the install. Any
sentence-transformers folder or hub name takes its place, with the prompts it needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.models import DEFAULT_MODEL
from index.models.load import SHA256, load_bundled
from index.types import ModelStamp

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]

# Families whose published prompts do not stand in their configuration files.
KNOWN_PROMPTS = {"e5": ("query: ", "passage: ")}
BATCH = 32


Encoded = tuple[Vectors, list[Vectors] | None]


class Encoder(Protocol):
    """Anything that turns texts into vectors.

    Both methods return the texts' vectors, float32 of unit length, shape (n, dimension),
    and for each text the unit vectors of its tokens, shape (tokens, dimension), for late
    interaction (None where the model has none). A row never depends on its neighbours,
    beyond the last bits of a float.
    """

    @property
    def stamp(self) -> ModelStamp: ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded: ...

    def encode_questions(self, texts: Sequence[str]) -> Encoded: ...


class SentenceTransformerEncoder:
    """An `Encoder` over a loaded sentence-transformers model."""

    def __init__(self, model: Any, stamp: ModelStamp) -> None:
        self._model = model
        self._stamp = stamp

    @property
    def stamp(self) -> ModelStamp:
        return self._stamp

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode in batches sorted by length, so that little is spent on padding.

        `progress` is told how many more texts are done after each batch.
        """
        vectors = np.empty((len(texts), self._stamp.dimension), dtype=np.float32)
        tokens: list[Vectors] = [vectors[:0]] * len(texts)
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), texts[i]))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            vectors[batch], found = self._encode([self._stamp.passage_prompt + texts[i] for i in batch])
            for i, of_text in zip(batch, found, strict=True):
                tokens[i] = of_text
            if progress:
                progress(len(batch))
        return vectors, tokens

    def encode_questions(self, texts: Sequence[str]) -> Encoded:
        """Encode with the prompt that the model wants before a question."""
        return self._encode([self._stamp.query_prompt + text for text in texts])

    def _encode(self, texts: list[str]) -> tuple[Vectors, list[Vectors]]:
        if not texts:
            return np.empty((0, self._stamp.dimension), dtype=np.float32), []
        rows = self._model.encode(
            texts, prompt="", batch_size=BATCH, output_value=None, show_progress_bar=False
        )
        vectors = np.stack([_unit(row["sentence_embedding"].float().numpy()) for row in rows])
        # The first and the last token are the model's own marks, not the text's.
        tokens = [
            _unit(row["token_embeddings"][row["attention_mask"].bool()][1:-1].float().numpy()) for row in rows
        ]
        return vectors, tokens


def _unit(rows: Vectors) -> Vectors:
    """Rows scaled to length one; a row of zeros stays as it is."""
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.ascontiguousarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)


@lru_cache(maxsize=2)
def load_encoder(
    model: str = DEFAULT_MODEL,
    query_prompt: str | None = None,
    passage_prompt: str | None = None,
) -> SentenceTransformerEncoder:
    """Load `model`: the default's name, a sentence-transformers folder, or a hub name.

    Prompts left None are the model's own, else those its family is known to need.
    Raises ModelError when the model is missing, damaged, or cannot be reached.
    """
    if model == DEFAULT_MODEL:
        loaded, name, revision = load_bundled(), model, SHA256[:12]
    elif (folder := Path(model).expanduser()).is_dir():
        _check_weights(folder)
        loaded, name, revision = _load(str(folder), local=True), folder.resolve().name, _revision(folder)
    elif _looks_like_a_path(model):
        raise ModelError(
            f"There is no model folder at {model!r}.",
            "Give a sentence-transformers folder, a hub name, or leave --model out for the default.",
            code="model_missing",
        )
    else:
        loaded = _load(model, local=False)
        name, revision = model, _hub_revision(loaded)
    own = dict(loaded.prompts or {})
    known = _known_prompts(model)
    query = query_prompt if query_prompt is not None else own.get("query") or known[0]
    passage = (
        passage_prompt
        if passage_prompt is not None
        else own.get("document") or own.get("passage") or known[1]
    )
    stamp = ModelStamp(
        name=name,
        revision=revision,
        dimension=int(loaded.get_embedding_dimension()),
        query_prompt=query,
        passage_prompt=passage,
    )
    return SentenceTransformerEncoder(loaded, stamp)


def _load(name: str, local: bool) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise ModelError(
            "The package sentence-transformers is not installed.",
            "Install Selon again: pip install selon",
            code="model_missing",
        ) from error
    disable_progress_bar()
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local)
    except Exception as error:
        where = "in that folder" if local else "here or on the model hub (is there a network?)"
        raise ModelError(
            f"The model {name!r} could not be loaded {where}: {_first_line(error)}",
            "Give a sentence-transformers folder, or leave --model out for the default.",
            code="model_damaged" if local else "model_unreachable",
        ) from error


def _looks_like_a_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or "\\" in model or model.count("/") > 1


def _weights(folder: Path) -> list[Path]:
    return sorted([*folder.rglob("*.safetensors"), *folder.rglob("pytorch_model*.bin")])


def _check_weights(folder: Path) -> None:
    if not _weights(folder):
        raise ModelError(
            f"The folder {str(folder)!r} holds no model weights.",
            "Give the folder of a sentence-transformers model (it has a modules.json).",
            code="model_missing",
        )


def _revision(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _weights(folder):
        digest.update(_sha256(path).encode())
    return digest.hexdigest()[:12]


def _hub_revision(loaded: Any) -> str:
    config = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or "unknown")[:12]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _known_prompts(model: str) -> tuple[str, str]:
    name = Path(model).name.lower()
    for family, prompts in KNOWN_PROMPTS.items():
        if family in name.replace("_", "-").split("-"):
            return prompts
    return ("", "")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
