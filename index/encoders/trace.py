"""Networks traced by torch: that of any other transformer, and the reader's.

Matrices are kept in 16-bit floats and computed with in 32-bit floats, as in bert.py.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

_OPSET = 18


def trace_onnx(network: Any, max_tokens: int) -> bytes:
    """The network of a loaded transformers model as the content of an ONNX file.

    Inputs and output as in `bert.bert_onnx`. Raises whatever torch does about what it
    cannot trace.
    """
    import torch

    class Last(torch.nn.Module):  # type: ignore[misc]
        """The network's last layer alone."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    # Sides of 1 would be taken for constants; the second text is padded.
    ids = torch.full((2, min(7, max_tokens)), 5)
    mask = torch.ones_like(ids)
    mask[1, -2:] = 0
    sides = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", max=max_tokens)}
    given = {"input_ids": ids, "attention_mask": mask}
    return traced(Last().eval(), given, dict.fromkeys(given, sides), "hidden")


def traced(network: Any, given: Mapping[str, Any], sides: Mapping[str, Any], output: str) -> bytes:
    """A torch network as the content of an ONNX file, matrices in 16-bit floats.

    `given` are inputs by name to trace it with, `sides` which of their sides vary in length.
    """
    import torch

    with _quiet(), torch.no_grad():
        program = torch.onnx.export(
            network,
            tuple(given.values()),
            dynamo=True,
            input_names=[*given],
            output_names=[output],
            dynamic_shapes=dict(sides),
            opset_version=_OPSET,
            verbose=False,
        )
        return _halved(program.model)


def _halved(model: Any) -> bytes:
    """The content of a traced model's file, its large matrices in 16-bit floats."""
    import onnx_ir

    graph = model.graph
    for node in graph:
        node.metadata_props.clear()  # Where in torch's own code it was traced.
    for name, value in list(graph.initializers.items()):
        matrix = value.const_value.numpy()
        if matrix.dtype != np.float32 or matrix.ndim != 2:
            continue
        half = matrix.astype(np.float16)
        if not np.isfinite(half).all():
            continue
        stored = onnx_ir.Value(name=f"{name}.half", const_value=onnx_ir.Tensor(half, name=f"{name}.half"))
        del graph.initializers[name]
        graph.initializers[stored.name] = stored
        cast = onnx_ir.node("Cast", [stored], attributes={"to": onnx_ir.DataType.FLOAT.value})
        graph.insert_before(graph[0], cast)
        value.replace_all_uses_with(cast.outputs[0])
    content: bytes = onnx_ir.to_proto(model).SerializeToString()
    return content


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences what torch says while it traces: nothing of it concerns the reader of articles."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
