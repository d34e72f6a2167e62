"""Whose words a question asks for: « que dit le maire (du pont) ? », "did NATO deny it?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import fold, question_terms, words
from qa.types import Question, Wants
from qa.understanding.capitals import NAMES, names
from qa.understanding.concepts import NamedConcept
from qa.understanding.heads import says_who
from qa.understanding.slots import speaks_at
from qa.understanding.speech_acts import (
    acts,
    asks_of_another,
    hearers,
    in_front_of_matter,
    in_front_of_side,
    without_acts,
)

_PLACED_OR_CALLED = re.compile(rf"\s+(?:d[eu]\s+|d['’]|of\s+)?(?:the\s+|l[ea]\s+|l['’])?{NAMES.pattern}")


def asked_speakers(question: Question, concepts: Sequence[NamedConcept]) -> tuple[NamedConcept, ...]:
    """What names whoever is asked for their words and nothing else, among the `concepts` of the question.

    Empty where it asks for anything else. A name, somebody's office or a body speaks, as does whatever
    stands alone: « que dit l'opposition ? ».
    """
    if not _asks_words(question) or asks_of_another(question.text, question.language):
        return ()
    matter = question_terms(without_acts(question.text))
    heard = hearers(question.text, question.language)
    named = tuple(concept for concept in concepts if concept.name or concept.word in matter)
    named = tuple(concept for concept in named if concept.word not in heard)
    return named if len(named) == 1 or len(_speaking(question, named)) == len(named) else ()


def speakers_on_matter(question: Question, concepts: Sequence[NamedConcept]) -> tuple[NamedConcept, ...]:
    """What names whoever is asked for their words on a matter, or whether they took a side.

    Of the `concepts` of the question those that stand in front of it: « que dit (Anne Morel) du pont ? »,
    "did (the mayor) deny it?".
    """
    front = words(_front(question))
    named = tuple(concept for concept in concepts if set(words(concept.word)) <= set(front))
    return named if len(named) == 1 else _speaking(question, named)


def _front(question: Question) -> str:
    """The part of a question, folded, that names whose words on a matter it asks for; "" where none."""
    if question.wants is Wants.YES_NO:
        return in_front_of_side(question.text, question.language)
    if not _asks_words(question):
        return ""
    if front := in_front_of_matter(question.text, question.language):
        return front
    asked = speaks_at(question.text)
    return fold(_named_with(asked)) if asked else ""


def _named_with(asked: re.Match[str]) -> str:
    """« le ministre Paul Roy » of « que dit le ministre Paul Roy du pont ? »."""
    office = asked["slot"].islower()
    behind = _PLACED_OR_CALLED.match(asked.string, asked.end("slot")) if office else None
    return asked["slot"] + (behind.group() if behind else "")


def _asks_words(question: Question) -> bool:
    # « Combien de manifestants selon la police ? » asks for a figure; « qui … ? » for whoever speaks.
    asks_other = question.wants in (Wants.NUMBER, Wants.PERSON)
    return not asks_other and "says" in acts(question.text, question.language)


def _speaking(question: Question, concepts: Sequence[NamedConcept]) -> tuple[NamedConcept, ...]:
    """Those of the `concepts` that may speak."""
    # « Anne Morel a dit quoi ? »: by itself the capital of the first word would tell nothing.
    whole = {word for name in names(question.text) for word in words(" ".join(name))}
    return tuple(
        concept
        for concept in concepts
        if concept.name or concept.word in whole or says_who(concept.word, question.language)
    )
