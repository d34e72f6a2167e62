"""Whose words a sentence is may stand in the one before it, or in the one behind, and nowhere else."""

from __future__ import annotations

import pytest

from index.prepare import prepare
from index.types import Document, Passage

SAID = '"The figure is simply wrong," said Helen Marsh, a director.'


def last(text: str, language: str = "en") -> Passage:
    return prepare(Document("a", text, "", "", language=language), "news").passages[-1]


@pytest.mark.parametrize(
    ("text", "language", "holder", "stance"),
    [
        (f'{SAID} "The true one is 38."', "en", "Helen Marsh", "asserts"),
        (f'{SAID}\n\n"The true one is 38."', "en", "Helen Marsh", "asserts"),
        (f'{SAID} "It is a lie."', "en", "Helen Marsh", "denies"),
        (f'{SAID} "We report everything." "We hide nothing."', "en", "Helen Marsh", "asserts"),
        (
            "« Oui », a dit le maire, Luc Roy. « Rien n'est signé. »",
            "fr",
            "le maire, Luc Roy",
            "asserts",
        ),
        ("Il neige, indique son avocate. « Mon client a froid. »", "fr", "son avocate", "asserts"),
    ],
)
def test_who_spoke_before_speaks_on(text: str, language: str, holder: str, stance: str) -> None:
    passage = last(text, language)
    assert passage.voices == ()
    assert passage.speaker is not None
    assert (passage.speaker.holder.text, passage.speaker.stance.value) == (holder, stance)


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID} The true one is 38.",
        f'{SAID} The true one is "38".',
        f'{SAID} "The true one is 38," said Ann Lee.',
        'Helen Marsh said it rained, and Ann Lee denied it. "It was dry."',
        '"The figure is wrong," he said. "The true one is 38."',
        'Helen Marsh declined to comment. "The true one is 38."',
        'The river rose. "The true one is 38."',
    ],
)
def test_what_nobody_or_somebody_else_says_has_no_such_speaker(text: str) -> None:
    assert last(text).speaker is None


@pytest.mark.parametrize(
    ("text", "holder", "stance"),
    [
        ("Le pont tiendra. C'est ce qu'affirme le maire, Luc Roy.", "le maire, Luc Roy", "asserts"),
        ("Non, il n'est pas à vendre. C'est en tout cas ce qu'a martelé le maire.", "le maire", "denies"),
    ],
)
def test_who_says_the_sentence_before_is_told_behind_it(text: str, holder: str, stance: str) -> None:
    first = prepare(Document("a", text, "", "", language="fr"), "news").passages[0]
    assert first.speaker is not None
    assert (first.speaker.holder.text, first.speaker.stance.value) == (holder, stance)
    assert first.stance.value == "reports"


@pytest.mark.parametrize(
    "text",
    [
        "Le pont est fermé. C'est ce que dénonce le maire.",
        "Le pont est fermé. C'est ce que conteste le maire.",
        "Le pont est fermé. C'est ce que redoutait le maire.",
        "Le pont est fermé. Le maire affirme qu'il tiendra.",
        "Le pont tiendra.\n\nC'est ce qu'affirme le maire.",
    ],
)
def test_what_is_judged_or_apart_stays_the_articles_own(text: str) -> None:
    first = prepare(Document("a", text, "", "", language="fr"), "news").passages[0]
    assert (first.speaker, first.stance.value) == (None, "asserts")
