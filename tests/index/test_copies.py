"""What several outlets took from one origin is one thing said; what differs in a fact is not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from encoders import TrigramEncoder
from hypothesis import given
from hypothesis import strategies as st
from newsroom import write

from index.build import build
from index.copies import Copies, alike, signature
from index.storage.snapshot import open_snapshot
from index.types import Stance
from qa.answer import ask
from qa.http.wire import answer_json

ORIGIN = "Au moins 30 soldats nord-coréens ont été tués ou blessés ce week-end dans la région de Koursk."


def copies(texts: Sequence[str]) -> list[set[str]]:
    """For each text, the texts found to be its near-copies."""
    found = Copies(np.array([signature(text) for text in texts]), texts.__getitem__)
    return [{texts[other] for other in found.of(number)} for number in range(len(texts))]


@pytest.mark.parametrize(
    "copy",
    [
        ORIGIN,
        ORIGIN.replace("-", "‑").replace("é", "e"),
        "« " + ORIGIN + " »",
        ORIGIN.replace("ce week-end ", ""),
        ORIGIN.replace("ont été", "avaient été"),
        ORIGIN[:-1] + ", précise le communiqué.",
    ],
)
def test_light_editing_is_recognised(copy: str) -> None:
    """Quotation marks, accents, a word dropped, a small word changed, an attribution added."""
    assert alike(ORIGIN, copy)
    assert alike(copy, ORIGIN)
    assert copies(["Le pont de Vireval est fermé depuis mardi.", ORIGIN, copy])[1] == {copy}


@pytest.mark.parametrize(
    "other",
    [
        ORIGIN.replace("30", "300"),
        ORIGIN.replace("ont été", "n'ont pas été"),
        ORIGIN.replace("Koursk", "Belgorod"),
        ORIGIN.replace("blessés", "capturés"),
        "Un pont a été fermé mardi à Vireval.",
    ],
)
def test_another_fact_is_another_thing(other: str) -> None:
    """A number, a negation, a name, or a word of matter in the place of another."""
    assert not alike(ORIGIN, other)
    assert copies([ORIGIN, other]) == [set(), set()]


def test_short_passages_are_copies_word_for_word_alone() -> None:
    """Of few words, each matters."""
    assert alike("Moscou dément.", "moscou dément")
    assert not alike("Moscou dément.", "Moscou dément tout.")


@pytest.mark.parametrize("line", ["Lire aussi.", ORIGIN])
def test_a_line_of_a_thousand_articles_is_known_without_reading_it(line: str) -> None:
    """Copies word for word are told by their signatures, and no formula makes a question read them all."""
    texts = [line, *[line] * 999, "Le pont de Vireval est fermé depuis mardi."]
    read: list[int] = []

    def text_of(number: int) -> str:
        read.append(number)
        return texts[number]

    found = Copies(np.array([signature(text) for text in texts]), text_of)
    assert found.of(0) == tuple(range(1, 1000))
    assert found.of(1000) == ()
    assert read == []


def test_few_copies_are_compared_for_one_passage() -> None:
    """However many articles have it with a word more or less."""
    texts = [ORIGIN, *(f"{ORIGIN} {word}" for word in "ainsi donc aussi enfin encore".split())] * 300
    read: list[int] = []

    def text_of(number: int) -> str:
        read.append(number)
        return texts[number]

    found = Copies(np.array([signature(text) for text in texts]), text_of)
    assert found.of(0) == tuple(range(6, 1800, 6))
    assert len(read) < 500


words = st.lists(
    st.sampled_from("le pont ferme mardi la rive garde les soldats hier soir 30".split()), max_size=14
)


@given(st.lists(words.map(" ".join), min_size=1, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(texts: list[str], chance: random.Random) -> None:
    """Shuffled passages have the same near-copies, and being one is mutual."""
    shuffled = chance.sample(texts, len(texts))
    found = dict(zip(texts, copies(texts), strict=True))
    assert found == dict(zip(shuffled, copies(shuffled), strict=True))
    for text, others in found.items():
        assert all(text in found[other] for other in others)


def test_edited_copies_of_many_sentences_are_found() -> None:
    """Of sentences of twenty words that lost one, at least 97 in a hundred are met again."""
    chance, found = random.Random(5), 0
    for _ in range(200):
        sentence = ["".join(chance.choices("aeioubdlmrst", k=7)) for _ in range(20)]
        shorter = sentence[:7] + sentence[8:]
        found += bool(copies([" ".join(sentence), " ".join(shorter)])[0])
    assert found >= 194


def test_one_origin_is_quoted_and_counted_once(tmp_path: Path) -> None:
    """The best quote names the others in `also_in`, to the letter; a doubt about the same stays apart."""
    doubt = ORIGIN.replace("ont été", "auraient été")
    texts = {
        "a.txt": ORIGIN,
        "b.txt": f"Dépêche. {ORIGIN}",
        "c.txt": ORIGIN[:-1] + ", dit-on.",
        "d.txt": doubt,
    }
    build(tmp_path / "store", [write(tmp_path / "news", texts)], TrigramEncoder())
    snapshot = open_snapshot(tmp_path / "store")
    answer = ask(
        snapshot, TrigramEncoder(), "Combien de soldats nord-coréens tués à Koursk ?", threshold=0.0, limit=50
    )
    quoting = [quote for quote in answer.quotes if "Koursk" in quote.passage.span.text]
    assert len({quote.passage.stance for quote in quoting}) == len(quoting)
    assert {quote.passage.stance for quote in quoting} >= {Stance.ASSERTS}
    told = [(quote.document.doc_id, *(document.doc_id for _, document in quote.also_in)) for quote in quoting]
    assert sorted(doc_id for group in told for doc_id in group) == sorted(texts)
    assert sum(answer.stances.values()) == len(answer.quotes)
    for quote in answer_json(answer)["quotes"]:
        for copy in quote["also_in"]:
            text = snapshot.corpus.document(copy["document"]["id"]).text
            assert text[copy["start"] : copy["end"]] == copy["text"]
