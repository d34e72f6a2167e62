"""A refusal says what the search did not meet: the matter, the actor, or the figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from encoders import TrigramEncoder

from index.build import build
from index.encode import Encoder, load_encoder
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.types import Reason

NEVER = 1.0
TOWN = (
    "Le maire de Lyon, Paul Marchand, a promis dix nouvelles écoles.\nLe musée de la ville ouvrira en mai.\n"
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A store of one small article, by the fast encoder."""
    place = tmp_path_factory.mktemp("town")
    (place / "articles").mkdir()
    (place / "articles" / "town.txt").write_text(TOWN, encoding="utf-8")
    build(place / "store", [place / "articles"], TrigramEncoder())
    return open_snapshot(place / "store")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qu'a promis le maire de Lyon, Paul Marchand ?", Reason.NOTHING_NEAR),
        ("Qu'a promis le maire de Nice, Jean Delmas ?", Reason.OTHER_ACTOR),
        ("Combien de ponts a promis le maire de Lyon, Paul Marchand ?", Reason.NO_FIGURE),
        ("Combien d'écoles a promis le maire de Lyon, Paul Marchand ?", Reason.NOTHING_NEAR),
        ("Qui est Wolfgang Zyx ?", Reason.NOTHING_NEAR),
        ("Combien ?", Reason.NOTHING_NEAR),
    ],
)
def test_the_reason_names_what_was_not_met(town: Snapshot, question: str, expected: Reason) -> None:
    """Right matter and wrong actor; a figure of nothing that is asked for; else nothing near."""
    assert ask(town, TrigramEncoder(), question, threshold=NEVER).reason is expected


def test_a_name_that_only_the_title_tells_is_met(tmp_path: Path) -> None:
    """What stands in an article's metadata is context of all its sentences."""
    lines = [f"Le candidat numéro {n} a parlé devant la mairie.\n" for n in range(5)]
    text = f"---\ntitle: Élection à Vireval\n---\n{''.join(lines)}"
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(text, encoding="utf-8")
    question = "Quel candidat a parlé à Vireval ?"
    for title, expected in (("Vireval", Reason.NOTHING_NEAR), ("Duna", Reason.OTHER_ACTOR)):
        (tmp_path / "news" / "a.md").write_text(text.replace("Vireval", title), encoding="utf-8")
        build(tmp_path / "store", [tmp_path / "news"], TrigramEncoder())
        found = ask(open_snapshot(tmp_path / "store"), TrigramEncoder(), question, threshold=NEVER)
        assert found.reason is expected


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The shipped model."""
    return load_encoder()


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Turkey say about the North Korean troops?", Reason.OTHER_ACTOR),
        ("Qu'a dit Angela Merkel du déploiement des soldats ?", Reason.OTHER_ACTOR),
        ("Combien d'hélicoptères ont été abattus à Koursk ?", Reason.NO_FIGURE),
        ("How do I repair a bicycle?", Reason.NOTHING_NEAR),
        ("Quelle est la recette du couscous de Marseille ?", Reason.NOTHING_NEAR),
        # Names that French articles hold in another form are no other actors.
        ("Who commands the North Korean contingent?", Reason.NOTHING_NEAR),
        ("Does South Korea train the Ukrainian army?", Reason.NOTHING_NEAR),
    ],
)
def test_near_misses_on_the_samples(
    real_store: Path, encoder: Encoder, question: str, expected: Reason
) -> None:
    """Asked of the sample articles by the shipped model, with everything refused."""
    assert ask(open_snapshot(real_store), encoder, question, threshold=NEVER).reason is expected


@pytest.mark.real
@pytest.mark.parametrize(
    "question",
    [
        "Combien de chars à Lorient ?",
        "Que dit le maire de Quimper des soldats nord-coréens ?",
        "What did Angela Merkel say about the North Korean soldiers?",
        "Quel âge a Kim Jong-un ?",
    ],
)
def test_what_the_articles_do_not_know_is_refused(real_store: Path, encoder: Encoder, question: str) -> None:
    """A place or a person that none of them names, an age that none of them tells."""
    assert not ask(open_snapshot(real_store), encoder, question).answered


@pytest.mark.real
@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("Combien de soldats à Koursk ?", "Combien de soldats à Quimper ?"),
        ("Where were the Korean soldiers trained?", "Where were the Vietnamese soldiers trained?"),
    ],
)
def test_an_unknown_name_makes_an_answer_less_likely(
    real_store: Path, encoder: Encoder, known: str, unknown: str
) -> None:
    """By half at least, in either language, though all else is the same."""
    one, other = (
        ask(open_snapshot(real_store), encoder, text, threshold=0.0).quotes[0].score
        for text in (known, unknown)
    )
    assert other < one / 2


@pytest.mark.real
@pytest.mark.parametrize("question", ["Qui a démenti ?", "Qui dément ?", "who denied it?", "who denies?"])
def test_who_takes_a_position_answers_who_asks_for_it_alone(
    real_store: Path, encoder: Encoder, question: str
) -> None:
    """Whatever the words for it are, and more likely than not."""
    quote = ask(open_snapshot(real_store), encoder, question).quotes[0]
    assert "denies" in {voice.stance for voice in quote.passage.voices}
    assert quote.score > 0.5
