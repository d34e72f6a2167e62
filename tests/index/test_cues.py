from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import cues
from index.cues import inflect
from index.cues.phrases import Phrases, pattern_of
from index.stance import is_conditional


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("révèle", "révéler"), ("annonça", "annoncer"), ("rappellent", "rappeler"),
        ("démente", "démentir"),
        ("reconnu", "reconnaître"), ("prétendent", "prétendre"), ("craint", "craindre"),
        ("promis", "promettre"), ("dit", "dire"), ("soutiendrait", "soutenir"),
    ],
)  # fmt: skip
def test_a_verb_is_known_in_its_forms(form: str, verb: str) -> None:
    assert verb in {lemma for lemma, _ in cues.load("fr").forms[form]}


@pytest.mark.parametrize(
    ("form", "verb", "tag"),
    [
        ("stopped", "stop", "participle"), ("running", "run", "gerund"), ("agreed", "agree", "finite"),
        ("dying", "die", "gerund"), ("denies", "deny", "finite"), ("admitting", "admit", "gerund"),
        ("travelled", "travel", "finite"), ("traveled", "travel", "finite"), ("fleeing", "flee", "gerund"),
        ("fell", "fall", "finite"), ("fallen", "fall", "participle"), ("has", "have", "finite"),
    ],
)  # fmt: skip
def test_an_english_verb_is_known_in_its_forms(form: str, verb: str, tag: str) -> None:
    assert (verb, tag) in cues.load("en").forms[form]


def test_a_verb_without_a_paradigm_is_named() -> None:
    with pytest.raises(ValueError, match="blix"):
        list(inflect.french("blix", {"er": {"finite": "e"}}))


@pytest.mark.parametrize(
    "word", "aurait seraient affirmerait viendrait permettrait pourrait recevraient".split()
)
def test_the_conditional_is_known_by_its_form(word: str) -> None:
    assert is_conditional(word, cues.load("fr"))


@pytest.mark.parametrize(
    "word",
    "retrait portrait était montrait tirait espérait assurait livrait ouvrait attrait entraient".split(),
)
def test_look_alikes_of_the_conditional_are_kept_out(word: str) -> None:
    assert not is_conditional(word, cues.load("fr"))


def test_the_notation_of_phrases() -> None:
    phrases = Phrases({"t": ["sans … preuve*", "n'a|n'ont pas", "incohérence*"]})
    text = "sans la moindre preuves n'ont pas incohérences"
    starts = [0, 5, 8, 16, 24, 26, 30, 34]
    found = phrases.find(
        text, starts, ["sans", "la", "moindre", "preuves", "n'", "ont", "pas", "incohérences"]
    )
    assert [hit.phrase for hit in found] == ["sans … preuve*", "n'a|n'ont pas", "incohérence*"]


def test_an_adverb_may_stand_where_the_notation_says_so() -> None:
    pattern = re.compile(pattern_of("is ~ not ~ true"))
    assert all(
        pattern.match(text) for text in ("is not true", "is simply not true", "is just not quite true")
    )
    assert not pattern.match("is what is not true")


def test_an_elided_alternative_leaves_the_others_whole_words() -> None:
    pattern = re.compile(pattern_of("vouloir que|qu'|l'"))
    assert pattern.fullmatch("vouloir que")
    assert pattern.match("vouloir qu'il")
    assert not pattern.match("vouloir questionner")


@pytest.mark.parametrize("phrase", ["", "…", "… preuve", "sans …"])
def test_a_phrase_of_gaps_raises(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        pattern_of(phrase)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        cues.load("de")


FILES = sorted(Path(cues.__file__).parent.glob("*/*.toml"))


def lists(value: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    """The lists in a file, by name. English verb forms tell by their place, and are none."""
    if isinstance(value, dict):
        for key, one in value.items():
            if (name, key) != ("en/grammar", "paradigms"):
                yield from lists(one, f"{name}.{key}")
    elif isinstance(value, str):
        yield name, value.split()
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        yield name, value


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_no_entry_stands_twice_in_a_list(path: Path) -> None:
    """Who takes a word out of a list has taken it out."""
    found = dict(lists(tomllib.loads(path.read_text("utf-8")), f"{path.parent.name}/{path.stem}"))
    assert found
    twice = {name: [w for w, n in Counter(entries).items() if n > 1] for name, entries in found.items()}
    assert not {name: entries for name, entries in twice.items() if entries}


def test_a_trait_that_is_asked_for_is_one() -> None:
    """What the rules ask of a language is named, and explained, where a language has it."""
    asked = {
        trait
        for path in Path(cues.__file__).parent.parent.rglob("*.py")
        for trait in re.findall(r'"(\w+)" (?:not )?in [\w.]+\["traits"\]', path.read_text("utf-8"))
    }
    held = [cues.load(language).words["traits"] for language in cues.lexicon.LANGUAGES]
    assert asked == set().union(*held)
    assert not set.intersection(*map(set, held)), "all languages have it, so nothing need ask"
