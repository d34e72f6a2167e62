"""What a figure counts, as it and its sentence tell it by themselves: people, planes, a share, a price."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.lexical import words
from index.types import Figure, Passage
from qa.tables import read_phrases
from qa.understanding.claims import meaning
from qa.understanding.kinds import ALIKE, carrying, groups, listed, nations
from qa.understanding.parts import part_of


def things_of(figure: Figure) -> tuple[str, ...]:
    """What a figure counts, in each word that may tell it; "people" alone for « soldats » and « hommes ».

    Words of one meaning are equal: « avions » and "planes". Empty where nothing is named.
    """
    if is_percent(figure):
        return ("%",)
    unit = unit_of(figure)
    if groups(unit):
        return ("people",)
    # Whose they are (« avions russes ») tells no things apart.
    return tuple(meaning(word).rstrip("s")[:ALIKE] for word in unit if not nations((word,)))


def count_one_thing(one: tuple[Figure, Passage], other: tuple[Figure, Passage], *, sure: bool) -> bool:
    """Whether two figures, each with its passage, may count one thing.

    `sure`: the other one counts what is asked for, so that its noun may differ (« cas », "patients").
    """
    (first, _), (second, _) = one, other
    # « neuf corps » are not said to be of the wounded, nor of the dead.
    if part_of(*one) != part_of(*other):
        return False
    kinds = {first.kind, second.kind}
    if len(kinds) == 2 and (kinds & listed("cases") or is_measure(first) or is_measure(second)):
        return False
    if kinds & {"cost", "share", "votes"}:
        return True
    things = set(things_of(first)), set(things_of(second))
    return bool(things[0] & things[1]) or not all(things) or (sure and not is_measure(first))


def tells_case(figure: Figure) -> bool:
    """Whether its kind alone tells what it counts: the dead, the arrested. « 40 % » may be of anything."""
    return figure.kind in listed("cases") - {"votes", "planned"}


def is_measure(figure: Figure) -> bool:
    """Whether it is a length, a price, a time or a share, never a number of people or things."""
    return figure.kind in listed("measures") or is_percent(figure)


def is_share(figure: Figure) -> bool:
    """Whether it tells how large a part of something is, or how many voted for it."""
    return figure.kind in ("share", "votes") or is_percent(figure)


def is_percent(figure: Figure) -> bool:
    """Whether it is a share: « 40 % », and « la moitié » too, which is no half of a person."""
    spelt = not any(map(str.isdigit, figure.span.text))
    if spelt and 0 < (figure.low or figure.high or 0) < 1:
        return True
    return figure.unit is not None and _says_percent(figure.unit.text)


@lru_cache(maxsize=4096)
def _says_percent(unit: str) -> bool:
    return unit.strip() == "%" or "cent" in words(unit)


def unit_of(figure: Figure) -> tuple[str, ...]:
    """The words of what is counted; none for « 3 000 autres »."""
    return carrying(figure.unit.text) if figure.unit else ()


def is_part(figure: Figure, passage: Passage) -> bool:
    """Whether a figure of `passage` is said to be a part of what was counted before."""
    return bool(before(figure, passage, "part"))


def before(figure: Figure, passage: Passage, table: str) -> re.Match[str] | None:
    """What of a table of quantities.toml stands right before a figure of `passage`: "whole", "part", …"""
    return _pattern(table).search(passage.span.text[: figure.span.start - passage.span.start])


def is_millions(figure: Figure) -> bool:
    """Whether its number is told in millions: « 2,5 millions »."""
    return bool(_pattern("millions").search(figure.span.text))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Where the words of quantities.toml must stand beside a figure."""
    said = read_phrases(__file__, "quantities.toml")
    shapes = {
        "held_against": rf"\b(?:{said['held_against']})(?: (?:{said['articles']}))?\W*$",
        "whole": rf"\b(?:{said['whole']})\W*$",
        "of_them": rf"\b(?:{said['of_them']})$",
        "part": rf"\b(?:{said['part']})\W*$",
        "millions": rf"\b(?:{said['millions']})\b",
    }
    return re.compile(shapes[name], re.IGNORECASE)


def counts_tellers(figure: Figure, passage: Passage) -> bool:
    """Whether a figure counts those who tell: « selon deux sources », "three witnesses said"."""
    return any(voice.holder.overlap(figure.span) for voice in passage.voices)
