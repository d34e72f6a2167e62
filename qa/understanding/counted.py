"""What a how-many question counts, and whether a figure counts that.

Kinds tell cases apart (planned, killed, kilometres), nouns tell things apart (soldiers,
planes). A figure that neither shows to be of something else may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import OSA

from index.lexical import fold, question_terms, stemmed, words
from index.types import Figure, Passage
from qa.question import last_part
from qa.tables import read_table
from qa.types import Question, Wants
from qa.understanding.beginnings import Beginnings
from qa.understanding.claims import meaning
from qa.understanding.parts import ALL, part_named, part_of
from qa.understanding.slots import time_at, without_speaker
from qa.understanding.thesaurus import akin

_OPENER = re.compile(
    r"\b(?:combien(?: y a(?:vait)?[- ]t[- ]il)?(?: eu)? ?(?:de |d[' ]|des )|nombre (?:de |d'|des )"
    r"|(?:how )?many (?:more |other |of the )?|number of (?:the )?)"
)
# « combien l'association des victimes demande-t-elle ? »: whose association it is, nobody counts.
_WHOSE = re.compile(
    r"(?<=\bcombien )((?:l[ea]s? |l['’])\w+) (?:d[eu]s?(?: l[ea]s?)? |d['’])\w+", re.IGNORECASE
)
_AMOUNT = re.compile(r"\bhow much\b(?! (?:\w+er|more|less)\b)", re.IGNORECASE)
# « 50 000 hommes, dont 3 000 Nord-Coréens »: a part of what was counted before.
_PART = re.compile(
    r"\b(?:dont|parmi (?:eux|elles|lesquel(?:le)?s)|including|among them|of (?:whom|which))\W*$", re.I
)
_MILLIONS = re.compile(r"\b(?:m|b)illi(?:on|ard)s?\b", re.IGNORECASE)
# « 76 %, loin des 95 % nécessaires »: what a figure is held against, and its name; « et non 40 »: what
# is said to be wrong.
_HELD_AGAINST = re.compile(
    r"\b(?:loin d(?:es?|u)|(?P<aim>seuil|objectif|threshold|target) (?:d(?:es?|u)|of)"
    r"|far (?:from|below|short of)|short of|et non(?: pas)?|plutôt que?|au lieu des?|and not|not|rather than"
    r"|instead of)(?: les?| the)?\W*$",
    re.IGNORECASE,
)
# « sur les 26 navires, 19 sont à quai »: the whole, before the number that is told of it.
_WHOLE = re.compile(
    r"\b(?:sur|parmi|of|out of|among) (?:les?|ces|ses|the|these|its|their)\W*$", re.IGNORECASE
)
# « la police en compte 900 »: what they are stands in the sentence before.
_OF_THEM = re.compile(r"\b(?:en|n'en|n’en) (?:\w+ ){1,2}(?:qu['’])?$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.()—]")
_NOUN = 3
_ALIKE = 5
# « soliders » is as near to "soldier".
_LIKELY = 0.75


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the kinds named, the words of the noun, the people and the nations it names.

    `parts` tells of each kind that has parts which one is meant; `ALL` where none is singled out.
    `amount`: "how much" never counts people or days. `matter` are the stems of all that it names.
    """

    kinds: frozenset[str]
    noun: tuple[str, ...]
    people: frozenset[str]
    nations: frozenset[str]
    language: str
    parts: Mapping[str, str]
    amount: bool = False
    matter: frozenset[str] = frozenset()


def suits(question: Question, passage: Passage, language: str | None) -> float:
    """How well the figures of a passage suit a how-many question: the best of them, 0 to 1.

    1: of the kind or the thing asked for; 0.5: nothing shows that it is of another; 0: no
    figure, one of something else, or no how-many question. `language` is the passage's.
    """
    if question.wants is not Wants.NUMBER or not passage.figures:
        return 0.0
    asked = asked_of(question)
    return max(counts(asked, figure, passage, language) for figure in passage.figures)


def may_suit(question: Question, passage: Passage) -> bool:
    """Whether a passage holds a figure that is not surely of something else than a how-many question asks.

    « 77 % des Canadiens » answers who asks how many they are, and nobody who asks for a price.
    """
    asked = asked_of(question)
    anything = not asked.kinds and not asked.noun
    shares = asked.kinds.isdisjoint(_table()["measures"])
    return any(
        anything or (shares and _is_share(figure)) or not _is_of_another(asked, figure, passage)
        for figure in passage.figures
    )


@lru_cache(maxsize=256)
def asked_of(question: Question) -> Asked:
    """What `question` counts."""
    # Who tells it is counted by nobody: « combien de morts selon l'association des victimes ? »
    text = _WHOSE.sub(r"\1", without_speaker(last_part(question.rewritten or question.text)))
    spoken, noun, table = words(text), _noun(text), _table()
    asked: Beginnings[str] = table["asked"]
    # « combien de pays en trois jours » asks for no days: where a noun is, it names the measure.
    telling, named = (_telling(some, question.language) for some in (spoken, noun or spoken))
    kinds = (asked.among(telling) - table["measures"]) | (asked.among(named) & table["measures"])
    if not noun and kinds <= table["moving"] and table["moves"].among(spoken):
        # « de combien les loyers augmentent-ils ? » asks for a share or a price.
        kinds = set(table["change"])
    elif kinds & table["measures"]:
        # A price to come is a price.
        kinds -= {"planned"}
    # « combien d'arrestations » names the case, and no thing.
    thing = tuple(word for word in noun if kinds.isdisjoint(asked.of(word)))
    people = _groups(thing) or _misspelt("people", thing)
    people = people - table["states"] or people
    if not thing and kinds & table["of_people"]:
        people = frozenset({"anyone"})
    nations = _nations(noun) or _misspelt("nations", noun)
    parts = {kind: part_named(kind, spoken) or ALL for kind in kinds}
    amount = not kinds and not noun and bool(_AMOUNT.search(text))
    matter = frozenset(stemmed([word for word in spoken if question_terms(word)], question.language))
    return Asked(frozenset(kinds), thing, people, nations, question.language, parts, amount, matter)


def counts(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> float:
    """How well one figure of `passage` suits: 1, 0.5 or 0, as in `suits`. `language` is the passage's."""
    table = _table()
    if not asked.kinds and not asked.noun:
        other = counts_tellers(figure, passage) or (
            asked.amount and (figure.kind == "duration" or bool(_groups(_unit(figure))))
        )
        return 0.0 if other else 0.5
    if _is_of_another(asked, figure, passage):
        return 0.0
    if is_measure(figure):
        return 1.0
    if asked.kinds and asked.kinds <= table["measures"]:
        # « 14 millions d'euros ; les assureurs parlent de 9 millions »: the second names no unit again.
        # « réclame 2,5 millions »: that money is meant need not be said.
        again = figure.unit is None and (
            any(other.kind in asked.kinds for other in passage.figures)
            or ("cost" in asked.kinds and bool(_MILLIONS.search(figure.span.text)))
        )
        return 0.5 if again and not _percent(figure) else 0.0
    same = _same_thing(asked, figure, passage, language)
    cases = asked.kinds & table["cases"]
    if figure.kind in cases:
        # Within a case nouns may differ (« dix résidences » are homes), people and things may not.
        mixed = bool(_groups(_unit(figure))) != bool(asked.people)
        return 0.0 if same is False and mixed else 1.0 if same else 0.5
    named = same is True and bool(asked.noun) and not asked.people
    if figure.kind in table["cases"]:
        # « quatre voitures » are four cars, whatever became of them; of people, cases are told apart.
        return 0.5 if named and not cases else 0.0
    if cases:
        return 0.5 if named or (cases == {"planned"} and same is not False) else 0.0
    return _GRADES[same]


def _is_of_another(asked: Asked, figure: Figure, passage: Passage) -> bool:
    """Whether a figure counts another nation's than asked, another measure or part (wounded for dead)."""
    own = _nations(_unit(figure))
    if asked.nations and (asked.nations.isdisjoint(own) if own else asked.nations & _parted(figure, passage)):
        return True
    if is_measure(figure):
        return asked.kinds.isdisjoint(("share", "votes") if _is_share(figure) else (figure.kind,))
    return len({asked.parts.get(figure.kind, ALL), part_of(figure, passage)} - {ALL, ""}) == 2


def counted_best(asked: Asked, passage: Passage, language: str | None) -> tuple[Figure, float] | None:
    """The figure of `passage` that suits best, the first of several, and how well; None where none does."""
    suiting = [
        (figure, suit)
        for figure in passage.figures
        if (suit := counts(asked, figure, passage, language)) and not is_part(figure, passage)
        if not stands_aside(asked, figure, passage, language)
    ]
    return max(suiting, key=lambda one: one[1], default=None)


def is_part(figure: Figure, passage: Passage) -> bool:
    """Whether a figure of `passage` is said to be a part of what was counted before."""
    return bool(_PART.search(passage.span.text[: figure.span.start - passage.span.start]))


def stands_aside(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> bool:
    """Whether a figure that suits is but a part of another one here that suits as well, or the whole of it.

    « neuf morts, dont deux enfants » gives nine dead, and two where children are asked for.
    What another figure is held against stands aside too: « 76 %, loin des 95 % nécessaires ».
    """
    if held := _HELD_AGAINST.search(passage.span.text[: figure.span.start - passage.span.start]):
        return asked.matter.isdisjoint(stemmed([fold(held["aim"] or "")], language))
    suit = counts(asked, figure, passage, language)
    if not is_part(figure, passage):
        if (told := _told_of(figure, passage)) and counts(asked, told, passage, language) >= suit:
            return _is_meant(asked, told, passage, language)
        part = next((other for other in passage.figures if other.span.start > figure.span.end), None)
        return part is not None and is_part(part, passage) and _is_meant(asked, part, passage, language)
    if _is_meant(asked, figure, passage, language):
        return False
    if suit < 1:
        return True
    return any(
        other.span.end <= figure.span.start
        and (other.kind, part_of(other, passage)) == (figure.kind, part_of(figure, passage))
        and counts(asked, other, passage, language) >= suit
        for other in passage.figures
    )


def _told_of(figure: Figure, passage: Passage) -> Figure | None:
    """The number that is told of a whole: 19 of « sur les 26 navires, 19 sont à quai »; else None."""
    if not _WHOLE.search(passage.span.text[: figure.span.start - passage.span.start]):
        return None
    behind = (other for other in passage.figures if other.span.start > figure.span.end)
    told = next(behind, None)
    return told if told is not None and told.unit == figure.unit else None


def _is_meant(asked: Asked, part: Figure, passage: Passage, language: str | None) -> bool:
    """Whether the question names what tells a part from its whole: « 21 patients, dont 4 en réanimation »."""
    text, start, end = (
        passage.span.text,
        *(at - passage.span.start for at in (part.span.start, part.span.end)),
    )
    behind = _CLAUSE_END.split(text[end:], maxsplit=1)[0]
    told = frozenset(stemmed(words(behind), language)) - frozenset(stemmed(words(text[:start]), language))
    return not told.isdisjoint(asked.matter)


def counts_tellers(figure: Figure, passage: Passage) -> bool:
    """Whether a figure counts those who tell: « selon deux sources », "three witnesses said"."""
    return any(voice.holder.overlap(figure.span) for voice in passage.voices)


def is_case(word: str) -> bool:
    """Whether a folded word tells what became of people: « blesses », "killed"."""
    return not _table()["of_people"].isdisjoint(_table()["asked"].of(word))


def is_people(word: str) -> bool:
    """Whether a folded word names people: « grevistes », "soldiers"."""
    return bool(_groups((word,)))


def things_of(figure: Figure) -> tuple[str, ...]:
    """What a figure counts, in each word that may tell it; "people" alone for « soldats » and « hommes ».

    Words of one meaning are equal: « avions » and "planes". Empty where nothing is named.
    """
    if _percent(figure):
        return ("%",)
    unit = _unit(figure)
    if _groups(unit):
        return ("people",)
    # Whose they are (« avions russes ») tells no things apart.
    return tuple(meaning(word).rstrip("s")[:_ALIKE] for word in unit if not _nations((word,)))


def count_one_thing(one: tuple[Figure, Passage], other: tuple[Figure, Passage], *, sure: bool) -> bool:
    """Whether two figures, each with its passage, may count one thing.

    `sure`: the other one counts what is asked for, so that its noun may differ (« cas », "patients").
    """
    (first, _), (second, _) = one, other
    # « neuf corps » are not said to be of the wounded, nor of the dead.
    if part_of(*one) != part_of(*other):
        return False
    kinds = {first.kind, second.kind}
    if len(kinds) == 2 and (kinds & _table()["cases"] or is_measure(first) or is_measure(second)):
        return False
    if kinds & {"cost", "share", "votes"}:
        return True
    things = set(things_of(first)), set(things_of(second))
    return bool(things[0] & things[1]) or not all(things) or (sure and not is_measure(first))


def tells_case(figure: Figure) -> bool:
    """Whether its kind alone tells what it counts: the dead, the arrested. « 40 % » may be of anything."""
    return figure.kind in _table()["cases"] - {"votes", "planned"}


def is_measure(figure: Figure) -> bool:
    """Whether it is a length, a price, a time or a share, never a number of people or things."""
    return figure.kind in _table()["measures"] or _percent(figure)


def _same_thing(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> bool | None:
    """Whether a figure counts the noun that is asked for; None where the words do not show it."""
    unit = _unit(figure)
    people = _groups(unit)
    if not asked.noun:
        if not unit or not asked.kinds & _table()["of_people"]:
            return None
        return bool(people) or not asked.kinds.isdisjoint(_table()["asked"].among(unit))
    if any(_alike(one, other) for one in unit for other in asked.noun):
        return True
    if people and asked.people:
        if _are_a_nation(unit) or _are_a_nation(asked.noun):
            return True if asked.nations & _nations(unit) else None
        return "anyone" in people | asked.people or not people.isdisjoint(asked.people)
    # What people are called has groups of its own: a fighter is a soldier, and a jet is none.
    if not asked.people and any(_akin(one, language, asked) for one in unit):
        return True
    if figure.unit is None:
        if _OF_THEM.search(passage.span.text[: figure.span.start - passage.span.start]):
            return None
        if not asked.people and any(
            _akin(one, language, asked) or any(_alike(one, other) for other in asked.noun)
            for one in _told_before(figure, passage)
        ):
            return True
        return None if asked.people or language != asked.language else False
    # « 3 000 autres », and a name (« 50 Boeing »), may be the thing, and so may a foreign noun.
    if not unit or figure.unit.text[:1].isupper():
        return None
    return False if people or asked.people or language == asked.language else None


def _telling(spoken: tuple[str, ...] | list[str], language: str) -> list[str]:
    """The words of a question that may tell a kind: no French ones that only look English."""
    return [word for word in spoken if language != "fr" or not _table()["unaccented"].of(word)]


def _noun(text: str) -> tuple[str, ...]:
    """The words after « combien de » or "how many", up to the first that carries nothing."""
    opener = _OPENER.search(folded := fold(text))
    found = []
    # Behind an article stands who acts: « combien d'hélicoptères l'armée allemande a-t-elle engagés ? »
    rest = folded[opener.end() :].partition(" l'")[0] if opener else ""
    time = time_at(rest)
    for word in words(rest[: time.start] if time else rest)[:_NOUN]:
        if not question_terms(word) or _table()["when"].of(word):
            break
        found.append(word)
    return tuple(found)


def _unit(figure: Figure) -> tuple[str, ...]:
    """The words of what is counted; none for « 3 000 autres »."""
    return _carrying(figure.unit.text) if figure.unit else ()


def _told_before(figure: Figure, passage: Passage) -> tuple[str, ...]:
    """The words of what is counted where they stand before the number: "the number of cases rose to 19"."""
    before = _CLAUSE_END.split(passage.span.text[: figure.span.start - passage.span.start])[-1]
    return _noun(before)


# Figures of two articles may be equal, in one place of each: what is kept goes by words.
@lru_cache(maxsize=4096)
def _carrying(unit: str) -> tuple[str, ...]:
    return tuple(word for word in words(unit) if not _table()["nothing"].of(word))


def _is_share(figure: Figure) -> bool:
    return figure.kind in ("share", "votes") or _percent(figure)


def _percent(figure: Figure) -> bool:
    """Whether it is a share: « 40 % », and « la moitié » too, which is no half of a person."""
    spelt = not any(map(str.isdigit, figure.span.text))
    if spelt and 0 < (figure.low or figure.high or 0) < 1:
        return True
    return figure.unit is not None and _is_percent(figure.unit.text)


@lru_cache(maxsize=4096)
def _is_percent(unit: str) -> bool:
    return unit.strip() == "%" or "cent" in words(unit)


@lru_cache(maxsize=4096)
def _groups(unit: tuple[str, ...]) -> frozenset[str]:
    """Which groups of people the words name; none for things. A nation by itself is people."""
    found = frozenset(_table()["people"].among(unit))
    return found or (frozenset({"anyone"}) if _are_a_nation(unit) else found)


@lru_cache(maxsize=4096)
def _nations(unit: tuple[str, ...]) -> frozenset[str]:
    """Whose people or things the words name: « soldats nord-coréens »."""
    return frozenset(_table()["nations"].among([*unit, *map("-".join, pairwise(unit))]))


def _parted(figure: Figure, passage: Passage) -> frozenset[str]:
    """The nations that only a part of what `figure` counts is of."""
    after = next((other for other in passage.figures if other.span.start > figure.span.start), None)
    return _nations(_unit(after)) if after and is_part(after, passage) else frozenset()


def _akin(one: str, language: str | None, asked: Asked) -> bool:
    """Whether a word of what is counted is another word for the noun: « policiers » for "cops"."""
    [stem] = stemmed([one], language)
    return any((stem,) in akin(word, asked.language) for word in asked.noun)


def _are_a_nation(unit: tuple[str, ...]) -> bool:
    """Whether the words are one nation's name and nothing else: « Nord-Coréens », no "Russian planes"."""
    nations: Beginnings[str] = _table()["nations"]
    if len(unit) == 2:
        return bool(nations.of("-".join(unit)) - nations.of(unit[0]))
    return len(unit) == 1 and bool(nations.of(unit[0]))


def _misspelt(kind: str, noun: tuple[str, ...]) -> frozenset[str]:
    """The groups or nations that words like « soliders » may mean."""
    return frozenset(
        name
        for name, line in _lines()[kind].items()
        for start in line.split()
        for word in noun
        if not start.endswith("=") and word[0] == start[0] and _is_like(word, start)
    )


def _is_like(word: str, start: str) -> bool:
    return OSA.normalized_similarity(word, start, score_cutoff=_LIKELY) > 0


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= _ALIKE and one[:_ALIKE] == other[:_ALIKE])


_GRADES = {True: 1.0, None: 0.5, False: 0.0}


@cache
def _table() -> Mapping[str, Any]:
    data = _lines()
    marks = {name: data[name] for name in ("asked", "people", "nations")}
    marks |= {name: {name: data[name]["words"]} for name in ("moves", "nothing", "when", "unaccented")}
    kinds = ("measures", "change", "moving", "cases", "of_people", "states")
    return {
        **{name: Beginnings({mark: own[mark].split() for mark in own}) for name, own in marks.items()},
        **{name: frozenset(data[name]["kinds"].split()) for name in kinds},
    }


@cache
def _lines() -> Mapping[str, Mapping[str, str]]:
    return read_table(__file__, "kinds.toml")
