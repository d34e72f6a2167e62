from __future__ import annotations

import pytest
from hypothesis import example as falsified
from hypothesis import given
from hypothesis import strategies as st

from index.annotate import explain
from index.figures import find
from index.types import Span
from tests.index.marked import Example
from tests.index.marked import read as examples
from tests.index.reading import GOLD
from tests.index.test_stance import LABELLED

QUANTITIES = [
    pytest.param("fr", example, id=f"figures-{number}") for number, example in examples(GOLD / "figures.txt")
]


@pytest.mark.parametrize(("language", "example"), [*QUANTITIES, *LABELLED])
def test_a_labelled_sentence_has_its_figures_and_no_others(language: str, example: Example) -> None:
    figures = explain(example.text, language).passage.figures
    assert [(f.low, f.high) for f in figures] == [(low, high) for _, _, low, high in example.figures]
    for figure, (start, end, _, _) in zip(figures, example.figures, strict=True):
        assert figure.span.start < end
        assert start < figure.span.end


@pytest.mark.parametrize(
    ("sentence", "unit", "kind", "approx"),
    [
        ("Au moins 30 soldats ont été tués.", "soldats", "killed_or_wounded", False),
        ("Une bombe a explosé, blessant 40 passants.", "passants", "killed_or_wounded", False),
        ("Le concert a fait venir 300 curieux.", "curieux", "other", False),
        ("La police a arrêté une dizaine de manifestants.", "manifestants", "arrested", True),
        ("Environ 4 000 habitants ont été évacués.", "habitants", "displaced", True),
        ("La réparation a coûté 3 millions d'euros.", "euros", "cost", False),
        ("Le oui l'emporte avec 52 % des voix.", "%", "share", False),
        ("Les prix montent de 8%.", "%", "share", False),
        ("Le camp est à 40 kilomètres.", "kilomètres", "distance", False),
        ("Onze touristes européens sont libres.", "touristes européens", "other", False),
        ("Le déficit atteint 5,7 pourcent.", "pourcent", "share", False),
        ("Il a couru pendant trois décennies.", "décennies", "duration", False),
        ("Il a emprunté 30 000 GBP.", "GBP", "cost", False),
        ("Un tiers des élèves mangent là.", "élèves", "other", False),
        ("La moitié de l'équipe est blessée.", "équipe", "killed_or_wounded", False),
        ("Deux soldats ont été capturés.", "soldats", "captured", False),
    ],
)
def test_unit_kind_and_nearness(sentence: str, unit: str, kind: str, approx: bool) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "fr")
    assert figure.unit is not None
    assert (figure.unit.text, figure.kind, figure.approx) == (unit, kind, approx)


@pytest.mark.parametrize(
    ("language", "sentence", "kind"),
    [
        ("fr", "Une trentaine de journalistes sont venus.", "other"),
        ("fr", "Plus de vingt journaux ont fermé.", "other"),
        ("fr", "Les travaux ont duré vingt jours.", "duration"),
        ("fr", "L'île compte 7 200 habitants.", "other"),
        ("fr", "L'arrêt de la ligne menace 140 emplois.", "other"),
        ("fr", "À peine 400 lits sont prêts.", "other"),
        ("en", "Some 12 trains were late.", "other"),
        ("en", "The airline flies 215 planes.", "other"),
        ("en", "Its fleet of 40 boats is old.", "other"),
        ("en", "They have missed 12 deadlines.", "other"),
        ("en", "It took two decades.", "duration"),
    ],
)
def test_a_kind_is_told_by_its_words_and_by_none_that_only_begin_so(
    language: str, sentence: str, kind: str
) -> None:
    assert [f.kind for f in find(sentence, Span.cut(sentence, 0, len(sentence)), language)][-1] == kind


@pytest.mark.parametrize(
    ("language", "sentence", "kinds"),
    [
        ("en", "It killed 14 people and forced hundreds into boats.", ["killed_or_wounded", "other"]),
        ("en", "It killed 14 people and left 12 dead.", ["killed_or_wounded", "killed_or_wounded"]),
        ("en", "It hit 20 rescuers and killed two.", ["other", "killed_or_wounded"]),
        ("en", "It killed three, leaving 86,000 homes dark.", ["killed_or_wounded", "other"]),
        ("en", "Some 400 people were there when others were killed.", ["other"]),
        ("en", "He saw 12 patients who died.", ["killed_or_wounded"]),
        ("en", "The toll rose to 19.", ["killed_or_wounded"]),
        ("en", "The coast guard put the toll at 21.", ["killed_or_wounded"]),
        ("fr", "Le bilan est passé à 19.", ["killed_or_wounded"]),
        ("fr", "Le bilan, revu à 19, pourrait s'alourdir.", ["killed_or_wounded"]),
        ("fr", "Le bilan a été porté à 19, dont 3 enfants.", ["killed_or_wounded", "killed_or_wounded"]),
        ("fr", "Selon le Collectif des victimes, 460 personnes sont là.", ["other"]),
        ("fr", "Elle a donné 300 habits aux blessés.", ["other"]),
        ("fr", "Trois des blessés sont sortis.", ["killed_or_wounded"]),
        ("fr", "Neuf roses, une pour chaque mort, sont posées.", ["other"]),
        ("fr", "Le maire craint la perte de 800 emplois.", ["other"]),
        ("fr", "Ils évaluent les pertes à 3 millions.", ["cost"]),
        ("fr", "Selon elle, 3,8 millions ont été engagés.", ["cost"]),
    ],
)
def test_a_word_tells_the_kind_of_its_own_figure_and_of_no_other(
    language: str, sentence: str, kinds: list[str]
) -> None:
    figures = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert [figure.kind for figure in figures] == kinds


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "."])
def test_thousands_are_written_in_many_ways(space: str) -> None:
    sentence = f"Ils sont 12{space}000 hommes."
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "fr")
    assert (figure.low, figure.high) == (12000, 12000)
    assert figure.span.text == f"12{space}000"


def test_an_english_comma_groups_and_a_french_one_divides() -> None:
    english, french = "They are 12,000 men.", "Ils ont perdu 12,5 points."
    spaced, dated = "They are 12 000 men.", "On May 12 300 men came."
    assert [figure.low for figure in find(dated, Span.cut(dated, 0, len(dated)), "en")] == [300]
    assert [figure.low for figure in find(spaced, Span.cut(spaced, 0, len(spaced)), "en")] == [12000]
    assert find(english, Span.cut(english, 0, len(english)), "en")[0].low == 12000
    assert find(french, Span.cut(french, 0, len(french)), "fr")[0].low == 12.5


@pytest.mark.parametrize(
    ("sentence", "low", "high", "kind"),
    [
        ("It lost 12 cents a share.", 12, 12, "cost"),
        ("The plant cost $147M.", 147e6, 147e6, "cost"),
        ("The bank lent between 3 and 5bn euros.", 3e9, 5e9, "cost"),
        ("A wall 3 m high keeps them out.", 3, 3, "other"),
    ],
)
def test_short_scales_are_of_money_alone(sentence: str, low: float, high: float, kind: str) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert (figure.low, figure.high, figure.kind) == (low, high, kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "He died on Oct. 28 in his house.",
        "Nov. 3 was a holiday.",
        "Two in five homes are damp.",
        "Wang Jia, 31, a farmer, and her son, Li, 12, came.",
        "They hope to score points with test scores.",
        "He was a good leader, said Sreng Kor Ma, 42.",
        "Seven French people out of ten are against it.",
        "Près de sept Français sur dix y sont opposés.",
        "Deux TER sur cinq ont circulé.",
        "The lorries left at 4 p.m. and came back at 9.40 p.m.",
        "It is shut from 7 to 9 a.m. on Sundays.",
        "Children under three and adults over 65 go free.",
        "They hold 10-year bonds and settled a 25-year old conflict.",
        "The climbers, aged 19 and 23, fled.",
        "The climbers aged 23 and 27 went home.",
        "The victims were 12 and 15 years old.",
        "He was 58 when he quit, and she turned 60 on Monday.",
        "He died at 58. A nine month-old dog did too.",
        "Des hommes de 20, 25 et 31 ans ont été arrêtés.",
        "À 58 ans, il part.",
        "Le père, mort à 58 ans, était né à Vireval.",
        "À Vireval, elle a 58 ans, et le suspect avait 34 ans.",
        "Son fils de onze ans fêtera ses douze ans à Noël.",
        "Un bébé de huit mois a été sauvé.",
        "Un immeuble neuf a brûlé.",
    ],
)
def test_a_day_of_a_month_a_share_and_an_age_are_no_figures(sentence: str) -> None:
    assert find(sentence, Span.cut(sentence, 0, len(sentence)), "en" if sentence.isascii() else "fr") == ()


@pytest.mark.parametrize(
    ("language", "sentence", "values"),
    [
        ("en", "Police killed five people in 10 days.", [5, 10]),
        ("fr", "Elle a 20 ans de carrière et purge une peine de 12 ans.", [20, 12]),
        ("fr", "Ils sont condamnés à 10, 12 et 20 ans de prison.", [10, 12, 20]),
        ("fr", "Le bilan passe de 12 à 19 morts.", [12, 19]),
        ("en", "Children under 3 and 12 adults were saved.", [12]),
        ("en", "He was 12 points ahead, and served 3, 4 and 5 years.", [12, 3, 4, 5]),
        ("en", "Twenty died at 3 sites.", [20, 3]),
        ("fr", "Sur trois sites, 312 députés sur 577 ont voté.", [3, 312, 577]),
        ("fr", "Le chômage gagne 0,5 point sur trois mois.", [0.5, 3]),
        ("en", "Nine men were held, and nine died.", [9, 9]),
        ("en", "Homes of adults under 12 roofs leak.", [None]),
        ("fr", "Valmira emploie 8 700 salariés et Ordelia 3 150.", [8700, 3150]),
    ],
)
def test_two_counts_are_no_share(language: str, sentence: str, values: list[float]) -> None:
    assert [figure.low for figure in find(sentence, Span.cut(sentence, 0, len(sentence)), language)] == values


@pytest.mark.parametrize(
    ("language", "sentence", "unit"),
    [
        ("en", "A team of 46 Spanish rescuers arrived.", "Spanish rescuers"),
        ("en", "They sent 20 armoured vehicles.", "armoured vehicles"),
        ("en", "Police hold 12 men over the fire.", "men"),
        ("en", "The blast left two seriously wounded.", "seriously wounded"),
        ("en", "Profits reached $3.2bn last year.", None),
        ("en", "Profits reached more than $3.2bn last year.", None),
        ("en", "It will be a 200-bed hotel.", "bed"),
        ("en", "It drew a 5,000-strong crowd.", "strong crowd"),
        ("en", "He got a three-year sentence.", "year"),
        ("en", "The tunnel needs a 30 minute closure.", "minute"),
        ("fr", "Ils sont trente blessés, dont deux grièvement.", None),
        ("fr", "Sur place, trois seraient prêts à partir.", None),
        ("fr", "Ils ont acheté 50 Boeing.", "Boeing"),
        ("fr", "Le syndicat évoque « une centaine » de départs.", "départs"),
        ("fr", "Le maire a dit « oui à une centaine » devant des élus.", None),
        ("fr", "Les voleurs présumés, au nombre de trois, ont fui.", "voleurs"),
        ("fr", "Les voleurs étaient au nombre de trois.", "voleurs"),
        ("fr", "Le parti compte trois principaux courants.", "principaux courants"),
    ],
)
def test_a_unit_is_what_is_counted(language: str, sentence: str, unit: str | None) -> None:
    figure = find(sentence, Span.cut(sentence, 0, len(sentence)), language)[-1]
    assert (figure.unit.text if figure.unit else None) == unit


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("A profit of between £40m and £45m.", [("between £40m and £45m", 40e6, 45e6, None)]),
        ("It costs $40 million to $50 million.", [("$40 million to $50 million", 40e6, 50e6, None)]),
        ("A range of $40-45 million.", [("$40-45 million", 40e6, 45e6, None)]),
        ("It rose 5-8% in May.", [("5-8", 5, 8, "%")]),
        ("In all 40-45 people died.", [("40-45", 40, 45, "people")]),
        ("It lost more than $3bn last year.", [("more than $3bn", 3e9, None, None)]),
        # A hyphen joins what is counted; a score, a model, an age and a season count nothing.
        ("A 200-bed hotel opened.", [("200", 200, 200, "bed")]),
        ("A twelve-member panel met.", [("twelve", 12, 12, "member")]),
        ("Leeds won 2-1 in a 4-4-2 formation.", []),
        ("The F-16 and the Boeing 737-800 are old.", []),
        ("A 12-year-old boy joined in 2019-20.", []),
    ],
)
def test_money_and_hyphens_in_a_range(
    sentence: str, figures: list[tuple[str, float, float | None, str | None]]
) -> None:
    found = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert [(f.span.text, f.low, f.high, f.unit.text if f.unit else None) for f in found] == figures


def test_a_price_stands_with_its_sign() -> None:
    sentence = "It lent more than $3.2bn, then £ 400."
    figures = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert [figure.span.text for figure in figures] == ["more than $3.2bn", "£ 400"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Un séisme de magnitude 6,8 a tué des habitants."),
        ("fr", "La magnitude a été estimée à plus de 6,8 et le bilan des morts monte."),
        ("en", "A quake of magnitude 6.8 struck towns and killed many."),
        ("en", "It reached 6.8 on the Richter scale and killed many."),
    ],
)
def test_a_magnitude_counts_nobody(language: str, sentence: str) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert (figure.low, figure.unit, figure.kind) == (6.8, None, "magnitude")


@pytest.mark.parametrize(
    ("language", "sentence", "ends"),
    [
        ("fr", "La hausse des prix est de 5 à 8 %.", [(5, 8)]),
        ("fr", "Le taux est passé de 5 à 8 %.", [(5, 5), (8, 8)]),
        ("en", "Rents rose by 5 to 8 percent.", [(5, 8)]),
        ("en", "Rents rose from 5 to 8 percent.", [(5, 5), (8, 8)]),
    ],
)
def test_a_rise_has_a_range_and_a_way_two_ends(
    language: str, sentence: str, ends: list[tuple[float, float]]
) -> None:
    figures = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert [(figure.low, figure.high) for figure in figures] == ends


@pytest.mark.parametrize(
    ("language", "sentence", "text", "value", "unit"),
    [
        ("en", "It employs nearly half a million people.", "nearly half a million", 500_000, "people"),
        ("en", "Half a dozen mayors came.", "Half a dozen", 6, "mayors"),
        ("en", "Three and a half million people fled.", "Three and a half million", 3_500_000, "people"),
        ("en", "It took ten and a half hours.", "ten and a half", 10.5, "hours"),
        ("fr", "Deux millions et demi de gens ont fui.", "Deux millions et demi", 2_500_000, "gens"),
        ("fr", "Un demi million d'euros.", "Un demi million", 500_000, "euros"),
    ],
)
def test_a_half_is_counted_with_its_number(
    language: str, sentence: str, text: str, value: float, unit: str
) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert (figure.span.text, figure.low, figure.unit and figure.unit.text) == (text, value, unit)


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high"),
    [
        ("It costs between £40m and £45m.", "between £40m and £45m", 40e6, 45e6),
        ("It costs $40 million to $45 million.", "$40 million to $45 million", 40e6, 45e6),
        ("It costs $40-45 million.", "$40-45 million", 40e6, 45e6),
        ("It costs £3-4bn.", "£3-4bn", 3e9, 4e9),
    ],
)
def test_a_price_between_two_ends_is_one_figure(sentence: str, text: str, low: float, high: float) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert (figure.span.text, figure.low, figure.high, figure.unit) == (text, low, high, None)


@given(tenths=st.integers(1, 999), scale=st.sampled_from([("million", 6), ("billion", 9), ("trillion", 12)]))
@falsified(tenths=649, scale=("trillion", 12))
def test_millions_are_whole_numbers(tenths: int, scale: tuple[str, int]) -> None:
    sentence = f"They lost {tenths / 10} {scale[0]} trees."
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert figure.low == tenths * 10 ** (scale[1] - 1)


@pytest.mark.parametrize("language", ["fr", "en", None])
@pytest.mark.parametrize("word", ["cent", "mille", "hundred", "million", "billion", "dizaines de"])
def test_a_number_without_end_counts_nothing(language: str | None, word: str) -> None:
    """Words that multiply past every number are no figure, and the others of the sentence stay."""
    sentence = f"0 {f'{word} ' * 400}, {f'{word} ' * 400}, 12 victimes."
    figures = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert figures[-1].low == 12
    assert all(figure.low is not None and figure.low <= 1e18 for figure in figures)


@pytest.mark.parametrize("language", ["fr", "en", None])
def test_a_table_has_no_figures(language: str | None) -> None:
    """Where one number follows the other, no sentence says what they count."""
    row = "Lyon 12 345 6 | " * 30
    assert find(row, Span.cut(row, 0, len(row)), language) == ()


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("The bank lent 1.5 thousand million euros.", 1_500_000_000, 1_500_000_000),
        ("Several hundred people stayed.", 200, None),
        ("A few thousand people stayed.", 2000, None),
        ("A couple of dozen people stayed.", 24, None),
        ("Some 3m people stayed.", 3_000_000, 3_000_000),
        ("The wave was 3m high.", 3, 3),
        ("Shares fell one percent.", 1, 1),
        ("Shares fell 0,4%.", 0.4, 0.4),
        ("They spent 14,5 days at sea.", 14.5, 14.5),
        ("Nearly half the voters stayed away.", 0.5, 0.5),
        ("The S&P 500 index lost 12 points.", 12, 12),
        ("The 2012 elections drew 300 firms.", 300, 300),
        ("A fleet of 2000 ships sailed.", 2000, 2000),
        ("The firm took a stake in two of the mines.", 2, 2),
    ],
)
def test_english_quantities(sentence: str, low: float, high: float | None) -> None:
    (figure,) = find(sentence, Span.cut(sentence, 0, len(sentence)), "en")
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    "sentence",
    [
        "The last quarter of 2011 appears weak.",
        "The one hundred fiftieth anniversary is in May.",
        "One day he left.",
        "Call 0800 for help.",
        "Sales fell compared with 1990 levels.",
        "Three out of every ten men are ill.",
        "The man, 28 years old, was held.",
        "The plank was cut in two.",
    ],
)
def test_a_year_an_ordinal_an_age_or_a_telephone_number_counts_nothing_in_english(sentence: str) -> None:
    assert find(sentence, Span.cut(sentence, 0, len(sentence)), "en") == ()


@pytest.mark.parametrize(
    ("language", "sentence", "figures"),
    [
        ("en", "The set costs HUF 18 million.", [("HUF 18 million", 18_000_000, None, "cost")]),
        ("en", "They were given EUR 500.000 each.", [("EUR 500.000", 500_000, None, "cost")]),
        ("fr", "Le lot vaut EUR 300.", [("EUR 300", 300, None, "cost")]),
        ("en", "On November 1 and 2 we rest.", []),
        ("en", "Chapters 3 and 4 of the novel are dull.", []),
        ("en", "The other two are not.", []),
        ("en", "The Moody's 500 index rose.", []),
        ("en", "Debt fell below the 60% mark.", [("60", 60, "%", "share")]),
    ],
)
def test_what_stands_before_a_number_tells_what_it_is(
    language: str, sentence: str, figures: list[tuple[str, float, str | None, str]]
) -> None:
    """A currency before a number is part of it; a month, a label or a name before it makes it no figure."""
    found = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert [(f.span.text, f.low, f.unit.text if f.unit else None, f.kind) for f in found] == figures


@pytest.mark.parametrize(
    ("language", "sentence", "units"),
    [
        ("fr", "Sur les 26 navires de la ligne, 19 sont restés à quai.", ["navires", "navires"]),
        ("en", "Of the 40 boats in the harbour, 12 have left.", ["boats", "boats"]),
        ("fr", "Le baril passe de 80 à 65 dollars.", ["dollars", "dollars"]),
        (
            "en",
            "She raised her estimate of the damage done by the flood from 58 to 63 percent.",
            ["percent"] * 2,
        ),
        ("en", "It sold 500 million to 5.28% of them.", [None, "%"]),
        ("en", "Of 1,250 samples tested, 37 came back positive.", ["samples", "samples"]),
        ("en", "Fourteen of the 60 flats burned.", ["flats", "flats"]),
        ("en", "Three of the five suspects have been freed.", ["suspects"]),
        ("fr", "14 logements sur 60 sont inhabitables.", ["logements", "logements"]),
        # One thing, given by two.
        ("fr", "Il a tenu onze jours, selon ses proches ; huit, selon la police.", ["jours"] * 2),
        ("fr", "Il y a eu 12 morts, selon le maire, et 40 en 2019, selon la police.", ["morts", None]),
        ("fr", "Le maire parle de 12 morts ; l'hôpital avance le chiffre de 17.", ["morts"] * 2),
        ("en", "The army says 12 soldiers died; rebels put the figure at 40.", ["soldiers"] * 2),
        ("en", "It cost 12 million euros, and rebels put the figure at 40.", ["euros", None]),
        ("fr", "La compagnie a immobilisé trois de ses onze A380.", [None, None]),
    ],
)
def test_two_numbers_of_one_thing_have_one_unit(
    language: str, sentence: str, units: list[str | None]
) -> None:
    """What is told of a whole counts what the whole is; both ends of a change count what the second does."""
    found = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert [f.unit.text if f.unit else None for f in found] == units


@pytest.mark.parametrize(
    ("language", "sentence", "kinds"),
    [
        (
            "fr",
            "Quatre habitants sont morts et une dizaine d'autres sont portés disparus.",
            ["killed_or_wounded", "missing"],
        ),
        ("fr", "Quelque 300 habitants ont dû quitter leur maison.", ["displaced"]),
        ("en", "Some 300 villagers were forced from their homes.", ["displaced"]),
        ("fr", "L'association des sinistrés en compte 1 700.", ["other"]),
        ("fr", "Quatre morts sur 60 passagers, tel est le bilan.", ["killed_or_wounded", "other"]),
        ("en", "None of the thirty passengers was hurt.", ["other"]),
        ("en", "Some 200 residents say that the plan is unsafe.", ["other"]),
        ("en", "The firm plans to hire 200 people.", ["planned"]),
        ("fr", "Aucun des 12 otages n'a été tué.", ["other"]),
    ],
)
def test_the_next_number_has_a_kind_of_its_own(language: str, sentence: str, kinds: list[str]) -> None:
    found = find(sentence, Span.cut(sentence, 0, len(sentence)), language)
    assert [f.kind for f in found] == kinds
