"""The chat's pure functions, run by Node where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("module", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_pure_functions(module: str) -> None:
    """Offsets, words, addresses, filters, formats, examples and storage hold without a browser."""
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node on this machine")
    done = subprocess.run([node, "--test", str(HERE / module)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
