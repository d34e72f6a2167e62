"""What two figures of a sentence tell of each other: « de 80 à 65 dollars », « sur 26 navires, 19 … »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.annotation.figure_rules import NEAR, Rules
from index.types import Figure

_LINK = 24  # characters of « , contre » before a number
_COMPARED = re.compile(r"[^,;:.\d]{0,40},?[^,;:.\d]{0,20}")
_CUT = re.compile(r"[,;]\s")
_COMMA = re.compile(r"[^,;:.]{0,40},\s+")


def told_together(figures: Sequence[Figure], offset: int, low: str, rules: Rules) -> list[Figure]:
    """`figures` of the sentence that begins at `offset`, each with what the one beside it tells of it."""
    told = list(figures)
    for one in range(1, len(told)):
        told[one - 1], told[one] = _pair(told[one - 1], told[one], offset, low, rules)
    return told


def _pair(before: Figure, part: Figure, offset: int, low: str, rules: Rules) -> tuple[Figure, Figure]:
    first, end, at = (place - offset for place in (before.span.start, before.span.end, part.span.start))
    # « porté à 19, dont 3 enfants »: what becomes of the whole becomes of its part.
    inherits = part.kind == "other" and before.kind in rules.sets["kinds_of_people"]
    if inherits and rules.part.search(low, max(0, at - NEAR), at):
        part = replace(part, kind=before.kind)
    # « 4 morts sur 60 passagers », "19 of 60 passengers": what became of the part did not of the whole.
    of = rules.part_of.match(low, before.unit.end - offset) if before.unit is not None else None
    of = of if of and of.end() == at else rules.part_of.match(low, end)
    if of and of.end() == at and not (part.unit and rules.kinds.search(part.unit.text.lower())):
        part = replace(part, kind="other", unit=part.unit or before.unit)
    changes = rules.joiner.fullmatch(low, end, at) and _comparable(before, part)
    if before.unit is None:
        # « passe de 80 à 65 dollars »
        if changes and part.unit is not None:
            before = replace(before, unit=part.unit, kind=part.kind)
        return before, part
    if part.unit is not None:
        return before, part
    unit = before.unit.end - offset
    # « le nombre de postes passe de 40 à 30 », « 180 voix contre 115 »
    # and « 3,2 millions d'euros à la commune, contre 2,7 millions »
    opposed = _COMPARED.fullmatch(low, unit, at) and rules.against.search(low, max(unit, at - _LINK), at)
    # « Le nombre de morts varie : 12 pour la police, 17 pour l'hôpital »
    listed = unit <= first and _COMMA.fullmatch(low, end, at)
    if (changes and unit <= first) or ((opposed or listed) and _comparable(before, part)):
        return before, replace(part, unit=before.unit, kind=before.kind)
    # « 73 tués ; la Croix-Rouge n'en a recensé que 31 »
    # and « 73 tués ; l'hôpital avance le chiffre de 31 », « 73 tués, selon l'hôpital ; 31, selon l'État »
    near = max(unit, at - 2 * NEAR)
    those = rules.of_those.search(low, near, at)
    told = part.kind == "other" and rules.says_number.search(low, near, at)
    both = rules.given_by.match(low, unit) and rules.given_by.match(low, part.span.end - offset)
    if (those or told or (both and _CUT.search(low, at - 2, at))) and _comparable(before, part):
        return before, replace(part, unit=before.unit, kind=before.kind)
    # « sur les 26 navires de la ligne, 19 sont à quai »
    if rules.out_of.search(low, max(0, first - NEAR), first) and _COMMA.fullmatch(low, unit, at):
        part = replace(part, unit=before.unit)
    return before, part


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two numbers are near enough to count one thing: "500 million to 5.28%" count two."""
    first, second = (figure.low or figure.high or 0.0 for figure in (one, other))
    return max(first, second) <= 100 * min(first, second)
