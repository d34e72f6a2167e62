"""What may answer a kind of question is told by what a passage holds and the question does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import annotated

from qa.question import understand
from qa.ranking.evidence import KINDS, asks_holder, evidence, names_holder
from qa.types import Wants
from qa.understanding.capitals import names


@pytest.mark.parametrize(
    ("question", "sentence", "sure"),
    [
        ("Quand a-t-il été élu ?", "Il a été élu le 3 mai 2019.", 1.0),
        ("Quand a-t-il été élu ?", "Il a été élu il y a dix jours.", 1.0),
        ("Quand a-t-il été élu ?", "Il a été élu par les députés.", 0.0),
        ("Quand le vote de mardi a-t-il fini ?", "Le vote de mardi a fini tard.", 0.0),
        ("Quand le vote de mardi a-t-il fini ?", "Le vote de mardi a fini à 20 heures.", 1.0),
        ("When did it open?", "It opened in March, two years later.", 1.0),
        ("When did it open?", "It opened to the public.", 0.0),
        # A month has a capital, or a day or a year beside it.
        ("When will it open?", "It will open in May.", 1.0),
        ("When will it open?", "It will open on 3 may.", 1.0),
        ("When will it open?", "It will open on the 3rd march.", 1.0),
        ("When will it open?", "It will open in march 2031.", 1.0),
        ("When will it open?", "It may open to the public.", 0.0),
        ("When will it open?", "Crowds march until it opens.", 0.0),
        ("Où est né Paul Marchand ?", "Paul Marchand est né à Dijon.", 1.0),
        ("Où est né Paul Marchand ?", "Paul Marchand est né près de la ville de Dole.", 1.0),
        ("Où est né Paul Marchand ?", "Paul Marchand a reçu la presse.", 0.0),
        ("Où se trouve le maire de Dijon ?", "Le maire reste à Dijon.", 0.0),
        ("Where was it sold?", "It was sold in Oslo.", 1.0),
        ("Where was it sold?", "It was sold in March.", 0.0),
        ("Qui a remplacé Paul Marchand ?", "Jeanne Roy a remplacé Paul Marchand.", 1.0),
        ("Qui a remplacé Paul Marchand ?", "Paul Marchand a été remplacé.", 0.0),
        ("Quel journal a révélé l'affaire ?", "Le Progrès a révélé l'affaire, et Mediapart aussi.", 1.0),
        ("Quel journal a révélé l'affaire ?", "Un journal a révélé l'affaire.", 0.0),
        ("Quel âge a la victime ?", "La victime, âgée de 46 ans, est sauve.", 1.0),
        ("Quel âge a la victime ?", "La victime est sauve.", 0.0),
        ("How old is the skipper?", "The skipper, Ann Lee, 58, fled.", 1.0),
        ("How old is the skipper?", "The skipper fled with 58 others.", 0.0),
        ("How old is the skipper?", "The skipper turned 58 on Monday.", 1.0),
        ("How old is the skipper?", "The skipper, in her late fifties, fled.", 1.0),
        ("How old is the baby?", "A six-month-old baby was saved.", 1.0),
        ("Quel âge a Marc Roy ?", "Marc Roy, 61, part.", 1.0),
        ("Quel âge a Marc Roy ?", "Marc Roy, sexagénaire, part.", 1.0),
        ("Quel âge a le bébé ?", "Un bébé de huit mois a été sauvé.", 1.0),
        ("Quel âge a le bébé ?", "Après huit mois, le bébé est sauf.", 0.0),
        ("Pourquoi ont-ils fui ?", "Ils ont fui à cause de la pluie.", 1.0),
        ("Pourquoi ont-ils fui ?", "Ils ont fui pour sauver leur vie.", 0.5),
        ("Pourquoi ont-ils fui ?", "Ils ont fui hier.", 0.0),
        ("Why did they leave?", "They left because of the rain.", 1.0),
        ("Combien de maisons ?", "Dix maisons ont brûlé.", 1.0),
        ("Combien de maisons ?", "Des maisons ont brûlé.", 0.0),
        # Neither the wounded for the dead, nor a price, a time or another nation's for what is counted.
        ("How many were killed?", "Six guards were wounded.", 0.0),
        ("Combien de maisons ?", "Les maisons ont coûté 40 millions d'euros.", 0.0),
        ("Combien de maisons sont vides ?", "Un bailleur estime que 12 % des maisons sont vides.", 1.0),
        ("Combien coûtent les maisons ?", "Un bailleur estime que 12 % des maisons sont vides.", 0.0),
        ("Combien de soldats russes ?", "Dix soldats turcs sont venus.", 0.0),
        ("How many were killed?", "Six guards were shot.", 1.0),
        ("How much did it cost?", "It cost 40 million euros.", 1.0),
        ("Que dit le maire ?", "Le maire parle à Dijon le 3 mai.", 0.0),
    ],
)
def test_what_is_wanted_is_held_or_not(question: str, sentence: str, sure: float) -> None:
    """A name, a place or a time counts where the question does not say it itself."""
    passage, language = annotated(sentence)
    assert evidence(understand(question), passage, language) == sure


@given(st.sampled_from(KINDS), st.text(max_size=200), st.sampled_from(["fr", "en", None]))
def test_any_text_gives_a_share(wants: Wants, text: str, language: str | None) -> None:
    """Whatever the passage is, evidence is 0 to 1."""
    passage, _ = annotated(f"{text}.")
    question = understand("Qui ?")
    assert 0 <= evidence(type(question)(question.text, "fr", wants, ()), passage, language) <= 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hier, Ban Ki-moon a vu le roi.", [("Ban", "Ki-moon")]),
        ("Francisco de la Cruz, dit « Mel », reste.", [("Francisco", "de", "la", "Cruz"), ("Mel",)]),
        ("Il part. Demain il revient.", []),
        ("La CGT attend. UNSA aussi.", [("CGT",), ("UNSA",)]),
        ("Avec Paul Marchand, rien.", [("Paul", "Marchand")]),
        ("Avec Łukasz Żal et Đặng Lan, rien.", [("Łukasz", "Żal"), ("Đặng", "Lan")]),
        ("« Rien », dit Anne d’Ornano.", [("Anne", "d’Ornano")]),
    ],
)
def test_names_are_told_by_their_capitals(text: str, expected: list[tuple[str, ...]]) -> None:
    """All words of a name; the first word of a sentence has a capital for its place."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "sure"),
    [
        ("Qui est Paul Roy ?", "Paul Roy, maire de Dole, a démissionné.", 1.0),
        ("Qui est Paul Roy ?", "Le maire sortant, Paul Roy, a démissionné.", 1.0),
        ("Qui est Paul Roy ?", "Le ministre sortant Paul Roy a démissionné.", 0.5),
        ("Qui est Paul Roy ?", "Elle l'a emporté avec Paul Roy comme adjoint.", 1.0),
        ("Qui est Paul Roy ?", "Paul Roy est président de la fédération.", 1.0),
        ("Qui est Paul Roy ?", "Hier, le Dr Paul Roy a été entendu.", 1.0),
        ("Qui est Paul Roy ?", "Le juge a entendu Paul Roy.", 0.0),
        ("Qui est Paul Roy ?", "Le maire, Jean Petit, a entendu Paul Roy.", 0.0),
        ("Qui est Paul Roy ?", "Paul Roy est fatigué.", 0.0),
        ("c'est qui roy", "L'avocat Paul Roy a plaidé.", 1.0),
        ("who is Ann Lee?", "Ann Lee, 58, a carpenter, fled.", 1.0),
        ("who is Ann Lee?", "They voted for Mayor Ann Lee.", 1.0),
        ("who is Ann Lee?", "Ann Lee was a carpenter.", 1.0),
        ("who is Ann Lee?", "Ann Lee, who fled, is back.", 0.0),
        ("who is Ann Lee?", "Ann Lee was tired.", 0.0),
        ("who is Ann Lee?", "Prices will fall, said Ann Lee of Oakham Research.", 0.5),
        ("Qui est Paul Roy ?", "Les prix baissent, estime Paul Roy, de l'Insee.", 0.5),
    ],
)
def test_who_somebody_is_stands_beside_the_name(question: str, sentence: str, sure: float) -> None:
    """An office, a trade, a title or a body tells it, where it is the named person's."""
    passage, language = annotated(sentence)
    assert evidence(understand(question), passage, language) == sure


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("Qui est la préfète ?", "La préfète, Claire Delmas, se tait.", True),
        ("Qui est la préfète ?", "Claire Delmas, préfète de Vireval, se tait.", True),
        ("Qui est le maire de Vireval ?", "Le maire de Vireval Paul Roy se tait.", True),
        ("c'est qui le maire", "Paul Roy est le maire.", True),
        ("nom de l'avocate", "Son avocate, Me Anne Roy, se tait.", True),
        ("Qui est le maire ?", "The mayor, Ann Lee, kept quiet.", True),
        ("who is the captain's lawyer?", "His lawyer, Carla Venti, left.", True),
        ("name of the health minister", "Health minister Grace Obuya left.", True),
        ("Qui est la préfète ?", "Manon Ferrand réclame le départ de la préfète.", False),
        ("Qui est la préfète ?", "La préfète a reçu Paul Roy.", False),
        ("Qui est le maire ?", "La maire de Vireval se tait.", False),
        ("who is the health minister?", "Le ministre de la Santé se tait.", False),
        ("Qui est le maire ?", "Paul Roy est l'avocat du maire.", False),
        ("who is the captain's lawyer?", "The captain, Aldo Marini, left.", False),
    ],
)
def test_who_holds_an_office_is_named_beside_it(question: str, sentence: str, named: bool) -> None:
    asked, (passage, language) = understand(question), annotated(sentence)
    assert asks_holder(asked)
    assert names_holder(asked, passage, language) is named


@pytest.mark.parametrize(
    "question", ["Qui a élu le maire ?", "Qui est Paul Roy ?", "When did the mayor leave?"]
)
def test_other_questions_ask_for_no_office(question: str) -> None:
    asked = understand(question)
    assert not asks_holder(asked)
    assert not names_holder(asked, *annotated("Le maire, Paul Roy, se tait."))
