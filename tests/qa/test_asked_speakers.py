"""Who is asked for their words and for nothing else is quoted with them, and not others who speak of them."""

from __future__ import annotations

import pytest
from encoders import TrigramEncoder
from newsroom import write

from index.build import build
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.question import understand
from qa.ranking.features import features
from qa.retrieve import retrieve
from qa.understanding.asked_speakers import asked_speakers, speakers_on_matter
from qa.understanding.concepts import concepts

ENCODER = TrigramEncoder()
TEXTS = {
    "maire.txt": "« Le pont tiendra », a dit le maire de Vireval.\n",
    "syndicat.txt": "Le syndicat des mariniers affirme que le maire a menti sur le pont.\n",
    "morel.txt": "« Anne Morel ment », affirme le syndicat. Anne Morel a promis un pont neuf.\n",
    "pluie.txt": "Il a plu sur le pont toute la nuit, et la rivière a monté.\n",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    place = tmp_path_factory.mktemp("speakers")
    build(place / "store", [write(place / "news", TEXTS)], ENCODER)
    return open_snapshot(place / "store")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Que dit le maire ?", ["maire"]),
        ("qu'a déclaré le maire de Vireval ?", ["vireval", "maire"]),
        ("Anne Morel a dit quoi", ["anne", "morel"]),
        ("what does the mayor say?", ["mayor"]),
        ("what did the opposition announce", ["opposition"]),
        ("what did the mayor tell reporters?", ["mayor"]),
        ("qu'a dit le maire à la presse ?", ["maire"]),
        ("What did Morel tell the police", ["morel"]),
        ("Que dit le maire du pont de Vireval ?", []),
        ("Que dit-on du maire ?", []),
        ("what is said about the mayor?", []),
        ("Qui parle du maire ?", []),
        ("Combien de manifestants selon la police ?", []),
        ("Où est le maire ?", []),
        ("Que dit le maire des travaux ?", []),
    ],
)
def test_whoever_is_asked_for_words_alone(text: str, words: list[str]) -> None:
    """A name, an office, a body; nobody where the question has another matter or asks who speaks."""
    question = understand(text)
    found = asked_speakers(question, concepts(question, lambda stem: True, lambda: ()))
    assert sorted(concept.word for concept in found) == sorted(words)


def told(snapshot: Snapshot, text: str) -> dict[str, tuple[float, float]]:
    """Whether whoever is asked speaks, or lacks, in the first sentence of each article."""
    question = understand(text)
    vectors, tokens = ENCODER.encode_questions([question.text])
    found = retrieve(snapshot, question, vectors[0], tokens[0] if tokens else None)
    columns = features(question, found)
    pairs = zip(columns["speaks_alone"], columns["lacks_voice"], strict=True)
    seen: dict[str, tuple[float, float]] = {}
    for passage, pair in zip(found.passages, pairs, strict=True):
        seen.setdefault(passage.doc_id, pair)
    return seen


@pytest.mark.parametrize("text", ["Que dit le maire ?", "what does the mayor say?"])
def test_others_who_speak_of_somebody_are_not_that_one(snapshot: Snapshot, text: str) -> None:
    """In either language; the union speaks of the mayor and says nothing for him."""
    seen = told(snapshot, text)
    assert seen["maire.txt"] == (1.0, 0.0)
    assert seen["syndicat.txt"] == seen["pluie.txt"] == (0.0, 1.0)


def test_somebody_named_who_speaks_nowhere_lacks_everywhere(snapshot: Snapshot) -> None:
    assert set(told(snapshot, "Que dit Paul Durand ?").values()) == {(0.0, 1.0)}


def test_an_office_that_speaks_nowhere_decides_nothing(snapshot: Snapshot) -> None:
    """Voices that were not read would hide what is there."""
    assert set(told(snapshot, "Que dit la préfecture ?").values()) == {(0.0, 0.0)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Que dit le maire du pont de Vireval ?", ["maire"]),
        ("Que dit Anne Morel sur le pont ?", ["anne", "morel"]),
        ("Que dit l'avocate Anne Morel du procès ?", ["avocate", "anne", "morel"]),
        ("Quelle est la position du syndicat sur le pont ?", ["syndicat"]),
        ("what does the mayor say about Anne Morel?", ["mayor"]),
        ("Anne Morel a-t-elle démenti la fermeture ?", ["anne", "morel"]),
        ("did the mayor oppose the closure?", ["mayor"]),
        ("Is it true that Anne Morel denied the closure?", ["anne", "morel"]),
        ("Anne Morel a-t-elle été accusée par le maire ?", []),
        ("was Anne Morel criticised?", []),
        ("Que dit-on du maire ?", []),
        ("what is said about the mayor?", []),
        ("Combien de morts sur le pont selon le maire ?", []),
        ("Qui parle du maire ?", []),
        ("Que perdra-t-on si l'on tarde, d'après Anne Morel ?", []),
    ],
)
def test_whoever_is_asked_on_a_matter(text: str, words: list[str]) -> None:
    """They stand in front of it, whether it is asked what they say or whether they took a side."""
    question = understand(text)
    found = speakers_on_matter(question, concepts(question, lambda stem: True, lambda: ()))
    assert sorted(concept.word for concept in found) == sorted(words)


DISPUTE = {
    "morel.txt": "Anne Morel a confirmé la fermeture du pont de Vireval.\n",
    "haras.txt": "Anne Morel a dit aimer les chevaux.\n",
    "durand.txt": "Paul Durand a dénoncé la fermeture du pont de Vireval.\n",
    "parti.txt": "Le parti a condamné la fermeture du pont de Vireval.\n",
}


@pytest.fixture(scope="module")
def dispute(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    place = tmp_path_factory.mktemp("dispute")
    build(place / "store", [write(place / "news", DISPUTE)], ENCODER)
    return open_snapshot(place / "store")


def quoted(snapshot: Snapshot, text: str) -> set[str]:
    found = ask(snapshot, ENCODER, text, threshold=0.0001, limit=20)
    return {quote.document.doc_id for quote in found.quotes}


@pytest.mark.parametrize(
    "text",
    ["Que dit Anne Morel de la fermeture du pont ?", "Anne Morel a-t-elle démenti la fermeture du pont ?"],
)
def test_others_are_not_quoted_for_whoever_is_asked(dispute: Snapshot, text: str) -> None:
    """Who has no name (« le parti ») may be the one that is asked."""
    assert quoted(dispute, text) == {"morel.txt", "haras.txt", "parti.txt"}


def test_where_whoever_is_asked_does_not_speak_all_stay(dispute: Snapshot) -> None:
    assert quoted(dispute, "Que dit Claire Petit de la fermeture du pont ?") == set(DISPUTE)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Que dit Anne Morel de la fermeture du pont ?", {"morel.txt"}),
        ("Anne Morel a-t-elle démenti la fermeture du pont ?", {"morel.txt"}),
        ("Que dit Anne Morel ?", {"morel.txt", "haras.txt"}),
        ("Anne Morel a-t-elle vu la fermeture du pont ?", set()),
    ],
)
def test_their_words_count_on_the_matter_alone(dispute: Snapshot, text: str, asked: set[str]) -> None:
    """Also those by which they took another side than the one asked for."""
    question = understand(text)
    vectors, tokens = ENCODER.encode_questions([question.text])
    found = retrieve(dispute, question, vectors[0], tokens[0] if tokens else None)
    speaks = features(question, found)["speaks_asked"]
    assert {passage.doc_id for passage, value in zip(found.passages, speaks, strict=True) if value} == asked
