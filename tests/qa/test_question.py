"""A question is understood whatever its spelling, language or style."""

from __future__ import annotations

import pytest

from index.errors import InputError
from index.lexical import terms
from qa.question import LONGEST, understand, wanted
from qa.types import Wants

KINDS = [
    ("Combien de soldats ?", Wants.NUMBER),
    ("how many died", Wants.NUMBER),
    ("Quel est le bilan ?", Wants.NUMBER),
    ("What was the turnout?", Wants.NUMBER),
    ("Pendant combien de temps ?", Wants.NUMBER),
    ("Qui a démenti ?", Wants.PERSON),
    ("who denied it", Wants.PERSON),
    ("Où ont eu lieu les combats ?", Wants.PLACE),
    ("ou sont les troupes", Wants.PLACE),
    ("Which city was hit?", Wants.PLACE),
    ("Quand le vote a-t-il eu lieu ?", Wants.TIME),
    ("What year did it open?", Wants.TIME),
    ("Pourquoi sont-ils partis ?", Wants.REASON),
    ("why did they leave", Wants.REASON),
    ("what caused the fire?", Wants.REASON),
    ("What is behind the strike?", Wants.REASON),
    ("Qu'est-ce qui a provoqué l'incendie ?", Wants.REASON),
    ("À quoi est due la hausse ?", Wants.REASON),
    ("Comment la maire explique-t-elle la hausse ?", Wants.REASON),
    ("Quel manque à gagner pour la ville ?", Wants.NUMBER),
    ("Est-ce que le ministre a démissionné ?", Wants.YES_NO),
    ("Moscou a-t-il réagi ?", Wants.YES_NO),
    ("Did the court rule?", Wants.YES_NO),
    ("Combien de soldats ont fui, et où ?", Wants.PLACE),
    ("Who rebuilt Oakham, and when?", Wants.TIME),
    ("Quand a-t-on voté, et la participation ?", Wants.TIME),
    ("Quebec: did the dam break?", Wants.YES_NO),
    # A second question asks by itself, also where its words tell no kind.
    ("Où a-t-il été jugé, et que dit son avocat ?", Wants.ANYTHING),
    ("Combien pour le pont, et en quelle année ?", Wants.TIME),
    ("Why was the death toll wrong?", Wants.REASON),
    ("Comment s'appelle le témoin ?", Wants.NAME),
    ("What is the name of the ship?", Wants.NAME),
    ("le procès c'est ou ?", Wants.PLACE),
    # Who does what is told, and not asked for.
    ("Que dit le rapport qui accuse le maire ?", Wants.ANYTHING),
    ("Qu'est-ce qui brûle ?", Wants.ANYTHING),
    ("What does the WHO say?", Wants.ANYTHING),
    ("le témoin c'est qui ?", Wants.PERSON),
    ("Que dit le rapport, et qui l'a écrit ?", Wants.PERSON),
    ("bilan ?", Wants.NUMBER),
    ("la date du vote", Wants.TIME),
    ("montant demandé par les victimes", Wants.NUMBER),
    ("Amount found in the house", Wants.NUMBER),
    ("monthly wage promised by the club", Wants.NUMBER),
    ("What % voted?", Wants.NUMBER),
    ("c'est quoi le montant", Wants.NUMBER),
    ("cest ou le camp", Wants.PLACE),
    ("Quel chirurgien l'a opéré ?", Wants.PERSON),
    ("Which US official resigned?", Wants.PERSON),
    ("Quels élus démocrates ont voté non ?", Wants.PERSON),
    ("Quel journal a révélé l'affaire ?", Wants.NAME),
    ("À quelle chaîne s'est-il confié ?", Wants.NAME),
    ("Dans quelle prison est-elle détenue ?", Wants.PLACE),
    ("Quelle prime les syndicats demandent-ils ?", Wants.NUMBER),
    ("Quel âge a la victime ?", Wants.AGE),
    ("how old is she", Wants.AGE),
    ("Qui est Paul Roy ?", Wants.ROLE),
    ("and who's Ann Lee", Wants.ROLE),
    ("c'est qui roy", Wants.ROLE),
    ("who is kim jong un", Wants.ROLE),
    ("métier de la victime", Wants.ROLE),
    ("c'est quoi l'Unsa", Wants.ROLE),
    ("What is the plan?", Wants.ANYTHING),
    ("Who is Ann Lee's lawyer?", Wants.PERSON),
    ("Qui est mort ?", Wants.PERSON),
    ("WHO IS TO BLAME?", Wants.PERSON),
    ("What was the motive for the attack?", Wants.REASON),
    ("lieu du rapt", Wants.PLACE),
    ("nom du directeur", Wants.NAME),
    ("date des élections", Wants.TIME),
    ("arrest date", Wants.TIME),
    ("Boeing share price", Wants.NUMBER),
    ("judge in the case", Wants.PERSON),
    ("avocat du docteur", Wants.PERSON),
    # An adjective before the noun hides nothing.
    ("nouveau chef de l'État", Wants.PERSON),
    ("dernière ville de la côte", Wants.PLACE),
    ("nouvelle date du procès", Wants.TIME),
    ("quel ancien ministre ?", Wants.PERSON),
    ("new police chief", Wants.PERSON),
    ("former mayor of the town", Wants.PERSON),
    ("Brazil's minister on the strike", Wants.ANYTHING),
    ("L'armée a-t-elle réagi ?", Wants.YES_NO),
    ("Does the doctor know which hospital it is?", Wants.YES_NO),
    # What stands near the word that asks, or before what is asked for, is not asked for.
    ("What was the president's reaction?", Wants.ANYTHING),
    ("What is the government doing?", Wants.ANYTHING),
    ("What the mayor said", Wants.ANYTHING),
    ("What's the price of oil?", Wants.NUMBER),
    ("Which hospital treated the patients?", Wants.PLACE),
    # Headlines.
    ("Guerre en Ukraine", Wants.ANYTHING),
    ("Police deny killing protester", Wants.ANYTHING),
    ("Enfants malades à Lyon", Wants.ANYTHING),
    ("Nouveau ministre accusé de fraude", Wants.ANYTHING),
    ("Young driver killed in crash", Wants.ANYTHING),
    ("New minister faces protesters", Wants.ANYTHING),
    ("New York mayor", Wants.ANYTHING),
    ("Quelle réaction à Moscou ?", Wants.ANYTHING),
    ("Que dit la ministre ?", Wants.ANYTHING),
    ("Le vote ou la grève", Wants.ANYTHING),
    ("la présidente du conseil", Wants.ANYTHING),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_what_is_wanted(text: str, kind: Wants) -> None:
    """The answer type follows the question's words, not its punctuation."""
    assert wanted(text) is kind


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_accents_and_capitals_change_nothing(text: str, kind: Wants) -> None:
    """Capitals do not matter; nor does a missing question mark."""
    assert wanted(text.upper()) is kind
    assert wanted(text.rstrip(" ?")) is kind


def test_terms_are_the_matter() -> None:
    """Question words and grammar are no terms; elisions are cut off; each word counts once."""
    question = understand("Combien de soldats l'Ukraine a-t-elle capturés, combien de soldats ?")
    assert question.terms == ("soldats", "ukraine", "captures")


def test_acronyms_spelt_like_pronouns_are_matter_in_articles_and_questions() -> None:
    assert understand("What does the WHO say to us?").terms == ("WHO",)
    assert terms("The WHO told us that US aid went to its IT unit.", "en")[:2] == ["WHO", "told"]
    assert terms("WHO TOLD US?", "en") == ["told"]


@pytest.mark.parametrize(
    ("polite", "plain"),
    [
        ("Bonjour, pouvez-vous me dire combien de soldats svp ? Merci !", "combien de soldats ?"),
        ("hello, please tell me how many soldiers, thanks", "how many soldiers"),
    ],
)
def test_good_manners_are_no_matter(polite: str, plain: str) -> None:
    """Greetings and thanks ask for nothing."""
    assert understand(polite).terms == understand(plain).terms


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t", "« »"])
def test_an_empty_question_is_refused(text: str) -> None:
    """Nothing to look for is an error with a cure, not an answer."""
    with pytest.raises(InputError) as caught:
        understand(text)
    assert caught.value.code == "empty_question"
    assert caught.value.hint


def test_a_long_question_is_refused_with_its_length() -> None:
    """The message names how long it was and what is allowed."""
    with pytest.raises(InputError, match="10000") as caught:
        understand("a" * 10_000)
    assert str(LONGEST) in caught.value.hint


def test_an_unknown_language_is_refused() -> None:
    """Only French and English are served; the value is named."""
    with pytest.raises(InputError, match="'de'"):
        understand("Wie viele?", "de")


def test_a_given_language_wins() -> None:
    """The caller's language overrules the detection."""
    assert understand("Combien de soldats ?", "en").language == "en"
