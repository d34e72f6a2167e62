"""The network of a BERT-like model, written from its weights: the shipped model and most others.

Written by hand because tracing takes half a minute and torch, and this neither. Weights
lie in the file as they came, in 8 bits with a scale a row, or in 16-bit floats; they
become 32-bit floats when the file is opened, and so is all arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# RoBERTa counts positions from behind its padding token; BERT from 0.
FAMILIES = {"bert": False, "roberta": True, "xlm-roberta": True, "camembert": True}
_OPSET, _IR = 18, 9
_MS = "com.microsoft"


def fits(config: Mapping[str, Any]) -> bool:
    """Whether a model of this configuration (config.json) is what `bert_onnx` writes."""
    return (
        config.get("model_type") in FAMILIES
        and config.get("hidden_act") == "gelu"
        and config.get("position_embedding_type") in (None, "absolute")
        and not config.get("is_decoder")
        and not config.get("add_cross_attention")
    )


def bert_onnx(weights: Mapping[str, Array], config: Mapping[str, Any], max_tokens: int) -> bytes:
    """The network as the content of an ONNX file.

    Its inputs are `input_ids` and `attention_mask` (int64, (texts, tokens), padded on the
    right), its output `hidden`, float32 (texts, tokens, width). `weights` are those of the
    model by name, with a `NAME.scale` beside a matrix in 8 bits. Raises KeyError where one
    is missing.
    """
    from onnx import TensorProto, helper

    width = int(config["hidden_size"])
    graph = _Graph(weights, float(config["layer_norm_eps"]), int(config["num_attention_heads"]))
    graph.embed(max_tokens, int(config["pad_token_id"]) + 1 if FAMILIES[config["model_type"]] else 0)
    for layer in range(int(config["num_hidden_layers"])):
        graph.layer(f"encoder.layer.{layer}.")
    graph.node("Identity", [graph.last], "hidden")
    sides = ["texts", "tokens"]
    made = helper.make_graph(
        graph.nodes,
        "bert",
        [helper.make_tensor_value_info(x, TensorProto.INT64, sides) for x in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [*sides, width])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MS, 1)]
    content: bytes = helper.make_model(
        made, opset_imports=opsets, ir_version=_IR, producer_name="selon"
    ).SerializeToString()
    return content


class _Graph:
    """The nodes and constants of the network; `last` is the name of what was computed last."""

    def __init__(self, weights: Mapping[str, Array], epsilon: float, heads: int) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.last = ""
        self._weights = weights
        self._epsilon = epsilon
        self._heads = heads

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **options: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **options))
        return output

    def constant(self, name: str, value: Array) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self._weights[name].astype(np.float32))

    def embed(self, max_tokens: int, first: int) -> None:
        """Words, positions and the one kind of text, added up."""
        from onnx import TensorProto

        part = "embeddings."
        table = part + "word_embeddings.weight"
        scale = self._weights.get(table + ".scale")
        # Rows are made 32-bit floats after they were picked: the table itself is large.
        self.node("Gather", [self.constant(table, _small(self._weights[table])), "input_ids"], "picked")
        words = self.node("Cast", ["picked"], "words", to=TensorProto.FLOAT)
        if scale is not None:
            column = self.constant("scales", scale.astype(np.float32)[:, None])
            self.node("Gather", [column, "input_ids"], "scale")
            words = self.node("Mul", ["words", "scale"], "scaled")
        places = self._full(part + "position_embeddings.weight")[first : first + max_tokens]
        kind = self._full(part + "token_type_embeddings.weight")[0]
        self.node("Shape", ["input_ids"], "length", start=1, end=2)
        begin = self.constant("begin", np.array([0], dtype=np.int64))
        self.node("Slice", [self.constant("places", places + kind), begin, "length"], "placed")
        self.node("Add", [words, "placed"], "embedded")
        norm = [self.vector(part + "LayerNorm.weight"), self.vector(part + "LayerNorm.bias")]
        self.last = self.node(
            "LayerNormalization", ["embedded", *norm], "normed", axis=-1, epsilon=self._epsilon
        )
        self.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)

    def layer(self, part: str) -> None:
        """One layer: attention, then the two dense layers, each added to what came in."""
        own, out = part + "attention.self.", part + "attention.output."
        three = [own + name for name in ("query", "key", "value")]
        biases = self.constant(own + "bias", np.concatenate([self._weights[f"{x}.bias"] for x in three]))
        parts = [self._product(self.last, x) for x in three]
        attended = self.node(
            "MultiHeadAttention", [*parts, biases, "mask"], part + "attended", _MS, num_heads=self._heads
        )
        inner = self._added(self._product(attended, out + "dense"), out)
        wide = self._product(inner, part + "intermediate.dense")
        bent = self.node(
            "BiasGelu", [wide, self.vector(part + "intermediate.dense.bias")], part + "bent", _MS
        )
        self.last = inner
        self.last = self._added(self._product(bent, part + "output.dense"), part + "output.")

    def _added(self, product: str, part: str) -> str:
        rest = [self.vector(part + name) for name in ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")]
        return self.node(
            "SkipLayerNormalization", [product, self.last, *rest], part + "sum", _MS, epsilon=self._epsilon
        )

    def _product(self, given: str, name: str) -> str:
        """`given` times the matrix `name`, without its bias."""
        from onnx import TensorProto

        matrix, scale = self._weights[f"{name}.weight"], self._weights.get(f"{name}.weight.scale")
        stored = self.constant(f"{name}.weight", _small(matrix).T)
        factor = self.node("Cast", [stored], f"{name}.float", to=TensorProto.FLOAT)
        if scale is not None:
            row = self.constant(f"{name}.scale", scale.astype(np.float32))
            factor = self.node("Mul", [factor, row], f"{name}.full")
        return self.node("MatMul", [given, factor], f"{name}.product")

    def _full(self, name: str) -> Array:
        """A matrix in 32-bit floats."""
        matrix, scale = self._weights[name].astype(np.float32), self._weights.get(f"{name}.scale")
        return matrix if scale is None else matrix * scale[:, None].astype(np.float32)


def _small(matrix: Array) -> Array:
    """A matrix in 8 bits as it is; another in 16-bit floats, where they can hold it."""
    if matrix.dtype == np.int8:
        return matrix
    half = matrix.astype(np.float16)
    return half if np.isfinite(half).all() else matrix.astype(np.float32)
