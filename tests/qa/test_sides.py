"""What an answer adds up to: figures, positions, balance, next questions."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest
from encoders import TrigramEncoder
from quotes import quote

from index.errors import InputError
from index.storage.snapshot import Snapshot
from index.types import Document, Passage, Role, Span, Stance, Voice, VoiceStance
from qa.answer import ask
from qa.composing.balance import balance, in_turns
from qa.composing.figures import figure_table, spread_of
from qa.composing.positions import positions
from qa.composing.suggestions import suggestions
from qa.http.wire import filters_json
from qa.question import understand
from qa.types import Filters, Hit
from qa.understanding.filters import is_heard, read_filters
from qa.understanding.speakers import key_of
from qa.understanding.spoken import is_one, spoken_as


def test_same_figure_is_grouped_by_independent_origin() -> None:
    """Two articles that repeat one speaker are one origin; a second speaker is another."""
    quotes = [
        quote("Selon la préfecture, 40 soldats ont été tués.", "a"),
        quote("40 soldats ont été tués, selon la préfecture.", "b"),
        quote("Selon l'hôpital, 40 soldats ont été tués.", "c"),
        quote("Selon le maire, 90 soldats ont été tués.", "d"),
        quote("L'armée prévoit d'envoyer 5 000 soldats à 30 kilomètres.", "e"),
    ]
    rows = figure_table(understand("Combien de soldats ont été tués ?"), quotes)
    asked = [row for row in rows if not row.apart]
    assert [(row.figure.low, row.group, row.origins) for row in asked] == [
        (40, 0, 2), (40, 0, 2), (40, 0, 2), (90, 1, 1),
    ]  # fmt: skip
    assert [row.figure.low for row in rows if row.apart] == [5000]
    assert asked[3].holder == "le maire"
    spread = spread_of(rows)
    assert spread is not None
    assert (spread.low, spread.high, spread.groups) == (40, 90, 2)
    assert figure_table(understand("Pourquoi ?"), quotes) == ()


@pytest.mark.parametrize(
    ("figures", "ends"),
    [
        (["Au moins 30", "Plus de 400"], (30, None)),
        (["Jusqu'à 300", "Au moins 400"], (None, None)),
        (["Jusqu'à 300", "40"], (None, 300)),
        (["40", "Entre 50 et 60"], (40, 60)),
    ],
)
def test_a_spread_names_no_end_that_a_figure_leaves_open(
    figures: list[str], ends: tuple[float | None, float | None]
) -> None:
    quotes = [quote(f"{figure} soldats ont été tués.", f"{n}") for n, figure in enumerate(figures)]
    spread = spread_of(figure_table(understand("Combien de soldats ont été tués ?"), quotes))
    assert spread is not None
    assert (spread.low, spread.high) == ends


@pytest.mark.parametrize(
    ("question", "asked", "ends"),
    [
        ("Combien de morts ?", [12, 15], (12, 15)),
        ("Combien de blessés ?", [40, 55], (40, 55)),
        ("How many casualties?", [60], None),
    ],
)
def test_the_dead_and_the_wounded_share_no_spread(
    question: str, asked: list[float], ends: tuple[float, float] | None
) -> None:
    """Those asked for come first and make the spread; the others, and all together, stand apart."""
    quotes = [
        quote("Le séisme a fait 40 blessés et 12 morts.", "a"),
        quote("Le séisme a tué 15 personnes.", "b"),
        quote("The quake left 60 casualties.", "c"),
        quote("The quake wounded 55 people.", "d"),
    ]
    rows = figure_table(understand(question), quotes)
    assert [row.figure.low for row in rows if not row.apart] == asked
    assert [row.apart for row in rows] == sorted(row.apart for row in rows)
    assert {row.figure.low for row in rows} == {12, 15, 40, 55, 60}
    spread = spread_of(rows)
    assert (spread and (spread.low, spread.high)) == ends


def test_without_a_figure_of_all_together_one_part_makes_the_spread() -> None:
    quotes = [
        quote("Le séisme a fait 12 morts.", "a"),
        quote("Le séisme a tué 15 personnes.", "b"),
        quote("Le séisme a fait 40 blessés.", "c"),
    ]
    spread = spread_of(figure_table(understand("Combien de victimes ?"), quotes))
    assert spread is not None
    assert (spread.low, spread.high, spread.groups, spread.part) == (12, 15, 2, "killed")


@pytest.mark.parametrize(
    ("question", "texts", "ends"),
    [
        ("Combien de morts ?", ["Le séisme a fait 30 morts.", "Il en a tué 30."], None),
        ("Combien de morts ?", ["Le séisme a fait 30 morts.", "Il en a tué 30.", "40 morts."], (30, 40, 2)),
        ("How many aircraft?", ["L'armée a 12 avions.", "L'armée a 300 chars."], None),
        ("How many aircraft?", ["L'armée a 300 chars.", "L'armée a 12 avions.", "15 avions."], (12, 15, 2)),
        ("How many planes?", ["The army has 12 Russian planes.", "L'armée a 15 avions."], (12, 15, 2)),
        ("Combien de soldats ?", ["L'armée a 12 soldats.", "L'armée a 15 hommes."], (12, 15, 2)),
    ],
)
def test_only_figures_that_differ_and_count_one_thing_make_a_spread(
    question: str, texts: list[str], ends: tuple[float, float, int] | None
) -> None:
    """30 in two wordings is one figure; planes and tanks share no scale, soldiers and men do."""
    quotes = [quote(text, f"{number}") for number, text in enumerate(texts)]
    spread = spread_of(figure_table(understand(question), quotes))
    assert (spread and (spread.low, spread.high, spread.groups)) == ends


def test_who_gives_which_figure_in_one_sentence() -> None:
    """The nearest speaker, a comma counting as far away."""
    text = "Au moins 300 manifestants selon la police, 900 manifestants selon les organisateurs, ont défilé."
    both = quote(text)
    rows = figure_table(understand("Combien de manifestants ?"), [both])
    assert [(row.figure.low, row.holder) for row in rows] == [(300, "la police"), (900, "les organisateurs")]


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("La tempête a fait 12 morts ; le maire affirme que 300 personnes sont mortes.", [None, "le maire"]),
        ("La tempête a fait 12 morts, mais le maire affirme que 300 sont morts.", [None, "le maire"]),
        ("Il y a eu 12 morts, alors que le maire affirme que 300 sont morts.", [None, "le maire"]),
        ("Il y a 12 morts ; 300 personnes sont mortes ou disparues, selon le maire.", ["le maire"] * 2),
        (
            "Police counted 34 dead on Friday, while the opposition says at least 200 died.",
            ["Police", "the opposition"],
        ),
        # The other way round: who has closed a clause gives nothing of the next.
        ("Il y a 12 morts, selon le maire, mais 300 personnes sont mortes hier.", ["le maire", None]),
        ("Selon le maire, il y a 12 morts, alors que la crue de 1910 a fait 300 morts.", ["le maire", None]),
        ("12 morts selon la police, mais le maire les chiffre à 300 morts.", ["la police", "le maire"]),
        (
            "Selon Durand, les morts sont 31, et non 19 comme le soutient le syndicat.",
            ["Durand", "le syndicat"],
        ),
        ("The mayor says 12 died, and not 20 as the union says.", ["The mayor", "the union"]),
        ("12 people did not survive according to the mayor.", ["the mayor"]),
        ("Si le maire parle de 12 morts, le décompte atteint 19 morts.", ["le maire", None]),
        ("While the mayor says 12 died, the toll stands at 19.", ["the mayor", None]),
        ("Si l'on en croit le maire, 12 personnes sont mortes.", ["le maire"]),
        # Who denies a figure does not give it.
        ("Il y a 300 morts, un bilan que le maire juge très exagéré.", [None]),
    ],
)
def test_who_speaks_in_the_clause_beside_gives_the_figures_of_that_alone(
    text: str, holders: list[str | None]
) -> None:
    rows = figure_table(understand("Combien de morts ?"), [quote(text)])
    assert [row.holder for row in rows] == holders


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("Combien de manifestants selon la police ?", [False, True]),
        ("Combien de manifestants selon le maire ?", [False, False]),
        ("Combien de manifestants ?", [False, False]),
    ],
)
def test_the_figures_of_others_stand_apart_where_one_s_own_is_asked(question: str, apart: list[bool]) -> None:
    """Where whom the question names gives a figure, those of others make no spread with it."""
    both = quote("Il y avait 300 manifestants selon la police, 900 selon les organisateurs.")
    rows = figure_table(understand(question), [both])
    assert [row.apart for row in sorted(rows, key=lambda row: row.figure.span)] == apart
    assert bool(spread_of(rows)) is not any(apart)


def test_a_part_a_far_speaker_and_another_measure_stay_apart() -> None:
    """« dont 3 000 » is a part; of several speakers a far one gives nothing; km and m share no scale."""
    text = "Kiev voit 50 000 hommes, dont 3 000 Nord-Coréens."
    rows = figure_table(understand("Combien d'hommes ?"), [quote(text)])
    assert [(row.figure.low, row.apart) for row in rows] == [(50000, False), (3000, True)]
    text = (
        "Trente mille personnes, selon la police, une centaine de milliers selon les organisateurs, "
        "ont défilé dans le froid tout l'après-midi dans la vieille ville, qui accueille jusqu'à la fin "
        "du mois, malgré la neige, les délégués venus de 193 pays."
    )
    rows = figure_table(understand("Combien de pays ?"), [quote(text)])
    assert [(row.figure.low, row.holder) for row in rows if not row.apart] == [(193, None)]
    rise = [quote("Rents rose by 5%, to $900.", "a"), quote("Rents will rise by 9%.", "b")]
    spread = spread_of(figure_table(understand("How much did rents rise?"), rise))
    assert spread is not None
    assert (spread.low, spread.high) == (5, 9)
    far = [quote("Le camp est à 40 kilomètres.", "a"), quote("La tente est à 500 mètres.", "b")]
    assert spread_of(figure_table(understand("How far is it?"), far)) is None


@pytest.mark.parametrize(
    ("question", "text", "asked", "apart"),
    [
        # A part of the dead is not another number of the dead, unless that part is asked for.
        ("Combien de morts ?", "La crue a fait neuf morts, dont deux enfants tués.", [9], [2]),
        ("Combien d'enfants sont morts ?", "La crue a fait neuf morts, dont deux enfants tués.", [2], [9]),
        ("Combien de morts ?", "La crue a fait douze victimes, dont huit morts.", [8], [12]),
        # The part is meant where the question says what only the part is.
        (
            "Combien de patients en réanimation ?",
            "Vingt patients sont hospitalisés, dont quatre en réanimation.",
            [4],
            [20],
        ),
        (
            "Combien de patients ?",
            "Vingt patients sont hospitalisés, dont quatre en réanimation.",
            [20],
            [4],
        ),
        # Those who tell are no answer, and nothing to ask for next.
        (
            "How much did the buyer offer?",
            "The offer is $38m, said two people close to the talks.",
            [38e6],
            [],
        ),
        ("Combien d'experts ?", "Deux experts affirment que le pont tiendra.", [2], []),
        # A unit is not said twice.
        (
            "coût des dégâts ?",
            "La ville parle de 14 millions d'euros ; les assureurs parlent de 9 millions.",
            [14e6, 9e6],
            [],
        ),
        ("Combien d'agents ?", "La moitié des agents sont partis, il reste 19 agents.", [19], []),
        ("Combien l'association des victimes veut-elle ?", "Elle réclame 30 000 euros.", [30e3], []),
    ],
)
def test_only_what_is_asked_for_is_held_against_what_else_is_asked_for(
    question: str, text: str, asked: list[float], apart: list[float]
) -> None:
    rows = figure_table(understand(question), [quote(text)])
    assert [row.figure.low for row in rows if not row.apart] == asked
    assert [row.figure.low for row in rows if row.apart] == apart


def test_positions_are_grouped_and_changes_shown_in_time() -> None:
    """Who asserts, who denies; the same holder's change stands in order of the days."""
    quotes = [
        quote("Moscou confirme la présence de soldats étrangers.", "b", "2025-04-28"),
        quote("Moscou dément la présence de soldats étrangers.", "a", "2024-10-22"),
        quote("Kiev affirme que des soldats étrangers sont présents.", "c", "2024-10-20"),
    ]
    found = positions(understand("Qui confirme la présence de soldats ?"), quotes)
    assert [(one.stance, one.holder) for one in found] == [
        (VoiceStance.ASSERTS, "Moscou"), (VoiceStance.ASSERTS, "Kiev"), (VoiceStance.DENIES, "Moscou"),
    ]  # fmt: skip
    assert [step.stance for step in found[0].steps] == [VoiceStance.DENIES, VoiceStance.ASSERTS]
    assert found[0].dated
    assert found[1].steps == ()
    assert positions(understand("Combien de soldats ?"), quotes) == ()


def test_what_is_said_on_one_day_is_no_change_in_time() -> None:
    quotes = [
        quote("Moscou dément la présence de soldats étrangers.", "a", "2024-10-22"),
        quote("Moscou confirme la présence de soldats étrangers.", "b", "2024-10-22"),
    ]
    moscow = positions(understand("Qui confirme la présence de soldats ?"), quotes)[0]
    assert [step.stance for step in moscow.steps] == [VoiceStance.DENIES, VoiceStance.ASSERTS]
    assert not moscow.dated


@pytest.mark.parametrize(
    ("holder", "one"),
    [
        ("Le groupe danois Oakham", True),
        ("Danish packaging group Oakham", True),
        ("Le président Oakham", False),
        ("Le porte-parole du groupe Oakham", False),
        ("La filiale de Oakham", False),
        ("Le gouvernement Oakham", False),
    ],
)
def test_a_body_is_one_under_its_name(holder: str, one: bool) -> None:
    """Whatever it is called beside; a person, and whom the body has, is somebody else."""
    names = [Span(0, len(name), name) for name in ("Oakham", holder)]
    keys = {key_of(Voice(name, VoiceStance.ASSERTS, None)) for name in names}
    assert len(keys) == (1 if one else 2)


def test_an_office_before_a_name_is_one_with_a_comma_or_without() -> None:
    """« Le préfet, Paul Durand » and « le préfet Paul Durand » are one person."""
    quotes = [
        quote("Le préfet, Paul Durand, affirme que le pont tiendra.", "a"),
        quote("Interrogé, le préfet Paul Durand affirme que le pont tiendra.", "b"),
    ]
    assert [one.quotes for one in positions(understand("Que dit le préfet ?"), quotes)] == [(0, 1)]


@pytest.mark.parametrize(
    ("holder", "changed"),
    [
        ("Il", False),
        ("Le maire", False),
        ("L'armée", False),
        ("Deux experts", False),
        ("Durand", True),
        ("Le maire de Vireval", True),
        ("L'OTAN", True),
    ],
)
def test_whoever_has_no_name_is_one_in_one_article_alone(holder: str, changed: bool) -> None:
    """« Le maire » of two articles may be two, and have changed nothing; a name is one everywhere."""
    denies, asserts = (f"{holder} {said} que l'usine a fermé." for said in ("dément", "affirme"))
    days = ("2024-01-01", "2024-02-01")
    question = understand("Qui dément la fermeture ?")
    apart = positions(question, [quote(denies, "a", days[0]), quote(asserts, "b", days[1])])
    assert {one.stance for one in apart} == {VoiceStance.ASSERTS, VoiceStance.DENIES}
    assert {bool(one.steps) for one in apart} == {changed}
    both = positions(question, [quote(denies, "a", days[0]), quote(asserts, "a", days[0])])
    assert all(one.steps for one in both)


@pytest.mark.parametrize("name", ["Police", "Officials", "Celui-ci", "They", "M. le maire", "Son avocat"])
def test_a_capital_that_only_begins_a_sentence_makes_no_name(name: str) -> None:
    assert not is_one(name)


def test_a_pronoun_is_no_origin_that_two_articles_share() -> None:
    """Whoever « il » means in each: the figure is that of the article, and so of two."""
    quotes = [quote("Il affirme que 40 soldats ont été tués.", doc_id) for doc_id in ("a", "b")]
    rows = figure_table(understand("Combien de soldats ont été tués ?"), quotes)
    assert [(row.holder, row.origins) for row in rows] == [("Il", 2), ("Il", 2)]


def test_two_matters_of_one_sentence_are_no_change_of_position() -> None:
    """Who denies one thing and asserts another in one sentence has not changed."""
    text = "Moscou dément toute perte et affirme que ses soldats avancent."
    found = positions(understand("Qui dément ?"), [quote(text)])
    assert {one.stance for one in found} == {VoiceStance.ASSERTS, VoiceStance.DENIES}
    assert all(one.steps == () for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Moscou a nié toute implication et dénonce une campagne.",
        "Moscow denied any involvement and condemned the campaign.",
    ],
)
def test_a_judgement_beside_a_denial_is_no_second_position(text: str) -> None:
    """Who denies and blames in one sentence denies; alone, the blame is what is said."""
    found = positions(understand("Qui dément ?"), [quote(text)])
    assert [one.stance for one in found] == [VoiceStance.DENIES]
    alone = positions(understand("Qui dément ?"), [quote("Moscou dénonce une campagne.")])
    assert [one.stance for one in alone] == [VoiceStance.ASSERTS]


def hits(*scored: tuple[str, Stance, float]) -> list[Hit]:
    made = []
    for number, (doc_id, stance, score) in enumerate(scored):
        passage = Passage(str(number), doc_id, Span(0, 1, "x"), Role.SENTENCE, stance=stance)
        made.append(Hit(number, passage, log(score / (1 - score))))
    return made


def test_balance_varies_among_equals_only() -> None:
    """Another article comes forward among equals; a weaker hit passes nobody; the first stays."""
    said = Stance.ASSERTS
    ranked = hits(("a", said, 0.9), ("a", said, 0.9), ("b", said, 0.898), ("c", said, 0.5))
    assert [hit.number for hit in balance(ranked)] == [0, 2, 1, 3]
    assert balance([]) == []


def test_a_relevant_dissent_is_among_the_first_five() -> None:
    """It takes the fifth place; one that hardly answers does not."""
    ranked = hits(*[("a", Stance.ASSERTS, 0.9 - n / 50) for n in range(6)], ("b", Stance.DOUBTS, 0.6))
    assert balance(ranked)[4].number == 6
    weak = hits(*[("a", Stance.ASSERTS, 0.9 - n / 50) for n in range(6)], ("b", Stance.DOUBTS, 0.3))
    assert balance(weak) == weak


def test_readings_are_told_in_turns() -> None:
    """Each passage once, with its best score."""
    one, two = hits(("a", Stance.ASSERTS, 0.9), ("b", Stance.ASSERTS, 0.8)), hits(("a", Stance.ASSERTS, 0.3))
    three = [Hit(7, one[0].passage, log(0.4 / 0.6))]
    assert [(hit.number, hit.score) for hit in in_turns([one, two, three])] == [(0, 0.9), (7, 0.4), (1, 0.8)]


@pytest.mark.parametrize(
    ("history", "text"),
    [
        ([], "Combien de soldats nord-coréens sont en Russie ?"),
        ([], "Qui confirme la présence de soldats ?"),
        ([], "What does Washington say of North Korean soldiers?"),
        ([], "La Corée du Nord a-t-elle confirmé ?"),
        (["Moscou s'est-il exprimé sur le bilan humain chez son partenaire ?"], "et selon Kiev ?"),
    ],
)
def test_suggestions_are_answered(snapshot: Snapshot, history: list[str], text: str) -> None:
    """Each suggested question, asked with its filters, has an answer: a follow-up's by itself too."""
    answer = ask(snapshot, TrigramEncoder(), text, history=history, limit=3, threshold=0.05)
    assert answer.suggestions
    for suggestion in answer.suggestions:
        filters = read_filters(filters_json(suggestion.filters))
        again = ask(snapshot, TrigramEncoder(), suggestion.question, filters=filters, threshold=0.05)
        assert again.answered, suggestion
    assert ask(snapshot, TrigramEncoder(), text, history=history, threshold=1.0).suggestions == ()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Selon la Croix-Rouge, il y a 40 morts.", ["Et selon la Croix-Rouge ?"]),
        ("Le Kremlin affirme qu'il y a 40 morts.", ["Et selon le Kremlin ?"]),
        ("Plusieurs rapports affirment qu'il y a 40 morts.", ["Et selon plusieurs rapports ?"]),
        ("Paul Durand, maire de Vireval, affirme qu'il y a 40 morts.", ["Et selon Paul Durand ?"]),
        ("Ce dernier affirme qu'il y a 40 morts.", []),
        ("Celle-ci affirme qu'il y a 40 morts.", []),
        ("Son avocat affirme qu'il y a 40 morts.", []),
        ("Selon la semaine dernière, il y a 40 morts.", []),
        ("Others said that 40 people died.", []),
        ("The mayor said that 40 people died.", ["Et selon « the mayor » ?"]),
        ("Angela Merkel said that 40 people died.", ["Et selon Angela Merkel ?"]),
        (
            "Selon le Conseil national (CNT) de transition, il y a 40 morts.",
            ["Et selon le Conseil national de transition ?"],
        ),
    ],
)
def test_only_a_name_is_offered_as_a_voice(text: str, offered: list[str]) -> None:
    """« Ce dernier » means nobody outside its sentence; a name reads as a question has it, and finds it."""
    one = quote(text)
    found = suggestions(
        understand("Combien de morts ?"), Filters(document=("a",)), [], [one.passage], [],
        lambda doc_id: one.document, bool,
    )  # fmt: skip
    voices = [suggestion for suggestion in found if suggestion.kind == "voice"]
    assert [voice.text for voice in voices] == offered
    assert all(is_heard(voice.filters.voice or "", one.passage) for voice in voices)


@pytest.mark.parametrize(
    ("before", "name", "inside"),
    [
        ("Les soupçons des ", "Occidentaux", "les Occidentaux"),
        ("Cela revient aux ", "services secrets", "les services secrets"),
        ("L'armée du ", "Brésil", "le Brésil"),
        ("On l'a appris de ", "sources", "des sources"),
        ("L'armée et ", "du Ministère de la Défense", "le Ministère de la Défense"),
        ("Selon ", "Kiev", "Kiev"),
        ("Paul Durand, ", "homme du Nord", None),
        ("Selon ", "Le maire de Vireval, Paul Durand", "Paul Durand"),
        ("Selon ", "les services de renseignement (GUR)", "les services de renseignement"),
        ("Selon ", "l'homme ayant admis avoir tiré", None),
    ],
)
def test_a_voice_is_named_with_its_article(before: str, name: str, inside: str | None) -> None:
    """The article is the one that stands in the text; a noun without any is not offered."""
    document = Document("a", before + name, "a", "", language="fr")
    holder = Span(len(before), len(before + name), name)
    spoken = spoken_as(Voice(holder, VoiceStance.ASSERTS, None), document, "fr")
    assert (spoken and spoken.inside) == inside


@pytest.mark.parametrize(
    ("asked", "text", "offered"),
    [
        ("Combien de morts ?", "L'armée a commandé 40 avions.", ["Combien d'avions ?"]),
        ("Combien de morts ?", "La ville compte 40 gendarmes.", ["Combien de gendarmes ?"]),
        ("Combien de morts à Vireval ?", "L'armée a 40 avions.", ["Combien d'avions à Vireval ?"]),
        ("Combien Durand a-t-il de maisons ?", "L'armée a 40 avions.", ["Durand : combien d'avions ?"]),
        ("How many people did Durand arrest?", "He has 40 planes.", ["Durand: how many planes?"]),
        ("Combien de morts ?", "The army ordered 40 planes.", []),
        ("Combien de gendarmes ?", "La crue a fait 40 blessés.", []),
        ("How many people died?", "The ferry carried 40 people.", []),
        ("Combien de personnes sont mortes ?", "Le navire transporte 40 personnes.", []),
        ("Combien de véhicules ?", "Le ferry transporte 40 voitures.", []),
        ("Combien de véhicules ?", "Le ferry transporte 40 personnes.", []),
        ("How many planes did Durand's firm sell?", "He has 40 ships.", ["Durand: how many ships?"]),
    ],
)
def test_a_figure_apart_is_asked_for_in_plain_words(asked: str, text: str, offered: list[str]) -> None:
    """Where it counts something else, in the question's language; the question's place or name is kept."""
    one, question = quote(text), understand(asked)
    rows = [replace(row, apart=True) for row in figure_table(question, [one])]
    assert rows
    found = suggestions(question, Filters(), [one.passage], [], rows, lambda doc_id: one.document, bool)
    assert [one.text for one in found if one.kind == "figure"] == offered


def test_a_voice_is_found_under_any_of_its_names(snapshot: Snapshot) -> None:
    """« Pyongyang » finds « La Corée du Nord »; an unknown voice is named, with known ones."""
    filters = read_filters({"voice": "Pyongyang"})
    answer = ask(snapshot, TrigramEncoder(), "soldats", limit=50, threshold=0.0, filters=filters)
    names = {voice.holder.text for quote in answer.quotes for voice in quote.passage.voices}
    assert any("Corée du Nord" in name for name in names)


@pytest.mark.parametrize(
    ("name", "text", "heard"),
    [
        ("Inde", "Des experts indépendants affirment que le barrage a cédé.", False),
        ("Inde", "L'Inde affirme que le barrage a cédé.", True),
        ("Oman", "Selon Roman Starovoït, le barrage a cédé.", False),
        ("Mali", "La Somalie affirme que le barrage a cédé.", False),
        ("Durand", "Paul Durand affirme que le barrage a cédé.", True),
        ("les experts", "Selon les experts de l'université, le barrage a cédé.", True),
    ],
)
def test_a_voice_is_found_by_whole_words(name: str, text: str, heard: bool) -> None:
    """A name finds its longer forms, and no word that merely holds its letters."""
    assert is_heard(name, quote(text).passage) is heard


def test_an_unknown_voice_is_named_with_known_ones(snapshot: Snapshot) -> None:
    """Nobody of that name speaks in the index: the error lists some who do."""
    filters = read_filters({"voice": "Maurice Vireval"})
    with pytest.raises(InputError, match="Maurice Vireval") as caught:
        ask(snapshot, TrigramEncoder(), "soldats", filters=filters)
    assert caught.value.code == "unknown_filter"
    assert "Known:" in caught.value.hint
