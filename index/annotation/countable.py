"""Whether a number counts something, rather than naming, dating or pointing back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.annotation.ages import LAST_WORD, WORD, is_age, next_word
from index.annotation.figure_rules import NEAR, Rules
from index.annotation.numbers import Number

# "40-45 million", « 5-8 % »: the end of a range, and what it counts.
_RANGE = re.compile(r"-[$€£]?\d+(?:[.,]\d+)*(?: ?[%€$£]| ?[^\W\d_])")
_ROUND = frozenset({100, 1000, 10_000, 100_000, 1_000_000})
_CLOCK = re.compile(r"\s?h(?:\s?\d\d)?(?!\w)|:\d\d|h\d\d")
# « 12-34 », « 5/8 », « 3-day »: no number of its own.
_GLUED = re.compile(r"[-/]\d|-[$€£]|-[^\W\d_]|['’]?\w*[/]\w")
_OWNER = re.compile(r"['’]s(?=\s+$)")
# « les articles 5 et 6 », "November 1 and 2"
_ROW = re.compile(r"\s(?:\d{1,3}(?:,|,?\s(?:et|ou|à|and|or|to))\s)+$")
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
    seen = _Seen.of(number, low, text, rules)
    if (hyphened := rules.hyphened.match(low, number.end)) and number.value >= 2:
        after = WORD.findall(low[hyphened.end() : hyphened.end() + 40])[:2]
        # "a million-dollar question" counts none.
        return rules.sets["not_hyphened"].isdisjoint(after) and seen.said not in rules.sets["scales"]
    # « 5mois »
    stuck = seen.rest[:1].isalnum() and (number.spelled or not rules.glued.match(seen.rest))
    if stuck or (_GLUED.match(seen.rest) and not _RANGE.match(seen.rest)):
        return _symbol_at(seen.rest, rules)
    if seen.said in rules.sets["bounded_fractions"]:
        bounded = any(pattern.search(seen.before[-NEAR:]) for _, pattern in rules.bounds)
        return bounded and seen.previous in rules.sets["fraction_joins"]
    if number.value == 1 and number.spelled and seen.said in rules.sets["ones"]:
        measured = rules.percent.match(seen.rest) is not None or seen.following in rules.sets["single_units"]
        if measured and seen.said in rules.sets["ones_counted"]:
            return True
        return _single_counts(seen, rules)
    if any(tells(seen, rules) for tells in (_is_turn, _is_moment, _points_back)):
        return False
    if _is_in_name(seen, rules):
        many = rules.plural_ends if rules.sets["adjectives_first"] else ("s", "x")
        named = seen.following.endswith(many) and seen.following not in rules.sets["no_unit"]
        return named or _measured(seen.rest, rules)
    return True


@dataclass(frozen=True, slots=True)
class _Seen:
    """A number and what stands around it, in lower case but for `text`.

    `said` is the number itself, `before` and `rest` the text on both sides, `previous` and
    `following` the nearest words.
    """

    number: Number
    text: str
    low: str
    said: str
    before: str
    rest: str
    previous: str
    following: str

    @classmethod
    def of(cls, number: Number, low: str, text: str, rules: Rules) -> _Seen:
        before = low[max(0, number.start - 120) : number.start]
        rest = low[number.end : number.end + 40]
        found = LAST_WORD.search(before[-30:])
        said = low[number.start : number.end]
        return cls(number, text, low, said, before, rest, found[1] if found else "", next_word(rest))


def _is_turn(seen: _Seen, rules: Rules) -> bool:
    """A number of a label or a turn of phrase: « un quart de finale », « 3 pour mille »."""
    number, sets = seen.number, rules.sets
    if _row_of(seen) in sets["labels"] or (seen.following in sets["streets"] and not number.spelled):
        return True
    if number.spelled and number.value < 1:
        # « un quart de finale », « le tiers payant »
        half = number.value == 0.5 and number.scale == 1 and seen.said.split()[-1] in sets["halves"]
        if half or rules.no_fraction.match(seen.low, number.end):
            return True
    if number.spelled and number.value >= 20 and rules.ordinal.match(seen.low, number.end):
        return True  # "the one hundred fiftieth anniversary"
    if number.plain.isdigit() and number.plain.startswith("0") and len(number.plain) > 1:
        return True  # "call 0800 …"
    if seen.said in sets["only_of"] and (seen.following not in sets["of"] or seen.previous in sets["scored"]):
        return True
    if seen.previous in sets["half_named"] and number.value == 0.5:
        return True
    if number.value == 100 and seen.said in ("cent", "cents") and seen.previous in ("pour", "per"):
        return True
    if seen.said == "mille" and re.search(r"\d pour $", seen.before):
        return True  # « 3,5 pour mille »
    if number.spelled and not number.vague and not number.about and number.value == int(number.value):
        begins = re.search(r"[.!?:«“\"—-]\s*$", seen.before)
        if seen.text[number.start].isupper() and number.start and not begins:
            return True
        # « un immeuble neuf » is new.
        bare = not seen.following.endswith(("s", "x")) and not _measured(seen.rest, rules)
        # « de neuf à huit »
        joined = seen.previous in rules.sets["from_nine"] and seen.following in rules.sets["from_nine"]
        return seen.said == "neuf" and bare and not joined
    return False


def _row_of(seen: _Seen) -> str:
    """What stands before a number, or before the row that it ends: « les articles 5 et 6 »."""
    if seen.number.spelled or not (row := _ROW.search(seen.before)):
        return seen.previous
    found = LAST_WORD.search(seen.before[: row.start() + 1])
    return found[1] if found else seen.previous


def _is_moment(seen: _Seen, rules: Rules) -> bool:
    """A number that tells a day, a year, an hour or an age."""
    number = seen.number
    if not number.spelled and number.value <= 31 and number.plain.isdigit():
        row = _row_of(seen)
        bare = not seen.following or seen.following in rules.sets["no_unit"]
        # « le 10, il est mort », "November 1 and 2"
        on_day = seen.previous in rules.sets["on_day"] or (
            row != seen.previous and row in rules.sets["months"]
        )
        if rules.date.match(seen.rest) or (on_day and bare and not _measured(seen.rest, rules)):
            return True
    # « le sept novembre »
    spelled_day = number.spelled and number.value <= 31 and seen.previous in rules.sets["on_day"]
    if spelled_day and rules.date.match(seen.rest):
        return True
    if any(tells(seen, rules) for tells in (_is_year, _dates, _is_clock)):
        return True
    # « the early 50's »
    if number.plain.isdigit() and number.value % 10 == 0 and re.match(r"['’]s\b", seen.rest):
        return True
    if is_age(number, seen.low, seen.text, rules):
        return True
    return seen.previous in rules.sets["hours"] and number.spelled and number.value < 60


def _points_back(seen: _Seen, rules: Rules) -> bool:
    """A number that points at what was counted before, divides or orders: « cut in two »."""
    number, sets = seen.number, rules.sets
    lasts = seen.following in sets["orders"] and _lasts(seen.rest, seen.following, sets)
    if seen.following in sets["orders"] and number.value < 100 and not lasts:
        return True
    bare = not seen.following or seen.following in sets["no_unit"]
    if seen.previous in sets["pointing"] and number.value >= 2 and not number.about:
        small = not lasts and ((number.spelled and number.value <= 20) or number.value < 10)
        # « dans les deux semaines » lasts.
        within = seen.following in sets["times"] and rules.within.search(seen.before)
        if small and not number.vague and not _measured(seen.rest, rules) and not within:
            return True
        if number.value < 100 and bare and seen.following:
            return True
    # "the other two are not"
    if seen.previous in sets["others_before"] and number.spelled and bare:
        return True
    # « cut in two », but "held stakes in two of the mines"
    whole = number.value >= 2 and rules.of_whole.match(seen.low, number.end)
    divides = seen.previous in sets["in_two"] and number.spelled and number.value <= 4
    return divides and bare and not whole


def _is_in_name(seen: _Seen, rules: Rules) -> bool:
    """Whether a number ends a name: « Ordelia 3 », but « et Ordelia 3 150 » has a count."""
    number = seen.number
    # "the Standard & Poor's 500"
    behind = _OWNER.sub("", seen.text[max(0, number.start - 30) : number.start])
    named = LAST_WORD.search(behind)
    if rules.code.search(seen.text[: number.start]):
        return False
    if not named or number.spelled or number.scale != 1 or not named[1][:1].isupper():
        return False
    before = _OWNER.sub("", seen.before)
    inside = _sentence_inside(before, named[1]) or seen.previous in rules.sets["months"]
    return inside and (number.value < 1000 or number.plain.isdigit())


def _lasts(rest: str, following: str, sets: dict[str, frozenset[str]]) -> bool:
    """« les six dernières années », « ces 12 prochains mois »: how long, and no mere pointing back."""
    return next_word(rest[rest.index(following) + len(following) :]) in sets["times"]


def _single_counts(seen: _Seen, rules: Rules) -> bool:
    """« un » counts before the dead and the wounded, in a sentence served, and behind a bound."""
    if seen.following in rules.sets["single"] and seen.previous not in ("l'", "qu'"):
        return True
    lasts = seen.following in rules.sets["times"] | rules.sets["measures"]
    if rules.besides.search(seen.before) and not lasts:
        return False
    bounds = [name for name, pattern in rules.bounds if pattern.search(seen.before[-NEAR:])]
    counted = bounds and rules.bounds_one.search(seen.before[-NEAR:])
    if bounds and (counted or lasts):
        return bool(seen.following) and seen.following not in rules.sets["no_unit"]
    return bool(rules.served.match(seen.rest))


def _sentence_inside(before: str, word: str) -> bool:
    """Whether a capitalised word stands inside the sentence, where a capital makes a name."""
    head = before.rstrip()[: -len(word)].rstrip()
    return bool(head) and head[-1] not in '.!?:«“"'


def _is_year(seen: _Seen, rules: Rules) -> bool:
    sets = rules.sets
    if seen.number.spelled or not re.fullmatch(r"1[5-9]\d\d|20\d\d|2100", seen.number.plain):
        return False
    following = seen.following
    if not following or seen.previous in sets["months"] | {"en", "in", "since", "depuis"}:
        return True
    countable = following.endswith(("s", "x")) and following not in sets["no_unit"] and len(following) > 3
    return not (countable or following in sets["symbols"])


def _dates(seen: _Seen, rules: Rules) -> bool:
    """ "the summer of 1976 remains", "the 2012 elections": what stands before it makes a year of it."""
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", seen.number.plain):
        return False
    if seen.following in rules.sets["year_before"] and seen.number.value % 100 != 0:
        return True
    if seen.previous in rules.sets["of"]:
        near = WORD.findall(seen.before)
        return len(near) > 1 and near[-2] in rules.sets["year_of"]
    return seen.previous in rules.sets["year_after"] and seen.number.value % 100 != 0


def _is_clock(seen: _Seen, rules: Rules) -> bool:
    # « 18 h 40 », « 2 heures 40 »
    behind = re.search(r"\d\s?(?:[h:]|heures?(?=\s))\s?$", seen.before)
    if behind and not (behind[0].rstrip().endswith(("heure", "heures")) and seen.following):
        return True
    if seen.number.spelled and seen.number.value > 24:
        return False
    if not seen.number.spelled and _CLOCK.match(seen.rest) and seen.number.value <= 24:
        return not re.match(r"\s?h(?!\s?\w)", seen.rest) or seen.previous in rules.sets["clock"]
    if rules.from_clock.search(seen.before) and rules.to_clock.match(seen.rest):
        return True  # « de 10 heures à midi »
    told = seen.previous in rules.sets["clock"] or rules.soon_after.search(seen.before) is not None
    if told and seen.following in rules.sets["hours"] and seen.number.value < 24:
        tail = seen.rest.split(seen.following, 1)[1]
        return seen.previous not in ("de", "et", "peu") and not re.match(
            r"\s+(?:de|d'|après|plus|par|avant|of|later)\b", tail
        )
    return seen.following in rules.sets["half_days"] or _TO_CLOCK.match(seen.rest) is not None


def _symbol_at(rest: str, rules: Rules) -> bool:
    return bool(rules.symbol.match(rest))


def _measured(rest: str, rules: Rules) -> bool:
    """Whether a measure follows: « 25 % », « 25 pour cent »."""
    return _symbol_at(rest, rules) or rules.percent.match(rest) is not None
