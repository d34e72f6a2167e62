"""Whether a number says how old somebody is: « un homme de 45 ans », "Wang Jia, 31, a farmer"."""

from __future__ import annotations

import re

from index.annotation.figure_rules import Rules
from index.annotation.numbers import Number

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*['°]?|[$€£°%])\.?\s*$")
_OLDEST = 120
# « les femmes entre 35 et 49 ans »
_FROM = ("entre", "between")
# "said Wang Jia, 31, a farmer": behind a name, between commas or at the end; « à Lyon, 12, » counts.
_ASIDE = re.compile(r"(?:(?<!\w)([^\W\d_][\w.'’-]*)\s+)?([^\W\d_][\w.'’-]*),\s+$")
# « de 15 à 24 ans », « 20, 25 et 31 ans », « les 25-49 ans »: the years stand after the last number.
_BETWEEN = r"(?:\s?-\s?|,\s+|,?\s+(?:à|et|ou|to|and|or)\s+)"
_ROW = re.compile(rf"(?:{_BETWEEN}\d{{1,2}})+(?=\s)")
_ROW_BEFORE = re.compile(rf"(?:(?<!\d)\d{{1,2}}{_BETWEEN})+$")


def is_age(number: Number, low: str, text: str, rules: Rules) -> bool:
    """Whether a number of `text`, lowered as `low`, is an age, or the bound of an age group."""
    if _is_aside(number, text, rules):
        return True
    before, rest = low[max(0, number.start - 120) : number.start], low[number.end :][:40]
    if number.about and rules.age_about.match(rest):
        near = WORD.findall(before[-60:].rstrip(" 'd"))[-4:]
        lasting = not rules.sets["lasting"].isdisjoint(near)
        return bool(near) and near[-1] not in rules.sets["not_aged"] and not lasting
    row_before = _ROW_BEFORE.search(before)
    before = before[: row_before.start()] if row_before else before
    row = _ROW.match(rest)
    if row and (_in_years(rest[row.end() :], rules) or rules.is_old.match(rest, row.end())):
        rest = rest[row.end() :]
    else:
        row = None
    if number.value >= _OLDEST:
        return False
    if rules.age_always.search(before) or rules.is_old.match(rest):
        return True
    if not _in_years(rest, rules):
        return _is_bare(before, next_word(rest), rules)
    last = LAST_WORD.search(before)
    spread = last[1] if last is not None and (row or row_before) else ""
    if spread in rules.sets["pointing"] or (spread in _FROM and _is_persons(before, spread, rules)):
        return True
    return _has_lived(number, before, rest, rules)


def _in_years(rest: str, rules: Rules) -> bool:
    return next_word(rest) in rules.sets["years"] | rules.sets["young"]


def _is_aside(number: Number, text: str, rules: Rules) -> bool:
    """An age that stands alone behind a name: "Wang Jia, 31, a farmer"."""
    name = _ASIDE.search(text[max(0, number.start - 40) : number.start])
    named = (
        name is not None and name[2][0].isupper() and (name[1] or "").lower() not in rules.sets["at_place"]
    )
    bare = number.plain.isdigit() and 1 <= number.value < 110 and number.scale == 1
    return named and bare and text[number.end : number.end + 1] in (",", ".")


def _is_bare(before: str, following: str, rules: Rules) -> bool:
    """An age without its years: "he was 58", "children under three"; "under 12 roofs" counts."""
    unnamed = not following or following in rules.sets["no_unit"] - rules.sets["of"]
    if unnamed and rules.age_bare.search(before):
        return True
    noun = following.endswith(rules.plural_ends) and following not in rules.sets["no_unit"]
    grouped = not noun and rules.age_group.search(before) is not None
    return grouped or (not following and rules.ages.search(before) is not None)


def _has_lived(number: Number, before: str, rest: str, rules: Rules) -> bool:
    """Whether somebody's years are counted, and not those that something lasts."""
    sets, following = rules.sets, next_word(rest)
    tail = rest.split(following, 1)[1]
    grown = following in sets["years"]
    if grown and (rules.ages.search(before) or _is_told(before, next_word(tail), rules)):
        return True
    if grown and before.rstrip().endswith((",", "(")) and (not tail.strip() or tail.lstrip()[0] in ",.)"):
        return True
    closes = not tail.strip() or tail.lstrip()[0] in ",.;)"
    if grown and closes and rules.age_closed.search(before) and not rules.lasts_so_long.search(before[-60:]):
        return True
    last = LAST_WORD.search(before)
    if last is None or last[1] not in ("de", "d'", "of"):
        return False
    if _is_persons(before, last[1], rules):
        return True
    words = _words_before(before, last[1])
    # A grown-up's age, where nothing near it lasts.
    noun = bool(words) and words[-1] not in sets["no_unit"] and len(words[-1]) > 4
    near = [word.split("'")[-1] for word in words]
    return grown and noun and not number.spelled and number.value >= 15 and sets["lasting"].isdisjoint(near)


def _is_persons(before: str, last: str, rules: Rules) -> bool:
    """Whether one of the words before `last`, which ends `before`, means people."""
    near = [word.split("'")[-1] for word in _words_before(before, last)]
    return not rules.sets["person"].isdisjoint(near + [word.removesuffix("s") for word in near])


def _words_before(before: str, last: str) -> list[str]:
    return WORD.findall(before[-60:].rstrip()[: -len(last)])[-4:]


def _is_told(before: str, following: str, rules: Rules) -> bool:
    """« elle a 58 ans », « à 58 ans, il part »; « elle a 20 ans de carrière » counts."""
    return following not in rules.sets["of"] and rules.age_before.search(before) is not None


def next_word(rest: str) -> str:
    # "p.m." is one word; « 26ans » are two.
    found = re.match(r"\s*((?:[^\W\d_]\.){2}|[ap]\.m(?!\w)|[^\W\d_]+(?:-[^\W\d_]+)*'?|[%€$£°])|(%)", rest)
    return (found[1] or found[2]) if found else ""
