"""The mean of two models that were trained from one another: often better than either on what both know.

python -m index.models.mean --models BEFORE AFTER --out MEAN
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def mean(folders: list[Path], out: Path) -> None:
    """Write the mean of the weights in `folders`, all else as in the last; `out` may exist."""
    models = [load_file(folder / WEIGHTS) for folder in folders]
    shutil.copytree(folders[-1], out, dirs_exist_ok=True)
    mixed = {name: torch.stack([model[name] for model in models]).mean(0) for name in models[-1]}
    save_file(mixed, out / WEIGHTS, {"format": "pt"})


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--models", type=Path, nargs="+", required=True, help="folders that train.py wrote")
    ap.add_argument("--out", type=Path, required=True)
    args = ap.parse_args()
    mean(args.models, args.out)


if __name__ == "__main__":
    main()
