"""Where two quotes cannot both be true: other figures for one thing, or a yes against a no.

Precision before recall: a pair is named only where both sentences speak of one matter,
time, place and scope as far as their words show. What is planned is never held against
what was done, a part never against the whole. The words stand in contradictions.toml.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from index.lexical import fold, terms
from index.types import Figure, Passage, Role, Stance, VoiceStance
from qa.types import Conflict, Contradiction, Quote

MOST = 10
# An approximate figure may be meant this much lower or higher; two exact ones may be rounded.
_LOOSE, _ROUNDED = 0.15, 0.04
_NAME = re.compile(r"(?<=[\w,;:»’'(-] )[A-ZÀ-ÖØ-Þ][\w’-]+|(?<=[’'])[A-ZÀ-ÖØ-Þ][\w-]+")
_COUNTED = re.compile(r"\d")
_VAGUE = re.compile(r"^\W*(?:several|plusieurs|thousands?|millions?|hundreds?|milliers?|centaines?)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence shows of itself to be held against another."""

    passage: Passage
    folded: str
    stems: tuple[str, ...]
    names: frozenset[str]
    times: frozenset[str]
    scopes: frozenset[str]
    planned: bool
    negated: bool


def contradictions(quotes: Sequence[Quote]) -> tuple[Contradiction, ...]:
    """The pairs of `quotes` that contradict each other, by number, the best ranked first."""
    claims = [claim_of(quote.passage, quote.document.language) for quote in quotes]
    found = []
    for i, j in combinations(range(len(quotes)), 2):
        days = {quotes[i].document.published, quotes[j].document.published}
        conflict = conflict_of(claims[i], claims[j], updated=len(days) == 2 and None not in days)
        if conflict is not None:
            kind, first, second = conflict
            found.append(Contradiction(kind, (i, j), (first, second)))
    return tuple(found[:MOST])


@lru_cache(maxsize=4_096)
def claim_of(passage: Passage, language: str | None) -> Claim:
    """What `passage` claims, in words that can be compared."""
    folded = fold(passage.span.text)
    spoken = {fold(word) for voice in passage.voices for word in voice.holder.text.split()}
    names = {fold(found.group()) for found in _NAME.finditer(passage.span.text)}
    times = frozenset(found.group().strip() for found in _pattern("times").finditer(folded))
    denied = passage.stance is Stance.DENIES or any(v.stance is VoiceStance.DENIES for v in passage.voices)
    return Claim(
        passage,
        folded,
        tuple(
            dict.fromkeys(
                _meaning(stem) for stem in terms(passage.span.text, language) if not _COUNTED.match(stem)
            )
        ),
        frozenset(names - spoken - times),
        times,
        frozenset(found.group() for found in _pattern("scopes").finditer(folded)),
        bool(_pattern("planned").search(folded)),
        bool(_pattern("negations").search(folded)) != denied,
    )


def conflict_of(
    one: Claim, other: Claim, *, updated: bool = False
) -> tuple[Conflict, Figure | None, Figure | None] | None:
    """How two claims contradict each other, with the figures that do; None where they may both be true.

    `updated`: the articles are of different days, so that the later may know more.
    """
    if not _comparable(one, other):
        return None
    if not updated:
        for first in one.passage.figures:
            for second in other.passage.figures:
                if _figures_apart(one, other, first, second):
                    return Conflict.FIGURES, first, second
    if one.negated != other.negated and _one_matter(one, other):
        return Conflict.CLAIMS, None, None
    if one.negated == other.negated and not updated and _contrary(one, other):
        return Conflict.CLAIMS, None, None
    return None


def _comparable(one: Claim, other: Claim) -> bool:
    """Whether nothing shows that the two speak of different things, times or parts."""
    if one.passage.role is not Role.SENTENCE or other.passage.role is not Role.SENTENCE:
        return False
    if (
        one.planned
        or other.planned
        or one.folded.rstrip().endswith("?")
        or other.folded.rstrip().endswith("?")
    ):
        return False
    if (one.names - other.names and other.names - one.names) or one.scopes != other.scopes:
        return False
    return not (one.times - other.times and other.times - one.times)


def _shared(one: Claim, other: Claim) -> tuple[set[str], float]:
    """The stems that two claims have in common, and their share of the shorter claim."""
    left, right = set(one.stems), set(other.stems)
    common = {stem for stem in left if stem in right or any(_akin(stem, known) for known in right)}
    return common, len(common) / max(1, min(len(left), len(right)))


def _figures_apart(one: Claim, other: Claim, first: Figure, second: Figure) -> bool:
    """Whether two figures count one thing and leave no number that suits both."""
    if first.kind != second.kind or first.kind == "planned":
        return False
    units = _unit(first), _unit(second)
    if units[0] and units[1] and units[0][0] != units[1][0]:
        return False
    common, share = _shared(one, other)
    counted = {stem for unit in units if unit for stem in unit[0].split()}
    matter = {stem for stem in common if not any(_akin(stem, word) for word in counted)}
    if len(matter) < (2 if units[0] and units[1] else 3) or share < 0.4:
        return False
    low_a, high_a = _range(first, units[0][1] if units[0] else 1.0)
    low_b, high_b = _range(second, units[1][1] if units[1] else 1.0)
    return high_a < low_b or high_b < low_a


def _range(figure: Figure, factor: float) -> tuple[float, float]:
    loose = _LOOSE if figure.approx else _ROUNDED / 2
    low = 0.0 if figure.low is None else figure.low * (1 - loose)
    high = (
        math.inf if figure.high is None or _VAGUE.match(fold(figure.span.text)) else figure.high * (1 + loose)
    )
    return low * factor, high * factor


def _unit(figure: Figure) -> tuple[str, float] | None:
    """What is counted, and how many of the common unit it is; None where nothing is named."""
    if figure.unit is None:
        return None
    unit = fold(figure.unit.text).strip()
    for base, names in _data()["units"].items():
        if unit == base or unit in names:
            return base, float(names.get(unit, 1.0))
    return _meaning(terms(unit, "fr")[0] if terms(unit, "fr") else unit)[:5], 1.0


def _one_matter(one: Claim, other: Claim) -> bool:
    """Whether a yes and a no speak of the same thing done."""
    common, share = _shared(one, other)
    return len(common) >= 3 and share >= 0.6


def _contrary(one: Claim, other: Claim) -> bool:
    """Whether words of contrary meaning are said of one subject."""
    if not one.stems or not other.stems:
        return False
    common, share = _shared(one, other)
    same_subject = one.stems[0] == other.stems[0]
    if len(common) + same_subject < 2 or (share < 0.4 and not same_subject):
        return False
    left, right = f" {one.folded} ", f" {other.folded} "
    return any(
        (_holds(left, a) and _holds(right, b) and not _holds(left, b) and not _holds(right, a))
        or (_holds(left, b) and _holds(right, a) and not _holds(left, a) and not _holds(right, b))
        for a, b in _data()["contrary"]
    )


def _holds(folded: str, beginning: str) -> bool:
    return f" {beginning}" in folded.replace(".", " ").replace(",", " ")


def _akin(stem: str, other: str) -> bool:
    """Whether two stems begin alike: « rompu » and « rompues »."""
    return stem == other or (len(stem) >= 4 and len(other) >= 4 and stem[:5] == other[:5])


def _meaning(stem: str) -> str:
    """The word that stands for all of one meaning; the stem itself where it is in no list."""
    return _same().get(stem[:5]) or _same().get(stem[:4]) or stem


@cache
def _same() -> dict[str, str]:
    """Beginnings of words, each with the first word of its list."""
    return {word[:5]: line.split()[0] for line in _data()["same"] for word in line.split()}


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in _data()[table]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "contradictions.toml").read_text(encoding="utf-8"))
