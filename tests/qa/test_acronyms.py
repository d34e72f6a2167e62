"""Who speaks is found under the first letters of their name, though no article writes these."""

from __future__ import annotations

import pytest
from encoders import TrigramEncoder
from newsroom import write

from index.build import build
from index.lexical import acronyms
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.question import understand
from qa.types import Filters
from qa.understanding.concepts import concepts

NEWS = """La grève aux urgences

L'agence régionale de santé affirme qu'aucune demande ne lui est parvenue.

Le maire, Luc Roy, redoute une fermeture des urgences. Nadia Kerbrat réclame vingt embauches."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("acronyms")
    build(folder / "store", [write(folder / "news", {"greve.txt": NEWS})], TrigramEncoder())
    return open_snapshot(folder / "store")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("L'agence régionale de santé", {"ars"}),
        ("The Information Commissioner's Office", {"ico"}),
        ("Médecins sans frontières", {"msf"}),
        ("la Fédération nationale des transports routiers", {"fnt", "ntr", "fntr"}),
        ("le maire", set()),
        ("", set()),
    ],
)
def test_a_name_is_shortened_to_the_first_letters_of_its_words(name: str, letters: set[str]) -> None:
    assert acronyms(name) == {f"={one}" for one in letters}


@pytest.mark.parametrize("question", ["Que dit l'ARS ?", "que dit l'ars ?", "QUE DIT L'ARS ?"])
def test_whoever_is_asked_for_by_an_acronym_speaks_first(store: Snapshot, question: str) -> None:
    best = ask(store, TrigramEncoder(), question, threshold=0.0).quotes[0]
    assert best.passage.heard[0].holder.text == "L'agence régionale de santé"
    assert best.why["speaks_alone"] == 1.0


def test_a_voice_is_filtered_by_its_acronym(store: Snapshot) -> None:
    found = ask(store, TrigramEncoder(), "demande", filters=Filters(voice="ARS"), threshold=0.0)
    assert [quote.passage.heard[0].holder.text for quote in found.quotes] == ["L'agence régionale de santé"]


@pytest.mark.parametrize("question", ["Que dit la SNCF ?", "Que dit l'OTAN ?", "les urgences"])
def test_other_letters_and_words_that_the_articles_hold_mean_themselves(
    store: Snapshot, question: str
) -> None:
    found = concepts(understand(question), store.lexical.holds, store.lexical.vocabulary)
    assert not [one for each in found for stems in each.alternatives for one in stems if one.startswith("=")]
