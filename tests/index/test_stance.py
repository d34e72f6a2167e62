from __future__ import annotations

import pytest

from index.types import Role, Stance
from tests.index.marked import Example
from tests.index.marked import read as examples
from tests.index.reading import GOLD, article, read

LABELLED = [
    pytest.param(language, example, id=f"{language}-{number}")
    for language in ("fr", "en")
    for number, example in examples(GOLD / f"{language}.txt")
]


@pytest.mark.parametrize(("language", "example"), LABELLED)
def test_a_labelled_sentence_has_its_stance(language: str, example: Example) -> None:
    passage = read(example.text, language, example.role)
    assert passage.stance is example.stance, passage.cue


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        # A pseudo-cue looks like a cue and is none.
        ("Le retrait des troupes a commencé.", Stance.ASSERTS),
        ("Un portrait de la victime a été affiché.", Stance.ASSERTS),
        ("Il tirait une remorque chargée de bois.", Stance.ASSERTS),
        ("La sécheresse livrait les champs au feu.", Stance.ASSERTS),
        ("Selon les cas, la peine est doublée.", Stance.ASSERTS),
        ("Sans aucun doute, la route a été coupée.", Stance.ASSERTS),
        ("Pour la première fois, la digue a tenu.", Stance.ASSERTS),
        ("La reconstruction d'après-guerre a duré longtemps.", Stance.ASSERTS),
        ("La cour a condamné le chauffeur à deux ans de prison.", Stance.ASSERTS),
        ("Le tribunal a condamné mardi le promoteur Léo Vaillancourt à cinq ans.", Stance.ASSERTS),
    ],
)
def test_a_pseudo_cue_decides_nothing(sentence: str, stance: Stance) -> None:
    assert read(sentence).stance is stance


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Twelve people died, officials said on Monday.", Stance.REPORTS),
        ("Twelve people died, officials said Monday.", Stance.REPORTS),
        ("Twelve people died, Kyiv claimed in a statement.", Stance.REPORTS),
        ("Twelve people died, the mayor, Joan Pryce, told the BBC.", Stance.REPORTS),
        ("Twelve dead in fire, police say", Stance.REPORTS),
        ("He fled after the attack, police said.", Stance.REPORTS),
        ("When the police came, they found two bodies.", Stance.ASSERTS),
        ("The war was over, and the two sides agreed on a plan.", Stance.ASSERTS),
        ("The firm closed two plants, cut jobs and told staff on Monday.", Stance.ASSERTS),
    ],
)
def test_who_said_so_may_close_an_english_sentence(sentence: str, stance: Stance) -> None:
    passage = read(sentence, "en")
    assert passage.stance is stance
    assert bool(passage.voices) is (stance is Stance.REPORTS)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        # Relayed without a verb of saying.
        ("The minister has been accused of lying.", Stance.REPORTS),
        ("Ten of those held were reported to be planning a raid.", Stance.REPORTS),
        ("She was robbed of her boat, a court has been told.", Stance.REPORTS),
        ("The mayor reported to the police.", Stance.ASSERTS),
        ("The pair were thought to be on board.", Stance.REPORTS),
        ("Dozens are feared dead.", Stance.REPORTS),
        ("It was reported last week that the firm would close.", Stance.REPORTS),
        ("The court heard that he had spent the money.", Stance.REPORTS),
        ("MPs were told that it would cost millions.", Stance.REPORTS),
        ("Satellite images appear to show fresh graves.", Stance.REPORTS),
        ("There are claims that the vote was rigged.", Stance.REPORTS),
        ("There is talk in the town of a ban.", Stance.REPORTS),
        # Behind a contrast a plain clause states its fact.
        ("It may be chance, but has cost them dear.", Stance.ASSERTS),
        ("It may fail, but it might also work.", Stance.NEUTRAL),
        ("The bank is expected to cut rates.", Stance.NEUTRAL),
        ("There were fears the dam would burst.", Stance.REPORTS),
        ("It is a myth that bats are blind.", Stance.DENIES),
        ("The reports were wrong.", Stance.DENIES),
        ("The text, which could help, came late.", Stance.ASSERTS),
        ("The birds could not reach the water.", Stance.ASSERTS),
        ("It's said that he left.", Stance.REPORTS),
        # A bad loan is no doubtful claim, and how it is done elsewhere no denial.
        ("The dubious loans were sold.", Stance.ASSERTS),
        ("The figures are dubious.", Stance.DOUBTS),
        ("Contrary to what is done elsewhere, the vote is secret.", Stance.ASSERTS),
        # An adverb changes nothing of a denial or a doubt.
        ("It is simply not true that the vaccine contains mercury.", Stance.DENIES),
        ("The claim is completely false.", Stance.DENIES),
        ("The story turned out to be false.", Stance.DENIES),
        ("That is hard to square with the photographs.", Stance.DOUBTS),
        ("The firm has provided no evidence that it works.", Stance.DOUBTS),
        ("It was not immediately clear who fired.", Stance.DOUBTS),
        ("Reuters could not independently verify the report.", Stance.DOUBTS),
        # What is found or shown is a thing, and what hangs on it is no claim.
        ("Police found a gun that had been used before.", Stance.ASSERTS),
        ("The plans announced on Tuesday will cost a lot.", Stance.ASSERTS),
        ("Shares fell after a second profit warning in a year.", Stance.ASSERTS),
        ("The man was first seen in May.", Stance.ASSERTS),
        ("What the vote means for Europe", Stance.NEUTRAL),
    ],
)
def test_english_relays_denials_and_doubts(sentence: str, stance: Stance) -> None:
    passage = read(sentence, "en")
    assert passage.stance is stance, passage.cue
    assert passage.voices == ()


def test_a_quotation_that_is_never_closed_stays_a_report() -> None:
    passages = article('"I thought it was an earthquake.', "", '"It was a train."', language="en")
    assert [p.stance for p in passages] == [Stance.REPORTS, Stance.REPORTS]


def test_a_quotation_may_run_on_over_lines_and_begin_out_of_sight() -> None:
    said = article(
        'The painter admits "I love faces.', "They never lie.", 'I paint them."', "He left.", language="en"
    )
    assert [p.stance for p in said] == [*[Stance.REPORTS] * 3, Stance.ASSERTS]
    said = article('The river is rising every day."', "Nobody was hurt.", language="en")
    assert [p.stance for p in said] == [Stance.REPORTS, Stance.ASSERTS]
    said = article('He called it "a farce."', "", "The vote was held.", "", 'She won."', language="en")
    assert said[1].stance is Stance.ASSERTS


@pytest.mark.parametrize(("language", "marks"), [("en", "“”"), ("fr", "«»")])
def test_each_paragraph_of_a_quotation_may_open_it_anew(language: str, marks: str) -> None:
    lines = (f"{marks[0]}Nine. The light went out.", "", f"{marks[0]}We left.{marks[1]}", "", "It rained.")
    stances = [p.stance for p in article(*lines, language=language)]
    assert stances == [Stance.REPORTS, Stance.REPORTS, Stance.ASSERTS]


def test_single_marks_quote_and_apostrophes_do_not() -> None:
    for sentence in ("Minister 'lied to MPs', says watchdog", "‘The workers’ rights are gone,’ he said."):
        assert read(sentence, "en").stance is Stance.REPORTS
    assert read("The workers' hall and the boys' club don't close.", "en").stance is Stance.ASSERTS


@pytest.mark.parametrize(
    ("language", "sentence", "stance"),
    [
        # Behind a colon somebody unnamed speaks, and what is said of somebody is quoted whole.
        ("en", 'Of the old bridge: "It sang in the wind."', Stance.REPORTS),
        ("fr", "Sur le vieux pont : « Il chantait dans le vent. »", Stance.REPORTS),
        ("en", "Ministers 'ignored the warnings'", Stance.REPORTS),
        ("fr", "Le maire « n'a rien vu venir ».", Stance.REPORTS),
        ("fr", "Il y a une règle : « On ne court pas. »", Stance.ASSERTS),
        ("en", 'There is a rule: "We do not run."', Stance.ASSERTS),
        # A single word, a name or a term in quotation marks decides nothing.
        ("en", 'The rebels "liberated" the town.', Stance.ASSERTS),
        ("en", 'The "City that never sleeps" is dark.', Stance.ASSERTS),
        ("fr", "Les rebelles ont « libéré » la ville.", Stance.ASSERTS),
    ],
)
def test_a_quotation_without_a_verb_of_saying_is_a_report(
    language: str, sentence: str, stance: Stance
) -> None:
    passage = read(sentence, language)
    assert passage.stance is stance, passage.cue
    assert passage.voices == ()


def test_a_name_with_the_letters_of_a_cue_is_none() -> None:
    assert read("The Mystery Plays drew large crowds.", "en").stance is Stance.ASSERTS
    assert read("The choir sang in the Mystery Plays.", "en").stance is Stance.ASSERTS
    assert read("The theft is a mystery.", "en").stance is Stance.DOUBTS


def test_negation_turns_a_confirmation_into_silence() -> None:
    assert read("La préfecture a confirmé la nouvelle.").stance is Stance.ASSERTS
    assert read("La préfecture n'a pas confirmé la nouvelle.").stance is Stance.REPORTS


def test_a_missing_proof_turns_a_report_into_doubt() -> None:
    assert read("Le ministre affirme que la ville est prise.").stance is Stance.REPORTS
    sentence = "Le ministre affirme, sans fournir la moindre preuve, que la ville est prise."
    assert read(sentence).stance is Stance.DOUBTS


def test_a_denial_in_a_subordinate_clause_does_not_colour_the_main_one() -> None:
    assert read("Bien que Moscou démente, les chars sont arrivés.").stance is Stance.ASSERTS


def test_a_condition_looks_ahead_and_a_bare_conditional_relays() -> None:
    assert read("S'il gagnait, le parti pourrait gouverner seul.").stance is Stance.NEUTRAL
    assert read("Le suspect serait armé.").stance is Stance.REPORTS
    assert read("Sans le savoir, il aurait aidé le voleur.").stance is Stance.REPORTS


@pytest.mark.parametrize(
    "sentence",
    [
        "Il aurait suffi d'une digue pour éviter le drame.",
        "Le drame aurait pu être évité.",
        "Sans l'aide des pompiers, la maison aurait brûlé.",
    ],
)
def test_what_did_not_happen_is_no_hearsay(sentence: str) -> None:
    assert read(sentence).stance is Stance.NEUTRAL


def test_a_quotation_over_several_sentences_stays_a_report() -> None:
    passages = article("« La digue a cédé.", "L'eau est entrée partout. »", "La route est coupée.")
    assert [p.stance for p in passages] == [Stance.REPORTS, Stance.REPORTS, Stance.ASSERTS]


def test_a_name_in_the_next_line_signs_a_quotation() -> None:
    passages = article("C'est une question très grave.", "", "Anne Morel, cheffe des secours")
    assert [p.stance for p in passages] == [Stance.REPORTS, Stance.NEUTRAL]


def test_headings_without_a_verb_claim_nothing() -> None:
    assert read("Des secours débordés", role=Role.HEADING).stance is Stance.NEUTRAL
    assert read("Les secours sont débordés", role=Role.HEADING).stance is Stance.ASSERTS


@pytest.mark.parametrize("language", [None, "de", ""])
def test_another_language_is_neutral_never_a_guess(language: str | None) -> None:
    passage = read("Selon la police, 30 personnes auraient fui.", language)
    assert (passage.stance, passage.cue, passage.voices) == (Stance.NEUTRAL, None, ())
    assert [f.low for f in passage.figures] == [30]


def test_the_cue_is_cut_from_the_sentence() -> None:
    passage = read("Les otages auraient été libérés.")
    assert passage.cue is not None
    assert passage.cue.text == "auraient été libérés"


@pytest.mark.parametrize(
    ("language", "sentence", "stance"),
    [
        ("en", "Analysis: what the vote means for Europe", Stance.NEUTRAL),
        ("en", "Why the firm that built the bridge was fined", Stance.NEUTRAL),
        ("fr", "Comment le pont a tenu", Stance.NEUTRAL),
        ("en", "When the bridge fell", Stance.NEUTRAL),
        ("en", "When the bridge fell, ten people died", Stance.ASSERTS),
        ("en", "When the bridge fell ten people died", Stance.ASSERTS),
        ("fr", "Quand le pont est tombé dix personnes sont mortes", Stance.ASSERTS),
        ("en", "Live: when the polls close the count begins", Stance.ASSERTS),
        ("en", "When it opens and what it costs", Stance.NEUTRAL),
        ("en", "Where the mayor says the money went", Stance.NEUTRAL),
        ("fr", "Où sont les soldats qui ont fui", Stance.NEUTRAL),
    ],
)
def test_a_line_without_a_stop_may_only_ask(language: str, sentence: str, stance: Stance) -> None:
    assert read(sentence, language).stance is stance
