"""Where two quotes cannot both be true: other figures for one thing, or a yes against a no.

Precision before recall: a pair is named only where both sentences speak of one matter,
time, place and scope as far as their words show. What is planned is never held against
what was done, a part never against the whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from index.lexical import fold, terms, words
from index.types import Figure, Role
from qa.tables import read_phrases
from qa.types import Conflict, Contradiction, Quote
from qa.understanding.claims import Claim, Clause, begin_alike, claim_of, data, meaning, negated_at
from qa.understanding.parts import part_of
from qa.understanding.quantities import is_measure
from qa.understanding.speakers import another_speaks

MOST = 10
# An approximate figure may be meant this much lower or higher; two exact ones may be rounded.
_LOOSE, _ROUNDED = 0.15, 0.04
# The share of the shorter claim that two must have in common.
_MATTER = 0.4
_CONTRARY, _ACT = "contrary", "act"
# What two voices say of one thing stands this near, in characters.
_NEAR = 150
# What did not take place is told of at most this far before, in characters.
_FURTHER = 300

# How two contradict each other, and the figures that do.
Apart = tuple[Conflict, Figure | None, Figure | None]
_CLAIMS: Apart = (Conflict.CLAIMS, None, None)


def contradictions(quotes: Sequence[Quote]) -> tuple[Contradiction, ...]:
    """The pairs of `quotes` that contradict each other, by number, the best ranked first."""
    claims = [claim_of(quote.passage, quote.document.language) for quote in quotes]
    found = []
    for i, j in combinations(range(len(quotes)), 2):
        if _one_place(quotes[i], quotes[j]):
            continue
        days = {quotes[i].document.published, quotes[j].document.published}
        conflict = _answered(quotes[i], quotes[j], claims[i], claims[j]) or conflict_of(
            claims[i], claims[j], updated=len(days) == 2 and None not in days
        )
        if conflict is not None:
            kind, first, second = conflict
            found.append(Contradiction(kind, (i, j), (first, second)))
    return tuple(found[:MOST])


def conflict_of(one: Claim, other: Claim, *, updated: bool = False) -> Apart | None:
    """How two claims contradict each other, with the figures that do; None where they may both be true.

    `updated`: the articles are of different days, so that the later may know more.
    """
    if not _comparable(one, other):
        return None
    pairs = [(left, right) for left in one.clauses for right in other.clauses]
    names = one.names | other.names
    axes = [_opposed(left, right) for left, right in pairs]
    if not updated and not any(axes) and (figures := _figures_apart(one, other)):
        return Conflict.FIGURES, *figures
    for (left, right), opposed in zip(pairs, axes, strict=True):
        if left.negated != right.negated:
            if not opposed and _one_matter(left, right, names) and not _one_figure(one, other):
                return _CLAIMS
        elif (
            _CONTRARY in opposed
            and not updated
            and _one_subject(left, right, names)
            and not _two_lots(one, other)
        ):
            return _CLAIMS
    return None


def _answered(one: Quote, other: Quote, left: Claim, right: Claim) -> Apart | None:
    """How the article itself sets two quotes against each other, in the words of another voice close behind.

    « Il conteste ce chiffre et parle de 1 190 tonnes », « elle assure au contraire que … ».
    """
    if one.document.doc_id != other.document.doc_id:
        return None
    if other.passage.span.start < one.passage.span.start:
        mirrored = _answered(other, one, right, left)
        return mirrored and (mirrored[0], mirrored[2], mirrored[1])
    if not another_speaks(one.passage, other.passage):
        return None
    between = one.document.text[one.passage.span.end : other.passage.span.start]
    if len(between) <= _FURTHER and _never_was(left, right):
        return _CLAIMS
    if "\n" in between or len(between) > _NEAR:
        return None
    if figures := _other_figure(left, right):
        return Conflict.FIGURES, *figures
    contrary = _pattern("contrary").search(other.passage.span.text)
    follows = not any(character.isalnum() for character in between)
    return _CLAIMS if contrary and follows and one.passage.voices else None


def _other_figure(told: Claim, denied: Claim) -> tuple[Figure, Figure] | None:
    """A figure of `told`, and that which `denied` gives behind « ce chiffre », where no number suits both."""
    text, start = denied.passage.span.text, denied.passage.span.start
    this = _pattern("this_figure").search(text)
    if this is None or denied.changing or denied.tentative or not denied.times <= told.times:
        return None
    given = next((one for one in denied.passage.figures if one.span.start >= start + this.end()), None)
    # « Le chiffre de onze » is a figure of its own.
    if given is None or _pattern("of").fullmatch(text, this.end(), given.span.start - start):
        return None
    meant = next((one for one in told.passage.figures if _counts_alike(told, denied, one, given)), None)
    return (meant, given) if meant and _apart(meant, given) else None


def _never_was(told: Claim, denied: Claim) -> bool:
    """Whether `denied` says that what `told` tells of did not take place."""
    text = fold(told.passage.span.text)
    event = _pattern("never_was").search(fold(denied.passage.span.text))
    known = any(_pattern(off).search(text) for off in ("called_off", "never_was"))
    if event is None or told.tentative or known:
        return False
    return any(begin_alike(event[1], word) for word in words(text))


def _counts_alike(one: Claim, other: Claim, first: Figure, second: Figure) -> bool:
    """Whether « ce chiffre » can be `first`: of the unit and the kind of `second`, where it names one."""
    return second.unit is None or (first.kind == second.kind and bool(_one_unit(one, other, first, second)))


def _apart(first: Figure, second: Figure) -> bool:
    """Whether no number suits two figures."""
    units = _unit(first) or ("", 1.0), _unit(second) or ("", 1.0)
    (low, high), (least, most) = _range(first, units[0][1]), _range(second, units[1][1])
    return high < least or most < low


def _one_figure(one: Claim, other: Claim) -> bool:
    """Whether both give one figure of one thing, and neither denies it: they differ in what stands beside."""
    return any(
        (first.kind, first.low, first.high) == (second.kind, second.low, second.high)
        and _one_unit(one, other, first, second)
        and not negated_at(one.passage, first.span)
        and not negated_at(other.passage, second.span)
        for first in one.passage.figures
        for second in other.passage.figures
    )


def _one_place(one: Quote, other: Quote) -> bool:
    """Whether two quotes show the same words of one article."""
    same = one.document.doc_id == other.document.doc_id
    return same and bool(one.passage.span.overlap(other.passage.span))


def _comparable(one: Claim, other: Claim) -> bool:
    """Whether nothing shows that the two speak of different things, times or parts."""
    if one.passage.role is not Role.SENTENCE or other.passage.role is not Role.SENTENCE:
        return False
    if one.tentative or other.tentative or one.scopes != other.scopes:
        return False
    return not _each_lacks(one.names, other.names) and not _each_lacks(one.times, other.times)


def _each_lacks(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one - other and other - one)


def _shared(left: set[str], right: set[str], names: frozenset[str]) -> tuple[set[str], int, float]:
    """The stems that two have in common, how many of them name nobody, and their share of the shorter.

    Each stem meets one of the other: « entreprise » and « entretien » are not both "enterprise".
    """
    common, rest = left & right, right - left
    for stem in sorted(left - right):
        if met := next((known for known in sorted(rest) if begin_alike(stem, known)), None):
            common = common | {stem}
            rest = rest - {met}
    plain = sum(not any(begin_alike(stem, name) for name in names) for stem in common)
    return common, plain, len(common) / max(1, min(len(left), len(right)))


def _figures_apart(one: Claim, other: Claim) -> tuple[Figure, Figure] | None:
    """Two figures that count one thing and leave no number that suits both, where no others agree."""
    if one.changing or other.changing:
        return None
    # Who tells a thing is no part of it, unless the other claim speaks of the same.
    left, right = set(one.stems), set(other.stems)
    left, right = left - (one.speakers - right), right - (other.speakers - left)
    common, _, share = _shared(left, right, frozenset())
    apart = None
    for first in one.passage.figures:
        for second in other.passage.figures:
            units = _unit(first), _unit(second)
            same = _one_unit(one, other, first, second)
            kinds = {first.kind, second.kind}
            if "planned" in kinds or same is False or (len(kinds) > 1 and not (same and "other" in kinds)):
                continue
            # The dead are not the wounded, nor both together.
            if len({part_of(first, one.passage), part_of(second, other.passage)} - {""}) > 1:
                continue
            if not _apart(first, second):
                return None
            counted = [word for figure in (first, second) if figure.unit for word in words(figure.unit.text)]
            counted += [unit[0] for unit in units if unit]
            matter = [stem for stem in common if not any(begin_alike(stem, word) for word in counted)]
            # Minutes and days are counted of everything.
            needed = 3 if same is None or first.kind == "duration" else 2
            if len(matter) >= needed and share >= _MATTER:
                apart = apart or (first, second)
    return apart


def _one_unit(one: Claim, other: Claim, first: Figure, second: Figure) -> bool | None:
    """Whether two figures count in one unit; None where one of them names none."""
    a, b = _unit(first), _unit(second)
    if a is None and b is None:
        return None
    if a is None or b is None:
        unit, told = (a or b), (one if a is None else other)
        return True if unit and any(begin_alike(unit[0], stem) for stem in told.stems) else None
    if begin_alike(a[0], b[0]):
        return True
    if is_measure(first) or is_measure(second):
        return False
    # « 18 000 grévistes » and « 6 500 cheminots en grève »: what one counts, the other tells.
    return any(begin_alike(a[0], stem) for stem in other.stems) or any(
        begin_alike(b[0], stem) for stem in one.stems
    )


def _range(figure: Figure, factor: float) -> tuple[float, float]:
    loose = _LOOSE if figure.approx else _ROUNDED / 2
    low = 0.0 if figure.low is None else figure.low * (1 - loose)
    vague = _pattern("vague").match(fold(figure.span.text))
    high = math.inf if figure.high is None or vague else figure.high * (1 + loose)
    return low * factor, high * factor


def _unit(figure: Figure) -> tuple[str, float] | None:
    """What is counted, and how many of the common unit it is; None where nothing is named."""
    if figure.unit is None:
        return None
    unit = fold(figure.unit.text).strip()
    for base, names in data()["units"].items():
        if unit == base or unit in names:
            return base, float(names.get(unit, 1.0))
    head = words(unit)[0] if words(unit) else unit
    told = meaning(head)
    return (told if told != head else (terms(head, "fr") or [head])[0]), 1.0


def _one_matter(left: Clause, right: Clause, names: frozenset[str]) -> bool:
    """Whether a yes and a no speak of the same thing done."""
    common, plain, share = _shared(set(left.stems), set(right.stems), names)
    return len(common) >= 3 and plain >= 2 and share >= 0.6


def _one_subject(left: Clause, right: Clause, names: frozenset[str]) -> bool:
    """Whether words of contrary meaning are said of one subject."""
    common, plain, share = _shared(set(left.stems), set(right.stems), names)
    same = bool(left.stems and right.stems) and begin_alike(left.stems[0], right.stems[0])
    return len(common) + same >= 2 and plain >= 1 and (same or share >= _MATTER)


def _opposed(left: Clause, right: Clause) -> set[str]:
    """Which tables hold a word of one clause and its contrary in the other, where neither holds both."""
    contraries = len(data()["contrary"])
    found = {
        _CONTRARY if axis < contraries else _ACT
        for axis, end in left.poles
        if (axis, 1 - end) in right.poles
        and (axis, 1 - end) not in left.poles
        and (axis, end) not in right.poles
    }
    reversed_ = _reverses(left, right) or _reverses(right, left)
    return found | {_CONTRARY} if reversed_ else found


def _two_lots(one: Claim, other: Claim) -> bool:
    """Whether both count things: four matches won and two lost are six."""
    return any(
        not is_measure(first) and not is_measure(second) and _one_unit(one, other, first, second)
        for first in one.passage.figures
        for second in other.passage.figures
    )


def _reverses(one: Clause, other: Clause) -> bool:
    """Whether one clause holds the contrary of a stem of the other: « disallow » of "allow"."""
    return any(root in other.stems and root not in one.stems for root in one.reverses)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Where the words of contradictions.toml must stand to take up what was said."""
    said = read_phrases(__file__, "contradictions.toml")
    shapes = {
        "this_figure": rf"\b(?:{said['this_figure']})\b",
        "of": rf" (?:{said['of']}) ?",
        "contrary": rf"\b(?:{said['contrary']})\b",
        "never_was": rf"\b(?:{said['things']})(\w{{4,}})(?: \w+){{0,2}}? (?:{said['never']})\b",
        "called_off": rf"\b(?:{said['called_off']})",
        "vague": rf"^\W*(?:{said['vague']})\b",
    }
    return re.compile(shapes[name], re.IGNORECASE)
