"""The model that ships with Selon: French and English sentences to unit vectors.

Its matrices are stored as 8-bit integers with one scale per row, a quarter of their
size.  They become float32 again here, and sentence-transformers loads the result like
any other model.  Nothing is fetched, and no other package's weights are used.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NAME = "selon-mini-fr-en"
SHA256 = "079cd0f72970c15e622f0c01b1d42a70b7424fa92bc1d124afa41a18c385e478"
FOLDER = Path(__file__).with_name(NAME)
MAX_TOKENS, DIMENSION = 256, 384
REFERENCE = "reference.npz"
READER = "reader.onnx"
READER_SHA256 = "b1619ab8a6986e13d19c36851c054b2daabc5c8f9193f884698cd6484aa9507f"

# What sentence-transformers expects beside the weights.
_LAYOUT = {
    "modules.json": [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ],
    "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
    "1_Pooling/config.json": {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True},
    "2_Normalize/config.json": {},
    "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        **{f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")},
    },
}


@dataclass(frozen=True, slots=True)
class Reference:
    """Texts and the vectors that sentence-transformers gave for them, float32 (n, dimension)."""

    questions: list[str]
    passages: list[str]
    question_vectors: NDArray[np.float32]
    passage_vectors: NDArray[np.float32]


def reference(folder: Path = FOLDER) -> Reference:
    """What any other way of running the shipped model is measured by; raises ModelError."""
    try:
        with np.load(folder / REFERENCE, allow_pickle=False) as found:
            return Reference(
                [str(text) for text in found["questions"]],
                [str(text) for text in found["passages"]],
                found["question_vectors"].astype(np.float32),
                found["passage_vectors"].astype(np.float32),
            )
    except (OSError, KeyError, ValueError) as error:
        raise _damaged(f"The file {REFERENCE!r} of {NAME} cannot be read.") from error


def bundled_files(folder: Path = FOLDER) -> dict[str, bytes]:
    """The model's files as they ship; raises ModelError where one is missing or not the one expected."""
    needed = ("model.safetensors", "config.json", "tokenizer.json")
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise _damaged(f"The shipped model {NAME} lacks {missing[0]!r}.", "model_missing")
    files = {name: (folder / name).read_bytes() for name in needed}
    _check(files["model.safetensors"], SHA256, f"The weights of {NAME} have")
    return files


def reader_network(folder: Path = FOLDER) -> bytes:
    """The reader of `qa.ranking.reread`, the content of an ONNX file; raises ModelError."""
    try:
        raw = (folder / READER).read_bytes()
    except OSError as error:
        raise _damaged(f"The shipped model {NAME} lacks {READER!r}.", "model_missing") from error
    _check(raw, READER_SHA256, f"The file {READER!r} of {NAME} has")
    return raw


def load_bundled(folder: Path = FOLDER) -> SentenceTransformer:
    """Load the shipped model, or raise ModelError when a file is missing or not the one expected."""
    files = bundled_files(folder)

    from safetensors.torch import load, save_file
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    stored = load(files.pop("model.safetensors"))
    full = {name: value.float() for name, value in stored.items() if not name.endswith(".scale")}
    for name in full:
        if (scale := stored.get(f"{name}.scale")) is not None:
            full[name] *= scale[:, None]
    with tempfile.TemporaryDirectory(prefix="selon-model-", ignore_cleanup_errors=True) as place:
        save_file(full, Path(place, "model.safetensors"), metadata={"format": "pt"})
        for name, raw in files.items():
            Path(place, name).write_bytes(raw)
        for name, content in _LAYOUT.items():
            Path(place, name).parent.mkdir(exist_ok=True)
            Path(place, name).write_text(json.dumps(content), "utf-8")
        bare = {"add_pooling_layer": False}  # BERT's own pooling layer is not used
        return SentenceTransformer(place, device="cpu", local_files_only=True, model_kwargs=bare)


def _check(raw: bytes, expected: str, subject: str) -> None:
    found = hashlib.sha256(raw).hexdigest()
    if found != expected:
        raise _damaged(f"{subject} the SHA-256 {found[:12]}…, not {expected[:12]}….")


def _damaged(message: str, code: str = "model_damaged") -> ModelError:
    return ModelError(message, "The file is damaged or was changed; install Selon again.", code=code)
