"""Store a trained folder in the form that ships: 8-bit matrices with one scale per row.

  python -m index.models.export --trained OUT --folder selon-mini-fr-en

Vectors of one dimension (biases, layer norms) stay float32.  Prints the SHA-256 that
load.py checks.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def quantise(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows as int8 and their scales: of some clippings, the one with the least squared error."""
    top = matrix.abs().amax(1).clamp_min(1e-8)
    best_error = torch.full_like(top, float("inf"))
    best = torch.zeros_like(matrix, dtype=torch.int8)
    best_scale = torch.zeros_like(top)
    for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7):
        scale = top * share / 127
        rows = (matrix / scale[:, None]).round().clamp(-127, 127)
        error = ((rows * scale[:, None] - matrix) ** 2).sum(1)
        better = error < best_error
        best_error[better], best_scale[better] = error[better], scale[better]
        best[better] = rows[better].to(torch.int8)
    return best, best_scale


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--trained", type=Path, required=True, help="the folder train.py wrote")
    ap.add_argument("--folder", type=Path, required=True, help="where the shipped form goes")
    args = ap.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    out = {}
    for name, value in load_file(args.trained / "model.safetensors").items():
        if value.ndim == 2 and value.shape[0] > 2:
            out[name], out[name + ".scale"] = quantise(value)
        else:
            out[name] = value
    path = args.folder / "model.safetensors"
    save_file(out, path, metadata={"format": "pt"})
    config = json.loads((args.trained / "config.json").read_text("utf-8"))
    config.pop("_name_or_path", None)
    config["architectures"] = ["BertModel"]
    (args.folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    shutil.copyfile(args.trained / "tokenizer.json", args.folder / "tokenizer.json")
    print(path.stat().st_size, "bytes, SHA-256", hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
