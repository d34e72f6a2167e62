"""Exporting a model into a store, once: written, compared with the original, and the verdict kept.

The composer of this folder. An export that is not as good as the original is not used,
and the store remembers why, so that no build tries in vain again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from index.encode import Encoder
from index.encoders.bert import bert_onnx, fits
from index.encoders.check import Parity, compare, parity
from index.encoders.fast import FastEncoder
from index.encoders.folder import (
    DENSE,
    MODEL,
    TOKENIZER,
    Export,
    ExportDamaged,
    Recipe,
    find_export,
    rewrite_record,
    write_export,
)
from index.encoders.sentence import SentenceTransformerEncoder, own_prompts
from index.encoders.trace import trace_onnx
from index.errors import ModelError
from index.models import DEFAULT_MODEL
from index.models.load import MAX_TOKENS, bundled_files, reference

POOLINGS = {"mean", "cls", "lasttoken"}
ACTIVATIONS = {"Identity": "", "Tanh": "tanh"}
# The content of an ONNX file is one message, which cannot be larger.
_LARGEST = 2_000_000_000
# Tokenizers without a limit say so by a number with thirty zeros.
_MOST_TOKENS = 8192


class NotExported(Exception):
    """A model that no export can stand for; the message says why in a word."""


def exported(store: Path, encoder: Encoder, texts: Callable[[], Sequence[str]]) -> tuple[Encoder, str | None]:
    """The encoder to work with, and why it is not an export where it is not.

    Exports the model of `encoder` unless the store has its export or a verdict on it
    already. `texts` gives passages of the corpus to compare on; where it has none yet, those
    that come with the shipped model are taken. Call it while the store is held for writing.
    Raises ModelError when the model cannot be loaded.
    """
    if not isinstance(encoder, SentenceTransformerEncoder):
        return encoder, None
    stamp = encoder.stamp
    try:
        known = find_export(store, encoder.source, stamp.name, stamp.revision)
        if known is not None and known.ready:
            return FastEncoder(known, stamp), None
    except ExportDamaged:
        known = None
    if known is None or known.used:
        known = _export(store, encoder, texts)
    if known.ready:
        return FastEncoder(known, stamp), None
    return encoder, f"Encoding stays with sentence-transformers: {known.why}."


def _export(store: Path, encoder: SentenceTransformerEncoder, texts: Callable[[], Sequence[str]]) -> Export:
    """Write, try, and write the verdict."""
    bundled = encoder.source == DEFAULT_MODEL
    prompts = ("", "") if bundled else own_prompts(encoder.source, encoder.model)
    stamp = replace(encoder.stamp, query_prompt=prompts[0], passage_prompt=prompts[1])
    plain = Export(encoder.source, stamp, used=False)
    try:
        recipe, files = _bundled() if bundled else _files(encoder.model)
        tried = write_export(store, replace(plain, used=True, recipe=recipe), files)
        fast = FastEncoder(tried, encoder.stamp)
        found = _as_recorded(fast) if bundled else compare(encoder, fast, texts() or reference().passages)
        if not found.good:
            raise NotExported(f"its export strays too far ({found})")
    except (NotExported, ExportDamaged) as refusal:
        return write_export(store, replace(plain, why=str(refusal)), {})
    return rewrite_record(replace(tried, checked=asdict(found)))


def _bundled() -> tuple[Recipe, dict[str, bytes]]:
    """The shipped model, straight from its 8-bit weights; raises ModelError."""
    from safetensors.numpy import load

    found = bundled_files()
    config, tokenizer = json.loads(found["config.json"]), found["tokenizer.json"]
    recipe = Recipe(max_tokens=MAX_TOKENS, pad=config["pad_token_id"])
    model = bert_onnx(load(found["model.safetensors"]), config, MAX_TOKENS)
    return recipe, {MODEL: model, TOKENIZER: tokenizer}


def _as_recorded(fast: FastEncoder) -> Parity:
    """The shipped model against what sentence-transformers gave when it was made."""
    known = reference()
    vectors = (
        fast.encode_questions(known.questions)[0],
        fast.encode_passages(known.passages)[0],
    )
    return parity((known.question_vectors, known.passage_vectors), vectors)


def _files(model: Any) -> tuple[Recipe, dict[str, bytes]]:
    """A loaded sentence-transformers model as files; raises NotExported."""
    recipe, dense = _recipe(model)
    first = model[0]
    files = {MODEL: _network(first.auto_model, recipe.max_tokens), TOKENIZER: _tokenizer(model)}
    if len(files[MODEL]) > _LARGEST:
        raise NotExported("it is too large for one file")
    if dense:
        from safetensors.numpy import save

        files[DENSE] = save(dense)
    return recipe, files


def _recipe(model: Any) -> tuple[Recipe, dict[str, Any]]:
    """What is done around the network, with the weights of the dense layers."""
    kinds = [type(module).__name__ for module in model]
    if kinds[:2] != ["Transformer", "Pooling"]:
        raise NotExported(f"it begins with {' and '.join(kinds[:2])}")
    network, pooling, rest = model[0], model[1], list(model)[2:]
    if pooling.pooling_mode not in POOLINGS:
        raise NotExported(f"it pools by {pooling.pooling_mode}")
    activations: list[str] = []
    weights: dict[str, Any] = {}
    for module, kind in zip(rest, kinds[2:], strict=True):
        # Vectors are scaled to length one in any case; before a dense layer it would matter.
        if kind == "Normalize" and module is rest[-1]:
            continue
        bent = type(getattr(module, "activation_function", None)).__name__
        if kind != "Dense" or bent not in ACTIVATIONS or getattr(module, "use_residual", False):
            raise NotExported(f"it has a module {kind}" + (f" with {bent}" if kind == "Dense" else ""))
        linear, number = module.linear, len(activations)
        weights[f"{number}.weight"] = linear.weight.detach().float().numpy()
        zeros = linear.weight.new_zeros(linear.out_features)
        bias = linear.bias if linear.bias is not None else zeros
        weights[f"{number}.bias"] = bias.detach().float().numpy()
        activations.append(ACTIVATIONS[bent])
    recipe = Recipe(
        pooling=pooling.pooling_mode,
        dense=tuple(activations),
        max_tokens=min(int(model.max_seq_length or _MOST_TOKENS), _MOST_TOKENS),
        pad=int(network.tokenizer.pad_token_id or 0),
    )
    return recipe, weights


def _network(network: Any, max_tokens: int) -> bytes:
    config: Mapping[str, Any] = network.config.to_dict()
    if fits(config):
        weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
        try:
            return bert_onnx(weights, config, max_tokens)
        except KeyError:
            pass  # Weights under other names than BERT's: torch traces them.
    try:
        return trace_onnx(network, max_tokens)
    except ModelError:
        raise
    except Exception as error:
        raise NotExported(f"it cannot be traced ({type(error).__name__})") from error


def _tokenizer(model: Any) -> bytes:
    backend = getattr(model[0].tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise NotExported("its tokenizer is not one that tokenizers runs")
    text: str = backend.to_str()
    return text.encode("utf-8")
