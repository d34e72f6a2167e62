"""Slips are mended where nothing speaks for the word as it stands, and the asker gets to see it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from encoders import TrigramEncoder
from floors import fallen, floors
from hypothesis import example, given
from hypothesis import strategies as st

from index.encode import load_encoder
from index.lexical import stems, words
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.question import understand
from qa.types import LANGUAGES, Question, Wants
from qa.understanding.spelling import spelt
from qa.understanding.who_is import who_is

GOLD = Path(__file__).parents[1] / "gold"
MENDED = [
    ("cb de tps a duré la grève", "combien de temps a duré la grève"),
    ("cest qui le juge", "c'est qui le juge"),
    ("pr koi ils ont fui", "pourquoi ils ont fui"),
    ("nb de trains supprimés", "nombre de trains supprimés"),
    ("ki dit ke la digue tient", "qui dit que la digue tient"),
    ("pk les ponts sont fermés", "pourquoi les ponts sont fermés"),
    ("c ou la réunion", "c'est où la réunion"),
    ("Wich bridge was closed?", "Which bridge was closed?"),
    ("y did the ppl leave", "why did the people leave"),
    ("succeseur du maire", "successeur du maire"),
    ("la chausée est-elle fermée ?", "la chaussée est-elle fermée ?"),
    ("who met the soliders", "who met the soldiers"),
    ("do pasengers back the oposition", "do passengers back the opposition"),
    ("airlines biggest expence", "airlines biggest expense"),
    ("Interoge-t-on les ministres ?", "Interroge-t-on les ministres ?"),
]


def read(question: Question, held: frozenset[str] = frozenset()) -> Question:
    """By the dictionaries and what the articles hold: the encoder tells nothing."""
    return spelt(question, held.__contains__, lambda _: None)


def mended(text: str, held: frozenset[str] = frozenset()) -> str:
    return read(understand(text), held).text


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_slips_are_mended(typed: str, meant: str) -> None:
    """Short forms are written out; a letter too few, doubled or misplaced is put right, a capital kept."""
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Qui a démenti la présence de soldats nord-coréens ?",
        "has the kremlin commented on the deployment",
        "que reclame ban ki moon aux ivoiriens ?",
        "Que répond Sepp Blatter à Michel Platini ?",
        "Combien de PK sur la route ?",
        "Qui parle de « succeseur » ?",
        'who wrote "alowed" in the report?',
        "vitamine c ou d ?",
        "zzyzxq et wqkrtv",
        "did Kveld apologise?",
        "how many were hospitalised or paralysed?",
        "who organises the neighbours?",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    """Names, foreign words, what is quoted and what has no likely spelling are left alone."""
    question = understand(text)
    assert read(question) is question


def test_the_articles_know_best() -> None:
    """A word that they hold is no slip, and of two spellings the one that they hold was meant."""
    assert mended("le succeseur du maire", frozenset(stems("succeseur"))) == "le succeseur du maire"
    assert mended("do they wnder about it") == "do they wonder about it"
    assert mended("do they wnder about it", frozenset(stems("wander"))) == "do they wander about it"


@given(st.text(max_size=80).filter(lambda text: any(map(str.isalnum, text))), st.sampled_from(LANGUAGES))
@example("kı a démenti ?", "fr")
@example("wıch soldiers?", "en")
@example("combien de dſ", "fr")
def test_any_text_is_taken_and_once_is_enough(text: str, language: str) -> None:
    """Nothing breaks it, and what was mended is not mended again."""
    once = read(understand(text, language))
    assert once.language == language
    assert read(once).text == once.text


def test_most_slips_are_mended_and_right_words_stay() -> None:
    """On 200 questions with slips and 240 without, by the dictionaries alone; the floors may only rise.

    Right ones are hard on purpose: rare words, names in small letters, no accents.
    """
    rows = [row.split("\t") for row in (GOLD / "slips.tsv").read_text("utf-8").splitlines()]
    found = [(typed, meant, read(understand(typed, language)).text) for language, typed, meant in rows]
    shares = {
        "mended": np.mean([words(meant) == words(got) for typed, meant, got in found if typed != meant]),
        "left_alone": np.mean([typed == got for typed, meant, got in found if typed == meant]),
    }
    assert not fallen(shares, floors()["spelling"])


def test_a_short_form_asks_what_it_stands_for() -> None:
    """« cb de blessés » wants a number."""
    assert read(understand("cb de blessés")).wants is Wants.NUMBER


def test_the_asker_sees_what_was_understood(snapshot: Snapshot) -> None:
    """The question stays as typed; `rewritten` is what was asked; no slip, nothing rewritten."""
    answer = ask(snapshot, TrigramEncoder(), "cb de soldats")
    assert (answer.question.text, answer.question.rewritten) == ("cb de soldats", "combien de soldats")
    assert answer.question.wants is Wants.NUMBER
    assert ask(snapshot, TrigramEncoder(), "combien de soldats").question.rewritten is None


def test_a_follow_up_is_mended_too(snapshot: Snapshot) -> None:
    """Both what is asked and what it follows."""
    history = ["cb de soldats nord-coréens sont en Russie ?"]
    answer = ask(snapshot, TrigramEncoder(), "et selon Lloyd Austin ?", history=history)
    whole = "Combien de soldats nord-coréens sont en Russie selon Lloyd Austin ?"
    assert answer.question.rewritten == whole


@pytest.mark.real
def test_a_slip_finds_what_the_right_word_finds(real_store: Path) -> None:
    """The same quotes, to the score."""
    encoder, snapshot = load_encoder(store=real_store), open_snapshot(real_store)
    typed, right = (
        "combien de soldats l'Ukraine a-t-elle captures",
        "cb de soldats l'Ukraine a-t-elle captures",
    )
    found = [ask(snapshot, encoder, text).quotes for text in (typed, right)]
    assert found[0] == found[1] != ()


@pytest.mark.parametrize(
    ("roundabout", "plain"),
    [
        ("ann lee job title", "Who is ann lee?"),
        ("Roman Polanski, who is he?", "Who is Roman Polanski?"),
        ("What does Brekke do for a living?", "Who is Brekke?"),
        ("what is Brekke's role", "Who is Brekke?"),
        ("Guehenno, qui est-ce ?", "Qui est Guehenno ?"),
        ("profession de Vaclav Paces", "Qui est Vaclav Paces ?"),
        ("Quel poste occupe Oskar Lind ?", "Qui est Oskar Lind ?"),
        ("Malika Benhaddou, elle fait quoi ?", "Qui est Malika Benhaddou ?"),
        ("France's position", None),
        ("White House role", None),
        ("What does the mayor do?", None),
        ("métier de la gagnante", None),
        ("rôle de la protéase", None),
        ("Qui est Paul Roy ?", None),
    ],
)
def test_who_somebody_is_is_asked_in_one_way(roundabout: str, plain: str | None) -> None:
    """The question that is searched for is the plain one; what is no person's is left as it is."""
    assert who_is(roundabout) == plain
