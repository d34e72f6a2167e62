"""What the sample corpus does not show, on a real answer: figures and positions of every kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Route

JSON = dict[str, Any]
HOLDER = "les services de renseignement militaire ukrainien (GUR)"


def figure(text: str, low: float | None, high: float | None, kind: str = "killed_or_wounded") -> JSON:
    """A figure; its offsets do not matter outside a quote."""
    unit = {"text": "soldats", "start": 0, "end": 7}
    span = {"text": text, "start": 0, "end": len(text)}
    return {**span, "low": low, "high": high, "approx": False, "unit": unit, "kind": kind}


def row(figure: JSON, quote: int, stance: str, group: int, **more: Any) -> JSON:
    """A row of the table of figures."""
    known = {"holder": None, "published": None, "origins": 1, "apart": False}
    return {"figure": figure, "quote": quote, "stance": stance, "group": group, **known, **more}


def position(stance: str, holder: str, *quotes: int, **more: Any) -> JSON:
    """What somebody says, and where."""
    known = {"actor": None, "steps": [], "dated": False}
    return {"stance": stance, "holder": holder, "quotes": list(quotes), **known, **more}


FIGURES = [
    row(figure("au moins 30", 30, None), 0, "reports", 0, holder="GUR", published="2024-12-16", origins=2),
    row(figure("une trentaine", 30, None), 1, "asserts", 0, holder=HOLDER, origins=2),
    row(figure("jusqu’à 200", None, 200), 2, "doubts", 1, holder="Washington", published="2024-12-18"),
    row(figure("1 000 à 3 000", 1000, 3000), 3, "denies", 2, published="2025-01-02"),
    row(figure("1 100", 1100, 1100), 4, "neutral", 3, holder="le NIS", published="2024-12-20"),
    row(figure("12 000", 12000, 12000, "deployed"), 4, "reports", 4, holder="Kiev", apart=True),
]
STEPS = [
    {"stance": "denies", "quotes": [2], "published": "2024-10-20"},
    {"stance": "asserts", "quotes": [4], "published": "2025-04-28"},
]
PYONGYANG = {"actor": "dprk", "steps": STEPS, "dated": True}
FILTERS = {
    "stance": ["reports"],
    "voice": None,
    "document": [],
    "publisher": [],
    "after": None,
    "before": None,
}
ADDED = {
    "rewritten": "Combien de soldats nord-coréens ont été tués selon Kiev ?",
    "figures": FIGURES,
    "spread": {"low": 30, "high": 3000, "kind": "killed_or_wounded", "groups": 4},
    "positions": [
        position("asserts", "Kiev", 0, 1),
        position("asserts", HOLDER, 0),
        position("asserts", "Pyongyang", 4, **PYONGYANG),
        position("doubts", "Washington", 2),
        position("denies", "Pyongyang", 2, **PYONGYANG),
        position("silent", "le Kremlin", 3),
    ],
    "contradictions": [
        {"kind": "figures", "quotes": [0, 3], "figures": [FIGURES[0]["figure"], FIGURES[3]["figure"]]},
        {"kind": "claims", "quotes": [1, 2], "figures": [None, None]},
    ],
    "suggestions": [
        {
            "kind": "dissent",
            "text": "Qui le rapporte ?",
            "question": "Combien de soldats ?",
            "filters": FILTERS,
        }
    ],
}


def enriched(**changes: Any) -> Callable[[Route], None]:
    """Lets the service answer, and adds what this corpus lacks."""

    def answer(route: Route) -> None:
        response = route.fetch()
        found = response.json()
        if found.get("answered"):
            found["quotes"] = (found["quotes"] * 5)[:5]  # as many as ADDED names
            found.update({**ADDED, **changes})
        route.fulfill(response=response, body=json.dumps(found), content_type="application/json")

    return answer
