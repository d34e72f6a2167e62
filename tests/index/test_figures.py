from __future__ import annotations

import pytest

from index.figures import find
from index.types import Span
from tests.index.marked import Example
from tests.index.marked import read as examples
from tests.index.reading import GOLD
from tests.index.test_stance import LABELLED

QUANTITIES = [
    pytest.param("fr", example, id=f"figures-{number}") for number, example in examples(GOLD / "figures.txt")
]


@pytest.mark.parametrize(("language", "example"), [*QUANTITIES, *LABELLED])
def test_a_labelled_sentence_has_its_figures_and_no_others(language: str, example: Example) -> None:
    figures = find(example.text, Span.cut(example.text, 0, len(example.text)), language)
    assert [(f.low, f.high) for f in figures] == [(low, high) for _, _, low, high in example.figures]
    for figure, (start, end, _, _) in zip(figures, example.figures, strict=True):
        assert figure.span.start < end
        assert start < figure.span.end


@pytest.mark.parametrize(
    ("sentence", "unit", "kind", "approx"),
    [
        ("Au moins 30 soldats ont été tués.", "soldats", "killed_or_wounded", False),
        ("La police a arrêté une dizaine de manifestants.", "manifestants", "arrested", True),
        ("Environ 4 000 habitants ont été évacués.", "habitants", "displaced", True),
        ("La réparation a coûté 3 millions d'euros.", "euros", "cost", False),
        ("Le oui l'emporte avec 52 % des voix.", "%", "share", False),
        ("Le camp est à 40 kilomètres.", "kilomètres", "distance", False),
        ("Deux soldats ont été capturés.", "soldats", "captured", False),
    ],
)
def test_unit_kind_and_nearness(sentence: str, unit: str, kind: str, approx: bool) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "fr")
    assert figure.unit is not None
    assert (figure.unit.text, figure.kind, figure.approx) == (unit, kind, approx)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "."])
def test_thousands_are_written_in_many_ways(space: str) -> None:
    sentence = f"Ils sont 12{space}000 hommes."
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "fr")
    assert (figure.low, figure.high) == (12000, 12000)
    assert figure.span.text == f"12{space}000"


def test_an_english_comma_groups_and_a_french_one_divides() -> None:
    english, french = "They are 12,000 men.", "Ils ont perdu 12,5 points."
    assert find(english, Span.cut(english, 0, len(english)), "en")[0].low == 12000
    assert find(french, Span.cut(french, 0, len(french)), "fr")[0].low == 12.5


@pytest.mark.parametrize(
    ("sentence", "low", "high", "kind"),
    [
        ("It lost 12 cents a share.", 12, 12, "cost"),
        ("The plant cost $147M.", 147e6, 147e6, "cost"),
        ("The bank lent between 3 and 5bn euros.", 3e9, 5e9, "cost"),
        ("A wall 3 m high keeps them out.", 3, 3, "other"),
    ],
)
def test_short_scales_are_of_money_alone(sentence: str, low: float, high: float, kind: str) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert (figure.low, figure.high, figure.kind) == (low, high, kind)
