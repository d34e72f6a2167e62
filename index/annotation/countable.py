"""Whether a number counts something, rather than naming, dating or pointing back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.annotation.ages import LAST_WORD, WORD, is_age, next_word
from index.annotation.figure_rules import NEAR, Rules
from index.annotation.numbers import Number

# "40-45 million", « 5-8 % »: the end of a range, and what it counts.
_RANGE = re.compile(r"-[$€£]?\d+(?:[.,]\d+)*(?: ?[%€$£]| ?[^\W\d_])")
_ROUND = frozenset({100, 1000, 10_000, 100_000, 1_000_000})
_CLOCK = re.compile(r"\s?h(?:\s?\d\d)?(?!\w)|:\d\d|h\d\d")
# "from 7 to 9 a.m."
_TO_CLOCK = re.compile(r"(?:\s?-\s?|\s+(?:to|until|till|and)\s+)\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b")


def shares(found: Sequence[Number], low: str, rules: Rules) -> set[Number]:
    """The numbers that only make a share together: « sept Français sur dix », "one in five"."""
    return {
        part
        for one, of in pairwise(found)
        if (link := rules.share.fullmatch(low, one.end, of.start))
        and 1 <= one.value < of.value
        # « 312 députés sur 577 » are two counts.
        and (one.value == 1 or of.value <= 10 or of.value in _ROUND)
        and not _counts_on(low[of.end : of.end + 40], bool(link[1]), rules)
        for part in (one, of)
    }


def _counts_on(rest: str, named: bool, rules: Rules) -> bool:
    """Whether a number counts what follows it: « deux matchs sur trois jours », no "two in five homes"."""
    following = next_word(rest)
    noun = following.endswith(rules.plural_ends) and following not in rules.sets["no_unit"]
    return _symbol_at(rest, rules) or (noun and (named or following in rules.sets["times"]))


def counts(number: Number, low: str, text: str, rules: Rules) -> bool:
    """Whether a number counts something, rather than naming, dating or pointing back."""
    sets, end = rules.sets, number.end
    before, rest = low[max(0, number.start - 120) : number.start], low[end : end + 40]
    previous = found[1] if (found := LAST_WORD.search(before[-30:])) else ""
    following = next_word(rest)
    if (hyphened := rules.hyphened.match(low, end)) and number.value >= 2:
        return sets["not_hyphened"].isdisjoint(WORD.findall(low[hyphened.end() : hyphened.end() + 40])[:2])
    if rest[:1].isalnum() or (
        re.match(r"[-/]\d|-[$€£]|-[^\W\d_]|['’]?\w*[/]\w", rest) and not _RANGE.match(rest)
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
    if number.spelled and number.value < 1 and rules.no_fraction.match(low, end):
        return False  # « un quart de finale », « le tiers payant »
    if low[number.start : end] in sets["bounded_fractions"]:
        bounded = any(pattern.search(before[-NEAR:]) for _, pattern in rules.bounds)
        return bounded and previous in sets["fraction_joins"]
    if number.value == 1 and number.spelled and low[number.start : end] in sets["ones"]:
        measured = rules.percent.match(rest) is not None or following in sets["single_units"]
        if measured and low[number.start : end] in sets["ones_counted"]:
            return True
        return _single_counts(before, rest, previous, following, rules)
    if number.spelled and number.value >= 20 and rules.ordinal.match(low, end):
        return False  # "the one hundred fiftieth anniversary"
    if number.plain.isdigit() and number.plain.startswith("0") and len(number.plain) > 1:
        return False  # "call 0800 …"
    if low[number.start : end] in sets["only_of"] and following not in sets["of"]:
        return False
    if number.value == 100 and low[number.start : end] in ("cent", "cents") and previous in ("pour", "per"):
        return False
    if low[number.start : end] == "mille" and re.search(r"\d pour $", before):
        return False  # « 3,5 pour mille »
    if _is_year(number, previous, following, rules) or _dates(number, before, (previous, following), rules):
        return False
    if _is_clock(number, before, previous, following, rest, rules) or is_age(number, low, text, rules):
        return False
    if number.spelled and not number.vague and not number.about and number.value == int(number.value):
        if text[number.start].isupper() and number.start and not re.search(r"[.!?:«“\"—-]\s*$", before):
            return False
        # « un immeuble neuf » is new.
        if low[number.start : end] == "neuf" and not following.endswith(("s", "x")):
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
    if (
        previous in sets["in_two"]
        and number.spelled
        and number.value <= 4
        and (not following or following in sets["no_unit"])
        # « cut in two », but "held stakes in two of the mines"
        and not (number.value >= 2 and rules.of_whole.match(low, end))
    ):
        return False
    if following in sets["streets"] and not number.spelled:
        return False
    if following in sets["orders"] and number.value < 100 and not lasts:
        return False
    named = LAST_WORD.search(text[max(0, number.start - 30) : number.start])
    if (
        named
        and not number.spelled
        and number.scale == 1
        and named[1][:1].isupper()
        and (_sentence_inside(before, named[1]) or previous in sets["months"])
        # No name has a number with parted thousands: « et Ordelia 3 150 ».
        and (number.value < 1000 or number.plain.isdigit())
    ):
        many = rules.plural_ends if sets["adjectives_first"] else ("s", "x")
        return (following.endswith(many) and following not in sets["no_unit"]) or _symbol_at(rest, rules)
    return True


def _lasts(rest: str, following: str, sets: dict[str, frozenset[str]]) -> bool:
    """« les six dernières années », « ces 12 prochains mois »: how long, and no mere pointing back."""
    return next_word(rest[rest.index(following) + len(following) :]) in sets["times"]


def _single_counts(before: str, rest: str, previous: str, following: str, rules: Rules) -> bool:
    """« un » counts before the dead and the wounded, in a sentence served, and behind a bound."""
    if following in rules.sets["single"] and previous not in ("l'", "qu'"):
        return True
    bounds = [name for name, pattern in rules.bounds if pattern.search(before[-NEAR:])]
    counted = bounds and rules.bounds_one.search(before[-NEAR:])
    if bounds and (counted or following in rules.sets["times"] | rules.sets["measures"]):
        return bool(following) and following not in rules.sets["no_unit"]
    return bool(rules.served.match(rest))


def _sentence_inside(before: str, word: str) -> bool:
    """Whether a capitalised word stands inside the sentence, where a capital makes a name."""
    head = before.rstrip()[: -len(word)].rstrip()
    return bool(head) and head[-1] not in '.!?:«“"'


def _is_year(number: Number, previous: str, following: str, rules: Rules) -> bool:
    sets = rules.sets
    if number.spelled or not re.fullmatch(r"1[5-9]\d\d|20\d\d|2100", number.plain):
        return False
    if previous in ("en", "in", "since", "depuis") or previous in sets["months"] or not following:
        return True
    countable = following.endswith(("s", "x")) and following not in sets["no_unit"] and len(following) > 3
    return not (countable or following in sets["symbols"])


def _dates(number: Number, before: str, around: tuple[str, str], rules: Rules) -> bool:
    """ "the summer of 1976 remains", "the 2012 elections": what stands before it makes a year of it."""
    previous, following = around
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", number.plain):
        return False
    if following in rules.sets["year_before"] and number.value % 100 != 0:
        return True
    if previous in rules.sets["of"]:
        near = WORD.findall(before)
        return len(near) > 1 and near[-2] in rules.sets["year_of"]
    return previous in rules.sets["year_after"] and number.value % 100 != 0


def _is_clock(number: Number, before: str, previous: str, following: str, rest: str, rules: Rules) -> bool:
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
    return following in rules.sets["half_days"] or _TO_CLOCK.match(rest) is not None


def _symbol_at(rest: str, rules: Rules) -> bool:
    return bool(rules.symbol.match(rest))
