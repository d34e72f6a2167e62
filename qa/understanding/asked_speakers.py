"""Whose words a question asks for and nothing else: « que dit le maire ? », "what does NATO say?"."""

from __future__ import annotations

from collections.abc import Sequence

from index.lexical import question_terms, words
from qa.types import Question, Wants
from qa.understanding.capitals import names
from qa.understanding.concepts import NamedConcept
from qa.understanding.heads import says_who
from qa.understanding.speech_acts import acts, asks_of_another, without_acts


def asked_speakers(question: Question, concepts: Sequence[NamedConcept]) -> tuple[NamedConcept, ...]:
    """What names them among the `concepts` of the question; empty where it asks for anything else.

    A name, somebody's office or a body speaks, as does whatever stands alone: « que dit l'opposition ? ».
    """
    # « Combien de manifestants selon la police ? » asks for a figure; « qui … ? » for whoever speaks.
    if question.wants in (Wants.NUMBER, Wants.PERSON):
        return ()
    if "says" not in acts(question.text, question.language):
        return ()
    if asks_of_another(question.text, question.language):
        return ()
    matter = question_terms(without_acts(question.text))
    named = tuple(concept for concept in concepts if concept.name or concept.word in matter)
    # « Anne Morel a dit quoi ? »: by itself the capital of the first word would tell nothing.
    whole = {word for name in names(question.text) for word in words(" ".join(name))}
    speak = [
        concept.name or concept.word in whole or says_who(concept.word, question.language)
        for concept in named
    ]
    return named if all(speak) or len(named) == 1 else ()
