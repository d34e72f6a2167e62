"""A guard against work that never ends: it runs in a process of its own, which is ended with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60  # seconds: for a slow machine; what this is about would take hours


def finishes(code: str) -> None:
    """Runs Python, which must end without an error within `PATIENCE`."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
