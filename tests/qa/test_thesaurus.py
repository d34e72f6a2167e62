"""Other words for a question's words, and what they add to a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import stemmed, terms, words
from qa.types import LANGUAGES
from qa.understanding.thesaurus import READ, WRITTEN, akin, compiled

LINES = [line.split("\t") for line in WRITTEN.read_text("utf-8").splitlines()]
ENTRIES = [
    (language, entry)
    for line in LINES
    for language, column in zip(LANGUAGES, line, strict=True)
    for entry in column.split(", ")
    if entry
]
SINGLE = st.sampled_from([(language, entry) for language, entry in ENTRIES if len(words(entry)) == 1])


def test_what_is_read_is_what_was_written() -> None:
    """thesaurus.json was made of thesaurus.tsv as it stands: else, `python -m qa.understanding.thesaurus`."""
    assert READ.read_text("utf-8") == compiled(WRITTEN.read_text("utf-8"))


def test_lines_are_in_order_and_none_says_nothing() -> None:
    """Two columns; two words or more, in one language or in both; no line twice."""
    assert len(LINES) > 20_000
    assert sorted(LINES) == LINES
    assert len({tuple(line) for line in LINES}) == len(LINES)
    for french, english in LINES:
        held = [*filter(None, french.split(", ")), *filter(None, english.split(", "))]
        assert len(held) >= 2, (french, english)
        assert all(entry == entry.strip() for entry in held)


def test_every_entry_has_a_word_that_counts() -> None:
    """An entry of stop words alone stands for nothing; figures stand for themselves."""
    for language, entry in ENTRIES:
        assert terms(entry, language), entry
        assert not any(character.isdigit() for character in entry), entry


@pytest.mark.parametrize(
    ("word", "language", "other"),
    [
        ("rapt", "fr", "enlev"),
        ("kidnapper", "fr", "rapt"),
        ("militaires", "fr", "soldat"),
        ("morts", "fr", "dead"),
        ("abduction", "en", "enlev"),
        ("wounded", "en", "bless"),
        ("wounded", "en", "injur"),
    ],
)
def test_other_words_are_known_from_both_sides(word: str, language: str, other: str) -> None:
    """In the question's language and in the other, whatever the form of the word."""
    assert (other,) in akin(word, language)


@given(SINGLE)
def test_a_word_does_not_stand_for_itself(one: tuple[str, str]) -> None:
    """What it holds anyway is not told again, and something always is."""
    language, entry = one
    [word] = words(entry)
    others = akin(word, language)
    assert tuple(stemmed([word], language)) not in others
    assert all(stems and all(stems) for stems in others)


@pytest.mark.parametrize(
    ("word", "language", "others"),
    [
        ("terroriste", "fr", ("djihadiste", "islamiste", "musulman")),
        ("islam", "fr", ("terroriste", "extremiste", "radical")),
        ("juif", "fr", ("israelien", "sioniste")),
        ("migrant", "fr", ("clandestin", "illegal", "delinquant", "criminel")),
        ("noir", "fr", ("africain", "esclave")),
        ("terrorist", "en", ("jihadist", "islamist", "muslim")),
        ("black", "en", ("african", "slave")),
        ("immigrant", "en", ("illegal", "criminal")),
    ],
)
def test_what_people_are_stands_for_no_deed(word: str, language: str, others: tuple[str, ...]) -> None:
    """No faith, origin or colour leads to a crime, a reproach or a state, nor the other way."""
    known = akin(word, language)
    assert known
    for other in others:
        assert tuple(stemmed([other], language)) not in known


def test_an_unknown_word_has_no_other() -> None:
    """Nor does a word of the one language in the other."""
    assert akin("xanadoupolis", "fr") == ()
    assert akin("enlevement", "en") == ()
