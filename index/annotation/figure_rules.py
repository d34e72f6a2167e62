"""What a language says of its quantities, compiled: bounds, ranges, labels, kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.annotation import numbers
from index.cues import load
from index.cues.phrases import pattern_of

NEAR = 48  # characters of text before a number that can bound it
# "between £40m and £45m": the sign stands before each end.
_PRICED = r"(?:[$€£]\s?)?"


@dataclass(frozen=True)
class Rules:
    """One language's table, compiled."""

    language: str
    reader: numbers.Reader
    bounds: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    after_unit: tuple[tuple[str, re.Pattern[str]], ...]
    sets: dict[str, frozenset[str]]
    ages: re.Pattern[str]
    bounds_one: re.Pattern[str]
    besides: re.Pattern[str]
    within: re.Pattern[str]
    age_about: re.Pattern[str]
    age_group: re.Pattern[str]
    age_before: re.Pattern[str]
    age_bare: re.Pattern[str]
    age_always: re.Pattern[str]
    age_closed: re.Pattern[str]
    lasts_so_long: re.Pattern[str]
    is_old: re.Pattern[str]
    hyphened: re.Pattern[str]
    percent: re.Pattern[str]
    symbol: re.Pattern[str]
    between: re.Pattern[str]
    share: re.Pattern[str]
    change: re.Pattern[str]
    on_scale: re.Pattern[str]
    several: re.Pattern[str]
    ordinal: re.Pattern[str]
    scale: re.Pattern[str]
    joiner: re.Pattern[str]
    apart: re.Pattern[str]
    opening: re.Pattern[str]
    date: re.Pattern[str]
    kinds: re.Pattern[str]
    sums: re.Pattern[str]
    toll: re.Pattern[str]
    numbered: re.Pattern[str]
    part: re.Pattern[str]
    out_of: re.Pattern[str]
    part_of: re.Pattern[str]
    none_of: re.Pattern[str]
    glued: re.Pattern[str]
    number_of: re.Pattern[str]
    next_number: re.Pattern[str]
    code: re.Pattern[str]
    of: re.Pattern[str]
    counted_after: re.Pattern[str]
    of_whole: re.Pattern[str]
    against: re.Pattern[str]
    no_fraction: re.Pattern[str]
    served: re.Pattern[str]
    from_clock: re.Pattern[str]
    to_clock: re.Pattern[str]
    of_those: re.Pattern[str]
    given_by: re.Pattern[str]
    says_number: re.Pattern[str]
    soon_after: re.Pattern[str]
    plural_ends: tuple[str, ...]
    adjectives: tuple[str, ...]
    not_adjectives: tuple[str, ...]
    verb_ends: tuple[str, ...]


@lru_cache(maxsize=4)
def rules_of(language: str) -> Rules:
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
    persons = "|".join(f"{person}s?" for person in data["person"].split())
    return Rules(
        language=language,
        reader=numbers.reader(data),
        bounds=tuple(
            (name, re.compile(rf"(?<!\w)(?:{body})\s*(?:{data['articles']})?$")) for name, body in bounds
        ),
        after=tuple(
            (name, re.compile(rf"\s+(?:{any_of(data['after_' + name])})"))
            for name in ("lower", "upper", "about")
        ),
        after_unit=tuple(
            (name, re.compile(rf"\s+(?:{any_of(phrases)})")) for name, phrases in data["after_unit"].items()
        ),
        sets={name: frozenset(value.split()) for name, value in data.items() if isinstance(value, str)},
        ages=re.compile(rf"(?<!\w)(?:{any_of(data['age'])})\s*(?:[^\W\d_]+\s+){{0,1}}$"),
        bounds_one=re.compile(rf"(?<!\w)(?:{any_of(data['bounds_one'])})\s*$"),
        besides=re.compile(rf"(?<!\w){data['besides']}$"),
        within=re.compile(rf"(?<!\w)(?:{data['within']})\s+$"),
        age_about=re.compile(rf"\s+{data['age_about']}(?!\w)"),
        age_group=re.compile(rf"(?<!\w)(?:{data['age_group']})\s+$"),
        age_before=re.compile(rf"(?<!\w)(?:{data['age_before'].replace('{person}', persons)})\s+$"),
        age_bare=re.compile(rf"(?<!\w)(?:{data['age_bare']})\s+$"),
        age_closed=re.compile(rf"(?<!\w)(?:{data['age_closed']})\s+$"),
        lasts_so_long=re.compile(rf"(?<!\w)(?:{_kind_words(data['lasts_so_long'])})"),
        age_always=re.compile(rf"(?<!\w)(?:{data['age_always']})\s+$"),
        is_old=re.compile(rf"\s+(?:{data['is_old']})(?!\w)"),
        hyphened=re.compile(rf"-({'|'.join(data['hyphened'].split()) or '(?!)'})(?![\w-])"),
        percent=re.compile(rf"\s?%|\s+{data['percent']}(?!\w)"),
        symbol=re.compile(rf"\s?(?:{symbols})(?![\w'])"),
        between=re.compile(rf"(?<!\w){first}\s+(?:les\s+)?{_PRICED}$"),
        apart=re.compile(rf"(?:\s+[\w%€$]+){{0,3}}?\s+{second}\s+(?:les\s+)?{_PRICED}"),
        share=re.compile(rf"(\s+[^\W\d_]+(?:\s[^\W\d_]+)?)?\s+(?:{data['share']})\s+"),
        change=re.compile(rf"\b(?:{'|'.join(data['change'].split())})\b"),
        several=re.compile(rf"(?<!\w)(?:{data['several']})\s+$"),
        ordinal=re.compile(rf"[\s-]{data['ordinal']}(?![\w-])"),
        on_scale=re.compile(rf"(?<!\w)(?:{data['on_scale']})\s+$"),
        scale=re.compile(rf"\s+(?:{data['scale']})(?!\w)"),
        joiner=re.compile(rf"(?:(?:\s?[%€$])?\s+(?:{to})\s+|-){_PRICED}"),
        opening=re.compile(rf"(?<!\w)(?:{opening})\s*{_PRICED}$"),
        date=re.compile(
            rf"(?:er)?\s*(?:(?:[-,]|{data['date_joins']})\s*\d{{1,2}}(?:er)?\s+)?(?:{months})(?!\w)"
        ),
        kinds=re.compile(
            r"(?<!\w)(?:" + "|".join(f"(?P<{k}>{_kind_words(w)})" for k, w in data["kinds"].items()) + ")"
        ),
        sums=re.compile(rf"(?<!\w)(?:{_kind_words(data['sums'])})"),
        toll=re.compile(rf"(?<!\w)(?:{any_of(data['toll'])})\s+(?:{any_of(data['toll_at'])})\s*$"),
        numbered=re.compile(rf"(?<!\w)(?:{data['numbered']})\s*$"),
        part=re.compile(rf"(?<!\w)(?:{any_of(data['part'])})\s+$"),
        out_of=re.compile(rf"(?<!\w)(?:{any_of(data['out_of'])})\s+$|^\W*{data['out_of_first']}\s+$"),
        part_of=re.compile(rf"\s+(?:{data['part_of']})\s+"),
        none_of=re.compile(rf"(?<!\w)(?:{data['none_of']})(?:\s[a-z]+)?\s+$"),
        next_number=re.compile(rf",?\s+(?:{'|'.join(data['joining'].split())})\s+"),
        number_of=re.compile(rf"(?<!\w)(?:{data['number_of']})(?=\s(?:{'|'.join(data['of'].split())}))"),
        glued=re.compile(rf"(?:{'|'.join(data['times'].split())})(?!\w)"),
        code=re.compile(rf"(?<!\w)(?:{'|'.join(data['codes'].split())})\s?$"),
        of=re.compile(rf"\s+(?:{'|'.join(re.escape(w) for w in data['of'].split())})(?=\W|(?<='))"),
        from_clock=re.compile(rf"(?<!\w)(?:{data['from_clock']})\s$"),
        to_clock=re.compile(rf"\s?(?:{data['to_clock']})(?!\w)"),
        of_those=re.compile(rf"(?<!\w)(?:{data['of_those']})\s?$"),
        given_by=re.compile(rf",?\s+(?:{data['given_by']})"),
        says_number=re.compile(rf"(?<!\w)(?:{data['says_number']})\s$"),
        counted_after=re.compile(rf"\s+(?:{any_of(data['counted_after'])})(?=\W|(?<='))"),
        of_whole=re.compile(rf"\s+(?:{data['of_whole']})(?=\W|(?<='))"),
        no_fraction=re.compile(rf"(?:{data['no_fraction']})(?!\w)"),
        against=re.compile(rf"\s+(?:{data['against']})\s+$"),
        soon_after=re.compile(rf"(?<!\w)(?:{data['soon_after']})\s+$"),
        served=re.compile(rf"\s+(?:{data['served_for']})\s+(?:{data['served']})"),
        plural_ends=tuple(data["plural_ends"].split()),
        adjectives=tuple(data["adjectives"].split()),
        not_adjectives=tuple(data["not_adjectives"].split()),
        verb_ends=tuple(data["verb_ends"].split()),
    )


def _kind_words(words: str) -> str:
    """A pattern of words: `mot*` has any ending, and `_` stands for the space of several words."""
    return "|".join(
        re.escape(w).replace(r"\*", r"\w*").replace("_", r"\s")
        + ("" if w.endswith("*") or not w[-1].isalnum() else r"(?!\w)")
        for w in words.split()
    )
