"""What a how-many question counts, as its words tell it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.lexical import fold, question_terms, stemmed, words
from qa.question import last_part
from qa.types import Question
from qa.understanding.kinds import groups, known, listed, misspelt, nations
from qa.understanding.parts import ALL, part_named
from qa.understanding.slots import time_at, without_speaker

_OPENER = re.compile(
    r"\b(?:combien(?: y a(?:vait)?[- ]t[- ]il)?(?: eu)? ?(?:de |d[' ]|des )|nombre (?:de |d'|des )"
    r"|(?:how )?many (?:more |other |of the )?|number of (?:the )?)"
)
# « combien l'association des victimes demande-t-elle ? »: whose association it is, nobody counts.
_WHOSE = re.compile(
    r"(?<=\bcombien )((?:l[ea]s? |l['’])\w+) (?:d[eu]s?(?: l[ea]s?)? |d['’])\w+", re.IGNORECASE
)
_AMOUNT = re.compile(r"\bhow much\b(?! (?:\w+er|more|less)\b)", re.IGNORECASE)
_NOUN = 3  # words that a noun has at most, its adjectives with it


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the kinds named, the words of the noun, the people and the nations it names.

    `parts` tells of each kind that has parts which one is meant; `ALL` where none is singled out.
    `amount`: "how much" never counts people or days. `matter` are the stems of all that it names.
    """

    kinds: frozenset[str]
    noun: tuple[str, ...]
    people: frozenset[str]
    nations: frozenset[str]
    language: str
    parts: Mapping[str, str]
    amount: bool = False
    matter: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def asked_of(question: Question) -> Asked:
    """What `question` counts."""
    # Who tells it is counted by nobody: « combien de morts selon l'association des victimes ? »
    text = _WHOSE.sub(r"\1", without_speaker(last_part(question.rewritten or question.text)))
    spoken, noun = words(text), noun_of(text)
    asked = known("asked")
    # « combien de pays en trois jours » asks for no days: where a noun is, it names the measure.
    telling, named = (_telling(some, question.language) for some in (spoken, noun or spoken))
    kinds = (asked.among(telling) - listed("measures")) | (asked.among(named) & listed("measures"))
    if not noun and kinds <= listed("moving") and known("moves").among(spoken):
        # « de combien les loyers augmentent-ils ? » asks for a share or a price.
        kinds = set(listed("change"))
    elif kinds & listed("measures") or (not noun and _AMOUNT.search(text)):
        # A price to come is a price, and "how much will they get?" asks for no people.
        kinds -= {"planned"}
    # « combien d'arrestations » names the case, and no thing.
    thing = tuple(word for word in noun if kinds.isdisjoint(asked.of(word)))
    people = groups(thing) or misspelt("people", thing)
    people = people - listed("states") or people
    if not thing and kinds & listed("of_people"):
        people = frozenset({"anyone"})
    whose = nations(noun) or misspelt("nations", noun)
    parts = {kind: part_named(kind, spoken) or ALL for kind in kinds}
    amount = not kinds and not noun and bool(_AMOUNT.search(text))
    matter = frozenset(stemmed([word for word in spoken if question_terms(word)], question.language))
    return Asked(frozenset(kinds), thing, people, whose, question.language, parts, amount, matter)


def noun_of(text: str) -> tuple[str, ...]:
    """The words after « combien de » or "how many", up to the first that carries nothing."""
    opener = _OPENER.search(folded := fold(text))
    found = []
    # Behind an article stands who acts: « combien d'hélicoptères l'armée allemande a-t-elle engagés ? »
    rest = folded[opener.end() :].partition(" l'")[0] if opener else ""
    time = time_at(rest)
    for word in words(rest[: time.start] if time else rest)[:_NOUN]:
        if not question_terms(word) or known("when").of(word):
            break
        found.append(word)
    return tuple(found)


def _telling(spoken: tuple[str, ...] | list[str], language: str) -> list[str]:
    """The words of a question that may tell a kind: no French ones that only look English."""
    return [word for word in spoken if language != "fr" or not known("unaccented").of(word)]
