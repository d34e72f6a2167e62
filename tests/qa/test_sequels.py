"""What another article of a story counts of the same thing stands beside what was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import write

from index.build import build
from index.storage.snapshot import open_snapshot
from qa.answer import ask
from qa.ranking.why import why
from qa.types import Answer

ENCODER = TrigramEncoder()
ASKED = "Combien de morts dans la crue à Vireval ?"
FIRST = "Quatre personnes sont mortes à Vireval dans la crue."
LATER = "Le bilan est monté à 19 morts, selon la préfecture."


def answer(folder: Path, later: str, title: str, day: str | None, asked: str = ASKED) -> Answer:
    """What is answered to `asked` where one article tells the first count, and another one `later`.

    Nothing is likely enough by itself but the first.
    """
    texts = {"first.txt": f"{FIRST}\n", "later.txt": f"{title}\n\n{later}\n"}
    days = {"first.txt": {"published": "2024-03-02"}, "later.txt": {"published": day}}
    build(folder / "store", [write(folder / "news", texts | {"metadata.json": json.dumps(days)})], ENCODER)
    snapshot = open_snapshot(folder / "store")
    best = ask(snapshot, ENCODER, asked, threshold=0.0).quotes[0]
    assert best.passage.span.text == FIRST
    return ask(snapshot, ENCODER, asked, threshold=best.score)


def test_a_later_count_stands_beside_the_first(tmp_path: Path) -> None:
    """A sentence that names neither place nor event is told where its article does, and as surely."""
    found = answer(tmp_path, LATER, "Vireval pleure ses morts après la crue", "2024-03-05")
    assert [quote.passage.span.text for quote in found.quotes] == [FIRST, LATER]
    assert [row.figure.span.text for row in found.figures if not row.apart] == ["Quatre", "19"]
    first, later = found.quotes
    assert later.score == first.score
    assert any(part.feature == "sequel" for part in why(later, "fr"))


@pytest.mark.parametrize(
    ("later", "title", "day"),
    [
        (LATER, "Bruma pleure ses morts après la crue", "2024-03-05"),
        (LATER, "Vireval pleure les morts de l'incendie", "2024-03-05"),
        (LATER, "Vireval pleure ses morts après la crue", "2019-03-05"),
        (LATER, "Vireval pleure ses morts après la crue", None),
        ("Le bilan est monté à 19 blessés.", "Vireval pleure ses morts après la crue", "2024-03-05"),
        ("Le bilan de 1997 était de 19 morts.", "Vireval pleure ses morts après la crue", "2024-03-05"),
        ("Le bilan à Bruma est de 19 morts.", "Vireval pleure ses morts après la crue", "2024-03-05"),
        ("Le bilan pourrait monter à 19 morts.", "Vireval pleure ses morts après la crue", "2024-03-05"),
    ],
)
def test_another_story_or_count_is_not_told_on(
    tmp_path: Path, later: str, title: str, day: str | None
) -> None:
    """Another place, event, year, case, or what is only feared, stays where its own words put it."""
    found = answer(tmp_path, later, title, day)
    assert [quote.passage.span.text for quote in found.quotes] == [FIRST]
