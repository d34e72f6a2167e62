"""How a network is run: by onnxruntime, on one thread, without what it says aside.

The only file that imports onnxruntime.
"""

from __future__ import annotations

from typing import Any


def session(content: bytes) -> Any:
    """The network in `content`, an ONNX file, ready to run; safe to share between threads.

    Raises what onnxruntime does about a network that it does not take.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Two threads take .66 of the time for a question, and 55 ms of the second processor after
    # it: they wait for more work by turning. Told not to, they are no faster than one; told to
    # turn for .2 ms, whole answers took 1.1 to 1.2 times as long, and building 1.25 times.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Texts differ in length, so no two runs need memory in the same pattern.
    options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
