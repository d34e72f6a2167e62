"""What becomes of those whom a number counts, or what it measures: the kind of a figure."""

from __future__ import annotations

import re

from index.annotation.figure_rules import NEAR, Rules
from index.capitals import CAPITALS
from index.cues import load

Place = tuple[int, int]

_CURRENCY = frozenset("$€£")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")
_FAR = 70  # characters between a number and the word that tells its kind
_SUM = 1_000_000
# « Association des familles de victimes »: what belongs to a name by links like these.
_NAMED = re.compile(
    rf"(?<=[\s'’])[{CAPITALS}][\w-]+"
    r"(?: (?:de|des|du|of|for|the|les?|la|and|et)| d['’]| [a-zà-ÿ]{4,}){0,4}"
    r"(?: (?:de|des|du|of|for)(?: la| les| the)?| d['’])\s?$"
)


def kind_of(
    sentence: str,
    low: str,
    place: Place,
    unit: Place | None,
    value: float,
    rules: Rules,
) -> str:
    """The kind whose word stands in the unit, or else nearest to the number at `place` in its clause.

    A word that tells of another number, of another verb's object or of a body's name tells nothing.
    """
    start, end = place
    if not _CURRENCY.isdisjoint(low[max(0, start - 1) : unit[1] if unit else end]):
        return "cost"
    if unit is not None:
        # By itself: « % » leans on its number.
        for found in rules.kinds.finditer(low[slice(*unit)]):
            if found.lastgroup in rules.sets["kinds_of_unit"]:
                return str(found.lastgroup)
    first, last = max(0, start - _FAR), min(len(low), end + 90)
    first = max(first, *(low.rfind(mark, first, start) + 1 for mark in (";", ".", ":")))
    if unit is None and value >= _SUM and rules.sums.search(low, first, last):
        return "cost"
    if unit is None and rules.toll.search(low, first, start):
        return "killed_or_wounded"
    if rules.none_of.search(low, first, start):
        return "other"
    things = unit is not None and not rules.sets["things"].isdisjoint(_WORD.findall(low[slice(*unit)]))
    best, distance, taken = "other", _FAR, ""
    for found in rules.kinds.finditer(low, first, last):
        kind = str(found.lastgroup)
        gap = start - found.end() if found.end() <= start else max(0, found.start() - end)
        if kind in rules.sets["kinds_by_unit_alone"] or gap >= distance:
            continue
        if kind in rules.sets["kinds_of_people"] and (
            (things and kind in rules.sets["never_of_things"])
            or _NAMED.search(sentence, max(0, found.start() - _FAR), found.start())
            or not _reaches(kind, found.span(), (start, max(end, unit[1]) if unit else end), unit, low, rules)
        ):
            continue
        if found.end() <= start and _tells_before(found.span(), start, low, rules):
            taken = kind
            continue
        best, distance = kind, gap
    return taken if best == "other" and taken else best


def _tells_before(word: Place, start: int, low: str, rules: Rules) -> bool:
    """Whether a word that closes a clause with a number of its own tells of that one, not of the next.

    « quatre personnes sont mortes et une dizaine d'autres sont portées disparues »
    """
    if not rules.next_number.fullmatch(low, word[1], start):
        return False
    clause = max(low.rfind(mark, 0, word[0]) for mark in ",;:.")
    earlier = rules.reader.pattern.search(low, clause + 1, word[0])
    return earlier is not None and rules.reader.pattern.search(low, earlier.end(), word[0]) is None


def _reaches(kind: str, word: Place, counted: Place, unit: Place | None, low: str, rules: Rules) -> bool:
    """Whether the word of a kind can tell what becomes of those counted at `counted`."""
    if word[1] <= counted[0]:
        # « tuant 3 personnes et privant 300 foyers »: the verb in between has the number.
        return not _has_verb(low[word[1] : counted[0]], rules)
    if word[0] < counted[1]:
        return True
    between = _WORD.findall(low[counted[1] : word[0]])
    # "12 patients who died" did, "12 thank the doctor who died" did not.
    others = rules.sets["relatives"].isdisjoint(between[1:]) and rules.sets["subordinators"].isdisjoint(
        between
    )
    if not others or _has_own(word, counted[1], low, rules):
        return False
    # « 300 couvertures aux blessés »: those are others; « trois des blessés » are of them.
    named = kind in rules.sets["kinds_with_nouns"] and bool(between)
    return unit is None or not named or between[-1] not in rules.sets["before_others"]


def _has_own(word: Place, first: int, low: str, rules: Rules) -> bool:
    """Whether the word of a kind, behind `first`, tells of a number right beside it.

    « et tué plus de 12 habitants », « dont une dizaine de blessés »; not « tués en 12 jours ».
    """
    for number in rules.reader.pattern.finditer(low, first, word[0]):
        if low[number.end() : word[0]].strip() in rules.sets["counted_by"]:
            return True
    behind = rules.reader.pattern.search(low, word[1], word[1] + NEAR)
    if behind is None:
        return False
    between = low[word[1] : behind.start()]
    for _, pattern in rules.bounds:
        if found := pattern.search(between):
            between = between[: found.start()]
    following = _WORD.match(low, behind.end() + 1)
    lasts = following is not None and following[0] in rules.sets["times"]
    return not between.strip() and not lasts


def _has_verb(between: str, rules: Rules) -> bool:
    """Whether a verb stands there that has an object of its own."""
    lexicon = load(rules.language)
    closed, nouns = lexicon.words["closed"], lexicon.words["determiners"]
    previous = ""
    for word in _WORD.findall(between):
        forms = {lemma for lemma, _ in lexicon.forms.get(word, ())}
        if forms and previous in rules.sets["of_them"] and word not in lexicon.words["have"]:
            return True  # « l'association des blessés en compte 12 »
        unknown = previous in rules.sets["joining"] and word.endswith(rules.verb_ends)
        sure = not rules.verb_ends or word.endswith(rules.verb_ends) or not forms & {word, word.rstrip("s")}
        if (
            ((forms and sure) or unknown)
            and forms.isdisjoint(rules.sets["linking"])
            and word not in closed
            and previous not in nouns
            and not rules.kinds.fullmatch(word)
        ):
            return True
        previous = word
    return False
