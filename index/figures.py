"""The quantities of a passage: what answers « how many? » and « how much? ».

Dates, ages, clock times, numbered articles and names with a number are no
figures; a definite number that only points back (« les deux pays ») is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from index import numbers
from index.countable import counts
from index.figure_rules import NEAR, Rules, rules_of
from index.numbers import Number
from index.types import Figure, Span
from index.words import lower

LANGUAGES = ("fr", "en")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_CURRENCY = frozenset("$€£")


def find(text: str, span: Span, language: str | None) -> tuple[Figure, ...]:
    """The figures of `text[span.start:span.end]`, in order; digits alone where the language is unknown."""
    low = lower(span.text)
    if language not in LANGUAGES:
        return tuple(_digits_alone(text, span, low))
    rules = rules_of(language)
    kept = [n for n in numbers.find(low, rules.reader) if counts(n, low, span.text, rules)]
    kept = [_scaled(n, m, low, rules) for n, m in zip_longest(kept, kept[1:])]
    figures = []
    at = 0
    while at < len(kept):
        number = kept[at]
        second = kept[at + 1] if at + 1 < len(kept) else None
        pair = _range(number, second, low, rules) if second is not None else None
        if pair is not None and second is not None:
            figures.append(
                _figure(text, span, low, pair, second.end, (number.value, second.value), True, rules)
            )
            at += 2
            continue
        figures.append(_single(text, span, low, number, rules))
        at += 1
    return tuple(figures)


def _single(text: str, span: Span, low: str, number: Number, rules: Rules) -> Figure:
    start, end, bound = number.start, number.end, None
    before = low[max(0, start - NEAR) : start]
    for name, pattern in rules.bounds:
        if found := pattern.search(before):
            start, bound = start - len(before) + found.start(), name
            break
    for name, pattern in rules.after:
        if bound is None and (found := pattern.match(low, end)):
            end, bound = found.end(), name
    about = number.about or number.vague or bound == "about"
    low_value: float | None = number.value
    high_value: float | None = None if number.vague else number.value
    if bound == "lower":
        high_value = None
    elif bound == "upper":
        low_value, high_value = None, number.value
    if number.vague and bound != "upper":
        word = re.search(rf"(?<!\w)(?:{'|'.join(rules.sets['vague'])})\s+$", low[max(0, start - 12) : start])
        start -= len(word[0]) if word else 0
    return _figure(text, span, low, start, end, (low_value, high_value), about, rules)


def _figure(
    text: str,
    span: Span,
    low: str,
    start: int,
    end: int,
    values: tuple[float | None, float | None],
    about: bool,
    rules: Rules,
) -> Figure:
    unit = _unit(low, end, rules)
    place = None if unit is None else Span.cut(text, span.start + unit[0], span.start + unit[1])
    kind = _kind(low, start, end, unit, rules)
    return Figure(Span.cut(text, span.start + start, span.start + end), *values, about, place, kind)


def _scaled(one: Number, two: Number | None, low: str, rules: Rules) -> Number:
    """« entre 3 et 5 millions »: the first of two takes the scale of the second."""
    if two is None or one.scale > 1 or two.scale < 1_000_000 or not 0 < one.value < 1000:
        return one
    link = low[one.end : two.start]
    if rules.joiner.fullmatch(link) or (len(link) < 6 and rules.apart.fullmatch(link)):
        return replace(one, value=one.value * two.scale)
    return one


def _range(one: Number, two: Number | None, low: str, rules: Rules) -> int | None:
    """Where a range « entre … et … », « de … à … », « 3 ou 4 » begins, or None."""
    if two is None or not one.value < two.value or one.vague or two.vague:
        return None
    link, before = low[one.end : two.start], low[max(0, one.start - 16) : one.start]
    if rules.between.search(before) and rules.apart.fullmatch(link):
        return one.start - len(rules.between.search(before)[0])  # type: ignore[index]
    joined = rules.joiner.fullmatch(link)
    if not joined or (link.strip()[0] in "%€$" and low[two.end : two.end + 2].strip()[:1] != link.strip()[0]):
        return None
    if re.search(rf"\b(?:{'|'.join(rules.sets['change'])})\b", low[max(0, one.start - 40) : one.start]):
        return None
    opening = rules.opening.search(before)
    return one.start - (len(opening[0]) if opening else 0)


def _unit(low: str, end: int, rules: Rules) -> tuple[int, int] | None:
    """What is counted: the noun after a number, with one word that belongs to it."""
    if found := rules.percent.match(low, end) or rules.symbol.match(low, end):
        start = end + len(found[0]) - len(found[0].lstrip())
        return start, found.end()
    at = end
    if found := rules.counted_after.match(low, at) or rules.of.match(low, at):
        at = found.end()
    words: list[tuple[int, int]] = []
    while len(words) < 4:
        space = re.compile(r"[ \u00a0\u202f]+").match(low, at)
        begin = space.end() if space else at
        if not words and not space and at == end:
            return None
        found = _WORD.match(low, begin)
        if found is None or (begin == at and not found[0] and words):
            break
        word = found[0]
        head = word.rpartition("'")[0]
        if not words:
            if word in rules.sets["no_unit"] or head + "'" in rules.sets["no_unit"]:
                return None
            words.append(found.span())
            if word in rules.sets["skipped_adjectives"]:
                at = found.end()
                continue
        elif _WORD.match(low, words[0][0])[0] in rules.sets["skipped_adjectives"] and len(words) == 1:  # type: ignore[index]
            if word in rules.sets["no_unit"]:
                break
            words.append(found.span())
        elif (
            word not in rules.sets["no_unit"]
            and word.endswith(rules.adjectives)
            and "'" not in word
            and not word.endswith(rules.not_adjectives)
        ):
            words.append(found.span())
            break
        else:
            break
        at = found.end()
        if at < len(low) and low[at] != " " and low[at] not in "\u00a0\u202f":
            break
    return (words[0][0], words[-1][1]) if words else None


def _kind(low: str, start: int, end: int, unit: tuple[int, int] | None, rules: Rules) -> str:
    """The kind whose word stands in the unit, or else nearest to the number in its clause."""
    if not _CURRENCY.isdisjoint(low[max(0, start - 1) : unit[1] if unit else end]):
        return "cost"
    if unit is not None:
        for found in rules.kinds.finditer(low, *unit):
            if found.lastgroup in rules.sets["kinds_of_unit"]:
                return str(found.lastgroup)
    first, last = max(0, start - 70), min(len(low), end + 90)
    first = max(first, *(low.rfind(mark, first, start) + 1 for mark in (";", ".", ":")))
    best, distance = "other", 70
    for found in rules.kinds.finditer(low, first, last):
        if found.lastgroup in rules.sets["kinds_by_unit_alone"]:
            continue
        gap = start - found.end() if found.end() <= start else max(0, found.start() - end)
        if gap < distance:
            best, distance = str(found.lastgroup), gap
    return best


def _digits_alone(text: str, span: Span, low: str) -> Iterable[Figure]:
    for number in numbers.find(low, numbers.plain_reader()):
        rest = low[number.end : number.end + 8]
        year = re.fullmatch(r"1[5-9]\d\d|20\d\d", number.plain)
        if year or rest[:1].isalnum() or re.match(r"[-/:]\d", rest):
            continue
        place = Span.cut(text, span.start + number.start, span.start + number.end)
        yield Figure(place, number.value, number.value, False, None, "other")
