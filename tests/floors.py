"""What was measured on the labelled data may not fall under what it was: tests/gold/floors.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def floors() -> dict[str, Any]:
    """What each measure was at least when it was last raised, by what it was measured on."""
    text = (Path(__file__).with_name("gold") / "floors.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def fallen(measured: Mapping[str, float], least: Mapping[str, float]) -> dict[str, float]:
    """What is under its floor."""
    return {name: measured[name] for name, floor in least.items() if measured[name] < floor}
