"""Any sentence-transformers model as an encoder, loaded when it is first needed.

Loading takes seconds, because torch does: what can be known of a model from its files is
read from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.encode import Encoded, Progress, Spans, Vectors, batches, encodable, unit
from index.encoders.folder import identity, named
from index.errors import ModelError
from index.models import DEFAULT_MODEL
from index.models.load import DIMENSION, SHA256, load_bundled
from index.storage import disk
from index.types import ModelStamp

# Families whose published prompts do not stand in their configuration files.
KNOWN_PROMPTS = {"e5": ("query: ", "passage: ")}
BATCH = 32


class SentenceTransformerEncoder:
    """An `Encoder` over a sentence-transformers model; `source` is what it was asked for by."""

    def __init__(self, source: str, stamp: ModelStamp, loader: Callable[[], Any]) -> None:
        self.source = source
        self._stamp = stamp
        self._loader = loader

    @property
    def stamp(self) -> ModelStamp:
        return self._stamp

    @cached_property
    def model(self) -> Any:
        """The loaded model. Raises ModelError."""
        return self._loader()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Encode in batches sorted by length, so that little is spent on padding.

        `progress` is told how many more texts are done after each batch.
        """
        vectors = np.empty((len(texts), self._stamp.dimension), dtype=np.float32)
        tokens: list[Vectors] = [vectors[:0]] * len(texts)
        lengths = [len(text) for text in texts]
        for batch in batches(lengths, BATCH, BATCH * max(lengths, default=0)):
            vectors[batch], found = self._encode([self._stamp.passage_prompt + texts[i] for i in batch])
            for i, of_text in zip(batch, found, strict=True):
                tokens[i] = of_text
            if progress:
                progress(len(batch))
        return vectors, tokens

    def encode_questions(self, texts: Sequence[str]) -> Encoded:
        """Encode with the prompt that the model wants before a question."""
        return self._encode([self._stamp.query_prompt + text for text in texts])

    def token_spans(self, text: str) -> Spans | None:
        """Where the tokens stand in `text`, without the prompt; None for a tokenizer that forgets it."""
        tokenizer, prompt = self.model.tokenizer, self._stamp.query_prompt
        if not tokenizer.is_fast:
            return None
        found = tokenizer(
            encodable(prompt + text),
            return_offsets_mapping=True,
            truncation=True,
            max_length=self.model.max_seq_length,
        )["offset_mapping"][1:-1]
        return np.array(found, dtype=np.int64).reshape(-1, 2) - len(prompt)

    def _encode(self, texts: list[str]) -> tuple[Vectors, list[Vectors]]:
        if not texts:
            return np.empty((0, self._stamp.dimension), dtype=np.float32), []
        rows = self.model.encode(
            [encodable(text) for text in texts],
            prompt="",
            batch_size=BATCH,
            output_value=None,
            show_progress_bar=False,
        )
        vectors = np.stack([unit(row["sentence_embedding"].float().numpy()) for row in rows])
        # The first and the last token are the model's own marks, not the text's.
        tokens = [
            unit(row["token_embeddings"][row["attention_mask"].bool()][1:-1].float().numpy()) for row in rows
        ]
        return vectors, tokens


def load(model: str, query_prompt: str | None, passage_prompt: str | None) -> SentenceTransformerEncoder:
    """The encoder of `model`, with these prompts or its own; the default loads when first used.

    Raises ModelError when the model is missing, damaged, or cannot be reached.
    """
    if model == DEFAULT_MODEL:
        stamp = ModelStamp(model, SHA256[:12], DIMENSION, query_prompt or "", passage_prompt or "")
        return SentenceTransformerEncoder(model, stamp, _bundled)
    folder = Path(model).expanduser()
    if folder.is_dir():
        _check_weights(folder)
        loaded = _load(str(folder), local=True)
        name, revision = named(model), folder_revision(folder)
    elif _looks_like_a_path(model):
        raise ModelError(
            f"There is no model folder at {model!r}.",
            "Give a sentence-transformers folder, a hub name, or leave --model out for the default.",
            code="model_missing",
        )
    else:
        loaded = _load(model, local=False)
        name, revision = model, _hub_revision(loaded)
    own = own_prompts(model, loaded)
    stamp = ModelStamp(
        name=name,
        revision=revision,
        dimension=int(loaded.get_embedding_dimension()),
        query_prompt=own[0] if query_prompt is None else query_prompt,
        passage_prompt=own[1] if passage_prompt is None else passage_prompt,
    )
    return SentenceTransformerEncoder(identity(model), stamp, lambda: loaded)


def known_as(model: str) -> tuple[str, str | None]:
    """A model's name and revision, by its files; the revision of a hub name is not known from here."""
    if model == DEFAULT_MODEL:
        return model, SHA256[:12]
    folder = Path(model).expanduser()
    return named(model), folder_revision(folder) if folder.is_dir() else None


def own_prompts(model: str, loaded: Any) -> tuple[str, str]:
    """What a model wants before a question and before a passage, by its files or its family."""
    own = dict(loaded.prompts or {})
    known = _known_prompts(model)
    return own.get("query") or known[0], own.get("document") or own.get("passage") or known[1]


@lru_cache(maxsize=1)
def _bundled() -> Any:
    return load_bundled()


@lru_cache(maxsize=2)
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


def folder_revision(folder: Path) -> str:
    """A hash of the weights in a model's folder."""
    digest = hashlib.sha256()
    for path in _weights(folder):
        digest.update(disk.digest(path).encode())
    return digest.hexdigest()[:12]


def _hub_revision(loaded: Any) -> str:
    config = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or "unknown")[:12]


def _known_prompts(model: str) -> tuple[str, str]:
    name = Path(model).name.lower()
    for family, prompts in KNOWN_PROMPTS.items():
        if family in name.replace("_", "-").split("-"):
            return prompts
    return ("", "")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
