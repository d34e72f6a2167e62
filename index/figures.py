"""The quantities of a passage: what answers « how many? » and « how much? ».

Dates, ages, clock times, numbered articles and names with a number are no
figures; a definite number that only points back (« les deux pays ») is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from index import numbers
from index.cues import load
from index.cues.phrases import pattern_of
from index.numbers import Number
from index.types import Figure, Span
from index.words import lower

LANGUAGES = ("fr", "en")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*['°]?|[$€£°%])\s*$")
_CLOCK = re.compile(r"\s?h(?:\s?\d\d)?(?!\w)|:\d\d|h\d\d")
# « de 15 à 24 ans », « les 25-49 ans »: the years stand after the second number.
_AGES = re.compile(r"(?:\s?-\s?|\s+(?:à|et|ou|to|and)\s+)\d{1,2}\s+(ans|years)\b")
_AGES_BEFORE = re.compile(r"\d{1,2}(?:\s?-\s?|\s+(?:à|et|ou|to|and)\s+)$")
_CURRENCY = frozenset("$€£")
_NEAR = 48  # characters of text before a number that can bound it


@dataclass(frozen=True)
class _Rules:
    """One language's table, compiled."""

    reader: numbers.Reader
    bounds: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    sets: dict[str, frozenset[str]]
    ages: re.Pattern[str]
    bounds_one: re.Pattern[str]
    age_about: re.Pattern[str]
    percent: re.Pattern[str]
    symbol: re.Pattern[str]
    between: re.Pattern[str]
    joiner: re.Pattern[str]
    apart: re.Pattern[str]
    opening: re.Pattern[str]
    date: re.Pattern[str]
    kinds: re.Pattern[str]
    of: re.Pattern[str]
    counted_after: re.Pattern[str]
    one_in: re.Pattern[str]
    served: re.Pattern[str]
    soon_after: re.Pattern[str]
    in_many: re.Pattern[str]
    adjectives: tuple[str, ...]
    not_adjectives: tuple[str, ...]


def find(text: str, span: Span, language: str | None) -> tuple[Figure, ...]:
    """The figures of `text[span.start:span.end]`, in order; digits alone where the language is unknown."""
    low = lower(span.text)
    if language not in LANGUAGES:
        return tuple(_digits_alone(text, span, low))
    rules = _rules(language)
    kept = [n for n in numbers.find(low, rules.reader) if _counts(n, low, span.text, rules)]
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


def _single(text: str, span: Span, low: str, number: Number, rules: _Rules) -> Figure:
    start, end, bound = number.start, number.end, None
    before = low[max(0, start - _NEAR) : start]
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
    rules: _Rules,
) -> Figure:
    unit = _unit(low, end, rules)
    place = None if unit is None else Span.cut(text, span.start + unit[0], span.start + unit[1])
    kind = _kind(low, start, end, unit, rules)
    return Figure(Span.cut(text, span.start + start, span.start + end), *values, about, place, kind)


def _scaled(one: Number, two: Number | None, low: str, rules: _Rules) -> Number:
    """« entre 3 et 5 millions »: the first of two takes the scale of the second."""
    if two is None or one.scale > 1 or two.scale < 1_000_000 or not 0 < one.value < 1000:
        return one
    link = low[one.end : two.start]
    if rules.joiner.fullmatch(link) or (len(link) < 6 and rules.apart.fullmatch(link)):
        return replace(one, value=one.value * two.scale)
    return one


def _range(one: Number, two: Number | None, low: str, rules: _Rules) -> int | None:
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


def _counts(number: Number, low: str, text: str, rules: _Rules) -> bool:
    """Whether a number counts something, rather than naming, dating or pointing back."""
    sets, end = rules.sets, number.end
    before, rest = low[max(0, number.start - 120) : number.start], low[end : end + 40]
    previous = found[1] if (found := _LAST_WORD.search(before[-30:])) else ""
    following = _next_word(rest)
    if rest[:1].isalnum() or (
        re.match(r"[-/]\d|-[^\W\d_]|['’]?\w*[/]\w", rest) and not re.match(r"-\d+ \w", rest)
    ):
        return _symbol_at(rest, rules)
    if (
        number.value == 0.5
        and number.spelled
        and number.scale == 1
        and low[number.start : end].split()[-1] in sets["halves"]
    ):
        return False
    if previous in sets["labels"] or (rules.date.match(rest) and not number.spelled and number.value <= 31):
        return False
    if number.value == 1 and number.spelled and low[number.start : end] in sets["ones"]:
        return _single_counts(before, rest, previous, following, rules)
    if number.value == 100 and low[number.start : end] in ("cent", "cents") and previous in ("pour", "per"):
        return False
    if _is_year(number, previous, following, rules):
        return False
    if _is_clock(number, before, previous, following, rest, rules) or _is_age(
        number, before, following, rest, rules
    ):
        return False
    if number.spelled and not number.vague and not number.about and number.value == int(number.value):
        if text[number.start].isupper() and number.start and not re.search(r"[.!?:«“\"—-]\s*$", before):
            return False
        if number.value == 9 and not following.endswith(("s", "x")):
            return False
    if previous in sets["hours"] and number.spelled and number.value < 60:
        return False
    lasts = following in sets["orders"] and _lasts(rest, following, sets)
    small = not lasts and ((number.spelled and number.value <= 20) or number.value < 10)
    if (
        previous in sets["pointing"]
        and small
        and not number.about
        and not number.vague
        and number.value >= 2
        and not _symbol_at(rest, rules)
    ):
        return False
    if (
        previous in sets["pointing"]
        and 2 <= number.value < 100
        and following in sets["no_unit"]
        and not number.about
    ):
        return False
    if rules.one_in.search(before):
        return False
    if (
        previous in sets["in_two"]
        and number.spelled
        and number.value <= 4
        and (not following or following in sets["no_unit"])
    ):
        return False
    if following in sets["streets"] and not number.spelled:
        return False
    if following in sets["orders"] and number.value < 100 and not lasts:
        return False
    named = _LAST_WORD.search(text[max(0, number.start - 30) : number.start])
    if (
        named
        and not number.spelled
        and number.scale == 1
        and named[1][:1].isupper()
        and _sentence_inside(before, named[1])
    ):
        return (following.endswith(("s", "x")) and following not in sets["no_unit"]) or _symbol_at(
            rest, rules
        )
    return True


def _lasts(rest: str, following: str, sets: dict[str, frozenset[str]]) -> bool:
    """« les six dernières années », « ces 12 prochains mois »: how long, and no mere pointing back."""
    return _next_word(rest[rest.index(following) + len(following) :]) in sets["times"]


def _single_counts(before: str, rest: str, previous: str, following: str, rules: _Rules) -> bool:
    """« un » counts before the dead and the wounded, in a sentence served, and behind a bound."""
    if rules.in_many.match(rest):
        return False
    if following in rules.sets["single"] and previous not in ("l'", "qu'"):
        return True
    bounds = [name for name, pattern in rules.bounds if pattern.search(before[-_NEAR:])]
    counted = bounds and rules.bounds_one.search(before[-_NEAR:])
    if bounds and (counted or following in rules.sets["times"] | rules.sets["measures"]):
        return bool(following) and following not in rules.sets["no_unit"]
    return bool(rules.served.match(rest))


def _sentence_inside(before: str, word: str) -> bool:
    """Whether a capitalised word stands inside the sentence, where a capital makes a name."""
    head = before.rstrip()[: -len(word)].rstrip()
    return bool(head) and head[-1] not in '.!?:«“"'


def _is_year(number: Number, previous: str, following: str, rules: _Rules) -> bool:
    sets = rules.sets
    if number.spelled or not re.fullmatch(r"1[5-9]\d\d|20\d\d|2100", number.plain):
        return False
    if previous in ("en", "in", "since", "depuis") or previous in sets["months"] or not following:
        return True
    countable = following.endswith(("s", "x")) and following not in sets["no_unit"] and len(following) > 3
    return not (countable or following in sets["symbols"])


def _is_clock(number: Number, before: str, previous: str, following: str, rest: str, rules: _Rules) -> bool:
    if re.search(r"\d\s?[h:]\s?$", before):
        return True
    if number.spelled and number.value > 24:
        return False
    if not number.spelled and _CLOCK.match(rest) and number.value <= 24:
        return not re.match(r"\s?h(?!\w)", rest) or previous in rules.sets["clock"]
    soon = rules.soon_after.search(before) is not None
    if following in rules.sets["hours"] and number.value < 24 and (soon or previous in rules.sets["clock"]):
        tail = rest.split(following, 1)[1]
        return previous not in ("de", "et", "peu") and not re.match(
            r"\s+(?:de|d'|après|plus|par|avant|of|later)\b", tail
        )
    return following in rules.sets["half_days"]


def _is_age(number: Number, before: str, following: str, rest: str, rules: _Rules) -> bool:
    if number.about and rules.age_about.match(rest):
        near = _WORD.findall(before[-60:].rstrip(" 'd"))[-4:]
        return (
            bool(near) and near[-1] not in rules.sets["not_aged"] and rules.sets["lasting"].isdisjoint(near)
        )
    spread = _AGES.match(rest)
    if first := _AGES_BEFORE.search(before):
        before = before[: first.start()]
    if spread is not None:
        following = spread[1]
        rest = rest[spread.start(1) - 1 :]
    if following not in rules.sets["years"]:
        return bool(rules.ages.search(before)) and number.value < 120 and not following
    if number.value > 120:
        return False
    if rules.ages.search(before):
        return True
    tail = rest.split(following, 1)[1]
    last = _LAST_WORD.search(before)
    if before.rstrip().endswith((",", "(")) and (not tail.strip() or tail.lstrip()[0] in ",.)"):
        return True
    if last and last[1] in ("de", "d'", "of"):
        near = [w.split("'")[-1] for w in _WORD.findall(before[-60:].rstrip()[: -len(last[1])])[-4:]]
        if any(word in rules.sets["person"] for word in near):
            return True
        # A grown-up's age, where nothing near it lasts.
        noun = bool(near) and near[-1] not in rules.sets["no_unit"] and len(near[-1]) > 4
        return noun and not number.spelled and number.value >= 15 and rules.sets["lasting"].isdisjoint(near)
    return last is not None and last[1] in rules.sets["pointing"] and bool(spread or first)


def _next_word(rest: str) -> str:
    found = re.match(r"\s+([^\W\d_]+(?:-[^\W\d_]+)*'?|[%€$£°])|(%)", rest)
    return (found[1] or found[2]) if found else ""


def _symbol_at(rest: str, rules: _Rules) -> bool:
    return bool(rules.symbol.match(rest))


def _unit(low: str, end: int, rules: _Rules) -> tuple[int, int] | None:
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


def _kind(low: str, start: int, end: int, unit: tuple[int, int] | None, rules: _Rules) -> str:
    """The kind whose word stands in the unit, or else nearest to the number in its clause."""
    if not _CURRENCY.isdisjoint(low[max(0, start - 1) : end]):
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


@lru_cache(maxsize=4)
def _rules(language: str) -> _Rules:
    data: dict[str, Any] = load(language).figures

    def any_of(phrases: Iterable[str]) -> str:
        ordered = sorted(phrases, key=len, reverse=True)
        return "|".join(pattern_of(phrase) for phrase in ordered)

    bounds = ((name, any_of(data[name])) for name in ("lower", "upper", "about"))
    first, second = data["between"]
    opening, joiner = data["from_to"]
    months = "|".join(sorted(data["months"].split(), key=len, reverse=True))
    to = "|".join([joiner, *data["or"].split()])
    symbols = "|".join(re.escape(s) for s in sorted(data["symbols"].split(), key=len, reverse=True))
    return _Rules(
        reader=numbers.reader(data),
        bounds=tuple(
            (name, re.compile(rf"(?<!\w)(?:{body})\s*(?:{data['articles']})?$")) for name, body in bounds
        ),
        after=tuple(
            (name, re.compile(rf"\s+(?:{any_of(data['after_' + name])})"))
            for name in ("lower", "upper", "about")
        ),
        sets={name: frozenset(value.split()) for name, value in data.items() if isinstance(value, str)},
        ages=re.compile(rf"(?<!\w)(?:{any_of(data['age'])})\s*(?:[^\W\d_]+\s+){{0,1}}$"),
        bounds_one=re.compile(rf"(?<!\w)(?:{any_of(data['bounds_one'])})\s*$"),
        age_about=re.compile(rf"\s+{data['age_about']}(?!\w)"),
        percent=re.compile(rf"\s?%|\s+{data['percent']}(?!\w)"),
        symbol=re.compile(rf"\s?(?:{symbols})(?!\w)"),
        between=re.compile(rf"(?<!\w){first}\s+(?:les\s+)?$"),
        apart=re.compile(rf"(?:\s+[\w%€$]+){{0,3}}?\s+{second}\s+(?:les\s+)?"),
        joiner=re.compile(rf"(?:\s?[%€$])?\s+(?:{to})\s+|-"),
        opening=re.compile(rf"(?<!\w)(?:{opening})\s*$"),
        date=re.compile(
            rf"(?:er)?\s*(?:(?:[-,]|{data['date_joins']})\s*\d{{1,2}}(?:er)?\s+)?(?:{months})(?!\w)"
        ),
        kinds=re.compile(
            r"(?<!\w)(?:" + "|".join(f"(?P<{k}>{_kind_words(w)})" for k, w in data["kinds"].items()) + ")"
        ),
        of=re.compile(rf"\s+(?:{'|'.join(re.escape(w) for w in data['of'].split())})(?=\W|(?<='))"),
        counted_after=re.compile(rf"\s+(?:{any_of([data['counted_after']])})(?=\W|(?<='))"),
        one_in=re.compile(data["one_in"] + "$"),
        in_many=re.compile(data["in_many"]),
        soon_after=re.compile(rf"(?<!\w)(?:{data['soon_after']})\s+$"),
        served=re.compile(rf"\s+(?:{data['served_for']})\s+(?:{data['served']})"),
        adjectives=tuple(data["adjectives"].split()),
        not_adjectives=tuple(data["not_adjectives"].split()),
    )


def _kind_words(words: str) -> str:
    return "|".join(
        re.escape(w).replace(r"\*", r"\w*") + ("" if w.endswith("*") or not w[-1].isalnum() else r"(?!\w)")
        for w in words.split()
    )
