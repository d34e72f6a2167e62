"""What somebody else counts in the next sentence stands beside what was found."""

from __future__ import annotations

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
ASKED = "Combien de marcheurs à Vireval ?"
FIRST = "La police a recensé 300 marcheurs à Vireval."


def answer(folder: Path, behind: str) -> Answer:
    """What is answered where nothing is likely enough by itself but the first sentence."""
    build(folder / "store", [write(folder / "news", {"one.txt": f"La marche\n\n{FIRST}{behind}\n"})], ENCODER)
    snapshot = open_snapshot(folder / "store")
    best = ask(snapshot, ENCODER, ASKED, threshold=0.0).quotes[0]
    assert best.passage.span.text == FIRST
    return ask(snapshot, ENCODER, ASKED, threshold=best.score)


@pytest.mark.parametrize(
    ("rival", "figure", "holder"),
    [
        ("Les syndicats en comptent 900.", "900", "Les syndicats"),
        ("Les syndicats avancent le chiffre de 900 personnes.", "900", "Les syndicats"),
        ("Elle a depuis corrigé son chiffre : 420.", "420", "La police"),
    ],
)
def test_another_count_in_the_next_sentence_is_quoted(
    tmp_path: Path, rival: str, figure: str, holder: str
) -> None:
    """Alone it says too little; right behind the count it disputes or mends, it answers as well."""
    found = answer(tmp_path, f" {rival}")
    assert [quote.passage.span.text for quote in found.quotes] == [FIRST, rival]
    rows = [(row.figure.span.text, row.holder) for row in found.figures if not row.apart]
    assert rows == [("300", "La police"), (figure, holder)]
    assert any(part.feature == "sequel" for part in why(found.quotes[1], "fr"))


def test_a_third_count_stands_behind_the_second(tmp_path: Path) -> None:
    others = ["Les syndicats en comptent 900.", "La mairie parle, elle, de 420."]
    found = answer(tmp_path, " " + " ".join(others))
    assert [quote.passage.span.text for quote in found.quotes] == [FIRST, *others]


@pytest.mark.parametrize(
    "behind",
    [
        " Les syndicats en comptent beaucoup plus.",
        " Selon la mairie, 12 marcheurs ont été blessés.",
        " Selon la mairie, 40 % des boutiques sont restées fermées.",
        " Les pompiers ont compté 900 spectateurs au concert donné le soir dans le parc.",
        "\n\nLes syndicats en comptent 900.",
    ],
)
def test_what_counts_something_else_is_left_out(tmp_path: Path, behind: str) -> None:
    assert [quote.passage.span.text for quote in answer(tmp_path, behind).quotes] == [FIRST]


TOLL = "Le raid a fait 40 morts à Vireval, selon les secours."


@pytest.mark.parametrize(
    ("other", "stands"),
    [
        ("Les rebelles parlent de 73 tués.", True),
        ("Les rebelles parlent de 73 blessés.", False),
        ("En 2019, les rebelles parlaient de 73 tués.", False),
        ("À Brugnac, les rebelles parlent de 73 tués.", False),
        ("Les rebelles craignent 73 tués si le pont cède.", False),
    ],
)
def test_another_toll_of_the_article_is_quoted(tmp_path: Path, other: str, stands: bool) -> None:
    """Wherever it stands; that of another year or place, and of the wounded, is left out."""
    text = f"Un raid\n\n{TOLL} Il pleuvait.\n\nLa route est coupée.\n\n{other}\n"
    build(tmp_path / "store", [write(tmp_path / "news", {"one.txt": text})], ENCODER)
    snapshot, asked = open_snapshot(tmp_path / "store"), "Combien de morts à Vireval ?"
    best = ask(snapshot, ENCODER, asked, threshold=0.0).quotes[0]
    assert best.passage.span.text == TOLL
    quoted = [quote.passage.span.text for quote in ask(snapshot, ENCODER, asked, threshold=best.score).quotes]
    assert quoted == ([TOLL, other] if stands else [TOLL])


def test_a_number_that_names_nothing_counts_what_the_sentence_before_does(tmp_path: Path) -> None:
    """« le chiffre de 73 » is another toll right behind one, and stands with it in the table."""
    other = "Les rebelles maintiennent, eux, le chiffre de 73."
    text = f"Un raid\n\n{TOLL} {other} Il pleuvait.\n"
    build(tmp_path / "store", [write(tmp_path / "news", {"one.txt": text})], ENCODER)
    snapshot, asked = open_snapshot(tmp_path / "store"), "Combien de morts à Vireval ?"
    best = ask(snapshot, ENCODER, asked, threshold=0.0).quotes[0]
    found = ask(snapshot, ENCODER, asked, threshold=best.score)
    assert [quote.passage.span.text for quote in found.quotes] == [TOLL, other]
    rows = [(row.figure.span.text, row.holder, row.apart) for row in found.figures]
    assert rows == [("40", "les secours", False), ("73", "Les rebelles", False)]


@pytest.mark.parametrize(
    ("before", "stands"),
    [
        ("Ils étaient 900 à défiler dans Vireval, selon les syndicats.", True),
        ("Ils étaient 900 à dîner, selon les syndicats.", False),
        ("Ils étaient 900 à défiler dans Vireval.", False),
    ],
)
def test_who_counts_without_naming_what_is_quoted_beside(tmp_path: Path, before: str, stands: bool) -> None:
    """Where the sentence tells in any words all that is asked, and who counted."""
    first, asked = "La police a recensé 300 manifestants à Vireval.", "Combien de manifestants à Vireval ?"
    text = f"Le cortège\n\n{before} {first} Il pleut.\n"
    build(tmp_path / "store", [write(tmp_path / "news", {"one.txt": text})], ENCODER)
    snapshot = open_snapshot(tmp_path / "store")
    best = ask(snapshot, ENCODER, asked, threshold=0.0).quotes[0]
    assert best.passage.span.text == first
    found = [quote.passage.span.text for quote in ask(snapshot, ENCODER, asked, threshold=best.score).quotes]
    assert found == ([first, before] if stands else [first])
