"""Whether a figure counts what a how-many question asks for.

Kinds tell cases apart (planned, killed, kilometres), nouns tell things apart (soldiers,
planes). A figure that neither shows to be of something else may be meant.
"""

from __future__ import annotations

import re

from index.lexical import fold, stemmed, words
from index.types import Figure, Passage
from qa.types import Question, Wants
from qa.understanding.asked import Asked, asked_of, noun_of
from qa.understanding.kinds import alike, are_a_nation, groups, known, listed, nations
from qa.understanding.parts import ALL, part_of
from qa.understanding.quantities import (
    before,
    counts_tellers,
    is_measure,
    is_millions,
    is_part,
    is_percent,
    is_share,
    unit_of,
)
from qa.understanding.thesaurus import akin

_CLAUSE_END = re.compile(r"[,;:.()—]")
_OF = re.compile(r"\s(?:de |des |d['’]|of (?:the |its |all )?)")
_GRADES = {True: 1.0, None: 0.5, False: 0.0}


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
    shares = asked.kinds.isdisjoint(listed("measures"))
    return any(
        anything or (shares and is_share(figure)) or not _is_of_another(asked, figure, passage)
        for figure in passage.figures
    )


def counts(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> float:
    """How well one figure of `passage` suits: 1, 0.5 or 0, as in `suits`. `language` is the passage's."""
    if not asked.kinds and not asked.noun:
        other = counts_tellers(figure, passage) or (
            asked.amount and (figure.kind == "duration" or bool(groups(unit_of(figure))))
        )
        return 0.0 if other else 0.5
    if _is_of_another(asked, figure, passage):
        return 0.5 if _is_share_of(asked, figure, passage) else 0.0
    if is_measure(figure):
        return 1.0
    if asked.kinds and asked.kinds <= listed("measures"):
        # « 14 millions d'euros ; les assureurs parlent de 9 millions »: the second names no unit again.
        # « réclame 2,5 millions »: that money is meant need not be said.
        again = figure.unit is None and (
            any(other.kind in asked.kinds for other in passage.figures)
            or ("cost" in asked.kinds and is_millions(figure))
        )
        return 0.5 if again and not is_percent(figure) else 0.0
    same = _same_thing(asked, figure, passage, language)
    cases = asked.kinds & listed("cases")
    if figure.kind in cases:
        # Within a case nouns may differ (« dix résidences » are homes), people and things may not.
        mixed = bool(groups(unit_of(figure))) != bool(asked.people)
        return 0.0 if same is False and mixed else 1.0 if same else 0.5
    named = same is True and not asked.people
    if figure.kind in listed("cases"):
        # « quatre voitures » are four cars, whatever became of them; of people, cases are told apart.
        return 0.5 if named and not cases else 0.0
    if cases:
        return 0.5 if named or (cases == {"planned"} and same is not False) else 0.0
    return _GRADES[same]


def counted_best(asked: Asked, passage: Passage, language: str | None) -> tuple[Figure, float] | None:
    """The figure of `passage` that suits best, the first of several, and how well; None where none does."""
    suiting = [
        (figure, suit)
        for figure in passage.figures
        if (suit := counts(asked, figure, passage, language)) and not is_part(figure, passage)
        if not stands_aside(asked, figure, passage, language)
    ]
    return max(suiting, key=lambda one: one[1], default=None)


def stands_aside(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> bool:
    """Whether a figure that suits is but a part of another one here that suits as well, or the whole of it.

    « neuf morts, dont deux enfants » gives nine dead, and two where children are asked for.
    What another figure is held against stands aside too: « 76 %, loin des 95 % nécessaires ».
    """
    if held := before(figure, passage, "held_against"):
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


def _is_of_another(asked: Asked, figure: Figure, passage: Passage) -> bool:
    """Whether a figure counts another nation's than asked, another measure or part (wounded for dead)."""
    own = nations(unit_of(figure))
    if asked.nations and (asked.nations.isdisjoint(own) if own else asked.nations & _parted(figure, passage)):
        return True
    if is_measure(figure):
        return asked.kinds.isdisjoint(("share", "votes") if is_share(figure) else (figure.kind,))
    return len({asked.parts.get(figure.kind, ALL), part_of(figure, passage)} - {ALL, ""}) == 2


def _is_share_of(asked: Asked, figure: Figure, passage: Passage) -> bool:
    """Whether a share is of those or of what is asked for: « 31 % de grévistes », "40% of the drivers"."""
    if not is_percent(figure) or figure.unit is None:
        return False
    behind = passage.span.text[figure.unit.end - passage.span.start :]
    of = _OF.match(behind)
    told = words(_CLAUSE_END.split(behind[of.end() :], maxsplit=1)[0])[:1] if of else []
    return bool(told) and _is_called(asked, tuple(told))


def _told_of(figure: Figure, passage: Passage) -> Figure | None:
    """The number that is told of a whole: 19 of « sur les 26 navires, 19 sont à quai »; else None."""
    if not before(figure, passage, "whole"):
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


def _same_thing(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> bool | None:
    """Whether a figure counts the noun that is asked for; None where the words do not show it."""
    unit = unit_of(figure)
    if not asked.noun:
        return _same_case(asked, unit)
    if figure.unit is None:
        return _same_untold(asked, figure, passage, language)
    people = groups(unit)
    if _is_called(asked, unit):
        return True
    if people and asked.people:
        return _same_people(asked, unit)
    if _is_akin(asked, unit, language):
        return True
    # « 3 000 autres », and a name (« 50 Boeing »), may be the thing, and so may a foreign noun.
    if not unit or figure.unit.text[:1].isupper():
        return None
    return False if people or asked.people or language == asked.language else None


def _same_case(asked: Asked, unit: tuple[str, ...]) -> bool | None:
    """As `_same_thing`, where the question names a case and no noun: « combien d'arrestations ? »."""
    if not unit or not asked.kinds & listed("of_people"):
        return None
    return bool(groups(unit)) or not asked.kinds.isdisjoint(known("asked").among(unit))


def _same_people(asked: Asked, unit: tuple[str, ...]) -> bool | None:
    """As `_same_thing`, where people are asked for and counted."""
    if are_a_nation(unit) or are_a_nation(asked.noun):
        return True if asked.nations & nations(unit) else None
    people = groups(unit)
    return "anyone" in people | asked.people or not people.isdisjoint(asked.people)


def _same_untold(asked: Asked, figure: Figure, passage: Passage, language: str | None) -> bool | None:
    """As `_same_thing`, where no unit stands by the figure: "the number of cases rose to 19"."""
    if before(figure, passage, "of_them"):
        return None
    told = noun_of(_CLAUSE_END.split(passage.span.text[: figure.span.start - passage.span.start])[-1])
    if not asked.people and (_is_called(asked, told) or _is_akin(asked, told, language)):
        return True
    return None if asked.people or language != asked.language else False


def _is_called(asked: Asked, unit: tuple[str, ...]) -> bool:
    """Whether a word of what is counted is the noun, or begins as it does."""
    return any(alike(one, other) for one in unit for other in asked.noun)


def _is_akin(asked: Asked, unit: tuple[str, ...], language: str | None) -> bool:
    """Whether a word of what is counted is another word for the noun: « autos » for "cars".

    What people are called has groups of its own: a fighter is a soldier, and a jet is none.
    """
    if asked.people:
        return False
    meant = {stems for word in asked.noun for stems in akin(word, asked.language)}
    return any((stem,) in meant for stem in stemmed(unit, language))


def _parted(figure: Figure, passage: Passage) -> frozenset[str]:
    """The nations that only a part of what `figure` counts is of."""
    after = next((other for other in passage.figures if other.span.start > figure.span.start), None)
    return nations(unit_of(after)) if after and is_part(after, passage) else frozenset()
