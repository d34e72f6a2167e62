"""Quotes that cannot both be true are named; those that can are not."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from quotes import quote

from index.annotate import annotate
from index.language import detect_question
from index.storage.snapshot import Snapshot
from index.types import Document, Passage, Role, Span
from qa.answer import ask
from qa.composing.contradictions import MOST, conflict_of, contradictions
from qa.retrieve import LEAST
from qa.types import Conflict, Quote
from qa.understanding.claims import claim_of

GOLD = Path(__file__).parent.parent / "gold"


def read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


PAIRS = read("contradictions.jsonl")
NEWS = read("contradictions_news.jsonl")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["pair_id"])
def test_contradictions(pair: dict[str, str]) -> None:
    """What contradicts is named, a trap (another event, a plan, a part, an update) is not."""
    quotes = [quote(pair["a"], "a"), quote(pair["b"], "b")]
    assert bool(contradictions(quotes)) is pair["contradict"]
    # Neither order nor company decides.
    assert bool(contradictions(quotes[::-1])) is pair["contradict"]


def test_news_of_other_kinds_keep_their_floor() -> None:
    """Strikes, epidemics, votes, fires, football, business, two languages: hardly a trap, most others."""
    named = {
        pair["pair_id"] for pair in NEWS if contradictions([quote(pair["a"], "a"), quote(pair["b"], "b")])
    }
    true = {pair["pair_id"] for pair in NEWS if pair["contradict"]}
    assert len(NEWS) == 30
    assert len(true) == 15
    assert len(named & true) / len(named) >= 0.95
    assert len(named & true) / len(true) >= 0.85


def test_sentences_of_other_stories_do_not_contradict() -> None:
    """Of all pairs across the samples, hardly one is named: it takes the same matter."""
    told = [(pair["pair_id"], quote(pair[side], side)) for pair in NEWS for side in ("a", "b")]
    across = [(one, other) for (x, one), (y, other) in combinations(told, 2) if x != y]
    named = [pair for pair in across if contradictions(pair)]
    assert len(across) > 1500
    assert len(named) <= 2


@given(st.lists(st.sampled_from([pair[side] for pair in PAIRS + NEWS for side in "ab"]), max_size=6))
@settings(max_examples=40)
def test_order_decides_nothing_and_only_quotes_are_named(texts: list[str]) -> None:
    """Symmetric; both sides are quotes of the answer, two different ones; figures are those they hold."""
    quotes = [quote(text, str(number)) for number, text in enumerate(texts)]
    found = contradictions(quotes)
    last = len(quotes) - 1
    mirrored = {tuple(sorted(last - at for at in pair.quotes)) for pair in contradictions(quotes[::-1])}
    if len(found) < MOST:
        assert {pair.quotes for pair in found} == mirrored
    for pair in found:
        first, second = pair.quotes
        assert 0 <= first < second < len(quotes)
        assert texts[first] != texts[second]
        for figure, at in zip(pair.figures, pair.quotes, strict=True):
            assert figure is None or figure in quotes[at].passage.figures


def test_words_of_one_place_do_not_contradict_themselves() -> None:
    """The same stretch of one article, quoted twice, is one claim."""
    text = "Le pont n'a pas été détruit par la crue de mars, mais 40 maisons ont été emportées."
    assert contradictions([quote(text), quote(text)]) == ()
    claim = claim_of(quote(text).passage, "fr")
    assert conflict_of(claim, claim) is None


def test_a_later_article_may_know_more() -> None:
    """Figures of different days are an update, and no contradiction."""
    a = "Selon la préfecture, 4 maisons ont brûlé dans l'incendie de Vireval."
    b = "Le maire affirme que 19 maisons ont brûlé dans l'incendie de Vireval."
    assert contradictions([quote(a, "a", "2024-01-01"), quote(b, "b", "2024-01-03")]) == ()
    same_day = contradictions([quote(a, "a", "2024-01-01"), quote(b, "b", "2024-01-01")])
    assert [pair.kind for pair in same_day] == [Conflict.FIGURES]
    assert [figure.low for figure in same_day[0].figures if figure] == [4, 19]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Le séisme de Morlan a fait 12 morts mardi.", "Le séisme de Morlan a fait 40 blessés mardi."),
        ("Le club a vendu 4 joueurs.", "Le club a acheté 7 joueurs."),
        ("La ville compte 4 écoles et 12 ponts.", "La ville compte 4 écoles et 19 ponts, dont 12 ouverts."),
        ("Le bilan de la crue a été porté à 12 morts.", "Le bilan de la crue est de 5 morts."),
        ("Alors que le maire dément la fermeture, l'usine de Morlan tourne encore la nuit.",
         "L'usine de Morlan tourne encore la nuit, selon des voisins du quartier ouvrier de la gare."),
        ("Le ministre n'exclut pas de fermer la mine de Vireval.", "Le ministre ferme la mine de Vireval."),
    ],
)  # fmt: skip
def test_what_may_both_be_true_is_not_named(a: str, b: str) -> None:
    """Dead and wounded, two lots, an agreeing figure, one that moved, another denial, a possibility."""
    assert contradictions([quote(a, "a"), quote(b, "b")]) == ()


def told(*texts: str) -> list[Quote]:
    """Quotes of one article that stand behind one another."""
    text = " ".join(texts)
    starts = [text.index(one) for one in texts]
    document = Document("a", text, "a", "", language=detect_question(text))
    spans = [Span.cut(text, at, at + len(one)) for at, one in zip(starts, texts, strict=True)]
    passages = tuple(Passage(one.text, "a", one, Role.SENTENCE) for one in spans)
    return [Quote(passage, document, "", "", 0.9) for passage in annotate(document, passages)]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("Selon une source, le dépôt abritait 2 300 tonnes d'engrais.",
          "La direction conteste ce chiffre et parle de 1 190 tonnes."), Conflict.FIGURES),
        (('"We had 412 people on our list," the company said.', "The coast guard put the figure at 437."),
         Conflict.FIGURES),
        (("La mairie compte 21 morts.", "La crue recule.",
          "L'avocat affirme que le nombre de victimes est faux et parle de 25 morts."), Conflict.FIGURES),
        (("L'alarme n'a jamais sonné, affirme Durand.",
          "La direction assure au contraire qu'elle a été déclenchée."), Conflict.CLAIMS),
        (("Le bassin a été nettoyé en mai, dit Durand.",
          "La CGT affirme que ce nettoyage n'a pas eu lieu."), Conflict.CLAIMS),
        (("The tank was cleaned in May, Price said.", "Two workers say that the cleaning never took place."),
         Conflict.CLAIMS),
        (("The tank was cleaned in May, Price reported.", "Workers say that the cleaning never took place."),
         Conflict.CLAIMS),
        (("Durand a reporté le nettoyage, dit-il.", "La CGT dit que ce nettoyage n'a pas eu lieu."), None),
        (("Durand a annulé le nettoyage, dit-il.", "La CGT affirme que ce nettoyage n'a pas eu lieu."), None),
        (("Durand dit que le toit est neuf.", "La CGT affirme que ce nettoyage n'a pas eu lieu."), None),
        (("La mairie compte 21 morts.", "La mairie a donné ce chiffre avant 25 autres alertes."), None),
        (("La mairie compte 21 morts.", "La CGT, qui donnait le chiffre de 25 morts, reconnaît une erreur."),
         None),
        (("L'usine ferme.", "La direction assure au contraire que les emplois restent."), None),
    ],
)  # fmt: skip
def test_what_an_article_sets_against_each_other_is_named(
    texts: tuple[str, ...], kind: Conflict | None
) -> None:
    """« Ce chiffre » and « au contraire » say so themselves, where another voice speaks close behind."""
    quotes = told(*texts)
    assert [pair.kind for pair in contradictions(quotes)] == [kind] * bool(kind)
    assert [pair.kind for pair in contradictions(quotes[::-1])] == [kind] * bool(kind)


def test_one_word_meets_one_word() -> None:
    """« entretien » begins as "enterprise" does, and two likenesses to one word are one."""
    denial = "L'entreprise Oakham, chargée de l'entretien, nie avoir été prévenue."
    assert contradictions([quote(denial, "a"), quote("The court cleared the company Oakham.", "b")]) == ()


def test_who_give_the_same_figure_do_not_contradict_each_other() -> None:
    """A no beside the figure is of something else; a no to the figure is one."""
    a = "La CGT, qui avait avancé le chiffre de onze décès, a reconnu s'être trompée."
    b = "La CGT avance un bilan de onze morts, en comptant des intérimaires qui n'auraient pas été recensés."
    assert contradictions([quote(a, "a"), quote(b, "b")]) == ()
    cut = quote("Les 210 emplois de l'usine de Vireval ont été supprimés en mars.", "a")
    kept = quote("Les 210 emplois de l'usine de Vireval n'ont pas été supprimés en mars.", "b")
    assert [pair.kind for pair in contradictions([cut, kept])] == [Conflict.CLAIMS]


def test_what_is_said_to_have_happened_is_no_plan() -> None:
    """What "would have" been is relayed as done, as « aurait » is; what "would" be looks ahead."""
    told = "Twelve soldiers died in the Morlan attack."
    done = quote("He said 30 soldiers would have died in the Morlan attack.", "b")
    ahead = quote("He said 30 soldiers would die in the Morlan attack.", "b")
    assert [pair.kind for pair in contradictions([quote(told), done])] == [Conflict.FIGURES]
    assert contradictions([quote(told), ahead]) == ()


def test_the_sample_articles_are_not_set_against_each_other_at_random(snapshot: Snapshot) -> None:
    """Many quotes of five articles on one war: what is named are few pairs, each within the answer."""
    answer = ask(snapshot, TrigramEncoder(), "soldats nord-coréens en Russie", limit=50, threshold=0.0)
    assert len(answer.quotes) >= LEAST
    assert len(answer.contradictions) <= 5
