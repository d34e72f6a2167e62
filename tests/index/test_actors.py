from __future__ import annotations

import tomllib

import pytest
from conftest import ROOT

from index.annotation import actors

TABLE = tomllib.loads((ROOT / "index" / "cues" / "actors.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Kiev", "ukraine"),
        ("le président ukrainien Volodymyr Zelensky", "zelensky"),
        ("the Ukrainian government", "ukraine"),
        ("le Kremlin", "russia"),
        ("L’OTAN", "nato"),
        ("les États-Unis", "united_states"),
        ("Les services de renseignement ukrainiens", "ukrainian_intelligence"),
        ("the White House", "united_states"),
        ("le président Vladimir Poutine", "putin"),
        ("M. Poutine", "putin"),
        ("le porte-parole du Kremlin, Dmitri Peskov", "peskov"),
        ("Kremlin spokesman Dmitry Peskov", "peskov"),
        ("Ukraine's president", "ukraine"),
        ("the government of Ukraine", "ukraine"),
        ("l'ambassadeur de l'Italie", "italy"),
        ("Le gouvernement suisse", "switzerland"),
        ("Mark Rutte, secrétaire général de l’OTAN", "rutte"),
        ("Le secrétaire à la Défense américain, Lloyd Austin", "austin"),
        ("les services de renseignement militaire ukrainien (GUR)", "ukrainian_intelligence"),
        ("Moscou et ses alliés", "russia"),
        ("Moscou et Vladimir Poutine", "russia"),
        ("le Pentagone, selon la Maison Blanche", "us_defence"),
    ],
)
def test_a_name_resolves_in_either_language(name: str, actor: str) -> None:
    assert actors.load().resolve(name) == actor


@pytest.mark.parametrize(
    "name", ["", "un voisin", "la mairie de Parisot", "uslan", "un des uns", "who knows us"]
)
def test_a_name_that_is_not_in_the_table_resolves_to_nobody(name: str) -> None:
    assert actors.load().resolve(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "les ennemis de l'Ukraine",
        "les alliés de Kiev",
        "l'ambassadeur américain à Moscou",
        "l'ambassadeur à Moscou",
        "un expert du Kremlin à Paris",
        "la police de Séoul",
        "Le liquidateur suisse, Karl Wüthrich",
        "La ministre de la Culture, Florence Matignon",
        "a resident of Odesa, Ukraine",
        "an envoy to Russia",
        "Russia's neighbours",
        "Kremlin critics",
        "Paris Match",
    ],
)
def test_who_has_to_do_with_an_actor_is_not_that_actor(name: str) -> None:
    """Else a speaker's words would be given to another."""
    table = actors.load()
    assert table.find(name)
    assert table.resolve(name) is None
    assert not any(table.same(name, table.names(actor_id)[0]) for actor_id in table.find(name))


@pytest.mark.parametrize(
    "name",
    ["Kiev, selon le président russe Vladimir Poutine", "Kiev et Moscou", "l'ambassadeur de France à Kiev"],
)
def test_a_phrase_with_two_actors_is_neither(name: str) -> None:
    assert actors.load().resolve(name) is None


def test_one_actor_has_its_names_in_both_languages_and_those_of_its_parts() -> None:
    names = actors.load().names("ukraine")
    assert {"Kiev", "Kyiv", "Ukrainian government", "GUR"} <= set(names)
    assert actors.load().names("atlantis") == ()


def test_a_part_speaks_for_the_whole() -> None:
    table = actors.load()
    assert table.same("Kiev", "le GUR")
    assert table.same("Moscou", "Vladimir Poutine")
    assert table.same("Washington", "Lloyd Austin")
    assert "Poutine" in table.names("russia")
    assert not table.same("Kiev", "Moscou")
    assert table.same("le voisin", "le voisin")


def test_the_whole_does_not_speak_for_a_part() -> None:
    """What Moscow says is not what Putin says, nor is one spokesman's word another's."""
    table = actors.load()
    assert {"Poutine", "Vladimir Putin"} <= set(table.names("putin"))
    assert not {"Moscou", "Kremlin", "Peskov"} & set(table.names("putin"))
    assert not table.same("Poutine", "Dmitri Peskov")


@pytest.mark.parametrize(
    ("name", "proper"),
    [("kim jong un", True), ("Kim Jong-un", True), ("président russe", False), ("who", False)],
)
def test_a_name_is_one_in_small_letters_too(name: str, proper: bool) -> None:
    assert actors.load().is_proper(name) == proper


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("L'ONU réclame une enquête.", "united_nations"),
        ("The Kremlin denied it.", "russia"),
        ("Le maire a vu l'ONU.", None),
        ("À Moscou, le maire a parlé.", None),
        ("Pigeons", None),
    ],
)
def test_the_actor_that_a_text_begins_with_is_told(text: str, actor: str | None) -> None:
    """One that stands behind « à » or another noun is where, or whose."""
    table = actors.load()
    assert table.opening(text) == actor
    assert max(len(f"Les {name}") for actor_id in TABLE for name in table.names(actor_id)) < actors._OPENING


def test_a_text_names_its_actors_in_order_each_once() -> None:
    assert actors.load().find("Moscou et Kiev, selon Kiev") == ("russia", "ukraine")


def test_every_actor_has_names_and_belongs_to_one_that_is_there() -> None:
    """A slip in the table would lose an actor without a word."""
    assert all(entry["names"] for entry in TABLE.values())
    assert {entry["of"] for entry in TABLE.values() if "of" in entry} <= set(TABLE)
