"""What a how-many question counts is told from what a figure counts."""

from __future__ import annotations

import pytest
from newsroom import annotated

from qa.question import understand
from qa.understanding.asked import asked_of
from qa.understanding.counted import counts, stands_aside, suits
from qa.understanding.parts import ALL, part_of
from qa.understanding.quantities import is_measure, things_of


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("Combien de soldats ont été tués ?", "Au moins 40 soldats ont été tués.", 1.0),
        ("Combien de soldats ont été tués ?", "L'armée prévoit d'envoyer 40 soldats.", 0.0),
        ("Combien de soldats ont été tués ?", "La ville est à 40 kilomètres.", 0.0),
        ("How many were killed?", "Sept personnes ont été tuées.", 1.0),
        ("Combien de grévistes ?", "La direction compte 31 % de grévistes.", 0.5),
        ("how many drivers", "Some 40% of the drivers are on strike.", 0.5),
        ("Combien de grévistes ?", "La direction compte 31 % de lits vides.", 0.0),
        ("How many were killed?", "La mort est mieux accompagnée dans 40 pays.", 0.0),
        ("Combien de morts ?", "Le séisme a fait 12 morts et 40 blessés.", 1.0),
        ("Combien de morts ?", "Le séisme a fait 40 blessés.", 0.0),
        ("How many were hurt?", "The quake killed 12 people.", 0.0),
        ("How many were hurt?", "At least 30 soldiers were killed or wounded.", 1.0),
        ("How many casualties?", "Le séisme a fait 40 blessés.", 1.0),
        ("Combien d'arrestations ?", "La police a arrêté 600 personnes.", 1.0),
        ("How much will rents rise?", "Rents will rise by a further 5%.", 1.0),
        ("How much will rents rise?", "About 300,000 tenants are concerned.", 0.0),
        ("How much did the price of bread go up?", "Le pain a pris 10 %.", 1.0),
        ("De combien le prix du gaz a-t-il augmenté ?", "Le gaz coûte 93 centimes de plus.", 1.0),
        ("How much will the fine be?", "Some 40 houses were built.", 0.0),
        ("How many people will come?", "Organisers expect 40 people.", 0.5),
        ("How many doses were bought?", "A second order brought the number of doses to 400.", 1.0),
        ("Combien de navires ?", "Le nombre de navires passe à 12.", 1.0),
        ("How many doses were bought?", "The number of hens fell to 400.", 0.0),
        ("Combien d'arrestations ?", "La police annonce 600 interpellations.", 1.0),
        ("Combien de pays participent ?", "La ville accueille 193 pays.", 1.0),
        ("Combien de pays participent ?", "La ville accueille 193 personnes.", 0.0),
        ("How many homes were cleared?", "Dix résidences ont été détruites.", 1.0),
        ("Combien de logements évacués ?", "Dix résidences ont été évacuées.", 1.0),
        ("How many cops held him?", "Quatre policiers l'ont maîtrisé.", 1.0),
        ("How many reinforcements came?", "The alliance has 600 additional troops.", 1.0),
        ("Combien de véhicules ont brûlé ?", "Deux voitures ont été incendiées.", 1.0),
        ("Combien d'avions ?", "La compagnie commande 50 Boeing.", 0.5),
        ("How many soliders were sent?", "Quelque 300 soldats ont été envoyés.", 1.0),
        ("How far is the camp?", "La ville est à 40 kilomètres.", 1.0),
        ("How much is the deal worth?", "Le contrat porte sur 12 avions.", 0.0),
        ("How much is the deal worth?", "Le contrat porte sur 3 millions d'euros.", 1.0),
        ("Combien de soldats ukrainiens sont tués ?", "Selon Kiev, 30 soldats nord-coréens sont tués.", 0.0),
        ("how many ukranian soldiers fled?", "Quelque 300 soldats russes ont déserté.", 0.0),
        ("How many soldiers were sent?", "The country sent 24 fighter jets.", 0.0),
        ("How many soldiers were sent?", "The group sent 24 fighters.", 1.0),
        ("Combien de personnes vivent ici ?", "La ville compte 300 maisons individuelles.", 0.0),
        ("Combien de personnes ont signé ?", "Douze individus ont signé.", 1.0),
        ("How many North Koreans are there?", "Environ 12 000 hommes sont en Russie.", 0.5),
        ("How many North Koreans are there?", "Environ 12 000 soldats nord-coréens y sont.", 1.0),
        ("Combien de Nord-Coréens ?", "Moscou a massé 50 000 hommes, dont 3 000 Nord-Coréens.", 1.0),
        ("How many Germans were freed?", "Six Allemands ont été libérés.", 1.0),
        ("How many Russian planes?", "L'armée montre douze avions russes.", 1.0),
        ("How many Russian planes?", "L'armée montre douze avions syriens.", 0.0),
        ("Combien de missiles l'armée russe a-t-elle ?", "Elle a reçu 40 missiles iraniens.", 1.0),
        ("How much did the buyer offer?", "He offered it in four days.", 0.0),
        ("How much longer will it last?", "It will last four days.", 1.0),
        ("Combien de malades ?", "Douze personnes ont été contaminées.", 1.0),
        ("How many patients died?", "Douze malades sont morts.", 1.0),
        ("What sentence did the driver get?", "The driver was sentenced to three years in prison.", 1.0),
        ("What sentence did the driver get?", "The driver killed 12 people.", 0.0),
        ("Combien d'ouvriers ?", "La ville compte 12 gendarmes.", 0.0),
        ("Combien de pays en trois jours ?", "La réunion a duré 3 jours.", 0.0),
        ("Combien de soldats, et combien de chars ?", "L'armée a perdu 40 chars.", 1.0),
        ("Combien de soldats, et combien de chars ?", "Au moins 40 soldats sont là.", 0.0),
        ("Combien de morts selon la préfecture ?", "Le séisme a fait 12 morts.", 1.0),
        ("Selon le Collectif des victimes, combien étaient à bord ?", "Quelque 460 étaient à bord.", 0.5),
        ("Combien de blessés hier ?", "Le séisme a fait 40 blessés.", 1.0),
        ("How many dead according to the mayor?", "The quake killed 12 people.", 1.0),
        ("How many dead last night?", "The quake killed 12 people.", 1.0),
        ("How many dead?", "The toll rose to 19.", 0.5),
        ("Combien valent les toiles ?", "Quatre toiles ont été volées.", 0.0),
        ("Combien valent les toiles ?", "Le préjudice est de 22 millions d'euros.", 1.0),
        ("Quel est le chiffre d'affaires du groupe ?", "Le groupe parle de 1 190 tonnes.", 0.0),
        ("Quel est le chiffre d'affaires du groupe ?", "Il gagne 3 millions d'euros.", 1.0),
        ("Combien de pompiers sont morts ?", "Quelque 180 pompiers ont été engagés.", 0.0),
        ("Combien de pompiers sont morts ?", "Deux pompiers sont morts.", 1.0),
        ("How many passengers died?", "It had 412 passengers aboard.", 0.0),
        ("How many people were aboard?", "It had 412 passengers aboard.", 1.0),
        ("Combien de cambrioleurs ?", "Les cambrioleurs étaient au nombre de trois.", 1.0),
        ("Combien de salariés ?", "La scierie emploie 40 salariés.", 1.0),
        ("Combien de salariés ?", "La scierie a coûté 3 millions d'euros.", 0.0),
        ("How much are salaries?", "Salaries reach 3,000 euros.", 1.0),
        ("Combien de pompiers contaminés ?", "Douze malades sont soignés.", 0.0),
        ("Combien de pompiers contaminés ?", "Douze pompiers sont malades.", 1.0),
        ("Combien d'euros la ville demande-t-elle ?", "La ville demande 2,5 millions.", 0.5),
        ("Combien d'euros la ville demande-t-elle ?", "La ville demande 25 autres.", 0.0),
        ("Pourquoi ?", "Au moins 40 soldats ont été tués.", 0.0),
        ("Combien de soldats ?", "Les soldats sont partis.", 0.0),
    ],
)  # fmt: skip
def test_a_figure_of_the_kind_and_thing_asked_suits(question: str, sentence: str, fit: float) -> None:
    """1 for the kind and thing asked, 0 for another, 0.5 where the words show neither."""
    assert suits(understand(question), *annotated(sentence)) == fit


def test_a_whole_is_of_no_one_nation_where_a_part_is() -> None:
    """« 50 000 hommes, dont 3 000 Nord-Coréens » tells of 3,000 North Koreans, and not of 50,000."""
    said, language = annotated("La Russie a massé 50 000 hommes, dont 3 000 Nord-Coréens, à Koursk.")
    whole, part = said.figures
    for text, suit in (("Combien de Nord-Coréens à Koursk ?", 0.0), ("Combien d'hommes à Koursk ?", 1.0)):
        assert counts(asked_of(understand(text)), whole, said, language) == suit
    assert counts(asked_of(understand("Combien de Nord-Coréens à Koursk ?")), part, said, language) == 1.0


def test_what_is_asked_is_read_from_the_noun() -> None:
    """A measure is asked for by its noun, a case by any word, and its own noun names no thing."""
    asked = asked_of(understand("Combien de morts en trois jours ?"))
    assert (asked.kinds, asked.noun, asked.people) == ({"killed_or_wounded"}, (), {"anyone"})
    assert asked_of(understand("how many days?")).kinds == {"duration"}


def test_what_a_figure_counts_hangs_on_no_other_article() -> None:
    """Figures that stand in one place of two articles count each what its own words say."""
    for noun in ("avions", "hommes"):
        figure = annotated(f"L'armée a 15 {noun}.")[0].figures[0]
        assert things_of(figure) == (("people",) if noun == "hommes" else ("avion",))


def test_one_word_stands_for_what_is_counted() -> None:
    """« soldats » and « hommes » are people, « % » is a measure, whatever its kind."""
    figures = annotated("Selon eux, 30 soldats, 40 hommes, 50 maisons et 60 % des voix.")[0].figures
    assert [things_of(figure) for figure in figures] == [("people",), ("people",), ("maiso",), ("%",)]
    assert [is_measure(figure) for figure in figures] == [False, False, False, True]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Le séisme a fait 12 morts et 40 blessés.", ["killed", "wounded"]),
        ("12 soldats ont péri et 40 ont été blessés.", ["killed", "wounded"]),
        ("Une bombe a explosé, tuant 12 personnes et en blessant 40 autres.", ["killed", "wounded"]),
        ("The blast killed 12 people, including 3 children, and hurt 40.", ["killed", "killed", "wounded"]),
        ("Forty people were wounded and three killed.", ["wounded", "killed"]),
        ("40 blessés, dont 3 grièvement.", ["wounded", "wounded"]),
        ("16 civilians and at least 19 soldiers died.", ["killed", "killed"]),
        ("150 soldiers have died - two thirds of them at home.", ["killed", "killed"]),
        ("Quatre soldats ont été tués et 12 autres portés par les secours.", ["killed", ""]),
        ("Au moins 30 soldats auraient été tués ou blessés.", [ALL]),
        ("On compte 12 morts et blessés.", [ALL]),
        ("The army suffered 300 casualties.", [ALL]),
        ("La ville compte 300 maisons.", [""]),
    ],
)
def test_the_dead_and_the_wounded_are_told_apart(sentence: str, parts: list[str]) -> None:
    """Each figure of one kind has the part that its own words tell, all of them, or none."""
    read, _ = annotated(sentence)
    assert [part_of(figure, read) for figure in read.figures] == parts


@pytest.mark.parametrize(
    ("question", "aside"),
    [("Quel taux de participation ?", [False, True]), ("Quel seuil de participation ?", [False, False])],
)
def test_what_a_figure_is_held_against_stands_aside(question: str, aside: list[bool]) -> None:
    """« 30 %, loin du seuil de 50 % »: the second is no turnout, and is meant where it is asked for."""
    said, language = annotated("La participation est de 30 %, loin du seuil de 50 %.")
    asked = asked_of(understand(question))
    assert [stands_aside(asked, figure, said, language) for figure in said.figures] == aside


@pytest.mark.parametrize(
    ("question", "sentence", "kept"),
    [
        ("Combien de navires sont restés à quai ?", "Sur les 26 navires, 19 sont restés à quai.", ["19"]),
        (
            "Combien de navires la ligne a-t-elle ?",
            "Sur les 26 navires, 19 sont restés à quai.",
            ["26", "19"],
        ),
        ("How many boats left?", "Of the 40 boats, 12 have left.", ["12"]),
        ("How much did it cost?", "It cost $74 million, and not the $61 million he gave.", ["$74 million"]),
        ("Quel est le taux de participation ?", "Il est de 48 %, et non 46 %.", ["48"]),
        ("How many doses came?", "It was 300 doses rather than 400 doses.", ["300"]),
    ],
)
def test_a_whole_and_a_number_called_wrong_stand_aside(question: str, sentence: str, kept: list[str]) -> None:
    """Of a whole and what is told of it the latter answers; what is said not to be so answers nothing."""
    passage, language = annotated(sentence)
    asked = asked_of(understand(question))
    told = [f for f in passage.figures if counts(asked, f, passage, language)]
    assert [f.span.text for f in told if not stands_aside(asked, f, passage, language)] == kept
