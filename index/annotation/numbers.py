"""The value of a number as written: digits, words, dozens, fractions.

Places are characters of the lowered sentence; values stand in the unit as written
(« 3 millions » is 3,000,000; « 40 kilomètres » is 40).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number found.

    `vague` counts at least `value` (« des milliers »); `about` is near it (« une douzaine »);
    `spelled` tells words from digits; `plain` is what the digits alone look like;
    `scale` is the million or the like that it ends with.
    """

    start: int
    end: int
    value: float
    vague: bool
    about: bool
    spelled: bool
    plain: str
    scale: float = 1.0


_EUROPEAN = re.compile(r"\d+,\d{1,2}")
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})*\.000")
_DIGIT = re.compile(r"\d")
_SIGNS = re.compile(r"\W+")
_BEHIND_DIGITS = re.compile(r"\d\s$")
_CURRENCY = "[$€£]"
_MOST = 1e18  # more than anything counts; « mille mille mille … » would else grow past every number


@dataclass(frozen=True)
class Reader:
    """A language's number words, compiled."""

    pattern: re.Pattern[str]
    values: dict[str, float]
    groups: dict[str, float]
    fractions: dict[str, float]
    short: dict[str, float]
    decimal: str
    parts: re.Pattern[str]
    fraction: re.Pattern[str] | None
    tails: frozenset[str]
    names: frozenset[str]
    half: re.Pattern[str]
    and_half: re.Pattern[str]


def reader(data: dict[str, Any]) -> Reader:
    """Compiles the [figures] table of a language."""
    values = {word: float(v) for word, v in data["numbers"].items()}
    groups = {word: float(v) for word, v in data["groups"].items()}
    fractions = {word: float(v) for word, v in data["fractions"].items()}
    short = {word: float(v) for word, v in data["short"].items()}
    words = "|".join(sorted({*values, *groups}, key=len, reverse=True))
    large = "|".join(
        sorted(
            (w for w, v in {**values, **groups}.items() if v >= 1000 or w in groups), key=len, reverse=True
        )
    )
    of = "|".join(re.escape(w) + (r"\s*" if w.endswith("'") else r"\s+") for w in data["of"].split())
    sep = "".join(re.escape(c) for c in data["separators"])
    dec = re.escape(data["decimal"])
    # "0,4%": where a comma parts thousands, less than three digits behind it are decimals.
    decimals = r"\d+,\d{1,2}(?!\d)|" if data["decimal"] == "." else ""
    share = decimals and decimals.replace("|", r"(?=\s?%|\s(?!(?:and|or|to)\s)[a-z])|")
    digits = rf"{share}\d{{1,3}}(?:[{sep}]\d{{3}})+(?![\d])(?:{dec}\d+)?|\d+(?:[{dec}.]\d+)?"
    if data.get("day_after_month"):
        # "On October 7 200 people were killed": behind a month a plain space parts the day from a count.
        behind_month = "".join(rf"(?<!{month}\s)" for month in data["months"].split())
        digits = rf"(?:{behind_month}|(?!\d+ ))(?:{digits})|\d+"
    join = rf"(?:\s|-|(?:\s|-){data['and']}(?:\s|-)(?={data.get('and_before', 'une?|onze')}\b))"
    spelled = rf"(?:{words})(?:{join}(?:{words})(?!\w))*(?:\s+(?:{of})(?:{large})(?!\w))*"
    # « 1.35 thousand million », "a 700-billion-dollar plan"
    numeric = (
        rf"(?:{digits})(?:[\s-]?(?:{large})(?!\w)(?:\s(?:{large})(?!\w))?)?(?:\s+(?:{of})(?:{large})(?!\w))*"
    )
    # « three and a half million », « trois millions et demi », "half a million".
    short_scale = "|".join(sorted(short, key=len, reverse=True))
    half, more = data["half"], rf"(?:\s+{data['and_half']}(?!\w)(?:\s+(?:{large})(?!\w))?)?"
    forms = [
        *_priced(data, digits, of, short_scale),
        rf"(?:{half})\s+(?:{large})(?!\w)",
        numeric + more,
        rf"(?:{spelled})(?!\w){more}",
    ]
    # Behind a hyphen stands the end of a range, « 40-45 », and no number of a name, « F-16 ».
    # « (-1,5 %) » falls.
    pattern = rf"(?<![\w.,/°])(?<!(?<![\d\s(])-)(?:{'|'.join(forms)})"
    fraction = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in fractions)
    return Reader(
        re.compile(pattern),
        values,
        groups,
        fractions,
        short,
        data["decimal"],
        re.compile(rf"{decimals}{digits}|[^\W\d_]+"),
        re.compile(rf"(?<!\w)(?:{fraction})(?!\w)") if fraction else None,
        frozenset(data.get("fraction_tails", "").split()),
        frozenset({*values, *groups, *(word for f in fractions for word in _SIGNS.split(f))}),
        re.compile(rf"(?:{half})\s+"),
        re.compile(rf"\s+{data['and_half']}(?!\w)"),
    )


def _priced(data: dict[str, Any], digits: str, of: str, scale: str) -> list[str]:
    """Patterns of digits with a short scale: « 147 M$ » are millions and « 147 m » metres."""
    if not scale:
        return []
    # "£45m", "£40-45m"
    signed = "|".join(rf"(?<={_CURRENCY}{first})" for first in ("", r"\d-", r"\d\d-", r"\d\d\d-"))
    money = rf"\s?{_CURRENCY}|\s(?:{of})?(?:{'|'.join(data['money'].split())})"
    # "3m people", "1.2bn users": what is counted tells millions from metres.
    counted = rf"\s(?:[a-z-]+\s)?(?:{'|'.join(data['short_counts'].split()) or '(?!)'})(?!\w)"
    return [
        rf"(?:{digits})\s?(?:{scale})(?={money})",
        rf"(?:{digits})(?:{scale})(?={counted})",
        rf"(?:{signed})(?:{digits})\s?(?:{scale})(?!\w)",
    ]


def find(low: str, reader: Reader) -> list[Number]:
    """Every number of a lowered sentence up to `_MOST`, in order and without overlap."""
    # Most sentences hold no number at all, and splitting is far cheaper than looking.
    if not _DIGIT.search(low) and reader.names.isdisjoint(_SIGNS.split(low)):
        return []
    found = []
    taken = 0
    fractions = {m.start(): m for m in reader.fraction.finditer(low)} if reader.fraction else {}
    for match in fractions.values():
        words = match[0].split()
        value = reader.fractions[" ".join(words)]
        end = match.end() - (len(words[-1]) + 1 if words[-1] in reader.tails else 0)
        found.append(Number(match.start(), end, value, False, False, True, ""))
    covered = [(m.start(), m.end()) for m in fractions.values()]
    for match in reader.pattern.finditer(low):
        if match.start() < taken or any(a < match.end() and match.start() < b for a, b in covered):
            continue
        # « 8 cents » are coins.
        if reader.values.get(match[0]) == 100 and _BEHIND_DIGITS.search(low, 0, match.start()):
            continue
        number = _value(match[0], match.start(), reader)
        if number is not None and number.value <= _MOST:
            found.append(number)
            taken = match.end()
    return sorted(found, key=lambda number: number.start)


def _value(text: str, start: int, reader: Reader) -> Number | None:
    """The number that `text` writes, which begins at `start`; None for more digits or scales than
    count anything.
    """
    if before := reader.half.match(text):
        whole = _whole(text[before.end() :], start, reader)
        value = times(0.5, whole.scale) if whole else 0.0
        return replace(whole, end=start + len(text), value=value, vague=False) if whole else None
    if not (half := reader.and_half.search(text)):
        return _whole(text, start, reader)
    whole, more = _whole(text[: half.start()], start, reader), text[half.end() :].strip()
    if whole is None:
        return None
    scale = _scale(more, reader) if more else 1.0
    value = times(whole.value + 0.5 * whole.scale, scale)
    return replace(whole, end=start + len(text), value=value, scale=whole.scale * scale)


def _whole(text: str, start: int, reader: Reader) -> Number | None:
    total, current, vague, about, plain, scale = 0.0, None, False, False, "", 1.0
    parts = [part for part in reader.parts.findall(text) if part[0].isdigit() or _known(part, reader)]
    at = 0
    while at < len(parts):
        part = parts[at]
        if part[0].isdigit():
            if len(part) > 18:
                return None
            current, plain = digits(part, reader.decimal), part
        elif not _scales(part, reader):
            value = reader.values[part]
            if value < 1:
                current = value
            elif value == 100:
                current = (current or 1.0) * 100
            elif value == 20 and current is not None and current % 100 == 4:
                current += 76
            else:
                current = (current or 0.0) + value
        else:
            # « dizaines de milliers »: scales that follow one another multiply.
            factor, many = 1.0, part.endswith("s")
            while at < len(parts) and _scales(parts[at], reader):
                about = about or parts[at] in reader.groups
                factor *= _scale(parts[at], reader)
                at += 1
            if factor > _MOST:
                return None
            scale = factor
            vague = vague or (many and current is None)
            total += times(current if current is not None else 2.0 if many else 1.0, factor)
            current = None
            continue
        at += 1
    return Number(start, start + len(text), total + (current or 0.0), vague, about, not plain, plain, scale)


def _known(part: str, reader: Reader) -> bool:
    return part in reader.values or part in reader.groups or part in reader.short


def _scales(part: str, reader: Reader) -> bool:
    return part in reader.groups or part in reader.short or reader.values[part] >= 1000


def _scale(part: str, reader: Reader) -> float:
    return reader.short.get(part) or reader.groups.get(part) or reader.values[part]


def times(value: float, scale: float) -> float:
    """`value * scale` as a person reckons it: 4.1 million is no 4099999.9999999995."""
    return round(float(Decimal(str(value)) * Decimal(str(scale))), 2)


def digits(text: str, decimal: str) -> float:
    """The value of digits with their separators; a point or comma before three digits groups them."""
    # "500.000": nobody writes three decimals that are nothing.
    if decimal == "." and (_EUROPEAN.fullmatch(text) or _POINTED.fullmatch(text)):
        decimal = ","
    whole, _, rest = text.partition(decimal)
    if decimal != "." and "." in whole and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole) and not rest:
        whole, _, rest = whole.partition(".")
    return float(re.sub(r"\D", "", whole) + "." + (re.sub(r"\D", "", rest) or "0"))


@lru_cache(maxsize=4)
def plain_reader() -> Reader:
    """Digits alone, for a language without words of its own: a comma before three digits groups."""
    return reader(
        {
            "numbers": {}, "groups": {}, "fractions": {}, "short": {}, "decimal": ".",
            "separators": " ,\u00a0\u202f\u2009",
            "and": "et", "of": "", "half": "(?!)", "and_half": "(?!)",
        }
    )  # fmt: skip
