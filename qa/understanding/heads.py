"""What the noun at the head of a question wants: « quel chirurgien … ? », "arrest date"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import dropwhile, takewhile

from index.lexical import fold, words
from index.stopwords import ENGLISH, FRENCH
from qa.tables import read_table
from qa.types import Wants

# "US official"
_STOP = {"fr": FRENCH, "en": ENGLISH - {"us"}}
_ADJECTIVES = 2
_CONTRACTED = re.compile(r"\b(what|who|where|when|how)['’]s\b", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:qui (?:est|sont|etait|etaient)|c'est qui|who(?: (?:is|are|was|were)|'s)"
    r"|(?:nom|identite) (?:de |du |des |d')|(?:name|identity) of) ?"
)
_OWNER = re.compile(r"\b[\w-]+(?:['’]s|s['’])(?=\s)")
# Kinds of nouns that also stand for who acts, or where.
_SOMEBODY = frozenset([Wants.PERSON, Wants.NAME, Wants.PLACE])


def named_head(text: str, language: str) -> Wants | None:
    """The kind that the noun behind « quel », "which" or "what" wants; None where none tells it.

    `language` is the question's, "fr" or "en".
    """
    named, spoken = _words(language), _spoken(text, language)
    asks = next((at for at, word in enumerate(spoken) if word in named["asks"]), None)
    if asks is None:
        return None
    rest = spoken[asks + 1 :]
    phrase = _phrase(rest, language)
    if spoken[asks] != "what":
        return _first(phrase, language)
    # "What the mayor said", "What men think", "What is the army doing": the noun only stands near.
    if not phrase or rest[0] in named["articles"]:
        return None
    found = _kind(phrase[-1], language)
    follows = rest[rest.index(phrase[-1]) + 1 :]
    of = len(follows) > 1 and follows[0] == "of"
    return None if rest[0] in named["copula"] and found in _SOMEBODY and follows and not of else found


def asks_first(text: str, language: str) -> bool:
    """Whether « quel » or "which" opens the question, a word or two before it: « à quelle chaîne … »."""
    return not _words(language)["asks"].isdisjoint(_spoken(text, language)[:3])


def bare_head(text: str, language: str) -> Wants | None:
    """The kind that a question of nouns alone wants (« lieu du rapt »); None where it tells nothing.

    Headlines are asked too (« Guerre en Ukraine », "Police deny it"): a noun that may name who acts
    counts only with what it is of.
    """
    # « nouveau chef de l'État » asks as « chef de l'État » does.
    named = _words(language)
    spoken = list(dropwhile(named["before"].__contains__, _spoken(text, language)))
    if not named["otherwise"].isdisjoint(spoken) or not (phrase := _phrase(spoken, language)):
        return None
    # The head of a compound comes first in French and last in English: "weekly wage promised".
    last = next((word for word in reversed(phrase) if not word.endswith("ed")), phrase[-1])
    found = _kind(phrase[0] if language == "fr" else last, language)
    # "police chief" is a compound, "police shoot protester" is none.
    compound = found not in _SOMEBODY or all(_kind(word, language) in _SOMEBODY for word in phrase)
    alone = len(phrase) == 1 or (language == "en" and compound)
    opines = not named["opines"].isdisjoint(spoken)
    # « la présidente du conseil » is asked about, « bilan ? » and « la date du vote » ask for what they are.
    known = found in _SOMEBODY and (len(spoken) < 2 or spoken[0] in named["articles"])
    return None if opines or known or not alone or found is Wants.NAME else found


def office_asked(text: str, language: str) -> str | None:
    """The folded noun of « qui est le maire de Lyon ? », "name of her lawyer"; None where there is none."""
    opened = _WHO.search(folded := fold(text))
    if opened is None:
        return None
    phrase = _phrase(_spoken(folded[opened.end() :], language), language)
    # In English the head of a compound comes last: "health minister".
    offices = [word for word in phrase if is_person(word, language)]
    return offices[0 if language == "fr" else -1] if offices else None


def is_person(noun: str, language: str | None) -> bool:
    """Whether a folded noun of `language` stands for a person, by office, trade or kinship: « maire »."""
    return language in _STOP and _kind(noun, language) is Wants.PERSON


def says_who(noun: str, language: str | None) -> bool:
    """Whether a folded noun of `language` tells what somebody is, or some body: « maire », « syndicat »."""
    return is_person(noun, language) or (language in _STOP and _kind(noun, language) is Wants.NAME)


def _spoken(text: str, language: str) -> list[str]:
    if language == "fr":
        return words(text)
    # "the president's reaction" is a reaction.
    return words(_OWNER.sub("", _CONTRACTED.sub(r"\1 is", text)))


def _phrase(spoken: Sequence[str], language: str) -> list[str]:
    """The words of the noun phrase that `spoken` begins with, without its article."""
    named = _words(language)
    rest = spoken[1:] if spoken and spoken[0] in named["copula"] else spoken
    rest = rest[1:] if rest and rest[0] in named["articles"] else rest
    return list(takewhile(lambda word: word not in _STOP[language], rest))


def _first(phrase: Sequence[str], language: str) -> Wants | None:
    """The kind of the first noun that tells one; of a compound (« share price ») that of its last."""
    found = [_kind(word, language) for word in phrase]
    if language == "fr":
        # « quels premiers grands travaux »: two adjectives at most.
        return next(filter(None, found[: _ADJECTIVES + 1]), None)
    told = list(takewhile(bool, dropwhile(lambda kind: not kind, found)))
    return told[-1] if told else None


def _kind(noun: str, language: str) -> Wants | None:
    return _kinds(language).get(_singular(noun, language))


def _singular(word: str, language: str) -> str:
    """A folded noun as heads.toml has it."""
    if language == "fr" and word.endswith("aux"):
        return f"{word[:-3]}al"
    if language == "en" and word.endswith("ies") and len(word) > len("dies"):
        return f"{word[:-3]}y"
    return word[:-1] if word[-1] in "sx" and not word.endswith("ss") else word


@cache
def _kinds(language: str) -> Mapping[str, Wants]:
    return {noun: Wants(kind) for kind, nouns in _listed(language, "kinds").items() for noun in nouns}


def _words(language: str) -> Mapping[str, frozenset[str]]:
    return _listed(language, "words")


@cache
def _listed(language: str, table: str) -> Mapping[str, frozenset[str]]:
    data = read_table(__file__, "heads.toml")
    return {name: frozenset(words.split()) for name, words in data[language][table].items()}
