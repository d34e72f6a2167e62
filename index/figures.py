"""The quantities of a passage: what answers « how many? » and « how much? ».

Dates, ages, clock times, numbered articles, names with a number and shares (« sept sur
dix ») are no figures; a definite number that only points back (« les deux pays ») is none either.
A row of numbers without end is a table, where no sentence says what they count: it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise, zip_longest

from index.annotation import numbers
from index.annotation.countable import counts, shares
from index.annotation.figure_kinds import kind_of
from index.annotation.figure_pairs import told_together
from index.annotation.figure_rules import NEAR, Rules, rules_of
from index.annotation.numbers import Number
from index.annotation.words import lower
from index.types import Figure, Span

LANGUAGES = ("fr", "en")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_OWNER = re.compile(r" ([a-z]+)(?= )")
# "two of the province's five districts"
_WHOSE = re.compile(r"(?:[a-z-]+ )?[a-z-]+(?:'s|s') (?=\w)")
_SPACE = re.compile(r"[ \u00a0\u202f]+")
_PRICE = re.compile(r"[$€£]\s?(?=\d)")
_PRICED = re.compile(r"[$€£]\s?$")
_CLAUSE = re.compile(r"[,;:.]\s|\d")
_CHANGED = 90  # characters within which « de … à » tells a change
_OPENING, _CLOSING = re.compile(r"[«“\"]\s?$"), re.compile(r"\s?[»”\"]")
_HYPHEN = re.compile(r"-[$€£]?")
_CURRENCY = frozenset("$€£")
_MOST = 50  # numbers of one sentence; a news sentence rarely has ten


def find(text: str, span: Span, language: str | None) -> tuple[Figure, ...]:
    """The figures of `text[span.start:span.end]`, in order; digits alone where the language is unknown."""
    low = lower(span.text)
    rules = rules_of(language) if language in LANGUAGES else None
    found = numbers.find(low, rules.reader if rules else numbers.plain_reader())
    if len(found) > _MOST:
        return ()
    if rules is None:
        return tuple(_digits_alone(text, span, low, found))
    parts = shares(found, low, rules)
    kept = [n for n in found if n not in parts and counts(n, low, span.text, rules)]
    kept = [_several(n, low, rules) for n in kept]
    kept = _without_scores(kept, found, low, rules)
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
    return tuple(told_together(figures, span.start, low, rules))


def _several(number: Number, low: str, rules: Rules) -> Number:
    """« several hundred », "a few dozen": twice the word at least, as for its plural."""
    alone = rules.sets["scales"].issuperset(low[number.start : number.end].split())
    found = rules.several.search(low, max(0, number.start - NEAR), number.start) if alone else None
    if found is None:
        return number
    return replace(number, start=found.start(), value=2 * number.value, vague=True)


def _single(text: str, span: Span, low: str, number: Number, rules: Rules) -> Figure:
    start, end, bound = number.start, number.end, None
    # « plus de £80 millions »
    before = _PRICED.sub("", low[max(0, start - NEAR) : start])
    begin = max(0, start - NEAR)
    # "no more than" ends with "more than": the longest tells.
    bounded = [(found.start(), name) for name, p in rules.bounds if (found := p.search(before))]
    if bounded:
        first, bound = min(bounded)
        start = begin + first
    for name, pattern in rules.after:
        if bound is None and (found := pattern.match(low, end)):
            end, bound = found.end(), name
    if bound is None and (unit := _unit(span.text, low, end, number.value >= 2, rules)):
        # « dix ans au maximum »
        bound = next((name for name, pattern in rules.after_unit if pattern.match(low, unit[1])), None)
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
    # « $3.2bn last year »: before the number stands what is counted.
    priced = _PRICE.search(low, max(0, start - 2), end)
    # "HUF 18 million"
    coded = None if priced else rules.code.search(span.text[:start])
    priced = priced or coded
    many = any(value is not None and value >= 2 for value in values)
    on_scale = rules.on_scale.search(low[max(0, start - NEAR) : start]) or rules.scale.match(low, end)
    # « un quart des élèves »
    whole = rules.of_whole.match(low, end) if max(v or 0 for v in values) < 1 else None
    after = whole.end() if whole else end
    # « une centaine » de départs: the number alone is quoted.
    closing = _CLOSING.match(low, end) if _OPENING.search(low[:start]) else None
    after = closing.end() if closing else after
    # « trois des cinq suspects », "14 of the 60 flats": what the whole counts, its part counts.
    link = rules.part_of.match(low, end)
    whose = _WHOSE.match(low, link.end()) if link else None
    counted = rules.reader.pattern.match(low, whose.end() if whose else link.end()) if link else None
    after, many = (counted.end(), True) if counted else (after, many)
    unit = None if priced or on_scale else _unit(span.text, low, after, many or whole is not None, rules)
    if unit is None and whole:
        unit = _unit(span.text, low, after, many, rules)  # « la moitié de la ville »
    if unit is None and (numbered := rules.numbered.search(low, max(0, start - 2 * NEAR), start)):
        unit = numbered.span("noun")
    if unit is None and not priced and not on_scale and many:
        unit = _named_before(span.text, low, start, rules)
    place = None if unit is None else Span.cut(text, span.start + unit[0], span.start + unit[1])
    kind = "magnitude"
    if not on_scale:
        value = max(value for value in values if value is not None)
        kind = "cost" if priced else kind_of(span.text, low, (start, end), unit, value, rules)
    start = min(start, priced.start()) if priced else start
    return Figure(Span.cut(text, span.start + start, span.start + end), *values, about, place, kind)


def _without_scores(kept: list[Number], found: list[Number], low: str, rules: Rules) -> list[Number]:
    """The numbers without those that a hyphen joins to no range: "won 2-1", "737-800"."""
    joined = [(a, b) for a, b in pairwise(found) if _HYPHEN.fullmatch(low, a.end, b.start)]
    if not joined:
        return kept
    ranges = {
        n
        for a, b in joined
        if a in kept and b in kept and a.value < b.value and low[b.start].isdigit()
        if b.scale > 1 or low[b.start - 1] in _CURRENCY or _unit(low, low, b.end, False, rules)
        for n in (a, b)
    }
    hyphened = {n for pair in joined for n in pair}
    return [n for n in kept if n in ranges or n not in hyphened]


def _scaled(one: Number, two: Number | None, low: str, rules: Rules) -> Number:
    """« entre 3 et 5 millions »: the first of two takes the scale of the second."""
    if two is None or one.scale > 1 or two.scale < 1_000_000 or not 0 < one.value < 1000:
        return one
    link = low[one.end : two.start]
    if link.lstrip().startswith("%"):
        return one  # "rose 4.5% to $1.2 billion"
    if rules.joiner.fullmatch(link) or (len(link) < 6 and rules.apart.fullmatch(link)):
        return replace(one, value=numbers.times(one.value, two.scale))
    return one


def _range(one: Number, two: Number | None, low: str, rules: Rules) -> int | None:
    """Where a range « entre … et … », « de … à … », « 3 ou 4 » begins, or None."""
    if two is None or not one.value < two.value or one.vague or two.vague:
        return None
    link, before = low[one.end : two.start], low[max(0, one.start - 16) : one.start]
    if rules.between.search(before) and rules.apart.fullmatch(link):
        return one.start - len(rules.between.search(before)[0])  # type: ignore[index]
    joined = rules.joiner.fullmatch(link)
    if joined and link[0] == "-":
        return one.start
    if not joined or (link.strip()[0] in "%€$" and low[two.end : two.end + 2].strip()[:1] != link.strip()[0]):
        return None
    # « passe de 5 à 8 % » has two ends, « une hausse de 5 à 8 % » and "rose by 5 to 8%" a range.
    by = before.rstrip().rpartition(" ")[2] in rules.sets["by"]
    opening = rules.opening.search(before)
    opens = one.start - (len(opening[0]) if opening else 0)
    # "raised its estimate of the losses from 5 to 8": behind « de » it may stand farther off, and
    # « revoit sa prévision à la hausse, de 0,8 à 1,1 % » behind a comma.
    near = low[max(0, one.start - 40) : one.start]
    far = _CLAUSE.split(low[max(0, one.start - _CHANGED) : opens].rstrip(" ,"))[-1] if opening else ""
    if not by and (rules.change.search(near) or rules.change.search(far)):
        return None
    return opens


def _unit(sentence: str, low: str, end: int, many: bool, rules: Rules) -> tuple[int, int] | None:
    """What is counted: the noun after a number, with what belongs to it; `many` are two or more."""
    if found := rules.percent.match(low, end) or rules.symbol.match(low, end):
        start = end + len(found[0]) - len(found[0].lstrip())
        return start, found.end()
    if hyphened := rules.hyphened.match(low, end):
        first, last = hyphened.span(1)
        # "5,000-strong" says nothing of what is counted.
        more = _following(low, last, rules) if hyphened[1] in rules.sets["skipped_adjectives"] else []
        return first, more[0][1] if more else last
    words = _following(low, end, rules)
    noun = None
    for place, (first, last) in enumerate(words):
        word = low[first:last]
        if word in rules.sets["skipped_adjectives"]:
            continue
        if not many or _is_plural(word, sentence[first], rules):
            noun = place
            break
        # « dont deux grièvement », « trois seraient prêts »: one thing alone has no plural.
        if not rules.sets["adjectives_first"]:
            break
    if noun is None:
        return words[0] if words and low[slice(*words[0])] in rules.sets["skipped_adjectives"] else None
    if noun + 1 < len(words) and _belongs(low[slice(*words[noun + 1])], low[slice(*words[noun])], rules):
        noun += 1
    return words[0][0], words[noun][1]


def _named_before(sentence: str, low: str, start: int, rules: Rules) -> tuple[int, int] | None:
    """What a number without a noun of its own counts: « le nombre de blessés est passé à 12 »."""
    clause = low[max(0, start - _CHANGED) : start]
    last = [*_CLAUSE.finditer(clause, 0, max(0, len(clause) - 2))]
    first = start - len(clause) + (last[-1].end() if last else 0)
    named = rules.number_of.search(low, first, start)
    if named is None or rules.reader.pattern.search(low, named.end(), start):
        return None
    unit = _unit(sentence, low, named.end(), True, rules)
    return unit if unit is not None and unit[1] <= start else None


def _following(low: str, end: int, rules: Rules) -> list[tuple[int, int]]:
    """The words right after a number, up to four, of which one can be what it counts."""
    at = end
    if found := rules.counted_after.match(low, at) or rules.of.match(low, at):
        at = found.end()
        while (owner := _OWNER.match(low, at)) and owner[1] in rules.sets["owners"]:
            at = owner.end()
    words: list[tuple[int, int]] = []
    while len(words) < 4:
        space = _SPACE.match(low, at)
        found = _WORD.match(low, space.end() if space else at)
        # « d'euros », « de l'aide » follow without a space.
        glued = at == end and rules.glued.match(low, at)
        if found is None or (not space and not glued and (words or (at == end and low[at - 1] != "'"))):
            break
        if not rules.sets["no_unit"].isdisjoint((found[0], found[0].rpartition("'")[0] + "'")):
            break
        words.append(found.span())
        at = found.end()
    return words


def _is_plural(word: str, initial: str, rules: Rules) -> bool:
    """Whether a word can be what several are of: « victimes », "men"; « Boeing » in French."""
    if any(word in rules.sets[name] for name in ("plurals", "single", "measures")):
        return True
    if initial.isupper() and not rules.sets["adjectives_first"]:
        return True
    return word.rstrip("'").endswith(rules.plural_ends) and "'s" not in word and not word.endswith("ss")


def _belongs(word: str, noun: str, rules: Rules) -> bool:
    """Whether `word` belongs to the noun before it: « soldats nord-coréens », "wounded soldiers"."""
    if rules.sets["adjectives_first"]:
        return noun in rules.sets["single"] and _is_plural(word, "", rules)
    return word.endswith(rules.adjectives) and "'" not in word and not word.endswith(rules.not_adjectives)


def _digits_alone(text: str, span: Span, low: str, found: Iterable[Number]) -> Iterable[Figure]:
    for number in found:
        rest = low[number.end : number.end + 8]
        year = re.fullmatch(r"1[5-9]\d\d|20\d\d", number.plain)
        if year or rest[:1].isalnum() or re.match(r"[-/:]\d", rest):
            continue
        place = Span.cut(text, span.start + number.start, span.start + number.end)
        yield Figure(place, number.value, number.value, False, None, "other")
